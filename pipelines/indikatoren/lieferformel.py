"""How an indicator comes from deliveries: as a measure that is the value itself, or from measures of numerator and denominator.

Belongs here: which measures a formula needs and what stands in for one that is not delivered. Does not belong here: SQL
(lieferung_sql.py), the catalogue's entries (pipelines/stamm/katalog).
"""

from dataclasses import dataclass, replace
from itertools import product

from pipelines.indikatoren.altersgruppen_sql import merkmal_nach_alter
from pipelines.indikatoren.derived_sql import AUSLAENDER, GESAMT, is_derivable
from pipelines.stamm.katalog.filter import verweise
from pipelines.stamm.katalog.herleitung import FromLieferung, Wuerfel
from pipelines.stamm.katalog.katalog import Indikator

# Measures of tables that print what the catalogue computes: (numerator, denominator) → measure.
GEDRUCKT = {("auslaender", "einwohner"): "anteil_auslaender", ("personen_mit_mh", "einwohner"): "anteil_mh"}
# Measures that follow exactly from others of the same table, where it does not name them.
ERSATZ = {
    "auslaender": "einwohner - deutsche",
    "einwohner": "auslaender + deutsche",
    "deutsche_mit_mh": "personen_mit_mh - auslaender",
    "personen_mit_mh": "auslaender + deutsche_mit_mh",
}


@dataclass(frozen=True)
class Lieferformel:
    """How an indicator comes from deliveries: measures that are the value itself, or numerator and denominator."""

    indikator: Indikator
    werte: tuple[str, ...] = ()
    zaehler: str | None = None
    nenner: str | None = None
    versatz: int = 0
    andere_quelle: bool = False
    gedruckt: str | None = None
    ohne_profil: bool = False
    # Counts that are a difference of delivered ones: a small one is as much of a person as a small delivered one.
    folgt: tuple[str, ...] = ()
    # The measure whose age groups add up to numerator and denominator.
    nach_alter: str | None = None

    @property
    def needs(self) -> set[str]:
        """Measures any of which can give a row."""
        return {
            *self.werte,
            *merkmale_von(self.zaehler),
            *merkmale_von(ERSATZ.get(self.zaehler or "")),
            *([self.gedruckt] if self.gedruckt else []),
            *([self.nach_alter] if self.nach_alter else []),
        }


def find_lieferformel(i: Indikator) -> Lieferformel | None:
    match i.herleitung:
        case FromLieferung(merkmal=m, zaehler=z, nenner=n, nennerversatz=v, nenner_andere_quelle=a):
            ohne_profil = z is not None and is_derivable(z)
            return Lieferformel(i, tuple(dict.fromkeys((m, i.id))), z, n, v, a, ohne_profil=ohne_profil)
        case Wuerfel(zaehler=z, nenner=n, profil=profil) as h if not h.je:
            einfach = z.merkmal != "altersjahre" and not z.filter and not (n and n.filter)
            nenner = n.merkmal if n else None
            gesamt = (GESAMT,) if einfach and n is None and z.merkmal == AUSLAENDER else ()
            return Lieferformel(
                i, (i.id, *gesamt), z.merkmal if einfach else None, nenner if einfach else None, ohne_profil=not profil,
                gedruckt=GEDRUCKT.get((z.merkmal, nenner or "")) if einfach else None, nach_alter=merkmal_nach_alter(i),
            )  # fmt: skip
        case Wuerfel():
            return None
        case h if h.art == "register":
            return Lieferformel(i, (i.id,))
        case _:
            return None


def mit_ersatz(f: Lieferformel) -> list[Lieferformel]:
    """The formula as the catalogue has it, then with its numerator, its denominator, or both from other measures."""
    oben = [(f.zaehler, ()), *([(ERSATZ[f.zaehler], (ERSATZ[f.zaehler],))] if f.zaehler in ERSATZ else [])]
    unten = [(f.nenner, ()), *([(ERSATZ[f.nenner], (ERSATZ[f.nenner],))] if f.nenner in ERSATZ else [])]
    return [
        replace(f, zaehler=z, nenner=n, folgt=zf + nf)
        for (n, nf), (z, zf) in sorted(product(unten, oben), key=lambda w: len(w[0][1]) + len(w[1][1]))
    ]


def merkmale_von(formel: str | None) -> list[str]:
    return [v.indikator for v in verweise(formel)] if formel else []
