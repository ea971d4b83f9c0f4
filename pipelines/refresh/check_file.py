"""`monitoring check`: one file, or a folder of an open indicator site; nothing is stored or published.

Belongs here: finding out what the file is and by which layout to read it. The reading is that of the pipeline
(eingang/ingest.py).
"""

import hashlib
import os
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pipelines.eingang.ingest import ingest, read_and_check
from pipelines.eingang.layout_proposal.known_table import recognise
from pipelines.eingang.layout_proposal.melderegister import recognise_auszug
from pipelines.eingang.layout_proposal.propose import propose
from pipelines.eingang.lieferung.find import AUSZUG_NAME, unmoeglicher_tag
from pipelines.eingang.lieferung.record import Lieferung, Zeilenbilanz
from pipelines.eingang.lieferung.result import Ergebnis
from pipelines.eingang.massnahmen.checks import load_massnahmen_checks
from pipelines.eingang.tabelle.checks import leerer_bestand, load_lieferung_checks
from pipelines.eingang.tabelle.read import read_tabelle
from pipelines.foundation.findings import Befund, KonfigurationsFehler, LieferungAbgewiesen, unerwartet
from pipelines.foundation.storage import Ablage
from pipelines.foundation.yaml_file import aehnlich
from pipelines.geheimhaltung.foreign_table import errechenbare_zellen
from pipelines.geheimhaltung.many_areas import warn_of_many_areas
from pipelines.stamm.kommune import Kommune, Quellen, als_datum, load_kommune
from pipelines.stamm.quellen.fertig import load_layout
from pipelines.stamm.quellen.layout import Layout
from pipelines.stamm.quellen.time_label import IN_DER_DATEI

OHNE_KOMMUNE = "ohne_kommune"


@dataclass(frozen=True)
class Einzelergebnis:
    """What a check of one file came to, by which layout, and how that was chosen."""

    ergebnis: Ergebnis
    titel: str
    kommune: str | None
    hinweis: str = ""
    # The file as the deliveries a refresh would read; empty where no source of a municipality reads it.
    lieferungen: tuple[Lieferung, ...] = ()

    def pruefungen(self) -> list[tuple[str, str]]:
        """(title, result in words) of every check that ran."""
        gelaufen = self.ergebnis.pruefungen or {}
        return [
            (p.titel, "ohne Beanstandung" if gelaufen[p.name] else "beanstandet")
            for p in (*load_lieferung_checks(), *load_massnahmen_checks())
            if p.name in gelaufen
        ]


def check_file(
    ablage: Ablage, datei: Path, kommune_id: str | None, quelle: str | None, layout_datei: Path | None = None
) -> Einzelergebnis:
    """Check one file. Code columns show the code found: this runs on the office's own terminal.

    Without a municipality a table is read by the given layout, or by one proposed from the file itself; its areas are then
    its own labels. Raises: KonfigurationsFehler if file, municipality, source or layout cannot be made out.
    """
    if not datei.is_file():
        raise KonfigurationsFehler(f"Die Datei {datei} gibt es nicht.")
    if kommune_id is None and _is_auszug(datei):
        # As a table its cells would be shown.
        raise KonfigurationsFehler(
            "Ein Registerauszug lässt sich nur mit --kommune prüfen: erst sie sagt, was gilt. Einen Entwurf der Zuordnung "
            f"(melderegister.spalten, werte) schreibt: monitoring new KOMMUNE --aus {datei.name}"
        )
    kommune = _kommune(ablage, kommune_id) if kommune_id else None
    eigenes = load_layout(layout_datei, ablage.roh) if layout_datei else None
    quellen = kommune.angaben.quellen if kommune else Quellen()
    if tag := unmoeglicher_tag(datei, [eigenes] if eigenes else [*quellen.tabellen, *quellen.indikatoren]):
        # As in its folder: today must not stand in for a slip of the pen.
        return _abgelehnt(datei, kommune, tag)
    if kommune is not None and eigenes is None:
        lieferungen = _lieferungen(kommune, datei.resolve(), quelle)
        ergebnisse = [
            _mit_angriff(ablage, kommune, ingest(ablage, kommune, li, schreiben=False, mit_werten=True))
            for li in lieferungen
        ]
        titel = {t.id: t.titel for t in (*quellen.tabellen, *quellen.indikatoren)}
        titel |= {m.id: m.titel for m in quellen.massnahmen}
        namen = " und ".join(titel.get(li.quelle, "Melderegister") for li in lieferungen)
        viele = [m.zeile() for m in warn_of_many_areas(kommune) if any(li.art == "melderegister" for li in lieferungen)]
        return Einzelergebnis(
            _zusammen(ergebnisse), namen, kommune.angaben.name, "\n".join(viele), lieferungen=tuple(lieferungen)
        )
    return _mit_layout(ablage, kommune, datei.resolve(), eigenes)


def _abgelehnt(datei: Path, kommune: Kommune | None, befund: Befund) -> Einzelergebnis:
    """The result of a file whose name alone forbids reading it."""
    lieferung = Lieferung(
        kommune.id if kommune else OHNE_KOMMUNE,
        "unbekannt",
        "tabellen",
        datei,
        IN_DER_DATEI,
        IN_DER_DATEI,
        _summe(datei),
        "",
    )
    ergebnis = Ergebnis(lieferung, False, Zeilenbilanz(), (replace(befund, datei=datei.name),))
    return Einzelergebnis(ergebnis, datei.name, kommune.angaben.name if kommune else None)


def _mit_angriff(ablage: Ablage, kommune: Kommune, ergebnis: Ergebnis) -> Ergebnis:
    """The result of a table, with what its secret cells give away."""
    li = ergebnis.lieferung
    layouts = (
        {t.id: t for t in kommune.angaben.quellen.layouts(li.art)} if li.art in ("tabellen", "indikatoren") else {}
    )
    if not ergebnis.zahlen or li.quelle not in layouts:
        return ergebnis
    layout = layouts[li.quelle]
    werte = read_tabelle(ablage, kommune, layout, li).werte
    return replace(ergebnis, befunde=(*ergebnis.befunde, *errechenbare_zellen(werte, kommune, layout, li.pfad.name)))


def _zusammen(ergebnisse: list[Ergebnis]) -> Ergebnis:
    """What became of one file that several layouts read, as one result."""
    erstes, *weitere = ergebnisse
    for e in weitere:
        gelaufen = {**(erstes.pruefungen or {}), **(e.pruefungen or {})}
        beide = ((erstes.pruefungen or {}), (e.pruefungen or {}))
        felder = ("gelesen", "uebernommen", "ausserhalb", "abgewiesen")
        erstes = replace(
            erstes, angenommen=erstes.angenommen and e.angenommen, befunde=(*erstes.befunde, *e.befunde),
            bilanz=Zeilenbilanz(*(getattr(erstes.bilanz, f) + getattr(e.bilanz, f) for f in felder)),
            pruefungen={name: all(p.get(name, True) for p in beide) for name in gelaufen} or None,
            zahlen=erstes.zahlen + e.zahlen,
        )  # fmt: skip
    return erstes


def _mit_layout(ablage: Ablage, kommune: Kommune | None, datei: Path, eigenes: Layout | None) -> Einzelergebnis:
    hinweis = ""
    stichtag = IN_DER_DATEI
    lieferung = Lieferung(
        kommune.id if kommune else OHNE_KOMMUNE, "unbekannt", "tabellen", datei, stichtag, stichtag, _summe(datei), ""
    )  # fmt: skip
    try:
        if eigenes is None:
            tmp = ablage.create_folders().tmp
            vorschlag = recognise(datei, tmp, ablage.roh) or propose(datei, tmp)
            eigenes = vorschlag.layout
            hinweis = (
                "Kein Layout angegeben; gelesen nach diesem Vorschlag (bitte prüfen; so eingerückt gehört er in kommune.yaml "
                f"unter quellen, {vorschlag.abschnitt}):\n" + vorschlag.eintrag()
            )
        stichtag = eigenes.fits(datei.name) or eigenes.stichtag or IN_DER_DATEI
        lieferung = Lieferung(
            lieferung.kommune, eigenes.id, "tabellen", datei, stichtag, stichtag, lieferung.sha256, ""
        )
        ergebnis, werte = read_and_check(ablage, kommune, eigenes, lieferung, leerer_bestand())
        angriff = errechenbare_zellen(werte, kommune, eigenes, datei.name)
        ergebnis = replace(ergebnis, befunde=(*ergebnis.befunde, *angriff))
    except LieferungAbgewiesen as abweisung:
        ergebnis = Ergebnis(lieferung, False, Zeilenbilanz(), abweisung.befunde)
    except KonfigurationsFehler:
        raise
    except Exception as fehler:
        if os.environ.get("MONITORING_FEHLERSUCHE"):
            raise
        befund = unerwartet(datei.name, "Datei lesen und prüfen", fehler)
        ergebnis = Ergebnis(lieferung, False, Zeilenbilanz(), (befund,))
    return Einzelergebnis(
        ergebnis, eigenes.titel if eigenes else datei.name, kommune.angaben.name if kommune else None, hinweis
    )


def _is_auszug(datei: Path) -> bool:
    """Whether a file looks like an extract of the register, by its name or its first line."""
    if AUSZUG_NAME.fullmatch(datei.name):
        return True
    with datei.open("rb") as f:
        kopf = f.readline(1 << 16).decode("latin-1").casefold()
    bekannt = "geburtsdatum" in kopf and any(wort in kopf for wort in ("pid", "sta_1", "wohnungsstatus"))
    return bekannt or recognise_auszug(datei) is not None


def _kommune(ablage: Ablage, kommune_id: str) -> Kommune:
    ordner = ablage.roh / kommune_id
    if not (ordner / "kommune.yaml").exists():
        vorhanden = sorted(p.parent.name for p in ablage.roh.glob("*/kommune.yaml"))
        nah = aehnlich(kommune_id, vorhanden)
        raise KonfigurationsFehler(
            f"Die Kommune »{kommune_id}« hat keinen Ordner mit kommune.yaml in {ablage.roh}. "
            + (f"Ähnlich: »{nah}«. " if nah else "")
            + f"Vorhanden: {', '.join(vorhanden) or 'keine'}."
        )
    return load_kommune(ordner)


def _summe(datei: Path) -> str:
    return hashlib.sha256(datei.read_bytes()).hexdigest()


def _lieferungen(kommune: Kommune, datei: Path, quelle: str | None) -> list[Lieferung]:
    """The deliveries a file is: one for every layout that reads it."""
    if quelle is not None:
        return [_lieferung(kommune, datei, quelle)]
    erste = _lieferung(kommune, datei, None)
    if erste.art not in ("tabellen", "indikatoren"):
        return [erste]
    layouts = kommune.angaben.quellen.layouts(erste.art)
    weitere = [t.id for t in layouts if t.id != erste.quelle and t.fits(datei.name)]
    return [erste, *(_lieferung(kommune, datei, w) for w in weitere)]


def _lieferung(kommune: Kommune, datei: Path, quelle: str | None) -> Lieferung:
    quellen = kommune.angaben.quellen
    layouts = {t.id: (art, t) for art in ("tabellen", "indikatoren", "massnahmen") for t in quellen.dateiquellen(art)}
    if quelle is None:
        passend = [name for name, (_, t) in layouts.items() if t.fits(datei.name)]
        if AUSZUG_NAME.fullmatch(datei.name):
            passend.append("melderegister")
        # A file in its folder is what the folder holds; a name that fits several sources elsewhere is not.
        hier = [n for n in passend if datei.parent.name == (layouts[n][0] if n in layouts else "melderegister")]
        quelle = next(iter(hier or passend), None)
    erlaubt = ", ".join(["melderegister", *layouts])
    if quelle is None:
        raise KonfigurationsFehler(
            f"Am Namen »{datei.name}« ist nicht zu erkennen, was das ist. Bitte --quelle angeben: {erlaubt}. "
            f"Ist es eine Tabelle, die {kommune.id} noch nicht kennt, schreibt einen Entwurf ihrer Quelle: "
            f"monitoring new {kommune.id} --aus {datei.name}"
        )
    if quelle != "melderegister" and quelle not in layouts:
        raise KonfigurationsFehler(f"Die Quelle »{quelle}« gibt es bei {kommune.id} nicht. Erlaubt: {erlaubt}.")
    if quelle in layouts:
        art, layout = layouts[quelle]
        # A file under test may have any name; without a date in it, today stands in for the Stichtag.
        stichtag = layout.fits(datei.name) or date.today()
        if stichtag == date.today() and isinstance(layout, Layout):
            stichtag = layout.stichtag or (IN_DER_DATEI if layout.zeit else stichtag)
        return Lieferung(kommune.id, quelle, art, datei, stichtag, stichtag, _summe(datei), "")
    treffer = AUSZUG_NAME.fullmatch(datei.name)
    stichtag = (als_datum(treffer[1]) if treffer else None) or date.today()
    datenstand = (als_datum(treffer[2]) if treffer and treffer[2] else None) or stichtag
    return Lieferung(kommune.id, quelle, "melderegister", datei, stichtag, datenstand, _summe(datei), "")
