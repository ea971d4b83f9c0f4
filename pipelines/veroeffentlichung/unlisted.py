"""Published tables about which nobody has said what they tell of the register: nothing is published beside one.

Belongs here: finding them, by what they are made of and in the file that is to be published. Does not belong here: the lists
(schemas/register.py, geheimhaltung/angriff/channels.py) and the attack itself.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import duckdb

from pipelines.foundation.messages import ALLE, Meldung, aus_text
from pipelines.geheimhaltung.angriff.channels import GENUTZT, OHNE_REGISTERZAHL
from pipelines.indikatoren.steps import CATALOGUE_STEPS
from pipelines.steps.sql_step import sql_steps
from pipelines.steps.step import Name, Step
from schemas.register import FOLGT_AUS_VEROEFFENTLICHTEM, REGISTERTABELLEN
from schemas.tabellen.registry import VEROEFFENTLICHT

# What every figure of the register is counted or decided in.
QUELLEN: frozenset[Name] = frozenset({("bevoelkerung", "wuerfel"), ("geheimhaltung", "entscheidung")})
THEMA = "unbekannter_kanal"


def behind_register(steps: Iterable[Step]) -> set[Name]:
    """Every table that a figure of the register can reach."""
    hinter, offen = set(QUELLEN), list(steps)
    while neu := {s.key for s in offen if s.key not in hinter and hinter & {*s.reads}}:
        hinter |= neu
    return hinter


def unlisted(steps: Iterable[Step] | None = None, tabellen: Iterable[str] | None = None) -> list[Meldung]:
    """One message for each published table that must be named and is not; they hold back everybody."""
    namen = sorted([t.voll for t in VEROEFFENTLICHT] if tabellen is None else tabellen)
    register = {f"marts.{n}" for s, n in (_behind_ours() if steps is None else behind_register(steps)) if s == "marts"}
    meldungen = []
    for name in namen:
        if name in register - {*REGISTERTABELLEN, *FOLGT_AUS_VEROEFFENTLICHTEM}:
            meldungen.append(aus_text(ALLE, name, THEMA, _missing_in_register(name)))
        elif name not in GENUTZT and (name not in OHNE_REGISTERZAHL or name in register):
            meldungen.append(aus_text(ALLE, name, THEMA, _missing_in_angriff(name)))
    return meldungen


@cache
def _behind_ours() -> set[Name]:
    return behind_register([*sql_steps(), *CATALOGUE_STEPS])


def _missing_in_register(name: str) -> str:
    return (
        f"{name} beruht auf Zahlen des Melderegisters, steht aber nicht in schemas/register.py: der Angriff vor der "
        "Veröffentlichung kennt die Tabelle nicht. Erwartet: ihr Name in REGISTERTABELLEN (oder FOLGT_AUS_VEROEFFENTLICHTEM, "
        "wenn jede ihrer Zahlen aus anderen veröffentlichten folgt) und in GENUTZT in "
        "pipelines/geheimhaltung/angriff/channels.py, mit dem Leser, der ihre Zahlen angreift (CONTRIBUTING.md, »A mart«)."
    )


def _missing_in_angriff(name: str) -> str:
    return (
        f"Für {name} ist nicht gesagt, was die Tabelle über Zahlen des Melderegisters verrät. Erwartet: ihr Name in "
        "pipelines/geheimhaltung/angriff/channels.py, in GENUTZT mit dem Leser, der sie angreift, oder, wenn sie keine Zahl des "
        "Registers enthält, in OHNE_REGISTERZAHL (CONTRIBUTING.md, »A mart«)."
    )


def unlisted_in_file(datei: Path) -> list[Meldung]:
    """The same of a built file: whatever lies in it, however it came there."""
    with duckdb.connect(str(datei), read_only=True) as con:
        namen = {
            f"{schema}.{name}"
            for schema, name in con.execute(
                "select schema_name, table_name from duckdb_tables() union select schema_name, view_name from duckdb_views() "
                "where not internal"
            ).fetchall()
        }
    return [aus_text(ALLE, n, THEMA, _missing_in_angriff(n)) for n in sorted(namen - {*GENUTZT, *OHNE_REGISTERZAHL})]
