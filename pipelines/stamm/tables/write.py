"""Configuration and reference lists as tables: what the SQL of the cube, the door and the marts joins with.

Belongs here: kommune.yaml, gebiete.csv, profiles, staaten.csv → `stamm.*`; konzept.yaml comes from konzept.py. No data
of any delivery.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import model_validator

from pipelines.foundation.findings import KonfigurationsFehler, unerwartet
from pipelines.foundation.storage import Ablage
from pipelines.foundation.yaml_file import Modell, load, ort, read_yaml
from pipelines.stamm.katalog.katalog import Katalog, unbekannt
from pipelines.stamm.katalog.load import load_katalog
from pipelines.stamm.kommune import UNBEKANNT, Kommune, als_datum
from pipelines.stamm.kommunen import profilfehler, remember_failed
from pipelines.stamm.profile.profil import Profil, load_profile
from pipelines.stamm.quellen.layout import Bevoelkerung, Layout
from pipelines.stamm.referenz import gueltig, profildateien
from pipelines.stamm.staaten import staatentabelle
from pipelines.stamm.tables.indikator import SCHEMATA_INDIKATOR, zeilen_indikator
from pipelines.stamm.tables.konzept import SCHEMATA_KONZEPT, zeilen_konzept
from pipelines.stamm.tables.massnahme import SCHEMATA_MASSNAHME, zeilen_massnahme
from pipelines.stamm.tables.ziel import SCHEMATA_ZIEL, zeilen_ziel
from schemas.spalten.common import INSGESAMT, ZAEHLGESCHLECHTER
from schemas.spalten.lieferung import MERKMALE
from schemas.tabellen.herkunft import ANSICHTEN
from schemas.tabellen.registry import VEROEFFENTLICHT

TEXT, ZAHL, TAG, JANEIN = pa.string(), pa.int64(), pa.date32(), pa.bool_()

SCHEMATA: dict[str, dict[str, pa.DataType]] = {
    "kommune": {"kommune": TEXT, "name": TEXT, "ags": TEXT, "land": TEXT, "mindestfallzahl": ZAHL, "mindestnenner": ZAHL,
                "mindestwert_ab": pa.float64(), "begruendung": TEXT, "verfahren": TEXT, "rundung": ZAHL, "varianz": pa.float64(),
                "hoechstfehler": ZAHL, "verfahren_text": TEXT},
    "muster": {"kommune": TEXT, "muster": TEXT},
    "umfang": {"kommune": TEXT, "hauptprofil": TEXT, "hauptdefinition": TEXT, "andere_definitionen": TEXT, "vergleiche": TEXT,
               "staaten_je_gebiet": ZAHL, "mindestzeile": ZAHL},
    "geheime_null": {"kommune": TEXT, "tabelle": TEXT, "begruendung": TEXT},
    "gebiet": {"kommune": TEXT, "gebiet_id": TEXT, "gebiet": TEXT, "ebene": TEXT, "uebergeordnet": TEXT,
               "gebietsstand": TEXT, "gueltig_von": TAG, "gueltig_bis": TAG},
    "vorfahr": {"kommune": TEXT, "gebiet_id": TEXT, "vorfahr": TEXT},
    "altersgruppe": {"kommune": TEXT, "altersgruppe": TEXT},
    "geschlecht": {"geschlecht": TEXT},
    "profil": {"profil": TEXT, "version": TEXT, "titel": TEXT, "beschreibung": TEXT, "herkunft": TEXT,
               "naeherung": JANEIN, "rekonstruktion": JANEIN, "regeln": TEXT},
    "regel": {"profil": TEXT, "regel": TEXT, "kategorie": TEXT, "kategorie_name": TEXT, "ergebnis_mh": TEXT},
    "bruch": {"bruch_id": TEXT, "gilt_fuer": TEXT, "schluessel": TEXT, "datum": TAG, "grund": TEXT, "herkunft": TEXT,
              "zensusbasis": ZAHL},
    "ortsbruch": {"kommune": TEXT, "indikator": TEXT, "ebene": TEXT, "datum": TAG, "grund": TEXT, "herkunft": TEXT},
    "abgleich": {"kommune": TEXT, "quelle": TEXT, "profil": TEXT, "toleranz": ZAHL, "schwere": TEXT},
    "quelle": {"kommune": TEXT, "quelle_id": TEXT, "rang": ZAHL, "art": TEXT, "titel": TEXT, "herkunft": TEXT, "lizenz": TEXT,
               "profil": TEXT, "bevoelkerung": TEXT, "zensusbasis": ZAHL, "methode": TEXT, "veroeffentlicht": JANEIN,
               "stichtag_angenommen": JANEIN, "auswahlsatz": pa.float64()},
    "erzeugt_aus": {"kommune": TEXT, "quelle_id": TEXT},
    "nachmeldung": {"kommune": TEXT, "hoechstanteil": pa.float64()},
    "merkmal": {"kommune": TEXT, "quelle_id": TEXT, "merkmal": TEXT, "merkmal_titel": TEXT, "wert_einheit": TEXT,
                "additiv": JANEIN},
    "bruecke": {"kommune": TEXT, "alt_id": TEXT, "alt_stand": TEXT, "neu_id": TEXT, "neu_stand": TEXT,
                "gewicht": pa.float64(), "umrechnung": TEXT, "bruch_am": TAG},
    "spalte": {"tabelle": TEXT, "spalte": TEXT, "typ": TEXT, "titel": TEXT, "beschreibung": TEXT, "einheit": TEXT,
               "herkunft": TEXT, "werte": TEXT, "schluesselteil": JANEIN, "leer_erlaubt": JANEIN},
    "veroeffentlichung": {"veroeffentlichung": TEXT},
    **SCHEMATA_KONZEPT,
    **SCHEMATA_ZIEL,
    **SCHEMATA_MASSNAHME,
    **SCHEMATA_INDIKATOR,
}  # fmt: skip
STAMMTABELLEN = (*SCHEMATA, "staat")


def naechste_veroeffentlichung(ablage: Ablage, heute: date | None = None) -> str:
    """Id of the release being built: the day, with a running number from the second release of a day on.

    Never a day before the last release: ids say which came later, also where the clock was put back since.
    """
    # Also of those withdrawn: an id is never given twice.
    vergeben = {p.name for ort in (ablage.marts, ablage.intern) for p in (ort / "archiv").glob("*")}
    tage = [d.isoformat() for name in vergeben if (d := als_datum(name[:10]))]
    tag = max([(heute or datetime.now(UTC).date()).isoformat(), *tage])
    nummer = 1
    while (kennung := tag if nummer == 1 else f"{tag}.{nummer}") in vergeben:
        nummer += 1
    return kennung


def _zeilen(ablage: Ablage, kommunen: list[Kommune]) -> dict[str, list[dict[str, Any]]]:
    kaputt = profilfehler(ablage)
    namen = tuple(n for n in profildateien(ablage.roh) if n not in kaputt)
    profile, katalog = load_profile(ablage, namen), load_katalog(ablage)
    for k in kommunen:
        _check_bruchindikatoren(k.ordner / "kommune.yaml", [b.indikator for b in k.angaben.brueche], katalog)
    return {
        **zeilen_konzept((k.id, k.ordner) for k in kommunen),
        **zeilen_ziel((k.id, k.angaben.ags, k.ordner) for k in kommunen),
        **zeilen_indikator(katalog, [(k.id, k.angaben.altersgruppen) for k in kommunen]),
        **zeilen_massnahme((k.id, q) for k in kommunen for q in k.angaben.quellen.massnahmen),
        "kommune": [
            {"kommune": k.id, "name": k.angaben.name, "ags": k.angaben.ags, "land": k.angaben.land,
             "mindestfallzahl": k.angaben.schutz.mindestfallzahl, "mindestnenner": k.angaben.schutz.mindestnenner,
             "mindestwert_ab": k.angaben.veroeffentlichung.mindestwert_ab,
             "begruendung": k.angaben.schutz.begruendung, "verfahren": k.angaben.schutz.verfahren,
             "rundung": k.angaben.schutz.rundung, "varianz": k.angaben.schutz.cellkey.varianz,
             "hoechstfehler": k.angaben.schutz.hoechstfehler(), "verfahren_text": k.angaben.schutz.verfahrenstext()}
            for k in kommunen
        ],
        "muster": [{"kommune": k.id, "muster": m} for k in kommunen for m in k.angaben.veroeffentlichung.stichtage],
        "umfang": [
            {"kommune": k.id, "hauptprofil": k.angaben.profile[0], "mindestzeile": k.angaben.schutz.mindestzeile,
             **k.angaben.veroeffentlichung.umfang.model_dump()}
            for k in kommunen
        ],
        "geheime_null": [{"kommune": k.id, **n.model_dump()} for k in kommunen for n in k.angaben.schutz.nullen],
        "gebiet": [
            {"kommune": k.id, "gebiet_id": g.gebiet_id, "gebiet": g.name, "ebene": g.ebene,
             "uebergeordnet": g.uebergeordnet, "gebietsstand": g.gebietsstand, "gueltig_von": g.gueltig_von,
             "gueltig_bis": g.gueltig_bis}
            for k in kommunen
            for g in k.gebiete
        ],
        "vorfahr": [{"kommune": k.id, "gebiet_id": g, "vorfahr": v} for k in kommunen for g, v in k.vorfahren()],
        "altersgruppe": [
            {"kommune": k.id, "altersgruppe": a}
            for k in kommunen
            for a in (*k.angaben.altersgruppen, UNBEKANNT, INSGESAMT)
        ],
        "geschlecht": [{"geschlecht": g} for g in (*ZAEHLGESCHLECHTER, INSGESAMT)],
        "profil": [
            {"profil": p.profil, "version": p.version, "titel": p.titel, "beschreibung": p.beschreibung,
             "herkunft": p.herkunft, "naeherung": p.naeherung, "rekonstruktion": p.rekonstruktion,
             "regeln": p.als_text()}
            for p in profile
        ],
        "regel": [
            {"profil": p.profil, "regel": regel, "kategorie": kategorie, "kategorie_name": name, "ergebnis_mh": ergebnis}
            for p in profile
            for regel, kategorie, name, ergebnis in p.ergebnisse()
        ],
        "bruch": _brueche(ablage, profile, katalog),
        "ortsbruch": [{"kommune": k.id, **b.model_dump()} for k in kommunen for b in k.angaben.brueche],
        "abgleich": [
            {"kommune": k.id, "quelle": t.id, "profil": t.profil, "toleranz": t.abgleich.toleranz,
             "schwere": t.abgleich.schwere.value}
            for k in kommunen
            for t in k.angaben.quellen.tabellen
            if t.abgleich
        ],
        "quelle": [
            {"kommune": k.id, "quelle_id": t.id, "rang": rang, "art": art, "titel": t.titel, "herkunft": t.herkunft,
             "lizenz": t.lizenz, "profil": t.profil or "-", "bevoelkerung": t.bevoelkerung, "zensusbasis": t.zensusbasis,
             "methode": t.methode, "veroeffentlicht": t.bereits_veroeffentlicht, "stichtag_angenommen": t.stichtag_angenommen,
             "auswahlsatz": t.stichprobe.auswahlsatz if t.stichprobe else None}
            for rang, (k, art, t) in enumerate(_layouts(kommunen))
        ] + [
            {"kommune": k.id, "quelle_id": "melderegister", "rang": -1, "art": "melderegister",
             "titel": k.angaben.quellen.melderegister.titel, "herkunft": k.angaben.quellen.melderegister.titel,
             "lizenz": "", "profil": "-", "bevoelkerung": "hauptwohnung", "zensusbasis": None, "methode": "exakt",
             "veroeffentlicht": False, "stichtag_angenommen": False, "auswahlsatz": None}
            for k in kommunen
            if k.angaben.quellen.melderegister
        ],
        "erzeugt_aus": [{"kommune": k.id, "quelle_id": q} for k in kommunen for q in _erzeugt_aus(k)],
        "nachmeldung": [
            {"kommune": k.id, "hoechstanteil": k.angaben.quellen.melderegister.hoechstanteil_nachmeldung}
            for k in kommunen
            if k.angaben.quellen.melderegister
        ],
        "merkmal": [
            {"kommune": k.id, "quelle_id": t.id, "merkmal": m, "merkmal_titel": t.titel_von(m),
             "wert_einheit": t.einheit(m), "additiv": t.additiv(m)}
            for k, _, t in _layouts(kommunen)
            for m in (*MERKMALE, *(m for m in t.merkmale if m not in MERKMALE))
        ],
        "bruecke": [{"kommune": k.id, **asdict(b)} for k in kommunen for b in k.bruecken],
        "spalte": spaltenzeilen(),
        "veroeffentlichung": [{"veroeffentlichung": naechste_veroeffentlichung(ablage)}],
    }  # fmt: skip


def _erzeugt_aus(kommune: Kommune) -> list[str]:
    """Sources whose figures an example register of this municipality is generated from (demo.yaml); none without one.

    Raises: KonfigurationsFehler if it is no list of names.
    """
    datei = kommune.ordner / "demo.yaml"
    if not datei.exists():
        return []
    inhalt, zeilen = read_yaml(datei)
    genannt = inhalt.get("erzeugt_aus", []) if isinstance(inhalt, dict) else []
    if not isinstance(genannt, list) or not all(isinstance(q, str) for q in genannt):
        raise KonfigurationsFehler(
            f"{ort(datei, zeilen, ('erzeugt_aus',))}: gefunden »{genannt}«. Erwartet: eine Liste von Kennungen der Quellen in "
            "kommune.yaml, z. B. [stadtteiltabelle]."
        )
    return genannt


def _layouts(kommunen: list[Kommune]) -> list[tuple[Kommune, str, Layout]]:
    arten = ("tabellen", "indikatoren")
    return [(k, art, t) for k in kommunen for art in arten for t in k.angaben.quellen.layouts(art)]


class Statistikbruch(Modell):
    """A day from which figures do not continue the earlier ones: of an indicator, or of every source of one kind of count.

    `zensusbasis`: sources that say which Zensus they go on from break by that, not by the day.
    """

    indikator: str | None = None
    bevoelkerung: Bevoelkerung | None = None
    datum: date
    grund: str
    herkunft: str
    zensusbasis: int | None = None

    @model_validator(mode="after")
    def _eines(self) -> "Statistikbruch":
        if (self.indikator is None) == (self.bevoelkerung is None):
            raise ValueError(
                "Ein Bruch gilt für einen indikator oder eine bevoelkerung: genau eines von beiden angeben."
            )
        return self


class Brueche(Modell):
    """Content of referenz/brueche.yaml."""

    brueche: tuple[Statistikbruch, ...]


def _check_bruchindikatoren(datei: Path, muster: Iterable[str], katalog: Katalog) -> None:
    """A break of an indicator that the catalogue does not have breaks nothing: a configuration error."""
    fehlt = [m for m in muster if not any(fnmatchcase(i, m) for i in katalog.nach_id)]
    if fehlt:
        raise KonfigurationsFehler(
            "\n".join(f"{datei.name}, brueche: {unbekannt('Den Indikator', m, katalog.nach_id)}" for m in fehlt)
        )


def read_brueche(datei: Path, katalog: Katalog | None) -> tuple[Statistikbruch, ...]:
    """The breaks of referenz/brueche.yaml, held against the catalogue where there is one. Raises: KonfigurationsFehler."""
    brueche = load(datei, Brueche).brueche
    if katalog is not None:
        _check_bruchindikatoren(datei, [b.indikator for b in brueche if b.indikator], katalog)
    return brueche


def _brueche(ablage: Ablage, profile: list[Profil], katalog: Katalog) -> list[dict[str, Any]]:
    """Breaks of the definitions (from their files), of indicators and of statistics (referenz/brueche.yaml)."""
    weitere = read_brueche(gueltig(ablage.roh, "brueche.yaml"), katalog)
    zeilen: list[dict[str, Any]] = [
        {"gilt_fuer": "profil", "schluessel": p.profil, "datum": b.datum, "grund": b.grund,
         "herkunft": f"referenz/profile/{p.profil}.yaml"}
        for p in profile
        for b in p.brueche
    ]  # fmt: skip
    zeilen += [
        {
            "gilt_fuer": "indikator" if b.indikator else "bevoelkerung",
            "schluessel": b.indikator or b.bevoelkerung,
            "datum": b.datum,
            "grund": b.grund,
            "herkunft": b.herkunft,
            "zensusbasis": b.zensusbasis,
        }
        for b in weitere
    ]
    return [{"bruch_id": f"{z['schluessel']}-{z['datum'].isoformat()}", **z} for z in zeilen]


def spaltenzeilen() -> list[dict[str, Any]]:
    """The data dictionary: one row a published table or view (`spalte` = *) and one a column, from the vocabulary."""
    zeilen: list[dict[str, Any]] = []
    for t in (*VEROEFFENTLICHT, *ANSICHTEN):
        zeilen.append(
            {"tabelle": t.voll, "spalte": "*", "typ": "VIEW" if t in ANSICHTEN else "TABLE", "titel": t.titel,
             "beschreibung": t.kommentar(),
             "einheit": "", "herkunft": "", "werte": "", "schluesselteil": False, "leer_erlaubt": False}
        )  # fmt: skip
        for s in t.spalten:
            zeilen.append(
                {"tabelle": t.voll, "spalte": s.name, "typ": s.typ, "titel": s.titel, "beschreibung": s.beschreibung,
                 "einheit": s.einheit, "herkunft": s.quelle, "werte": ", ".join(s.werte) or s.muster,
                 "schluesselteil": s.name in t.schluessel, "leer_erlaubt": s.name in t.leer_erlaubt}
            )  # fmt: skip
    return zeilen


def _tabellen(ablage: Ablage, kommunen: list[Kommune]) -> dict[str, pa.Table]:
    zeilen = _zeilen(ablage, kommunen)
    return {name: pa.Table.from_pylist(zeilen[name], schema=pa.schema(s)) for name, s in SCHEMATA.items()}


def _ohne_schuldige(ablage: Ablage, kommunen: list[Kommune]) -> tuple[dict[str, pa.Table], dict[str, str]]:
    """Tables of all municipalities that can be written, and why the others cannot: found out by trying each alone.

    Raises: whatever does not hang on a single municipality.
    """
    try:
        return _tabellen(ablage, kommunen), {}
    except Exception:
        schuldige: dict[str, str] = {}
        for k in kommunen:
            try:
                _tabellen(ablage, [k])
            except KonfigurationsFehler as grund:
                schuldige[k.id] = str(grund)
            except Exception as grund:
                schuldige[k.id] = unerwartet(f"{k.id}/kommune.yaml", "Stammdaten schreiben", grund).satz()
        if not schuldige or len(schuldige) == len(kommunen):
            raise
        return _tabellen(ablage, [k for k in kommunen if k.id not in schuldige]), schuldige


def write_stamm(
    ablage: Ablage, kommunen: list[Kommune], fehler: Mapping[str, KonfigurationsFehler] | None = None
) -> dict[str, int]:
    """Write all `stamm.*` tables; returns the number of rows of each. Municipalities with `fehler` are remembered as left out.

    Raises: KonfigurationsFehler if a reference list is wrong that all share.
    """
    tabellen, schuldige = _ohne_schuldige(ablage, kommunen)
    tabellen["staat"] = staatentabelle(gueltig(ablage.roh, "staaten.csv"))
    for name, tabelle in tabellen.items():
        with ablage.neu(ablage.tabelle("stamm", name)) as neu:
            pq.write_table(tabelle, neu)
    remember_failed(ablage, {k: str(f) for k, f in (fehler or {}).items()} | schuldige)
    return {name: t.num_rows for name, t in tabellen.items()}
