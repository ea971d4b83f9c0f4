"""The rule that no boolean of a statement is NULL is itself able to fail. That doors and marts keep it is asked by every test
that runs them (tests/lib/literal_tables.py, tests/lib/massnahmen.py, tests/spec/indikatoren/hilfe.py).
"""

from pathlib import Path

import pytest

from pipelines.foundation.storage import Ablage
from pipelines.steps.sql_step import sql_steps
from tests.lib.literal_tables import lay
from tests.lib.two_valued import nullwerte, split_statement

ZAHLEN = (
    "with zahlen as (select t.zahl, {regel} as klein from eingang.lieferung "
    "cross join (values (3), (40), (null)) as t (zahl))"
)


@pytest.mark.parametrize(
    ("regel", "null"),
    [
        ("t.zahl < 5", ["zahlen.klein"]),
        ("coalesce(t.zahl < 5, false)", []),
        ("t.zahl is null or t.zahl < 5", []),
        ("not t.zahl >= 5", ["zahlen.klein"]),
    ],
)
def test_a_rule_that_is_null_for_an_unknown_number_is_found(tmp_path: Path, regel: str, null: list[str]) -> None:
    ablage = Ablage(tmp_path).create_folders()
    lay(ablage, "eingang.lieferung", {})
    kopf = ZAHLEN.format(regel=regel)
    quellen = [("eingang", "lieferung")]
    assert nullwerte(ablage, f"{kopf} select zahl from zahlen where klein", quellen) == null
    mit_spalte = f"{kopf} select zahl, klein from zahlen"
    assert nullwerte(ablage, mit_spalte, quellen) == null + [f".{n.partition('.')[2]}" for n in null]
    assert nullwerte(ablage, mit_spalte, quellen, frozenset({"klein"})) == null, (
        "a result may say that nothing is known"
    )


def test_every_door_has_a_statement_that_can_be_taken_apart() -> None:
    ohne = {s.name for s in sql_steps() if s.schema == "geheimhaltung" and not split_statement(s.text).ctes}
    einzelne = {
        "bestand",
        "bezugsland",
        "indikatorwert",
        "massnahme_anpassung",
        "massnahme_haushalt",
        "massnahme_meilenstein",
        "vorlage",
    }
    assert ohne <= einzelne, "statements of one select, whose result is checked"
