"""Plausibility of a register extract: against the extracts of other Stichtage, and against itself.

Belongs here: what makes an extract doubtful although each of its rows is sound. Does not belong here: rules of a row
(rules.py). Messages hold counts from the municipality's threshold on and no value of a row; an area's key is
none once so many persons have it.
"""

import math
import re
from datetime import date
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from pipelines.definitionen.optionskennzeichen import profile_mit_option
from pipelines.eingang.grid.text_file import Textdatei
from pipelines.eingang.lieferung.outside import ungefaehr
from pipelines.foundation.findings import Befund, Code, Schwere
from pipelines.foundation.storage import Ablage, execute, pfadliste, sql
from pipelines.stamm.kommune import Kommune
from pipelines.stamm.quellen.melderegister import Melderegister, Registerpruefungen

PRUEFUNGEN = frozenset(Registerpruefungen.model_fields)
# Proposals of this project. Below these sizes a jump or a share says nothing.
BESTAND_MINDESTENS = 200
GEBIET_MINDESTENS = 50
EREIGNISSE_MINDESTENS = 5_000
SPRUNG_UNTER, SPRUNG_AB = 0.5, 2.0  # half or less, double or more
RUHE_TAGE = 60  # so long before the Stichtag nobody was born or moved: the extract is older than its name says
HOHES_ALTER = 110
STELLE = re.compile("\x02(\\d+)\x03")
# What two extracts say alike of a person who did not move, become German or die.
AEHNLICH = "geburtstag, geschlecht, sta_1, geburtsstaat, gebiet_id"
FREMDE_ZEICHEN = "[A-Za-z][\u201e\u201d\u2122\u0161\u017d][a-z]"  # ä ö Ö Ü Ä of code page 850, read as Windows-1252


def fingerabdruck(con: duckdb.DuckDBPyConnection) -> str:
    """What the lines of an extract are, in whatever order they stand."""
    ((zeilen, summe),) = execute(con, sql("queries/melderegister/fingerabdruck"))
    return f"{zeilen}-{summe}"


def check_register(
    con: duckdb.DuckDBPyConnection,
    ablage: Ablage,
    kommune: Kommune,
    angaben: Melderegister,
    datei: Textdatei,
    stichtag: date,
    datenstand: date,
    abdruck: str,
) -> list[Befund]:
    """All findings about the extract in `getippt` and `bestand`; their severities are the municipality's."""
    p = Pruefer(con, kommune, angaben, datei.pfad.name)
    andere = _andere(ablage, kommune, stichtag)
    p.gleich(andere, abdruck)
    p.spruenge(andere, stichtag)
    p.personen(andere, stichtag)
    p.unbekannt()
    p.tage(stichtag, datenstand)
    p.option(ablage)
    p.einzelheiten(datei)
    return p.befunde


def _andere(ablage: Ablage, kommune: Kommune, stichtag: date) -> dict[date, Path]:
    """Staged persons of the municipality's other Stichtage."""
    ordner = ablage.tabelle("eingang", "melderegister", "x").parent
    dateien = {date.fromisoformat(d.stem.rpartition("_")[2]): d for d in ordner.glob(f"{kommune.id}_*.parquet")}
    return {tag: d for tag, d in sorted(dateien.items()) if tag != stichtag}


class Pruefer:
    """Collects the findings about one extract."""

    def __init__(self, con: duckdb.DuckDBPyConnection, kommune: Kommune, angaben: Melderegister, datei: str):
        self.con, self.kommune, self.angaben, self.datei = con, kommune, angaben, datei
        self.schwelle = kommune.angaben.schutz.mindestfallzahl
        self.befunde: list[Befund] = []
        self.bestand = self.zahl("select count(*) from bestand")

    def zahl(self, anweisung: str) -> int:
        return int(execute(self.con, anweisung)[0][0])

    def tell(self, code: Code, was: str, erwartet: str, schwere: Schwere | None = None) -> None:
        schwere = schwere or getattr(self.angaben.pruefungen, code.value)
        if code.value in PRUEFUNGEN:
            erwartet += f" (kommune.yaml, quellen.melderegister.pruefungen.{code.value})"
        draussen = STELLE.sub(lambda z: ungefaehr(int(z[1]), self.schwelle), was)
        was = STELLE.sub(lambda z: self.gezeigt(int(z[1])), was)
        erwartet = STELLE.sub(
            lambda z: ungefaehr(int(z[1]), self.schwelle), erwartet
        )  # one text for inside and outside
        self.befunde.append(Befund(code, schwere, self.datei, "", was, erwartet, draussen=draussen))

    def text(self, anzahl: int) -> str:
        """Place of a count in a message; `tell` writes it for the secure zone and, rounded, for outside."""
        return f"\x02{anzahl}\x03"

    def gezeigt(self, anzahl: int) -> str:
        """A count as it is shown in the secure zone."""
        return f"weniger als {self.schwelle}" if 0 < anzahl < self.schwelle else f"{anzahl:,}".replace(",", ".")

    def gleich(self, andere: dict[date, Path], abdruck: str) -> None:
        """The same lines under another Stichtag: one of the two has the wrong name."""
        if self.zahl("select count(*) from getippt") < GEBIET_MINDESTENS:
            return
        for tag, datei in andere.items():
            if (pq.read_metadata(datei).metadata or {}).get(b"fingerabdruck") == abdruck.encode():
                self.tell(
                    Code.auszug_gleich, f"der Auszug hat Zeile für Zeile denselben Inhalt wie der vom {tag:%d.%m.%Y}",
                    "je Stichtag ein eigener Auszug; eine der beiden Dateien trägt den falschen Stichtag",
                )  # fmt: skip

    def spruenge(self, andere: dict[date, Path], stichtag: date) -> None:
        """Against the extract before this one (the first after it, if there is none before)."""
        tag = _voriger(andere, stichtag)
        if tag is None:
            return
        zeilen = execute(
            self.con,
            f"""
            with frueher as (
                select gebiet_id, count(*) as frueher from read_parquet({pfadliste([andere[tag]])}) group by all
            ),
            jetzt as (select gebiet_id, count(*) as jetzt from bestand group by all)
            select gebiet_id, coalesce(frueher, 0), coalesce(jetzt, 0) from frueher full join jetzt using (gebiet_id)
            order by all
            """,
        )
        zum = f"am {tag:%d.%m.%Y}"
        vorher = sum(f for _, f, _ in zeilen)
        if max(vorher, self.bestand) >= BESTAND_MINDESTENS and _jumps(vorher, self.bestand):
            self.tell(Code.bestand_sprung, f"der Auszug hat {self.text(self.bestand)} Einwohner, {zum} waren es "
                       f"{self.text(vorher)}", "ein vollständiger Auszug derselben Kommune")  # fmt: skip
        namen = {g.gebiet_id: g.name for g in self.kommune.gebiete}
        for gebiet, frueher, jetzt in zeilen:
            if gebiet not in namen or max(frueher, jetzt) < GEBIET_MINDESTENS or not _jumps(frueher, jetzt):
                continue
            code = Code.gebiet_leer if jetzt == 0 else Code.gebiet_sprung
            self.tell(code, f"{namen[gebiet]} ({gebiet}) hat {self.text(jetzt)} Einwohner, {zum} waren es "
                       f"{self.text(frueher)}", "alle Gebiete mit ihren Einwohnern; sonst den Auszug prüfen")  # fmt: skip

    def personen(self, andere: dict[date, Path], stichtag: date) -> None:
        """Whether they are the persons of the extract before: by pseudonym, and where few are, by what they are.

        Birthday, sex, nationality, country of birth and area do not identify a person; that many agree with the extract
        before, and nobody by pid, happens when pids are assigned anew, and not when persons are others.
        """
        tag = _voriger(andere, stichtag)
        if tag is None:
            return
        vorher, gleiche, aehnliche = execute(
            self.con,
            f"""
            with frueher as (
                select pseudonym, {AEHNLICH} from read_parquet({pfadliste([andere[tag]])})
            ),
            jetzt as (select pseudonym, {AEHNLICH} from bestand),
            f as (select {AEHNLICH}, count(*) as anzahl from frueher group by all),
            j as (select {AEHNLICH}, count(*) as anzahl from jetzt group by all)
            select
                (select count(*) from frueher),
                (select count(*) from frueher semi join jetzt using (pseudonym)),
                (select coalesce(sum(least(f.anzahl, j.anzahl)), 0)::bigint from f join j on
                    {" and ".join(f"f.{s} is not distinct from j.{s}" for s in AEHNLICH.split(", "))})
            """,
        )[0]
        kleinerer = min(vorher, self.bestand)
        jahre = max(1.0, abs((stichtag - tag).days) / 365.25)
        grenze = self.angaben.mindestanteil_gleicher**jahre * kleinerer
        if kleinerer < BESTAND_MINDESTENS or gleiche >= grenze:
            return
        was = (f"von {self.text(vorher)} Personen des Auszugs vom {tag:%d.%m.%Y} sind nach ihrer pid {self.text(gleiche)} auch "
               f"in diesem ({self.text(self.bestand)} Personen)")  # fmt: skip
        erwartet = f"mindestens {self.text(math.ceil(grenze))} gemeinsame Personen (mindestanteil_gleicher)"
        if aehnliche >= grenze:
            self.tell(Code.pid_neu, f"{was}; nach Geburtstag, Geschlecht, Staatsangehörigkeit, Geburtsstaat und Gebiet passen "
                       f"{self.text(aehnliche)} zueinander: die pid ist wohl neu vergeben",
                       f"{erwartet}; pid, die eine Person behält")  # fmt: skip
        else:
            self.tell(Code.personen_fremd, f"{was}; auch nach Geburtstag, Geschlecht, Staatsangehörigkeit, Geburtsstaat und "
                       f"Gebiet passen nur {self.text(aehnliche)} zueinander",
                       f"{erwartet}; ein Auszug derselben Kommune")  # fmt: skip

    def unbekannt(self) -> None:
        """Persons of no known area: how many, and the keys that many of them have; keys whose zeros were restored."""
        ergaenzt = self.zahl("select count(*) from bestand where gebiet_ergaenzt")
        if ergaenzt:
            self.tell(Code.schluessel_ergaenzt, f"bei {self.text(ergaenzt)} Personen fehlten dem Gebietsschlüssel führende "
                       "Nullen; sie wurden ergänzt", "Schlüssel als Text, wie in gebiete.csv", Schwere.hinweis)  # fmt: skip
        ohne = self.zahl("select count(*) from bestand where not gebiet_bekannt")
        if not ohne:
            return
        haeufig = execute(
            self.con,
            f"""
            select gebiet_fremd, count(*) from bestand where gebiet_fremd is not null
            group by all having count(*) >= {self.schwelle} order by 2 desc, 1 limit 10
            """,
        )
        for schluessel, anzahl in haeufig:
            self.tell(Code.gebiet_unbekannt, f"»{schluessel}« steht nicht in gebiete.csv; {self.text(anzahl)} Personen "
                       "zählen deshalb im Gebiet »unbekannt«", "ein Gebiet dieses Schlüssels in gebiete.csv",
                       Schwere.warnung)  # fmt: skip
        if self.bestand >= BESTAND_MINDESTENS and ohne > self.angaben.hoechstanteil_unbekannt * self.bestand:
            grenze = f"{self.angaben.hoechstanteil_unbekannt:.1%}".replace(".", ",").replace("%", " %")
            self.tell(Code.unbekannt_anteil, f"{self.text(ohne)} von {self.text(self.bestand)} Einwohnern gehören zu keinem "
                       "Gebiet aus gebiete.csv", f"höchstens {grenze} (hoechstanteil_unbekannt)")  # fmt: skip

    def tage(self, stichtag: date, datenstand: date) -> None:
        """Moves after the data state, or nothing that happened near the Stichtag: the file may be of another day."""
        spaeter, letzter = execute(
            self.con,
            sql("queries/melderegister/letzte_ereignisse"),
            {"stand": max(stichtag, datenstand), "stichtag": stichtag},
        )[0]
        if spaeter >= self.schwelle:
            self.tell(Code.stichtag_zweifelhaft, f"{self.text(spaeter)} Zuzüge liegen nach dem Datenstand "
                       f"{max(stichtag, datenstand):%d.%m.%Y}", "ein Auszug, der zu seinem Namen passt")  # fmt: skip
        if self.bestand >= EREIGNISSE_MINDESTENS and (letzter is None or (stichtag - letzter).days > RUHE_TAGE):
            self.tell(Code.stichtag_zweifelhaft, f"in den letzten {RUHE_TAGE} Tagen vor dem Stichtag wurde niemand geboren und "
                       "niemand zog zu; der Auszug ist wohl älter", "ein Auszug zum Stichtag des Dateinamens")  # fmt: skip

    def option(self, ablage: Ablage) -> None:
        """How many persons bear the option mark while it is off, and which definitions would count them otherwise."""
        if self.angaben.optionskennzeichen.verwenden:
            return
        anzahl = self.zahl("select count(*) from bestand where optionskennzeichen")
        if not anzahl:
            return
        namen = [p.profil for p in profile_mit_option(ablage, self.kommune)]
        if namen:
            self.tell(Code.option_aus, f"{self.text(anzahl)} Personen tragen das Optionskennzeichen, das hier abgeschaltet ist; "
                       f"wie viele deshalb anders zählen, sagt marts.optionskennzeichen für: {', '.join(namen)}",
                       "bei Rechtsgrundlage quellen.melderegister.optionskennzeichen", Schwere.hinweis)  # fmt: skip

    def einzelheiten(self, datei: Textdatei) -> None:
        """Things to look at that do not make the extract doubtful."""
        ohne_datum, alte = execute(
            self.con,
            "select count(*) filter (where geburtstag is null), count(*) filter (where geburtstag < $grenze) from bestand",
            {"grenze": date(self._jahr() - HOHES_ALTER, 1, 1)},
        )[0]
        if ohne_datum >= self.schwelle:
            self.tell(Code.geburtsdatum_fehlt, f"{self.text(ohne_datum)} Personen haben kein Geburtsdatum; ihre Altersgruppe "
                       "ist »unbekannt«", "ein Geburtsdatum", Schwere.warnung)  # fmt: skip
        if alte:
            self.tell(Code.hohes_alter, f"{self.text(alte)} Personen sind über {HOHES_ALTER} Jahre alt",
                       "Sterbefälle, die noch nicht eingetragen sind, prüfen", Schwere.hinweis)  # fmt: skip
        nullen = self.zahl("select count(*) from getippt where nullen_verloren")
        if nullen:
            self.tell(Code.nullen_verloren, f"in {self.text(nullen)} Zeilen steht 0 statt 000: führende Nullen gingen verloren, "
                       "wohl beim Speichern mit Excel", "Schlüssel als Text; den Auszug nicht mit Excel öffnen",
                       Schwere.warnung)  # fmt: skip
        if datei.kodierung == "windows-1252":
            zeichen = self.zahl(
                f"select count(*) from alle_zeilen where regexp_matches(zeile_text, '{FREMDE_ZEICHEN}')"
            )
            if zeichen:
                self.tell(Code.zeichen_verdaechtig, f"in {self.text(zeichen)} Zeilen stehen „, ”, ™, š oder Ž mitten im Wort; "
                           "die Datei ist wohl in der DOS-Kodierung 850 geschrieben, und Umlaute sind falsch",
                           "UTF-8 oder Windows-1252", Schwere.warnung)  # fmt: skip

    def _jahr(self) -> int:
        return self.zahl("select year(getvariable('stichtag'))")


def _voriger(andere: dict[date, Path], stichtag: date) -> date | None:
    """The Stichtag before, or the first after it if there is none before."""
    return max((t for t in andere if t < stichtag), default=min(andere, default=None))


def _jumps(frueher: int, jetzt: int) -> bool:
    return jetzt <= SPRUNG_UNTER * frueher or jetzt >= SPRUNG_AB * frueher
