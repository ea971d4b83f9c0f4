"""pandera schemas derived from the vocabulary: one declaration, two backends.

Belongs here: turning a `Tabelle` into a pandera schema and a failed validation into counts. Does not belong here: when
to validate, and the same contract as SQL, which serves persons (validate_sql.py). The pandas backend serves tables, the polars
backend cubes in chunks and a sample of persons.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from schemas.model import HINWEISE, MIT_ZAHL, OHNE_ZAHL, Spalte, Tabelle
from schemas.types import PANDAS, polars_types

STICHPROBE = 1_000  # rows of a file of persons that pandera itself looks at
ZEILEN_JE_STUECK = 250_000  # rows validated at a time, so that memory stays bounded
# pandera's words for a table whose columns are not the declared ones → ours.
SPALTENREGELN = {
    "column_in_schema": "spalte_nicht_erklaert", "column_in_dataframe": "spalte_fehlt",
    "column_ordered": "spalte_am_falschen_platz",
}  # fmt: skip
BEISPIELE = 5  # failing rows shown per check


@dataclass(frozen=True)
class Verletzung:
    """One rule of a table that rows break: the column, the rule, how many rows, which (by position; of persons the first few)."""

    spalte: str
    regel: str
    anzahl: int
    positionen: tuple[int, ...]


def make_pattern(muster: str) -> str:
    """A pattern that means the same to every executor: a digit is 0 to 9."""
    return muster.replace(r"\d", "[0-9]")


def _regeln(spalte: Spalte, checks: Any) -> list[Any]:
    regeln = []
    if spalte.werte:
        regeln.append(checks.isin(list(spalte.werte), error="werteliste"))
    if spalte.muster:
        # Anchored: the whole value must match, in both backends.
        muster = rf"^(?:{make_pattern(spalte.muster)})$"
        regeln.append(checks.str_matches(muster, error="muster"))
    if spalte.minimum is not None:
        regeln.append(checks.ge(spalte.minimum, error="minimum"))
    if spalte.maximum is not None:
        regeln.append(checks.le(spalte.maximum, error="maximum"))
    return regeln


@cache
def pandas_schema(tabelle: Tabelle, mit_typen: bool = True) -> Any:
    """`pandera.pandas` schema: types, allowed values, patterns, ranges, NOT NULL, unique key, no further column.

    Without types for a frame that is known to have them: pandera asks every text whether it is one.
    """
    import pandera.pandas as pa

    spalten = {
        s.name: pa.Column(
            PANDAS.get(s.typ) if mit_typen else None,
            _regeln(s, pa.Check),
            nullable=s.name in tabelle.leer_erlaubt,
            title=s.titel,
        )
        for s in tabelle.spalten
    }
    return pa.DataFrameSchema(spalten, strict=True, ordered=True, unique=list(tabelle.schluessel), name=tabelle.voll)


@cache
def polars_schema(tabelle: Tabelle) -> Any:
    """`pandera.polars` schema of the same rules (without the key, which chunks cannot see; SQL checks it)."""
    import pandera.polars as pa

    typen = polars_types()
    spalten = {
        s.name: pa.Column(typen[s.typ], _regeln(s, pa.Check), nullable=s.name in tabelle.leer_erlaubt)
        for s in tabelle.spalten
    }
    return pa.DataFrameSchema(spalten, strict=True, name=tabelle.voll)


def als_pandas(tabelle: Tabelle, rahmen: Any) -> Any:
    """The frame with nullable types, so that a missing count stays missing instead of becoming a float."""
    typen = {s.name: PANDAS[s.typ] for s in tabelle.spalten if s.typ in PANDAS and s.name in rahmen.columns}
    return rahmen.astype(typen)


def _faelle(fehler: Any) -> list[dict[str, Any]]:
    faelle = fehler.failure_cases
    return list(faelle.to_dicts() if hasattr(faelle, "to_dicts") else faelle.to_dict("records"))


def _verletzungen(faelle: list[dict[str, Any]], versatz: int, beispiele: int | None) -> list[Verletzung]:
    gruppen: dict[tuple[str, str], list[int]] = {}
    for fall in faelle:
        # A schema-level fault (a column missing, a wrong type) has the column's name as its case and no row.
        regel = str(fall["check"]).split("(")[0]
        ganze = fall["schema_context"] != "Column"
        # Of a column that is missing or not declared the name is the case; `column` is then the table.
        spalte = str(
            fall["failure_case"] if ganze and regel in SPALTENREGELN else fall.get("column") or fall["failure_case"]
        )
        regel = SPALTENREGELN.get(regel, regel)
        index = fall.get("index")
        gruppen.setdefault((spalte, regel), []).append(-1 if index is None or index != index else int(index) + versatz)
    return [
        Verletzung(spalte, regel, len(index), tuple(sorted(i for i in index if i >= 0)[:beispiele]))
        for (spalte, regel), index in gruppen.items()
    ]


def check_pandas(tabelle: Tabelle, rahmen: Any) -> list[Verletzung]:
    """All violations of a frame at once (lazy); an empty list if it is sound."""
    import pandera.errors

    mit_typen = _has_declared_types(tabelle, rahmen)
    if mit_typen and rahmen.empty and list(rahmen.columns) == tabelle.namen:
        return []  # what has no row breaks no other rule: most tables of a small municipality
    try:
        pandas_schema(tabelle, not mit_typen).validate(rahmen.reset_index(drop=True), lazy=True)
    except pandera.errors.SchemaErrors as fehler:
        return _verletzungen(_faelle(fehler), 0, None)
    return [*check_status(tabelle, rahmen), *check_hinweise(tabelle, rahmen)]


def _has_declared_types(tabelle: Tabelle, rahmen: Any) -> bool:
    """Whether every declared column is there, once, and has its type."""
    return (
        rahmen.columns.is_unique
        and {*tabelle.namen} <= {*rahmen.columns}
        and all(rahmen[s.name].dtype == PANDAS[s.typ] for s in tabelle.spalten if s.typ in PANDAS)
    )


def check_hinweise(tabelle: Tabelle, rahmen: Any) -> list[Verletzung]:
    """Rows with a code no reader could look up: it is not in the vocabulary (also as `code:column`)."""
    if "hinweise" not in tabelle.namen:
        return []
    codes = rahmen["hinweise"].reset_index(drop=True).explode().dropna()
    falsch = codes[~codes.map(lambda code: code.split(":")[0]).isin(HINWEISE)]
    stellen = tuple(dict.fromkeys(int(i) for i in falsch.index))
    return [Verletzung("hinweise", "code_unbekannt", len(stellen), stellen[:BEISPIELE])] if stellen else []


def check_status(tabelle: Tabelle, rahmen: Any) -> list[Verletzung]:
    """Rows whose `status` does not fit their figure, and rows that do not say why a further figure is missing.

    Not a pandera check: one over several columns writes a failure case for every cell of a row.
    """
    if not tabelle.zahl:
        return []
    da = rahmen[list(tabelle.zahl)].notna().any(axis=1)
    ganz = da & rahmen[list(tabelle.nebenzahlen)].notna().all(axis=1) if tabelle.status_auch_neben else da
    gut = rahmen["status"].isin(MIT_ZAHL)
    faelle = {
        (tabelle.zahl[0], "fehlt_trotz_status"): ~da & gut,
        (tabelle.zahl[0], "da_trotz_status"): ganz & rahmen["status"].isin(OHNE_ZAHL),
    }
    for spalte in tabelle.nebenzahlen:
        ohne = da & gut & rahmen[spalte].isna()
        genannt = rahmen.loc[ohne, "hinweise"].map(lambda h, s=spalte: any(c.endswith(f":{s}") for c in h))
        faelle[spalte, "fehlt_ohne_hinweis"] = ohne & ~genannt.reindex(rahmen.index, fill_value=True).astype(bool)
    return [
        Verletzung(spalte, regel, int(falsch.sum()), tuple(int(i) for i in falsch.to_numpy().nonzero()[0]))
        for (spalte, regel), falsch in faelle.items()
        if falsch.any()
    ]


def check_polars(
    tabelle: Tabelle, rahmen: Any, versatz: int = 0, beispiele: int | None = BEISPIELE
) -> list[Verletzung]:
    """All violations of an eager polars frame at once; `versatz` is added to row positions."""
    import pandera.errors

    try:
        polars_schema(tabelle).validate(rahmen, lazy=True)
    except pandera.errors.SchemaErrors as fehler:
        return _verletzungen(_faelle(fehler), versatz, beispiele)
    return []


def stuecke(datei: Path) -> Iterator[tuple[int, Any]]:
    """A Parquet file as eager polars frames of bounded size, with the position of their first row."""
    import polars as pl
    import pyarrow.parquet as pq

    versatz = 0
    for stapel in pq.ParquetFile(datei).iter_batches(batch_size=ZEILEN_JE_STUECK):
        rahmen = pl.DataFrame(pl.from_arrow(stapel))
        yield versatz, rahmen
        versatz += rahmen.height


def check_sample(tabelle: Tabelle, datei: Path) -> list[Verletzung]:
    """Violations that pandera finds in the first rows of a Parquet file."""
    import polars as pl
    import pyarrow.parquet as pq

    stapel = next(pq.ParquetFile(datei).iter_batches(batch_size=STICHPROBE), None)
    return [] if stapel is None else check_polars(tabelle, pl.DataFrame(pl.from_arrow(stapel)))


def check_parquet(tabelle: Tabelle, datei: Path, beispiele: int | None = BEISPIELE) -> list[Verletzung]:
    """Violations of a Parquet file of any size, chunk by chunk; counts of the chunks are added up.

    `beispiele`: how many failing rows of each rule are named (None: all of them).
    """
    summe: dict[tuple[str, str], Verletzung] = {}
    for versatz, rahmen in stuecke(datei):
        for v in check_polars(tabelle, rahmen, versatz, beispiele):
            alt = summe.get((v.spalte, v.regel))
            summe[v.spalte, v.regel] = (
                Verletzung(v.spalte, v.regel, alt.anzahl + v.anzahl, (alt.positionen + v.positionen)[:beispiele])
                if alt
                else v
            )
    return list(summe.values())
