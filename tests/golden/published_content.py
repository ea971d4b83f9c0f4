"""What `make run` publishes, as reviewed: content hashes of every published table.

`python -m tests.golden.published_content compare [DATA]` says which tables differ from published_content.json beside it, and
ends with 1 if one does; `write [DATA]` takes what is published as reviewed. DATA is the data folder (default `./data`), refreshed
by `make run` with the shipped municipalities and nothing else.

Not compared: what changes with the day of the run (columns DAY, rows WITHOUT) and what only a second release has (SKIPPED).
Tables of the register differ from folder to folder: persons without m or w in the register count as one of them by their
pseudonym, which hangs on the folder's secret, and which cells are hidden is chosen by a solver, which on another processor may
find another of equally good choices. Of those the keys are compared, and that about as many figures are hidden; their exact
hash is only noted.
"""

import json
import sys
from pathlib import Path
from typing import Any

import duckdb

from pipelines.foundation.storage import WURZEL, sqltext
from schemas.model import Tabelle
from schemas.register import FOLGT_AUS_VEROEFFENTLICHTEM, REGISTERTABELLEN
from schemas.tabellen.registry import VEROEFFENTLICHT

REVIEWED = Path(__file__).with_suffix(".json")
DAY = {
    "veroeffentlichung", "tage_bis_faellig", "ausgewertet_am", "ueberfaellig_heute", "eingelesen_am", "loeschung_personen",
    "loeschung_abgewiesene",
}  # fmt: skip
_NO_PROCESS = "indikator not in (select indikator from p.dim.indikator where prozess)"
# Report duties are listed some months ahead, and process indicators count what is due by now.
WITHOUT = {
    "marts.berichtspflicht": "coalesce(faellig_am < date '2026-01-01', true)",
    "marts.indikator_zeitreihe": _NO_PROCESS,
    "marts.indikator_trend": _NO_PROCESS,
    "protokoll.pruefung": "pruefung not in ('bericht_ueberfaellig', 'stand_veraltet')",
}
SKIPPED = {"protokoll.revision"}
BY_FOLDER = {*REGISTERTABELLEN, *FOLGT_AUS_VEROEFFENTLICHTEM, "protokoll.geheimhaltung"}
HIDDEN_MAY_DIFFER = 0.1  # of the hidden figures of a table


def _hash(columns: list[str], key: tuple[str, ...]) -> str:
    return f"coalesce(sha256(string_agg(row({', '.join(columns)})::varchar, chr(10) order by {', '.join(key)})), '')"


def content_of(con: duckdb.DuckDBPyConnection, table: Tabelle) -> dict[str, Any]:
    """Rows, hash and, where a solver chose, the hash of the keys and how many figures are hidden."""
    varies = table.voll in BY_FOLDER
    content = _hash([s.name for s in table.spalten if s.name not in DAY], table.schluessel)
    keys = _hash([*table.schluessel], table.schluessel) if varies else "null"
    hidden = "count_if(status = 'geheim')" if varies and "status" in table.namen else "null"
    rows = f"from p.{table.voll} where {WITHOUT.get(table.voll, 'true')}"
    found = con.execute(f"select count(*), {content}, {keys}, {hidden} {rows}").fetchall()[0]
    names = ("rows", "content", "keys", "hidden")
    return {n: v for n, v in zip(names, found, strict=True) if v is not None}


def published(data: Path) -> dict[str, dict[str, Any]]:
    """Table → what is compared of it. Raises: FileNotFoundError if nothing was published."""
    file = data / "marts" / "integrationsmonitoring.duckdb"
    if not file.exists():
        raise FileNotFoundError(f"{file}: nothing was published there; run `make run` first.")
    with duckdb.connect() as con:
        con.execute(f"attach {sqltext(file)} as p (read_only)")
        return {t.voll: content_of(con, t) for t in VEROEFFENTLICHT if t.voll not in SKIPPED}


def differences(reviewed: dict[str, dict[str, Any]], found: dict[str, dict[str, Any]]) -> tuple[list[str], list[str]]:
    """(what must not differ and does, what may differ by folder or solver), one line a table."""
    wrong, noted = [], []
    for name in sorted({*reviewed, *found}):
        was, now = reviewed.get(name), found.get(name)
        if was is None or now is None:
            wrong.append(f"{name}: {'not reviewed' if was is None else 'not published'}")
        elif name not in BY_FOLDER:
            wrong += [f"{name}: {was['rows']} rows reviewed, {now['rows']} found"] if was != now else []
        elif was["keys"] != now["keys"] or _far(was.get("hidden", 0), now.get("hidden", 0)):
            wrong.append(
                f"{name}: rows {was['rows']} → {now['rows']}, hidden {was.get('hidden')} → {now.get('hidden')}"
            )
        elif was["content"] != now["content"]:
            noted.append(f"{name}: same rows, other figures (hidden {was.get('hidden')} → {now.get('hidden')})")
    return wrong, noted


def _far(was: int, now: int) -> bool:
    return abs(was - now) > HIDDEN_MAY_DIFFER * max(was, now)


def main(arguments: list[str]) -> int:
    """`compare` or `write`, and the data folder."""
    what, data, *_ = [*arguments, "", ""]
    if what not in ("compare", "write"):
        print("Usage: python -m tests.golden.published_content compare|write [DATA]")
        return 2
    found = published(Path(data) if data else WURZEL / "data")
    if what == "write":
        REVIEWED.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        print(f"{REVIEWED.relative_to(WURZEL)}: {len(found)} tables. Review the difference before you commit it.")
        return 0
    wrong, noted = differences(json.loads(REVIEWED.read_text(encoding="utf-8")), found)
    for line in noted:
        print(f"note (another secret or choice of hidden cells): {line}")
    for line in wrong:
        print(f"DIFFERS: {line}")
    print(f"{len(found)} published tables, {len(wrong)} differ from {REVIEWED.relative_to(WURZEL)}.")
    if wrong:
        print("If that is meant: make golden, review the difference, say in the commit why figures change.")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
