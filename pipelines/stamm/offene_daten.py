"""What a municipality says of the tables it hands on as open data: licence, address, whom to ask.

Belongs here: this part of kommune.yaml. Does not belong here: the metadata made of it
(veroeffentlichung/bericht/mitnehmen/dcat.py).
"""

from typing import Literal

from pydantic import Field

from pipelines.foundation.yaml_file import Modell


class OffeneDaten(Modell):
    """Nothing of it is guessed: what is missing is missing in the metadata, and the archive says so.

    `lizenz`: a key of DCAT-AP.de's list of licences. `beitragende_stelle`: the key a data portal has given the municipality, from
    the list of contributors of DCAT-AP.de. `adresse`: where the unpacked archive will lie.
    """

    lizenz: Literal["dl-by-de/2.0", "dl-zero-de/2.0", "cc-by/4.0", "cc-zero"] | None = None
    beitragende_stelle: str | None = Field(None, pattern=r"^[A-Za-z][A-Za-z0-9_-]+$")
    kontakt: str | None = Field(None, pattern=r"^[^@\s]+@[^@\s]+\.[a-z]{2,}$")
    adresse: str | None = Field(None, pattern=r"^https://[^\s]+/$")
