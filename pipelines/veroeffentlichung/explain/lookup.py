"""`monitoring explain --wert`: which published figure is meant, and where in which release it stands.

Belongs here: finding the one row and all that stands in the file about its figure. Does not belong here: the key a user typed
(key.py), which tables it can mean (table_form.py), the words of the explanation (text.py) and what is known about a figure
(sql/ansichten/herkunft_der_zahl.sql).
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.foundation.storage import Ablage
from pipelines.veroeffentlichung.archive import ARCHIV, veroeffentlichungen
from pipelines.veroeffentlichung.explain.key import Suche
from pipelines.veroeffentlichung.explain.other_rows import HOECHSTENS, explain_ambiguous, explain_missing
from pipelines.veroeffentlichung.explain.table_form import Form, build_bedingung, load_formen, narrow_formen
from pipelines.veroeffentlichung.explain.text import Satz, Zusammenhang, erklaerung
from pipelines.veroeffentlichung.views import schluesseltext
from pipelines.veroeffentlichung.withdraw import zurueckgezogene
from schemas.tabellen.herkunft import HERKUNFT

HAUPTZAHL = {"marts.migrationshintergrund": "personen_mit_mh"}  # else the first figure of the row


@dataclass(frozen=True)
class Auskunft:
    """The text for the screen; `gefunden` is False where no row has this key."""

    text: str
    gefunden: bool


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
    formen = load_formen(con, datei)
    passende, bedingungen = narrow_formen(con, formen, search)
    treffer: list[tuple[Form, Satz]] = []
    anzahl = 0
    for form in passende:
        wo, werte = build_bedingung(form, bedingungen[form.name])
        abfrage = (
            f"select *, {schluesseltext(form.schluessel, 't')} as schluessel_text "
            f"from {form.name} as t where {wo} order by all limit ?"
        )
        anzahl += con.execute(f"select count(*) from {form.name} where {wo}", werte).fetchall()[0][0]
        treffer += [(form, z) for z in saetze(con, abfrage, [*werte, HOECHSTENS])]
    if not treffer:
        return Auskunft(explain_missing(con, passende, bedingungen), False)
    if anzahl > 1:
        raise KonfigurationsFehler(explain_ambiguous(con, treffer, anzahl, bedingungen))
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
