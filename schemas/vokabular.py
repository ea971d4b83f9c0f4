"""The two building blocks of the vocabulary: a column and a table made of columns.

Belongs here: the shapes. Does not belong here: any particular column (spalten_*.py) or table (tabellen.py).
"""

from dataclasses import dataclass, field

KLEINSTER_ANTEIL, GROESSTER_ANTEIL = 0.0, 1.0


@dataclass(frozen=True)
class Spalte:
    """A column: name → DuckDB type, title, description, unit, source, and what its values may be.

    `werte` is a closed list, `muster` a regular expression for the whole value, `minimum`/`maximum` are inclusive.
    """

    name: str
    typ: str
    titel: str
    beschreibung: str
    einheit: str = ""
    quelle: str = ""
    werte: tuple[str, ...] = ()
    muster: str = ""
    minimum: float | None = None
    maximum: float | None = None

    def kommentar(self) -> str:
        """German COMMENT text of the column."""
        teile = [f"{self.titel}: {self.beschreibung}"]
        if self.einheit:
            teile.append(f"Einheit: {self.einheit}.")
        if self.werte:
            teile.append(f"Werte: {', '.join(self.werte)}.")
        if self.quelle:
            teile.append(f"Quelle: {self.quelle}.")
        return " ".join(teile)


@dataclass(frozen=True)
class Tabelle:
    """A table: schema and name, its grain (`schluessel`), its columns in order, which of them may be NULL."""

    schema: str
    name: str
    titel: str
    beschreibung: str
    schluessel: tuple[str, ...]
    spalten: tuple[Spalte, ...]
    leer_erlaubt: frozenset[str] = field(default_factory=frozenset)
    warnungen: tuple[str, ...] = ()

    @property
    def voll(self) -> str:
        return f"{self.schema}.{self.name}"

    @property
    def namen(self) -> list[str]:
        return [s.name for s in self.spalten]

    def kommentar(self) -> str:
        """German COMMENT text of the table, with its grain and the warnings a reader needs."""
        warnung = " ".join(self.warnungen)
        korn = ", ".join(self.schluessel)
        return f"{self.titel}: {self.beschreibung} Eine Zeile je {korn}." + (f" Achtung: {warnung}" if warnung else "")
