"""Another time of day for the pipeline's own code, in this process and for good: what it asks for today or now is that day.

Belongs here: replacing the clock. Does not belong here: files' own times, which the machine gives, and Dagster's.
"""

import importlib
import pkgutil
import sys
from datetime import UTC, date, datetime, tzinfo
from types import ModuleType

import pipelines


def import_all() -> None:
    """Import every module of the pipeline: one imported later would have the machine's time."""
    for module in pkgutil.walk_packages(pipelines.__path__, "pipelines."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def set_clock(moment: datetime) -> None:
    """Let every module of the pipeline think it is `moment` (with a time zone)."""
    import_all()
    days, moments = _dates(moment), _datetimes(moment)
    for name, module in list(sys.modules.items()):
        if name.startswith("pipelines.") and isinstance(module, ModuleType):
            if vars(module).get("date") is date:
                module.date = days  # type: ignore[attr-defined]
            if vars(module).get("datetime") is datetime:
                module.datetime = moments  # type: ignore[attr-defined]


class _Like(type):
    """A class whose instances are those of the class it stands for."""

    stands_for: type

    def __instancecheck__(cls, value: object) -> bool:
        return isinstance(value, cls.stands_for)


def _dates(moment: datetime) -> type:
    class Day(date, metaclass=_Like):
        stands_for = date

        def __new__(cls, *args: int, **named: int) -> date:  # type: ignore[misc]
            return date(*args, **named)

        @classmethod
        def today(cls) -> date:  # type: ignore[override]
            return moment.astimezone(UTC).date()

    return Day


def _datetimes(moment: datetime) -> type:
    class Moment(datetime, metaclass=_Like):
        stands_for = datetime

        def __new__(cls, *args: int, **named: int) -> datetime:  # type: ignore[misc]
            return datetime(*args, **named)

        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return moment.astimezone(tz) if tz else moment.astimezone().replace(tzinfo=None)

    return Moment
