"""A step: one table of the pipeline, what it reads and how it is written.

Belongs here: the one shape that assets, tests and the plan share. Does not belong here: which steps there are (refresh/plan.py).
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pipelines.foundation.storage import Ablage
from pipelines.steps.inputs import resting_on

Name = tuple[str, str]  # (schema, table)


@dataclass(frozen=True)
class Written:
    """What a step wrote: rows of its table, and further counts worth showing."""

    rows: int
    counts: Mapping[str, int]
    kept: bool = False  # whether the table stayed as it was, because nothing that it rests on changed


class Step(ABC):
    """One table. `doing` says in German what the step does, for the message of a fault."""

    schema: str
    name: str
    doing: str
    kinds: frozenset[str]

    @property
    @abstractmethod
    def beschreibung(self) -> str:
        """What the table is, in German: the description of its asset."""

    @property
    @abstractmethod
    def reads(self) -> tuple[Name, ...]:
        """(schema, table) of everything it reads, in order of first appearance."""

    @abstractmethod
    def write(self, ablage: Ablage) -> Written:
        """Make the table from what it reads as that is now."""

    @abstractmethod
    def rests_on(self, ablage: Ablage) -> str | None:
        """Checksum of all that its table rests on as that is now (inputs.py); None if more than tables: then it is made anew
        in every build."""

    @property
    def key(self) -> Name:
        return self.schema, self.name


@dataclass(frozen=True)
class FunctionStep(Step):
    """A table that a function writes; the function returns the number of rows, or counts of which `rows_of` is that number.

    `rests_only_on`: every table the function reads, where it reads nothing else.
    """

    schema: str
    name: str
    description: str
    inputs: tuple[Name, ...]
    function: Callable[[Ablage], int | Mapping[str, int]]
    doing: str = "rechnen"
    kinds: frozenset[str] = frozenset({"python"})
    rows_of: str = ""
    rests_only_on: tuple[Name, ...] = ()

    @property
    def beschreibung(self) -> str:
        return self.description

    @property
    def reads(self) -> tuple[Name, ...]:
        return self.inputs

    def rests_on(self, ablage: Ablage) -> str | None:
        return resting_on(ablage, self.rests_only_on) if self.rests_only_on else None

    def write(self, ablage: Ablage) -> Written:
        result = self.function(ablage)
        return Written(result, {}) if isinstance(result, int) else Written(result[self.rows_of], result)
