"""What of persons is over its time goes, in every night, also where nothing is new.

Belongs here: asking every rule of deletion at once. Does not belong here: the rules (bevoelkerung/aufbewahrung.py,
bevoelkerung/flows.py).
"""

from collections.abc import Iterable
from datetime import UTC, datetime

from pipelines.bevoelkerung.aufbewahrung import delete_overdue, find_overdue
from pipelines.bevoelkerung.flows import delete_expired, find_expired
from pipelines.foundation.storage import Ablage
from pipelines.stamm.kommune import Kommune


def is_any_overdue(ablage: Ablage, kommunen: Iterable[Kommune]) -> bool:
    """Whether there is something to delete."""
    heute, kommunen = datetime.now(UTC).date(), list(kommunen)
    return bool(find_overdue(ablage, kommunen, heute) or find_expired(ablage, kommunen, heute))


def delete_persons(ablage: Ablage, kommunen: Iterable[Kommune]) -> int:
    """Delete it; returns the number of files."""
    heute, kommunen = datetime.now(UTC).date(), list(kommunen)
    return delete_overdue(ablage, kommunen, heute) + delete_expired(ablage, kommunen, heute)
