"""What is shown again after the choice: less is hidden, and nothing that protects."""

import pytest

from pipelines.geheimhaltung import show_again as clean_up
from pipelines.geheimhaltung.choose import secure
from pipelines.geheimhaltung.model import Deviations, Spanne, Wahl
from pipelines.geheimhaltung.system import Schluessel, Tafel
from tests.unit.geheimhaltung.test_wahl_haelt import zu_eng


def reihe(*werte: int) -> tuple[Tafel, list[int]]:
    """Published counts of areas and their sum."""
    t = Tafel()
    teile = [
        t.zelle(Schluessel("auslaender", "-", f"{n}", "insgesamt", "insgesamt"), w, True) for n, w in enumerate(werte)
    ]
    ganzes = t.zelle(Schluessel("auslaender", "-", "stadt", "insgesamt", "insgesamt"), sum(werte), True)
    t.gleich([ganzes], teile)
    return t, [*teile, ganzes]


def mit_wahl(t: Tafel, primaer: set[int], sekundaer: set[int]) -> Wahl:
    """A choice that hides more than it must, after showing again."""
    w = Wahl(primaer=primaer, sekundaer=sekundaer)
    modell = Deviations(t, 4.0)
    modell.set_costs(range(len(t.wert)), w, set())
    erste = modell.raise_zeros()
    spanne = Spanne(erste.abweichung)
    zeugen = secure(w, modell, w.geheim, spanne)
    clean_up.show_wieder(t, w, modell, erste, zeugen, primaer)
    return w


def test_a_large_count_that_protects_nothing_is_shown_again() -> None:
    t, (klein, mittel, gross, _) = reihe(2, 30, 900)
    w = mit_wahl(t, {klein}, {mittel, gross})
    assert w.geheim == {klein, mittel}
    assert zu_eng(t, w.geheim) == []


def test_the_only_count_that_protects_stays_hidden() -> None:
    t, (klein, _, gross, _) = reihe(2, 0, 900)
    assert mit_wahl(t, {klein}, {gross}).geheim == {klein, gross}


def test_the_same_persons_in_another_table_are_shown_with_them() -> None:
    """Neither can be shown without the other, both together can."""
    t, (klein, mittel, gross, _) = reihe(2, 30, 900)
    noch_einmal = t.zelle(Schluessel("staat", "-", "2", "insgesamt", "insgesamt", "insgesamt"), 900, True)
    t.gleich([gross], [noch_einmal])
    assert mit_wahl(t, {klein}, {mittel, gross, noch_einmal}).geheim == {klein, mittel}


def test_without_linear_programs_left_nothing_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clean_up, "LPS", 0)
    t, (klein, mittel, gross, _) = reihe(2, 30, 900)
    assert mit_wahl(t, {klein}, {mittel, gross}).geheim == {klein, mittel, gross}
