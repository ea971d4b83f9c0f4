"""A municipality with very many areas directly below one another: the choice of hidden cells gets slow, and it is told before.

Belongs here: this warning, and what is said where the choice was given up. Does not belong here: the choice by levels
(by_levels.py), which a level between makes possible, and its limit of time.
"""

from collections import Counter
from datetime import date

from pipelines.foundation.findings import Schwere
from pipelines.foundation.messages import Meldung, aus_text
from pipelines.stamm.gebiete import UNBEKANNT
from pipelines.stamm.kommune import Kommune
from pipelines.stamm.schutz import SPERRUNG

VIELE_GEBIETE = 40  # 60 were not finished after two minutes of processor time, 60 in six Bezirke after eleven seconds
THEMA = "viele_gebiete"


def warn_of_many_areas(k: Kommune) -> list[Meldung]:
    """At most one warning; none without a register or where nothing is hidden."""
    if k.angaben.quellen.melderegister is None or k.angaben.schutz.verfahren != SPERRUNG:
        return []
    eigene = set(k.eigene_gebiete()) - {k.angaben.ags, UNBEKANNT}
    je = Counter(g.uebergeordnet for g in k.gebiete if g.gebiet_id in eigene and g.gueltig_bis is None)
    oben, anzahl = max(je.items(), key=lambda t: (t[1], t[0]), default=("", 0))
    if anzahl <= VIELE_GEBIETE:
        return []
    text = (
        f"{anzahl} Gebiete liegen unmittelbar unter {oben}, ohne eine Ebene dazwischen. Die Wahl der verborgenen "
        f"Zahlen kann so viele Minuten dauern. Erwartet: höchstens rund {VIELE_GEBIETE}; bitte Bezirke angeben (ebene bezirk, "
        "und bei den Gebieten uebergeordnet). Sie werden dann auch veröffentlicht."
    )
    return [Meldung(Schwere.warnung, k.id, "gebiete.csv", THEMA, text)]


def tell_too_slow(kommune: str, stichtag: date, minuten: int) -> Meldung:
    """Why a municipality keeps its figures: its hidden cells were not chosen in time."""
    return aus_text(
        kommune, "geheimhaltung", THEMA,
        f"Stichtag {stichtag}: Die Wahl der verborgenen Zahlen war nach {minuten} Minuten Rechenzeit nicht fertig und wurde "
        "abgebrochen. Die Kommune behält ihre zuletzt veröffentlichten Zahlen. Erwartet: höchstens rund "
        f"{VIELE_GEBIETE} Gebiete unmittelbar unter einem; bitte Bezirke angeben (ebene bezirk, und bei den Gebieten "
        "uebergeordnet), weniger tief gliedern (veroeffentlichung.umfang.hauptdefinition: einzeln), weniger Definitionen "
        "nebeneinander zeigen (profile) oder in gebiete.csv gröbere Gebiete nennen.",
    )  # fmt: skip
