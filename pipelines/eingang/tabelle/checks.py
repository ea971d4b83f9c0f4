"""Checks of one delivery of figures: each statement below sql/pruefungen/lieferungen/tabelle returns what does not agree.

Belongs here: laying out what a check may read, running the checks, findings out of their rows. They run when a delivery is
read and, by the same function, in `monitoring check`. A statement reads `lieferung.wert` (this file), `bestand.wert` (what
the same source delivered before), `lieferung.gebiet`, `.layout`, `.zerlegung`, `.quote`, `.merkmal`, `.teilmenge`, and returns
fundstellen VARCHAR[] (cells, the one to look at first), facts as columns and if need be schwere; sentences.py makes German of
them.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

import duckdb
import pyarrow as pa

from pipelines.eingang.tabelle.foreign_areas import Teilmenge
from pipelines.eingang.tabelle.sentences import word
from pipelines.eingang.tabelle.words import bekannt
from pipelines.eingang.wording import ort
from pipelines.foundation.check_files import DOOR_CHECKS, CheckFile, read_check_files
from pipelines.foundation.duck import interrupted_after, lay_out
from pipelines.foundation.findings import Befund, Code, Schwere
from pipelines.stamm.kommune import Kommune
from pipelines.stamm.quellen.layout import Layout
from schemas.spalten.lieferung import MERKMALE
from schemas.tabellen.lieferung import GELESEN

BRAUCHT = re.compile(r"^-- braucht: (\S+)$", re.MULTILINE)
ORDNER = DOOR_CHECKS / "tabelle"
HOECHSTENS_SEKUNDEN = 300.0  # for all checks of one delivery; the largest shipped one takes two
# Published counts of the register, protected as they are: a message may quote them.
REGISTER = pa.schema(
    [("stichtag", pa.date32()), ("gebiet_id", pa.string()), ("profil", pa.string()), ("merkmal", pa.string()),
     ("wert", pa.int64())]
)  # fmt: skip
# Measures of the vocabulary whose name a column may have as a group → the catalogue's group.
GRUPPE_VON = {
    "auslaender": "auslaender",
    "deutsche": "deutsche",
    "personen_mit_mh": "mit_mh",
    "personen_ohne_mh": "ohne_mh",
}
# Always checked where all measures are delivered; further ones stand in the layout (zerlegungen, quoten).
IMMER_ZERLEGT = (
    ("einwohner", ("deutsche", "auslaender")),
    ("einwohner", ("personen_mit_mh", "personen_ohne_mh")),
)  # fmt: skip
IMMER_QUOTE = (
    ("anteil_auslaender", "auslaender", "einwohner", 100),
    ("anteil_mh", "personen_mit_mh", "einwohner", 100),
)  # fmt: skip

TEXT, ZAHL, JANEIN, LISTE = pa.string(), pa.int64(), pa.bool_(), pa.list_(pa.string())
_HILFSTABELLEN: dict[str, dict[str, pa.DataType]] = {
    "gebiet": {"gebiet_id": TEXT, "gebiet": TEXT, "ebene": TEXT, "uebergeordnet": TEXT, "gebietsstand": TEXT,
               "gueltig_von": pa.date32(), "gueltig_bis": pa.date32()},
    "layout": {"quelle_id": TEXT, "ags": TEXT, "methode": TEXT, "hoechstabweichung": ZAHL, "hat_summenzeile": JANEIN,
               "fremde_ausserhalb": JANEIN, "abgewiesen": ZAHL, "abgleich_toleranz": ZAHL, "abgleich_schwere": TEXT},
    "zerlegung": {"nummer": ZAHL, "summe": TEXT, "teil": TEXT, "ueber": TEXT, "ohne": LISTE, "nur": LISTE,
                  "unvollstaendig": JANEIN, "vorgabe": JANEIN},
    "quote": {"quote": TEXT, "zaehler": TEXT, "nenner": TEXT, "faktor": ZAHL},
    "merkmal": {"merkmal": TEXT, "titel": TEXT, "einheit": TEXT, "additiv": JANEIN},
    "gruppe": {"gruppe": TEXT, "erwartet": JANEIN},
    "gruppenwort": {"gruppe": TEXT, "gemeint": TEXT},
    "teilmenge": {"gebiet_id": TEXT, "genannt": ZAHL, "fremde": LISTE},
}  # fmt: skip


@cache
def load_lieferung_checks() -> tuple[CheckFile, ...]:
    """All checks of deliveries, by name. Files that begin with `_` are macros."""
    return tuple(read_check_files(ORDNER))


def _needs(pruefung: CheckFile) -> str | None:
    """A table without which the statement can find nothing."""
    treffer = BRAUCHT.search(pruefung.text)
    return treffer[1] if treffer else None


def _zeilen(
    kommune: Kommune | None, layout: Layout, merkmale: set[str], ags: str, abgewiesen: int, gruppen: set[str]
) -> dict[str, list[dict[str, Any]]]:  # fmt: skip
    # Register counts that are published rounded or perturbed are off by so much themselves.
    hoechstfehler = kommune.angaben.schutz.hoechstfehler() if kommune else 0
    zerlegungen: list[dict[str, Any]] = []
    for summe, teile in IMMER_ZERLEGT:
        zerlegungen += [
            {"summe": summe, "teil": t, "vorgabe": True, "nummer": 1000 + len(zerlegungen) // 2} for t in teile
        ]
    for nummer, z in enumerate(layout.zerlegungen):
        gleich = {"nummer": nummer, "summe": z.summe, "ueber": z.ueber, "ohne": list(z.ohne), "nur": list(z.nur),
                  "unvollstaendig": z.unvollstaendig, "vorgabe": False}  # fmt: skip
        zerlegungen += [{**gleich, "teil": t} for t in z.teile or (None,)]
    quoten = [dict(zip(("quote", "zaehler", "nenner", "faktor"), q, strict=True)) for q in IMMER_QUOTE]
    eigene = {q.quote for q in layout.quoten}
    quoten = [q for q in quoten if q["quote"] not in eigene] + [q.model_dump() for q in layout.quoten]
    return {
        "gebiet": [
            {"gebiet_id": g.gebiet_id, "gebiet": g.name, "ebene": g.ebene, "uebergeordnet": g.uebergeordnet,
             "gebietsstand": g.gebietsstand, "gueltig_von": g.gueltig_von, "gueltig_bis": g.gueltig_bis}
            for g in (kommune.gebiete if kommune else ())
        ],
        "layout": [
            {"quelle_id": layout.id, "ags": ags, "methode": layout.methode,
             "hoechstabweichung": layout.hoechstabweichung, "hat_summenzeile": bool(layout.summenzeilen()),
             "fremde_ausserhalb": layout.fremde_gebiete == "ausserhalb", "abgewiesen": abgewiesen,
             "abgleich_toleranz": layout.abgleich.toleranz + hoechstfehler if layout.abgleich else None,
             "abgleich_schwere": layout.abgleich.schwere.value if layout.abgleich else None}
        ],
        "zerlegung": zerlegungen,
        "quote": quoten,
        "merkmal": [
            {"merkmal": m, "titel": layout.titel_von(m), "einheit": layout.einheit(m), "additiv": layout.additiv(m)}
            for m in sorted(merkmale)
        ],
        "gruppe": [{"gruppe": g, "erwartet": e} for g, e in sorted(_gruppen(layout).items())],
        "gruppenwort": [
            {"gruppe": g, "gemeint": GRUPPE_VON.get(bekannt(g) or bekannt(f"Personen {g}") or "")} for g in sorted(gruppen)
        ],
    }  # fmt: skip


def _gruppen(layout: Layout) -> dict[str, bool]:
    """Groups a layout names, and whether a delivery is expected to have them; the catalogue's are known, not expected."""
    erwartet = {g for w, g in layout.woerter.get("gruppe", {}).items() if w != "*"}
    for z in layout.zerlegungen:
        erwartet |= {*z.nur, *z.ohne} if z.ueber == "gruppe" else set()
    genannt = {*GRUPPE_VON.values(), *layout.gruppen, *(w.gruppe for w in layout.werte)}
    return dict.fromkeys(genannt, False) | dict.fromkeys(erwartet, True)


def prepare(
    con: duckdb.DuckDBPyConnection,
    kommune: Kommune | None,
    layout: Layout,
    werte: pa.Table,
    bestand: pa.Table,
    ags: str,
    abgewiesen: int = 0,
    register: pa.Table | None = None,
    teilmengen: Sequence[Teilmenge] = (),
) -> None:
    """Lay out everything a check may read as tables of this connection."""
    # Also what only earlier deliveries had, as long as the layout still knows it: a check may name it.
    merkmale = {str(m) for t in (werte, bestand) for m in t.column("merkmal").unique().to_pylist()}
    merkmale &= {*MERKMALE, *layout.merkmale}
    gruppen = {str(g) for g in werte.column("gruppe").unique().to_pylist()}
    tabellen = {
        f"lieferung.{n}": pa.Table.from_pylist(z, schema=pa.schema(_HILFSTABELLEN[n]))
        for n, z in {
            **_zeilen(kommune, layout, merkmale, ags, abgewiesen, gruppen),
            "teilmenge": [t._asdict() for t in teilmengen],
        }.items()
    } | {"lieferung.wert": werte, "bestand.wert": bestand, "bestand.register": register or REGISTER.empty_table()}
    lay_out(con, tabellen, ORDNER)


def check_lieferung(
    con: duckdb.DuckDBPyConnection, kommune: Kommune | None, layout: Layout, werte: pa.Table, bestand: pa.Table,
    datei: str, ags: str = "insgesamt", abgewiesen: int = 0, register: pa.Table | None = None,
    teilmengen: Sequence[Teilmenge] = (),
) -> dict[str, list[Befund]]:  # fmt: skip
    """Run every check over one reading; returns check → findings (empty = passed).

    `werte` and `bestand` have the columns of GELESEN; `abgewiesen` is how many rows the reader set aside: what they would have
    completed is not asked for a second time; `register` (columns of REGISTER) are published register counts to agree with;
    `teilmengen` are areas of which the file names parts that are none of the municipality's.
    Severity is the row's, else the layout's, else the check's own. A check that does not end in time is a finding.
    """
    ergebnis: dict[str, list[Befund]] = {}
    wo = "die Vorbereitung der Prüfungen"
    try:
        with interrupted_after(con, HOECHSTENS_SEKUNDEN):
            prepare(
                con,
                kommune,
                layout,
                werte,
                bestand,
                kommune.angaben.ags if kommune else ags,
                abgewiesen,
                register,
                teilmengen,
            )
            for p in load_lieferung_checks():
                wo = f"die Prüfung »{p.titel}«"
                ergebnis[p.name] = _check(con, p, layout, datei)
    except duckdb.InterruptException:
        ergebnis[Code.zu_gross] = [
            Befund(Code.zu_gross, Schwere.fehler, datei, "",
                   f"{wo} war nach {HOECHSTENS_SEKUNDEN:g} Sekunden nicht fertig und wurde abgebrochen",
                   "eine Lieferung, die sich in dieser Zeit prüfen lässt; bitte die Datei teilen")
        ]  # fmt: skip
    return ergebnis


def _check(con: duckdb.DuckDBPyConnection, p: CheckFile, layout: Layout, datei: str) -> list[Befund]:
    if (braucht := _needs(p)) and not con.execute(f"select 1 from {braucht} limit 1").fetchall():
        return []
    frage = con.execute(p.text)
    namen = [d[0] for d in frage.description]
    return [_befund(p, layout, datei, dict(zip(namen, z, strict=True))) for z in frage.fetchall()]


def _befund(p: CheckFile, layout: Layout, datei: str, zeile: dict[str, Any]) -> Befund:
    zellen = tuple(zeile["fundstellen"] or ())
    schwere = layout.pruefungen.get(p.name) or Schwere(zeile.get("schwere") or p.schwere)
    worte = word(p.name, zeile)
    return Befund(
        Code(p.name), schwere, datei, ort(zellen), worte.was, worte.erwartet or p.erwartet, zellen=zellen,
        vorschlag=worte.vorschlag,
    )  # fmt: skip


def leerer_bestand() -> pa.Table:
    """No earlier delivery."""
    return pa.Table.from_pylist([], schema=GELESEN)
