"""Shares and the counts they rest on; how figures are rounded.

Each fault is found where it is, its sound neighbour is left alone.
"""

from typing import Any

import pytest

from pipelines.foundation.findings import Schwere
from tests.lib.lieferung_checks import VORTAG, Pruefer, Zeile, holds, tafel, zellen

QUOTE = ("einwohner", "auslaender", "anteil_auslaender")


def quoten(*zeilen: list[object], orte: str = "01 02 03", **mehr: Any) -> list[Zeile]:
    return tafel(dict(zip(QUOTE, map(list, zip(*zeilen, strict=True)), strict=True)), orte, **mehr)


class TestAnteilFolgt:
    @pytest.mark.parametrize(
        ("einwohner", "mh", "gedruckt", "laut"),
        [
            (2212, 313, "14.2", False),  # 14.1501…
            (2212, 313, "14.1", True),
            (2989, 1224, "41.0", False),  # 40.9501…
            (2989, 1224, "40.9", True),
            (800, 1, "0.13", False),  # 0.125: half away from zero
            (800, 1, "0.12", True),
            (200, 57, "28.5", False),
            (200, 57, "29", False),
            (7, 2, "28.571428571428573", False),  # a spreadsheet's own floating point
            (7, 2, "28.571428671428573", True),
        ],
    )
    def test_rounded_once(self, check: Pruefer, einwohner: int, mh: int, gedruckt: str, laut: bool) -> None:
        zeilen = tafel({"einwohner": [einwohner], "personen_mit_mh": [mh], "anteil_mh": [gedruckt]}, "01")
        assert list(check(zeilen)) == (["anteil_folgt"] if laut else [])

    def test_base_values_with_decimals_are_rounded_themselves(self, check: Pruefer) -> None:
        mehr: dict[str, Any] = {"quoten": [{"quote": "quote_kita", "zaehler": "flaeche", "nenner": "dichte"}]}
        kopf = ("quote_kita", "flaeche", "dichte")
        # 46.25 … 46.35 of 777.75 … 777.85 is 5.946 … 5.96 %: printed 5.9 or 6.0.
        for quote, laut in (("5.9", False), ("6.0", False), ("6.1", True), ("5.8", True)):
            werte = tafel(dict(zip(kopf, ([quote], ["46.3"], ["777.8"]), strict=True)), "01")
            assert list(check(werte, **mehr)) == (["anteil_folgt"] if laut else []), quote

    def test_says_what_would_be_right(self, check: Pruefer) -> None:
        b = check.fund("anteil_folgt", quoten([6417, 538, "8.9"], orte="01"))
        assert zellen(b) == ["D2", "C2", "B2"]
        holds(b, "in Nord gedruckt 8,9 %", "aus 538 von 6.417 folgt 8,4 %")
        assert b.vorschlag == "8,4 %"

    def test_last_years_denominator_is_named_and_merged(self, check: Pruefer) -> None:
        zeilen = quoten([84000, 8000, "9.9"], [2000, 300, "16.7"], [3000, 450, "15.0"])
        alt = tafel({"einwohner": [81000, 1800, 3001]}, stichtag=VORTAG, datenstand=VORTAG, datei="tabellen/alt.xlsx")
        gefunden = check(zeilen, alt)
        (b,) = gefunden["anteil_folgt"]
        assert zellen(b)[:2] == ["D2", "D3"]
        holds(b, "folgt aus »Einwohnerinnen und Einwohner« vom 31.12.2019 (81.000)")

    def test_wrong_numerator_is_named(self, check: Pruefer) -> None:
        zeilen = tafel(
            {"einwohner": [1000], "auslaender": [100], "personen_mit_mh": [350], "anteil_auslaender": ["35.0"]}, "01"
        )
        holds(check.fund("anteil_folgt", zeilen), "»Personen mit Migrationshintergrund« (350) als Zähler")

    def test_other_sex_is_named(self, check: Pruefer) -> None:
        kopf = {"einwohner": [1000], "einwohner geschlecht=m": [440], "auslaender geschlecht=m": [110]}
        zeilen = tafel(kopf | {"anteil_auslaender geschlecht=m": ["11.0"]}, "01")
        holds(check.fund("anteil_folgt", zeilen), "insgesamt (1.000)")

    def test_slipped_row_is_named(self, check: Pruefer) -> None:
        zeilen = quoten([1000, 100, "23.5"], [2000, 470, "23.5"], [3000, 900, "30.0"])
        holds(check.fund("anteil_folgt", zeilen), "folgt aus den Zahlen von »Süd« (470 von 2.000)")

    def test_rounded_counts_allow_a_range(self, check: Pruefer) -> None:
        check.says_nothing(quoten([100, 10, "11.5"], orte="01"), methode="gerundet_5")
        check.fund("anteil_folgt", quoten([100, 10, "12.5"], orte="01"), methode="gerundet_5")
        check.says_nothing(quoten([100, 10, "13.0"], orte="01"), methode="cell_key")
        check.fund("anteil_folgt", quoten([100, 10, "14.0"], orte="01"), methode="cell_key")

    def test_own_quota_with_own_numerator_and_denominator(self, check: Pruefer) -> None:
        regel = [{"quote": "quote_kita", "zaehler": "kinder", "nenner": "einwohner", "faktor": 1000}]
        zeilen = tafel({"kinder": [5], "einwohner": [400], "quote_kita": ["12.5"]}, "01")
        check.says_nothing(zeilen, quoten=regel)
        kopf: dict[str, list[object]] = {
            "quote_kita groesse=zaehler": [5],
            "quote_kita groesse=nenner": [40],
            "quote_kita": ["12.5"],
        }
        check.says_nothing(tafel(kopf, "01"))
        check.fund("anteil_folgt", tafel(kopf | {"quote_kita": ["12.6"]}, "01"))

    def test_nothing_to_divide_by(self, check: Pruefer) -> None:
        check.says_nothing(quoten([0, 0, "-"], [10, ".", "3.0"], [10, 1, "."]))


class TestProzentSumme:
    REGEL = ({"summe": "anteil_alter", "ueber": "altersgruppe"},)
    KOPF = ("anteil_alter altersgruppe=00-17", "anteil_alter altersgruppe=18-64", "anteil_alter altersgruppe=65+")

    @pytest.mark.parametrize(("letzte", "laut"), [("20.0", False), ("20.1", False), ("19.9", False), ("20.2", True)])
    def test_half_a_unit_each(self, check: Pruefer, letzte: str, laut: bool) -> None:
        zeilen = tafel(dict(zip(self.KOPF, [["30.0"], ["50.0"], [letzte]], strict=True)), "01")
        gefunden = check(zeilen, zerlegungen=self.REGEL)
        assert list(gefunden) == (["prozent_summe"] if laut else [])
        if laut:
            (b,) = gefunden["prozent_summe"]
            assert b.schwere is Schwere.fehler
            assert zellen(b) == ["B2", "C2", "D2"]
            holds(b, "= 100,2", "höchstens 0,15")

    def test_only_where_declared(self, check: Pruefer) -> None:
        check.says_nothing(tafel(dict(zip(self.KOPF, [["30.0"], ["50.0"], ["30.0"]], strict=True)), "01"))

    def test_rounded_counts_warn_only(self, check: Pruefer) -> None:
        zeilen = tafel(dict(zip(self.KOPF, [["30.0"], ["50.0"], ["21.0"]], strict=True)), "01")
        b = check.fund("prozent_summe", zeilen, zerlegungen=self.REGEL, methode="gerundet_5")
        assert b.schwere is Schwere.warnung

    def test_missing_member(self, check: Pruefer) -> None:
        zeilen = tafel(dict(zip(self.KOPF, [["30.0"], ["50.0"], ["."]], strict=True)), "01")
        check.says_nothing(zeilen, zerlegungen=self.REGEL)


class TestQuoteBereich:
    def test_percentages(self, check: Pruefer) -> None:
        b = check.fund("quote_bereich", tafel({"quote_kita": ["99.9", "101.5", "100.0"]}))
        assert b.schwere is Schwere.warnung
        assert zellen(b) == ["B3"]
        holds(b, "Betreuungsquote über 100", "in Süd am 31.12.2020 101,5 %")
        holds(check.fund("quote_bereich", tafel({"quote_kita": ["-0.1"]}, "01")), "unter 0")

    def test_fractions(self, check: Pruefer) -> None:
        check.says_nothing(tafel({"anteil_frauen": ["0.51", "1", "0"]}))
        assert check.fund("quote_bereich", tafel({"anteil_frauen": ["51.2"]}, "01")).schwere is Schwere.fehler


class TestRundung:
    def test_not_rounded_though_declared(self, check: Pruefer) -> None:
        b = check.fund("rundung", tafel({"einwohner": [100, 203, 305]}), methode="gerundet_5")
        assert zellen(b) == ["B3"]
        holds(b, "eine Anzahl ist kein Vielfaches von 5", "203")
        check.says_nothing(
            tafel({"einwohner": [100, 205, 305], "quote_kita": ["1.2", "3.4", "5.6"]}), methode="gerundet_5"
        )

    def test_rounded_though_exact(self, check: Pruefer) -> None:
        orte = [f"{n:02d}" for n in range(1, 31)]
        werte: list[object] = [5 * n for n in range(1, 31)]
        b = check.fund("rundung", tafel({"einwohner": werte}, " ".join(orte)))
        assert b.schwere is Schwere.warnung
        holds(b, "alle 30 Anzahlen", "methode prüfen")
        check.says_nothing(tafel({"einwohner": werte[:29]}, " ".join(orte[:29])))
        check.says_nothing(tafel({"einwohner": [*werte[:29], 151]}, " ".join(orte)))


class TestAnteilStattProzent:
    def test_a_rate_below_one_everywhere_may_be_a_share(self, check: Pruefer) -> None:
        b = check.fund("quote_bereich", tafel({"quote_kita": ["0.141", "0.098", "0.2"]}))
        assert b.schwere is Schwere.warnung
        assert zellen(b) == ["B2", "B3", "B4"]
        holds(b, "0,141 = 14,1 %")

    @pytest.mark.parametrize("werte", [["0.1", "0.4", "0.2"], ["0.14", "1.2", "0.5"], ["0.00", "0.00", "0.00"]])
    def test_small_rates_with_one_decimal_and_others_are_left_alone(self, check: Pruefer, werte: list[object]) -> None:
        check.says_nothing(tafel({"quote_kita": werte}), nur="quote_bereich")
