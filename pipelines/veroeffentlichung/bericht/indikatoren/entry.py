"""One series as a row of the report's table: latest value, women and men, comparison, change, verdict, notes.

Belongs here: what each field of a row says. Does not belong here: words and formats (words.py), which series have a row
(section.py).
"""

from collections.abc import Iterator

from pipelines.veroeffentlichung.bericht.bemerkungen import NONE, Remarks
from pipelines.veroeffentlichung.bericht.indikatoren import words as worte
from pipelines.veroeffentlichung.bericht.indikatoren.content import (
    Eintrag,
    Indikatorreihe,
)
from pipelines.veroeffentlichung.bericht.indikatoren.differences import difference
from pipelines.veroeffentlichung.bericht.indikatoren.sparkline import verlauf_bild
from pipelines.veroeffentlichung.bericht.numbers import datum
from pipelines.veroeffentlichung.bericht.staaten import Staatsnamen

BEISPIEL = "Beispieldaten"


def _beispiel(r: Indikatorreihe) -> str:
    """Mark of invented figures: the shown value, or only earlier ones."""
    if r.letzte["beispieldaten"]:
        return BEISPIEL
    return f"frühere Werte: {BEISPIEL}" if any(z["beispieldaten"] for z in r.zeilen) else ""


def _annotate(reihe: Indikatorreihe, urteil: str) -> Iterator[str]:
    """What has to be said below the figures of a row."""
    zeile = reihe.letzte
    if zeile["einheit"] != "anzahl" and zeile["abstand_fall"]:
        yield worte.FAELLE[zeile["abstand_fall"]]
    if zeile["trend_bezug"] == "basis":
        basis = next((p["wert"] for p in reihe.zeilen if p["zeitraum"] == zeile["basis"]), None)
        seit = difference(zeile["veraenderung_basis"], zeile["wert"], basis, zeile["einheit"])
        yield f"Seit {datum(zeile['basis'])} {seit}."
    if urteil in ("verbessert", "verschlechtert") and zeile["aenderung_im_band"]:
        yield "Die Änderung ist kleiner als die Stabilitätsbänder beider Werte zusammen."
    if zeile["wert"] is None and (zeile["anzahl_gebiete"] or worte.MINDESTGEBIETE) < worte.MINDESTGEBIETE:
        yield f"Nur {zeile['anzahl_gebiete']} Gebiete; unter {worte.MINDESTGEBIETE} wird kein Index berechnet."
    if zeile["trend_auf_korrektur"]:
        yield "Urteil beruht auf berichtigten Zahlen (Abschnitt Korrekturen)."


def eintrag(
    reihe: Indikatorreihe, partner: Indikatorreihe | None, staaten: Staatsnamen, remarks: Remarks = NONE
) -> Eintrag:
    """A series as a row. `partner`: the series of the comparison group; `remarks`: what sources say of their figures."""
    zeile = reihe.letzte
    namen = staaten.am(zeile["stichtag"])
    einheit = zeile["einheit"]
    anderer = next((p for p in partner.zeilen if p["zeitraum"] == zeile["zeitraum"]), None) if partner else None
    frueher = (
        next((p for p in reversed(reihe.zeilen) if p["wert"] is not None), None) if zeile["wert"] is None else None
    )
    vorher = next((p for p in reihe.zeilen if p["zeitraum"] == zeile["vorperiode"]), None)
    abstand = []
    vergleichbar = einheit != "anzahl"  # numbers of persons of two groups differ as their sizes do
    if vergleichbar and zeile["abstand"] is not None:
        abstand.append(f"Abstand {difference(zeile['abstand'], zeile['wert'], zeile['vergleichswert'], einheit)}")
    if vergleichbar and zeile["verhaeltnis"] is not None:
        abstand.append(f"Verhältnis {worte.verhaeltnis(zeile['verhaeltnis'])}")
    if zeile["veraenderung_vorperiode"] is not None and vorher:
        betrag = difference(zeile["veraenderung_vorperiode"], zeile["wert"], vorher["wert"], einheit)
        veraenderung = (betrag, f"seit {datum(vorher['stichtag'])}")
    else:
        veraenderung = ("kein Vergleich", worte.kein_vergleich(zeile))
    urteil = worte.urteil(zeile)
    name = reihe.definition.name if reihe.definition else zeile["profil"]
    return Eintrag(
        kennung=f"zahl-{'.'.join(reihe.schluessel)}",
        gruppe=worte.gruppe(zeile["gruppe"], namen),
        definition="" if zeile["profil"] == "-" else f"Definition {name}",
        stand=datum(zeile["stichtag"]),
        wert=worte.indikatorwert(zeile),
        zuletzt=worte.zuletzt(frueher, zeile) if frueher else "",
        frauen=worte.nach_geschlecht(reihe.von("w"), zeile),
        maenner=worte.nach_geschlecht(reihe.von("m"), zeile),
        vergleichsgruppe=worte.gruppe(zeile["vergleichsgruppe"], namen) if zeile["vergleichsgruppe"] else "",
        vergleich=worte.indikatorwert(anderer) if anderer else None,
        abstand=tuple(abstand),
        veraenderung=veraenderung,
        urteil=urteil,
        anmerkungen=tuple(_annotate(reihe, urteil)),
        verlauf=worte.verlauf(reihe.trend),
        ziel=tuple(worte.ziel(zeile)),
        bild=verlauf_bild(reihe.zeilen),
        beispiel=_beispiel(reihe),
        grund=worte.grund(zeile),
        zaehlung=worte.zaehlung(zeile),
        bemerkungen=remarks.of_figure(zeile) if zeile["wert"] is not None else (),
    )
