"""Names of states as of the day of a figure, from the published `dim.staat`.

Belongs here: which name a key bears on a day. Does not belong here: where it is printed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import duckdb

from pipelines.stamm.staaten import fruehere_namen


@dataclass(frozen=True)
class Staatsnamen:
    """Key → name of today, and key → earlier names with their last days."""

    heute: Mapping[str, str]
    frueher: Mapping[str, list[tuple[str, date]]]

    def am(self, tag: date) -> dict[str, str]:
        """Key → name valid on that day."""
        damals = {s: next((n for n, bis in namen if tag <= bis), self.heute[s]) for s, namen in self.frueher.items()}
        return {**self.heute, **damals}


def load_names_of_states(con: duckdb.DuckDBPyConnection) -> Staatsnamen:
    """Names of all states of a published file."""
    alle = con.execute("select staat, name, fruehere_namen from dim.staat order by staat").fetchall()
    return Staatsnamen({s: name for s, name, _ in alle}, {s: fruehere_namen(text) for s, _, text in alle if text})
