"""The comparison of published content finds what differs, and forgives only what hangs on the folder's secret or the solver."""

import json

from schemas.tabellen.registry import VEROEFFENTLICHT
from tests.golden.published_content import BY_FOLDER, DAY, REVIEWED, SKIPPED, WITHOUT, differences

REGISTER, OTHER = "marts.bezugsland", "dim.kommune"


def test_every_published_table_is_reviewed() -> None:
    reviewed = json.loads(REVIEWED.read_text(encoding="utf-8"))
    assert {*reviewed} == {t.voll for t in VEROEFFENTLICHT} - SKIPPED
    assert all(("keys" in r) == (name in BY_FOLDER) for name, r in reviewed.items())


def test_exceptions_are_about_tables_and_columns_that_exist() -> None:
    names = {t.voll for t in VEROEFFENTLICHT}
    assert {*WITHOUT, *SKIPPED, *BY_FOLDER} <= names
    assert {s.name for t in VEROEFFENTLICHT for s in t.spalten} >= DAY


def test_another_content_differs_but_not_another_choice_of_the_solver() -> None:
    register = {"rows": 9, "content": "a", "keys": "k", "hidden": 100}
    same = {REGISTER: register, OTHER: {"rows": 2, "content": "a"}}
    assert differences(same, same) == ([], [])
    wrong, noted = differences(same, {REGISTER: register | {"content": "b", "hidden": 104}, OTHER: same[OTHER]})
    assert (wrong, len(noted)) == ([], 1)
    for other in (
        {REGISTER: register | {"content": "b", "hidden": 130}, OTHER: same[OTHER]},
        {REGISTER: register | {"keys": "other"}, OTHER: same[OTHER]},
        {REGISTER: register, OTHER: {"rows": 2, "content": "b"}},
        {REGISTER: register},
        {**same, "dim.staat": same[OTHER]},
    ):
        assert len(differences(same, other)[0]) == 1
