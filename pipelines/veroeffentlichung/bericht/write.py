"""The report: one HTML page and one workbook per municipality, and an index, from the published file alone.

Belongs here: writing them, whole or not at all, and telling whose could not be written. Does not belong here: what they are
made of (parts.py) and what a page is given (page.py).
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from pipelines.foundation.findings import KonfigurationsFehler, is_disturbance
from pipelines.foundation.messages import Meldung, aus_text
from pipelines.foundation.storage import Ablage
from pipelines.veroeffentlichung.audit_gate import bescheinigungssatz
from pipelines.veroeffentlichung.bericht.aussagen.check import check_sentences
from pipelines.veroeffentlichung.bericht.check_workbook import FremdeZahl, check_workbook
from pipelines.veroeffentlichung.bericht.content import Bericht, Zeile
from pipelines.veroeffentlichung.bericht.herkunft import load_id
from pipelines.veroeffentlichung.bericht.load import load_bericht, load_kommunen
from pipelines.veroeffentlichung.bericht.page import load_templates, render_seite
from pipelines.veroeffentlichung.bericht.parts import Teile, load_teile
from pipelines.veroeffentlichung.bericht.workbook import write_report_workbook
from pipelines.veroeffentlichung.release import letztes_manifest
from pipelines.veroeffentlichung.withdraw import remove_reports

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
    umgebung = load_templates()
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
                teile.append(load_teile(con, k))
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
    text = render_seite(umgebung, t, geprueft)
    with ablage.neu(mappe) as neu:
        write_report_workbook(t.b, t.indikatoren, t.gebietswerte, neu)
        with duckdb.connect(str(ablage.publikation), read_only=True) as datei:
            check_workbook(neu, datei, kurz)
            check_sentences(t.aussagen, datei)
    with ablage.neu(seite) as neu:
        neu.write_text(text, encoding="utf-8")
    return [seite, mappe]
