"""A file against the days and deliveries before it.

Each fault is found where it is, its sound neighbour is left alone.
"""

from datetime import date

import pytest

from pipelines.foundation.findings import Schwere
from pipelines.stamm.gebiete import Gebiet
from tests.lib.lieferung_checks import ALT, FUENF, STADT, VORTAG, Pruefer, gebiete, holds, tafel, zelle, zellen


class TestJahressprung:
    def test_ten_times(self, check: Pruefer) -> None:
        alt = tafel({"einwohner": [100, 200, 300]}, **ALT)
        b = check.fund("jahressprung", tafel({"einwohner": [101, 2010, 305]}), alt)
        assert b.schwere is Schwere.warnung
        assert zellen(b) == ["B3"]
        holds(b, "vom 31.12.2019 zum 31.12.2020", "in Süd 2.010 (T!B3) nach 200 (tabellen/alt.xlsx, T!B3)", "Zehnfache")

    @pytest.mark.parametrize(
        ("vorher", "nachher", "worte"),
        [
            (100, 145, None),
            (100, 155, "Faktor 1,55"),
            (29, 90, None),
            (40, 0, "fällt auf null"),
            (87815, 88, "etwa ein Tausendstel"),
        ],
    )
    def test_border(self, check: Pruefer, vorher: int, nachher: int, worte: str | None) -> None:
        zeilen, alt = tafel({"einwohner": [nachher]}, "01"), tafel({"einwohner": [vorher]}, "01", **ALT)
        if worte is None:
            check.says_nothing(zeilen, alt)
        else:
            holds(check.fund("jahressprung", zeilen, alt), worte)

    def test_restless_measures_may_move_more(self, check: Pruefer) -> None:
        alt = tafel({"zuzuege": [100, 100, 100, 100, 100, 100]}, f"{FUENF} 06", **ALT)
        check.says_nothing(tafel({"zuzuege": [115, 88, 114, 87, 116, 170]}, f"{FUENF} 06"), alt)

    def test_whole_column_times_1000_is_one_finding(self, check: Pruefer) -> None:
        alt = tafel({"einwohner": [100, 200, 300, 400, 500]}, FUENF, **ALT)
        zeilen = tafel({"einwohner": [101000, 201000, 301000, 401000, 502000]}, FUENF)
        b = check.fund("jahressprung", zeilen, alt)
        assert len(b.zellen) == 5
        holds(b, "etwa das Tausendfache")

    def test_one_against_all_others(self, check: Pruefer) -> None:
        alt = tafel({"einwohner": [1000, 1000, 1000, 1000, 1000]}, FUENF, **ALT)
        b = check.fund("jahressprung", tafel({"einwohner": [1060, 1061, 1062, 1063, 690]}, FUENF), alt)
        assert zellen(b) == ["B6"]

    def test_a_jump_that_is_taken_back_is_told_once(self, check: Pruefer) -> None:
        zeilen = [*tafel({"einwohner": [100]}, "01", stichtag=date(2018, 12, 31)),
                  *tafel({"einwohner": [1000]}, "01", ab=3, stichtag=VORTAG),
                  *tafel({"einwohner": [102]}, "01", ab=4)]  # fmt: skip
        assert zellen(check.fund("jahressprung", zeilen)) == ["B3"]

    def test_percentages_must_treble(self, check: Pruefer) -> None:
        alt = tafel({"quote_kita": ["8.4", "12.0"]}, "01 02", **ALT)
        check.says_nothing(tafel({"quote_kita": ["16.8", "13.0"]}, "01 02"), alt)
        check.fund("jahressprung", tafel({"quote_kita": ["84.0", "13.0"]}, "01 02"), alt)


class TestAbdeckung:
    def test_what_the_last_delivery_had(self, check: Pruefer) -> None:
        alt = tafel({"einwohner": [100, 200, 300], "auslaender": [10, 20, 30]}, **ALT)
        gefunden = check(tafel({"einwohner": [101, 203]}, "01 02"), alt)
        assert list(gefunden) == ["abdeckung_kleiner"]
        texte = [b.was for b in gefunden["abdeckung_kleiner"]]
        assert len(texte) == 2
        assert "fehlen zum 31.12.2020 1 Gebiete: Ost" in texte[0]
        assert "Ausländerinnen und Ausländer" in texte[1]

    def test_more_is_welcome_and_old_areas_may_go(self, check: Pruefer) -> None:
        check.says_nothing(
            tafel({"einwohner": [101, 203], "auslaender": [1, 2]}, "01 02"), tafel({"einwohner": [100]}, "01", **ALT)
        )
        alt = Gebiet("09", "Alt", "stadtteil", STADT, "2018", None, VORTAG)
        bestand = tafel({"einwohner": [100, 200]}, "01 09", **ALT)
        check.says_nothing(tafel({"einwohner": [103]}, "01"), bestand, orte=(*gebiete("01"), alt))

    def test_area_of_the_level_is_missing(self, check: Pruefer) -> None:
        orte = gebiete("01", "02", "03")
        b = check.fund("gebiet_fehlt", tafel({"einwohner": [100, 200]}, "01 02"), orte=orte)
        assert b.schwere is Schwere.warnung
        holds(b, "es fehlt »Ost« am 31.12.2020")
        check.says_nothing(tafel({"einwohner": [100, 200, "."]}), orte=orte)

    def test_summary_row_is_missing(self, check: Pruefer) -> None:
        orte = gebiete("01", "02")
        b = check.fund("gebiet_fehlt", tafel({"einwohner": [1, 2]}, "01 02"), orte=orte, summenzeile="Lünen")
        holds(b, "Summenzeile Lünen")
        check.says_nothing(tafel({"einwohner": [1, 2, 3]}, f"01 02 {STADT}"), orte=orte, summenzeile="Lünen")

    def test_own_areas_are_expected_beside_foreign_ones(self, check: Pruefer) -> None:
        b = check.fund(
            "gebiet_fehlt", tafel({"einwohner": [1]}, "01"), orte=gebiete("01", "02"), fremde_gebiete="ausserhalb"
        )
        holds(b, "»Süd«")

    def test_area_outside_its_time(self, check: Pruefer) -> None:
        alt = Gebiet("09", "Alt", "stadtteil", STADT, "2018", None, VORTAG)
        orte = (*gebiete("01"), alt)
        b = check.fund("gebiet_ungueltig", tafel({"einwohner": [1, 2], "auslaender": [1, 1]}, "01 09"), orte=orte)
        assert zellen(b) == ["B3", "C3"]
        holds(b, "»Alt« (09, Gebietsstand 2018) gilt bis 31.12.2019", "vom 31.12.2020")
        assert "bruecke.csv" in b.erwartet
        check.says_nothing(tafel({"einwohner": [1, 2]}, "01 09", stichtag=VORTAG), orte=orte)


class TestZehnerpotenz:
    @pytest.mark.parametrize(
        ("neu", "wort"),
        [([1010, 2980, 5000], "das 10fache"), (["1.01", "2.98", "5.2"], "das 1/100-fache"),
         ([101000, 298000, 500000], "das 1.000fache")],
    )  # fmt: skip
    def test_a_column_that_moved_as_a_whole_is_an_error(self, check: Pruefer, neu: list[object], wort: str) -> None:
        b = check.fund("zehnerpotenz", tafel({"quote_kita": neu}), tafel({"quote_kita": [101, 298, 500]}, **ALT))
        assert b.schwere is Schwere.fehler
        assert zellen(b) == ["B2", "B3", "B4"]
        holds(b, "alle 3 Zahlen", wort)

    def test_one_figure_that_stayed_or_two_in_all_are_no_error(self, check: Pruefer) -> None:
        alt = tafel({"einwohner": [101, 298, 500]}, **ALT)
        check.says_nothing(tafel({"einwohner": [1010, 2980, 500]}), alt, nur="zehnerpotenz")
        b = check.fund("zehnerpotenz", tafel({"einwohner": [1010]}, "01"), tafel({"einwohner": [101]}, "01", **ALT))
        assert b.schwere is Schwere.warnung

    @pytest.mark.parametrize(
        ("spalte", "alt", "neu", "schwere"),
        [
            ("quote_kita", 12.4, 0.127, Schwere.fehler),
            ("quote_kita", 0.124, 12.7, Schwere.fehler),
            ("quote_kita", 0.9, 9.2, Schwere.warnung),  # a small share may grow tenfold
            ("einwohner", 12, 1270, Schwere.warnung),  # and so few persons a hundredfold
        ],
    )  # fmt: skip
    def test_one_share_a_hundred_times_as_large_or_small_is_another_unit(
        self, check: Pruefer, spalte: str, alt: float, neu: float, schwere: Schwere
    ) -> None:
        b = check.fund("zehnerpotenz", tafel({spalte: [neu]}, "01"), tafel({spalte: [alt]}, "01", **ALT))
        assert b.schwere is schwere


class TestUmbenannt:
    def test_a_group_that_ends_is_named_with_what_is_new(self, check: Pruefer) -> None:
        alt = tafel({"quote_kita gruppe=Ausländer": [10, 20, 30], "quote_kita gruppe=Deutsche": [11, 21, 31]}, **ALT)
        neu = tafel({"quote_kita gruppe=Nichtdeutsche": [10, 22, 31], "quote_kita gruppe=Deutsche": [12, 20, 32]})
        b = check.fund("abdeckung_kleiner", neu, alt)
        holds(b, "fehlen zum 31.12.2020 1 Gruppen: Ausländer; neu sind dort: Nichtdeutsche", "woerter")

    def test_a_group_of_the_first_delivery_that_the_layout_names_otherwise_is_questioned(self, check: Pruefer) -> None:
        neu = tafel({"quote_kita gruppe=Nichtdeutsche": [10, 22, 31], "quote_kita gruppe=deutsche": [12, 20, 32]})
        b = check.fund("gruppe_unbekannt", neu, woerter={"gruppe": {"Ausländer": "auslaender"}})
        assert b.schwere is Schwere.warnung
        assert zellen(b)[0] == "B2"
        holds(b, "die Gruppe »Nichtdeutsche« nennt das Layout nicht", "hier fehlen: auslaender (umbenannt?)")
        assert b.vorschlag == 'woerter: {gruppe: {"Nichtdeutsche": auslaender}}'

    @pytest.mark.parametrize(
        ("gruppe", "schwere"),
        [("Ausländer/-innen", Schwere.warnung), ("mit Migrationshintergrund", Schwere.warnung), ("Geduldete", Schwere.hinweis)],
    )  # fmt: skip
    def test_a_group_nobody_named_is_told_once(self, check: Pruefer, gruppe: str, schwere: Schwere) -> None:
        erste = [zelle("01", 10, "quote_kita", gruppe=gruppe)]
        b = check.fund("gruppe_unbekannt", erste)
        assert b.schwere is schwere
        strenger = check.fund("gruppe_unbekannt", erste, pruefungen={"gruppe_unbekannt": "fehler"})
        assert strenger.schwere is Schwere.fehler
        check.says_nothing(erste, [zelle("01", 9, "quote_kita", gruppe=gruppe, **ALT)], nur="gruppe_unbekannt")

    def test_groups_of_the_layout_and_the_catalogue_are_known(self, check: Pruefer) -> None:
        neu = tafel({"quote_kita gruppe=auslaender": [1, 2, 3], "quote_kita gruppe=Europa": [4, 5, 6]})
        zerlegung = {"summe": "kinder", "ueber": "gruppe", "nur": ["Europa"]}
        check.says_nothing(neu, nur="gruppe_unbekannt", zerlegungen=[zerlegung])

    def test_a_column_that_ends_is_named_though_its_words_go_on(self, check: Pruefer) -> None:
        alt = tafel(
            {"einwohner": [10], "auslaender": [2], "einwohner geschlecht=w": [5], "auslaender geschlecht=w": [1]},
            "01",
            **ALT,
        )
        neu = tafel({"einwohner": [10], "auslaender": [2], "einwohner geschlecht=w": [5]}, "01")
        holds(check.fund("abdeckung_kleiner", neu, alt), "1 Spalten: Ausländerinnen und Ausländer, weiblich")


class TestWertGeaendert:
    def test_old_and_new(self, check: Pruefer) -> None:
        alt = tafel({"einwohner": [100, 200, 300]}, **ALT)
        zeilen = tafel({"einwohner": [100, 205, "."]}, stichtag=VORTAG)
        gefunden = check(zeilen, alt)
        assert list(gefunden) == ["wert_geaendert"]
        eins, zwei = gefunden["wert_geaendert"]
        assert eins.schwere is Schwere.hinweis
        assert zellen(eins) == ["B3"]
        holds(eins, "in Süd am 31.12.2019: früher 200 (tabellen/alt.xlsx, T!B3), jetzt 205")
        holds(zwei, "früher 300", "jetzt .")

    def test_many_are_merged(self, check: Pruefer) -> None:
        orte = " ".join(f"{n:02d}" for n in range(1, 26))
        alt = tafel({"einwohner": [100 + n for n in range(25)]}, orte, **ALT)
        zeilen = tafel({"einwohner": [101 + n for n in range(25)]}, orte, stichtag=VORTAG)
        funde = check(zeilen, alt)["wert_geaendert"]
        assert len(funde) == 21
        holds(funde[-1], "noch 5 weitere")

    def test_unchanged(self, check: Pruefer) -> None:
        check.says_nothing(
            tafel({"einwohner": [100, 200, "."]}, stichtag=VORTAG), tafel({"einwohner": [100, 200, "."]}, **ALT)
        )
