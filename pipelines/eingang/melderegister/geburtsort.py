"""Birthplace → state of birth, by the lists geburtsorte.csv (shared, and a municipality's own, which wins).

Belongs here: reading the lists, comparing place names, and filling the state of persons whose extract names a place but no
state. Does not belong here: places within Germany; a place that no list has counts as born there, as ever.

Two names are the same place if they agree after: Unicode NFC, case folding (`ß` is `ss`, `İ` is `i`), hyphens and dashes as
blanks, blanks collapsed and trimmed. Accents and umlauts count (`Lodz` is not `Łódź`): variants are rows of their own. A
state's name at the end, in brackets or after a comma, is no part of the place but must not contradict the list: `Breslau
(Polen)` is Breslau, `London, Kanada` is not London; any other addition stays a part of the name.
"""

import csv
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from pipelines.eingang.grid.text_file import SEP, Textdatei
from pipelines.foundation.config_files import is_there
from pipelines.foundation.csv_list import read_staaten
from pipelines.foundation.findings import Befund, Code, Schwere
from pipelines.foundation.storage import execute
from pipelines.foundation.yaml_file import kurzpfad
from pipelines.stamm.referenz import gueltig
from pipelines.stamm.staaten import alle_namen

DATEINAME = "geburtsorte.csv"
SPALTEN = ("ort", "jahr_von", "jahr_bis", "staat", "sicherheit", "entschieden_von", "entschieden_am", "bemerkung")
SICHERHEIT = ("sicher", "wahrscheinlich")
JAHRE = (1850, 2100)
IMMER = (0, 9999)
# The nearest rule of the closed set: what the list makes up for.
CODE_ERGAENZT = Code.geburtsort_ergaenzt
# Everyday names of states beside those of staaten.csv.
UEBLICHE_NAMEN = {
    "russland": "160", "syrien": "475", "iran": "439", "vietnam": "432", "moldawien": "146", "moldau": "146",
    "mazedonien": "144", "weißrussland": "169", "udssr": "159", "cssr": "162", "tschechische republik": "164", "usa": "368",
    "großbritannien": "168", "england": "168", "bosnien": "122", "kirgistan": "450", "tansania": "282", "südkorea": "467",
}  # fmt: skip

_TRENNER = re.compile(r"[\s\-‐‑‒–—]+")
_ZUSATZ = re.compile(r"(?P<ort>.+?)\s*(?:,\s*(?P<komma>[^,()]+)|\((?P<klammer>[^()]+)\))")


@dataclass(frozen=True)
class Ortseintrag:
    """The state of a place for births from one year to another (IMMER: all, also where the year is unknown)."""

    staat: str
    von: int = IMMER[0]
    bis: int = IMMER[1]


@dataclass(frozen=True)
class Ortsliste:
    """Entries by normalised place; years of one place do not overlap. `laender`: normalised state name → key."""

    orte: dict[str, tuple[Ortseintrag, ...]]
    laender: dict[str, str]
    gruppen: dict[str, str]

    def search(self, name: str) -> tuple[Ortseintrag, ...]:
        """The entries that a place name of the register means."""
        normal = normalform(name)
        ort, staat = _ohne_land(normal, self.laender)
        if staat is None:
            return self.orte.get(normal, ())
        return tuple(e for e in self.orte.get(ort, ()) if self._gleich(e.staat, staat))

    def _gleich(self, eins: str, zwei: str) -> bool:
        # A state that no longer exists agrees with its successors: Prag (Tschechoslowakei).
        return eins == zwei or self.gruppen.get(eins, eins) == self.gruppen.get(zwei, zwei)


def normalform(name: str) -> str:
    """A place name as it is compared: see the rules at the head of this module."""
    gefaltet = unicodedata.normalize("NFC", name).casefold().replace("i\u0307", "i")
    return _TRENNER.sub(" ", gefaltet).strip()


def _ohne_land(normal: str, laender: dict[str, str]) -> tuple[str, str | None]:
    treffer = _ZUSATZ.fullmatch(normal)
    zusatz = (treffer["komma"] or treffer["klammer"]).strip() if treffer else ""
    return (treffer["ort"], laender[zusatz]) if treffer and zusatz in laender else (normal, None)


def _staaten(datei: Path) -> tuple[list[dict[str, str]], dict[str, str]]:
    """The states a place can lie in, and the key of each of their names."""
    staaten = [z for z in read_staaten(datei) if z["als_staat"] != "nein"]
    ueblich = {normalform(k): v for k, v in UEBLICHE_NAMEN.items()}
    return staaten, ueblich | {normalform(n): z["staat"] for z in staaten for n in reversed(alle_namen(z))}


def maengel_der_liste(datei: Path, staatenliste: Path) -> list[Befund]:
    """What is wrong with a list of places of birth; a missing file is an empty list. Raises: KonfigurationsFehler."""
    staaten, laender = _staaten(staatenliste)
    return _read_list(datei, {z["staat"] for z in staaten}, laender)[1] if is_there(datei) else []


def read_geburtsorte(ordner: Path) -> tuple[Ortsliste, list[Befund]]:
    """The shared list and that of a municipality's folder, and what is wrong with them; a missing file is an empty list."""
    staaten, laender = _staaten(gueltig(ordner.parent, "staaten.csv"))
    gruppen = {z["staat"]: z["nachfolgegruppe"] for z in staaten if z["nachfolgegruppe"]}
    orte: dict[str, tuple[Ortseintrag, ...]] = {}
    befunde: list[Befund] = []
    for datei in (ordner / DATEINAME, gueltig(ordner.parent, DATEINAME)):
        if is_there(datei):
            eintraege, fehler = _read_list(datei, {z["staat"] for z in staaten}, laender)
            befunde += fehler
            for ort, neue in eintraege.items():
                vorhanden = orte.get(ort, ())
                orte[ort] = (*vorhanden, *(rest for e in neue for rest in _ohne_jahre(e, vorhanden)))
    return Ortsliste(orte, laender, gruppen), befunde


def _ohne_jahre(eintrag: Ortseintrag, vorrang: tuple[Ortseintrag, ...]) -> list[Ortseintrag]:
    """What is left of an entry beside those that win."""
    reste = [eintrag]
    for v in vorrang:
        reste = [
            Ortseintrag(r.staat, von, bis)
            for r in reste
            for von, bis in ((r.von, min(r.bis, v.von - 1)), (max(r.von, v.bis + 1), r.bis))
            if von <= bis
        ]
    return reste


def _read_list(
    datei: Path, staaten: set[str], laender: dict[str, str]
) -> tuple[dict[str, list[Ortseintrag]], list[Befund]]:
    name = kurzpfad(datei)
    befunde: list[Befund] = []

    def fehler(ort: str, was: str, erwartet: str) -> None:
        befunde.append(Befund(Code.dateiformat, Schwere.fehler, name, ort, was, erwartet))

    try:
        with datei.open(encoding="utf-8-sig", newline="") as f:
            leser = csv.reader(f, delimiter=";", strict=True)
            zeilen = [(leser.line_num, z) for z in leser if z]
            if zeilen and SEP.fullmatch(";".join(zeilen[0][1])):
                zeilen = zeilen[1:]
    except UnicodeDecodeError as grund:
        fehler("", f"die Datei ist nicht in UTF-8 gespeichert (Byte {grund.start})", "UTF-8")
        return {}, befunde
    except csv.Error:
        fehler("", "eine Anführung wird nicht geschlossen", "Felder durch Semikolon getrennt")
        return {}, befunde
    kopf = [s.strip() for s in zeilen[0][1]] if zeilen else []
    if sorted(kopf) != sorted(SPALTEN):
        fremd = [s for s in kopf if s not in SPALTEN]
        fehlend = [s for s in SPALTEN if s not in kopf]
        was = (
            f"die Spalte »{fremd[0]}« ist unbekannt" if fremd
            else f"die Spalte »{fehlend[0]}« fehlt" if fehlend else "eine Spalte steht zweimal da"
        )  # fmt: skip
        fehler("Zeile 1", was, ";".join(SPALTEN))
        return {}, befunde
    eintraege: dict[str, list[Ortseintrag]] = {}
    zeile_von: dict[tuple[str, Ortseintrag], int] = {}
    for nummer, felder in zeilen[1:]:
        wo = f"Zeile {nummer}"
        if len(felder) != len(kopf):
            fehler(wo, f"die Zeile hat {len(felder)} Felder", f"{len(kopf)} Felder")
            continue
        z = dict(zip(kopf, (w.strip() for w in felder), strict=True))
        ort = normalform(z["ort"])
        maengel = _maengel(z, ort, staaten, laender)
        for spalte, was, erwartet in maengel:
            fehler(f"{wo}, {spalte}", was, erwartet)
        if maengel:
            continue
        neu = Ortseintrag(z["staat"], int(z["jahr_von"] or IMMER[0]), int(z["jahr_bis"] or IMMER[1]))
        frueher = [e for e in eintraege.get(ort, []) if e.von <= neu.bis and neu.von <= e.bis]
        if frueher:
            fehler(f"{wo}, ort", f"der Ort steht für dieselben Jahre schon in Zeile {zeile_von[ort, frueher[0]]}",
                   "je Ort und Geburtsjahr eine Zeile")  # fmt: skip
            continue
        eintraege.setdefault(ort, []).append(neu)
        zeile_von[ort, neu] = nummer
    return eintraege, befunde


def _maengel(z: dict[str, str], ort: str, staaten: set[str], laender: dict[str, str]) -> list[tuple[str, str, str]]:
    """Column, what is wrong, what is expected, for every fault of one row."""
    maengel = []
    if not ort or _ohne_land(ort, laender)[1] is not None:
        was = "der Ort trägt einen Länderzusatz" if ort else "der Ort fehlt"
        maengel.append(("ort", was, "der Name des Ortes allein, das Land steht unter staat"))
    for spalte in ("jahr_von", "jahr_bis"):
        if z[spalte] and not (re.fullmatch(r"\d{4}", z[spalte]) and JAHRE[0] <= int(z[spalte]) <= JAHRE[1]):
            maengel.append(
                (spalte, f"»{z[spalte]}« ist kein Jahr", f"ein Jahr von {JAHRE[0]} bis {JAHRE[1]} oder nichts")
            )
    if not maengel and z["jahr_von"] and z["jahr_bis"] and z["jahr_von"] > z["jahr_bis"]:
        maengel.append(("jahr_bis", "das Ende liegt vor dem Anfang", "ein Jahr nicht vor jahr_von"))
    if z["staat"] not in staaten:
        maengel.append(("staat", f"der Schlüssel »{z['staat']}« ist unbekannt", "ein Staat aus referenz/staaten.csv"))
    if z["sicherheit"] not in SICHERHEIT:
        maengel.append(("sicherheit", f"»{z['sicherheit']}« ist unbekannt", " oder ".join(SICHERHEIT)))
    if not z["entschieden_von"]:
        maengel.append(("entschieden_von", "die Angabe fehlt", "wer die Zuordnung entschieden hat"))
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", z["entschieden_am"]):
            raise ValueError
        date.fromisoformat(z["entschieden_am"])
    except ValueError:
        maengel.append(("entschieden_am", f"»{z['entschieden_am']}« ist kein Datum", "JJJJ-MM-TT"))
    return maengel


def encode_geburtsorte(con: duckdb.DuckDBPyConnection, datei: Textdatei, liste: Ortsliste) -> list[Befund]:
    """Fill geburtsstaat of persons (table `getippt`) where only a listed place is given; tells how many rows, never which.

    Each different name is looked up once; the rows follow by a hash join on the name as it stands in the extract.
    """
    if not liste.orte:
        return []
    namen = execute(con, "select distinct ort_ohne_staat from bestand where ort_ohne_staat is not null")
    treffer = [[name, e.von, e.bis, e.staat] for (name,) in namen for e in liste.search(name)]
    if not treffer:
        return []
    con.execute("create temp table ortstreffer (ort varchar, von smallint, bis smallint, staat varchar)")
    con.executemany("insert into ortstreffer values (?, ?, ?, ?)", treffer)
    ((anzahl,),) = execute(
        con,
        f"""
        update getippt set geburtsstaat = t.staat::staat
        from ortstreffer as t
        where im_bestand and getippt.ort_ohne_staat = t.ort
            and coalesce(year(getippt.geburtstag) between t.von and t.bis, t.von = {IMMER[0]} and t.bis = {IMMER[1]})
        """,
    )
    if not anzahl:
        return []
    mal = " (1 Mal)" if anzahl == 1 else ""
    return [
        Befund(CODE_ERGAENZT, Schwere.hinweis, datei.pfad.name, "Spalte geburtsstaat",
               f"der fehlende Geburtsstaat ist nach dem Geburtsort ergänzt ({DATEINAME}){mal}",
               "der Geburtsstaat im Auszug, wo er bekannt ist", anzahl=int(anzahl),
               draussen=f"der fehlende Geburtsstaat ist nach dem Geburtsort ergänzt ({DATEINAME})")
    ]  # fmt: skip
