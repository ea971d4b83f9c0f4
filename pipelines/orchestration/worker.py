"""The application of a worker: `celery -A pipelines.orchestration.worker worker -Q dagster --pool solo`.

One process for each worker (`solo`): a database does not survive a fork. Belongs here: nothing else; what a worker does is in
verteilung.py.
"""

from dagster_celery.make_app import make_app
from dagster_celery.tasks import create_task

from pipelines.orchestration.verteilung import create_settings

app = make_app(create_settings())  # type: ignore[no-untyped-call]
execute_plan = create_task(app, acks_late=True, reject_on_worker_lost=True)  # type: ignore[no-untyped-call]
