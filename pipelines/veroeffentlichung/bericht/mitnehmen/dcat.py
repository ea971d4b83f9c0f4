"""The description of the archive for data portals: DCAT-AP.de as JSON-LD, a dataset for each published table.

Belongs here: dcat-ap.jsonld. Does not belong here: the columns (datapackage.py), writing the archive (archive.py). What the
municipality has not said (`offene_daten` in kommune.yaml) is left out and named, never guessed.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from pipelines.veroeffentlichung.bericht.content import Zeile
from pipelines.veroeffentlichung.bericht.mitnehmen.datapackage import path_as_parquet, path_of
from schemas.model import Tabelle

DEUTSCH = "http://publications.europa.eu/resource/authority/language/DEU"
THEMA = "http://publications.europa.eu/resource/authority/data-theme/SOCI"
DATEITYPEN = "http://publications.europa.eu/resource/authority/file-type"
RAUM = "http://dcat-ap.de/def/politicalGeocoding"
# By digits of the official key: level, list of keys.
EBENEN = {8: ("municipality", "municipalityKey"), 5: ("administrativeDistrict", "districtKey")}
SCHLAGWORTE = ("Integration", "Migration", "Migrationshintergrund", "Staatsangehörigkeit", "Monitoring", "Statistik")
MIT_NENNUNG = ("dl-by-de/2.0", "cc-by/4.0")
# What DCAT-AP.de demands and only the municipality knows: key below offene_daten → what it is.
PFLICHT = {
    "lizenz": "die Lizenz (dct:license)", "beitragende_stelle": "die Kennung beim Datenportal (dcatde:contributorID)",
}  # fmt: skip
KONTEXT: dict[str, Any] = {
    "dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "dcatde": "http://dcat-ap.de/def/dcatde/",
    "foaf": "http://xmlns.com/foaf/0.1/", "vcard": "http://www.w3.org/2006/vcard/ns#", "xsd": "http://www.w3.org/2001/XMLSchema#",
}  # fmt: skip


def find_missing(kommune: Zeile) -> list[str]:
    """What DCAT-AP.de demands and the municipality has not said, as keys of kommune.yaml."""
    return [k for k in PFLICHT if not kommune.get(f"offene_daten_{k}")]


def tell_missing(kommune: Zeile) -> str:
    """A sentence on what keeps the metadata from being complete; empty if nothing does."""
    teile = [f"offene_daten.{k}: {PFLICHT[k]}" for k in find_missing(kommune)]
    if not teile:
        return ""
    return f"Für ein Datenportal fehlt in dcat-ap.jsonld, was nur die Kommune sagen kann (kommune.yaml): {'; '.join(teile)}.\n"


def build_dcat(
    kommune: Zeile, kennung: str | None, tabellen: Sequence[Tabelle], tage: tuple[date, date] | None
) -> dict[str, Any]:
    """The catalogue. `tage`: the first and the last Stichtag of the figures."""
    basis = {"@base": kommune["offene_daten_adresse"]} if kommune.get("offene_daten_adresse") else {}
    herausgeber = {"@id": "#herausgeber", "@type": "foaf:Organization", "foaf:name": kommune["name"]}
    return {
        "@context": KONTEXT | basis,
        "@id": "#katalog", "@type": "dcat:Catalog", "dct:title": _as_german(f"Integrationsmonitoring {kommune['name']}"),
        "dct:description": _as_german("Alle veröffentlichten Tabellen des Integrationsmonitorings. Geschützte und fehlende Werte "
                                   "sind leer; die Spalten status und hinweise nennen den Grund."),
        "dct:publisher": herausgeber, "dct:language": {"@id": DEUTSCH},
        "dcat:themeTaxonomy": {"@id": THEMA.rpartition("/")[0]},
        "dcat:dataset": [_describe_table(t, kommune, kennung, tage) for t in tabellen],
    }  # fmt: skip


def _as_german(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "de"}


def _as_day(tag: str) -> dict[str, str]:
    return {"@value": tag, "@type": "xsd:date"}


def _describe_table(t: Tabelle, kommune: Zeile, kennung: str | None, tage: tuple[date, date] | None) -> dict[str, Any]:
    """One table with its files."""
    name = f"{t.schema}_{t.name}"
    satz: dict[str, Any] = {
        "@id": f"#{name}", "@type": "dcat:Dataset", "dct:title": _as_german(f"{t.titel}: {kommune['name']}"),
        "dct:description": _as_german(t.kommentar()), "dct:identifier": f"integrationsmonitoring-{kommune['kommune']}-{name}",
        "dct:publisher": {"@id": "#herausgeber"}, "dct:language": {"@id": DEUTSCH}, "dcat:theme": {"@id": THEMA},
        "dcat:keyword": [_as_german(s) for s in (*SCHLAGWORTE, kommune["name"])],
        "dcat:distribution": [_describe_file(t, kommune, form) for form in _name_files(t)],
    }  # fmt: skip
    if ebene := EBENEN.get(len(kommune["ags"])):
        satz["dcatde:politicalGeocodingLevelURI"] = {"@id": f"{RAUM}/Level/{ebene[0]}"}
        satz["dcatde:politicalGeocodingURI"] = {"@id": f"{RAUM}/{ebene[1]}/{kommune['ags']}"}
    if stelle := kommune.get("offene_daten_beitragende_stelle"):
        satz["dcatde:contributorID"] = {"@id": f"http://dcat-ap.de/def/contributors/{stelle}"}
    if kontakt := kommune.get("offene_daten_kontakt"):
        satz["dcat:contactPoint"] = {
            "@type": "vcard:Organization", "vcard:fn": kommune["name"], "vcard:hasEmail": {"@id": f"mailto:{kontakt}"},
        }  # fmt: skip
    if kennung and (tag := re.match(r"\d{4}-\d{2}-\d{2}", kennung)):
        satz["dct:issued"] = satz["dct:modified"] = _as_day(tag[0])
    if tage and "stichtag" in t.namen:
        anfang, ende = (_as_day(tag.isoformat()) for tag in tage)
        satz["dct:temporal"] = {"@type": "dct:PeriodOfTime", "dcat:startDate": anfang, "dcat:endDate": ende}
    return satz


class Distributionsdatei(NamedTuple):
    """A file of a table: where it lies, what it is called, its format in the two lists that portals know."""

    pfad: str
    titel: str
    dateityp: str
    medientyp: str


def _name_files(t: Tabelle) -> list[Distributionsdatei]:
    deutsch = path_of(t)
    international = deutsch.replace("daten/", "daten_international/", 1)
    return [
        Distributionsdatei(deutsch, "CSV mit Semikolon und Dezimalkomma", "CSV", "text/csv"),
        Distributionsdatei(international, "CSV mit Komma und Dezimalpunkt", "CSV", "text/csv"),
        Distributionsdatei(path_as_parquet(t), "Parquet", "PARQUET", "application/vnd.apache.parquet"),
    ]


def _describe_file(t: Tabelle, kommune: Zeile, form: Distributionsdatei) -> dict[str, Any]:
    lizenz = kommune.get("offene_daten_lizenz")
    nennung = {"dcatde:licenseAttributionByText": _as_german(f"{kommune['name']}, Integrationsmonitoring")}
    return {
        "@id": f"{form.pfad}#datei", "@type": "dcat:Distribution", "dct:title": _as_german(f"{t.titel}, {form.titel}"),
        "dcat:accessURL": {"@id": form.pfad}, "dcat:downloadURL": {"@id": form.pfad},
        "dct:format": {"@id": f"{DATEITYPEN}/{form.dateityp}"},
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{form.medientyp}"},
        **({"dct:license": {"@id": f"http://dcat-ap.de/def/licenses/{lizenz}"}} if lizenz else {}),
        **(nennung if lizenz in MIT_NENNUNG else {}),
    }  # fmt: skip
