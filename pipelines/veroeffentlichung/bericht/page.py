"""The parts of a report as an HTML page: pictures, marks and the words where a line may break.

Belongs here: what the templates are given. Does not belong here: what the parts say (population_tables.py, bar_figure.py …),
how a page looks (templates/), writing it (write.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from pipelines.veroeffentlichung.bericht import population_tables as tabellen
from pipelines.veroeffentlichung.bericht.area_changes import areas_by_change
from pipelines.veroeffentlichung.bericht.area_pages import find_views
from pipelines.veroeffentlichung.bericht.aussagen.mixed import mark_german
from pipelines.veroeffentlichung.bericht.aussagen.sprachen import SPRACHEN
from pipelines.veroeffentlichung.bericht.bar_figure import alter_bild, gebiete_bild
from pipelines.veroeffentlichung.bericht.botschaft import name_botschaft
from pipelines.veroeffentlichung.bericht.brueche import bruchsaetze
from pipelines.veroeffentlichung.bericht.checked import lieferungen, verletzte_pruefungen
from pipelines.veroeffentlichung.bericht.comparison import vergleich
from pipelines.veroeffentlichung.bericht.content import BANNER, REGISTER, Bericht, Zeile
from pipelines.veroeffentlichung.bericht.empty_sections import has_register
from pipelines.veroeffentlichung.bericht.gebietsprofil.profil import link_areas
from pipelines.veroeffentlichung.bericht.indikatoren.gebiete import gebietswerte, kreiswerte
from pipelines.veroeffentlichung.bericht.indikatoren.words import UEBERSCHRIFTEN, URTEILE
from pipelines.veroeffentlichung.bericht.line_figure import zeitreihe_bild
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
from pipelines.veroeffentlichung.bericht.ohne_definition import ohne_definition
from pipelines.veroeffentlichung.bericht.orte import fuer_ort, in_ort
from pipelines.veroeffentlichung.bericht.parts import Teile
from pipelines.veroeffentlichung.bericht.register import show_bewegungen, show_merkmale
from pipelines.veroeffentlichung.bericht.sections import missing, nothing_published, present, titles
from pipelines.veroeffentlichung.bericht.sentence_links import link_sentences
from pipelines.veroeffentlichung.bericht.series_figure import series_picture
from pipelines.veroeffentlichung.bericht.staatengruppen import staatengruppen, staatengruppen_je_gebiet
from pipelines.veroeffentlichung.bericht.svg import Bild
from pipelines.veroeffentlichung.bericht.table_shape import keep_units, markiert
from pipelines.veroeffentlichung.bericht.workbook import name_sheets

HAELT_AN = "haelt_an"
VORLAGEN = Path(__file__).parent / "templates"
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


def hyphenate(text: str) -> str:
    """The text with the places at which long words of a table head may break."""
    for wort, getrennt in TRENNSTELLEN.items():
        text = text.replace(wort, getrennt)
    return text


@cache
def load_templates() -> Any:
    """The templates of pages, each compiled once a process: nobody adds anything to them."""
    return create_templates()


def create_templates() -> Any:
    """The templates with what all of them know, for somebody who adds words of his own."""
    import jinja2

    umgebung = jinja2.Environment(
        loader=jinja2.FileSystemLoader(VORLAGEN), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    umgebung.filters["trennbar"] = hyphenate
    umgebung.filters["fremd"] = mark_german
    umgebung.filters["fest"] = keep_units
    umgebung.globals.update(symbole={k: v[0] for k, v in URTEILE.items()}, ueberschriften=UEBERSCHRIFTEN)
    umgebung.globals.update(
        anzahl=anzahl, anteil=anteil, ganz=ganz, spanne=spanne, datum=datum, stil=load_asset("stil.css"), banner=BANNER
    )
    umgebung.globals.update(
        atlasstil=load_asset("atlas.css"), profilstil=load_asset("gebiete.css"), skript=load_asset("atlas.js")
    )
    umgebung.globals.update(melderegister=REGISTER, has_register=has_register, in_ort=in_ort, fuer_ort=fuer_ort)
    return umgebung


def load_asset(name: str) -> Any:
    """A script or style beside the templates, to be inlined."""
    from markupsafe import Markup

    return Markup((VORLAGEN / name).read_text(encoding="utf-8"))  # noqa: S704 - our own file


def _marken() -> list[tuple[str, str, str]]:
    """(mark, word, explanation) for the reading aid: protected, then numbered reasons, then letters, then no mark."""
    zeilen = []
    for code, (wort, erklaerung) in ERKLAERUNGEN.items():
        zeichen = FUSSNOTE.get(code, "")
        marke = GESCHUETZT if code in GEHEIM_CODES else f"{KEIN_WERT} {zeichen}" if zeichen.isdigit() else zeichen
        zeilen.append((marke, wort, erklaerung))
    return sorted(zeilen, key=lambda z: (not z[0], z[0].isalpha(), not z[0].startswith(GESCHUETZT), len(z[0]), z[0]))


def _gebietsbilder(b: Bericht) -> dict[str, Any]:
    """One picture for each level of areas, under the first definition; areas without a level of their own stay out."""
    if not b.gebiete:
        return {}
    definition, zeilen = b.gebiete[0]
    gesamt = next((z for z in zeilen if z["ist_kommune"]), None)
    ebenen: dict[str, list[Zeile]] = {}
    for z in zeilen:
        if not z["ist_kommune"] and z["gebiet_id"] != "unbekannt":
            ebenen.setdefault(z["gebietsebene"], []).append(z)
    return {f"gebiete-{e}": gebiete_bild(f"gebiete-{e}", teil, gesamt, definition) for e, teil in ebenen.items()}


def _bandbreite(b: Bericht) -> tuple[Wert, Wert] | None:
    """Lowest and highest share among the definitions, without those whose share is only a lower bound; None if they agree."""
    werte = [w for w in (anteil(z, "anteil_mh") for _, z in b.kennzahlen) if w.zahl is not None]
    werte = sorted((w for w in werte if MINDESTWERT not in w.codes), key=lambda w: w.zahl or 0)
    return (werte[0], werte[-1]) if werte and werte[0].text != werte[-1].text else None


def _mit_marke(bild: Any, marke: str) -> Any:
    """The picture with the mark of generated or invented figures in its caption and its text alternative."""
    if not bild or not marke:
        return bild
    return replace(bild, alternative=f"{bild.alternative} {marke}.", unterschrift=f"{marke}. {bild.unterschrift}")


def _marks(t: Teile) -> dict[str, str]:
    """Section → the mark of invented figures in it."""
    b = t.b
    je = {
        "kennzahlen": [z for _, z in b.kennzahlen], "gebiete": [z for _, zeilen in b.gebiete[:1] for z in zeilen],
        "zeitreihe": [z for r in b.reihen for z in r.zeilen] or t.ohne_definition,
        "geschlecht": [z for _, zeilen in b.geschlecht for z in zeilen],
        "alter": [z for _, zeilen in b.alter for z in zeilen], "staaten": tabellen.gezeigte_staaten(b),
        "staatengruppen": b.staatengruppen, "merkmale": b.merkmale, "bewegungen": b.bewegungen,
    }  # fmt: skip
    return {name: b.marke(zeilen) for name, zeilen in je.items()}


def _tables(t: Teile, marke: Mapping[str, str]) -> dict[str, Any]:
    """Tables of the population and of its certainty by section; None where there is nothing to show."""
    b = t.b
    zeitreihe = tabellen.zeitreihe(b, bruchsaetze(b.reihen, t.brueche)) or ohne_definition(
        b.kommune, t.ohne_definition, t.indikatoren.remarks
    )
    return {
        "kennzahlen": markiert(tabellen.kennzahlen(b), marke["kennzahlen"]),
        "gebiete": link_areas(
            markiert(tabellen.gebiete(b, t.indikatoren.remarks), marke["gebiete"]), b.kommune["kommune"], t.profile
        ),
        "zeitreihe": markiert(zeitreihe, marke["zeitreihe"]),
        "aenderungen": areas_by_change(t.atlas),
        "geschlecht": markiert(tabellen.geschlecht(b), marke["geschlecht"]),
        "alter": markiert(tabellen.alter(b), marke["alter"]),
        "staaten": markiert(tabellen.staaten(b, t.indikatoren.remarks), marke["staaten"]),
        "spannen": markiert(t.spannen, marke["kennzahlen"]),
        "register": [
            markiert(s, marke[name])
            for name, s in (("merkmale", show_merkmale(b)), ("bewegungen", show_bewegungen(b)))
            if s
        ],
        "staatengruppen": [
            markiert(s, marke["staatengruppen"]) for s in (staatengruppen(b), staatengruppen_je_gebiet(b)) if s
        ],
    }


def draw_pictures(t: Teile) -> dict[str, Bild]:
    """Name → picture, in the order of their weight: the first is that of the first screen."""
    b, marke = t.b, _marks(t)
    alle = {name: _mit_marke(bild, marke["gebiete"]) for name, bild in _gebietsbilder(b).items()}
    alle["zeitreihe"] = _mit_marke(zeitreihe_bild("zeitreihe", b.reihen, t.brueche), marke["zeitreihe"])
    alle["alter"] = _mit_marke(alter_bild("alter", b.alter), marke["alter"])
    if not any(alle.values()):
        alle["indikator"] = series_picture("indikator", t.indikatoren)
    return {name: bild for name, bild in alle.items() if bild}


def _placed(bilder: Mapping[str, Bild]) -> dict[str, Any]:
    """The picture of the first screen, and the others in their sections."""
    haupt = next(iter(bilder), None)
    weitere = {name: bild for name, bild in bilder.items() if name != haupt}
    return {
        "hauptbild": bilder[haupt] if haupt else None,
        "gebietsbilder": [bild for name, bild in weitere.items() if name.startswith("gebiete-")],
        "zeitreihenbild": weitere.get("zeitreihe"),
        "altersbild": weitere.get("alter"),
    }


def _link_values(t: Teile) -> Any:
    """The values of indicators by area, each area a link to its profile."""
    tabelle = gebietswerte(
        t.b.kommune, t.gebietswerte, t.b.definitionen, t.indikatoren.staaten, t.indikatoren.remarks
    )  # fmt: skip
    return link_areas(tabelle, t.b.kommune["kommune"], t.profile)


def render_seite(
    umgebung: Any,
    inhalt: Teile,
    geprueft: str,
    bilder: Mapping[str, Bild],
    sprachen: Sequence[str] = (),
    verfahren: str = "",
) -> str:
    """The report. `sprachen`: other languages whose page lies beside it; `verfahren`: how the figures were attacked."""
    bericht = inhalt.b
    marke = _marks(inhalt)
    teile = _tables(inhalt, marke)
    gebiete = _link_values(inhalt)
    gegenueber = vergleich(bericht)
    da = present(inhalt, teile, bool(gebiete), bool(gegenueber))
    seiten = find_views(inhalt)
    text: str = umgebung.get_template("bericht.html.j2").render(
        b=bericht,
        geprueft=geprueft,
        verfahren=verfahren,
        aussagen=inhalt.aussagen,
        ohne_aussage=nothing_published(bericht.kommune["name"]),
        abschnitte=titles(da),
        ziele=link_sentences(inhalt, teile, da),
        luecken=missing(inhalt, teile, gegenueber is not None),
        kapitel=inhalt.kapitel,
        gezeigte_indikatoren={i.kennung for f in inhalt.indikatoren.felder for i in f.indikatoren},
        konzept=inhalt.konzept,
        indikatoren=inhalt.indikatoren,
        gebietswerte=gebiete,
        kreiswerte=kreiswerte(bericht.kommune, inhalt.gebietswerte, inhalt.indikatoren.staaten),
        korrekturen=inhalt.korrekturen,
        geliefertes=inhalt.geliefertes.tabelle,
        marke=marke,
        marken=_marken(),
        bandbreite=_bandbreite(bericht),
        vergleich=gegenueber,
        lieferungen=lieferungen(bericht),
        verletzt=verletzte_pruefungen(bericht),
        anhaltende=[
            p for p in [*bericht.bestanden, *bericht.unverglichen, *bericht.verletzt] if p.get("folge") == HAELT_AN
        ],
        gebietsseiten=seiten,
        blaetter=name_sheets(inhalt),
        ansehen=[
            *seiten,
            *((name_botschaft(bericht.kommune["kommune"], s), SPRACHEN[s]) for s in sprachen),
        ],
        **teile,
        **_placed(bilder),
        archiv=f"{bericht.kommune['kommune']}.zip",
    )
    return text
