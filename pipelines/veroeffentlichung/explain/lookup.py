"""`monitoring explain --wert`: which published figure is meant, and where in which release it stands.

Belongs here: reading the key a user typed, finding the one row, saying what is wrong with a key. Does not belong here: the words
of the explanation (text.py) and what is known about a figure (sql/ansichten/herkunft_der_zahl.sql).
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.foundation.storage import Ablage
from pipelines.foundation.yaml_file import aehnlich
from pipelines.veroeffentlichung.archive import ARCHIV, veroeffentlichungen
from pipelines.veroeffentlichung.explain.text import Satz, Zusammenhang, erklaerung
from pipelines.veroeffentlichung.views import schluesseltext
from pipelines.veroeffentlichung.withdraw import zurueckgezogene
from schemas.tabellen.herkunft import ERKLAERT, HERKUNFT, NUR_GENANNT
from schemas.tabellen.registry import TABELLEN

HOECHSTENS = 10  # rows or values listed
HAUPTZAHL = {"marts.migrationshintergrund": "personen_mit_mh"}  # else the first figure of the row
# Where a figure is called by what it measures, that id may be given as --kennzahl.
KENNUNG = {"marts.indikator_zeitreihe": "indikator", "marts.tabellenwert": "merkmal", "marts.segregation": "mass"}
_JA_NEIN = {"ja": "true", "nein": "false"}


@dataclass(frozen=True)
class Auskunft:
    """The text for the screen; `gefunden` is False where no row has this key."""

    text: str
    gefunden: bool


@dataclass(frozen=True)
class Suche:
    """What was asked: conditions column → text, the table if it was named, the figure if it was named."""

    bedingungen: dict[str, str]
    tabelle: str | None = None
    kennzahl: str | None = None


@dataclass(frozen=True)
class Form:
    """A table of the opened file: columns → type, key columns in order, columns with figures."""

    name: str
    spalten: dict[str, str]
    schluessel: list[str]
    zahlen: list[str]


def read_key(text: str, tabelle: str | None = None, kennzahl: str | None = None) -> Suche:
    """`marts.segregation: kommune=k; mass=eta2` → what is asked; the table may be missing or stand in `tabelle` alone.

    Raises: KonfigurationsFehler for a part that is no `spalte=wert`, a column named twice, two tables.
    """
    kopf = re.match(r"\s*([A-Za-z_][\w.]*)\s*:", text)
    genannt = kopf[1] if kopf else None
    if genannt and tabelle and _voll(genannt) != _voll(tabelle):
        raise KonfigurationsFehler(f"--wert nennt die Tabelle {genannt}, --tabelle aber {tabelle}.")
    bedingungen: dict[str, str] = {}
    # A value may hold a semicolon: a part begins with a column name.
    for teil in re.split(r";\s*(?=[A-Za-z_]+\s*=)", text[kopf.end() :] if kopf else text):
        if not teil.strip():
            continue
        name, gleich, wert = (t.strip() for t in teil.rstrip("; \t").partition("="))
        if not gleich or not name:
            raise KonfigurationsFehler(
                f"»{teil.strip()}« ist keine Angabe der Form spalte=wert. Beispiel: "
                '--wert "marts.migrationshintergrund: kommune=luenen; gebiet_id=01; stichtag=2021-06-30"'
            )
        if name in bedingungen:
            raise KonfigurationsFehler(f"Die Spalte {name} steht zweimal im Schlüssel.")
        bedingungen[name] = wert
    voll = _voll(genannt or tabelle) if genannt or tabelle else None
    return Suche(bedingungen, voll, kennzahl)


def _voll(tabelle: str | None) -> str:
    return tabelle if tabelle and "." in tabelle else f"marts.{tabelle}"


def explain_wert(ablage: Ablage, search: Suche, veroeffentlichung: str | None = None) -> Auskunft:
    """Explain one published figure in German, of the valid release or of an archived one.

    Raises: KonfigurationsFehler for an unknown release, table, column or figure, and for a key that more than one row has.
    """
    datei = _datei(ablage, veroeffentlichung)
    try:
        con = duckdb.connect(str(datei), read_only=True)
    except duckdb.Error as grund:
        raise KonfigurationsFehler(f"{datei} lässt sich nicht öffnen ({type(grund).__name__}).") from None
    try:
        return _explain(con, search, datei)
    finally:
        con.close()


def _datei(ablage: Ablage, veroeffentlichung: str | None) -> Path:
    if veroeffentlichung is not None:
        archiv = ablage.marts / ARCHIV
        namen = veroeffentlichungen(ablage)
        if grund := zurueckgezogene(ablage).get(veroeffentlichung):
            raise KonfigurationsFehler(
                f"Die Veröffentlichung »{veroeffentlichung}« ist zurückgezogen (intern/archiv). {grund}"
            )
        if veroeffentlichung not in namen:
            raise KonfigurationsFehler(
                f"Die Veröffentlichung »{veroeffentlichung}« gibt es nicht in {archiv}. "
                f"Vorhanden: {', '.join(namen) or 'keine'}."
            )
        return archiv / veroeffentlichung / ablage.publikation.name
    if not ablage.publikation.exists():
        raise KonfigurationsFehler(
            f"Es gibt noch keine Veröffentlichung ({ablage.publikation}). Zuerst: monitoring refresh"
        )
    return ablage.publikation


def saetze(con: duckdb.DuckDBPyConnection, anweisung: str, werte: list[Any] | None = None) -> list[Satz]:
    """Rows of a query as dictionaries."""
    ergebnis = con.execute(anweisung, werte or [])
    namen = [d[0] for d in ergebnis.description or []]
    return [dict(zip(namen, z, strict=True)) for z in ergebnis.fetchall()]


def _explain(con: duckdb.DuckDBPyConnection, search: Suche, datei: Path) -> Auskunft:
    formen = _formen(con, datei)
    passende, bedingungen = _narrow(con, formen, search)
    treffer: list[tuple[Form, Satz]] = []
    anzahl = 0
    for form in passende:
        wo, werte = _bedingung(form, bedingungen[form.name])
        abfrage = (
            f"select *, {schluesseltext(form.schluessel, 't')} as schluessel_text "
            f"from {form.name} as t where {wo} order by all limit ?"
        )
        anzahl += con.execute(f"select count(*) from {form.name} where {wo}", werte).fetchall()[0][0]
        treffer += [(form, z) for z in saetze(con, abfrage, [*werte, HOECHSTENS])]
    if not treffer:
        return Auskunft(_nicht_gefunden(con, passende, bedingungen), False)
    if anzahl > 1:
        raise KonfigurationsFehler(_mehrdeutig(con, treffer, anzahl, bedingungen))
    form, zeile = treffer[0]
    # The view computes at each question: with its day it computes for that day only.
    tag = " and stichtag = ?" if "stichtag" in zeile else ""
    zahlen = saetze(
        con,
        f"from {HERKUNFT.voll} where tabelle = ? and kommune = ? and schluessel = ?{tag}",
        [form.name, zeile["kommune"], zeile["schluessel_text"], *([zeile["stichtag"]] if tag else [])],
    )
    zahlen.sort(key=lambda z: form.zahlen.index(z["spalte"]))
    wahl = search.kennzahl if search.kennzahl in form.zahlen else HAUPTZAHL.get(form.name, form.zahlen[0])
    zahl = next(z for z in zahlen if z["spalte"] == wahl)
    return Auskunft(erklaerung(zahl, zahlen, zeile, _zusammenhang(con, form, zeile, wahl)), True)


def _formen(con: duckdb.DuckDBPyConnection, datei: Path) -> dict[str, Form]:
    """The explained tables as this file has them: an archived release may be older than the vocabulary."""
    if not con.execute("select 1 from duckdb_views() where view_name = ?", [HERKUNFT.name]).fetchall():
        raise KonfigurationsFehler(
            f"{datei} stammt aus einer früheren Fassung des Programms und enthält die Ansicht {HERKUNFT.voll} noch nicht."
        )
    spalten: dict[str, dict[str, str]] = {}
    for tabelle, name, typ in con.execute(
        "select schema_name || '.' || table_name, column_name, data_type from duckdb_columns() "
        "where not internal order by table_oid, column_index"
    ).fetchall():
        spalten.setdefault(tabelle, {})[name] = typ
    return {
        t: Form(
            t,
            spalten[t],
            [s for s in TABELLEN[t].schluessel if s in spalten[t]],
            [z for z in zahlen if z in spalten[t]],
        )
        for t, zahlen in ERKLAERT.items()
        if t in spalten
    }


def _aehnlich(gefunden: str, erlaubt: list[str]) -> str:
    vorschlag = aehnlich(gefunden, erlaubt)
    return f" Meinten Sie »{vorschlag}«?" if vorschlag else f" Möglich: {', '.join(erlaubt)}."


def _narrow(
    con: duckdb.DuckDBPyConnection, formen: dict[str, Form], search: Suche
) -> tuple[list[Form], dict[str, dict[str, str]]]:
    """The tables that can be meant, and for each the conditions on its columns."""
    if search.tabelle is not None and search.tabelle not in formen:
        raise KonfigurationsFehler(
            f"Für die Tabelle »{search.tabelle}« ist keine Herkunft je Zahl vorhanden.{_aehnlich(search.tabelle, list(formen))}"
        )
    gefragt = [formen[search.tabelle]] if search.tabelle else [f for f in formen.values() if f.name not in NUR_GENANNT]
    for spalte in search.bedingungen:
        if not any(spalte in f.spalten for f in gefragt):
            erlaubt = list(dict.fromkeys(s for f in gefragt for s in (*f.schluessel, *f.spalten)))
            wo = f" in {search.tabelle}" if search.tabelle else ""
            vorschlag = aehnlich(spalte, erlaubt)
            schluessel = ", ".join(dict.fromkeys(s for f in gefragt for s in f.schluessel))
            mehr = f" Meinten Sie »{vorschlag}«?" if vorschlag else f" Schlüsselspalten: {schluessel}."
            raise KonfigurationsFehler(f"Die Spalte »{spalte}« gibt es{wo} nicht.{mehr}")
    passende = [f for f in gefragt if set(search.bedingungen) <= set(f.spalten)]
    if not passende:
        je_spalte = "; ".join(
            f"{s}: {', '.join(f.name for f in gefragt if s in f.spalten)}" for s in search.bedingungen
        )
        raise KonfigurationsFehler(f"Keine Tabelle hat alle genannten Spalten. Sie stehen in – {je_spalte}.")
    bedingungen = {f.name: dict(search.bedingungen) for f in passende}
    if search.kennzahl is None:
        return passende, bedingungen
    mit_kennzahl = []
    for f in passende:
        kennung = KENNUNG.get(f.name)
        if search.kennzahl in f.zahlen:
            mit_kennzahl.append(f)
        elif (
            kennung and con.execute(f"select 1 from {f.name} where {kennung} = ? limit 1", [search.kennzahl]).fetchall()
        ):
            if bedingungen[f.name].setdefault(kennung, search.kennzahl) != search.kennzahl:
                raise KonfigurationsFehler(f"--kennzahl und {kennung} im Schlüssel nennen Verschiedenes.")
            mit_kennzahl.append(f)
    if not mit_kennzahl:
        zahlen = list(dict.fromkeys(z for f in passende for z in f.zahlen))
        wo = passende[0].name if len(passende) == 1 else "diesen Tabellen"
        raise KonfigurationsFehler(
            f"Die Kennzahl »{search.kennzahl}« gibt es in {wo} nicht.{_aehnlich(search.kennzahl, zahlen)}"
        )
    return mit_kennzahl, bedingungen


def _wert(text: str, typ: str) -> str:
    """A value as the database writes it: German dates and yes/no are understood."""
    if typ == "BOOLEAN":
        return _JA_NEIN.get(text.lower(), text.lower())
    deutsch = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", text)
    return f"{deutsch[3]}-{int(deutsch[2]):02d}-{int(deutsch[1]):02d}" if typ == "DATE" and deutsch else text


def _bedingung(form: Form, bedingungen: dict[str, str], ohne: str | None = None) -> tuple[str, list[str]]:
    teile = {s: _wert(w, form.spalten[s]) for s, w in bedingungen.items() if s != ohne}
    return " and ".join(f"{s}::varchar = ?" for s in teile) or "true", list(teile.values())


def _werte(con: duckdb.DuckDBPyConnection, form: Form, spalte: str, wo: str, werte: list[str]) -> tuple[list[str], int]:
    """First values of a column among the rows that meet a condition, and how many there are."""
    alle = con.execute(
        f"select distinct {spalte}::varchar from {form.name} where {wo} and {spalte} is not null order by all", werte
    ).fetchall()
    return [w for (w,) in alle[:HOECHSTENS]], len(alle)


def _nicht_gefunden(con: duckdb.DuckDBPyConnection, formen: list[Form], bedingungen: dict[str, dict[str, str]]) -> str:
    """No such row; what exists if one part of the key were another."""
    zeilen = ["Diese Zahl gibt es in der Veröffentlichung nicht."]
    for form in formen:
        je = bedingungen[form.name]
        nah = []
        for spalte in je:
            vorhanden, anzahl = _werte(con, form, spalte, *_bedingung(form, je, ohne=spalte))
            if vorhanden:
                mehr = f" … ({anzahl})" if anzahl > len(vorhanden) else ""
                nah.append(f"  {spalte}={je[spalte]} gibt es hier nicht; vorhanden: {', '.join(vorhanden)}{mehr}")
        for spalte in je if not nah else ():
            vorhanden, anzahl = _werte(con, form, spalte, "true", [])
            gesucht = _wert(je[spalte], form.spalten[spalte])
            if (
                gesucht not in vorhanden
                and not con.execute(
                    f"select 1 from {form.name} where {spalte}::varchar = ? limit 1", [gesucht]
                ).fetchall()
            ):
                mehr = f" … ({anzahl})" if anzahl > len(vorhanden) else ""
                nah.append(f"  {spalte}={je[spalte]} gibt es nirgends; vorhanden: {', '.join(vorhanden)}{mehr}")
        if nah:
            zeilen += [f"In {form.name}:", *nah]
        zeilen += _entfallen(con, form, je)
    if len(zeilen) == 1:
        zeilen.append("Jede Angabe für sich gibt es, aber nicht zusammen; bitte weniger Angaben nennen.")
    return "\n".join(zeilen)


def _entfallen(con: duckdb.DuckDBPyConnection, form: Form, bedingungen: dict[str, str]) -> list[str]:
    """Whether a row with exactly this key was published before."""
    if set(bedingungen) != set(form.schluessel):
        return []
    text = "; ".join(f"{s}={_wert(bedingungen[s], form.spalten[s])}" for s in form.schluessel)
    return [
        f"Bis zur Veröffentlichung {vorher} gab es sie; seit {seit} ist sie entfallen."
        for vorher, seit in con.execute(
            "select veroeffentlichung_vorher, veroeffentlichung from protokoll.revision "
            "where tabelle = ? and schluessel = ? and spalte = '*' order by veroeffentlichung",
            [form.name, text],
        ).fetchall()
    ]


def _mehrdeutig(
    con: duckdb.DuckDBPyConnection,
    treffer: list[tuple[Form, Satz]],
    anzahl: int,
    bedingungen: dict[str, dict[str, str]],
) -> str:
    """More than one row: some of them, and which parts of the key are missing."""
    formen = {f.name: f for f, _ in treffer}
    zeilen = [f"Der Schlüssel passt zu {anzahl} Zeilen. Die ersten:"]
    zeilen += [f"  {f.name}: {z['schluessel_text']}" for f, z in treffer[:HOECHSTENS]]
    for form in formen.values():
        wo, werte = _bedingung(form, bedingungen[form.name])
        fehlend = []
        for spalte in form.schluessel:
            vorhanden, verschiedene = _werte(con, form, spalte, wo, werte)
            if verschiedene > 1:
                fehlend.append(f"{spalte} ({', '.join(vorhanden[:5])}{' …' if verschiedene > 5 else ''})")
        if fehlend:
            zeilen.append(f"In {form.name} fehlt: {', '.join(fehlend)}.")
    if len(formen) > 1:
        zeilen.append("Es fehlt die Tabelle: --tabelle NAME.")
    return "\n".join(zeilen)


def _zusammenhang(con: duckdb.DuckDBPyConnection, form: Form, zeile: Satz, spalte: str) -> Zusammenhang:
    """What stands elsewhere in the file: the column's description, breaks of the definition, the comparable stretch."""
    beschreibung = con.execute(
        "select beschreibung from dim.spalte where tabelle = ? and spalte = ?", [form.name, spalte]
    ).fetchall()
    brueche = saetze(
        con,
        "select datum, grund from dim.bruch where gilt_fuer = 'profil' and schluessel = ? order by datum",
        [zeile.get("profil")],
    )
    abschnitt = None
    if "abschnitt" in zeile and "zeitraum" in form.schluessel:
        serie = [s for s in form.schluessel if s != "zeitraum"]
        abschnitt = saetze(
            con,
            f"select min(zeitraum) as von, max(zeitraum) as bis, count(wert) as werte from {form.name} where abschnitt = ? and "
            + " and ".join(f"{s} = ?" for s in serie),
            [zeile["abschnitt"], *(zeile[s] for s in serie)],
        )[0]
    return Zusammenhang(beschreibung[0][0] if beschreibung else "", brueche, abschnitt)
