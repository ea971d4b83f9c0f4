"""Thin Dagster assets behind the deliveries: SQL steps, protocol, publication, and the checks between them.

Belongs here: keys, groups, descriptions, metadata. The work is in the functions that are called. Deliveries and the cube are
in assets_eingang.py.
"""

import json

import dagster as dg
import duckdb

from pipelines.ablage import GEHEIME_ZONE, OEFFENTLICHE_ZONE, TUER, Ablage
from pipelines.fehler import KonfigurationsFehler, LieferungAbgewiesen, Schwere, unerwartet, verschlossen
from pipelines.geheimhaltung.entscheidung import schreibe_entscheidungen
from pipelines.geheimhaltung.familie import QUELLEN as FAMILIENQUELLEN
from pipelines.indikatoren.schritte import FORMELSCHRITTE, Formelschritt, fuehre_formeln_aus
from pipelines.indikatoren.trend import schreibe_trends
from pipelines.marts import Schritt, fuehre_aus, schritte, tabellen_in
from pipelines.meldungen import ALLE
from pipelines.orchestration.metadata import markdown, metadaten, schema_metadaten, schluessel_von
from pipelines.pruefungen import (
    SCHEMAPRUEFUNG,
    ZEILEN_GEZEIGT,
    Pruefergebnis,
    Pruefung,
    fuehre_pruefung_aus,
    lade_pruefungen,
    merke,
    pruefe_schema,
)  # fmt: skip
from pipelines.veroeffentlichung.bericht import BerichteFehlen, schreibe_berichte
from pipelines.veroeffentlichung.duckdb_datei import veroeffentliche
from pipelines.veroeffentlichung.korrektur import schreibe_korrekturen
from pipelines.veroeffentlichung.pruefprotokoll import schreibe_pruefprotokoll
from pipelines.veroeffentlichung.revision import schreibe_revisionen
from pipelines.veroeffentlichung.tor import NichtVeroeffentlicht
from schemas.tabellen import TABELLEN, VEROEFFENTLICHT

K_PRUEFUNG = dg.AssetKey(["protokoll", "pruefung"])
K_TREND = dg.AssetKey(["marts", "indikator_trend"])
K_REVISION = dg.AssetKey(["protokoll", "revision"])
K_DUCKDB = dg.AssetKey(["veroeffentlichung", "integrationsmonitoring"])
K_BERICHT = dg.AssetKey(["veroeffentlichung", "bericht"])


def _schemaspec(schema: str, name: str) -> list[dg.AssetCheckSpec]:
    """The check of a published table against the vocabulary; tables on the way have none."""
    if f"{schema}.{name}" not in TABELLEN:
        return []
    beschreibung = f"{schema}.{name} entspricht dem Vokabular (pandera)."
    return [
        dg.AssetCheckSpec(SCHEMAPRUEFUNG, asset=dg.AssetKey([schema, name]), blocking=True, description=beschreibung)
    ]


def _eigene_pruefungen(schritt: Schritt) -> list[Pruefung]:
    """SQL checks that need nothing but the table of a step: they run inside it, a step of their own costs more."""
    eigene = (schritt.schema, schritt.name)
    return [p for p in lade_pruefungen() if (p.schema, p.tabelle) == eigene and p.fuer_sich]


def _schemaergebnis(ablage: Ablage, schema: str, name: str) -> list[dg.AssetCheckResult]:
    """Result of that check. In the table's own step: a step of its own costs more than the check."""
    if f"{schema}.{name}" not in TABELLEN:
        return []
    return [_als_check(ablage, schema, name, pruefe_schema(ablage, schema, name), SCHEMAPRUEFUNG)]


def _sql_asset(ablage: Ablage, schritt: Schritt) -> dg.AssetsDefinition:
    oeffentlich = schritt.schema in OEFFENTLICHE_ZONE
    gruppe = schritt.schema if schritt.schema in (*GEHEIME_ZONE, TUER) else "marts"
    # Whatever has never been delivered is laid out empty together with the configuration.
    eigene = _eigene_pruefungen(schritt)
    key = dg.AssetKey([schritt.schema, schritt.name])
    quellen = dict.fromkeys([*schluessel_von(("stamm", "")), *(k for q in schritt.quellen for k in schluessel_von(q))])

    @dg.asset(
        key=key,
        name=None,
        group_name=gruppe,
        deps=list(quellen),
        metadata=schema_metadaten(schritt.schema, schritt.name),
        description=schritt.beschreibung,
        tags={"zone": "oeffentlich" if oeffentlich else "tuer" if schritt.schema == TUER else "geheim"},
        kinds={"duckdb", "sql"},
        check_specs=[
            *_schemaspec(schritt.schema, schritt.name),
            *(dg.AssetCheckSpec(p.name, asset=key, blocking=p.sperrt, description=p.titel) for p in eigene),
        ],
    )
    def tabelle() -> dg.MaterializeResult:
        with ablage.sperre():
            try:
                with verschlossen(f"{schritt.schema}.{schritt.name}", "SQL ausführen"):
                    zeilen = fuehre_aus(ablage, schritt)
                with verschlossen(f"{schritt.schema}.{schritt.name}", "Ergebnis prüfen"):
                    geprueft = _schemaergebnis(ablage, schritt.schema, schritt.name)
                    for p in eigene:
                        geprueft.append(_als_check(ablage, p.schema, p.tabelle, fuehre_pruefung_aus(ablage, p), p.name))
            except LieferungAbgewiesen as grund:
                raise dg.Failure(str(grund), allow_retries=False) from None
        return dg.MaterializeResult(metadata=metadaten(ablage, schritt, zeilen, oeffentlich), check_results=geprueft)

    return tabelle


def _formel_asset(ablage: Ablage, schritt: Formelschritt) -> dg.AssetsDefinition:
    """Asset of a table whose statement is written from the indicator catalogue."""

    @dg.asset(
        key=dg.AssetKey([schritt.schema, schritt.name]),
        name=None,
        group_name=schritt.schema,
        deps=list(dict.fromkeys(k for q in schritt.quellen for k in schluessel_von(q))),
        description=schritt.beschreibung,
        tags={"zone": "tuer" if schritt.schema == TUER else "geheim"},
        kinds={"duckdb", "sql"},
    )
    def tabelle() -> dg.MaterializeResult:
        with ablage.sperre():
            try:
                with verschlossen(f"{schritt.schema}.{schritt.name}", "Indikatoren auswerten"):
                    zeilen = fuehre_formeln_aus(ablage, schritt)
            except LieferungAbgewiesen as grund:
                raise dg.Failure(str(grund), allow_retries=False) from None
            except KonfigurationsFehler as grund:
                raise dg.Failure(str(grund), metadata={"abgelehnt": True}, allow_retries=False) from None
        return dg.MaterializeResult(metadata={"dagster/row_count": zeilen})

    return tabelle


def indikatoren(ablage: Ablage) -> list[dg.AssetsDefinition]:
    """Tables written from the catalogue, values that differ from what was published, trends."""

    @dg.asset(
        key=dg.AssetKey([TUER, "indikatorkorrektur"]),
        group_name=TUER,
        deps=[dg.AssetKey([TUER, "indikatorwert"])],
        tags={"zone": "tuer"},
        description="Werte, die von den zuletzt veröffentlichten abweichen: was in den Zeitreihen »korrigiert« heißt.",
    )
    def indikatorkorrektur() -> dg.MaterializeResult:
        with (
            ablage.sperre(),
            verschlossen(f"{TUER}.indikatorkorrektur", "mit der letzten Veröffentlichung vergleichen"),
        ):
            zeilen = schreibe_korrekturen(ablage)
        return dg.MaterializeResult(metadata={"dagster/row_count": zeilen})

    @dg.asset(
        key=K_TREND,
        group_name="marts",
        deps=[dg.AssetKey(["marts", "indikator_zeitreihe"]), dg.AssetKey(["stamm", "stammdaten"])],
        metadata=schema_metadaten("marts", "indikator_trend"),
        tags={"zone": "oeffentlich"},
        description="Trend jeder Zeitreihe aus mindestens fünf vergleichbaren Werten, mit dem Test und seinen Eingaben.",
        check_specs=_schemaspec("marts", "indikator_trend"),
    )
    def indikator_trend() -> dg.MaterializeResult:
        with ablage.sperre():
            zeilen = schreibe_trends(ablage)
            geprueft = _schemaergebnis(ablage, "marts", "indikator_trend")
        return dg.MaterializeResult(metadata={"dagster/row_count": zeilen}, check_results=geprueft)

    return [*(_formel_asset(ablage, s) for s in FORMELSCHRITTE), indikatorkorrektur, indikator_trend]


def entscheidungen(ablage: Ablage) -> dg.AssetsDefinition:
    """The choice of hidden cells, one decision for all marts."""

    @dg.asset(
        key=dg.AssetKey([TUER, "entscheidung"]),
        name=None,
        group_name=TUER,
        deps=list(dict.fromkeys(k for q in FAMILIENQUELLEN for k in schluessel_von(q))),
        tags={"zone": "tuer"},
        kinds={"python"},
        description="Welche Zellen verborgen werden: eine Entscheidung je Zelle, die jede Tür liest.",
    )
    def entscheidung() -> dg.MaterializeResult:
        with ablage.sperre(), verschlossen("geheimhaltung.entscheidung", "Zellen auswählen"):
            zahlen = schreibe_entscheidungen(ablage)
        return dg.MaterializeResult(metadata={"dagster/row_count": zahlen["Zellen"], **zahlen})

    return entscheidung


def sql_assets(ablage: Ablage) -> list[dg.AssetsDefinition]:
    """One asset for each SQL step."""
    return [_sql_asset(ablage, s) for s in schritte()]


def veroeffentlichung(ablage: Ablage) -> list[dg.AssetsDefinition]:
    """Protocol of the checks, the published file, the report."""
    vorher = [dg.AssetKey([t.schema, t.name]) for t in VEROEFFENTLICHT if t.voll != "protokoll.pruefung"]

    @dg.asset(
        key=K_REVISION,
        group_name="marts",
        deps=[dg.AssetKey([t.schema, t.name]) for t in VEROEFFENTLICHT if t.schema == "marts"],
        metadata=schema_metadaten("protokoll", "revision"),
        tags={"zone": "oeffentlich"},
        description="Was eine veröffentlichte Zahl früher war, gegen die letzte Veröffentlichung verglichen.",
        check_specs=_schemaspec("protokoll", "revision"),
    )
    def revision() -> dg.MaterializeResult:
        with ablage.sperre(), verschlossen("protokoll.revision", "mit der letzten Veröffentlichung vergleichen"):
            zeilen = schreibe_revisionen(ablage)
            geprueft = _schemaergebnis(ablage, "protokoll", "revision")
        return dg.MaterializeResult(metadata={"dagster/row_count": zeilen}, check_results=geprueft)

    @dg.asset(
        key=K_PRUEFUNG,
        group_name="marts",
        deps=[*vorher, dg.AssetKey([TUER, "befund"])],
        metadata=schema_metadaten("protokoll", "pruefung"),
        tags={"zone": "oeffentlich"},
        description="Ergebnis jeder Prüfung und jeder Befund einer Lieferung.",
        check_specs=_schemaspec("protokoll", "pruefung"),
    )
    def pruefung() -> dg.MaterializeResult:
        with ablage.sperre():
            zeilen = schreibe_pruefprotokoll(ablage)
            geprueft = _schemaergebnis(ablage, "protokoll", "pruefung")
        return dg.MaterializeResult(metadata={"dagster/row_count": zeilen}, check_results=geprueft)

    @dg.asset(
        key=K_DUCKDB,
        group_name="veroeffentlichung",
        deps=[*vorher, K_PRUEFUNG],
        tags={"zone": "oeffentlich"},
        kinds={"duckdb"},
        description="Die veröffentlichte DuckDB-Datei mit Parquet-Zwillingen; ersetzt die letzte ganz oder gar nicht.",
    )
    def integrationsmonitoring() -> dg.MaterializeResult:
        import pyarrow.parquet as pq

        kennung = pq.read_table(ablage.tabelle("stamm", "veroeffentlichung")).to_pylist()[0]["veroeffentlichung"]
        with ablage.sperre():
            try:
                ergebnis = veroeffentliche(ablage, kennung)
            except NichtVeroeffentlicht as grund:
                raise dg.Failure(str(grund), metadata={"tor": True}, allow_retries=False) from None
            except duckdb.Error as fehler:  # its text quotes rows
                befund = unerwartet("integrationsmonitoring.duckdb", "veröffentlichen", fehler)
                raise dg.Failure(befund.text(), allow_retries=False) from None
        return dg.MaterializeResult(
            metadata={
                "Veröffentlichung": ergebnis.kennung,
                "Neu": ergebnis.neu,
                "Zurückgehalten": ", ".join(ergebnis.gehalten) or "keine Kommune",
                "Datei": dg.MetadataValue.path(str(ergebnis.pfad)),
                "Zeilen": dg.MetadataValue.md(
                    markdown([{"Tabelle": t, "Zeilen": z} for t, z in ergebnis.zeilen.items()])
                ),
            }
        )

    @dg.asset(
        key=K_BERICHT,
        group_name="veroeffentlichung",
        deps=[K_DUCKDB],
        tags={"zone": "oeffentlich"},
        description="Der Bericht (HTML) aus der veröffentlichten Datei.",
    )
    def bericht() -> dg.MaterializeResult:
        with ablage.sperre():
            try:
                pfade = schreibe_berichte(ablage)
            except BerichteFehlen as grund:
                meldungen = json.dumps([m.als_dict() for m in grund.meldungen], ensure_ascii=False)
                raise dg.Failure(str(grund), metadata={"berichte": meldungen}, allow_retries=False) from None
        return dg.MaterializeResult(metadata={"Dateien": [str(p) for p in pfade]})

    return [revision, pruefung, integrationsmonitoring, bericht]


def _als_check(
    ablage: Ablage, schema: str, tabelle: str, ergebnis: Pruefergebnis, name: str | None = None
) -> dg.AssetCheckResult:
    """Result for the UI. Of a check that keeps figures back only what concerns everybody stops the run (ERROR): the figures of
    single municipalities are held back at the gate, and the others go on."""
    merke(ablage, schema, tabelle, ergebnis)
    gehalten = ergebnis.haelt_zurueck()
    haelt_an = ALLE in gehalten or (ergebnis.schwere is Schwere.fehler and not gehalten)
    wen = f" – zurückgehalten: {', '.join(gehalten)}" if gehalten and ALLE not in gehalten else ""
    return dg.AssetCheckResult(
        check_name=name,
        passed=ergebnis.bestanden,
        severity=dg.AssetCheckSeverity.ERROR if haelt_an else dg.AssetCheckSeverity.WARN,
        description=f"{ergebnis.titel}: {'bestanden' if ergebnis.bestanden else f'{len(ergebnis.zeilen)} Fälle'}{wen}",
        metadata={"Fälle": len(ergebnis.zeilen), "Zeilen": _faelle(ergebnis), "Erwartet": ergebnis.erwartet},
    )


def _faelle(ergebnis: Pruefergebnis) -> dg.MarkdownMetadataValue:
    """The offending rows; of the register only whose they are: Dagster keeps its events for ever, and outside the secure zone."""
    zeilen = ergebnis.zeilen[:ZEILEN_GEZEIGT]
    if not ergebnis.zellen:
        return dg.MetadataValue.md(markdown(zeilen))
    kommunen = sorted({k for k, _, _ in ergebnis.faelle()})
    wo = "Welche Zellen, nennt intern/meldungen.txt." if kommunen else "*(keine Zeilen)*"
    return dg.MetadataValue.md(", ".join([*kommunen, wo]))


def _sql_check(ablage: Ablage, p: Pruefung) -> dg.AssetChecksDefinition:
    eigener = dg.AssetKey([p.schema, p.tabelle])

    @dg.asset_check(
        asset=eigener,
        name=p.name,
        description=p.titel,
        blocking=p.sperrt,
        additional_deps=[k for q in tabellen_in(p.text) for k in schluessel_von(q) if k != eigener],
    )
    def sql_check() -> dg.AssetCheckResult:
        with ablage.sperre(), verschlossen(f"{p.schema}.{p.tabelle}", f"Prüfung {p.name}"):
            return _als_check(ablage, p.schema, p.tabelle, fuehre_pruefung_aus(ablage, p))

    return sql_check


def checks(ablage: Ablage) -> list[dg.AssetChecksDefinition]:
    """SQL checks that compare tables. Those of one table, and whether it is of the vocabulary, run inside its asset."""
    innen = {p.name for s in schritte() for p in _eigene_pruefungen(s)}
    return [_sql_check(ablage, p) for p in lade_pruefungen() if p.name not in innen]
