"""Register extract → staged persons, rejected rows, counts. All of it stays in the secure zone.

Belongs here: reading one extract, deciding which rows are usable and who belongs to the population. Does not belong
here: definitions of Migrationshintergrund. No value of a row leaves this module except the code of a code column when
the caller asks for it (`mit_werten`, used by `monitoring check` on the office's own terminal).
"""

import re
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import duckdb

from pipelines.definitionen.optionskennzeichen import als_merkmal, count_optionsfolge
from pipelines.eingang.grid.text_file import Textdatei, examine, kopfzeile, lesbar_machen, sep_zeilen, zeilen_in_utf8
from pipelines.eingang.melderegister.gebiet_key import gebietsschluessel
from pipelines.eingang.melderegister.geburtsort import encode_geburtsorte, read_geburtsorte
from pipelines.eingang.melderegister.line_layout import (
    KOPF_ERKANNT,
    TRENNZEICHEN_WORTE,
    Layout,
    check_shape,
    check_zuordnungen,
    fremdes_layout,
    kanonisches_layout,
)
from pipelines.eingang.melderegister.plausibility import PRUEFUNGEN, check_register, fingerabdruck
from pipelines.eingang.melderegister.rules import DOPPELT, NUR_FELDZAHL, REGELN, Zeilenregel
from pipelines.eingang.tabelle.dates import check_auszugstage
from pipelines.foundation.csv_list import read_staaten
from pipelines.foundation.findings import Befund, Code, LieferungAbgewiesen, Schwere, verschlossen
from pipelines.foundation.storage import Ablage, execute, lesepfad, sql, sqltext
from pipelines.stamm.kommune import Kommune, altersgrenzen
from pipelines.stamm.quellen.melderegister import Melderegister
from pipelines.stamm.referenz import gueltig
from schemas.spalten.person import AUSZUG, AUSZUGSSPALTEN

TRENNZEICHEN = ";"
ZEILEN_JE_REGEL = 20  # lines named one by one per rule; the rest is counted
SYNTHETISCH = "SYN"  # every pid of a generated extract begins so
HOECHSTALTER = 130
DATUMSFORM = re.compile(r"\d{1,2}\.\d{1,2}\.\d{2,4}|\d{2,4}-\d{1,2}-\d{1,2}|\d{8}")


@dataclass
class Einlesung:
    """What became of one extract. Counts are rows; `befunde` hold no values unless asked for."""

    datei: Textdatei
    gelesen: int
    uebernommen: int
    ausserhalb: int
    abgewiesen: int
    unbekanntes_gebiet: int
    synthetisch: bool
    befunde: list[Befund] = field(default_factory=list)


def read_auszug(
    ablage: Ablage,
    kommune: Kommune,
    pfad: Path,
    stichtag: date,
    datenstand: date,
    ziel: str | Path | None,
    mit_werten: bool = False,
) -> Einlesung:
    """Read one extract; with a partition key as `ziel` write persons and rejected rows, with a path only the persons.

    Without `ziel` it is only checked.

    Raises: LieferungAbgewiesen if nothing of the file may be used (unreadable, wrong columns, cut off, too many faults).
    """
    angaben = kommune.angaben.quellen.melderegister
    if angaben is None:
        raise LieferungAbgewiesen(
            [_fehler(Code.dateiformat, pfad.name, "", "kommune.yaml beschreibt keine Quelle melderegister",
                     "ein Abschnitt quellen.melderegister")]
        )  # fmt: skip
    if tage := check_auszugstage(pfad.name, stichtag, datenstand):
        raise LieferungAbgewiesen(tage)
    with verschlossen(pfad.name, "Melderegister lesen"):
        datei = examine(pfad)
        layout, befunde = check_datei(datei, angaben)
        orte, maengel = read_geburtsorte(kommune.ordner)
        if maengel:
            raise LieferungAbgewiesen(maengel)
        con = ablage.verbindung()
        kopie = lesbar_machen(datei, ablage.tmp)
        try:
            _prepare(con, kommune, angaben, stichtag, datenstand, ablage.schluessel(), layout)
            check_zuordnungen(con, kommune, angaben)
            _roh(con, kopie, layout)
            datei = _ohne_leere_letzte(con, datei, layout)
            if angaben.format.nach != "name":
                check_shape(con, datei, layout)
            for schritt in ("makros", "getippt", "doppelt", "bestand"):
                con.execute(sql(f"melderegister/{schritt}"))
            ergebnis = _count(con, datei, layout)
            ergebnis.befunde += befunde
            _check_last_line(con, datei)
            ergebnis.befunde += _zeilenbefunde(con, datei, layout, mit_werten)
            ergebnis.befunde += _gebietsbefunde(con, datei, layout, mit_werten)
            ergebnis.befunde += encode_geburtsorte(con, datei, orte)
            _check_anteil(ergebnis, angaben)
            abdruck = fingerabdruck(con)
            ergebnis.befunde += check_register(con, ablage, kommune, angaben, datei, stichtag, datenstand, abdruck)
            if any(b.schwere is Schwere.fehler and b.code.value in PRUEFUNGEN for b in ergebnis.befunde):
                raise LieferungAbgewiesen(ergebnis.befunde)
            if ziel:
                option = als_merkmal(count_optionsfolge(con, ablage, kommune, angaben))
                _write(ablage, con, ziel, datenstand, abdruck, option)
            return ergebnis
        finally:
            con.close()
            if kopie != pfad:
                kopie.unlink(missing_ok=True)


def _fehler(code: Code, datei: str, ort: str, was: str, erwartet: str, draussen: str | None = None) -> Befund:
    return Befund(code, Schwere.fehler, datei, ort, was, erwartet, draussen=draussen)


def check_datei(datei: Textdatei, angaben: Melderegister) -> tuple[Layout, list[Befund]]:
    """Layout of the extract, and remarks on how it had to be read.

    Raises: LieferungAbgewiesen for an empty or unreadable file or a header that is not the one expected.
    """
    name = datei.pfad.name
    if datei.bytes == 0:
        raise LieferungAbgewiesen(
            [_fehler(Code.datei_leer, name, "", "die Datei ist leer", "eine Kopfzeile und eine Zeile je Person")]
        )
    if datei.kodierung == "unlesbar":
        raise LieferungAbgewiesen(
            [_fehler(Code.kodierung, name, f"Zeile {datei.erste_fremde_zeile}",
                     "die Datei ist weder durchgehend UTF-8 noch Windows-1252", "UTF-8 (mit oder ohne BOM) oder Windows-1252")]
        )  # fmt: skip
    layout = _kanonisch(datei) if angaben.kanonisch else fremdes_layout(datei, angaben)
    layout = replace(layout, kopfzeilen=layout.kopfzeilen + sep_zeilen(datei))
    if datei.zeilen <= layout.kopfzeilen:
        raise LieferungAbgewiesen(
            [_fehler(Code.datei_leer, name, "Zeile 2", "nach der Kopfzeile folgt nichts", "eine Zeile je Person")]
        )
    hinweise = []
    if datei.kodierung == "windows-1252" and not angaben.format.kodierung:
        hinweise.append(
            Befund(Code.kodierung, Schwere.hinweis, name, f"Zeile {datei.erste_fremde_zeile}",
                   "die erste Zeile, die kein UTF-8 ist; die ganze Datei wurde als Windows-1252 gelesen", "UTF-8")
        )  # fmt: skip
    if datei.kodierung == "windows-1252" and (gemischt := zeilen_in_utf8(datei)):
        hinweise.append(
            Befund(Code.kodierung, Schwere.warnung, name, f"Zeile {gemischt[0]}",
                   f"Umlaute stehen teils in UTF-8, teils in Windows-1252; in {len(gemischt)} Zeilen sind sie entstellt (Orte "
                   "werden dann nicht erkannt)", "eine Kodierung für die ganze Datei; bitte den Auszug neu erzeugen",
                   zeilen=gemischt)
        )  # fmt: skip
    if datei.steuerzeichen:
        hinweise.append(
            Befund(Code.dateiformat, Schwere.warnung, name, "",
                   f"{datei.steuerzeichen} Steuerzeichen stehen im Text; sie sind durch \ufffd ersetzt",
                   "Text ohne Steuerzeichen")
        )  # fmt: skip
    if datei.zeilenende in ("cr", "gemischt") or datei.einzelne_cr:
        was = {"cr": "die Zeilen enden nur mit CR", "gemischt": "die Zeilen enden teils mit LF, teils mit CR LF"}.get(
            datei.zeilenende, "einzelne CR stehen innerhalb von Zeilen"
        )
        hinweise.append(Befund(Code.zeilenende, Schwere.warnung, name, "Zeile 1", was, "einheitlich LF oder CR LF"))
    return layout, hinweise


def _kanonisch(datei: Textdatei) -> Layout:
    spalten = [s.strip() for s in kopfzeile(datei).split(TRENNZEICHEN)]
    if befunde := _check_header(datei.pfad.name, spalten):
        raise LieferungAbgewiesen(befunde)
    return kanonisches_layout(spalten)


def _check_header(name: str, spalten: list[str]) -> list[Befund]:
    pflicht = [s.name for s in AUSZUG if s.pflichtspalte]
    erkannt = sum(p in spalten for p in pflicht)
    ort = "Zeile 1 (Kopfzeile)"
    if erkannt < KOPF_ERKANNT * len(pflicht):
        anderes = next(
            (wort for z, wort in TRENNZEICHEN_WORTE.items() if len(set(pflicht) & set(spalten[0].split(z))) >= 2), None
        )
        if anderes:
            return [_fehler(Code.trennzeichen, name, ort, f"die Spalten sind durch {anderes} getrennt", "Semikolon")]
        if form := _kopfform(spalten, pflicht):
            return [_fehler(Code.kopfzeile, name, ort, f"die Spaltennamen stehen {form}", "die Spaltennamen genau so: "
                            + ", ".join(pflicht))]  # fmt: skip
        return [_fehler(Code.kopfzeile, name, ort, "die erste Zeile ist keine Kopfzeile des Auszugs (ihr Inhalt wird nicht "
                        "gezeigt)", "die Spaltennamen, durch Semikolon getrennt, mindestens " + ", ".join(pflicht))]  # fmt: skip
    befunde = []
    # A line all of whose cells look like names is a header; where one does not (a row of data may be glued to it), no
    # unknown cell is shown.
    nur_namen = all(s.isidentifier() and len(s) <= 40 for s in spalten)
    for nummer, spalte in enumerate(spalten, start=1):
        if spalte not in AUSZUGSSPALTEN:
            gezeigt = f"»{spalte}« " if nur_namen else ""
            befunde.append(
                _fehler(Code.spalte_unbekannt, name, f"{ort}, Spalte {nummer}",
                        f"die Spalte {gezeigt}ist nicht vorgesehen und darf nicht eingelesen werden (Datensparsamkeit)",
                        "nur " + ", ".join(AUSZUGSSPALTEN) + "; bitte die Spalte aus dem Auszug entfernen")
            )  # fmt: skip
        elif spalten.index(spalte) != nummer - 1:
            befunde.append(
                _fehler(Code.spalte_doppelt, name, f"{ort}, Spalte {nummer}", f"die Spalte »{spalte}« steht zweimal da",
                        "jede Spalte einmal")
            )  # fmt: skip
    for spalte in pflicht:
        if spalte not in spalten:
            befunde.append(
                _fehler(Code.spalte_fehlt, name, ort, f"die Spalte »{spalte}« fehlt",
                        "alle Pflichtspalten: " + ", ".join(pflicht))
            )  # fmt: skip
    return befunde


def _kopfform(spalten: list[str], pflicht: list[str]) -> str:
    """How a header differs that has the right names but for quotes or capitals; empty if it is another one."""
    ohne = [s.strip("\"'") for s in spalten]
    for form, namen in (
        ("in Anführungszeichen", ohne),
        ("in Großbuchstaben", [s.lower() for s in spalten]),
        ("in Anführungszeichen und Großbuchstaben", [s.lower() for s in ohne]),
    ):
        if sum(p in namen for p in pflicht) >= KOPF_ERKANNT * len(pflicht):
            return form
    return ""


def _prepare(
    con: duckdb.DuckDBPyConnection,
    kommune: Kommune,
    angaben: Melderegister,
    stichtag: date,
    datenstand: date,
    schluessel: str,
    layout: Layout,
) -> None:
    staaten = gueltig(kommune.ordner.parent, "staaten.csv")
    read_staaten(staaten)  # says in German what is wrong with it
    con.execute(
        "create temp table staaten as select staat, als_staat <> 'nein' or staat in ('998', '999') as ist_staat "
        "from read_csv(?, delim=';', header=true, all_varchar=true)",
        [lesepfad(staaten)],
    )
    jahre = [
        (j, name)
        for name, von, bis in altersgrenzen(kommune.angaben.altersgruppen)
        for j in range(von, (HOECHSTALTER if bis is None else bis) + 1)
    ]
    schluessel_von = gebietsschluessel([g.gebiet_id for g in kommune.gebiete])
    _create_list(con, "gebiete", schluessel=list(schluessel_von), gebiet_id=list(schluessel_von.values()))
    con.execute("alter table gebiete add column ergaenzt boolean")
    con.execute("update gebiete set ergaenzt = schluessel <> gebiet_id")
    erlaubt = [(s.name, w) for s in AUSZUG for w in s.werte]
    _create_list(con, "erlaubt", spalte=[s for s, _ in erlaubt], wert=[w for _, w in erlaubt])
    _create_list(con, "altersgruppen", jahre=[j for j, _ in jahre], altersgruppe=[n for _, n in jahre])
    for name, wert in {
        "stichtag": stichtag,
        "datenstand": max(stichtag, datenstand),
        "schluessel": schluessel,
        "fruehester_geburtstag": date(stichtag.year - HOECHSTALTER, 1, 1),
        "option_erlaubt": angaben.optionskennzeichen.verwenden,
        "felder_erwartet": layout.felder_erwartet,
        "ohne_kopfzeile": layout.kopfzeilen == 0,
    }.items():
        con.execute(f"set variable {name} = $wert", {"wert": wert})


def _create_list(con: duckdb.DuckDBPyConnection, name: str, **spalten: "list[str] | list[int]") -> None:
    """A temp table from equally long columns."""
    felder = ", ".join(f"unnest(${s}) as {s}" for s in spalten)
    con.execute(f"create temp table {name} as select {felder}", spalten)


def _roh(con: duckdb.DuckDBPyConnection, kopie: Path, layout: Layout) -> None:
    """View `roh`: line number, number of fields, hash of the line, canonical columns as text ('' is NULL).

    Each line is read as one column and split here: no quoting rule can swallow a row, and line numbers are exact.
    """
    con.execute("set variable datei = $p", {"p": lesepfad(kopie)})
    con.execute(
        f"create temp table zeilen as select row_number() over () + {layout.kopfzeilen} as zeile, zeile_text from read_csv("
        "getvariable('datei'), auto_detect=false, delim='\x01', quote='', escape='', header=false, "
        f"skip={layout.kopfzeilen}, new_line='\\n', "
        "columns={'zeile_text': 'VARCHAR'}, encoding='utf-8', nullstr='\x02', max_line_size=1000000)"
    )
    con.execute(f"create temp view roh as {layout.sicht()}")


def _ohne_leere_letzte(con: duckdb.DuckDBPyConnection, datei: Textdatei, layout: Layout) -> Textdatei:
    """Blank lines at the end are no persons: they leave the table of lines and the count of the file's lines."""
    if execute(con, "select trim(zeile_text) <> '' from zeilen order by zeile desc limit 1") == [(True,)]:
        return datei
    ((letzte,),) = execute(con, "select coalesce(max(zeile), 0) from zeilen where trim(zeile_text) <> ''")
    if letzte <= layout.kopfzeilen:
        raise LieferungAbgewiesen(
            [_fehler(Code.datei_leer, datei.pfad.name, "Zeile 2", "nach der Kopfzeile folgt nichts", "eine Zeile je Person")]
        )  # fmt: skip
    con.execute("delete from zeilen where zeile > $z", {"z": letzte})
    return replace(datei, zeilen=letzte, endet_mit_zeilenende=True)


def _count(con: duckdb.DuckDBPyConnection, datei: Textdatei, layout: Layout) -> Einlesung:
    (zeile,) = execute(
        con,
        """
        select
            (select count(*) from getippt),
            (select count(*) from bestand),
            (select count(*) from getippt where einzelfehler <> 0 or zeile in (select zeile from doppelt)),
            (select count(*) from bestand where not gebiet_bekannt),
            (select count(*) from getippt where einzelfehler & 1 = 0 and starts_with(pid, $marke)),
            (select count(*) from getippt where einzelfehler & 1 = 0 and pid is not null)
        """,
        {"marke": SYNTHETISCH},
    )
    gelesen, uebernommen, abgewiesen, unbekannt, synthetisch, mit_pid = zeile
    name = datei.pfad.name
    datenzeilen = datei.zeilen - layout.kopfzeilen
    if gelesen != datenzeilen:
        raise LieferungAbgewiesen(
            [_fehler(Code.zeilenbilanz, name, "", f"die Datei hat {datenzeilen} Datenzeilen, gelesen wurden {gelesen}",
                     "jede Zeile der Datei genau einmal", "nicht jede Datenzeile der Datei wurde gelesen")]
        )  # fmt: skip
    if 0 < synthetisch < mit_pid:
        raise LieferungAbgewiesen(
            [_fehler(Code.synthetisch_gemischt, name, "", f"{synthetisch} von {mit_pid} Zeilen tragen das Kennzeichen "
                     f"synthetischer Personen (pid beginnt mit {SYNTHETISCH})", "entweder alle oder keine",
                     "nur ein Teil der Zeilen trägt das Kennzeichen synthetischer Personen")]
        )  # fmt: skip
    return Einlesung(
        datei, gelesen, uebernommen, gelesen - uebernommen - abgewiesen, abgewiesen, unbekannt, synthetisch > 0
    )


def _check_last_line(con: duckdb.DuckDBPyConnection, datei: Textdatei) -> None:
    """A file that ends without a line end may have been cut: then its last row must at least be a sound one."""
    if datei.endet_mit_zeilenende:
        return
    (letzte,) = execute(
        con, "select einzelfehler <> 0 or not gebiet_bekannt from getippt where zeile = $z", {"z": datei.zeilen}
    )
    if letzte[0]:
        raise LieferungAbgewiesen(
            [_fehler(Code.letzte_zeile, datei.pfad.name, f"Zeile {datei.zeilen}",
                     "die letzte Zeile ist unvollständig, die Datei ist wohl abgeschnitten",
                     "eine vollständige Datei mit Zeilenende; bitte den Auszug neu erzeugen")]
        )  # fmt: skip


def _zeilenbefunde(con: duckdb.DuckDBPyConnection, datei: Textdatei, layout: Layout, mit_werten: bool) -> list[Befund]:
    """One finding per rule and row, up to ZEILEN_JE_REGEL rows a rule, then one with the rest's count."""
    befunde: list[Befund] = []
    fehlerhaft = execute(con, "select bit_or(einzelfehler) from getippt where einzelfehler <> 0")[0][0] or 0
    for regel in REGELN:
        if fehlerhaft >> regel.bit & 1:
            nur_diese = "" if regel.bit == 0 else f"and einzelfehler & {NUR_FELDZAHL} = 0"
            bedingung = f"from getippt where einzelfehler >> {regel.bit} & 1 = 1 {nur_diese}"
            befunde += _je_zeile(con, datei, layout, regel, bedingung, mit_werten)
    befunde += _je_zeile(con, datei, layout, DOPPELT, "from doppelt where true", mit_werten=False)
    return befunde


def _je_zeile(
    con: duckdb.DuckDBPyConnection,
    datei: Textdatei,
    layout: Layout,
    regel: Zeilenregel,
    bedingung: str,
    mit_werten: bool,
) -> list[Befund]:
    regel = layout.regel(regel)
    (anzahl,) = execute(con, f"select count(*) {bedingung}")[0]
    zeilen = [z for (z,) in execute(con, f"select zeile {bedingung} order by zeile limit {ZEILEN_JE_REGEL}")]
    zeigen = mit_werten and regel.spalte in AUSZUGSSPALTEN and AUSZUGSSPALTEN[regel.spalte].is_code
    spalte = f", Spalte {layout.name(regel.spalte)}" if regel.spalte else ""
    befunde = [
        Befund(
            regel.code, Schwere.fehler, datei.pfad.name, f"Zeile {z}{spalte}", regel.was, regel.sollwert(),
            zeilen=(z,), gefunden=_code(con, regel.spalte, z, layout.codelaenge) if zeigen else None,
        )
        for z in zeilen
    ]  # fmt: skip
    if anzahl > len(zeilen):
        befunde.append(
            Befund(regel.code, Schwere.fehler, datei.pfad.name, spalte.lstrip(", "),
                   f"{regel.was}: {anzahl - len(zeilen)} weitere Zeilen", regel.sollwert(), anzahl=anzahl - len(zeilen))
        )  # fmt: skip
    return befunde


def _code(con: duckdb.DuckDBPyConnection, spalte: str, zeile: int, laenge: int) -> str | None:
    """The code in one cell, for the office's own terminal; a long value or a date is no code and is not shown."""
    wert = execute(con, f"select {spalte} from roh where zeile = $z", {"z": zeile})[0][0]
    return f"»{wert}«" if wert is not None and len(wert) <= laenge and not DATUMSFORM.fullmatch(wert) else None


def _gebietsbefunde(con: duckdb.DuckDBPyConnection, datei: Textdatei, layout: Layout, mit_werten: bool) -> list[Befund]:
    regel = Zeilenregel(62, "gebiet_id", Code.gebiet_unbekannt, "das Gebiet steht nicht in gebiete.csv; die Person zählt "
                        "im Gebiet »unbekannt«")  # fmt: skip
    befunde = _je_zeile(con, datei, layout, regel, "from bestand where not gebiet_bekannt", mit_werten)
    return [Befund(**{**b.__dict__, "schwere": Schwere.warnung}) for b in befunde]


def _check_anteil(ergebnis: Einlesung, angaben: Melderegister) -> None:
    anteil = ergebnis.abgewiesen / ergebnis.gelesen
    if anteil > angaben.hoechstanteil_abgewiesen:
        name = ergebnis.datei.pfad.name
        prozent = f"{angaben.hoechstanteil_abgewiesen:.2%}".replace(".", ",").replace("%", " %")
        grenze = f"höchstens {prozent} (kommune.yaml, hoechstanteil_abgewiesen)"
        kopf = _fehler(Code.zu_viele_abgewiesen, name, "", f"{ergebnis.abgewiesen} von {ergebnis.gelesen} Zeilen sind "
                       "unbrauchbar; die ganze Lieferung wird zurückgewiesen", grenze,
                       "mehr Zeilen als erlaubt sind unbrauchbar; die ganze Lieferung wird zurückgewiesen")  # fmt: skip
        raise LieferungAbgewiesen([kopf, *ergebnis.befunde])


def _write(
    ablage: Ablage, con: duckdb.DuckDBPyConnection, ziel: str | Path, datenstand: date, abdruck: str, option: str
) -> None:
    """Persons and rejected rows as Parquet, each replaced atomically. Rejected rows keep their whole line.

    The persons' file says of which data state it is (bevoelkerung/datenstand.py): the record of a later delivery may not. It
    says, too, what the switched-off option mark would change (definitionen/optionskennzeichen.py).

    Rejected rows bear the line number of the file. Persons of a file without a header count as if it had one: their number
    only links children with parents, and 1 is not in its range.
    """
    personen = sql("melderegister/personen")
    if execute(con, "select getvariable('ohne_kopfzeile')")[0][0]:
        zeilen = ("zeile", "eltern_1_zeile", "eltern_2_zeile")
        personen = f"select * replace ({', '.join(f'{z} + 1 as {z}' for z in zeilen)}) from ({personen})"
    regeln = ", ".join(
        f"case when einzelfehler >> {r.bit} & 1 = 1 then '{r.spalte}: {r.code.value}' end" for r in REGELN
    )
    con.execute(
        f"""
        create or replace temp view abgewiesen as
        select z.zeile, list_filter([{regeln}, case when d.zeile is not null then 'pid: pid_doppelt' end],
            lambda r: r is not null) as regeln, z.zeile_text
        from zeilen as z
        inner join getippt as g on z.zeile = g.zeile
        left join doppelt as d on z.zeile = d.zeile
        where g.einzelfehler <> 0 or d.zeile is not null
        order by z.zeile
        """
    )
    dateien = [(ziel, personen)] if isinstance(ziel, Path) else [
        (ablage.tabelle("eingang", "melderegister", ziel), personen),
        (ablage.tabelle("abgewiesen", "melderegister", ziel), "from abgewiesen"),
    ]  # fmt: skip
    for pfad, auswahl in dateien:
        with ablage.neu(pfad) as neu:
            con.execute(
                f"copy ({auswahl}) to {sqltext(neu)} "
                "(format parquet, compression zstd, kv_metadata "
                f"{{datenstand: '{datenstand.isoformat()}', fingerabdruck: '{abdruck}', optionskennzeichen: {sqltext(option)}}})"
            )
