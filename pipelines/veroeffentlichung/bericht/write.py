"""The report: pages, a workbook and an archive per municipality, and an index, from the published file alone.

Belongs here: writing them, whole or not at all, and telling whose could not be written. Does not belong here: what they are
made of (parts.py) and what a page is given (page.py).
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import duckdb

from pipelines.foundation.findings import KonfigurationsFehler, is_disturbance
from pipelines.foundation.messages import ALLE, Meldung, aus_text
from pipelines.foundation.storage import Ablage
from pipelines.veroeffentlichung.audit_gate import bescheinigungssatz, verfahrenssatz
from pipelines.veroeffentlichung.bericht.area_pages import name_atlas, render_area_pages
from pipelines.veroeffentlichung.bericht.atlas.check import check_atlas
from pipelines.veroeffentlichung.bericht.aussagen.check import check_sentences
from pipelines.veroeffentlichung.bericht.botschaft import choose_languages, render_botschaften
from pipelines.veroeffentlichung.bericht.check_workbook import FremdeZahl, check_workbook
from pipelines.veroeffentlichung.bericht.content import Zeile
from pipelines.veroeffentlichung.bericht.herkunft import load_id
from pipelines.veroeffentlichung.bericht.load import load_kommunen
from pipelines.veroeffentlichung.bericht.mitnehmen.archive import write_archive
from pipelines.veroeffentlichung.bericht.nebeneinander.content import Nebeneinander, load_nebeneinander
from pipelines.veroeffentlichung.bericht.nebeneinander.page import VERGLEICH, render_nebeneinander
from pipelines.veroeffentlichung.bericht.page import draw_pictures, load_asset, load_templates, render_seite
from pipelines.veroeffentlichung.bericht.parts import Teile, load_teile
from pipelines.veroeffentlichung.bericht.start.news import load_news, release_before
from pipelines.veroeffentlichung.bericht.start.search import entries
from pipelines.veroeffentlichung.bericht.start.tile import ARTEN, Kachel, tile
from pipelines.veroeffentlichung.bericht.workbook import write_report_workbook
from pipelines.veroeffentlichung.manifest import letztes_manifest
from pipelines.veroeffentlichung.waiting import wartesatz
from pipelines.veroeffentlichung.withdraw import BERICHTE, remove_reports

ORDNER = "bericht"


class BerichteFehlen(Exception):
    """Reports that could not be written, as messages; those of the others are written, and their last ones stay."""

    def __init__(self, meldungen: list[Meldung]) -> None:
        super().__init__("; ".join(m.zeile() for m in meldungen))
        self.meldungen = meldungen


@dataclass
class _Ausfall:
    """Whose report failed, and at what."""

    meldungen: dict[str, Meldung] = field(default_factory=dict)

    def remember_beside(self, fehler: Exception) -> None:
        """The same for the page on which the municipalities stand beside each other."""
        if is_disturbance(fehler):
            raise fehler
        text = (
            f"Die Seite »Ort neben Ort« ließ sich nicht schreiben ({type(fehler).__name__}); die Berichte der Kommunen sind "
            "davon nicht betroffen. Die nächste Aktualisierung oder »monitoring report« versucht es wieder."
        )
        self.meldungen.setdefault(ALLE, aus_text(ALLE, "bericht", "unerwartet", text))

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


def write_berichte(ablage: Ablage, nur: tuple[str, ...] = (), sprachen: tuple[str, ...] = ()) -> list[Path]:
    """Write the pages and workbooks of the municipalities in `nur` (all if empty) and the index of all.

    `sprachen`: other languages in which the sentences of each get a page of their own.

    Raises: KonfigurationsFehler if a name in `nur` is not in the published file; BerichteFehlen, after all others are
    written, if some could not be.
    """
    umgebung = load_templates()
    ablage.ordner(ablage.marts / BERICHTE)
    geschrieben: list[Path] = []
    ausfall = _Ausfall()
    with duckdb.connect(str(ablage.publikation), read_only=True) as con:
        kommunen = load_kommunen(con)
        _check_names(kommunen, nur)
        kennung = load_id(con)
        teile, kacheln = _load_alle(con, kommunen, ausfall, release_before(ablage, kennung), kennung)
        beside = _load_beside(con, ausfall)
    manifest = letztes_manifest(ablage)
    if not nur:
        remove_reports(ablage, {"index", *(k["kommune"] for k in kommunen)})
    vergleich = _write_pages(ablage, {VERGLEICH: render_nebeneinander(umgebung, beside, kennung)})
    for kurz, t in teile.items():
        if nur and kurz not in nur:
            continue
        try:
            saetze = (bescheinigungssatz(manifest, kurz), wartesatz(ablage, kurz))
            geprueft = " ".join(s for s in saetze if s)
            geschrieben += _write(ablage, umgebung, t, geprueft, verfahrenssatz(manifest, kurz), sprachen)
        except Exception as fehler:
            ausfall.remember(kurz, fehler)
    index = _write_index(ablage, umgebung, kommunen, teile, kacheln, ausfall, kennung)
    if ausfall.meldungen:
        raise BerichteFehlen(list(ausfall.meldungen.values()))
    return [index, *vergleich, *geschrieben]


def _load_beside(con: duckdb.DuckDBPyConnection, ausfall: _Ausfall) -> Nebeneinander | None:
    """The places beside each other; what goes wrong there keeps no municipality's own report back."""
    try:
        return load_nebeneinander(con)
    except Exception as fehler:
        ausfall.remember_beside(fehler)
        return None


def _check_names(kommunen: list[Zeile], nur: tuple[str, ...]) -> None:
    unbekannt = sorted(set(nur) - {k["kommune"] for k in kommunen})
    if unbekannt:
        vorhanden = ", ".join(k["kommune"] for k in kommunen) or "keine"
        raise KonfigurationsFehler(
            f"Nicht veröffentlicht: {', '.join(unbekannt)}. Die Veröffentlichung enthält: {vorhanden}."
        )


def _load_alle(
    con: duckdb.DuckDBPyConnection, kommunen: list[Zeile], ausfall: _Ausfall, vorher: Path | None, kennung: str | None
) -> tuple[dict[str, Teile], dict[str, Kachel]]:
    """The parts of every report, and its tile on the start page."""
    teile: dict[str, Teile] = {}
    kacheln: dict[str, Kachel] = {}
    for k in kommunen:
        kurz = k["kommune"]
        try:
            t = load_teile(con, k)
            kacheln[kurz] = tile(t, load_news(con, vorher, kurz, kennung))
            teile[kurz] = t
        except Exception as fehler:
            ausfall.remember(kurz, fehler)
    return teile, kacheln


def _write_index(
    ablage: Ablage, umgebung: Any, kommunen: list[Zeile], teile: dict[str, Teile], kacheln: dict[str, Kachel],
    ausfall: _Ausfall, kennung: str | None,
) -> Path:  # fmt: skip
    """Write the start page: who has a page, also one of an earlier time."""
    ordner = ablage.marts / ORDNER
    index = ordner / "index.html"
    eintraege = [
        (k, teile[kurz].b if (kurz := k["kommune"]) in teile else None, (ordner / f"{kurz}.html").exists())
        for k in kommunen
    ]
    suchliste = [
        e.as_list() for t in teile.values() for e in entries(t) if (ordner / unquote(e.ziel.partition("#")[0])).exists()
    ]
    text = umgebung.get_template("index.html.j2").render(
        eintraege=eintraege, kacheln=kacheln, arten=ARTEN, suchliste=suchliste, startskript=load_asset("start.js"),
        ausgefallen=ausfall.meldungen, veroeffentlichung=kennung,
        vergleich=VERGLEICH if (ordner / VERGLEICH).exists() else "",
    )  # fmt: skip
    with ablage.neu(index) as neu:
        neu.write_text(text, encoding="utf-8")
    return index


def _write(
    ablage: Ablage, umgebung: Any, t: Teile, geprueft: str, verfahren: str, sprachen: tuple[str, ...]
) -> list[Path]:
    """Write a page, those of its areas, workbook and archive; all or none, so that they never tell different releases."""
    kurz = t.b.kommune["kommune"]
    seite, mappe, archiv = (ablage.marts / ORDNER / f"{kurz}.{endung}" for endung in ("html", "xlsx", "zip"))
    bilder = draw_pictures(t)
    gewaehlt = choose_languages(seite.parent, kurz, sprachen)
    seiten: dict[str, str | None] = {
        seite.name: render_seite(umgebung, t, geprueft, bilder, gewaehlt, verfahren),
        **render_area_pages(umgebung, t, geprueft),
        **render_botschaften(umgebung, t, gewaehlt),
    }
    with ablage.neu(mappe) as neu, ablage.neu(archiv) as gepackt:
        write_report_workbook(t, neu)
        with duckdb.connect(str(ablage.publikation), read_only=True) as datei:
            check_workbook(neu, datei, kurz)
            check_sentences(t.aussagen, datei)
            if atlas := seiten[name_atlas(kurz)]:
                check_atlas(atlas, datei, kurz)
            write_archive(datei, t.b, bilder, gepackt)
    return [*_write_pages(ablage, seiten), mappe, archiv]


def _write_pages(ablage: Ablage, seiten: dict[str, str | None]) -> list[Path]:
    """Write each page; one that the municipality has no more is removed, for it shows another release."""
    for name, text in seiten.items():
        ziel = ablage.marts / ORDNER / name
        if text is None:
            ziel.unlink(missing_ok=True)
            continue
        with ablage.neu(ziel) as neu:
            neu.write_text(text, encoding="utf-8")
    return [ablage.marts / ORDNER / name for name, text in seiten.items() if text is not None]
