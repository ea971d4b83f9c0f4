"""The page of places beside each other.

Belongs here: rendering. Does not belong here: what it says (content.py), writing it (write.py).
"""

from typing import Any

from pipelines.veroeffentlichung.bericht.nebeneinander.content import GRUENDE, Nebeneinander
from pipelines.veroeffentlichung.bericht.page import load_asset

VERGLEICH = "nebeneinander.html"


def render_nebeneinander(umgebung: Any, n: Nebeneinander | None, veroeffentlichung: str | None) -> str | None:
    """The page, or None where nothing stands beside anything."""
    if n is None:
        return None
    text: str = umgebung.get_template("nebeneinander.html.j2").render(
        n=n, veroeffentlichung=veroeffentlichung, gruende=list(GRUENDE.values()),
        skript_nebeneinander=load_asset("nebeneinander.js"),
    )  # fmt: skip
    return text
