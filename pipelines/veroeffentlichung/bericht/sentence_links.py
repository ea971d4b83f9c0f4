"""Where a sentence of the first screen leads: the section, table or row of the same page that tells more of it.

Belongs here: the one list of sentences and sections. Does not belong here: what the sentences say (aussagen/).
"""

from collections.abc import Collection, Mapping
from typing import Any

from pipelines.veroeffentlichung.bericht.massnahmen.tables import KENNUNG_OHNE_BEGINN
from pipelines.veroeffentlichung.bericht.parts import Teile
from pipelines.veroeffentlichung.bericht.sections import titles

# Name of a sentence → the section that tells more of it, where the page has it.
MEHR = {
    "anteil": "kennzahlen", "anteil_ohne_einwohner": "kennzahlen", "gebiete": "gebiete", "definitionen": "kennzahlen",
    "definitionen_sichere": "kennzahlen",
    **dict.fromkeys(("gestiegen", "gesunken", "gleich", "gestiegen_bis", "gesunken_bis", "gleich_bis", "bruch"), "zeitreihe"),
    **dict.fromkeys(("ueberfaellig", "bericht", "massnahmen", "massnahmen_grundlos"), "konzept"),
    **dict.fromkeys(("indikator", "aenderung", "besser", "schlechter", "ziel", "ziel_bis"), "indikatoren"),
}  # fmt: skip


def link_sentences(t: Teile, teile: Mapping[str, Any], da: Collection[str]) -> dict[str, tuple[tuple[str, str], ...]]:
    """Address or name of a sentence → where more of it stands on this page: (address, words)."""
    titel = titles(set(da))
    ziele: dict[str, tuple[tuple[str, str], ...]] = {
        name: ((f"#{abschnitt}", f"Mehr: {titel[abschnitt]}"),) for name, abschnitt in MEHR.items() if abschnitt in da
    }
    if t.konzept.ohne_beginn:
        for name in ("massnahmen", "massnahmen_grundlos"):
            ziele[name] = ((f"#{KENNUNG_OHNE_BEGINN}", "Welche, und warum"),)
    if teile["aenderungen"] and "zeitreihe" in da:
        for name in (n for n, abschnitt in MEHR.items() if abschnitt == "zeitreihe"):
            ziele[name] = (*ziele[name], (f"#{teile['aenderungen'].kennung}", "Wo am stärksten"))
    if "indikatoren" in da:
        ziele |= dict.fromkeys(("kein_urteil", "kein_urteil_gruende"), (("#auf-einen-blick", "Mehr: Auf einen Blick"),))
        # A sentence on an indicator leads to its row.
        ziele |= {
            a.kennung: ((f"#zahl-{a.bezug}", "Mehr zu diesem Indikator"),)
            for a in t.aussagen
            if MEHR.get(a.name) == "indikatoren" and a.bezug
        }
    return ziele
