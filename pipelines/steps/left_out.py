"""Municipalities whose rows a step cannot be computed with: found out, left out of the rest of the build, told at the gate.

Belongs here: finding out who it is, and remembering it until the next build begins. Does not belong here: what a step
computes (sql_step.py, checks.py), and that whoever is held back keeps the figures published last (veroeffentlichung/).
"""

import json
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

import pyarrow.parquet as pq

from pipelines.foundation.findings import KonfigurationsFehler, LieferungAbgewiesen, is_disturbance
from pipelines.foundation.messages import FELDER, Meldung, aus_dict, aus_text, read_state
from pipelines.foundation.storage import Ablage, close_instances, sqltext

T_co = TypeVar("T_co", covariant=True)
T = TypeVar("T")


@dataclass(frozen=True)
class Auswahl:
    """Whose rows a step reads: everybody's, of one municipality only, or without some."""

    ohne: frozenset[str] = frozenset()
    nur: str | None = None

    def bedingung(self) -> str:
        """Condition on the column `kommune`; empty if all rows are read."""
        if self.nur is not None:
            return f"kommune = {sqltext(self.nur)}"
        return f"kommune not in ({', '.join(map(sqltext, sorted(self.ohne)))})" if self.ohne else ""


class Computation(Protocol[T_co]):
    """A step over a selection of rows; on trial (`versuch`) it leaves no trace."""

    def __call__(self, auswahl: Auswahl, versuch: bool, /) -> T_co: ...


def ausgelassene(ablage: Ablage) -> list[Meldung]:
    """Who has been left out of the tables since the build began, and why."""
    return [aus_dict(m) for m in read_state(ablage.intern / "stand" / "ausgelassen.json", [], FELDER)]


def forget_left_out(ablage: Ablage) -> None:
    """A build begins with everybody."""
    (ablage.intern / "stand" / "ausgelassen.json").unlink(missing_ok=True)


def auswahl_jetzt(ablage: Ablage) -> Auswahl:
    """Everybody but those left out so far."""
    return Auswahl(frozenset(m.kommune for m in ausgelassene(ablage)))


def ohne_schuldige(ablage: Ablage, tabelle: str, compute: Computation[T]) -> T:
    """Compute; if that fails because of some municipalities' rows, remember these and compute without them.

    Raises: the step's own error if it fails whoever is left out, or because of the machine and not the rows.
    """
    alle = auswahl_jetzt(ablage)
    try:
        return compute(alle, False)
    except (LieferungAbgewiesen, KonfigurationsFehler, FileNotFoundError):
        raise
    except Exception as fehler:
        if is_disturbance(fehler):
            raise
        close_instances()  # DuckDB's internal errors make its whole instance unusable
        schuldige = _schuldige(ablage, alle, lambda a: _succeeds(compute, a))
        if schuldige is None:
            raise
        art = type(fehler).__name__
    _remember(ablage, tabelle, schuldige, art)
    return compute(auswahl_jetzt(ablage), False)


def drop_municipalities(ablage: Ablage, meldungen: Iterable[Meldung]) -> None:
    """Leave these municipalities out of the rest of the build; the messages say why."""
    if neue := list(meldungen):
        with ablage.neu(ablage.intern / "stand" / "ausgelassen.json") as neu:
            neu.write_text(
                json.dumps([m.als_dict() for m in [*ausgelassene(ablage), *neue]], ensure_ascii=False), encoding="utf-8"
            )


def _succeeds(compute: Computation[T], auswahl: Auswahl) -> bool:
    try:
        compute(auswahl, True)
    except Exception:
        close_instances()
        return False
    return True


def _schuldige(ablage: Ablage, alle: Auswahl, gelingt: Callable[[Auswahl], bool]) -> Collection[str] | None:
    """Without whom the step succeeds: those with whose rows alone it fails, else those without any of whom it succeeds.

    Nobody (empty) if it succeeds now with everybody; None if it cannot be told, or if it fails for each of several.
    """
    if gelingt(alle):
        return ()
    gebaut = pq.read_table(ablage.tabelle("stamm", "kommune"), columns=["kommune"])["kommune"].to_pylist()
    kommunen = sorted({str(k) for k in gebaut} - alle.ohne)
    allein = {k for k in kommunen if not gelingt(Auswahl(nur=k))}
    if allein and (len(allein) < len(kommunen) or len(kommunen) == 1) and gelingt(Auswahl(alle.ohne | allein)):
        return allein
    einer = {k for k in kommunen if gelingt(Auswahl(alle.ohne | {k}))}
    return einer or None


def _remember(ablage: Ablage, tabelle: str, kommunen: Collection[str], art: str) -> None:
    """Remember who is left out from now on. Only the error's type: its text may quote rows."""
    neue = [
        aus_text(
            k, tabelle, "unerwartet",
            f"Beim Schritt »Tabelle {tabelle} rechnen und prüfen« führten Zeilen von {k} zu einem unerwarteten Fehler ({art}). "
            "Die Kommune ist zurückgehalten, die übrigen sind es nicht. Bitte die zuletzt geänderten Dateien dieser Kommune "
            "prüfen; die nächste Aktualisierung versucht es wieder.",
        )
        for k in sorted(kommunen)
    ]  # fmt: skip
    drop_municipalities(ablage, neue)
