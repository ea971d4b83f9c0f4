"""The report's part on corrections: which published figures were changed, from what to what, and why.

Belongs here: reading protokoll.revision and saying it in words. Does not belong here: how corrections are found
(veroeffentlichung/korrektur.py, veroeffentlichung/revision.py).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import duckdb

from pipelines.veroeffentlichung.bericht.content import INSGESAMT, Zeile
from pipelines.veroeffentlichung.bericht.herkunft import spalten
from pipelines.veroeffentlichung.bericht.indikatoren import words as worte
from pipelines.veroeffentlichung.bericht.numbers import (
    GESCHLECHT_WORTE,
    alter_wort,
    datum,
    dezimal,
    prozent,
    status_wort,
)
from pipelines.veroeffentlichung.bericht.orte import fuer_ort
from pipelines.veroeffentlichung.bericht.query import rows_of, zeilen
from pipelines.veroeffentlichung.bericht.staaten import Staatsnamen, load_names_of_states
from pipelines.veroeffentlichung.bericht.table_shape import Tabelle, TableRow

HOECHSTENS = 50
TABELLE = "protokoll.revision"
GRUENDE = {
    "neue_lieferung": "neue Lieferung der Daten", "neue_profilversion": "neue Fassung der Definition",
    "neue_berechnung": "neu berechnet aus denselben Daten", "entfallen": "Zahl wird nicht mehr veröffentlicht",
}  # fmt: skip
KEINE_MEHR = "keine Zahl mehr"
GANZE_ZEILE, GEAENDERT = "*", "geändert"
# Parts of a key that tell a reader nothing: all together, no definition, a value, as delivered.
OHNE_AUSSAGE = ("-", INSGESAMT, "wert", "false")
TAGE = ("stichtag", "zeitraum", "stand", "jahr")
ANTEIL, MEHR_STELLEN = "Anteil 0–1", 3
EINHEITEN_GENANNT = {"Euro": " €", **{e: f" {e}" for e in ("Personen", "Jahre", "VZÄ", "Tage", "Maßnahmen", "Gebiete")}}
# Columns of the indicator table in the indicator's unit.
WERTE = ("wert", "vergleichswert", "vorwert", "untergrenze", "obergrenze", "ziel")
DIFFERENZEN = ("abstand", "veraenderung_vorperiode", "veraenderung_basis", "veraenderung_je_jahr", "abstand_veraenderung",
               "vergleich_veraenderung", "zielabstand", "ziel_tempo")  # fmt: skip
INDIKATORTABELLE = "marts.indikator_zeitreihe"


@dataclass(frozen=True)
class Korrekturteil:
    """`anzahl`: all corrections of this municipality; the table shows the newest of them."""

    anzahl: int
    tabelle: Tabelle | None

    @property
    def weitere(self) -> int:
        return self.anzahl - (len(self.tabelle.reihen) if self.tabelle else 0)


def schluesselteile(text: str) -> dict[str, str]:
    """`kommune=k; zeitraum=2021-06-30` → its parts; a value may hold a semicolon, a part begins with a column name."""
    return dict(t.split("=", 1) for t in re.split(r";\s*(?=[a-z_]+=)", text) if "=" in t)


def _zahl(text: str | None, spalte: str, einheit: str | None, spalteneinheit: str, mehr: int = 0) -> str:
    """An old or new value as a reader writes it, with its unit and `mehr` further places; codes become words."""
    if text is None or text == "":
        return KEINE_MEHR
    if text == GEAENDERT:
        return "geändert; welche Zahlen und um wie viel, ist geschützt"
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return datum(_datum(text))
    try:
        zahl = worte.exakt(float(text))
    except ValueError:
        return _wort(text)
    if einheit and spalte in WERTE:
        return worte.einheitenwert(float(text), einheit, mehr)
    if einheit and spalte in DIFFERENZEN:
        return worte.differenz(float(text), einheit, mehr)
    if spalte.startswith("anteil") or spalteneinheit == ANTEIL:
        return prozent(zahl, 1 + mehr)
    ende = EINHEITEN_GENANNT.get(spalteneinheit, "")
    return dezimal(zahl, 0 if zahl.denominator == 1 else 2 + mehr) + ende


def _wort(text: str) -> str:
    """A code or a list of codes in words; other text stays."""
    if text.startswith("[") and text.endswith("]"):
        codes = [c.strip(" '") for c in text[1:-1].split(",") if c.strip()]
        return ", ".join(status_wort(c) for c in codes) or "keine"
    return worte.URTEILE[text][1] if text in worte.URTEILE else worte.VERLAEUFE.get(text, status_wort(text))


def _vorher_jetzt(r: Zeile, einheit: str | None, spalteneinheit: str) -> tuple[str, str]:
    """Both values; further places, up to four, where rounding would hide the difference."""
    for mehr in range(MEHR_STELLEN + 1):
        alt, neu = (_zahl(r[s], r["spalte"], einheit, spalteneinheit, mehr) for s in ("alt", "neu"))
        if alt != neu:
            return alt, neu
    alt, neu = (_zahl(r[s], r["spalte"], einheit, spalteneinheit) for s in ("alt", "neu"))
    return alt, f"{neu} (Unterschied kleiner als gezeigt)"


def _place(
    teile: Mapping[str, str],
    gebiete: Mapping[str, str],
    indikatoren: Mapping[str, Zeile],
    staaten: Staatsnamen,
    profile: Mapping[str, str],
    titel: Mapping[str, str],
) -> tuple[str, str, str]:
    """(what, where, day) of a correction in words; a part without a word of its own is said as `title value`."""
    text = next((teile[t] for t in TAGE if t in teile), "")
    tag = _tag(text)
    namen = staaten.am(tag) if tag else staaten.heute
    was = [indikatoren[teile["indikator"]]["name"]] if teile.get("indikator") in indikatoren else []
    for name, wert in teile.items():
        if name in ("kommune", "gebiet_id", "indikator", *TAGE) or wert in OHNE_AUSSAGE:
            continue
        if name == "gruppe":
            was.append(worte.gruppe(wert, namen))
        elif name == "geschlecht":
            was.append(GESCHLECHT_WORTE.get(wert, wert))
        elif name == "altersgruppe":
            was.append(alter_wort(wert))
        elif name == "staat":
            was.append(namen.get(wert, wert))
        elif name == "profil":
            was.append(f"Definition {profile.get(wert, wert)}")
        else:
            was.append(f"{titel.get(name, name)} {wert}")
    wo = gebiete.get(teile.get("gebiet_id", ""), teile.get("gebiet_id", "ganze Kommune"))
    return ", ".join(was), wo, datum(tag) if tag else text or "–"


def _datum(text: str) -> date:
    return date.fromisoformat(text[:10])


def _tag(text: str) -> date | None:
    try:
        return _datum(text)
    except ValueError:
        return None


def load_korrekturen_part(con: duckdb.DuckDBPyConnection, kommune: Zeile) -> Korrekturteil:
    """The corrections of one municipality (a row of dim.kommune): newest release first, the whole town before its areas."""
    if not spalten(con, TABELLE):
        return Korrekturteil(0, None)
    kurz = kommune["kommune"]
    anzahl = int(con.execute(f"select count(*) from {TABELLE} where kommune = ?", [kurz]).fetchall()[0][0])
    neueste = rows_of(con, "korrekturen", kommune=kurz, ags=kommune["ags"], hoechstens=HOECHSTENS)
    gebiete = {g["gebiet_id"]: g["gebiet"] for g in zeilen(con, "from dim.gebiet where kommune = ?", kurz)}
    gebiete[kommune["ags"]] = kommune["name"]
    indikatoren = {i["indikator"]: i for i in zeilen(con, "from dim.indikator")}
    staaten = load_names_of_states(con)
    profile = {p["profil"]: p["titel"].split(" (")[0] for p in zeilen(con, "from dim.profil")}
    titel: dict[str, dict[str, str]] = {}
    einheiten: dict[tuple[str, str], str] = {}
    for s in zeilen(con, "from dim.spalte"):
        titel.setdefault(s["tabelle"], {})[s["spalte"]] = s["titel"]
        einheiten[(s["tabelle"], s["spalte"])] = s["einheit"] or ""
    reihen = []
    for r in neueste:
        teile = schluesselteile(r["schluessel"])
        ihre_titel = titel.get(r["tabelle"], {})
        was, wo, tag = _place(teile, gebiete, indikatoren, staaten, profile, ihre_titel)
        einheit = (
            indikatoren.get(teile.get("indikator", ""), {}).get("einheit") if r["tabelle"] == INDIKATORTABELLE else None
        )
        merkmal = "ganze Zeile" if r["spalte"] == GANZE_ZEILE else str(ihre_titel.get(r["spalte"], r["spalte"]))
        if r["neu"] == GEAENDERT:
            merkmal = "Zahlen aus dem Melderegister"
        reihen.append(TableRow((
            r["veroeffentlichung"], f"{ihre_titel.get(GANZE_ZEILE, r['tabelle'])}: {was or merkmal}", merkmal, wo, tag,
            *_vorher_jetzt(r, einheit, einheiten.get((r["tabelle"], r["spalte"]), "")), GRUENDE.get(r["grund"], str(r["grund"])),
        )))  # fmt: skip
    tabelle = Tabelle(
        f"Korrekturen früherer Zahlen {fuer_ort(kommune['name'])}, neueste zuerst",
        ("Seit Veröffentlichung", "Was", "Merkmal", "Gebiet", "Tag", "vorher", "jetzt", "Grund"),
        tuple(reihen),
    )
    return Korrekturteil(anzahl, tabelle if reihen else None)
