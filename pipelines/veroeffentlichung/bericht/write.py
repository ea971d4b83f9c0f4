"""The report: one HTML page and one workbook per municipality, and an index, from the published file alone.

Belongs here: putting the parts together and writing them, whole or not at all. Does not belong here: what the parts say
(load.py, tables.py, figures.py) and how a page looks (vorlagen/).
"""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import duckdb

from pipelines.foundation.findings import KonfigurationsFehler, is_disturbance
from pipelines.foundation.messages import Meldung, aus_text
from pipelines.foundation.storage import Ablage
from pipelines.veroeffentlichung.audit_gate import bescheinigungssatz
from pipelines.veroeffentlichung.bericht import tables as tabellen
from pipelines.veroeffentlichung.bericht.brueche import Brueche, bruchsaetze, load_brueche
from pipelines.veroeffentlichung.bericht.check_workbook import FremdeZahl, check_workbook
from pipelines.veroeffentlichung.bericht.checked import lieferungen, verletzte_pruefungen
from pipelines.veroeffentlichung.bericht.comparison import vergleich
from pipelines.veroeffentlichung.bericht.content import BANNER, REGISTER, Bericht, Zeile
from pipelines.veroeffentlichung.bericht.empty_sections import INHALT, has_register, warum_kein_vergleich, warum_leer
from pipelines.veroeffentlichung.bericht.figures import alter_bild, gebiete_bild, zeitreihe_bild
from pipelines.veroeffentlichung.bericht.herkunft import load_id
from pipelines.veroeffentlichung.bericht.indikatoren.content import Indikatorteil
from pipelines.veroeffentlichung.bericht.indikatoren.gebiete import gebietswerte, load_gebietswerte
from pipelines.veroeffentlichung.bericht.indikatoren.section import load_indikatoren_part
from pipelines.veroeffentlichung.bericht.indikatoren.words import UEBERSCHRIFTEN, URTEILE
from pipelines.veroeffentlichung.bericht.korrekturen import Korrekturteil, load_korrekturen_part
from pipelines.veroeffentlichung.bericht.lieferungen import Geliefertes, load_delivered
from pipelines.veroeffentlichung.bericht.load import load_bericht, load_kommunen
from pipelines.veroeffentlichung.bericht.massnahmen.section import Massnahmenteil, load_massnahmen_part
from pipelines.veroeffentlichung.bericht.numbers import (
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
from pipelines.veroeffentlichung.bericht.ohne_definition import load_without_definition, ohne_definition
from pipelines.veroeffentlichung.bericht.spannen import load_spannen
from pipelines.veroeffentlichung.bericht.table import Tabelle, markiert
from pipelines.veroeffentlichung.bericht.workbook import write_report_workbook
from pipelines.veroeffentlichung.bericht_orte import fuer_ort, in_ort
from pipelines.veroeffentlichung.release import letztes_manifest
from pipelines.veroeffentlichung.withdraw import remove_reports

HAELT_AN = "haelt_an"
VORLAGEN = Path(__file__).parent / "templates"
ORDNER = "bericht"
# Where long words of a table header may break; browsers without a German dictionary do not know.
TRENNSTELLEN = {
    "Migrationshintergrund": "Migrations\u00adhintergrund",
    "Einwohner:innen": "Ein\u00adwohner:\u200binnen",
    "Ausländer:innen": "Aus\u00adländer:\u200binnen",
    "Lokationsquotient": "Lokations\u00adquotient",
    "Altersgruppe": "Alters\u00adgruppe",
    "Maßnahmen": "Maß\u00adnahmen",
    "Daueraufgabe": "Dauer\u00adaufgabe",
    "abgeschlossen": "abge\u00adschlossen",
    "verschoben": "ver\u00adschoben",
    "verstrichen": "ver\u00adstrichen",
    "überfällig": "über\u00adfällig",
    "Begründung": "Be\u00adgründung",
    "übernommen": "über\u00adnommen",
    "abgewiesen": "abge\u00adwiesen",
    "außerhalb": "außer\u00adhalb",
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
    umgebung.globals.update(register=REGISTER, has_register=has_register, in_ort=in_ort, fuer_ort=fuer_ort)
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
    return sorted(zeilen, key=lambda z: (not z[0], z[0].isalpha(), not z[0].startswith(GESCHUETZT), len(z[0]), z[0]))


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
    spannen: Tabelle | None
    ohne_definition: list[Zeile]
    brueche: Brueche
    geliefertes: Geliefertes


def _gezeigt(b: Bericht) -> list[Zeile]:
    """Rows whose figures stand in a table of the page."""
    gruppen = [*(b.gebiete[:1]), *b.geschlecht, *b.alter]
    return [*(z for r in b.reihen for z in r.zeilen), *(z for _, zeilen in gruppen for z in zeilen), *b.vergleich,
            *tabellen.gezeigte_staaten(b)]  # fmt: skip


def _mit_marke(bild: Any, marke: str) -> Any:
    """The picture with the mark of generated or invented figures in its caption and its text alternative."""
    if not bild or not marke:
        return bild
    return replace(bild, alternative=f"{bild.alternative} {marke}.", unterschrift=f"{marke}. {bild.unterschrift}")


def _load(con: duckdb.DuckDBPyConnection, kommune: Zeile) -> Teile:
    b = load_bericht(con, kommune)
    ohne = [] if b.reihen else load_without_definition(con, kommune)
    indikatoren = load_indikatoren_part(con, kommune, b.definitionen)
    gebiete = load_gebietswerte(con, kommune, b.definitionen, immer=not b.gebiete)
    return Teile(
        b=b,
        konzept=load_massnahmen_part(con, kommune["kommune"]),
        indikatoren=indikatoren,
        gebietswerte=gebiete,
        korrekturen=load_korrekturen_part(con, kommune),
        spannen=load_spannen(con, kommune, b.definitionen),
        ohne_definition=ohne,
        brueche=load_brueche(con, kommune),
        geliefertes=load_delivered(con, kommune, [*_gezeigt(b), *ohne, *indikatoren.gezeigte_zeilen, *gebiete]),
    )


def _seite(umgebung: Any, t: Teile, geprueft: str) -> str:
    b = t.b
    je = {
        "kennzahlen": [z for _, z in b.kennzahlen], "gebiete": [z for _, zeilen in b.gebiete[:1] for z in zeilen],
        "zeitreihe": [z for r in b.reihen for z in r.zeilen] or t.ohne_definition,
        "geschlecht": [z for _, zeilen in b.geschlecht for z in zeilen],
        "alter": [z for _, zeilen in b.alter for z in zeilen], "staaten": tabellen.gezeigte_staaten(b),
    }  # fmt: skip
    marke = {name: b.marke(zeilen) for name, zeilen in je.items()}
    zeitreihe = tabellen.zeitreihe(b, bruchsaetze(b.reihen, t.brueche)) or ohne_definition(b.kommune, t.ohne_definition)
    text: str = umgebung.get_template("bericht.html.j2").render(
        b=b,
        geprueft=geprueft,
        konzept=t.konzept,
        indikatoren=t.indikatoren,
        gebietswerte=gebietswerte(b.kommune, t.gebietswerte, b.definitionen, t.indikatoren.staaten),
        korrekturen=t.korrekturen,
        spannen=markiert(t.spannen, marke["kennzahlen"]),
        geliefertes=t.geliefertes.tabelle,
        warum={name: warum_leer(b, name, t.geliefertes.gliederungen) for name in INHALT},
        marke=marke,
        marken=_marken(),
        kennzahlen=markiert(tabellen.kennzahlen(b), marke["kennzahlen"]),
        bandbreite=_bandbreite(b),
        gebiete=markiert(tabellen.gebiete(b), marke["gebiete"]),
        gebietsbilder=[_mit_marke(bild, marke["gebiete"]) for bild in _gebietsbilder(b)],
        zeitreihe=markiert(zeitreihe, marke["zeitreihe"]),
        zeitreihenbild=_mit_marke(zeitreihe_bild("zeitreihe", b.reihen, t.brueche), marke["zeitreihe"]),
        geschlecht=markiert(tabellen.geschlecht(b), marke["geschlecht"]),
        alter=markiert(tabellen.alter(b), marke["alter"]),
        altersbild=_mit_marke(alter_bild("alter", b.alter), marke["alter"]),
        staaten=markiert(tabellen.staaten(b), marke["staaten"]),
        vergleich=vergleich(b),
        kein_vergleich=warum_kein_vergleich(b),
        lieferungen=lieferungen(b),
        verletzt=verletzte_pruefungen(b),
        anhaltende=[p for p in [*b.bestanden, *b.verletzt] if p.get("folge") == HAELT_AN],
    )
    return text


class BerichteFehlen(Exception):
    """Reports that could not be written, as messages; those of the others are written, and their last ones stay."""

    def __init__(self, meldungen: list[Meldung]) -> None:
        super().__init__("; ".join(m.zeile() for m in meldungen))
        self.meldungen = meldungen


@dataclass
class _Ausfall:
    """Whose report failed, and at what."""

    meldungen: dict[str, Meldung] = field(default_factory=dict)

    def remember(self, kommune: str, fehler: Exception) -> None:
        """Remember a fault nobody foresaw; a fault of the machine is nobody's and is raised.

        Only its type is told, or its text where it is our own: another's may quote rows.
        """
        if is_disturbance(fehler):
            raise fehler
        grund = str(fehler) if isinstance(fehler, FremdeZahl) else type(fehler).__name__
        text = (
            f"Der Bericht von {kommune} ließ sich nicht schreiben ({grund}). Ein früherer Bericht dieser Kommune bleibt liegen; "
            "die veröffentlichten Zahlen und die Berichte der übrigen sind davon nicht betroffen. Die nächste Aktualisierung "
            f"oder »monitoring report --kommune {kommune}« versucht es wieder."
        )
        self.meldungen.setdefault(kommune, aus_text(kommune, "bericht", "unerwartet", text))


def write_berichte(ablage: Ablage, nur: tuple[str, ...] = ()) -> list[Path]:
    """Write the pages and workbooks of the municipalities in `nur` (all if empty) and the index of all.

    Raises: KonfigurationsFehler if a name in `nur` is not in the published file; BerichteFehlen, after all others are
    written, if some could not be.
    """
    umgebung = _umgebung()
    ordner = ablage.marts / ORDNER
    geschrieben: list[Path] = []
    ausfall = _Ausfall()
    con = duckdb.connect(str(ablage.publikation), read_only=True)
    try:
        kommunen = load_kommunen(con)
        unbekannt = sorted(set(nur) - {k["kommune"] for k in kommunen})
        if unbekannt:
            vorhanden = ", ".join(k["kommune"] for k in kommunen) or "keine"
            raise KonfigurationsFehler(
                f"Nicht veröffentlicht: {', '.join(unbekannt)}. Die Veröffentlichung enthält: {vorhanden}."
            )
        teile, berichte = _load_alle(con, kommunen, nur, ausfall)
        kennung = load_id(con)
    finally:
        con.close()
    manifest = letztes_manifest(ablage)
    if not nur:
        remove_reports(ablage, {"index", *(k["kommune"] for k in kommunen)})
    for t in teile:
        kurz = t.b.kommune["kommune"]
        try:
            geschrieben += _write(ablage, umgebung, t, bescheinigungssatz(manifest, kurz))
        except Exception as fehler:
            ausfall.remember(kurz, fehler)
    index = ordner / "index.html"
    vorlage = umgebung.get_template("index.html.j2")
    eintraege = [(k, berichte.get(k["kommune"]), (ordner / f"{k['kommune']}.html").exists()) for k in kommunen]
    with ablage.neu(index) as neu:
        neu.write_text(
            vorlage.render(eintraege=eintraege, ausgefallen=ausfall.meldungen, veroeffentlichung=kennung),
            encoding="utf-8",
        )
    if ausfall.meldungen:
        raise BerichteFehlen(list(ausfall.meldungen.values()))
    return [index, *geschrieben]


def _load_alle(
    con: duckdb.DuckDBPyConnection, kommunen: list[Zeile], nur: tuple[str, ...], ausfall: _Ausfall
) -> tuple[list[Teile], dict[str, Bericht]]:
    """The parts of the reports to write, and of every municipality what the index says."""
    teile: list[Teile] = []
    berichte: dict[str, Bericht] = {}
    for k in kommunen:
        try:
            if not nur or k["kommune"] in nur:
                teile.append(_load(con, k))
                berichte[k["kommune"]] = teile[-1].b
            else:
                berichte[k["kommune"]] = load_bericht(con, k)
        except Exception as fehler:
            ausfall.remember(k["kommune"], fehler)
    return teile, berichte


def _write(ablage: Ablage, umgebung: Any, t: Teile, geprueft: str) -> list[Path]:
    """Write one page and its workbook; both or none, so that they never tell different releases."""
    kurz = t.b.kommune["kommune"]
    seite, mappe = (ablage.marts / ORDNER / f"{kurz}.{endung}" for endung in ("html", "xlsx"))
    text = _seite(umgebung, t, geprueft)
    with ablage.neu(mappe) as neu:
        write_report_workbook(t.b, t.indikatoren, t.gebietswerte, neu)
        with duckdb.connect(str(ablage.publikation), read_only=True) as datei:
            check_workbook(neu, datei, kurz)
    with ablage.neu(seite) as neu:
        neu.write_text(text, encoding="utf-8")
    return [seite, mappe]
