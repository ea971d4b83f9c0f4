"""The sentences read back: each number is what its query returns from the published file.

Belongs here: that comparison, before a page is written. Does not belong here: the workbook (check_workbook.py).
"""

from collections.abc import Sequence
from math import isclose

import duckdb

from pipelines.veroeffentlichung.bericht.aussagen.content import Aussage
from pipelines.veroeffentlichung.bericht.check_workbook import FremdeZahl


def check_sentences(aussagen: Sequence[Aussage], con: duckdb.DuckDBPyConnection) -> None:
    """Compare every number of the sentences with the published file.

    Raises: FremdeZahl for the first sentence that has another one; its text names the query, never the figure.
    """
    for zahl in (z for a in aussagen for z in a.zahlen):
        gefunden = con.execute(zahl.abfrage).fetchall()
        if len(gefunden) != 1 or gefunden[0][0] is None or not isclose(gefunden[0][0], zahl.wert, abs_tol=1e-9):
            raise FremdeZahl(f"Das Wichtigste: eine Zahl steht so nicht in der veröffentlichten Datei ({zahl.abfrage})")
