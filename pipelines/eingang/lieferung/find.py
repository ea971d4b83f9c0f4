"""Deliveries in raw/: which files there are, which source reads each, and what else lies there.

Belongs here: names of files and folders. Does not belong here: whether a delivery is new (refresh) and what a file holds beyond
its checksum.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from pipelines.eingang.lieferung.fingerprint import Checksums, content, konfigurationsstand
from pipelines.eingang.lieferung.record import Lieferung
from pipelines.foundation.checksums import checksum, codeversion
from pipelines.foundation.findings import Befund, Code, Schwere, unerwartet
from pipelines.foundation.messages import Meldung, aus_befund
from pipelines.foundation.storage import Ablage
from pipelines.stamm.kommune import Kommune, als_datum, lesbar
from pipelines.stamm.quellen.layout import Layout

AUSZUG_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})(?:_stand_(\d{4}-\d{2}-\d{2}))?\.(?i:csv|tsv|txt|dat|asc)")


TAG_IM_NAMEN = re.compile(r"(?<!\d)\d{4}([-_])\d{2}\1\d{2}(?!\d)")


VERSTECKT = (".", "~$")  # editors' lock files and half-written copies


SYSTEMDATEIEN = ("thumbs.db", "desktop.ini")  # what a file manager leaves in every folder it shows


VORLAGEN = ("massnahmen", "vorlage")  # where `monitoring new K --massnahmen` puts sheets to be filled in


def _befund(pfad: Path, code: Code, was: str, erwartet: str, schwere: Schwere = Schwere.fehler) -> Befund:
    return Befund(code, schwere, f"{pfad.parent.name}/{lesbar(pfad.name)}", "", was, erwartet)


def _fremdkoerper(pfad: Path) -> Befund | None:
    """What is wrong with an entry of a folder of deliveries before its name is looked at; None if it is a file."""
    if lesbar(pfad.name) != pfad.name:
        return _befund(pfad, Code.dateiname, "der Dateiname ist nicht in UTF-8 geschrieben und die Datei wurde nicht gelesen",
                       "ein Name, den jedes System lesen kann; bitte umbenennen")  # fmt: skip
    if pfad.is_dir():
        if (pfad.parent.name, pfad.name) == VORLAGEN:
            return None
        if pfad.suffix:
            return _befund(pfad, Code.dateiname, "das ist ein Ordner mit dem Namen einer Datei", "eine Datei")
        anzahl = sum(1 for p in pfad.rglob("*") if p.is_file())
        dateien = "eine Datei darin wird" if anzahl == 1 else f"{anzahl} Dateien darin werden"
        return _befund(pfad, Code.dateiname, f"der Unterordner und {dateien} nicht gelesen",
                       "Lieferungen unmittelbar im Ordner", Schwere.warnung) if anzahl else None  # fmt: skip
    if not pfad.is_file():
        return _befund(pfad, Code.datei_unlesbar, "das ist keine gewöhnliche Datei (oder ein Verweis ins Leere) und wurde nicht "
                       "gelesen", "eine Datei")  # fmt: skip
    return None


def _sichtbar(ordner: Path, befunde: list[Befund]) -> list[Path]:
    """The files of a folder of deliveries; whatever else lies there becomes a finding."""
    dateien = []
    if ordner.exists() and not ordner.is_dir():
        befunde.append(_befund(ordner, Code.datei_unlesbar, "das ist kein Ordner", "ein Ordner mit Lieferungen"))
        return []
    for pfad in sorted(ordner.glob("*")):
        if pfad.name.startswith(VERSTECKT) or pfad.name.casefold() in SYSTEMDATEIEN:
            continue
        if befund := _fremdkoerper(pfad):
            befunde.append(befund)
        elif not pfad.is_dir():
            dateien.append(pfad)
    return dateien


def unmoeglicher_tag(pfad: Path, layouts: Iterable[Layout] = ()) -> Befund | None:
    """An error if a file's name carries a day (or where a layout's pattern has one, a month) that does not exist."""
    zeiten = [(t[0], "den Tag") for t in TAG_IM_NAMEN.finditer(pfad.name) if als_datum(t[0].replace("_", "-")) is None]
    zeiten += [(z, "die Zeitangabe") for layout in layouts if (z := layout.unmoeglich(pfad.name))]
    if not zeiten:
        return None
    zeit, wort = zeiten[0]
    return _befund(pfad, Code.dateiname, f"{wort} »{zeit}« im Dateinamen gibt es nicht; die Datei wurde nicht gelesen",
                   "eine Zeit, die es gibt, z. B. 2024-12-31")  # fmt: skip


def _name(pfad: Path, erwartet: str, layouts: Iterable[Layout] = ()) -> Befund:
    if befund := unmoeglicher_tag(pfad, layouts):
        return replace(befund, erwartet=erwartet)
    return _befund(
        pfad, Code.dateiname, "der Dateiname passt zu keiner Quelle und die Datei wurde nicht gelesen", erwartet
    )


def _auszuege(kommune: Kommune, befunde: list[Befund]) -> list[tuple[Path, date, date]]:
    """The extracts of every Stichtag by data state: (file, Stichtag, data state); of two of one state the last by name."""
    je_stand: dict[tuple[date, date], Path] = {}
    for pfad in _sichtbar(kommune.ordner / "melderegister", befunde):
        treffer = AUSZUG_NAME.fullmatch(pfad.name)
        stichtag = als_datum(treffer[1]) if treffer else None
        datenstand = als_datum(treffer[2]) if treffer and treffer[2] else stichtag
        if stichtag is None or datenstand is None:
            befunde.append(_name(pfad, "JJJJ-MM-TT.csv (Stichtag), wahlweise JJJJ-MM-TT_stand_JJJJ-MM-TT.csv"))
        elif kommune.angaben.quellen.melderegister is None:
            befunde.append(_name(pfad, "eine Quelle melderegister in kommune.yaml"))
        else:
            if vorige := je_stand.get((stichtag, datenstand)):
                befunde.append(
                    _befund(vorige, Code.dateiname, f"derselbe Stichtag und Datenstand wie {pfad.name}; gelesen wird nur diese",
                            "je Stichtag und Datenstand eine Datei; die andere bitte entfernen")
                )  # fmt: skip
            je_stand[stichtag, datenstand] = pfad
    return [(pfad, stichtag, stand) for (stichtag, stand), pfad in sorted(je_stand.items())]


def find(ablage: Ablage, kommune: Kommune, summe: Checksums, befunde: list[Befund]) -> list[Lieferung]:
    """Every delivery of a municipality, fingerprinted; files that fit no source become findings."""
    stand = konfigurationsstand(ablage, kommune.ordner)
    konzept = kommune.ordner / "konzept.yaml"
    katalog = content(konzept) if konzept.exists() else b""
    gefunden: list[Lieferung] = []

    def lieferung(quelle: str, art: str, pfad: Path, stichtag: date, datenstand: date, ueberholt: bool = False) -> None:
        try:
            sha, gesehen = summe(pfad)
        except OSError as grund:  # unreadable, or gone since the folder was looked at
            befunde.append(_befund(pfad, Code.datei_unlesbar, f"die Datei lässt sich nicht lesen ({grund.strerror})",
                                   "eine Datei, die das Programm lesen darf"))  # fmt: skip
            return
        # Measures are checked against the catalogue of their concept; no other delivery depends on it.
        weitere = katalog if art == "massnahmen" else b""
        abdruck = checksum([*(t.encode() for t in (sha, stand, codeversion(), datenstand.isoformat())), weitere])
        gefunden.append(
            Lieferung(kommune.id, quelle, art, pfad, stichtag, datenstand, sha, abdruck, ueberholt, gesehen)
        )

    auszuege = _auszuege(kommune, befunde)
    letzte = {stichtag: datenstand for _, stichtag, datenstand in auszuege}
    for pfad, tag, datenstand in auszuege:
        lieferung("melderegister", "melderegister", pfad, tag, datenstand, datenstand < letzte[tag])
    for art in ("tabellen", "indikatoren", "massnahmen"):
        layouts = kommune.angaben.quellen.dateiquellen(art)
        for pfad in _sichtbar(kommune.ordner / art, befunde):
            passend = [(t, s) for t in layouts if (s := t.fits(pfad.name))]
            if len(passend) > 1 and art == "massnahmen":  # read twice, every measure would stand there twice
                ids = ", ".join(t.id for t, _ in passend)
                befunde.append(
                    Befund(Code.dateiname, Schwere.fehler, f"{art}/{pfad.name}", "",
                           f"der Dateiname passt zu mehreren Quellen ({ids}); gelesen wird nur die erste",
                           "ein Dateimuster je Quelle (datei in kommune.yaml), das keine andere Datei meint")
                )  # fmt: skip
                passend = passend[:1]
            # Several layouts of one file, say one a sheet, are as many deliveries.
            for layout, stichtag in passend:
                lieferung(layout.id, art, pfad, stichtag, stichtag)
            if not passend:
                muster = [t.datei for t in layouts]
                erwartet = " oder ".join(muster) or f"eine Quelle unter quellen.{art} in kommune.yaml"
                befunde.append(_name(pfad, erwartet, kommune.angaben.quellen.layouts(art)))
    return gefunden


def find_deliveries(ablage: Ablage, kommune: Kommune, summe: Checksums, meldungen: list[Meldung]) -> list[Lieferung]:
    """`find`, whose findings become messages; a fault nobody foresaw is one of this municipality, not of all."""
    befunde: list[Befund] = []
    try:
        gefunden = find(ablage, kommune, summe, befunde)
    except Exception as fehler:
        gefunden = []
        befunde.append(unerwartet(f"raw/{kommune.id}", "Lieferungen suchen", fehler))
    meldungen += [aus_befund(b, kommune.id, b.datei.partition("/")[0]) for b in befunde]
    return gefunden
