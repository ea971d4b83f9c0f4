"""Deliveries in raw/: find them, fingerprint them, decide what is new.

Belongs here: the one function that `monitoring refresh`, the nightly schedule and the sensor all ask. Does not belong
here: reading a file's content beyond its checksum.
"""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from pipelines.ablage import SQL, WURZEL, Ablage
from pipelines.bevoelkerung.datenstand import gestellter_datenstand, hat_stand
from pipelines.fehler import Befund, Code, KonfigurationsFehler, Schwere
from pipelines.kommune import Kommune, als_datum, lade_alle
from pipelines.konzept_termine import faelligkeiten
from pipelines.protokoll import Lieferung, letzte_saetze

AUSZUG_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})(?:_stand_(\d{4}-\d{2}-\d{2}))?\.(?i:csv|tsv|txt|dat|asc)")
VORLAUF = timedelta(days=90)  # a deadline is announced that long before, as in sql/marts/berichtspflicht.sql
VERSTECKT = (".", "~$")  # editors' lock files and half-written copies


@dataclass
class Neuigkeiten:
    """What is in raw/ and what of it has work to do."""

    kommunen: dict[str, Kommune]
    konfigurationsfehler: dict[str, KonfigurationsFehler]
    alle: list[Lieferung]
    neu: list[Lieferung]
    nur_zaehlen: list[str]  # register partitions whose file is gone but whose definitions or code changed
    bauen: bool  # whether the marts are older than what they rest on
    baustand: str
    befunde: list[Befund] = field(default_factory=list)

    @property
    def nichts(self) -> bool:
        return not (self.neu or self.nur_zaehlen or self.bauen)


def _summe(teile: Iterable[bytes]) -> str:
    pruefsumme = hashlib.sha256()
    for teil in teile:
        pruefsumme.update(hashlib.sha256(teil).digest())
    return pruefsumme.hexdigest()


@cache
def codeversion() -> str:
    """Checksum of the code and SQL that turn a delivery into marts."""
    dateien = sorted([*(WURZEL / "pipelines").rglob("*.py"), *(WURZEL / "schemas").rglob("*.py"), *SQL.rglob("*.sql")])
    return _summe(str(d.relative_to(WURZEL)).encode() + d.read_bytes() for d in dateien)


def konfigurationsstand(ablage: Ablage, ordner: Path) -> str:
    """Checksum of everything a municipality's figures depend on besides its deliveries and the code."""
    dateien = [
        *(ordner / n for n in ("kommune.yaml", "gebiete.csv", "bruecke.csv", "geburtsorte.csv")),
        ablage.referenz / "staaten.csv",
        ablage.referenz / "geburtsorte.csv",
        ablage.referenz / "brueche.yaml",
        *sorted((ablage.referenz / "profile").glob("*.yaml")),
    ]
    return _summe(d.name.encode() + d.read_bytes() for d in dateien if d.exists())


class _Pruefsummen:
    """SHA-256 of files, remembered by size and modification time so that a sensor does not read millions of rows."""

    def __init__(self, ablage: Ablage):
        self.ablage = ablage
        self.datei = ablage.intern / "stand" / "pruefsummen.json"
        self.bekannt: dict[str, list[object]] = json.loads(self.datei.read_text()) if self.datei.exists() else {}

    def __call__(self, pfad: Path) -> str:
        stand = pfad.stat()
        eintrag = self.bekannt.get(str(pfad))
        if eintrag and eintrag[:2] == [stand.st_size, stand.st_mtime_ns]:
            return str(eintrag[2])
        with pfad.open("rb") as f:
            summe = hashlib.file_digest(f, "sha256").hexdigest()
        self.bekannt[str(pfad)] = [stand.st_size, stand.st_mtime_ns, summe]
        return summe

    def speichern(self) -> None:
        with self.ablage.neu(self.datei) as neu:
            neu.write_text(json.dumps(self.bekannt))


def _sichtbar(ordner: Path) -> list[Path]:
    return sorted(p for p in ordner.glob("*") if p.is_file() and not p.name.startswith(VERSTECKT))


def _name(pfad: Path, erwartet: str) -> Befund:
    return Befund(
        Code.dateiname, Schwere.fehler, f"{pfad.parent.name}/{pfad.name}", "",
        "der Dateiname passt zu keiner Quelle und die Datei wurde nicht gelesen", erwartet,
    )  # fmt: skip


def _auszuege(kommune: Kommune, befunde: list[Befund]) -> list[tuple[Path, date, date]]:
    """The extracts of every Stichtag by data state: (file, Stichtag, data state); of two of one state the last by name."""
    je_stand: dict[tuple[date, date], Path] = {}
    for pfad in _sichtbar(kommune.ordner / "melderegister"):
        treffer = AUSZUG_NAME.fullmatch(pfad.name)
        stichtag = als_datum(treffer[1]) if treffer else None
        datenstand = als_datum(treffer[2]) if treffer and treffer[2] else stichtag
        if stichtag is None or datenstand is None:
            befunde.append(_name(pfad, "JJJJ-MM-TT.csv (Stichtag), wahlweise JJJJ-MM-TT_stand_JJJJ-MM-TT.csv"))
        elif kommune.angaben.quellen.melderegister is None:
            befunde.append(_name(pfad, "eine Quelle melderegister in kommune.yaml"))
        else:
            je_stand[stichtag, datenstand] = pfad
    return [(pfad, stichtag, stand) for (stichtag, stand), pfad in sorted(je_stand.items())]


def finde(ablage: Ablage, kommune: Kommune, summe: _Pruefsummen, befunde: list[Befund]) -> list[Lieferung]:
    """Every delivery of a municipality, fingerprinted; files that fit no source become findings."""
    stand = konfigurationsstand(ablage, kommune.ordner)
    konzept = kommune.ordner / "konzept.yaml"
    katalog = konzept.read_bytes() if konzept.exists() else b""

    def lieferung(
        quelle: str, art: str, pfad: Path, stichtag: date, datenstand: date, ueberholt: bool = False
    ) -> Lieferung:
        sha = summe(pfad)
        # Measures are checked against the catalogue of their concept; no other delivery depends on it.
        weitere = katalog if art == "massnahmen" else b""
        abdruck = _summe([*(t.encode() for t in (sha, stand, codeversion(), datenstand.isoformat())), weitere])
        return Lieferung(kommune.id, quelle, art, pfad, stichtag, datenstand, sha, abdruck, ueberholt)

    auszuege = _auszuege(kommune, befunde)
    letzte = {stichtag: datenstand for _, stichtag, datenstand in auszuege}
    gefunden = [lieferung("melderegister", "melderegister", p, s, d, d < letzte[s]) for p, s, d in auszuege]
    for art in ("tabellen", "indikatoren", "massnahmen"):
        layouts = kommune.angaben.quellen.dateiquellen(art)
        for pfad in _sichtbar(kommune.ordner / art):
            passend = [(t, s) for t in layouts if (s := t.passt(pfad.name))]
            if len(passend) > 1 and art == "massnahmen":  # read twice, every measure would stand there twice
                ids = ", ".join(t.id for t, _ in passend)
                befunde.append(
                    Befund(Code.dateiname, Schwere.fehler, f"{art}/{pfad.name}", "",
                           f"der Dateiname passt zu mehreren Quellen ({ids}); gelesen wird nur die erste",
                           "ein Dateimuster je Quelle (datei in kommune.yaml), das keine andere Datei meint")
                )  # fmt: skip
                passend = passend[:1]
            # Several layouts of one file, say one a sheet, are as many deliveries.
            gefunden += [lieferung(t.id, art, pfad, stichtag, stichtag) for t, stichtag in passend]
            if not passend:
                muster = [t.datei for t in layouts]
                befunde.append(_name(pfad, " oder ".join(muster) or f"eine Quelle unter quellen.{art} in kommune.yaml"))
    return gefunden


def zaehlstand(ablage: Ablage, kommune: Kommune) -> str:
    """What a municipality's cubes depend on besides the staged persons."""
    return _summe(t.encode() for t in (konfigurationsstand(ablage, kommune.ordner), codeversion()))


def zaehlstand_datei(ablage: Ablage, partition: str) -> Path:
    """Where the state of a partition's cube is remembered."""
    return ablage.intern / "stand" / "gezaehlt" / f"{partition}.txt"


def fristen(ablage: Ablage, heute: date) -> list[str]:
    """State of every report duty: a day on which one of them falls due is news, the days between are not."""
    staende = []
    for kommune in lade_alle(ablage)[0].values():
        for fassung in kommune.konzept.konzepte if kommune.konzept else ():
            for f in faelligkeiten(fassung, heute + VORLAUF):
                if f.faellig_am is not None and f.faellig_am <= heute + VORLAUF:
                    staende.append(f"{kommune.id}|{fassung.konzept}|{f.bericht}|{f.faellig_am}|{f.faellig_am < heute}")
    return staende


def baustand(ablage: Ablage, heute: date | None = None) -> str:
    """What the marts depend on: every record of a delivery, every cube, every configuration, the code, deadlines passed."""
    staende = sorted((ablage.intern / "stand" / "gezaehlt").glob("*.txt"))
    konfiguration = sorted(
        d for n in ("kommune.yaml", "gebiete.csv", "konzept.yaml") for d in ablage.roh.glob(f"*/{n}")
    )
    saetze = [f"{'|'.join(k)}|{z['fingerabdruck']}|{z['status']}" for k, z in sorted(letzte_saetze(ablage).items())]
    return _summe(
        [
            codeversion().encode(),
            *(d.name.encode() + d.read_bytes() for d in staende),
            *(d.read_bytes() for d in konfiguration),
            *(konfigurationsstand(ablage, d.parent).encode() for d in konfiguration),
            *(d.read_bytes() for d in [ablage.referenz / "indikatoren.yaml"] if d.exists()),
            *(s.encode() for s in fristen(ablage, heute or date.today())),
            *(s.encode() for s in saetze),
        ]
    )


def letzter_bau(ablage: Ablage) -> tuple[str, list[str]]:
    """State of the last build and the messages that kept it from being published (empty if it was)."""
    datei = ablage.intern / "stand" / "gebaut.json"
    if not datei.exists():
        return "", []
    inhalt = json.loads(datei.read_text(encoding="utf-8"))
    return inhalt["stand"], inhalt["meldungen"]


def merke_bau(ablage: Ablage, meldungen: list[str]) -> None:
    """Remember that the marts were built from the present state, and why they were not published, if so."""
    datei = ablage.intern / "stand" / "gebaut.json"
    inhalt = {"stand": baustand(ablage), "meldungen": meldungen}
    with ablage.neu(datei) as neu:
        neu.write_text(json.dumps(inhalt, ensure_ascii=False), encoding="utf-8")


def _ist_neu(ablage: Ablage, bekannt: dict[tuple[str, str, str], dict[str, Any]], li: Lieferung) -> bool:
    """Whether a delivery, its configuration or the code changed, or its place among the extracts of its Stichtag did."""
    satz = bekannt.get((li.kommune, li.quelle, li.datei), {})
    if satz.get("fingerabdruck") != li.fingerabdruck:
        return True
    if li.art != "melderegister" or satz["status"] != "uebernommen":
        return False
    if li.ueberholt:
        return not hat_stand(ablage, li.partition, li.datenstand)
    gestellt = gestellter_datenstand(ablage, li.partition)
    return gestellt is not None and gestellt > li.datenstand  # the later extract was withdrawn


def neuigkeiten(ablage: Ablage, nur: tuple[str, ...] = (), erzwingen: bool = False) -> Neuigkeiten:
    """Decide what is new: a delivery whose file, configuration or code changed, a cube to recount, marts to rebuild.

    `nur` limits to municipalities; `erzwingen` takes everything as new.
    Raises: KonfigurationsFehler for an unknown municipality in `nur`.
    """
    kommunen, fehler = lade_alle(ablage)
    fremd = [k for k in nur if k not in kommunen and k not in fehler]
    if fremd:
        raise KonfigurationsFehler(
            f"Die Kommune »{fremd[0]}« gibt es nicht in {ablage.roh}. Vorhanden: {', '.join(kommunen) or 'keine'}."
        )
    kommunen = {k: v for k, v in kommunen.items() if not nur or k in nur}
    fehler = {k: v for k, v in fehler.items() if not nur or k in nur}
    befunde: list[Befund] = []
    summe = _Pruefsummen(ablage)
    alle = [lieferung for k in kommunen.values() for lieferung in finde(ablage, k, summe, befunde)]
    summe.speichern()
    bekannt = letzte_saetze(ablage)
    neu = [li for li in alle if erzwingen or _ist_neu(ablage, bekannt, li)]
    eingelesen = {li.partition for li in neu if li.art == "melderegister"}
    nur_zaehlen = []
    for datei in sorted((ablage.intern / "eingang" / "melderegister").glob("*.parquet")):
        kommune = kommunen.get(datei.stem.rsplit("_", 1)[0])
        if kommune and datei.stem not in eingelesen:
            gezaehlt = zaehlstand_datei(ablage, datei.stem)
            stand = gestellter_datenstand(ablage, datei.stem)
            ungezaehlt = not gezaehlt.exists() or (stand is not None and not hat_stand(ablage, datei.stem, stand))
            if erzwingen or ungezaehlt or gezaehlt.read_text() != zaehlstand(ablage, kommune):
                nur_zaehlen.append(datei.stem)
    jetzt = baustand(ablage)
    bauen = bool(neu or nur_zaehlen) or letzter_bau(ablage)[0] != jetzt
    return Neuigkeiten(kommunen, fehler, alle, neu, nur_zaehlen, bauen, jetzt, befunde)


@dataclass
class Auftrag:
    """What a refresh did: messages for people (one fault a line), how much was done."""

    meldungen: list[str] = field(default_factory=list)
    warnungen: list[str] = field(default_factory=list)
    gelesen: int = 0
    gezaehlt: int = 0
    gebaut: bool = False

    @property
    def nichts_getan(self) -> bool:
        return not (self.gelesen or self.gezaehlt or self.gebaut)


def offene_meldungen(ablage: Ablage, neu: Neuigkeiten) -> Auftrag:
    """What is still wrong: configurations, files without a source, deliveries now in raw/, the last build."""
    auftrag = Auftrag(meldungen=[str(f) for f in neu.konfigurationsfehler.values()])
    auftrag.meldungen += [b.text() for b in neu.befunde]
    saetze = letzte_saetze(ablage)
    for li in neu.alle:
        satz = saetze.get((li.kommune, li.quelle, li.datei))
        for text in (satz or {}).get("meldungen") or []:
            harmlos = text.startswith(("Warnung: ", "Hinweis: "))
            if li.ueberholt and not harmlos:
                auftrag.warnungen.append(f"{li.kommune}: Warnung: {text} (Ein späterer Auszug hat diesen überholt.)")
                continue
            ziel = auftrag.warnungen if harmlos else auftrag.meldungen
            ziel.append(f"{li.kommune}: {text}")
    auftrag.meldungen += letzter_bau(ablage)[1]
    return auftrag
