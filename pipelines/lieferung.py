"""Deliveries in raw/: find them, fingerprint them, decide what is new.

Belongs here: the one function that `monitoring refresh`, the nightly schedule and the sensor all ask. Does not belong
here: reading a file's content beyond its checksum.
"""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from pipelines.ablage import SQL, WURZEL, Ablage
from pipelines.bevoelkerung.datenstand import gestellter_datenstand, hat_stand
from pipelines.eigenzustand import beschaedigte
from pipelines.fehler import Befund, Code, KonfigurationsFehler, Schwere, unerwartet
from pipelines.kommune import Kommune, als_datum, lade_alle, lesbar
from pipelines.kommunen import lade_zugelassene
from pipelines.konzept_termine import faelligkeiten
from pipelines.massnahmenfristen import verstrichene_enden
from pipelines.meldungen import Meldung, aus_befund, aus_dict, aus_text, lies_stand
from pipelines.protokoll import Lieferung, letzte_saetze, satzmeldungen
from pipelines.referenz import gueltig, profildateien
from pipelines.referenzpruefung import WARTET_AUF, pruefe_referenz

AUSZUG_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})(?:_stand_(\d{4}-\d{2}-\d{2}))?\.(?i:csv|tsv|txt|dat|asc)")
TAG_IM_NAMEN = re.compile(r"(?<!\d)\d{4}([-_])\d{2}\1\d{2}(?!\d)")
VORLAUF = timedelta(days=90)  # a deadline is announced that long before, as in sql/marts/berichtspflicht.sql
VERSTECKT = (".", "~$")  # editors' lock files and half-written copies
SYSTEMDATEIEN = ("thumbs.db", "desktop.ini")  # what a file manager leaves in every folder it shows


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
    befunde: list[Meldung] = field(default_factory=list)
    bau_wartet: bool = False  # nothing can be published until a shared list is mended

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
        *(gueltig(ablage.roh, n) for n in ("staaten.csv", "geburtsorte.csv", "brueche.yaml")),
        *profildateien(ablage.roh).values(),
    ]
    return _summe(d.name.encode() + _inhalt(d) for d in dateien if d.exists())


def _inhalt(datei: Path) -> bytes:
    """A file's bytes for a checksum; what cannot be read has a checksum, too: as soon as it can, something changed."""
    try:
        return datei.read_bytes() if datei.is_file() else b"keine Datei"
    except OSError:
        return b"unlesbar"


class _Pruefsummen:
    """SHA-256 of files, remembered by size and modification time so that a sensor does not read millions of rows."""

    def __init__(self, ablage: Ablage):
        self.ablage = ablage
        self.datei = ablage.intern / "stand" / "pruefsummen.json"
        self.bekannt: dict[str, list[object]] = lies_stand(self.datei, {})

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


def _befund(pfad: Path, code: Code, was: str, erwartet: str, schwere: Schwere = Schwere.fehler) -> Befund:
    return Befund(code, schwere, f"{pfad.parent.name}/{lesbar(pfad.name)}", "", was, erwartet)


def _fremdkoerper(pfad: Path) -> Befund | None:
    """What is wrong with an entry of a folder of deliveries before its name is looked at; None if it is a file."""
    if lesbar(pfad.name) != pfad.name:
        return _befund(pfad, Code.dateiname, "der Dateiname ist nicht in UTF-8 geschrieben und die Datei wurde nicht gelesen",
                       "ein Name, den jedes System lesen kann; bitte umbenennen")  # fmt: skip
    if pfad.is_dir():
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


def _name(pfad: Path, erwartet: str) -> Befund:
    for treffer in TAG_IM_NAMEN.finditer(pfad.name):
        if als_datum(treffer[0].replace("_", "-")) is None:
            was = f"den Tag »{treffer[0]}« im Dateinamen gibt es nicht; die Datei wurde nicht gelesen"
            return _befund(pfad, Code.dateiname, was, erwartet)
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
            je_stand[stichtag, datenstand] = pfad
    return [(pfad, stichtag, stand) for (stichtag, stand), pfad in sorted(je_stand.items())]


def finde(ablage: Ablage, kommune: Kommune, summe: _Pruefsummen, befunde: list[Befund]) -> list[Lieferung]:
    """Every delivery of a municipality, fingerprinted; files that fit no source become findings."""
    stand = konfigurationsstand(ablage, kommune.ordner)
    konzept = kommune.ordner / "konzept.yaml"
    katalog = _inhalt(konzept) if konzept.exists() else b""
    gefunden: list[Lieferung] = []

    def lieferung(quelle: str, art: str, pfad: Path, stichtag: date, datenstand: date, ueberholt: bool = False) -> None:
        try:
            sha = summe(pfad)
        except OSError as grund:  # unreadable, or gone since the folder was looked at
            befunde.append(_befund(pfad, Code.datei_unlesbar, f"die Datei lässt sich nicht lesen ({grund.strerror})",
                                   "eine Datei, die das Programm lesen darf"))  # fmt: skip
            return
        # Measures are checked against the catalogue of their concept; no other delivery depends on it.
        weitere = katalog if art == "massnahmen" else b""
        abdruck = _summe([*(t.encode() for t in (sha, stand, codeversion(), datenstand.isoformat())), weitere])
        gefunden.append(Lieferung(kommune.id, quelle, art, pfad, stichtag, datenstand, sha, abdruck, ueberholt))

    auszuege = _auszuege(kommune, befunde)
    letzte = {stichtag: datenstand for _, stichtag, datenstand in auszuege}
    for pfad, tag, datenstand in auszuege:
        lieferung("melderegister", "melderegister", pfad, tag, datenstand, datenstand < letzte[tag])
    for art in ("tabellen", "indikatoren", "massnahmen"):
        layouts = kommune.angaben.quellen.dateiquellen(art)
        for pfad in _sichtbar(kommune.ordner / art, befunde):
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
            for layout, stichtag in passend:
                lieferung(layout.id, art, pfad, stichtag, stichtag)
            if not passend:
                muster = [t.datei for t in layouts]
                befunde.append(_name(pfad, " oder ".join(muster) or f"eine Quelle unter quellen.{art} in kommune.yaml"))
    return gefunden


def _finde_gefasst(ablage: Ablage, kommune: Kommune, summe: _Pruefsummen, meldungen: list[Meldung]) -> list[Lieferung]:
    """`finde`, whose findings become messages; a fault nobody foresaw is one of this municipality, not of all."""
    befunde: list[Befund] = []
    try:
        gefunden = finde(ablage, kommune, summe, befunde)
    except Exception as fehler:
        gefunden = []
        befunde.append(unerwartet(f"raw/{kommune.id}", "Lieferungen suchen", fehler))
    meldungen += [aus_befund(b, kommune.id, b.datei.partition("/")[0]) for b in befunde]
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
        try:
            staende += _fristen_von(kommune, heute)
        except Exception as fehler:  # told by the step that writes the configuration, which leaves this one out
            staende.append(f"{kommune.id}|{type(fehler).__name__}")
    return staende


def _fristen_von(kommune: Kommune, heute: date) -> list[str]:
    return [
        f"{kommune.id}|{fassung.konzept}|{f.bericht}|{f.faellig_am}|{f.faellig_am < heute}"
        for fassung in (kommune.konzept.konzepte if kommune.konzept else ())
        for f in faelligkeiten(fassung, heute + VORLAUF)
        if f.faellig_am is not None and f.faellig_am <= heute + VORLAUF
    ]


def baustand(ablage: Ablage, heute: date | None = None) -> str:
    """What the marts depend on: every record of a delivery, every cube, every configuration, the code, deadlines passed.

    `heute`: the day to judge deadlines by, as the marts do (UTC).
    """
    tag = heute or datetime.now(UTC).date()
    staende = sorted((ablage.intern / "stand" / "gezaehlt").glob("*.txt"))
    konfiguration = sorted(
        d for n in ("kommune.yaml", "gebiete.csv", "konzept.yaml") for d in ablage.roh.glob(f"*/{n}")
    )
    saetze = [f"{'|'.join(k)}|{z['fingerabdruck']}|{z['status']}" for k, z in sorted(letzte_saetze(ablage).items())]
    return _summe(
        [
            codeversion().encode(),
            *(d.name.encode() + _inhalt(d) for d in staende),
            *(_inhalt(d) for d in konfiguration),
            *(konfigurationsstand(ablage, d.parent).encode() for d in konfiguration),
            *(_inhalt(d) for d in [gueltig(ablage.roh, "indikatoren.yaml")] if d.exists()),
            *(s.encode() for s in fristen(ablage, tag)),
            *(s.encode() for s in verstrichene_enden(ablage, tag)),
            *(s.encode() for s in saetze),
        ]
    )


@dataclass(frozen=True)
class Bau:
    """How the last finished build ended: published or refused by a check; `befunde` says what held figures back.

    A build that ended in any other way is not remembered: the next refresh does it again.
    """

    stand: str = ""
    befunde: tuple[Meldung, ...] = ()
    veroeffentlicht: bool = True
    gehalten: tuple[str, ...] = ()


def letzter_bau(ablage: Ablage) -> Bau:
    """The last build that was published or refused; one that never was if there is none or its record is damaged."""
    inhalt = lies_stand(ablage.intern / "stand" / "gebaut.json", None)
    if not isinstance(inhalt, dict) or "befunde" not in inhalt:
        return Bau()
    befunde = tuple(aus_dict(m) for m in inhalt["befunde"])
    return Bau(inhalt["stand"], befunde, inhalt["veroeffentlicht"], tuple(inhalt["gehalten"]))


def merke_bau(ablage: Ablage, bau: Bau) -> None:
    """Remember a finished build by the state it was built from (as it was before the build: what came since is news)."""
    inhalt = {"stand": bau.stand, "befunde": [m.als_dict() for m in bau.befunde],
              "veroeffentlicht": bau.veroeffentlicht, "gehalten": list(bau.gehalten)}  # fmt: skip
    with ablage.neu(ablage.intern / "stand" / "gebaut.json") as neu:
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
    if kaputt := beschaedigte(ablage):  # what is new cannot be told before they are healed (by `aktualisiere`)
        kennung = _summe(f"{d}|{d.lstat().st_mtime_ns}".encode() for d in kaputt)
        return Neuigkeiten({}, {}, [], [], [], True, kennung)
    referenz = pruefe_referenz(ablage)
    kommunen, fehler = lade_zugelassene(ablage)
    fremd = [k for k in nur if k not in kommunen and k not in fehler]
    if fremd:
        raise KonfigurationsFehler(
            f"Die Kommune »{fremd[0]}« gibt es nicht in {ablage.roh}. Vorhanden: {', '.join(kommunen) or 'keine'}."
        )
    kommunen = {k: v for k, v in kommunen.items() if not nur or k in nur}
    fehler = {k: v for k, v in fehler.items() if not nur or k in nur}
    befunde: list[Meldung] = [*referenz.meldungen]
    summe = _Pruefsummen(ablage)
    alle = [lieferung for k in kommunen.values() for lieferung in _finde_gefasst(ablage, k, summe, befunde)]
    summe.speichern()
    bekannt = letzte_saetze(ablage)
    wartend = {art for name in referenz.fehlend for art in WARTET_AUF[name]}
    neu = [li for li in alle if li.art not in wartend and (erzwingen or _ist_neu(ablage, bekannt, li))]
    eingelesen = {li.partition for li in neu if li.art == "melderegister"}
    nur_zaehlen = []
    for datei in sorted((ablage.intern / "eingang" / "melderegister").glob("*.parquet")):
        kommune = kommunen.get(datei.stem.rsplit("_", 1)[0])
        if kommune and datei.stem not in eingelesen and "melderegister" not in wartend:
            gezaehlt = zaehlstand_datei(ablage, datei.stem)
            stand = gestellter_datenstand(ablage, datei.stem)
            ungezaehlt = not gezaehlt.exists() or (stand is not None and not hat_stand(ablage, datei.stem, stand))
            if erzwingen or ungezaehlt or gezaehlt.read_text() != zaehlstand(ablage, kommune):
                nur_zaehlen.append(datei.stem)
    jetzt = baustand(ablage)
    bau_wartet = bool(referenz.fehlend)
    bauen = not bau_wartet and (bool(neu or nur_zaehlen) or letzter_bau(ablage).stand != jetzt)
    return Neuigkeiten(kommunen, fehler, alle, neu, nur_zaehlen, bauen, jetzt, befunde, bau_wartet)


@dataclass
class Auftrag:
    """What a refresh did and what it has to say.

    `veroeffentlicht`: whether the last build reached publication; `gehalten`: municipalities whose figures stay those of the
    last publication.
    """

    befunde: list[Meldung] = field(default_factory=list)
    gelesen: int = 0
    gezaehlt: int = 0
    gebaut: bool = False
    veroeffentlicht: bool = True
    gehalten: tuple[str, ...] = ()

    @property
    def nichts_getan(self) -> bool:
        return not (self.gelesen or self.gezaehlt or self.gebaut)

    @property
    def meldungen(self) -> list[str]:
        """Errors, one fault a line; what is told alike outside the secure zone once."""
        return list(dict.fromkeys(m.zeile() for m in self.befunde if m.schwere is Schwere.fehler))

    @property
    def warnungen(self) -> list[str]:
        """Warnings and hints, one a line; what is told alike once."""
        return list(dict.fromkeys(m.zeile() for m in self.befunde if m.schwere is not Schwere.fehler))


def offene_meldungen(ablage: Ablage, neu: Neuigkeiten) -> Auftrag:
    """What is still wrong: configurations, files without a source, deliveries now in raw/, the last build."""
    bau = letzter_bau(ablage)
    auftrag = Auftrag(veroeffentlicht=bau.veroeffentlicht and not neu.bau_wartet, gehalten=bau.gehalten)
    for kommune, fehler in neu.konfigurationsfehler.items():
        auftrag.befunde.append(aus_text(kommune, "kommune.yaml", "konfiguration", str(fehler)))
    auftrag.befunde += neu.befunde
    saetze = letzte_saetze(ablage)
    for li in neu.alle:
        satz = saetze.get((li.kommune, li.quelle, li.datei))
        for m in satzmeldungen(satz) if satz else ():
            if li.ueberholt and m.schwere is Schwere.fehler:
                mehr = " (Ein späterer Auszug hat diesen überholt.)"
                aussen = m.draussen and m.draussen + mehr
                m = replace(m, schwere=Schwere.warnung, text=m.text + mehr, draussen=aussen)
            auftrag.befunde.append(m)
    auftrag.befunde += bau.befunde
    return auftrag
