"""Rows of few inhabitants may hide a 0; who does not know that takes every hidden count for at least 1 and must not profit."""

from pipelines.geheimhaltung.choose import choose
from pipelines.geheimhaltung.system import Schluessel, Tafel


def spanne(zahlen: list[int], verborgen: list[int]) -> tuple[int, int]:
    """Least and greatest value of any hidden count if every hidden one is at least 1 and the sum is known."""
    rest = sum(zahlen[i] for i in verborgen)
    return 1, rest - (len(verborgen) - 1)


def test_a_reader_who_takes_hidden_for_at_least_one_finds_four_values_too() -> None:
    """0 + 5 = 5: as 0 to 5 that is wide enough, as 1 to 4 it is not, so a third count is hidden."""
    zahlen = [0, 5, 40, 60]
    t = Tafel()
    teile = [
        t.zelle(Schluessel("auslaender", "-", f"{n:02d}", "insgesamt", "insgesamt"), z, oeffentlich=True)
        for n, z in enumerate(zahlen)
    ]
    summe = t.zelle(Schluessel("auslaender", "-", "00000000", "insgesamt", "insgesamt"), sum(zahlen), oeffentlich=True)
    t.bekannt.add(summe)
    t.gleich([summe], teile)
    t.kleine_zeile |= {teile[0], teile[1]}
    verborgen = [n for n, i in enumerate(teile) if i in choose(t, 5).geheim]
    assert {0, 1} < {*verborgen}
    unten, oben = spanne(zahlen, verborgen)
    assert oben - unten >= 4
