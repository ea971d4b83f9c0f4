"""The same figures twice: in one file, in two, as a copied block, in another column.

Each fault is found where it is, its sound neighbour is left alone.
"""

import pytest

from pipelines.foundation.findings import Schwere
from tests.lib.lieferung_checks import ALT, FUENF, VORTAG, Pruefer, holds, tafel, zellen


class TestDoppelt:
    def test_identical(self, check: Pruefer) -> None:
        b = check.fund("doppelt_gleich", tafel({"einwohner": [100, 200, 100]}, "01 02 01"))
        assert b.schwere is Schwere.warnung
        assert zellen(b) == ["B4", "B2"]
        holds(b, "eine Angabe zum 31.12.2020 (Nord) steht mehrfach", "Zeile 4 wiederholt Zeile 2")

    def test_a_block_is_one_finding(self, check: Pruefer) -> None:
        b = check.fund("doppelt_gleich", tafel({"einwohner": [100, 200, 300, 100, 200, 300]}, "01 02 03 01 02 03"))
        holds(b, "3 Angaben", "Zeile 5–7 wiederholt Zeile 2–4")

    def test_conflicting(self, check: Pruefer) -> None:
        b = check.fund("doppelt_widerspruch", tafel({"quote_kita": ["35.36", "20.00", "45.98"]}, "01 02 01"))
        assert zellen(b) == ["B4", "B2"]
        assert b.schwere is Schwere.fehler
        holds(b, "Nord am 31.12.2020 steht mehrfach", "Betreuungsquote 35,36 und 45,98")

    def test_same_number_printed_differently_is_no_conflict(self, check: Pruefer) -> None:
        assert list(check(tafel({"einwohner": [1439, "1439.00"]}, "01 01"))) == ["doppelt_gleich"]

    def test_other_sex_is_no_duplicate(self, check: Pruefer) -> None:
        check.says_nothing(tafel({"einwohner geschlecht=m": [100], "auslaender geschlecht=m": [7]}, "01"))


class TestJahrDoppelt:
    def test_another_file_of_the_same_state(self, check: Pruefer) -> None:
        zeilen = tafel({"einwohner": [100, 200, 300]})
        b = check.fund("jahr_doppelt", zeilen, tafel({"einwohner": [100, 200, 300]}, datei="tabellen/zwei.xlsx"))
        assert b.schwere is Schwere.warnung
        b = check.fund("jahr_doppelt", zeilen, tafel({"einwohner": [100, 201, 300]}, datei="tabellen/zwei.xlsx"))
        assert b.schwere is Schwere.fehler
        assert zellen(b) == ["B3", "B2", "B4"]
        holds(b, "tabellen/zwei.xlsx", "31.12.2020", "hier 200, dort 201")

    def test_a_newer_state_or_the_same_file_again(self, check: Pruefer) -> None:
        zeilen = tafel({"einwohner": [100, 200, 300]})
        check.says_nothing(zeilen, zeilen)
        check.says_nothing(zeilen, tafel({"einwohner": [100, 200, 300]}, datei="tabellen/zwei.xlsx", datenstand=VORTAG))


class TestBlockKopiert:
    def test_copy_of_an_earlier_delivery(self, check: Pruefer) -> None:
        zeilen = tafel({"einwohner": [100, 200, 300, 400, 501]}, FUENF)
        b = check.fund("block_kopiert", zeilen, tafel({"einwohner": [100, 200, 300, 400, 501]}, FUENF, **ALT))
        assert zellen(b) == ["B2", "B3", "B4", "B5", "B6"]
        holds(b, "31.12.2020 sind dieselben wie am 31.12.2019", "(5 von 5 Gebieten)", "tabellen/alt.xlsx")

    def test_copy_within_the_file(self, check: Pruefer) -> None:
        erste = tafel({"einwohner": [100, 200, 300, 400, 501, 633]}, f"{FUENF} 06", stichtag=VORTAG)
        zweite = tafel({"einwohner": [100, 200, 300, 400, 501, 640]}, f"{FUENF} 06", ab=8)
        b = check.fund("block_kopiert", erste + zweite)
        assert zellen(b) == ["B8", "B9", "B10", "B11", "B12"]

    @pytest.mark.parametrize(
        ("alt", "neu"),
        [
            ([100, 200, 300, 400, 500], [100, 200, 300, 410, 511]),
            ([1, 2, 3, 4, 5], [1, 2, 3, 4, 5]),
            ([100, 100, 100, 100, 100], [100, 100, 100, 100, 100]),
            (["-", "-", "-", "-", "-"], ["-", "-", "-", "-", "-"]),
        ],
    )
    def test_sound(self, check: Pruefer, alt: list[object], neu: list[object]) -> None:
        check.says_nothing(tafel({"einwohner": neu}, FUENF), tafel({"einwohner": alt}, FUENF, **ALT))

    def test_square_kilometres_do_not_change(self, check: Pruefer) -> None:
        flaeche = {"flaeche": ["1.11", "2.22", "3.33", "4.44", "5.55"]}
        check.says_nothing(tafel(flaeche, FUENF), tafel(flaeche, FUENF, **ALT))


class TestSpalteVerrutscht:
    VIER = "01 02 03 04"

    def test_last_years_other_column(self, check: Pruefer) -> None:
        alt = tafel({"zuzuege": [500, 610, 720, 830], "fortzuege": [510, 600, 700, 800]}, self.VIER, **ALT)
        neu = tafel({"zuzuege": [510, 600, 700, 800], "fortzuege": [490, 620, 690, 810]}, self.VIER)
        b = check.fund("spalte_verrutscht", neu, alt)
        assert zellen(b) == ["B2", "B3", "B4", "B5"]
        holds(b, "Zuzüge am 31.12.2020", "gleich Fortzüge am 31.12.2019", "tabellen/alt.xlsx")

    def test_one_area_differs_or_too_few(self, check: Pruefer) -> None:
        alt = tafel({"zuzuege": [500, 610, 720, 830], "fortzuege": [510, 600, 700, 800]}, self.VIER, **ALT)
        check.says_nothing(tafel({"zuzuege": [510, 600, 700, 801], "fortzuege": [490, 620, 690, 810]}, self.VIER), alt)
        alt = tafel({"zuzuege": [500, 610, 720], "fortzuege": [510, 600, 700]}, **ALT)
        check.says_nothing(tafel({"zuzuege": [510, 600, 700], "fortzuege": [490, 620, 690]}), alt)
