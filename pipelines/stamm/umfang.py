"""`veroeffentlichung.umfang` in kommune.yaml: how deep the published tables go.

Belongs here: what may be said there, and the defaults. Does not belong here: which rows follow from it (bevoelkerung.zelle).
"""

from typing import Literal

from pydantic import Field

from pipelines.foundation.yaml_file import Modell


class Umfang(Modell):
    """How deep each mart goes, before anything is hidden; what is out of scope has no row. Defaults are the project's proposal.

    `dreifach`: area × sex × age; `einzeln`: by area, by sex, by age; `kommune`: the town only, by sex and by age; `nach_groesse`:
    `dreifach` where such a row holds `dreifach_ab` inhabitants or more on average at every Stichtag, else `einzeln`.
    `kleine_gebiete_unter`: areas that had fewer inhabitants at any Stichtag are told by sex or by age, never by both; 0: none.
    `vergleiche`: definitions are compared with the main one, or each with each (which hides more). `generationen`: categories by
    generation of the main definition, or of all (which hides more: the same persons are sorted in many ways).
    """

    hauptdefinition: Literal["nach_groesse", "dreifach", "einzeln", "kommune"] = "nach_groesse"
    dreifach_ab: int = Field(150, ge=1)
    andere_definitionen: Literal["einzeln", "kommune"] = "einzeln"
    vergleiche: Literal["hauptdefinition", "alle"] = "hauptdefinition"
    generationen: Literal["hauptdefinition", "alle"] = "hauptdefinition"
    staaten_je_gebiet: int = Field(10, ge=0, le=50)
    kleine_gebiete_unter: int = Field(0, ge=0)
