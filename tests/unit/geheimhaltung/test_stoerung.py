"""The perturbation table of the Cell-Key method: its promised properties, and what a shown count may be."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from pipelines.geheimhaltung.perturbation import perturb, verteilung
from pipelines.stamm.schutz import CellKey, Schutz

PARAMETER = [(2, 1.0), (4, 3.0), (4, 1.0), (5, 2.0), (10, 8.0)]


@pytest.mark.parametrize(("d", "v"), PARAMETER)
@pytest.mark.parametrize("anzahl", [1, 2, 3, 4, 5, 10, 500])
def test_the_table_has_mean_0_the_given_variance_and_bound_and_no_negative_count(anzahl: int, d: int, v: float) -> None:
    zeilen = verteilung(anzahl, d, v)
    werte, p = np.array([z[0] for z in zeilen]), np.array([z[1] for z in zeilen])
    assert p.sum() == pytest.approx(1)
    assert p @ werte == pytest.approx(0, abs=1e-6)
    assert p @ werte**2 == pytest.approx(v, abs=1e-6)
    assert werte.min() >= -min(anzahl, d)
    assert werte.max() <= d
    assert p.min() > 0


@pytest.mark.parametrize(("d", "v"), PARAMETER)
def test_no_other_table_with_the_same_mean_and_variance_has_more_entropy(d: int, v: float) -> None:
    zeilen = verteilung(2, d, v)
    werte, p = np.array([z[0] for z in zeilen], dtype=float), np.array([z[1] for z in zeilen])
    bedingungen = np.stack([np.ones_like(werte), werte, werte**2])
    entropie = -(p * np.log(p)).sum()
    zufall = np.random.default_rng(1)
    for _ in range(50):
        # Any small change that keeps sum, mean and variance.
        richtung = zufall.normal(size=len(p))
        richtung -= bedingungen.T @ np.linalg.lstsq(bedingungen.T, richtung, rcond=None)[0]
        anders = p + 1e-4 * p.min() * richtung
        assert -(anders * np.log(anders)).sum() <= entropie + 1e-12


@given(st.integers(0, 3000), st.floats(0, 1, exclude_max=True))
def test_a_shown_count_is_near_the_true_one_and_nobody_stays_nobody(anzahl: int, schluessel: float) -> None:
    gezeigt = perturb(anzahl, schluessel, 4, 3.0)
    assert max(0, anzahl - 4) <= gezeigt <= anzahl + 4
    assert gezeigt == perturb(anzahl, schluessel, 4, 3.0)
    if anzahl == 0:
        assert gezeigt == 0


def test_keys_spread_evenly_give_the_table() -> None:
    gezeigt = np.array([perturb(1, (n + 0.5) / 10_000, 4, 3.0) for n in range(10_000)])
    assert gezeigt.mean() == pytest.approx(1, abs=0.01)
    assert gezeigt.var() == pytest.approx(3, abs=0.05)
    assert set(gezeigt) == {0, 1, 2, 3, 4, 5}


def test_a_variance_that_a_count_of_1_cannot_have_is_refused_in_german() -> None:
    with pytest.raises(ValidationError, match="varianz muss kleiner sein als hoechstabweichung"):
        CellKey(hoechstabweichung=2, varianz=2.0)
    with pytest.raises(ValueError, match="no distribution"):
        verteilung(1, 2, 2.5)


@pytest.mark.parametrize(
    ("angaben", "hoechstens", "worte"),
    [
        ({}, 0, "Zellsperrung"),
        ({"verfahren": "rundung"}, 2, "Vielfaches von 5 gerundet. Jede weicht um höchstens 2 Personen ab"),
        ({"verfahren": "rundung", "rundung": 3}, 1, "Vielfaches von 3"),
        ({"verfahren": "rundung", "rundung": 10}, 5, "etwa 2,9 (Standardabweichung)"),
        (
            {"verfahren": "cellkey"},
            4,
            "Null bleibt null. Jede weicht um höchstens 4 Personen ab, üblicherweise um etwa 1,7",
        ),
    ],
)
def test_readers_are_told_method_parameters_and_expected_error(
    angaben: dict[str, object], hoechstens: int, worte: str
) -> None:
    schutz = Schutz.model_validate({"begruendung": "b", **angaben})
    assert schutz.hoechstfehler() == hoechstens
    assert worte in schutz.verfahrenstext()
