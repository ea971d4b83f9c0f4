"""Counts, totals and shares across files.

Every test starts from the same small invented folder and breaks one thing in it.
"""

from collections.abc import Callable
from typing import Any

import pytest

from pipelines.foundation.findings import Code, Schwere
from tests.lib.open_sdg_folder import GEBIETE, JAHRE, Ordner, replace, set_value, write, write_meta


def test_two_digits_changed_and_contradictions_by_thousands_are_errors(ordner: Ordner) -> None:
    def aenderung(zeilen: list[list[str]]) -> None:
        for zeile, wert in ((2, "3011"), (3, "2926"), (4, "5397"), (7, "9830")):
            set_value(zeile, 7, wert)(zeilen)

    ordner.change("1-1-1", aenderung)
    dreher, tausend = ordner.befunde()
    assert (dreher.schwere, dreher.zeilen, tausend.schwere, tausend.zeilen) == (
        Schwere.fehler,
        (4,),
        Schwere.fehler,
        (7,),
    )
    assert "ergeben 5937, die Summenzeile hat 5397" in dreher.was
    assert "zwei Ziffern sind vermutlich vertauscht" in dreher.was


@pytest.mark.parametrize(("raster", "abweichung", "gefunden"), [(3, 3, 0), (3, 6, 1), (1000, 1000, 0), (1000, 3000, 1)])
def test_rounding_to_three_and_to_thousands_is_recognised(
    ordner: Ordner, raster: int, abweichung: int, gefunden: int
) -> None:
    def aenderung(zeilen: list[list[str]]) -> None:
        for n, z in enumerate(zeilen[1:]):
            z[-1] = str((n + 1) * raster if n % 3 < 2 else (2 * n - 1) * raster)
        set_value(4, 7, str(int(zeilen[3][-1]) + abweichung))(zeilen)

    ordner.change("1-1-1", aenderung)
    assert len(ordner.befunde()) == gefunden


def test_negative_and_huge_counts_are_compared_too(ordner: Ordner) -> None:
    def aenderung(zeilen: list[list[str]]) -> None:
        for n in range(2, len(zeilen), 3):  # balances: 17 men fewer, as many women more
            for zeile, wert in ((n, "-17"), (n + 1, "21"), (n + 2, "4")):
                set_value(zeile, 7, wert)(zeilen)
        set_value(7, 7, "-9")(zeilen)
        set_value(9, 7, "1" + "0" * 20)(zeilen)

    ordner.change("1-1-1", aenderung)
    gross, saldo = ordner.befunde()
    assert (gross.schwere, gross.zeilen, saldo.schwere, saldo.zeilen) == (Schwere.fehler, (10,), Schwere.hinweis, (7,))
    assert "ergeben 4, die Summenzeile hat -9, Unterschied 13" in saldo.was


def test_a_total_in_thousands_is_contradicted_by_thousands(ordner: Ordner) -> None:
    ordner.change("1-1-1", lambda z: (replace("Anzahl", "Tausend")(z), set_value(4, 7, "788")(z)))
    b = ordner.only()
    assert (b.code, b.schwere, b.zeilen) == (Code.summe_teile, Schwere.fehler, (4,))


def store_anteil(
    ordner: Ordner,
    vorjahr: Callable[[int, int], bool],
    *,
    rundung: int = 1,
    mit_einheit: bool = True,
    faktor: int = 100,
    einheit: str = "Prozent",
) -> list[list[str]]:
    """Foreigners, inhabitants and their share in three files; some shares are of last year's inhabitants."""
    kopf = ["Year", "Gebietseinheit", "GeoCode", *(["Units"] if mit_einheit else []), "Value"]
    auslaender, einwohner, anteil = [kopf], [kopf], [kopf]
    for jahr in JAHRE:
        for nr, (code, name) in enumerate(GEBIETE):
            n, p = 137 + 31 * nr + 3 * (jahr - 2016), 1013 + 217 * nr + 41 * (jahr - 2016)
            wert = faktor * n / (p - 41 if vorjahr(jahr, nr) else p)
            zahlen = (
                str(round(n / rundung) * rundung),
                str(round(p / rundung) * rundung),
                f"{wert:.{1 if faktor > 1 else 3}f}",
            )
            for ziel, zahl, was in zip(
                (auslaender, einwohner, anteil), zahlen, ("Personen", "Personen", einheit), strict=True
            ):
                ziel.append([str(jahr), name, code, *([was] if mit_einheit else []), zahl])
    for nummer, zeilen, was in (
        ("2-1-1", auslaender, "Personen"),
        ("2-1-2", einwohner, "Personen"),
        ("2-1-3", anteil, einheit),
    ):
        write(ordner.daten(nummer), zeilen)
        write_meta(ordner.meta(nummer), computation_units="" if mit_einheit else was)
    return anteil


@pytest.mark.parametrize(
    "lieferung",
    [{}, {"mit_einheit": False}, {"faktor": 1000, "einheit": "Promille"}, {"faktor": 1, "einheit": "Anteil"}],
)
def test_a_share_that_follows_only_with_last_years_population_is_found_across_files(
    ordner: Ordner, lieferung: dict[str, Any]
) -> None:
    store_anteil(ordner, lambda jahr, nr: (jahr, nr) == (2019, 1), **lieferung)
    b = ordner.only()
    assert (b.code, b.schwere, b.datei) == (Code.anteil_folgt, Schwere.warnung, "data/indicator_2-1-3.csv")
    assert "folgt nur mit dem Nenner des Vorjahres" in b.was


def test_a_whole_file_of_shares_with_last_years_population_is_one_finding(ordner: Ordner) -> None:
    store_anteil(ordner, lambda jahr, nr: True)
    b = ordner.only()
    assert (b.code, b.schwere, b.datei) == (Code.anteil_folgt, Schwere.warnung, "data/indicator_2-1-3.csv")
    assert "die Anteile folgen nur mit dem Nenner des Vorjahres (data/indicator_2-1-2.csv)" in b.was


@pytest.mark.parametrize("rundung", [5, 10])
def test_shares_of_exact_counts_beside_rounded_ones_are_sound(ordner: Ordner, rundung: int) -> None:
    store_anteil(ordner, lambda jahr, nr: False, rundung=rundung)
    assert [b.text() for b in ordner.befunde()] == []


@pytest.mark.parametrize("wert", ["0.0", "-13.1", "131.0"])
def test_a_share_that_is_none_is_found_by_its_counts(ordner: Ordner, wert: str) -> None:
    anteil = store_anteil(ordner, lambda jahr, nr: False)
    anteil[7][-1] = wert
    write(ordner.daten("2-1-3"), anteil)
    b = ordner.only()
    assert (b.code, b.zeilen) == (Code.anteil_folgt, (8,))


def test_parts_that_do_not_add_up_are_a_hint_with_the_difference(ordner: Ordner) -> None:
    ordner.change("1-1-1", set_value(4, 7, "800"))
    b = ordner.only()
    assert (b.code, b.schwere, b.zellen) == (Code.summe_teile, Schwere.hinweis, ("Zeile 4, Feld 7",))
    assert "ergeben 780, die Summenzeile hat 800, Unterschied -20" in b.was


def test_sum_tolerates_rounding_to_five_only(ordner: Ordner) -> None:
    def aenderung(zeilen: list[list[str]]) -> None:
        for zeile, wert in ((4, "785"), (7, "830"), (10, "900")):  # off by 5, 5 and 10
            set_value(zeile, 7, wert)(zeilen)
        set_value(len(zeilen), 7, "1036")(zeilen)  # no multiple of 5: this year's counts are not rounded

    ordner.change("1-1-1", aenderung)
    befunde = ordner.befunde()
    assert [b.zeilen for b in befunde] == [(10,), (91,)]
    assert "Unterschied -10" in befunde[0].was
