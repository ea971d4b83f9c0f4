"""What somebody asks a paper for: its kind, its number, for which body, on which fields; and the head that follows from it.

Belongs here: looking the bodies up, refusing what the concept does not know. Does not belong here: sections (build.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.veroeffentlichung.bericht.aussagen.translation import DEUTSCH
from pipelines.veroeffentlichung.bericht.content import Bericht, Zeile
from pipelines.veroeffentlichung.bericht.massnahmen.concept import BEHANDLUNGEN
from pipelines.veroeffentlichung.bericht.numbers import datum
from pipelines.veroeffentlichung.bericht.query import rows_of, zeilen
from pipelines.veroeffentlichung.bericht.ratsvorlage.arten import ARTEN, Papierart
from pipelines.veroeffentlichung.bericht.ratsvorlage.content import OFFEN, Beratungszeile, Vorlagenkopf


@dataclass(frozen=True)
class Vorlagenwahl:
    """A paper as ordered; `felder`: only these Handlungsfelder, `gremium`: an extract for this body, `sprache`: the
    language of all but names.
    """

    art: Papierart
    nummer: str = ""
    gremium: str = ""
    felder: tuple[str, ...] = ()
    sprache: str = DEUTSCH

    @property
    def name(self) -> str:
        """Name without ending and municipality, so that an extract does not replace the whole paper."""
        return "-".join(
            [
                self.art.kennung,
                *([self.gremium] if self.gremium else []),
                *(f.lower() for f in self.felder),
                *([self.sprache] if self.sprache != DEUTSCH else []),
            ]
        )


def choose_art(name: str) -> Papierart:
    """Raises: KonfigurationsFehler for a kind nobody knows."""
    if name not in ARTEN:
        raise KonfigurationsFehler(f"--vorlage {name}: unbekannte Art. Erwartet: {', '.join(ARTEN)}.")
    return ARTEN[name]


def _find_bodies(con: duckdb.DuckDBPyConnection, kommune: str, wahl: Vorlagenwahl) -> list[Zeile]:
    """Bodies of the paper of this number if it is published, else of the duty to report, else of the latest concept."""
    if wahl.nummer and (folge := rows_of(con, "gremien_der_vorlage", kommune=kommune, nummer=wahl.nummer)):
        return folge
    return rows_of(con, "gremien_des_berichts", kommune=kommune, bericht=wahl.art.kennung)


def build_kopf(con: duckdb.DuckDBPyConnection, b: Bericht, wahl: Vorlagenwahl) -> Vorlagenkopf:
    """The head of a paper.

    Raises: KonfigurationsFehler for a body the municipality's concept does not name.
    """
    kurz = b.kommune["kommune"]
    gremien = _find_bodies(con, kurz, wahl)
    auszug = ""
    if wahl.gremium:
        bekannt = {z["gremium"]: z["name"] for z in zeilen(con, "from dim.gremium where kommune = ?", kurz)}
        if wahl.gremium not in bekannt:
            raise KonfigurationsFehler(
                f"--gremium {wahl.gremium}: konzept.yaml von {kurz} nennt kein solches Gremium. "
                f"Erwartet: {', '.join(sorted(bekannt)) or 'keines ist genannt'}."
            )
        auszug = bekannt[wahl.gremium]
        gremien = [z for z in gremien if z["gremium"] == wahl.gremium] or [
            {"gremium": wahl.gremium, "name": auszug, "termin": None, "behandlung": None}
        ]
    return Vorlagenkopf(
        kommune=b.kommune["name"],
        art=wahl.art.titel,
        nummer=wahl.nummer or OFFEN,
        betreff=f"{wahl.art.titel} – {b.kommune['name']}",
        beratungen=_as_beratungen(gremien),
        stand=", ".join(f"{s.wort}: {datum(s.tag)}" for s in b.staende) or "–",
        veroeffentlichung=b.veroeffentlichung or "–",
        auszug=auszug,
    )


def _as_beratungen(gremien: Sequence[Zeile]) -> tuple[Beratungszeile, ...]:
    return tuple(
        Beratungszeile(
            z["name"], datum(z["termin"]) if z["termin"] else OFFEN, BEHANDLUNGEN.get(z["behandlung"], OFFEN)
        )
        for z in gremien
    )
