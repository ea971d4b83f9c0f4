"""What the UI shows is German and complete: every asset, check, job, schedule and sensor says what it is, and whose it is."""

import re
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest

from pipelines.definitions import build
from pipelines.foundation.storage import WURZEL

# Words that every English sentence of some length has one of, and no German one.
ENGLISH = re.compile(
    r"\b(the|of|and|which|that|with|from|each|every|are|is|by|for|what|they|only|grain|counts?|figures?|hides?|rows?|than|there)\b",
    re.IGNORECASE,
)
GERMAN = re.compile(
    r"\b(der|die|das|den|dem|des|ein|eine|einen|einer|und|oder|aus|von|vom|zu|zum|zur|im|in|ist|sind|je|mit|nach|als|auf|für|über|"
    r"an|am|was|wie|wer|wann|welche[rs]?|kein|keine|jede[rsn]?|nur|bis|bei|gegen|höchstens|haben|hat|ergeben)\b"
    r"|\b[A-ZÄÖÜ]\w+ \w+(en|t)\b",
    re.IGNORECASE,
)


def described(repo: dg.RepositoryDefinition) -> Iterator[tuple[str, str | None]]:
    """(what, description) of everything that the UI lists."""
    graph = repo.asset_graph
    yield from ((f"asset {n.key.to_user_string()}", n.description) for n in graph.asset_nodes)
    for key in graph.asset_check_keys:
        yield f"check {key.to_user_string()}", graph.get(key).description
    yield from ((f"job {j.name}", j.description) for j in repo.get_all_jobs() if not j.name.startswith("__"))
    yield from ((f"schedule {s.name}", s.description) for s in repo.schedule_defs)
    yield from ((f"sensor {s.name}", s.description) for s in repo.sensor_defs)


def is_german(text: str | None) -> bool:
    return bool(text) and not ENGLISH.search(text or "") and bool(GERMAN.search(text or ""))


@pytest.fixture(scope="module")
def repo() -> dg.RepositoryDefinition:
    definitions = build()
    repo = definitions.get_repository_def()
    assert isinstance(repo, dg.RepositoryDefinition)
    return repo


def test_everything_in_the_ui_is_described_in_german(repo: dg.RepositoryDefinition) -> None:
    alle = list(described(repo))
    assert {was.split()[0] for was, _ in alle} == {"asset", "check", "job", "schedule", "sensor"}
    assert [(was, text) for was, text in alle if not is_german(text)] == []


@pytest.mark.parametrize(
    ("text", "german"),
    [
        ("Personen mit Migrationshintergrund je Gebiet.", True), ("Which states are told.", False), (None, False), ("", False),
        ("The door for measures: kleine Gruppen und Texte.", False), ("Die Gebiete. Grain: kommune.", False), ("xyz", False),
    ],
)  # fmt: skip
def test_an_english_or_missing_description_is_found(text: str | None, german: bool) -> None:
    assert is_german(text) == german


def headings(page: Path) -> set[str]:
    """Anchors of a page as they are commonly made: lower case, spaces as hyphens, nothing but letters, digits, - and _."""
    titel = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", t.lower()).strip().replace(" ", "-") for t in titel}


def test_every_asset_has_an_owner_a_kind_and_a_page_of_the_handbook_that_exists(repo: dg.RepositoryDefinition) -> None:
    for n in repo.asset_graph.asset_nodes:
        assert n.owners, n.key
        assert n.kinds, n.key
        seite, _, anker = str(n.metadata["Handbuch"].value).partition("#")
        assert (WURZEL / seite).exists(), n.key
        assert not anker or anker in headings(WURZEL / seite), f"{n.key.to_user_string()}: {seite}#{anker}"
