"""Events that nobody looks at: Dagster hands them to who runs a job; kept for the UI, they are a third of a small refresh.

Belongs here: what an instance of tests in this process does with events (tests/im_speicher/dagster.yaml). Does not belong
here: anything a test asks the instance for; such a test takes Dagster's home of the repository.
"""

from collections.abc import Sequence

from dagster import AssetKey, AssetRecordsFilter, EventRecordsResult
from dagster._core.events.log import EventLogEntry
from dagster._core.storage.event_log import InMemoryEventLogStorage
from dagster._core.storage.event_log.base import AssetRecord


class ForgetfulEventLog(InMemoryEventLogStorage):
    """Partitions are kept in memory, events are not: no step has ever run."""

    def store_event(self, event: EventLogEntry) -> None:
        """Nothing: who runs the job has the event already."""

    def get_asset_records(self, asset_keys: Sequence[AssetKey] | None = None) -> Sequence[AssetRecord]:
        """None, for nothing is stored."""
        return ()

    def fetch_materializations(
        self,
        records_filter: AssetKey | AssetRecordsFilter,
        limit: int,
        cursor: str | None = None,
        ascending: bool = False,
    ) -> EventRecordsResult:
        """None, for nothing is stored."""
        return EventRecordsResult([], cursor=cursor or "", has_more=False)

    fetch_observations = fetch_materializations
