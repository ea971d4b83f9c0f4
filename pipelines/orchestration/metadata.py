"""What the Dagster UI shows of a table: column schema, row count, preview, lineage, findings.

Belongs here: metadata. Of tables in the secure zone and of those with figures of the register it shows counts of rows and
names of columns, never a cell.
"""

from typing import Any

import dagster as dg
import pyarrow.parquet as pq

from pipelines.foundation.findings import Befund
from pipelines.foundation.storage import Ablage
from pipelines.orchestration.keys import keys_of, zone
from pipelines.steps.checks import VERLETZT
from pipelines.steps.lineage import herkunft_der_spalten
from pipelines.steps.sql_step import SqlStep
from pipelines.steps.step import Step, Written
from schemas.model import Tabelle
from schemas.register import FOLGT_AUS_VEROEFFENTLICHTEM, REGISTERTABELLEN
from schemas.tabellen.registry import TABELLEN, VEROEFFENTLICHT

UNPROTECTED = "bevoelkerung"  # schema of the secure zone that no door has protected
VORSCHAU_ZEILEN = 10
PRUEFUNG = ("protokoll", "pruefung")
HANDBUCH = {
    "stamm": "docs/handbuch.md", "eingang": "docs/handbuch.md#was-eine-meldung-bedeutet", "bevoelkerung": "docs/definitionen.md",
    "geheimhaltung": "docs/geheimhaltung.md", "marts": "docs/datenwoerterbuch.md", "dim": "docs/datenwoerterbuch.md",
    "protokoll": "docs/datenwoerterbuch.md", "veroeffentlichung": "docs/handbuch.md#der-bericht",
}  # fmt: skip


def spaltenschema(tabelle: Tabelle) -> dg.TableSchema:
    """Dagster's column schema from the vocabulary."""
    return dg.TableSchema(
        columns=[
            dg.TableColumn(
                s.name,
                s.typ,
                s.kommentar(),
                dg.TableColumnConstraints(nullable=s.name in tabelle.leer_erlaubt),
            )
            for s in tabelle.spalten
        ]
    )


def markdown(zeilen: list[dict[str, Any]]) -> str:
    """A Markdown table of rows with equal keys."""
    if not zeilen:
        return "*(keine Zeilen)*"

    def zelle(wert: Any) -> str:
        text = "" if wert is None else ", ".join(wert) if isinstance(wert, list) else str(wert)
        return text.replace("|", "\\|").replace("\n", " ")

    namen = list(zeilen[0])
    kopf = f"| {' | '.join(namen)} |\n|{'---|' * len(namen)}\n"
    return kopf + "\n".join(f"| {' | '.join(zelle(z.get(n)) for n in namen)} |" for z in zeilen)


def may_preview(schritt: SqlStep) -> bool:
    """Whether rows of a table may stand in Dagster's events. Figures of the register may not: the events keep every build, also
    of releases that the audit refused or that were withdrawn, and two of them side by side tell of single persons."""
    if schritt.schema != "marts":
        return schritt.schema == "dim"
    return f"marts.{schritt.name}" not in (*REGISTERTABELLEN, *FOLGT_AUS_VEROEFFENTLICHTEM)


def vorschau(ablage: Ablage, schritt: SqlStep) -> str:
    """The first rows of a public table as Markdown; of figures the totals, where a table has them."""
    import pyarrow.compute as pc

    tabelle = pq.read_table(ablage.tabelle(schritt.schema, schritt.name))
    for spalte in ("geschlecht", "altersgruppe"):
        if spalte in tabelle.column_names:
            tabelle = tabelle.filter(pc.equal(tabelle[spalte], "insgesamt"))
    return markdown(tabelle.slice(max(tabelle.num_rows - VORSCHAU_ZEILEN, 0)).to_pylist())


def _spaltenherkunft(ablage: Ablage, schritt: SqlStep) -> dict[str, Any]:
    """Where each column comes from, as the UI shows it. It is shown only: a statement it cannot follow stops no build."""
    try:
        herkunft = herkunft_der_spalten(ablage, schritt)
    except Exception as fehler:  # of the parser (many types) or of the file it is remembered in
        text = f"{schritt.schema}.{schritt.name}: Die Herkunft der Spalten ließ sich nicht ermitteln ({type(fehler).__name__})."
        dg.get_dagster_logger().warning(text)
        return {"Warnung": f"{text} Die Zahlen sind davon nicht betroffen."}
    linien = {
        spalte: [
            dg.TableColumnDep(schluessel, name)
            for schluessel, name in dict.fromkeys(
                (schluessel, name) for schema, tabelle, name in quellen for schluessel in keys_of((schema, tabelle))
            )
        ]
        for spalte, quellen in herkunft.items()
    }
    return {"dagster/column_lineage": dg.TableColumnLineage(linien)}


def violated(ablage: Ablage) -> str:
    """Checks that failed, errors before warnings; which and what follows, never how often: that is a count of the register."""
    alle = pq.read_table(
        ablage.tabelle(*PRUEFUNG), columns=["schwere", "folge", "kommune", "datei", "titel", "pruefung", "ergebnis"]
    )
    zeilen = [z for z in alle.to_pylist() if z.pop("ergebnis") == VERLETZT]
    zeilen.sort(
        key=lambda z: (
            z["schwere"] != "fehler",
            z["folge"] != "haelt_an",
            z["kommune"],
            z["datei"] or "",
            z["pruefung"],
        )
    )
    return markdown(zeilen)


def metadaten(ablage: Ablage, step: Step, written: Written) -> dict[str, Any]:
    """Metadata of one step after it ran."""
    meta: dict[str, Any] = {**written.counts}
    # Unprotected tables have a row for whatever is there: one more from one night to the next is a person nobody was like before.
    if step.key[0] != UNPROTECTED:
        meta["dagster/row_count"] = written.rows
    if step.key == PRUEFUNG:
        meta["Verletzte Prüfungen"] = dg.MetadataValue.md(violated(ablage))
    if written.kept:
        meta["Unverändert"] = "Nichts, worauf die Tabelle beruht, hat sich geändert; sie blieb, wie sie war."
    if not isinstance(step, SqlStep):
        return meta
    meta |= {**_spaltenherkunft(ablage, step), "SQL": dg.MetadataValue.md(f"```sql\n{step.text}\n```")}
    if zone(step.schema) == "oeffentlich" and may_preview(step):
        meta["Vorschau"] = dg.MetadataValue.md(vorschau(ablage, step))
    return meta


def handbook_page(schema: str, name: str) -> str:
    """The page and heading of the handbook that tells more of a table."""
    if f"{schema}.{name}" in {t.voll for t in VEROEFFENTLICHT}:
        return f"docs/datenwoerterbuch.md#{schema}{name}"
    return HANDBUCH[schema]


def schema_metadaten(schema: str, name: str) -> dict[str, Any]:
    """Metadata known before a run: the column schema, where the vocabulary has the table."""
    tabelle = TABELLEN.get(f"{schema}.{name}")
    seite = {"Handbuch": dg.MetadataValue.path(handbook_page(schema, name))}
    return seite | ({"dagster/column_schema": spaltenschema(tabelle)} if tabelle else {})


def befundtabelle(befunde: list[Befund]) -> dg.MarkdownMetadataValue:
    """Findings as a table, without any value found."""
    return dg.MetadataValue.md(
        markdown(
            [
                {"Schwere": b.schwere.value, "Datei": b.datei, "Ort": b.ort, "Befund": b.was, "Anzahl": b.anzahl,
                 "Erwartet": b.erwartet}
                for b in befunde
            ]
        )
    )  # fmt: skip
