"""Votes as the door tells them: rounded, each for itself, and not where groups beside them would be small."""

from pathlib import Path
from typing import Any

import pytest

from tests.sql.test_registermerkmal import marts, rows

RAT = ("00", "wahlberechtigung", "integrationsrat_ab_16")
GRUPPEN = ("00-14", "15-17", "18+", "insgesamt")


def waehler(w: dict[str, int], m: dict[str, int]) -> list[dict[str, Any]]:
    """Rows of the cube: 103 women and 98 men may vote for the Integrationsrat; the Germans of a further nationality by age."""
    wahl = [("w", "wahlberechtigung", RAT[2], 103), ("m", "wahlberechtigung", RAT[2], 98)]
    jahre = [(x, "waehlerjahre", j, n) for x, je in (("w", w), ("m", m)) for j, n in je.items()]
    return [
        {"gebiet_id": "01", "merkmal": a, "auspraegung": b, "geschlecht": x, "personen": n}
        for x, a, b, n in wahl + jahre
    ]


@pytest.mark.parametrize(
    ("w", "m", "gezeigt"),
    [
        ({"10": 20, "15": 20, "17": 20}, {"15": 20, "16": 20}, (200, 100, 100)),
        ({"10": 99, "15": 19, "17": 20}, {"15": 20, "16": 20}, (200, None, None)),  # few of 15 years
        ({"10": 99, "15": 20, "17": 19, "18": 99}, {"15": 20, "16": 20}, (200, None, None)),  # few of 16 and 17
        ({"10": 99, "15": 10, "17": 19}, {"15": 9, "16": 20}, (None, None, None)),
        ({}, {}, (None, None, None)),
    ],
)
def test_voters_for_the_integrationsrat_are_rounded_and_told_where_no_rest_is_small(
    tmp_path: Path, w: dict[str, int], m: dict[str, int], gezeigt: tuple[int | None, ...]
) -> None:
    je = marts(tmp_path, *waehler(w, m), altersgruppen=GRUPPEN)
    zeilen = [je[*RAT, x] for x in ("insgesamt", "w", "m")]
    assert tuple(z["personen"] for z in zeilen) == gezeigt
    assert [z["status"] for z in zeilen] == ["geheim" if n is None else "gerundet" for n in gezeigt]
    assert [z["anteil"] for z in zeilen] == [
        None if n is None else n / e for n, e in zip(gezeigt, (1000, 500, 500), strict=True)
    ]
    assert {k for k in je if k[1] == "waehlerjahre"} == set()


def test_a_voting_age_that_is_a_bound_of_the_age_groups_tells_nothing_rounded(tmp_path: Path) -> None:
    """Voters would be a sum of shown age groups, and the rounding a bound on a hidden one of these."""
    jung = {"10": 99, "15": 99, "17": 99}
    je = marts(tmp_path, *waehler(jung, jung), altersgruppen=("00-15", "16+", "insgesamt"))
    assert je[*RAT, "insgesamt"]["personen"] is None


@pytest.mark.parametrize(("kinder", "gezeigt"), [(20, 500), (19, None), (0, None)])
def test_voters_for_the_council_are_told_where_none_of_their_groups_is_small(
    tmp_path: Path, kinder: int, gezeigt: int | None
) -> None:
    """Citizens of the EU and of other states, old enough and too young: `kinder` of each sex of the others are too young."""
    wahl = rows("wahlberechtigung", {"kommunalwahl_ab_16": 252}, {"kommunalwahl_ab_16": 249})
    eu, andere = {"15": 30, "16": 30}, {"10": kinder, "40": 90}
    je = marts(
        tmp_path,
        *wahl,
        *rows("unionsjahre", eu, eu),
        *rows("drittstaatsjahre", andere, andere),
        altersgruppen=GRUPPEN,
    )
    insgesamt = je["00", "wahlberechtigung", "kommunalwahl_ab_16", "insgesamt"]["personen"]
    assert insgesamt == (gezeigt if kinder != 19 else 500), "of both together there are enough"
    assert (je["00", "wahlberechtigung", "kommunalwahl_ab_16", "w"]["personen"] is None) is (kinder < 20)


def test_votes_are_told_or_not_each_for_itself(tmp_path: Path) -> None:
    je = marts(
        tmp_path,
        *rows(
            "wahlberechtigung", {"bundestagswahl_ab_18": 90, "x_ab_18": 3}, {"bundestagswahl_ab_18": 90, "x_ab_18": 90}
        ),
    )
    assert [je["00", "wahlberechtigung", "bundestagswahl_ab_18", x]["personen"] for x in ("w", "m", "insgesamt")] == [
        90,
        90,
        180,
    ]
    assert [je["00", "wahlberechtigung", "x_ab_18", x]["personen"] for x in ("w", "m", "insgesamt")] == [None, None, 90]
