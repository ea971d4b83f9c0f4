"""One area's profile put together: figures, age, nationalities, measures.

Belongs here: loading all areas of a municipality, tables of nationalities and measures. Does not belong here: figures
(kennzahlen.py), age (alter.py), the page (page.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import quote

import duckdb

from pipelines.veroeffentlichung.bericht.content import EBENEN_WORTE, INSGESAMT, Bericht, Zeile
from pipelines.veroeffentlichung.bericht.gebietsprofil.alter import alter_pyramide, alter_tabelle
from pipelines.veroeffentlichung.bericht.gebietsprofil.kennzahlen import (
    Kennzahl,
    build_kennzahl,
    build_streifen,
    choose_ort,
    choose_rows,
)
from pipelines.veroeffentlichung.bericht.gebietsprofil.kreis import build_kreiswerte
from pipelines.veroeffentlichung.bericht.massnahmen.words import STATUSWORTE, frist, zeitraum
from pipelines.veroeffentlichung.bericht.numbers import anteil, anzahl, datum
from pipelines.veroeffentlichung.bericht.query import rows_of, zeilen
from pipelines.veroeffentlichung.bericht.staaten import load_names_of_states
from pipelines.veroeffentlichung.bericht.svg import Bild
from pipelines.veroeffentlichung.bericht.table_shape import Tabelle, TableRow, markiert


@dataclass(frozen=True)
class Gebietsprofil:
    """What the page shows of one area; None or empty where the published file has nothing."""

    gebiet_id: str
    name: str
    ebene: str
    marke: str
    kennzahlen: tuple[Kennzahl, ...]
    nur_kreis: Tabelle | None
    pyramide: Bild | None
    alter: Tabelle | None
    staaten: Tabelle | None
    massnahmen: Tabelle | None

    @property
    def kennung(self) -> str:
        return f"gebiet-{self.gebiet_id}"


def name_page(kommune: str) -> str:
    return f"{kommune}.gebiete.html"


def build_address(kommune: str, gebiet_id: str) -> str:
    """Where an area's profile stands."""
    return f"{name_page(kommune)}#{quote(f'gebiet-{gebiet_id}')}"


def _group(alle: Sequence[Zeile]) -> dict[str, list[Zeile]]:
    je: dict[str, list[Zeile]] = {}
    for z in alle:
        je.setdefault(z["gebiet_id"], []).append(z)
    return je


def _build_staaten(kommune: Zeile, name: str, eigene: Sequence[Zeile], stadt: Sequence[Zeile]) -> Tabelle | None:
    """Foreigners by group of states, beside the share in the whole town."""
    je = {(z["staatengruppe"], z["geschlecht"]): z for z in eigene}
    ganz = {z["staatengruppe"]: z for z in stadt if z["geschlecht"] == INSGESAMT}
    gruppen = [g for g, geschlecht in je if geschlecht == INSGESAMT]
    if not gruppen:
        return None
    reihen = tuple(
        TableRow(
            (
                "Ausländer:innen insgesamt" if g == INSGESAMT else g,
                anzahl(je[g, INSGESAMT], "personen"),
                *(anzahl(z, "personen") if (z := je.get((g, s))) else "nicht berechnet" for s in ("w", "m")),
                anteil(je[g, INSGESAMT], "anteil"), anteil(ganz.get(g), "anteil"),
            ),
            summe=g == INSGESAMT,
        )
        for g in gruppen
    )  # fmt: skip
    return Tabelle(
        f"{name}: Staatsangehörigkeiten in Gruppen am {datum(eigene[0]['stichtag'])} (Melderegister)",
        ("Gruppe", "Personen", "Frauen", "Männer", "Anteil an allen im Gebiet", f"Anteil in {kommune['name']}"), reihen,
    )  # fmt: skip


def _build_massnahmen(name: str, massnahmen: Sequence[Zeile]) -> Tabelle | None:
    """Measures whose Sozialraum is this area."""
    reihen = tuple(
        TableRow((
            str(z["massnahme_nr"]), str(z["titel"]), f"{STATUSWORTE.get(z['status'], z['status'])}{frist(z)}", zeitraum(z) or "–",
            str(z["feldname"] or "–"), datum(z["stand"]) + (" – Beispieldaten" if z["beispieldaten"] else ""),
        ))
        for z in massnahmen
    )  # fmt: skip
    return Tabelle(
        f"{name}: Maßnahmen mit diesem Sozialraum", ("Nr.", "Maßnahme", "Status", "Zeitraum", "Handlungsfeld", "Stand"), reihen,
    ) if reihen else None  # fmt: skip


def _load_kennzahlen(con: duckdb.DuckDBPyConnection, b: Bericht) -> dict[str, list[tuple[Zeile, Kennzahl]]]:
    """Area → row and figure of each indicator, in the order of the catalogue."""
    katalog = {i["indikator"]: i for i in zeilen(con, "select indikator, name, definition from dim.indikator")}
    namen = {d.profil: d.name for d in b.definitionen}
    je: dict[str, list[tuple[Zeile, Kennzahl]]] = {}
    alle = rows_of(con, "atlas", kommune=b.kommune["kommune"], ags=b.kommune["ags"])
    karte = rows_of(con, "gebiete_der_karte", kommune=b.kommune["kommune"], ags=b.kommune["ags"])
    orte = [z for z in alle if z["ist_kommune"] and z["geschlecht"] == z["altersgruppe"] == INSGESAMT]
    for indikator in choose_rows(alle, b.definitionen):
        ort = next((z for z in indikator if z["ist_kommune"]), None)
        ebenen: dict[str, list[Zeile]] = {}
        for z in indikator:
            if not z["ist_kommune"]:
                ebenen.setdefault(z["gebietsebene"], []).append(z)
        for ebene, teil in ebenen.items():
            gebiete = sum(g["ebene"] == ebene and _is_valid(g, teil[0]["stichtag"]) for g in karte)
            streifen = build_streifen(f"streifen-{teil[0]['indikator']}-{ebene}", teil, ort, gebiete)
            for z in teil:
                k = build_kennzahl(z, choose_ort(z, orte), streifen, katalog[z["indikator"]], namen)
                je.setdefault(z["gebiet_id"], []).append((z, k))
    return je


def _is_valid(gebiet: Zeile, tag: date) -> bool:
    """Whether an area was one on that day."""
    return (gebiet["gueltig_von"] or tag) <= tag <= (gebiet["gueltig_bis"] or tag)


def load_profile(con: duckdb.DuckDBPyConnection, b: Bericht, massnahmen: Sequence[Zeile]) -> list[Gebietsprofil]:
    """Profiles of all areas below the municipality of which anything is published, by level and name."""
    kommune = {"kommune": b.kommune["kommune"], "ags": b.kommune["ags"]}
    zahlen = _load_kennzahlen(con, b)
    haupt = b.definitionen[0] if b.definitionen else None
    alter = _group(rows_of(con, "gebiet_alter", **kommune, profil=haupt.profil) if haupt else [])
    staatengruppen = _group(b.staatengruppen)
    staatsnamen = load_names_of_states(con)
    des_kreises = [z for z in rows_of(con, "nur_kreis") if z["kommune"] == b.kommune["kommune"]]
    fertig = []
    for g in rows_of(con, "gebiete_der_karte", **kommune):
        kennung, name = g["gebiet_id"], g["gebiet"]
        jahre = alter.get(kennung, [])
        staaten = _build_staaten(
            b.kommune, name, staatengruppen.get(kennung, []), staatengruppen.get(b.kommune["ags"], [])
        )
        p = Gebietsprofil(
            kennung, name, EBENEN_WORTE[str(g["ebene"])],
            b.marke([*jahre, *(z for z, _ in zahlen.get(kennung, ()))]),
            tuple(k for _, k in zahlen.get(kennung, ())),
            markiert(build_kreiswerte(b.kommune["name"], kennung, name, des_kreises, staatsnamen), b.marke(des_kreises))
            if g["ebene"] == "gemeinde" else None,
            alter_pyramide(name, jahre),
            alter_tabelle(name, haupt, jahre) if haupt and jahre else None,
            markiert(staaten, b.marke(b.staatengruppen)),
            _build_massnahmen(name, [z for z in massnahmen if z["gebiet_id"] == kennung]),
        )  # fmt: skip
        if p.kennzahlen or p.nur_kreis or p.alter or p.staaten or p.massnahmen:
            fertig.append(replace(p, alter=markiert(p.alter, b.marke(jahre))))
    return sorted(fertig, key=lambda p: list(EBENEN_WORTE.values()).index(p.ebene))


def link_areas(tabelle: Tabelle | None, kommune: str, profile: Sequence[Gebietsprofil]) -> Tabelle | None:
    """The table with a link at each row that begins with the name of an area; not where two areas have one name."""
    ziele: dict[str, str] = {}
    for p in profile:
        ziele[p.name] = "" if p.name in ziele else build_address(kommune, p.gebiet_id)
    if tabelle is None or not ziele:
        return tabelle
    return replace(tabelle, reihen=tuple(_with_link(r, ziele) for r in tabelle.reihen))


def _with_link(r: TableRow, ziele: Mapping[str, str]) -> TableRow:
    return r if r.zwischentitel else replace(r, verweis=ziele.get(str(r.zellen[0]), ""))
