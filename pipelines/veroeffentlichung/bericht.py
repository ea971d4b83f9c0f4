"""The report: one HTML page and one workbook per municipality, and an index, from the published file alone.

Belongs here: putting the parts together and writing them, whole or not at all. Does not belong here: what the parts say
(bericht_daten.py, bericht_tabellen.py, bericht_grafik.py) and how a page looks (vorlagen/).
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipelines.ablage import Ablage
from pipelines.fehler import KonfigurationsFehler
from pipelines.veroeffentlichung import bericht_tabellen as tabellen
from pipelines.veroeffentlichung.bericht_arbeitsmappe import schreibe_arbeitsmappe
from pipelines.veroeffentlichung.bericht_brueche import Brueche, bruchsaetze, lade_brueche
from pipelines.veroeffentlichung.bericht_daten import lade_bericht, lade_kommunen, lade_veroeffentlichung
from pipelines.veroeffentlichung.bericht_grafik import alter_bild, gebiete_bild, zeitreihe_bild
from pipelines.veroeffentlichung.bericht_indikatoren import Indikatorteil, lade_indikatorteil
from pipelines.veroeffentlichung.bericht_indikatorgebiete import gebietswerte, lade_gebietswerte
from pipelines.veroeffentlichung.bericht_indikatorworte import UEBERSCHRIFTEN, URTEILE
from pipelines.veroeffentlichung.bericht_inhalt import BANNER, Bericht, Zeile
from pipelines.veroeffentlichung.bericht_korrekturen import Korrekturteil, lade_korrekturteil
from pipelines.veroeffentlichung.bericht_massnahmen import Massnahmenteil, lade_massnahmenteil
from pipelines.veroeffentlichung.bericht_ohne_definition import lade_ohne_definition
from pipelines.veroeffentlichung.bericht_spannen import lade_spannen
from pipelines.veroeffentlichung.bericht_zahlen import (
    ERKLAERUNGEN,
    FUSSNOTE,
    GEHEIM_CODES,
    GESCHUETZT,
    KEIN_WERT,
    MINDESTWERT,
    Wert,
    anteil,
    anzahl,
    datum,
    ganz,
    spanne,
)  # fmt: skip

VORLAGEN = Path(__file__).parent / "vorlagen"
ORDNER = "bericht"
# Where long words of a table header may break; browsers without a German dictionary do not know.
TRENNSTELLEN = {
    "Migrationshintergrund": "Migrations\u00adhintergrund",
    "Einwohner:innen": "Ein\u00adwohner:\u200binnen",
    "Ausländer:innen": "Aus\u00adländer:\u200binnen",
    "Lokationsquotient": "Lokations\u00adquotient",
    "Altersgruppe": "Alters\u00adgruppe",
}


def _trennbar(text: str) -> str:
    for wort, getrennt in TRENNSTELLEN.items():
        text = text.replace(wort, getrennt)
    return text


def _umgebung() -> Any:
    import jinja2

    umgebung = jinja2.Environment(
        loader=jinja2.FileSystemLoader(VORLAGEN), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    umgebung.filters["trennbar"] = _trennbar
    umgebung.globals.update(symbole={k: v[0] for k, v in URTEILE.items()}, ueberschriften=UEBERSCHRIFTEN)
    umgebung.globals.update(
        anzahl=anzahl, anteil=anteil, ganz=ganz, spanne=spanne, datum=datum, stil=_stil(), banner=BANNER
    )
    return umgebung


def _stil() -> Any:
    from markupsafe import Markup

    return Markup((VORLAGEN / "stil.css").read_text(encoding="utf-8"))  # noqa: S704 - our own file


def _marken() -> list[tuple[str, str, str]]:
    """(mark, word, explanation) for the reading aid: protected, then numbered reasons, then letters, then no mark."""
    zeilen = []
    for code, (wort, erklaerung) in ERKLAERUNGEN.items():
        zeichen = FUSSNOTE.get(code, "")
        marke = GESCHUETZT if code in GEHEIM_CODES else f"{KEIN_WERT} {zeichen}" if zeichen.isdigit() else zeichen
        zeilen.append((marke, wort, erklaerung))
    return sorted(zeilen, key=lambda z: (not z[0], z[0].isalpha(), not z[0].startswith(GESCHUETZT), z[0]))


def _gebietsbilder(b: Bericht) -> list[Any]:
    """One picture for each level of areas, under the first definition; areas without a level of their own stay out."""
    if not b.gebiete:
        return []
    definition, zeilen = b.gebiete[0]
    gesamt = next((z for z in zeilen if z["ist_kommune"]), None)
    ebenen: dict[str, list[Zeile]] = {}
    for z in zeilen:
        if not z["ist_kommune"] and z["gebiet_id"] != "unbekannt":
            ebenen.setdefault(z["gebietsebene"], []).append(z)
    bilder = [gebiete_bild(f"gebiete-{e}", teil, gesamt, definition) for e, teil in ebenen.items()]
    return [bild for bild in bilder if bild]


def _bandbreite(b: Bericht) -> tuple[Wert, Wert] | None:
    """Lowest and highest share among the definitions, without those whose share is only a lower bound; None if they agree."""
    werte = [w for w in (anteil(z, "anteil_mh") for _, z in b.kennzahlen) if w.zahl is not None]
    werte = sorted((w for w in werte if MINDESTWERT not in w.codes), key=lambda w: w.zahl or 0)
    return (werte[0], werte[-1]) if werte and werte[0].text != werte[-1].text else None


@dataclass(frozen=True)
class Teile:
    """What one page and workbook are made of."""

    b: Bericht
    konzept: Massnahmenteil
    indikatoren: Indikatorteil
    gebietswerte: list[Zeile]
    korrekturen: Korrekturteil
    spannen: tabellen.Tabelle | None
    ohne_definition: tabellen.Tabelle | None
    brueche: Brueche


def _lade(con: duckdb.DuckDBPyConnection, kommune: Zeile) -> Teile:
    b = lade_bericht(con, kommune)
    return Teile(
        b=b,
        konzept=lade_massnahmenteil(con, kommune["kommune"]),
        indikatoren=lade_indikatorteil(con, kommune, b.definitionen),
        gebietswerte=lade_gebietswerte(con, kommune, b.definitionen, immer=not b.gebiete),
        korrekturen=lade_korrekturteil(con, kommune),
        spannen=lade_spannen(con, kommune, b.definitionen),
        ohne_definition=None if b.reihen else lade_ohne_definition(con, kommune),
        brueche=lade_brueche(con, kommune),
    )


def _seite(umgebung: Any, t: Teile) -> str:
    b = t.b
    text: str = umgebung.get_template("bericht.html.j2").render(
        b=b,
        konzept=t.konzept,
        indikatoren=t.indikatoren,
        gebietswerte=gebietswerte(b.kommune, t.gebietswerte, b.definitionen, t.indikatoren.staaten),
        korrekturen=t.korrekturen,
        spannen=t.spannen,
        ohne_definition=t.ohne_definition,
        marken=_marken(),
        kennzahlen=tabellen.kennzahlen(b),
        bandbreite=_bandbreite(b),
        gebiete=tabellen.gebiete(b),
        gebietsbilder=_gebietsbilder(b),
        zeitreihe=tabellen.zeitreihe(b, bruchsaetze(b.reihen, t.brueche)),
        zeitreihenbild=zeitreihe_bild("zeitreihe", b.reihen, t.brueche),
        geschlecht=tabellen.geschlecht(b),
        alter=tabellen.alter(b),
        altersbild=alter_bild("alter", b.alter),
        staaten=tabellen.staaten(b),
        vergleich=tabellen.vergleich(b),
        lieferungen=tabellen.lieferungen(b),
        verletzt=tabellen.verletzte_pruefungen(b),
    )
    return text


def schreibe_berichte(ablage: Ablage, nur: tuple[str, ...] = ()) -> list[Path]:
    """Write the pages and workbooks of the municipalities in `nur` (all if empty) and the index of all.

    Raises: KonfigurationsFehler if a name in `nur` is not in the published file.
    """
    umgebung = _umgebung()
    ordner = ablage.marts / ORDNER
    geschrieben: list[Path] = []
    con = duckdb.connect(str(ablage.publikation), read_only=True)
    try:
        kommunen = lade_kommunen(con)
        unbekannt = sorted(set(nur) - {k["kommune"] for k in kommunen})
        if unbekannt:
            vorhanden = ", ".join(k["kommune"] for k in kommunen) or "keine"
            raise KonfigurationsFehler(
                f"Nicht veröffentlicht: {', '.join(unbekannt)}. Die Veröffentlichung enthält: {vorhanden}."
            )
        teile = [_lade(con, k) for k in kommunen if not nur or k["kommune"] in nur]
        geladen = {t.b.kommune["kommune"]: t.b for t in teile}
        berichte = [geladen.get(k["kommune"]) or lade_bericht(con, k) for k in kommunen]
        kennung = lade_veroeffentlichung(con)
    finally:
        con.close()
    for t in teile:
        kurz = t.b.kommune["kommune"]
        seite, mappe = ordner / f"{kurz}.html", ordner / f"{kurz}.xlsx"
        with ablage.neu(seite) as neu:
            neu.write_text(_seite(umgebung, t), encoding="utf-8")
        with ablage.neu(mappe) as neu:
            schreibe_arbeitsmappe(t.b, t.indikatoren, t.gebietswerte, neu)
        geschrieben += [seite, mappe]
    index = ordner / "index.html"
    vorlage = umgebung.get_template("index.html.j2")
    eintraege = [(b, (ordner / f"{b.kommune['kommune']}.html").exists()) for b in berichte]
    with ablage.neu(index) as neu:
        neu.write_text(vorlage.render(eintraege=eintraege, veroeffentlichung=kennung), encoding="utf-8")
    return [index, *geschrieben]
