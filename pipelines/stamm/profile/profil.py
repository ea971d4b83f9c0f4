"""A definition of Migrationshintergrund: a YAML file of ordered rules over documented clues → a validated object.

Belongs here: what a profile may say and the parsing of its conditions with sqlglot. Does not belong here: evaluating
it (bevoelkerung/count.py) and the clues (merkmale.py). A condition can use the clues and `and or not ( ) = <> < <= > >= in is
null`; nothing else gets through.
"""

import re
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

import sqlglot
from pydantic import Field, model_validator
from sqlglot import exp

from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.foundation.storage import Ablage
from pipelines.foundation.yaml_file import Modell, aehnlich, check, ort, read_yaml, remembered
from pipelines.foundation.yaml_messages import Pfad
from pipelines.stamm.profile.merkmale import (
    EIGENES_MH,
    ELTERNMERKMALE,
    FRUEHERE_NAMEN,
    JAHRE,
    JAHRESMERKMALE,
    MERKMALE,
    jahresmerkmal,
)
from pipelines.stamm.referenz import profildateien

Ergebnis = Literal["mit", "ohne", "unentscheidbar", "nicht_bestimmbar"]


class RuleResult(NamedTuple):
    """What a rule says of those it decides on; `name` is that of its category."""

    regel: str
    kategorie: str
    name: str
    ergebnis: Ergebnis


NAME = r"^[a-z][a-z0-9_]*$"
HOECHSTLAENGE = 1_000  # characters of a condition; the longest of the shipped definitions has 136
SONST = "sonst"
INSGESAMT = "insgesamt"  # names the totals of all rules and categories

ERLAUBT = (
    exp.And, exp.Or, exp.Not, exp.Paren, exp.Column, exp.Identifier, exp.Boolean, exp.Null, exp.Is, exp.In,
    exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.Literal,
)  # fmt: skip


class Regel(Modell):
    """One rule: the first whose condition is true decides. `kategorie` is the group it is counted in."""

    regel: str = Field(pattern=NAME)
    kategorie: str
    name: str
    ergebnis: Ergebnis
    wenn: str


class Elternangaben(Modell):
    """Which linked parents are looked at, and when a parent counts (`elternteil`, over the parent's clues)."""

    altersgrenze: int | None = Field(None, ge=1, le=130, description="unter diesem Alter; leer = ohne Grenze")
    gleiche_adresse: bool
    elternteil: str


class Bruch(Modell):
    """A day from which figures of this definition do not continue the earlier series."""

    datum: date
    grund: str


Bezugsmerkmal = Literal["staatsangehoerigkeit", "weitere_staatsangehoerigkeit", "geburtsstaat", "zuzugsstaat", "eltern"]


class Sonst(Modell):
    """What holds when no rule fires."""

    kategorie: str
    name: str
    ergebnis: Ergebnis


class Profil(Modell):
    """A definition: identity, source, honesty flags, rules in order."""

    profil: str = Field(pattern=NAME)
    version: str
    titel: str
    beschreibung: str
    herkunft: str
    naeherung: bool
    rekonstruktion: bool
    familie: Elternangaben | None = None
    regeln: tuple[Regel, ...] = Field(min_length=1)
    sonst: Sonst
    # The first clue that names a foreign state decides; none: NZO (nicht zuordenbar).
    bezugsland: tuple[Bezugsmerkmal, ...] = ()
    brueche: tuple[Bruch, ...] = ()

    @model_validator(mode="after")
    def _eltern(self) -> "Profil":
        if "eltern" in self.bezugsland and (self.familie is None or self.bezugsland[-1] != "eltern"):
            raise ValueError("bezugsland: »eltern« steht zuletzt und nur in einer Definition mit Abschnitt »familie«.")
        return self

    def ergebnisse(self) -> list[RuleResult]:
        """What each rule comes to, by rule number; number 0 is `sonst`."""
        return [
            RuleResult(SONST, self.sonst.kategorie, self.sonst.name, self.sonst.ergebnis),
            *(RuleResult(r.regel, r.kategorie, r.name, r.ergebnis) for r in self.regeln),
        ]

    def als_text(self) -> str:
        """The rules in words for `dim.profil`."""
        zeilen = [f"{n}. {r.name} [{r.kategorie}] → {r.ergebnis}: {r.wenn}" for n, r in enumerate(self.regeln, start=1)]
        if self.familie:
            grenze = f"unter {self.familie.altersgrenze}" if self.familie.altersgrenze else "ohne Altersgrenze"
            adresse = "gleiche Adresse" if self.familie.gleiche_adresse else "jede Adresse"
            zeilen.append(f"Eltern ({grenze}, {adresse}) zählen, wenn: {self.familie.elternteil}")
        return "\n".join([*zeilen, f"sonst: {self.sonst.name} [{self.sonst.kategorie}] → {self.sonst.ergebnis}"])


def bedingung(text: str, namen: set[str]) -> exp.Expr:
    """Parse a condition.

    Raises: ValueError with a German reason if it is no condition or uses anything but `namen` and plain comparisons.
    """
    return _read_condition(text, frozenset(namen))


@lru_cache(maxsize=4096)
def _read_condition(text: str, namen: frozenset[str]) -> exp.Expr:
    """Remembered: every step asks for the same conditions. Who changes one changes a copy (`transform`)."""
    if len(text) > HOECHSTLAENGE:
        raise ValueError(f"Die Bedingung ist zu lang ({len(text)} Zeichen, höchstens {HOECHSTLAENGE}).")
    try:
        # The clue `alter` would be read as the statement ALTER.
        baum = sqlglot.parse_one(re.sub(r"\balter\b", '"alter"', text), read="duckdb")
    except (sqlglot.errors.SqlglotError, RecursionError, ValueError, AttributeError, IndexError, TypeError):
        raise ValueError(f"»{text}« ist keine gültige Bedingung (Klammern und and/or/not prüfen).") from None
    baum = baum.transform(_mit_jahr)
    for knoten in baum.walk():
        if isinstance(knoten, exp.Column):
            if not knoten.table and jahresmerkmal(knoten.name):
                continue
            if knoten.table or knoten.name not in namen:
                if knoten.name in JAHRESMERKMALE:
                    raise ValueError(f"»{knoten.name}« braucht ein Jahr, z. B. {knoten.name}(1950).")
                if knoten.name in ELTERNMERKMALE:
                    raise ValueError(
                        f"Das Merkmal »{knoten.name}« gibt es nur in Regeln einer Definition mit Abschnitt »familie«."
                    )
                if knoten.name == EIGENES_MH:
                    raise ValueError(f"Das Merkmal »{EIGENES_MH}« gibt es nur in der Bedingung »familie.elternteil«.")
                vorschlag = aehnlich(knoten.name, sorted({*namen, *JAHRESMERKMALE}))
                raise ValueError(
                    f"Das Merkmal »{knoten.sql()}« gibt es nicht."
                    + (f" Ähnlich: »{vorschlag}«." if vorschlag else "")
                    + f" Erlaubt: {', '.join(sorted({*namen, *(f'{j}(Jahr)' for j in JAHRESMERKMALE)}))}."
                )
        elif not isinstance(knoten, ERLAUBT) or (isinstance(knoten, exp.In) and knoten.args.get("query")):
            raise ValueError(f"»{_text(knoten)}« ist in einer Bedingung nicht erlaubt.")
        elif isinstance(knoten, exp.Literal) and knoten.is_string:
            raise ValueError(f"Text »{knoten.this}« ist nicht erlaubt; Merkmale sind ja/nein oder Zahlen.")
    _typen(baum)
    return baum


def _mit_jahr(knoten: exp.Expr) -> exp.Expr:
    """`geboren_ab(1990)` as one clue of that name; names of earlier versions likewise."""
    if isinstance(knoten, exp.Anonymous) and knoten.name in JAHRESMERKMALE:
        jahr = knoten.expressions[0] if len(knoten.expressions) == 1 else None
        von, bis = JAHRE
        if not (isinstance(jahr, exp.Literal) and jahr.name.isdecimal() and von <= int(jahr.name) <= bis):
            raise ValueError(f"»{_text(knoten)}«: in der Klammer steht ein Jahr, z. B. {knoten.name}(1950).")
        return exp.column(f"{knoten.name}({int(jahr.name)})", quoted=True)
    if isinstance(knoten, exp.Column) and not knoten.table and knoten.name in FRUEHERE_NAMEN:
        return exp.column(FRUEHERE_NAMEN[knoten.name], quoted=True)
    return knoten


def jahresmerkmale(profil: Profil) -> list[str]:
    """The clues of a year that a definition uses, as `geboren_ab(1990)`."""
    namen = {*MERKMALE, *ELTERNMERKMALE, EIGENES_MH}
    texte = [r.wenn for r in profil.regeln] + ([profil.familie.elternteil] if profil.familie else [])
    spalten = (s.name for t in texte for s in bedingung(t, namen).find_all(exp.Column))
    return sorted({s for s in spalten if jahresmerkmal(s)})


ZAHLEN = {"alter", *ELTERNMERKMALE}


def _text(baum: exp.Expr) -> str:
    """A part of a condition as its author would write it."""
    return baum.sql(dialect="duckdb").replace('"', "")


def _typen(baum: exp.Expr) -> None:
    """Numbers are compared, flags are joined: `alter and deutsch` or `deutsch > 3` has no meaning."""
    if isinstance(baum, (exp.And, exp.Or)):
        _typen(baum.left)
        _typen(baum.right)
    elif isinstance(baum, (exp.Not, exp.Paren)):
        _typen(baum.this)
    elif isinstance(baum, exp.Column):
        if baum.name in ZAHLEN:
            raise ValueError(f"»{baum.name}« ist eine Zahl und braucht einen Vergleich, z. B. {baum.name} >= 1.")
    elif isinstance(baum, (exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE)):
        links, rechts = baum.left, baum.right
        zahl = isinstance(links, exp.Column) and links.name in ZAHLEN and isinstance(rechts, exp.Literal)
        marke = isinstance(links, exp.Column) and links.name not in ZAHLEN and isinstance(rechts, exp.Boolean)
        if not (zahl or marke):
            raise ValueError(
                f"»{_text(baum)}«: verglichen wird ein Zahlenmerkmal mit einer Zahl; ja/nein-Merkmale stehen allein."
            )
    elif isinstance(baum, exp.In):
        zahlen = baum.expressions and all(isinstance(wert, exp.Literal) for wert in baum.expressions)
        if not (isinstance(baum.this, exp.Column) and baum.this.name in ZAHLEN and zahlen):
            raise ValueError(f"»{_text(baum)}«: »in« gibt es nur für ein Zahlenmerkmal und eine Liste von Zahlen.")
    elif isinstance(baum, exp.Is):
        if not (isinstance(baum.this, exp.Column) and isinstance(baum.expression, exp.Null)):
            raise ValueError(f"»{_text(baum)}«: nach »is« steht nur null oder not null.")
    elif not isinstance(baum, exp.Boolean):
        raise ValueError(f"»{_text(baum)}« ist keine Bedingung.")


@remembered
def load_profil(datei: Path) -> Profil:
    """Load and check one profile file.

    Raises: KonfigurationsFehler, one line an error, each with file, line, key and reason.
    """
    inhalt, zeilen = read_yaml(datei)
    profil = check(datei, inhalt, zeilen, Profil)
    fehler = []
    if profil.profil != datei.stem:
        fehler.append(f"{ort(datei, zeilen, ('profil',))}: Die Kennung muss wie die Datei heißen (»{datei.stem}«).")
    namen_bisher = {SONST, INSGESAMT}
    for n, regel in enumerate(profil.regeln):
        if regel.regel in namen_bisher:
            wo = ort(datei, zeilen, ("regeln", n, "regel"))
            fehler.append(
                f"{wo}: Regelnamen müssen eindeutig sein und nicht »sonst« oder »insgesamt« heißen: {regel.regel}."
            )
        namen_bisher.add(regel.regel)
    stellen: list[tuple[Pfad, str]] = [(("regeln", n, "kategorie"), r.kategorie) for n, r in enumerate(profil.regeln)]
    for pfad, kategorie in (*stellen, (("sonst", "kategorie"), profil.sonst.kategorie)):
        if kategorie == INSGESAMT:
            fehler.append(
                f"{ort(datei, zeilen, pfad)}: »{INSGESAMT}« heißt die Summe aller Kategorien, keine einzelne."
            )
    eltern = set(ELTERNMERKMALE) if profil.familie else {"eltern_auslaender"}
    ausdruecke: list[tuple[Pfad, str, set[str]]] = [
        (("regeln", n, "wenn"), r.wenn, set(MERKMALE) | eltern) for n, r in enumerate(profil.regeln)
    ]
    if profil.familie:
        ausdruecke.append((("familie", "elternteil"), profil.familie.elternteil, {*MERKMALE, EIGENES_MH}))
    for pfad, text, namen in ausdruecke:
        try:
            bedingung(text, namen)
        except ValueError as grund:
            fehler.append(f"{ort(datei, zeilen, pfad)}: {grund}")
    if fehler:
        raise KonfigurationsFehler("\n".join(fehler))
    return profil


def load_profile(ablage: Ablage, namen: tuple[str, ...] | None = None) -> list[Profil]:
    """The named profiles in that order, or all of the reference folder.

    Raises: KonfigurationsFehler; an unknown name lists the known ones.
    """
    vorhanden = profildateien(ablage.roh)
    if namen is None:
        return [load_profil(p) for p in vorhanden.values()]
    fremd = [n for n in namen if n not in vorhanden]
    if fremd:
        raise KonfigurationsFehler(
            f"kommune.yaml, profile: Die Definition »{fremd[0]}« gibt es nicht. Vorhanden: {', '.join(vorhanden)}."
        )
    return [load_profil(vorhanden[n]) for n in namen]
