"""Where Dagster keeps runs and their events: its own SQLite files, whose connections stay open while a process works.

Belongs here: how the files are opened. Their form and their place are Dagster's own, so `storage: sqlite` reads them as well.
Dagster opens a file anew for each of the thousand events of a refresh and has every statement compiled again, which took a
quarter of its time.
"""

import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from dagster._core.storage.event_log import SqliteEventLogStorage
from dagster._core.storage.runs import SqliteRunStorage
from dagster._core.storage.schedules import SqliteScheduleStorage
from dagster._core.storage.sqlite_storage import (
    DagsterSqliteStorage,
    _event_logs_directory,
    _runs_directory,
    _schedule_directory,
)
from dagster._serdes import ConfigurableClassData

FILES_OPEN = 8  # a web server looks at many runs: the file of each is one of its own
BUSY_SECONDS = 30


class _OpenFiles:
    """Engines by address; the least used one is closed when there are too many."""

    def __init__(self) -> None:
        self._engines: OrderedDict[str, sa.Engine] = OrderedDict()
        self._lock = threading.Lock()

    def engine(self, address: str) -> sa.Engine:
        with self._lock:
            if address not in self._engines:
                self._engines[address] = _open(address)
            self._engines.move_to_end(address)
            while len(self._engines) > FILES_OPEN:
                self._engines.popitem(last=False)[1].dispose()
            return self._engines[address]

    @contextmanager
    def transaction(self, address: str) -> Iterator[sa.Connection]:
        with self.engine(address).begin() as con:
            yield con

    def close(self) -> None:
        with self._lock:
            while self._engines:
                self._engines.popitem()[1].dispose()


def _open(address: str) -> sa.Engine:
    engine = sa.create_engine(address, connect_args={"timeout": BUSY_SECONDS})

    # The files have a write-ahead log: written so, the last events may be lost when the power fails, but no file breaks.
    @sa.event.listens_for(engine, "connect")
    def no_wait_for_the_disk(con: Any, _: Any) -> None:
        con.execute("pragma synchronous = normal")

    return engine


class EventLog(SqliteEventLogStorage):
    """Events of runs: a file for each run and one for all of them."""

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        self._files = _OpenFiles()
        super().__init__(base_dir, inst_data)

    @contextmanager
    def _connect(self, shard: str) -> Iterator[sa.Connection]:
        with self._db_lock:
            address = self.conn_string_for_shard(shard)
            if shard not in self._initialized_dbs:
                self._initdb(self._files.engine(address))
                self._initialized_dbs.add(shard)
            with self._files.transaction(address) as con:
                yield con

    def wipe(self) -> None:
        self._files.close()
        super().wipe()

    def dispose(self) -> None:
        self._files.close()
        super().dispose()


class _OneFile:
    """A storage of one file, which stays open."""

    _conn_string: str

    def __init__(self, conn_string: str, inst_data: ConfigurableClassData | None = None) -> None:
        self._files = _OpenFiles()
        super().__init__(conn_string, inst_data)  # type: ignore[call-arg]

    @contextmanager
    def connect(self) -> Iterator[sa.Connection]:
        with self._files.transaction(self._conn_string) as con:
            yield con

    def dispose(self) -> None:
        self._files.close()
        super().dispose()  # type: ignore[misc]


class Runs(_OneFile, SqliteRunStorage):
    """The runs."""


class Schedules(_OneFile, SqliteScheduleStorage):
    """What schedules and the sensor did."""


class RunState(DagsterSqliteStorage):
    """All three, below one folder, as `storage: sqlite` lays them out."""

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        # The class above would open the three files a second time.
        super(DagsterSqliteStorage, self).__init__()  # type: ignore[no-untyped-call]
        self.base_dir, self._inst_data = base_dir, inst_data
        self._run_storage = Runs.from_local(_runs_directory(base_dir))
        self._event_log_storage = EventLog(_event_logs_directory(base_dir))
        self._schedule_storage = Schedules.from_local(_schedule_directory(base_dir))

    @classmethod
    def from_config_value(cls, inst_data: ConfigurableClassData, config_value: Any) -> "RunState":
        return cls(inst_data=inst_data, **config_value)
