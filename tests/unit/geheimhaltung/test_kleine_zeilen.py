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


def reihe(t: Tafel, art: str, zahlen: list[int], klein: set[int]) -> list[int]:
    """Counts of one row with a known sum; those of small rows by their place."""
    teile = [
        t.zelle(Schluessel(art, "-", f"{n:02d}", "insgesamt", "insgesamt"), z, oeffentlich=True)
        for n, z in enumerate(zahlen)
    ]
    summe = t.zelle(Schluessel(art, "-", "00000000", "insgesamt", "insgesamt"), sum(zahlen), oeffentlich=True)
    t.bekannt.add(summe)
    t.gleich([summe], teile)
    t.kleine_zeile |= {teile[n] for n in klein}
    return teile


def test_a_zero_that_cannot_be_held_up_leaves_the_protection_of_all_others_as_it_is() -> None:
    """Six zeros beside a 6: all raised to 1 they would leave it 0, which must not be; the other row is protected all the same."""
    t = Tafel()
    enge = reihe(t, "auslaender", [0, 0, 0, 0, 0, 0, 6], {*range(7)})
    andere = reihe(t, "einwohner", [2, 40, 60], set())
    w = choose(t, 5)
    assert w.ableitbar <= {*enge}
    assert andere[0] in w.geheim
    assert len(w.geheim & {*andere}) >= 2


def test_a_count_that_keeps_its_distance_only_beside_a_zero_is_protected_too() -> None:
    """0 + 2 + 5 = 7: 2 may be 6 beside a 1, but not if the 0 has to be at least 1 as well."""
    t = Tafel()
    zellen = reihe(t, "auslaender", [0, 2, 5], {0})
    w = choose(t, 5)
    assert w.ableitbar == set()
    assert {zellen[1], zellen[2]} <= w.geheim


def zwei_gebiete(ohne_gebiet: int) -> tuple[Tafel, dict[tuple[str, str], int]]:
    """Two areas and few of no known one: inhabitants are foreigners, Germans with MH, undecided, others; the town is printed."""
    zahlen = {
        "01": {"auslaender": 30, "deutsche_mit_mh": 25, "unentscheidbar": 20, "ohne_mh": 900},
        "02": {"auslaender": 90, "deutsche_mit_mh": 60, "unentscheidbar": 50, "ohne_mh": 3000},
        "unbekannt": {"auslaender": 0, "deutsche_mit_mh": 1, "unentscheidbar": ohne_gebiet - 1, "ohne_mh": 0},
    }
    t, zellen = Tafel(), {}
    stadt = {art: sum(z[art] for z in zahlen.values()) for art in zahlen["01"]}
    for ort, je_art in (*zahlen.items(), ("00000000", stadt)):
        for art, wert in (("einwohner", sum(je_art.values())), *je_art.items()):
            k = Schluessel(art, "-", ort, "insgesamt", "insgesamt")
            zellen[ort, art] = t.zelle(k, wert, oeffentlich=art != "ohne_mh")
        t.gleich([zellen[ort, "einwohner"]], [zellen[ort, art] for art in je_art])
    for art in ("einwohner", *stadt):
        t.gleich([zellen["00000000", art]], [zellen[ort, art] for ort in zahlen])
        t.bekannt |= {zellen["00000000", art]} - {zellen["00000000", "ohne_mh"]}
    t.kleine_zeile |= {zellen["unbekannt", art] for art in ("auslaender", "deutsche_mit_mh", "unentscheidbar")}
    return t, zellen


def test_how_many_live_in_an_area_stays_shown_where_the_others_keep_their_distance_beside_it() -> None:
    """Of eight of no known area each part may be 1 to 6 and more."""
    t, zellen = zwei_gebiete(8)
    geheim = choose(t, 5).geheim
    assert {zellen["unbekannt", "unentscheidbar"], zellen["01", "unentscheidbar"]} <= geheim
    assert geheim.isdisjoint({zellen[ort, "einwohner"] for ort in ("01", "02", "unbekannt")})


def test_of_five_of_no_known_area_the_parts_are_too_near_to_one_another() -> None:
    """Each at least 1 leaves 1 to 3: who knew how many they are would know too much. So the smallest area is hidden too."""
    t, zellen = zwei_gebiete(5)
    w = choose(t, 5)
    assert {zellen["unbekannt", "einwohner"], zellen["01", "einwohner"]} <= w.geheim
    assert zellen["02", "einwohner"] not in w.geheim
    assert (w.ableitbar, w.ohne_gehobene) == (set(), 0)
