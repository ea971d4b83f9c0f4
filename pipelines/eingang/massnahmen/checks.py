"""Checks of one workbook of measures: each statement below sql/pruefungen/lieferungen/massnahme returns what does not hold.

Belongs here: laying out what a check may read, running the checks, findings out of their rows. A statement reads
`massnahme.zeile`, `massnahme.vorlage`, `massnahme.haushalt`, `massnahme.meilenstein`, `massnahme.anpassung` (this file; `zellen`
maps columns to addresses), `massnahme.genannt` and `massnahme.vorlage_genannt` (numbers of all rows, also of those set aside),
`massnahme.blatt` (sheets), `bestand.massnahme`, `bestand.gefuellt`, `bestand.blattname` (delivered before; earlier.py),
`konzept.massnahme`, `konzept.handlungsfeld`, `konzept.name`,
`konzept.leitziel`, `konzept.gebiet`, `konzept.vorlage`, `massnahme.status`, `quelle.angabe`,
and returns fundstellen VARCHAR[] (cells, the one to look at first), facts as columns and if need be schwere and art (which of
several faults); sentences.py makes German of them.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import duckdb
import pyarrow as pa

from pipelines.eingang.massnahmen.earlier import collect_filled, describe_sheets, tell_kinds
from pipelines.eingang.massnahmen.einlesung import Massnahmeneinlesung
from pipelines.eingang.massnahmen.sentences import word
from pipelines.eingang.wording import ort
from pipelines.foundation.check_files import DOOR_CHECKS, CheckFile, read_check_files
from pipelines.foundation.duck import lay_out
from pipelines.foundation.findings import Befund, Code, Schwere
from pipelines.foundation.macros import load_macros
from pipelines.stamm.konzept.models import Fassung, normalform
from pipelines.stamm.quellen.massnahmen import Massnahmenquelle
from pipelines.stamm.tables.massnahme import SCHEMATA_MASSNAHME, statuszeilen

ORDNER = DOOR_CHECKS / "massnahme"
TEXT, ZAHL, TAG = pa.string(), pa.int64(), pa.date32()
ZELLEN = pa.map_(TEXT, TEXT)
_KONZEPT: dict[str, dict[str, pa.DataType]] = {
    "massnahme": {"massnahme_nr": TEXT, "titel": TEXT, "titel_norm": TEXT, "handlungsfeld": TEXT, "leitziel": TEXT,
                  "art": TEXT, "reihenfolge": ZAHL},
    "handlungsfeld": {"handlungsfeld": TEXT, "name": TEXT, "art": TEXT, "reihenfolge": ZAHL},
    "name": {"handlungsfeld": TEXT, "name": TEXT},
    "leitziel": {"leitziel": TEXT, "handlungsfeld": TEXT, "text": TEXT},
    "gebiet": {"gebiet_id": TEXT, "name": TEXT},
    "vorlage": {"vorlage_nr": TEXT, "datum": TAG, "beschluesse": pa.list_(TAG)},
}  # fmt: skip
_GENANNT = {"massnahme_nr": TEXT, "stand": TAG}
_ANGABE = {"quelle_id": TEXT, "konzept": TEXT, "datei": TEXT, "veraltet_nach_monaten": ZAHL, "fruehestens": TAG,
           "spaetestens": TAG, "mindestfallzahl": ZAHL, "heute": TAG, "nummern_lesbar": pa.bool_(),
           "vorlagen_lesbar": pa.bool_(), "ist_ueber_plan_ab": pa.float64(), "vzae_hoch_ab": pa.float64()}  # fmt: skip


@cache
def load_massnahmen_checks() -> tuple[CheckFile, ...]:
    """All checks of measures, by name. Files that begin with `_` are macros."""
    return tuple(read_check_files(ORDNER))


def _mit_zellen(tabelle: pa.Table, orte: list[dict[str, str]], feldtexte: list[str | None] | None = None) -> pa.Table:
    paare = pa.array([list(o.items()) for o in orte], ZELLEN)
    tabelle = tabelle.append_column("zellen", paare)
    return tabelle.append_column("feldtext", pa.array(feldtexte or [None] * len(tabelle), TEXT))


def prepare(
    con: duckdb.DuckDBPyConnection, fassung: Fassung, quelle: Massnahmenquelle, einlesung: Massnahmeneinlesung,
    bestand: Mapping[str, pa.Table], datei: str, mindestfallzahl: int, heute: date, gebiete: Mapping[str, str],
) -> None:  # fmt: skip
    """Lay out everything a check may read as tables of this connection; `datei` as the rows name it."""
    zeilen: dict[str, list[dict[str, Any]]] = {
        "massnahme": [{"massnahme_nr": m.nr, "titel_norm": normalform(m.titel), "reihenfolge": n, **m.model_dump()}
                      for n, m in enumerate(fassung.massnahmen)],
        "handlungsfeld": [{"handlungsfeld": f.code, "name": f.name, "art": f.art, "reihenfolge": n}
                          for n, f in enumerate(fassung.handlungsfelder)],
        "name": [{"handlungsfeld": f.code, "name": n} for f in fassung.handlungsfelder for n in (f.code, f.name, *f.aliase)],
        "leitziel": [{"leitziel": z.code, "handlungsfeld": z.handlungsfeld, "text": z.text} for z in fassung.leitziele],
        "gebiet": [{"gebiet_id": g, "name": n} for g, n in gebiete.items()],
        "vorlage": [{"vorlage_nr": v.vorlage, "datum": v.datum, "beschluesse": v.beschluss_tage()} for v in fassung.vorlagen],
    }  # fmt: skip
    angabe = {"quelle_id": quelle.id, "konzept": fassung.konzept, "datei": datei,
              "veraltet_nach_monaten": quelle.veraltet_nach_monaten, "fruehestens": quelle.fruehestens,
              "spaetestens": quelle.spaetestens, "mindestfallzahl": mindestfallzahl, "heute": heute,
              "nummern_lesbar": einlesung.genannt.lesbar, "vorlagen_lesbar": einlesung.genannt.vorlagen_lesbar,
              "ist_ueber_plan_ab": quelle.ist_ueber_plan_ab, "vzae_hoch_ab": quelle.vzae_hoch_ab}  # fmt: skip
    tabellen = {f"konzept.{n}": pa.Table.from_pylist(z, schema=pa.schema(_KONZEPT[n])) for n, z in zeilen.items()} | {
        "massnahme.status": pa.Table.from_pylist(
            statuszeilen(), schema=pa.schema(SCHEMATA_MASSNAHME["massnahmenstatus"])
        ),
        "massnahme.zeile": _mit_zellen(einlesung.massnahmen, einlesung.orte, einlesung.feldtexte),
        "massnahme.vorlage": _mit_zellen(einlesung.vorlagen, einlesung.orte_vorlagen),
        **{
            f"massnahme.{name.removeprefix('massnahme_')}": _mit_zellen(t, einlesung.orte_neben[name])
            for name, t in einlesung.neben.items()
        },
        "massnahme.genannt": pa.Table.from_pylist(
            [{"massnahme_nr": n, "stand": s} for n, s in einlesung.genannt.massnahmen], schema=pa.schema(_GENANNT)
        ),
        "massnahme.vorlage_genannt": pa.table({"vorlage_nr": pa.array([*einlesung.genannt.vorlagen], TEXT)}),
        "massnahme.blatt": describe_sheets(einlesung.blaetter),
        "bestand.massnahme": bestand["massnahme"],
        "bestand.gefuellt": collect_filled(bestand),
        "bestand.blattname": tell_kinds(),
        "quelle.angabe": pa.Table.from_pylist([angabe], schema=pa.schema(_ANGABE)),
    }
    lay_out(con, tabellen, ORDNER)


def check_massnahmen(
    con: duckdb.DuckDBPyConnection, fassung: Fassung, quelle: Massnahmenquelle, einlesung: Massnahmeneinlesung,
    bestand: Mapping[str, pa.Table], datei: str, mindestfallzahl: int, heute: date, gebiete: Mapping[str, str],
) -> dict[str, list[Befund]]:  # fmt: skip
    """Run every check over one reading; returns check → findings (empty = passed).

    Severity is what the source declares for the check, else the row's, else the check's own.
    """
    prepare(con, fassung, quelle, einlesung, bestand, datei, mindestfallzahl, heute, gebiete)
    load_macros(con, [p.text for p in load_massnahmen_checks()])
    ergebnis: dict[str, list[Befund]] = {}
    for p in load_massnahmen_checks():
        frage = con.execute(p.text)
        namen = [d[0] for d in frage.description]
        ergebnis[p.name] = [
            _befund(p, quelle, datei.rpartition("/")[2], dict(zip(namen, z, strict=True))) for z in frage.fetchall()
        ]
    return ergebnis


def _befund(p: CheckFile, quelle: Massnahmenquelle, datei: str, zeile: dict[str, Any]) -> Befund:
    zellen = tuple(zeile["fundstellen"] or ())
    schwere = quelle.pruefungen.get(p.name) or Schwere(zeile.get("schwere") or p.schwere)
    worte = word(p.name, zeile)
    return Befund(
        Code(p.name), schwere, datei, ort(zellen), worte.was, worte.erwartet or p.erwartet, zellen=zellen,
        vorschlag=worte.vorschlag,
    )  # fmt: skip
