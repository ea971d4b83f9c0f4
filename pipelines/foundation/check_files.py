"""SQL files that are checks: where they lie, and what their headers say.

Belongs here: places, names and headers, so that a configuration may name a check without knowing who runs it. Does not belong
here: running one (steps/checks.py, eingang/tabelle/checks.py, eingang/massnahmen/checks.py, eingang/open_sdg/check_folder.py).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from pipelines.foundation.findings import KonfigurationsFehler, Schwere
from pipelines.foundation.storage import SQL

CHECKS = SQL / "pruefungen"
TABLE_CHECKS = CHECKS / "tabellen"  # <schema>/<table>/<check>.sql, run before publication
DOOR_CHECKS = CHECKS / "lieferungen"  # <kind>/<check>.sql, run when a delivery is read
KINDS = ("tabelle", "massnahme", "open_sdg")
_HEADER = re.compile(r"^-- (titel|asset|schwere|erwartet|sperrt): (.+)$", re.MULTILINE)
_NEEDED = ("titel", "schwere", "erwartet")


@dataclass(frozen=True)
class CheckFile:
    """One statement and what its header says; `more` holds the keys that only some checks have (sperrt)."""

    name: str
    text: str
    titel: str
    schwere: Schwere
    erwartet: str
    more: dict[str, str]


def check_names(folder: Path) -> list[str]:
    """Names of the checks in a folder, in order. Files that begin with `_` are what checks compute with."""
    return [file.stem for file in sorted(folder.glob("[!_]*.sql"))]


def refuse_unknown(kind: str, named: Iterable[str]) -> None:
    """Refuse what a configuration names as a check of deliveries of this kind. Raises: ValueError for a name that none has."""
    known = check_names(DOOR_CHECKS / kind)
    if foreign := sorted(set(named) - set(known)):
        raise ValueError(f"Die Prüfung »{foreign[0]}« gibt es nicht. Vorhanden: {', '.join(known)}.")


class CheckedTable(NamedTuple):
    """A table that has checks, and the folder they lie in."""

    schema: str
    table: str
    folder: Path


def tables_with_checks(checks: Path = CHECKS) -> Iterator[CheckedTable]:
    """Tables with their checks, in order.

    Raises: KonfigurationsFehler for a file below `checks` that nobody would ever run, as it lies below no table.
    """
    for file in sorted(checks.rglob("*.sql")):
        match file.relative_to(checks).parts:
            case (TABLE_CHECKS.name, _, _, _):
                pass
            case (DOOR_CHECKS.name, kind, _) if kind in KINDS:
                pass
            case _:
                raise KonfigurationsFehler(
                    f"sql/pruefungen/{file.relative_to(checks)}: die Prüfung liegt unter keiner Tabelle, sie liefe nie. "
                    f"Erwartet: sql/pruefungen/tabellen/<schema>/<tabelle>/{file.name} (siehe CONTRIBUTING.md, A check)."
                )
    for table in sorted({f.parent for f in (checks / TABLE_CHECKS.name).rglob("*.sql")}):
        yield CheckedTable(table.parent.name, table.name, table)


def read_check_files(folder: Path, allowed: tuple[str, ...] = ()) -> Iterator[CheckFile]:
    """All checks of a folder, by name; `allowed` are header keys besides titel, schwere and erwartet.

    Raises: ValueError for a file whose header lacks a key or has one that is not for this folder.
    """
    for name in check_names(folder):
        text = (folder / f"{name}.sql").read_text(encoding="utf-8").rstrip().rstrip(";")
        header = dict(_HEADER.findall(text))
        if set(header) - set(allowed) != {*_NEEDED}:
            raise ValueError(
                f"{name}.sql: the header needs {', '.join(_NEEDED)} besides only {', '.join(allowed) or '-'}"
            )
        if header["schwere"] not in {*Schwere}:
            raise ValueError(f"{name}.sql: schwere {header['schwere']}; expected {', '.join(Schwere)}")
        more = {key: value for key, value in header.items() if key not in _NEEDED}
        yield CheckFile(name, text, header["titel"], Schwere(header["schwere"]), header["erwartet"], more)
