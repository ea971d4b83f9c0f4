"""One series as a row of the report's table: latest value, women and men, comparison, change, verdict, notes.

Belongs here: what each field of a row says. Does not belong here: words and formats (words.py), which series have a row
(section.py).
"""

from pipelines.veroeffentlichung.bericht.indikatoren import words as worte
from pipelines.veroeffentlichung.bericht.indikatoren.content import (
    Eintrag,
    Indikatorreihe,
)
from pipelines.veroeffentlichung.bericht.indikatoren.sparkline import verlauf_bild
from pipelines.veroeffentlichung.bericht.numbers import datum
from pipelines.veroeffentlichung.bericht.staaten import Staatsnamen

BEISPIEL = "Beispieldaten"


def _beispiel(r: Indikatorreihe) -> str:
    """Mark of invented figures: the shown value, or only earlier ones."""
    if r.letzte["beispieldaten"]:
        return BEISPIEL
    return f"frühere Werte: {BEISPIEL}" if any(z["beispieldaten"] for z in r.zeilen) else ""


def eintrag(reihe: Indikatorreihe, partner: Indikatorreihe | None, staaten: Staatsnamen) -> Eintrag:
    """A series as a row. `partner`: the series of the comparison group."""
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
        abstand.append(f"Abstand {worte.differenz(zeile['abstand'], einheit)}")
    if vergleichbar and zeile["verhaeltnis"] is not None:
        abstand.append(f"Verhältnis {worte.verhaeltnis(zeile['verhaeltnis'])}")
    if zeile["veraenderung_vorperiode"] is not None and vorher:
        veraenderung = (worte.differenz(zeile["veraenderung_vorperiode"], einheit), f"seit {datum(vorher['stichtag'])}")
    else:
        veraenderung = ("kein Vergleich", worte.kein_vergleich(zeile))
    urteil = worte.urteil(zeile)
    anmerkungen = [worte.FAELLE[zeile["abstand_fall"]]] if vergleichbar and zeile["abstand_fall"] else []
    if zeile["trend_bezug"] == "basis":
        anmerkungen.append(f"Seit {datum(zeile['basis'])} {worte.differenz(zeile['veraenderung_basis'], einheit)}.")
    if urteil in ("verbessert", "verschlechtert") and zeile["aenderung_im_band"]:
        anmerkungen.append("Die Änderung ist kleiner als die Stabilitätsbänder beider Werte zusammen.")
    if zeile["wert"] is None and (zeile["anzahl_gebiete"] or worte.MINDESTGEBIETE) < worte.MINDESTGEBIETE:
        anmerkungen.append(
            f"Nur {zeile['anzahl_gebiete']} Gebiete; unter {worte.MINDESTGEBIETE} wird kein Index berechnet."
        )
    if zeile["trend_auf_korrektur"]:
        anmerkungen.append("Urteil beruht auf berichtigten Zahlen (Abschnitt Korrekturen).")
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
        anmerkungen=tuple(anmerkungen),
        verlauf=worte.verlauf(reihe.trend),
        ziel=tuple(worte.ziel(zeile)),
        bild=verlauf_bild(reihe.zeilen),
        beispiel=_beispiel(reihe),
        grund=worte.grund(zeile),
        zaehlung=worte.zaehlung(zeile),
    )
