"""The asset graph: a snapshot that is reviewed like code, and a walk that finds no path around the door."""

import json
from pathlib import Path

import dagster as dg
import pytest

from pipelines.definitions import build
from pipelines.foundation.storage import GEHEIME_ZONE, OEFFENTLICHE_ZONE, TUER, Ablage
from schemas.register import FOLGT_AUS_VEROEFFENTLICHTEM, REGISTERTABELLEN

ABZUG = Path(__file__).with_name("asset_graph.json")
AUSGANG = (*OEFFENTLICHE_ZONE, "veroeffentlichung")


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict]:
    definitionen = build(Ablage(tmp_path_factory.mktemp("daten")))
    baum = definitionen.resolve_asset_graph()
    checks: dict[str, list[str]] = {}
    for schluessel in baum.asset_check_keys:
        checks.setdefault(schluessel.asset_key.to_user_string(), []).append(schluessel.name)
    return {
        k.to_user_string(): {
            "gruppe": baum.get(k).group_name,
            "von": sorted(p.to_user_string() for p in baum.get(k).parent_keys),
            "beschreibung": baum.get(k).description,
            "partitionen": getattr(baum.get(k).partitions_def, "name", None),
            "pruefungen": sorted(checks.get(k.to_user_string(), [])),
        }
        for k in sorted(baum.get_all_asset_keys())
    }


def ways_round_the_door(kanten: dict[str, list[str]]) -> list[list[str]]:
    """Every chain from a public asset up to an asset of the secure zone that does not pass the door."""
    gefunden = []
    for start in (k for k in kanten if k.split("/")[0] in AUSGANG):
        stapel = [[start]]
        while stapel:
            weg = stapel.pop()
            for oben in kanten[weg[-1]]:
                zone = oben.split("/")[0]
                if zone in GEHEIME_ZONE:
                    gefunden.append([*weg, oben])
                elif zone != TUER and oben not in weg:
                    stapel.append([*weg, oben])
    return gefunden


def test_no_public_asset_depends_on_the_secure_zone_except_through_the_door(graph: dict[str, dict]) -> None:
    kanten = {k: v["von"] for k, v in graph.items()}
    assert any(k.startswith("eingang/") for k in kanten), "the walk would be empty"
    assert any(o.split("/")[0] == TUER for k in kanten if k.split("/")[0] in AUSGANG for o in kanten[k])
    assert ways_round_the_door(kanten) == []


def test_the_walk_finds_a_path_around_the_door() -> None:
    kanten = {"marts/a": ["stamm/b"], "stamm/b": ["bevoelkerung/c"], "bevoelkerung/c": []}
    assert ways_round_the_door(kanten) == [["marts/a", "stamm/b", "bevoelkerung/c"]]


def test_secure_zone_assets_are_read_only_by_secure_zone_and_door(graph: dict[str, dict]) -> None:
    for name, knoten in graph.items():
        if any(v.split("/")[0] in GEHEIME_ZONE for v in knoten["von"]):
            assert name.split("/")[0] in (*GEHEIME_ZONE, TUER), name


def test_asset_graph_is_the_reviewed_one(graph: dict[str, dict]) -> None:
    """After a wanted change: `make graph`, and review the difference."""
    if not ABZUG.exists():
        ABZUG.write_text(json.dumps(graph, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        pytest.fail("asset_graph.json was missing and has been written; review and commit it")
    assert graph == json.loads(ABZUG.read_text(encoding="utf-8"))


def test_every_public_table_behind_the_register_is_known_to_hold_its_figures(graph: dict[str, dict]) -> None:
    """Or to follow from published ones: their cells are not told in events, and releases are compared by them."""
    hinter = {"bevoelkerung/wuerfel"}
    while neu := {k for k, v in graph.items() if k not in hinter and hinter & {*v["von"]}}:
        hinter |= neu
    marts = {k.replace("/", ".") for k in hinter if k.startswith("marts/")}
    assert marts == {*REGISTERTABELLEN, *FOLGT_AUS_VEROEFFENTLICHTEM}


def test_every_asset_has_a_description_and_every_table_its_column_schema(graph: dict[str, dict]) -> None:
    assert [k for k, v in graph.items() if not v["beschreibung"]] == []


def test_schedule_and_sensor_run_by_default_in_berlin_time(tmp_path: Path) -> None:
    definitionen = build(Ablage(tmp_path))
    zeitplan = definitionen.resolve_schedule_def("naechtlich")
    assert zeitplan.execution_timezone == "Europe/Berlin"
    assert zeitplan.default_status is dg.DefaultScheduleStatus.RUNNING
    assert definitionen.resolve_sensor_def("lieferungen_beobachten").default_status is dg.DefaultSensorStatus.RUNNING


def test_blocking_checks_stand_before_the_published_file(graph: dict[str, dict]) -> None:
    vorher = graph["veroeffentlichung/integrationsmonitoring"]["von"]
    for mart in ("marts/migrationshintergrund", "marts/staatsangehoerigkeit", "protokoll/lieferung"):
        assert mart in vorher
        assert graph[mart]["pruefungen"], mart
