"""The assets of publication: the published file, and the report made of it.

Belongs here: their keys and metadata. Does not belong here: publishing (veroeffentlichung).
"""

import json
from typing import Any

import dagster as dg
import duckdb
import pyarrow.parquet as pq

from pipelines.foundation.findings import unerwartet
from pipelines.foundation.storage import Ablage
from pipelines.orchestration.keys import K_BERICHT, K_DUCKDB, owners
from pipelines.orchestration.metadata import markdown, schema_metadaten
from pipelines.orchestration.plots import draw_plots
from pipelines.veroeffentlichung.bericht.write import BerichteFehlen, write_berichte
from pipelines.veroeffentlichung.gate import NichtVeroeffentlicht
from pipelines.veroeffentlichung.release import publish
from pipelines.veroeffentlichung.seal import seal
from schemas.tabellen.registry import VEROEFFENTLICHT


def show_plots(ablage: Ablage) -> dict[str, Any]:
    """Pictures of what is published. They are shown only: what cannot be drawn stops no release, and is told."""
    try:
        return {name: dg.MetadataValue.md(text) for name, text in draw_plots(ablage).items()}
    except Exception as fehler:  # of the file (DuckDB) or of the libraries that draw (many types)
        text = f"Die Bilder ließen sich nicht zeichnen ({type(fehler).__name__}). Die Veröffentlichung ist davon nicht betroffen."
        dg.get_dagster_logger().warning(text)
        return {"Warnung": text}


def publication_assets(ablage: Ablage) -> list[dg.AssetsDefinition]:
    """The published file and the report."""

    @dg.asset(
        key=K_DUCKDB,
        group_name="veroeffentlichung",
        deps=[dg.AssetKey([t.schema, t.name]) for t in VEROEFFENTLICHT],
        tags={"zone": "oeffentlich"},
        kinds={"duckdb", "parquet"},
        owners=owners("veroeffentlichung", "integrationsmonitoring"),
        metadata=schema_metadaten("veroeffentlichung", "integrationsmonitoring"),
        description="Die veröffentlichte DuckDB-Datei mit Parquet-Zwillingen; ersetzt die letzte ganz oder gar nicht.",
    )
    def integrationsmonitoring() -> dg.MaterializeResult:
        kennung = pq.read_table(ablage.tabelle("stamm", "veroeffentlichung")).to_pylist()[0]["veroeffentlichung"]
        with ablage.sperre():
            try:
                ergebnis = publish(ablage, kennung)
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
                **show_plots(ablage),
            }
        )

    @dg.asset(
        key=K_BERICHT,
        group_name="veroeffentlichung",
        deps=[K_DUCKDB],
        tags={"zone": "oeffentlich"},
        kinds={"html", "excel"},
        owners=owners("veroeffentlichung", "bericht"),
        metadata=schema_metadaten("veroeffentlichung", "bericht"),
        description="Die Berichte (HTML) und Arbeitsmappen aus der veröffentlichten Datei, mit einer Startseite.",
    )
    def bericht() -> dg.MaterializeResult:
        with ablage.sperre():
            try:
                pfade = write_berichte(ablage)
                seal(ablage)
            except BerichteFehlen as grund:
                meldungen = json.dumps([m.als_dict() for m in grund.meldungen], ensure_ascii=False)
                raise dg.Failure(str(grund), metadata={"berichte": meldungen}, allow_retries=False) from None
        return dg.MaterializeResult(metadata={"Dateien": [str(p) for p in pfade]})

    return [integrationsmonitoring, bericht]
