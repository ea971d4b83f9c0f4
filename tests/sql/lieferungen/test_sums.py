"""Totals and their parts: areas, sexes, breakdowns.

Each fault is found where it is, its sound neighbour is left alone.
"""

from datetime import date

import pytest

from pipelines.foundation.findings import Schwere
from pipelines.stamm.gebiete import Gebiet
from tests.lib.lieferung_checks import DREI, STADT, Pruefer, Zeile, gebiete, holds, tafel, zellen


class TestSummeGebiete:
    def test_finds_wrong_total_without_area_list(self, check: Pruefer) -> None:
        b = check.fund("summe_gebiete", tafel({"einwohner": [100, 200, 301, 650]}, DREI))
        assert zellen(b) == ["B5", "B2", "B3", "B4"]
        assert b.schwere is Schwere.fehler
        holds(b, "Lünen am 31.12.2020", "der 3 Gebiete ist 601", "gedruckt ist 650", "Differenz 49")

    def test_sound_total_is_silent(self, check: Pruefer) -> None:
        check.says_nothing(tafel({"einwohner": [100, 200, 301, 601]}, DREI))
        check.says_nothing(tafel({"einwohner": [100, 200, 301, 601]}, DREI), orte=gebiete("01", "02", "03"))

    def test_names_the_area_that_the_total_leaves_out_and_merges_columns(self, check: Pruefer) -> None:
        zeilen = tafel({"einwohner": [100, 200, 301, 401], "auslaender": [10, 31, 44, 54]}, DREI)
        b = check.fund("summe_gebiete", zeilen, orte=gebiete("01", "02", "03"))
        holds(b, "3 Stadtteile", "die Differenz ist genau der Wert von »Süd«", "Ausländerinnen")
        assert zellen(b)[:4] == ["B5", "C5", "B3", "C3"]

    def test_names_a_doubled_value(self, check: Pruefer) -> None:
        b = check.fund(
            "summe_gebiete", tafel({"einwohner": [110, 207, 301, 1032]}, DREI), orte=gebiete("01", "02", "03")
        )
        holds(b, "das Doppelte des Werts von »Süd«")

    def test_persons_without_district(self, check: Pruefer) -> None:
        b = check.fund(
            "summe_gebiete", tafel({"einwohner": [110, 207, 301, 625]}, DREI), orte=gebiete("01", "02", "03")
        )
        holds(b, "Personen ohne Stadtteil fehlen vermutlich")
        mit = tafel({"einwohner": [110, 207, 301, 7, 625]}, f"01 02 03 unbekannt {STADT}")
        check.says_nothing(mit, orte=gebiete("01", "02", "03"))
        ohne = tafel({"einwohner": [110, 207, 301, 7, 618]}, f"01 02 03 unbekannt {STADT}")
        b = check.fund("summe_gebiete", ohne, orte=gebiete("01", "02", "03"))
        holds(b, "der 3 Stadtteile und der Personen ohne Zuordnung ist 625", "genau der Wert von »unbekannt«")

    def test_one_town_is_not_all_of_its_kreis_whatever_the_table_names(self, check: Pruefer) -> None:
        kreis, nachbar = Gebiet("05978", "Unna", "kreis", "", "2021", None, None), "05978004"
        stadt = gebiete()[0]
        check.says_nothing(tafel({"einwohner": [85, 400]}, f"{STADT} 05978"), orte=(kreis, stadt))
        zweite = Gebiet(nachbar, "Bergkamen", "gemeinde", "05978", "2021", None, None)
        zeilen = tafel({"einwohner": [85, 48, 400]}, f"{STADT} {nachbar} 05978")
        b = check.fund("summe_gebiete", zeilen, orte=(kreis, stadt, zweite))
        holds(b, "der 2 Gemeinden ist 133")
        assert "pruefungen: {summe_gebiete: hinweis}" in b.erwartet
        ein_bezirk = gebiete(a=f"bezirk:{STADT}")
        check.fund("summe_gebiete", tafel({"einwohner": [85, 90]}, f"a {STADT}"), orte=ein_bezirk)

    def test_missing_number_is_not_checked(self, check: Pruefer) -> None:
        check.says_nothing(tafel({"einwohner": [100, ".", 301, 650]}, DREI), orte=gebiete("01", "02", "03"))
        check.says_nothing(tafel({"einwohner": [100, 200, 301, "..."]}, DREI), orte=gebiete("01", "02", "03"))

    def test_dash_is_zero(self, check: Pruefer) -> None:
        check.says_nothing(tafel({"einwohner": [100, "-", 301, 401]}, DREI), orte=gebiete("01", "02", "03"))

    @pytest.mark.parametrize(
        ("methode", "werte", "laut"),
        [
            ("gerundet_5", [100, 200, 305], False),
            ("gerundet_5", [100, 200, 310], True),
            ("cell_key", [101, 200, 310], False),
            ("cell_key", [101, 200, 311], True),
            ("keine", [101, 200, 311], False),
        ],
    )
    def test_tolerance_by_method(self, check: Pruefer, methode: str, werte: list[object], laut: bool) -> None:
        gefunden = check(tafel({"einwohner": werte}, f"01 02 {STADT}"), orte=gebiete("01", "02"), methode=methode)
        assert list(gefunden) == (["summe_gebiete"] if laut else [])

    def test_thirteen_rounded_parts_may_differ_by_25(self, check: Pruefer) -> None:
        orte = [f"{n:02d}" for n in range(1, 14)]
        for summe, laut in ((1325, False), (1330, True)):
            zeilen = tafel({"einwohner": [*[100] * 13, summe]}, " ".join([*orte, STADT]))
            gefunden = check(zeilen, orte=gebiete(*orte), methode="gerundet_5")
            assert list(gefunden) == (["summe_gebiete"] if laut else [])

    def test_levels_are_compared_one_at_a_time(self, check: Pruefer) -> None:
        orte = gebiete(A=f"bezirk:{STADT}", B=f"bezirk:{STADT}", a1="stadtteil:A", a2="stadtteil:A", b1="stadtteil:B")
        namen = f"a1 a2 b1 A B {STADT}"
        check.says_nothing(tafel({"einwohner": [10, 20, 30, 30, 30, 60]}, namen), orte=orte)
        b = check.fund("summe_gebiete", tafel({"einwohner": [10, 21, 30, 30, 30, 60]}, namen), orte=orte)
        assert zellen(b) == ["B5", "B2", "B3"]
        b = check.fund("summe_gebiete", tafel({"einwohner": [10, 20, 30, 30, 30, 62]}, namen), orte=orte)
        assert zellen(b) == ["B7", "B5", "B6"]

    def test_intermediate_level_may_be_absent(self, check: Pruefer) -> None:
        orte = gebiete(A=f"bezirk:{STADT}", B=f"bezirk:{STADT}", a1="stadtteil:A", a2="stadtteil:A", b1="stadtteil:B")
        check.says_nothing(tafel({"einwohner": [10, 20, 30, 60]}, f"a1 a2 b1 {STADT}"), orte=orte)
        b = check.fund("summe_gebiete", tafel({"einwohner": [10, 20, 30, 75]}, f"a1 a2 b1 {STADT}"), orte=orte)
        holds(b, "der 3 Stadtteile ist 60")

    def test_other_areas_between_two_levels_are_not_counted_twice(self, check: Pruefer) -> None:
        orte = gebiete(S=f"bezirk:{STADT}", T1="sonstige:S", T2="sonstige:S", dom="stadtteil:T1", hafen="stadtteil:T2")
        namen = f"dom T1 hafen T2 S {STADT}"
        check.says_nothing(tafel({"einwohner": [300, 300, 400, 400, 700, 700]}, namen), orte=orte)
        check.says_nothing(tafel({"einwohner": [300, 300, 400, 400, 5, 705, 705]}, f"dom T1 hafen T2 unbekannt S {STADT}"),
                     orte=(*orte[:-1], Gebiet("unbekannt", "unbekannt", "sonstige", "S", "2021", None, None)))  # fmt: skip
        b = check.fund("summe_gebiete", tafel({"einwohner": [300, 300, 400, 400, 720, 720]}, namen), orte=orte)
        holds(b, "der 2 Stadtteile ist 700", "gedruckt ist 720")

    def test_two_parallel_divisions_are_not_added(self, check: Pruefer) -> None:
        orte = gebiete("01", "02", p1=f"planungsraum:{STADT}", p2=f"planungsraum:{STADT}")
        check.says_nothing(tafel({"einwohner": [10, 20, 12, 18, 30]}, f"01 02 p1 p2 {STADT}"), orte=orte)

    def test_only_areas_of_the_day_count(self, check: Pruefer) -> None:
        alt = Gebiet("09", "Alt", "stadtteil", STADT, "2018", None, date(2018, 12, 31))
        check.says_nothing(tafel({"einwohner": [10, 20, 30]}, f"01 02 {STADT}"), orte=(*gebiete("01", "02"), alt))

    def test_decimals_are_rounded_themselves(self, check: Pruefer) -> None:
        check.says_nothing(tafel({"flaeche": ["1.04", "2.04", "3.07"]}, f"01 02 {STADT}"))
        check.fund("summe_gebiete", tafel({"flaeche": ["1.04", "2.04", "3.10"]}, f"01 02 {STADT}"))

    def test_measures_that_do_not_add_up_are_left_alone(self, check: Pruefer) -> None:
        check.says_nothing(tafel({"zuzuege": [10, 20, 25], "dichte": [1, 2, 3]}, f"01 02 {STADT}"))


MW = ("einwohner", "einwohner geschlecht=m", "einwohner geschlecht=w")


def sexes(*werte: list[object]) -> list[Zeile]:
    return tafel(dict(zip((*MW, "einwohner geschlecht=d", "einwohner geschlecht=x"), werte, strict=False)), "01")


class TestSummeGeschlecht:
    def test_more_than_the_total(self, check: Pruefer) -> None:
        b = check.fund("summe_geschlecht", sexes([200], [100], [101]))
        assert zellen(b) == ["B2", "C2", "D2"]
        holds(b, "männlich 100 + weiblich 101 = 201", "insgesamt 200", "Differenz -1")

    def test_d_and_x_only_in_the_total_is_a_remark(self, check: Pruefer) -> None:
        b = check.fund("summe_geschlecht", sexes([2000], [1000], [997]))
        assert b.schwere is Schwere.hinweis
        holds(b, "d/x nicht einzeln geliefert", "3 Personen")
        assert zellen(b) == ["B2"]

    def test_too_many_for_d_and_x_is_a_warning(self, check: Pruefer) -> None:
        b = check.fund("summe_geschlecht", sexes([2000], [1000], [900]))
        assert b.schwere is Schwere.warnung
        holds(b, "unplausibel viele")

    def test_with_d_and_x_everything_must_fit(self, check: Pruefer) -> None:
        check.says_nothing(sexes([2000], [1000], [997], [2], [1]))
        assert check.fund("summe_geschlecht", sexes([2000], [1000], [996], [2], [1])).schwere is Schwere.fehler

    def test_secret_d_is_not_checked(self, check: Pruefer) -> None:
        check.says_nothing(sexes([2000], [1000], [997], ["."]))
        check.fund("summe_geschlecht", sexes([2000], [1000], [1001], ["."]))

    def test_rounded_to_five(self, check: Pruefer) -> None:
        check.says_nothing(sexes([205], [100], [100]), methode="gerundet_5")
        check.says_nothing(sexes([200], [100], [105]), methode="gerundet_5")
        b = check.fund("summe_geschlecht", sexes([200], [100], [110]), methode="gerundet_5")
        assert b.schwere is Schwere.fehler

    def test_cell_key(self, check: Pruefer) -> None:
        check.says_nothing(sexes([200], [103], [106]), methode="cell_key")
        check.fund("summe_geschlecht", sexes([200], [104], [106]), methode="cell_key")

    def test_moves_only_where_the_layout_says_so(self, check: Pruefer) -> None:
        zeilen = tafel({"zuzuege": [90], "zuzuege geschlecht=m": [50], "zuzuege geschlecht=w": [41]}, "01")
        check.says_nothing(zeilen)
        check.fund("summe_geschlecht", zeilen, zerlegungen=[{"summe": "zuzuege", "ueber": "geschlecht"}])


class TestSummeTeile:
    def test_germans_and_foreigners(self, check: Pruefer) -> None:
        check.says_nothing(tafel({"einwohner": [100], "deutsche": [90], "auslaender": [10]}, "01"))
        b = check.fund("summe_teile", tafel({"einwohner": [100], "deutsche": [90], "auslaender": [11]}, "01"))
        assert zellen(b) == ["B2", "C2", "D2"]
        holds(b, "Deutsche 90 + Ausländerinnen und Ausländer 11 = 101", "gedruckt ist 100", "Differenz -1")

    def test_one_part_missing(self, check: Pruefer) -> None:
        check.says_nothing(tafel({"einwohner": [100], "auslaender": [11]}, "01"))
        check.says_nothing(tafel({"einwohner": [100], "deutsche": ["."], "auslaender": [11]}, "01"))

    def test_own_rule_replaces_the_general_one(self, check: Pruefer) -> None:
        zeilen = tafel({"einwohner": [100], "deutsche": [80], "auslaender": [15], "kinder": [5]}, "01")
        regel = {"summe": "einwohner", "teile": ["deutsche", "auslaender", "kinder"]}
        check.says_nothing(zeilen, zerlegungen=[regel])
        check.fund("summe_teile", zeilen)

    def test_breakdown(self, check: Pruefer) -> None:
        kopf = (
            "einwohner",
            "einwohner altersgruppe=00-17",
            "einwohner altersgruppe=18-64",
            "einwohner altersgruppe=65+",
        )
        regel = [{"summe": "einwohner", "ueber": "altersgruppe"}]
        check.says_nothing(tafel(dict(zip(kopf, [[100], [20], [50], [30]], strict=True)), "01"), zerlegungen=regel)
        zeilen = tafel(dict(zip(kopf, [[100], [20], [50], [31]], strict=True)), "01")
        b = check.fund("summe_teile", zeilen, zerlegungen=regel)
        assert zellen(b) == ["B2", "C2", "D2", "E2"]
        holds(b, "00-17 20 + 18-64 50 + 65+ 31 = 101")
        check.says_nothing(zeilen)

    def test_overlapping_members_are_left_out(self, check: Pruefer) -> None:
        kopf = ("einwohner", "einwohner gruppe=Europa", "einwohner gruppe=EU", "einwohner gruppe=Asien")
        zeilen = tafel(dict(zip(kopf, [[100], [70], [40], [30]], strict=True)), "01")
        for auswahl in ({"ohne": ["EU"]}, {"nur": ["Europa", "Asien"]}):
            check.says_nothing(
                zeilen, nur="summe_teile", zerlegungen=[{"summe": "einwohner", "ueber": "gruppe", **auswahl}]
            )
        check.fund("summe_teile", zeilen, zerlegungen=[{"summe": "einwohner", "ueber": "gruppe"}])

    def test_incomplete_breakdown_may_not_exceed(self, check: Pruefer) -> None:
        regel = [{"summe": "auslaender", "ueber": "staat", "unvollstaendig": True}]
        kopf = ("auslaender", "auslaender staat=163", "auslaender staat=475")
        check.says_nothing(tafel(dict(zip(kopf, [[100], [60], [30]], strict=True)), "01"), zerlegungen=regel)
        b = check.fund("summe_teile", tafel(dict(zip(kopf, [[100], [60], [50]], strict=True)), "01"), zerlegungen=regel)
        assert "höchstens" in b.erwartet

    def test_names_the_member_that_is_missing_here(self, check: Pruefer) -> None:
        kopf = ("einwohner", "einwohner altersgruppe=00-17", "einwohner altersgruppe=18+")
        zeilen = tafel(dict(zip(kopf, [[100, 200], [20, 30], [80, None]], strict=True)), "01 02")
        b = check.fund("summe_teile", zeilen, zerlegungen=[{"summe": "einwohner", "ueber": "altersgruppe"}])
        holds(b, "hier fehlt: 18+")


class TestTeilGroesser:
    def test_measures(self, check: Pruefer) -> None:
        b = check.fund("teil_groesser", tafel({"einwohner": [100, 100], "auslaender": [100, 101]}, "01 02"))
        assert zellen(b) == ["C3", "B3"]
        holds(b, "Ausländerinnen und Ausländer in Süd", "101 ist mehr als Einwohnerinnen und Einwohner 100")

    def test_member_of_a_breakdown(self, check: Pruefer) -> None:
        kopf = {"auslaender": [100], "auslaender staat=163": [101], "auslaender staat=475": [5]}
        assert zellen(check.fund("teil_groesser", tafel(kopf, "01"))) == ["C2", "B2"]
        check.says_nothing(tafel(kopf | {"auslaender staat=163": [100]}, "01"))

    def test_one_sex_alone(self, check: Pruefer) -> None:
        check.fund("teil_groesser", tafel({"einwohner": [100], "einwohner geschlecht=w": [101]}, "01"))

    def test_cell_key_may_turn_the_order(self, check: Pruefer) -> None:
        check.says_nothing(tafel({"einwohner": [100], "auslaender": [106]}, "01"), methode="cell_key")
        check.fund("teil_groesser", tafel({"einwohner": [100], "auslaender": [107]}, "01"), methode="cell_key")
