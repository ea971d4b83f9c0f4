"""Thin Dagster assets around plain functions, and the checks between them.

Belongs here: keys, groups, partitions, descriptions, metadata. The work is in the functions that are called.
"""

from typing import Any

import dagster as dg

from pipelines.ablage import GEHEIME_ZONE, OEFFENTLICHE_ZONE, TUER, Ablage
from pipelines.anzeige import befundtabelle, markdown, metadaten, schema_metadaten, schluessel_von
from pipelines.eingang.tabelle import lege_leere_tabelle_an
from pipelines.eingang.verarbeiten import Ergebnis, schemabefunde, verarbeite, zaehle_partition
from pipelines.fehler import Befund, KonfigurationsFehler, LieferungAbgewiesen, Schwere, verschlossen
from pipelines.kommune import lade_alle
from pipelines.lieferung import merke_bau, neuigkeiten
from pipelines.marts import Schritt, fuehre_aus, schritte, tabellen_in
from pipelines.protokoll import Lieferung, lege_leere_tabellen_an
from pipelines.pruefungen import (
    SCHEMAPRUEFUNG,
    ZEILEN_GEZEIGT,
    Pruefergebnis,
    Pruefung,
    fuehre_pruefung_aus,
    hole_nach,
    lade_pruefungen,
    merke,
    pruefe_schema,
)  # fmt: skip
from pipelines.stamm import schreibe_stamm
from pipelines.veroeffentlichung.bericht import schreibe_berichte
from pipelines.veroeffentlichung.duckdb_datei import NichtVeroeffentlicht, veroeffentliche
from pipelines.veroeffentlichung.pruefprotokoll import schreibe_pruefprotokoll
from schemas.tabellen import GEHEIM, TABELLEN, VEROEFFENTLICHT
from schemas.vokabular import Tabelle

MELDEREGISTER = dg.DynamicPartitionsDefinition(name="melderegister")
TABELLEN_PARTITIONEN = dg.DynamicPartitionsDefinition(name="tabellen")
PARTITIONEN = {"melderegister": MELDEREGISTER, "tabellen": TABELLEN_PARTITIONEN}
WUERFEL = ("wuerfel", "staatenwuerfel", "bezugslandwuerfel", "vergleichswuerfel")
EIN_LAUF = dg.BackfillPolicy.single_run()
K_REGISTER = dg.AssetKey(["eingang", "melderegister"])
K_TABELLE = dg.AssetKey(["eingang", "stadtteiltabelle"])
K_WUERFEL = dg.AssetKey(["bevoelkerung", "wuerfel"])
K_STAMM = dg.AssetKey(["stamm", "stammdaten"])
K_PRUEFUNG = dg.AssetKey(["protokoll", "pruefung"])
K_DUCKDB = dg.AssetKey(["veroeffentlichung", "integrationsmonitoring"])
K_BERICHT = dg.AssetKey(["veroeffentlichung", "bericht"])


def _lieferungen(ablage: Ablage, art: str, partitionen: list[str]) -> list[Lieferung]:
    """The deliveries of the given partitions, new or not: who materialises by hand wants them read again."""
    alle = [li for li in neuigkeiten(ablage).alle if li.art == art]
    fehlend = set(partitionen) - {li.partition for li in alle}
    if fehlend:
        raise dg.Failure(
            f"Zu {', '.join(sorted(fehlend))} liegt keine Datei (mehr) in data/raw. Der zuletzt gelesene Bestand bleibt.",
            allow_retries=False,
        )
    return [li for li in alle if li.partition in partitionen]


def _einlesen(context: dg.AssetExecutionContext, ablage: Ablage, art: str) -> dg.MaterializeResult:
    """Read all deliveries of the run's partitions; then fail once, in German, if any was refused or broke its schema."""
    kommunen, _ = lade_alle(ablage)
    ergebnisse: list[Ergebnis] = []
    schema: list[Befund] = []
    with ablage.sperre():
        for lieferung in _lieferungen(ablage, art, list(context.partition_keys)):
            ergebnis = verarbeite(ablage, kommunen[lieferung.kommune], lieferung)
            ergebnisse.append(ergebnis)
            if ergebnis.angenommen and art == "melderegister":
                schema += schemabefunde(ablage, "melderegister", lieferung.partition)
    abgewiesen = [e for e in ergebnisse if not e.angenommen]
    befunde = [b for e in ergebnisse for b in e.befunde]
    meta: dict[str, Any] = {
        "dagster/row_count": sum(e.bilanz.uebernommen for e in ergebnisse),
        "Zeilen gelesen": sum(e.bilanz.gelesen for e in ergebnisse),
        "Zeilen außerhalb": sum(e.bilanz.ausserhalb for e in ergebnisse),
        "Zeilen abgewiesen": sum(e.bilanz.abgewiesen for e in ergebnisse),
        "Synthetisch": any(e.synthetisch for e in ergebnisse),
        "Dateien": [e.lieferung.datei for e in ergebnisse],
        "Befunde": befundtabelle(befunde),
    }
    if abgewiesen:
        texte = [b.ohne_werte().text() for e in abgewiesen for b in e.fehler]
        raise dg.Failure(
            "Abgewiesen: " + ", ".join(e.lieferung.datei for e in abgewiesen) + "\n" + "\n".join(texte),
            metadata={"Befunde": meta["Befunde"]},
            allow_retries=False,
        )
    checks = [
        dg.AssetCheckResult(
            check_name="zeilen_abgewiesen",
            passed=not any(b.schwere is Schwere.fehler for b in befunde),
            severity=dg.AssetCheckSeverity.WARN,
            metadata={"Befunde": meta["Befunde"], "Zeilen abgewiesen": meta["Zeilen abgewiesen"]},
        )
    ]
    if art == "melderegister":
        checks.append(
            dg.AssetCheckResult(
                check_name=SCHEMAPRUEFUNG, passed=not schema, metadata={"Verletzungen": befundtabelle(schema)}
            )
        )
    return dg.MaterializeResult(metadata=meta, check_results=checks)


def eingang(ablage: Ablage) -> list[dg.AssetsDefinition]:
    """Configuration, the two kinds of delivery, the cube."""

    @dg.asset(
        key=K_STAMM,
        group_name="stamm",
        description="Konfiguration und Referenzlisten als Tabellen: Kommunen, Gebiete, Definitionen, Staaten.",
    )
    def stammdaten() -> dg.MaterializeResult:
        with ablage.sperre():
            kommunen, fehler = lade_alle(ablage)
            lege_leere_tabellen_an(ablage)
            lege_leere_tabelle_an(ablage)
            try:
                zeilen = schreibe_stamm(ablage, list(kommunen.values()))
            except KonfigurationsFehler as grund:
                raise dg.Failure(str(grund), allow_retries=False) from None
        texte = [str(f) for f in fehler.values()]
        return dg.MaterializeResult(
            metadata={"Zeilen": dg.MetadataValue.json(zeilen), "Konfigurationsfehler": "\n".join(texte) or "keine"}
        )

    @dg.asset(
        key=K_REGISTER,
        group_name="eingang",
        partitions_def=MELDEREGISTER,
        backfill_policy=EIN_LAUF,
        deps=[K_STAMM],
        check_specs=[
            dg.AssetCheckSpec("zeilen_abgewiesen", asset=K_REGISTER, description="Jede Zeile des Auszugs ist brauchbar."),
            dg.AssetCheckSpec(SCHEMAPRUEFUNG, asset=K_REGISTER, blocking=True,
                              description="Der übernommene Bestand entspricht dem Vokabular (pandera, stückweise)."),
        ],
        metadata=schema_metadaten("eingang", "melderegister"),
        tags={"zone": "geheim"},
        description="Auszug aus dem Melderegister, geprüft und pseudonymisiert. Nur im geschützten Bereich; hier stehen "
        "Anzahlen, nie Werte einer Zeile.",
    )  # fmt: skip
    def melderegister(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
        return _einlesen(context, ablage, "melderegister")

    @dg.asset(
        key=K_TABELLE,
        group_name="eingang",
        partitions_def=TABELLEN_PARTITIONEN,
        backfill_policy=EIN_LAUF,
        deps=[K_STAMM],
        check_specs=[
            dg.AssetCheckSpec("zeilen_abgewiesen", asset=K_TABELLE, description="Jede Zeile der Tabelle ist brauchbar.")
        ],
        metadata=schema_metadaten("eingang", "stadtteiltabelle"),
        tags={"zone": "geheim"},
        description="Gedruckte oder interne Stadtteiltabellen, Zelle für Zelle gelesen.",
    )
    def stadtteiltabelle(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
        return _einlesen(context, ablage, "tabellen")

    @dg.asset(
        key=K_WUERFEL,
        group_name="bevoelkerung",
        partitions_def=MELDEREGISTER,
        backfill_policy=EIN_LAUF,
        deps=[K_REGISTER, K_STAMM],
        check_specs=[
            dg.AssetCheckSpec(SCHEMAPRUEFUNG, asset=K_WUERFEL, blocking=True,
                              description="Die Zählung entspricht dem Vokabular (pandera).")
        ],
        metadata=schema_metadaten("bevoelkerung", "wuerfel"),
        tags={"zone": "geheim"},
        description="Bevölkerungswürfel: alle Definitionen in einem Durchgang über die Personen. Ungeschützte Zahlen.",
    )  # fmt: skip
    def wuerfel(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
        kommunen, _ = lade_alle(ablage)
        personen = 0
        schema: list[Befund] = []
        with ablage.sperre():
            for partition in context.partition_keys:
                kommune, stichtag = partition.rsplit("_", 1)
                try:
                    personen += zaehle_partition(ablage, kommunen[kommune], stichtag)
                except (KonfigurationsFehler, LieferungAbgewiesen) as grund:
                    raise dg.Failure(str(grund), allow_retries=False) from None
                schema += [b for name in WUERFEL for b in schemabefunde(ablage, name, partition)]
        return dg.MaterializeResult(
            metadata={"Personen": personen},
            check_results=[
                dg.AssetCheckResult(
                    check_name=SCHEMAPRUEFUNG, passed=not schema, metadata={"Verletzungen": befundtabelle(schema)}
                )
            ],
        )

    return [stammdaten, melderegister, stadtteiltabelle, wuerfel]


def _sql_asset(ablage: Ablage, schritt: Schritt) -> dg.AssetsDefinition:
    oeffentlich = schritt.schema in OEFFENTLICHE_ZONE
    gruppe = schritt.schema if schritt.schema in (*GEHEIME_ZONE, TUER) else "marts"
    quellen = dict.fromkeys(k for q in schritt.quellen for k in schluessel_von(q))

    @dg.asset(
        key=dg.AssetKey([schritt.schema, schritt.name]),
        name=None,
        group_name=gruppe,
        deps=list(quellen),
        metadata=schema_metadaten(schritt.schema, schritt.name),
        description=schritt.beschreibung,
        tags={"zone": "oeffentlich" if oeffentlich else "tuer" if schritt.schema == TUER else "geheim"},
        kinds={"duckdb", "sql"},
    )
    def tabelle() -> dg.MaterializeResult:
        with ablage.sperre():
            try:
                with verschlossen(f"{schritt.schema}.{schritt.name}", "SQL ausführen"):
                    zeilen = fuehre_aus(ablage, schritt)
            except LieferungAbgewiesen as grund:
                raise dg.Failure(str(grund), allow_retries=False) from None
        return dg.MaterializeResult(metadata=metadaten(ablage, schritt, zeilen, oeffentlich))

    return tabelle


def sql_assets(ablage: Ablage) -> list[dg.AssetsDefinition]:
    """One asset for each SQL step."""
    return [_sql_asset(ablage, s) for s in schritte()]


def veroeffentlichung(ablage: Ablage) -> list[dg.AssetsDefinition]:
    """Protocol of the checks, the published file, the report."""
    vorher = [dg.AssetKey([t.schema, t.name]) for t in VEROEFFENTLICHT if t.voll != "protokoll.pruefung"]

    @dg.asset(
        key=K_PRUEFUNG,
        group_name="marts",
        deps=[*vorher, dg.AssetKey([TUER, "befund"])],
        metadata=schema_metadaten("protokoll", "pruefung"),
        tags={"zone": "oeffentlich"},
        description="Ergebnis jeder Prüfung und jeder Befund einer Lieferung.",
    )
    def pruefung() -> dg.MaterializeResult:
        with ablage.sperre():
            hole_nach(ablage, "eingang", "stadtteiltabelle")
            zeilen = schreibe_pruefprotokoll(ablage)
        return dg.MaterializeResult(metadata={"dagster/row_count": zeilen})

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
                raise dg.Failure(str(grund), allow_retries=False) from None
            merke_bau(ablage, [])
        return dg.MaterializeResult(
            metadata={
                "Veröffentlichung": ergebnis.kennung,
                "Neu": ergebnis.neu,
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
            pfade = schreibe_berichte(ablage)
        return dg.MaterializeResult(metadata={"Dateien": [str(p) for p in pfade]})

    return [pruefung, integrationsmonitoring, bericht]


def _als_check(ablage: Ablage, schema: str, tabelle: str, ergebnis: Pruefergebnis) -> dg.AssetCheckResult:
    merke(ablage, schema, tabelle, ergebnis)
    return dg.AssetCheckResult(
        passed=ergebnis.bestanden,
        severity=dg.AssetCheckSeverity.ERROR if ergebnis.schwere is Schwere.fehler else dg.AssetCheckSeverity.WARN,
        description=f"{ergebnis.titel}: {'bestanden' if ergebnis.bestanden else f'{len(ergebnis.zeilen)} Fälle'}",
        metadata={
            "Fälle": len(ergebnis.zeilen),
            "Zeilen": dg.MetadataValue.md(markdown(ergebnis.zeilen[:ZEILEN_GEZEIGT])),
            "Erwartet": ergebnis.erwartet,
        },
    )


def _sql_check(ablage: Ablage, p: Pruefung) -> dg.AssetChecksDefinition:
    eigener = dg.AssetKey([p.schema, p.tabelle])

    @dg.asset_check(
        asset=eigener,
        name=p.name,
        description=p.titel,
        blocking=True,
        additional_deps=[k for q in tabellen_in(p.text) for k in schluessel_von(q) if k != eigener],
        partitions_def=TABELLEN_PARTITIONEN if p.tabelle == "stadtteiltabelle" else None,
    )
    def sql_check() -> dg.AssetCheckResult:
        with ablage.sperre():
            return _als_check(ablage, p.schema, p.tabelle, fuehre_pruefung_aus(ablage, p))

    return sql_check


def _schema_check(ablage: Ablage, t: Tabelle) -> dg.AssetChecksDefinition:
    @dg.asset_check(
        asset=dg.AssetKey([t.schema, t.name]),
        name=SCHEMAPRUEFUNG,
        description=f"{t.voll} entspricht dem Vokabular (pandera).",
        blocking=True,
        partitions_def=TABELLEN_PARTITIONEN if t.name == "stadtteiltabelle" else None,
    )
    def schema_check() -> dg.AssetCheckResult:
        with ablage.sperre():
            return _als_check(ablage, t.schema, t.name, pruefe_schema(ablage, t.schema, t.name))

    return schema_check


def checks(ablage: Ablage) -> list[dg.AssetChecksDefinition]:
    """Blocking checks: every SQL check, and the vocabulary for every table that is written whole.

    Persons and cubes are checked inside their assets, partition by partition.
    """
    ganz = [t for t in TABELLEN.values() if t not in GEHEIM or t.name == "stadtteiltabelle"]
    return [_sql_check(ablage, p) for p in lade_pruefungen()] + [_schema_check(ablage, t) for t in ganz]
