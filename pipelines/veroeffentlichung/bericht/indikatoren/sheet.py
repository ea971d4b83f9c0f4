"""The workbook's sheet »Indikatoren«: every series of the municipality, and the areas the page shows, one row each.

Belongs here: columns and number formats of this sheet. Does not belong here: how a sheet is written
(veroeffentlichung/bericht/workbook.py). Also what the page leaves out stands here: further definitions, age groups, single
states.
"""

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

from pipelines.veroeffentlichung.bericht.content import INSGESAMT, Zeile
from pipelines.veroeffentlichung.bericht.indikatoren import words as worte
from pipelines.veroeffentlichung.bericht.indikatoren.content import Indikatorreihe, Indikatorteil
from pipelines.veroeffentlichung.bericht.indikatoren.series import partnerschluessel
from pipelines.veroeffentlichung.bericht.numbers import Wert, alter_wort, status_wort

# Number formats by unit; shares stand as 0–100, as in the marts.
_GRUND = {
    "anzahl": "#,##0", "prozent": "#,##0.0", "promille": "#,##0.0", "jahre": "#,##0.0", "verhaeltnis": "#,##0.0",
    "index": "0.000", "punkte": "#,##0.0", "euro": "#,##0.00", "quadratmeter": "#,##0.0", "je_100000": "#,##0.0",
}  # fmt: skip
_ENDE = {
    "prozent": '" %"', "promille": '" je 1.000"', "jahre": '" Jahre"', "punkte": '" Prozentpunkte"', "euro": '" €"',
    "quadratmeter": '" m²"', "je_100000": '" je 100.000"',
}  # fmt: skip
FORMATE_WERT = {f"wert_{e}": f + _ENDE.get(e, "") for e, f in _GRUND.items()}
FORMATE_DIFFERENZ = {f"differenz_{e}": f"+{f};-{f};{f}" for e, f in _GRUND.items()}
FORMATE = FORMATE_WERT | FORMATE_DIFFERENZ | {"verhaeltnis": "0.00"}

KEINE, OHNE_VERGLEICH, OHNE_ZIEL = "–", "ohne Vergleichsgruppe", "kein Zielwert"
TEXT, DATUM, WERT, DIFFERENZ, QUOTIENT = "text", "datum", "wert", "differenz", "verhaeltnis"
SPALTEN: tuple[tuple[str, str, str], ...] = (
    ("Handlungsfeld", "feld", TEXT), ("Indikator", "name", TEXT), ("Gebiet", "gebiet", TEXT), ("Gruppe", "gruppenwort", TEXT),
    ("Definition", "definition", TEXT), ("Altersgruppe", "alter", TEXT), ("Stichtag", "stichtag", DATUM),
    ("Wert", "indikatorwert", WERT), ("Frauen", "frauen", WERT), ("Männer", "maenner", WERT),
    ("Vergleichsgruppe", "vergleichswort", TEXT), ("Wert der Vergleichsgruppe", "vergleich", WERT),
    ("Abstand", "abstand", DIFFERENZ), ("Verhältnis", "verhaeltnis", QUOTIENT),
    ("Änderung zur Vorperiode", "veraenderung_vorperiode", DIFFERENZ), ("seit", "seit", DATUM),
    ("Urteil", "urteil", TEXT), ("Grund", "grund", TEXT), ("Fall der Annäherung", "fall", TEXT),
    ("Urteil auf berichtigten Zahlen", "korrektur", TEXT), ("Trend", "verlauf", TEXT), ("Ziel", "ziel", WERT),
    ("Zieljahr", "ziel_jahr", "jahr"), ("Abstand zum Ziel", "zielabstand", DIFFERENZ),
    ("nötig je Jahr", "ziel_tempo", DIFFERENZ), ("Rang im Ort", "lage_rang", "jahr"),
    ("Lagequotient", "lage_quotient", QUOTIENT), ("Beispieldaten", "beispiel", TEXT), ("Status", "statuswort", TEXT),
    ("Hinweise", "hinweisworte", TEXT), ("Quelle", "herkunft", TEXT), ("Datenstand", "datenstand", DATUM),
    ("Lieferung", "lieferung_id", TEXT), ("Fundstelle", "fundstelle", TEXT), ("Zu beachten", "beachten", TEXT),
    ("Bemerkung der Quelle", "bemerkung", TEXT),
    ("Indikator (Kennung)", "indikator", TEXT), ("Veröffentlichung", "veroeffentlichung", TEXT),
)  # fmt: skip


def zahlenformat(art: str, einheit: str) -> str:
    """Key of the number format of a cell: by its kind, and by unit where the kind has one."""
    return f"{art}_{einheit}" if art in (WERT, DIFFERENZ) else art


def _gemeinsam(z: Zeile, teil: Indikatorteil, feld: str) -> dict[str, Any]:
    k = teil.katalog[z["indikator"]]
    urteil = worte.urteil(z)
    namen = teil.staaten.am(z["stichtag"])
    vergleich = worte.gruppe(z["vergleichsgruppe"], namen) if z["vergleichsgruppe"] else OHNE_VERGLEICH
    return {
        **{name: KEINE if z[name] is None else z[name] for _, name, _ in SPALTEN if name in z},
        "einheit": z["einheit"], "feld": feld, "name": k["name"], "gruppenwort": worte.gruppe(z["gruppe"], namen),
        "definition": z["profil"], "alter": alter_wort(z["altersgruppe"]), "indikatorwert": worte.indikatorwert(z),
        "frauen": KEINE, "maenner": KEINE, "vergleichswort": vergleich,
        "vergleich": KEINE if z["vergleichswert"] is None else z["vergleichswert"],
        "seit": z["vorperiode"] if z["veraenderung_vorperiode"] is not None else worte.kein_vergleich(z),
        "urteil": worte.URTEILE[urteil][1], "grund": worte.grund(z) or KEINE,
        "fall": worte.FAELLE[z["abstand_fall"]] if z["abstand_fall"] else KEINE,
        "korrektur": "ja" if z["trend_auf_korrektur"] else "nein", "verlauf": KEINE,
        "ziel": OHNE_ZIEL if z["ziel"] is None else z["ziel"], "beispiel": "ja" if z["beispieldaten"] else "nein",
        "statuswort": status_wort(z["status"]), "hinweisworte": ", ".join(status_wort(c) for c in z["hinweise"] or []),
        **({"herkunft": KEINE, "lieferung_id": KEINE} if worte.is_unnamed(z) else {}),
        "beachten": " ".join(k["beachten"] or ()), "bemerkung": "; ".join(teil.remarks.of_figure(z)) or KEINE,
    }  # fmt: skip


def _reihe(r: Indikatorreihe, je: Mapping[tuple[str, ...], Indikatorreihe], teil: Indikatorteil, feld: str) -> Zeile:
    z = r.letzte
    partner = je.get(partnerschluessel(r))
    anderer: Wert | str = KEINE
    if partner:
        anderer = next((worte.indikatorwert(p) for p in partner.zeilen if p["zeitraum"] == z["zeitraum"]), KEINE)
    vorher = next((p for p in r.zeilen if p["zeitraum"] == z["vorperiode"]), None)
    mehr = {
        "frauen": worte.nach_geschlecht(r.von("w"), z),
        "maenner": worte.nach_geschlecht(r.von("m"), z), "vergleich": anderer,
        "verlauf": worte.verlauf(r.trend).removeprefix("Verlauf: "),
    }  # fmt: skip
    if r.definition:
        mehr["definition"] = r.definition.name
    if vorher and z["veraenderung_vorperiode"] is not None:
        mehr["seit"] = vorher["stichtag"]
    return _gemeinsam(z, teil, feld) | mehr


def _alter(gruppe: str) -> tuple[bool, float]:
    """Order of age groups: all together, then by their first year, unknown last."""
    zahl = re.match(r"\d+", gruppe)
    return gruppe != INSGESAMT, float(zahl[0]) if zahl else math.inf


def blattzeilen(teil: Indikatorteil, gebietswerte: Sequence[Zeile]) -> list[Zeile]:
    """All series of the whole municipality in the order of the page, then the areas."""
    feld = {i.kennung: f.name for f in teil.felder for i in f.indikatoren}
    folge = {name: n for n, name in enumerate(f.name for f in teil.felder)}
    je = {r.schluessel: r for r in teil.reihen}
    reihen = sorted(
        teil.reihen,
        key=lambda r: (folge[feld[r.schluessel[0]]], r.letzte["nummer"], *_alter(r.schluessel[3]), not r.main),
    )
    stadt = [_reihe(r, je, teil, feld[r.schluessel[0]]) for r in reihen]
    return stadt + [_gemeinsam(z, teil, feld.get(z["indikator"], "")) for z in gebietswerte]


def anmerkungen(teil: Indikatorteil) -> list[str]:
    """What stands over the table."""
    zeilen = [
        "Prozentwerte stehen als Zahl von 0 bis 100; Abstand und Änderung in der Einheit des Indikators.",
        "Abstand und Änderung sind aus den ungerundeten Werten gerechnet; gerundet gezeigt, kann die letzte Stelle abweichen.",
    ]
    if teil.konzept:
        zeilen.append(f"Zuordnung zu den Handlungsfeldern ({teil.konzept}): Vorschlag dieses Projekts.")
    if teil.beispiel:
        zeilen.append("Zeilen mit Beispieldaten »ja« sind erzeugt oder erfunden.")
    if teil.test:
        zeilen.append(f"Trend: {teil.test}.")
    return zeilen
