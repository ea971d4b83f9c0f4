"""The two building blocks of the vocabulary: a column and a table made of columns.

Belongs here: the shapes. Does not belong here: any particular column (schemas/spalten) or table (schemas/tabellen).
"""

from dataclasses import dataclass, field, replace

KLEINSTER_ANTEIL, GROESSTER_ANTEIL = 0.0, 1.0
# Codes of a figure that is there, and codes that say why there is none.
MIT_ZAHL = ("ok", "mindestwert", "gerundet", "vorlaeufig", "geschaetzt", "korrigiert")
OHNE_ZAHL = ("geheim", "zu_klein", "keine_daten", "nicht_erhoben", "nicht_bewertbar")
# A break stands beside a figure or, where the source prints its sign alone, in its place.
STATUS = (*MIT_ZAHL, "bruch", *OHNE_ZAHL)
# What `hinweise` says beyond a status, each for what it is about (words: HINWEIS_WORTE of the report, docs/handbuch.md).
HINWEISE_ZAHL = (
    "gedruckt_weicht_ab", "quelle_gerundet", "unbewohnt", "viele_unentscheidbar", "nenner_fehlt", "nenner_null",
    "nenner_fremd", "einheit_fremd", "zeichen_unbekannt", "zeichen_spaeter", "zeichen_unsicher",
)  # fmt: skip
HINWEISE_KONZEPT = ("personenangabe", "ueber_hundert", "jahr_angenommen", "rechnet_nicht_auf")
HINWEISE = (*STATUS, *HINWEISE_ZAHL, *HINWEISE_KONZEPT)


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
    overrides: bool = field(default=False, compare=False)

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


def override(spalte: Spalte) -> Spalte:
    """A column whose name another theme declares with another meaning: said here, not found out by the order of look-ups."""
    return replace(spalte, overrides=True)


@dataclass(frozen=True)
class Tabelle:
    """A table: schema and name, its grain (`schluessel`), its columns in order, which of them may be NULL.

    `zahl` is the figure `status` speaks of (of several one must be there), `nebenzahlen` are the other figures of the row.
    A status of MIT_ZAHL means that `zahl` is there, and hinweise says as `code:column` why another is not; a status of OHNE_ZAHL
    means that a figure is missing, and it is `zahl` unless the status may speak of another (`status_auch_neben`: a count is
    shown, its share is not). Checked for every published table (check_status).
    """

    schema: str
    name: str
    titel: str
    beschreibung: str
    schluessel: tuple[str, ...]
    spalten: tuple[Spalte, ...]
    leer_erlaubt: frozenset[str] = field(default_factory=frozenset)
    warnungen: tuple[str, ...] = ()
    zahl: tuple[str, ...] = ()
    nebenzahlen: tuple[str, ...] = ()
    status_auch_neben: bool = False

    @property
    def has_value_status(self) -> bool:
        """Whether its `status` says of a figure what it is worth (and is not the state of a measure or a delivery)."""
        return any(s.name == "status" and {*s.werte} <= {*STATUS} and s.werte for s in self.spalten)

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
