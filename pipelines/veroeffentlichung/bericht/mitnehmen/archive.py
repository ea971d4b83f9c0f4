"""The archive of a municipality: its published tables as CSV, the description of them, its pictures as SVG and PNG.

Belongs here: reading the tables and writing the archive. Does not belong here: the description (datapackage.py), drawing.
"""

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from pipelines.veroeffentlichung.bericht.content import Bericht
from pipelines.veroeffentlichung.bericht.herkunft import alle_spalten
from pipelines.veroeffentlichung.bericht.mitnehmen.datapackage import (
    DEZIMAL,
    LISTE,
    TRENNER,
    describe,
    path_as_parquet,
    path_of,
)
from pipelines.veroeffentlichung.bericht.mitnehmen.dcat import build_dcat, tell_missing
from pipelines.veroeffentlichung.bericht.mitnehmen.geojson import build_geojson
from pipelines.veroeffentlichung.bericht.mitnehmen.open_sdg import build_open_sdg
from pipelines.veroeffentlichung.bericht.svg import Bild, to_png
from schemas.model import Tabelle
from schemas.tabellen.registry import VEROEFFENTLICHT

# Every archive of one release is the same file: the day of the build says nothing.
ZEIT = (1980, 1, 1, 0, 0, 0)
# Lists that the tables of every municipality refer to.
GEMEINSAM = ("dim.profil", "dim.indikator")
LIESMICH = """Integrationsmonitoring {name}, Veröffentlichung {kennung}

daten/            jede veröffentlichte Tabelle als CSV: Semikolon, Dezimalkomma, UTF-8, eine Kopfzeile
daten_parquet/    dasselbe als Parquet: Zahlen, Tage und Listen mit ihrem Typ, jede Spalte mit ihrer Bedeutung
datapackage.json  was jede Spalte bedeutet (Frictionless Data Package)
dcat-ap.jsonld    dasselbe für Datenportale (DCAT-AP.de): ein Datensatz je Tabelle mit Titel, Raum, Zeit, Lizenz
daten_international/  dasselbe mit Komma als Trennzeichen und Dezimalpunkt (RFC 4180)
{grenzen}open_sdg/         die Indikatoren in der Form einer Open-SDG-Seite (Jahreswerte, Hauptdefinition, ohne geschützte Werte)
bilder/           die Bilder des Berichts als SVG und PNG

Geschützte und fehlende Werte sind leer und nie null; die Spalten status und hinweise nennen den Grund.
Definitionen (profil) und Quellen nie mischen. {beispiel}
{portal}"""

GRENZEN = (
    "gebiete.geojson   die vereinfachten Umrisse der Gebiete (RFC 7946); gebiet_id ist der Schlüssel der Tabellen\n"
)


def _number(wert: float | None, dezimal: str) -> str:
    if wert is None:
        return ""
    return repr(wert).replace(".", dezimal) if wert != int(wert) else str(int(wert))


def _column(werte: Sequence[Any], typ: str, dezimal: str) -> Sequence[Any]:
    """Values of a column as they stand in the file; what the writer of CSV says itself (nothing for NULL) stays as it is."""
    if typ == "DOUBLE":
        return [_number(w, dezimal) for w in werte]
    if typ == "BOOLEAN":
        return ["" if w is None else str(w).lower() for w in werte]
    if typ.endswith("[]"):
        return ["" if w is None else LISTE.join(map(str, w)) for w in werte]
    return werte


def _tables(con: duckdb.DuckDBPyConnection, kommune: str) -> Iterator[tuple[Tabelle, list[tuple[Any, ...]], bytes]]:
    """Published tables with rows of this municipality, and the lists they refer to: rows by their key, and as Parquet."""
    vorhanden = alle_spalten(con)
    for t in VEROEFFENTLICHT:
        eigene = t.schema in ("marts", "dim") and "kommune" in t.namen
        if not (eigene or t.voll in GEMEINSAM) or set(t.namen) - vorhanden[t.voll]:
            continue
        wo = "where kommune = ?" if eigene else ""
        frage = f"select {', '.join(t.namen)} from {t.voll} {wo} order by {', '.join(t.schluessel)}"
        werte = [kommune] if eigene else []
        zeilen = con.execute(frage, werte).fetchall()
        if zeilen:
            yield t, zeilen, _as_parquet(t, con.sql(frage, params=werte).to_arrow_table())


def _as_parquet(t: Tabelle, zeilen: Any) -> bytes:
    """A table with its types; each column says what it means."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    felder = [f.with_metadata({"description": s.kommentar()}) for f, s in zip(zeilen.schema, t.spalten, strict=True)]
    puffer = io.BytesIO()
    pq.write_table(zeilen.cast(pa.schema(felder)), puffer, compression="zstd")
    return puffer.getvalue()


def _csv(t: Tabelle, zeilen: Sequence[tuple[Any, ...]], trenner: str = TRENNER, dezimal: str = DEZIMAL) -> str:
    puffer = io.StringIO()
    schreiber = csv.writer(puffer, delimiter=trenner, lineterminator="\r\n")
    schreiber.writerow(t.namen)
    werte = zip(*zeilen, strict=True)
    schreiber.writerows(zip(*(_column(w, s.typ, dezimal) for w, s in zip(werte, t.spalten, strict=True)), strict=True))
    return puffer.getvalue()


def write_archive(con: duckdb.DuckDBPyConnection, bericht: Bericht, bilder: Mapping[str, Bild], ziel: Path) -> None:
    """Write the archive of one municipality to `ziel`. `bilder`: file name without ending → picture."""
    beispiel = "Enthält erzeugte oder erfundene Beispieldaten (Spalte beispieldaten)." if bericht.erzeugte else ""
    tabellen = []
    with zipfile.ZipFile(ziel, "w", zipfile.ZIP_DEFLATED) as archiv:

        def add(name: str, inhalt: str | bytes) -> None:
            eintrag = zipfile.ZipInfo(name, ZEIT)
            eintrag.compress_type = zipfile.ZIP_STORED if name.endswith(".parquet") else zipfile.ZIP_DEFLATED
            archiv.writestr(eintrag, inhalt)

        for t, zeilen, parquet in _tables(con, bericht.kommune["kommune"]):
            add(path_of(t), _csv(t, zeilen))
            add(path_as_parquet(t), parquet)
            add(path_of(t).replace("daten/", "daten_international/", 1), _csv(t, zeilen, ",", "."))
            tabellen.append((t, len(zeilen)))
        if karte := build_geojson(con, bericht.kommune["kommune"]):
            add("gebiete.geojson", karte)
        for pfad, inhalt in build_open_sdg(con, bericht.kommune["kommune"]):
            add(pfad, inhalt)
        quellen = [h.text + (f" ({h.marke})" if h.marke else "") for h in bericht.herkunft]
        paket = describe(bericht.kommune, bericht.veroeffentlichung, quellen, tabellen)
        add("datapackage.json", json.dumps(paket, ensure_ascii=False, indent=1))
        tage = (bericht.stichtage[0], bericht.stichtage[-1]) if bericht.stichtage else None
        katalog = build_dcat(bericht.kommune, bericht.veroeffentlichung, [t for t, _ in tabellen], tage)
        add("dcat-ap.jsonld", json.dumps(katalog, ensure_ascii=False, indent=1))
        add(
            "LIESMICH.txt",
            LIESMICH.format(
                name=bericht.kommune["name"],
                kennung=bericht.veroeffentlichung or "–",
                beispiel=beispiel,
                grenzen=GRENZEN if karte else "",
                portal=tell_missing(bericht.kommune),
            ),
        )
        for name, bild in bilder.items():
            add(f"bilder/{name}.svg", bild.svg)
            add(f"bilder/{name}.png", to_png(bild.svg))
