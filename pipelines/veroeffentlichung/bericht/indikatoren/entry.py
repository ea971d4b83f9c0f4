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


def eintrag(r: Indikatorreihe, partner: Indikatorreihe | None, staaten: Staatsnamen) -> Eintrag:
    """A series as a row. `partner`: the series of the comparison group."""
    z = r.letzte
    namen = staaten.am(z["stichtag"])
    einheit = z["einheit"]
    anderer = next((p for p in partner.zeilen if p["zeitraum"] == z["zeitraum"]), None) if partner else None
    frueher = next((p for p in reversed(r.zeilen) if p["wert"] is not None), None) if z["wert"] is None else None
    vorher = next((p for p in r.zeilen if p["zeitraum"] == z["vorperiode"]), None)
    abstand = []
    if z["abstand"] is not None:
        abstand.append(f"Abstand {worte.differenz(z['abstand'], einheit)}")
    if z["verhaeltnis"] is not None:
        abstand.append(f"Verhältnis {worte.verhaeltnis(z['verhaeltnis'])}")
    if z["veraenderung_vorperiode"] is not None and vorher:
        veraenderung = (worte.differenz(z["veraenderung_vorperiode"], einheit), f"seit {datum(vorher['stichtag'])}")
    else:
        veraenderung = ("kein Vergleich", worte.kein_vergleich(z))
    urteil = worte.urteil(z)
    anmerkungen = [worte.FAELLE[z["abstand_fall"]]] if z["abstand_fall"] else []
    if z["trend_bezug"] == "basis":
        anmerkungen.append(f"Seit {datum(z['basis'])} {worte.differenz(z['veraenderung_basis'], einheit)}.")
    if urteil in ("verbessert", "verschlechtert") and z["aenderung_im_band"]:
        anmerkungen.append("Die Änderung ist kleiner als die Stabilitätsbänder beider Werte zusammen.")
    if z["wert"] is None and (z["anzahl_gebiete"] or worte.MINDESTGEBIETE) < worte.MINDESTGEBIETE:
        anmerkungen.append(
            f"Nur {z['anzahl_gebiete']} Gebiete; unter {worte.MINDESTGEBIETE} wird kein Index berechnet."
        )
    if z["trend_auf_korrektur"]:
        anmerkungen.append("Urteil beruht auf berichtigten Zahlen (Abschnitt Korrekturen).")
    name = r.definition.name if r.definition else z["profil"]
    return Eintrag(
        gruppe=worte.gruppe(z["gruppe"], namen),
        definition="" if z["profil"] == "-" else f"Definition {name}",
        stand=datum(z["stichtag"]),
        wert=worte.indikatorwert(z),
        zuletzt=worte.zuletzt(frueher, z) if frueher else "",
        frauen=worte.nach_geschlecht(r.von("w"), z),
        maenner=worte.nach_geschlecht(r.von("m"), z),
        vergleichsgruppe=worte.gruppe(z["vergleichsgruppe"], namen) if z["vergleichsgruppe"] else "",
        vergleich=worte.indikatorwert(anderer) if anderer else None,
        abstand=tuple(abstand),
        veraenderung=veraenderung,
        urteil=urteil,
        anmerkungen=tuple(anmerkungen),
        verlauf=worte.verlauf(r.trend),
        ziel=tuple(worte.ziel(z)),
        bild=verlauf_bild(r.zeilen),
        beispiel=_beispiel(r),
        grund=worte.grund(z),
        zaehlung=worte.zaehlung(z),
    )
