"""The solver: silent, one thread, and it solves whatever other solvers did in this process before."""

import highspy
import numpy as np
import pytest

from pipelines.foundation.solver import create_solver, run
from pipelines.geheimhaltung.angriff.lp import solve
from pipelines.geheimhaltung.angriff.system import Matrix, System
from pipelines.geheimhaltung.choose import choose
from pipelines.geheimhaltung.system import Schluessel, Tafel
from schemas.spalten.common import INSGESAMT


def solve_elsewhere() -> None:
    """Somebody in this process solves with two threads, as any library may."""
    highspy.Highs.resetGlobalScheduler(True)
    fremd = highspy.Highs()
    for name, wert in (("output_flag", False), ("threads", 2)):
        fremd.setOptionValue(name, wert)
    mit_einer_spalte(fremd)
    fremd.run()
    assert fremd.getModelStatus() == highspy.HighsModelStatus.kOptimal


@pytest.fixture(autouse=True)
def pool_of_others() -> None:
    solve_elsewhere()


def mit_einer_spalte(h: highspy.Highs) -> highspy.Highs:
    """The largest x up to 4 with x + y = 3, y up to 2."""
    h.addVar(0.0, 4.0)
    h.addVar(0.0, 2.0)
    h.addRow(3.0, 3.0, 2, np.array([0, 1], dtype=np.int32), np.array([1.0, 1.0]))
    h.changeColCost(0, -1.0)
    return h


def test_it_solves_after_a_solver_with_another_number_of_threads() -> None:
    roh = mit_einer_spalte(highspy.Highs())
    roh.setOptionValue("threads", 1)
    roh.run()
    assert roh.getModelStatus() == highspy.HighsModelStatus.kNotset, "the trouble is gone: so may `run` be"
    h = mit_einer_spalte(create_solver())
    assert run(h) == highspy.HighsModelStatus.kOptimal
    assert h.getSolution().col_value[0] == pytest.approx(3.0)


def test_the_choice_hides_and_the_attack_narrows_beside_other_solvers() -> None:
    t = Tafel()
    orte = {"a": 3, "b": 20, "c": 9}
    teile = [
        t.zelle(Schluessel("auslaender", "-", g, INSGESAMT, INSGESAMT, INSGESAMT), n, True) for g, n in orte.items()
    ]
    summe = t.zelle(Schluessel("auslaender", "-", "stadt", INSGESAMT, INSGESAMT, INSGESAMT), 32, True)
    assert t.gleich([summe], teile)
    assert choose(t, 5).geheim >= {teile[0]}
    solve_elsewhere()
    s = System()
    x, y = (s.zahl(art, "-", "a", "m", "-") for art in ("A", "D"))
    s.zeile("Summe", [(x, 1.0), (y, 1.0)], 9.0, 9.0)
    aufwand = solve(Matrix(s), {x: 4.0}, 10.0)
    assert (aufwand.belegt, aufwand.offen, aufwand.lps > 0) == (1, [], True)


def test_an_option_it_does_not_know_is_no_secret() -> None:
    with pytest.raises(ValueError, match="simplex_stategy"):
        create_solver(simplex_stategy=4)


def test_it_says_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    run(mit_einer_spalte(create_solver()))
    assert capfd.readouterr().out == ""
