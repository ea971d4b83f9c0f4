"""Every check of a delivery finds the fault it is for, says where, and leaves the neighbouring sound case alone.

Literal cells: `tafel` makes a sheet of areas (rows from 2) and columns (from B); a value is a number as printed with a decimal
point, or a sign without a number.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

import duckdb
import pyarrow as pa
import pytest

from pipelines.eingang.tabelle import checks as lieferungspruefung
from pipelines.eingang.tabelle.checks import (
    check_lieferung,
    leerer_bestand,
    load_lieferung_checks,
)
from pipelines.foundation.check_files import DOOR_CHECKS, check_names
from pipelines.foundation.findings import Befund, Code, Schwere
from pipelines.stamm.gebiete import Gebiet
from pipelines.stamm.kommune import Kommune, KommuneYaml
from pipelines.stamm.quellen.layout import Layout
from schemas.spalten.lieferung import MERKMALE
from schemas.tabellen.lieferung import GELESEN

TAG, VORTAG = date(2020, 12, 31), date(2019, 12, 31)
STADT = "05978024"
NAMEN = {"01": "Nord", "02": "Süd", "03": "Ost", "04": "West", "05": "Mitte", "06": "Hafen", STADT: "Lünen"}
EIGENE = {
    "kinder": {"titel": "Kinder", "einheit": "personen"},
    "quote_kita": {"titel": "Betreuungsquote", "einheit": "prozent"},
    "anteil_frauen": {"titel": "Frauenanteil", "einheit": "anteil"},
    "anteil_alter": {"titel": "Altersaufbau", "einheit": "prozent"},
}
VORGABEN: dict[str, Any] = {
    "kommune": "k", "quelle_id": "t", "stichtag": TAG, "groesse": "wert", "profil": "p", "geschlecht": "insgesamt",
    "altersgruppe": "insgesamt", "staat": "insgesamt", "gruppe": "insgesamt", "blatt": "T", "datei": "tabellen/t.xlsx",
    "datenstand": TAG, "lieferung_id": "l", "veroeffentlicht": True, "stellen": 0,
}  # fmt: skip
Zeile = dict[str, Any]
OHNE_ZAHL = (".", "...", "x", "/", "leer")


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as verbindung:
        yield verbindung


def zelle(gebiet: str, wert: object, merkmal: str = "einwohner", adresse: str = "B2", **mehr: Any) -> Zeile:
    """One figure as the reader gives it."""
    text = str(wert)
    zahl: dict[str, Any] = {"gedruckt": None, "wert": None, "kennzeichen": None}
    if text in OHNE_ZAHL:
        zahl["kennzeichen"] = text
    elif text == "-":
        zahl |= {"wert": 0.0, "kennzeichen": "-"}
    else:
        zahl |= {"wert": float(text), "gedruckt": text, "stellen": len(text.partition(".")[2])}
    einheit = EIGENE[merkmal]["einheit"] if merkmal in EIGENE else MERKMALE[merkmal][1]
    ort = {"zeile": int(adresse[1:]), "spalte_nr": ord(adresse[0]) - 64, "fundstelle": f"T!{adresse}"}
    eigen = {"gebiet_id": gebiet, "gebiet_text": NAMEN.get(gebiet, gebiet), "merkmal": merkmal, "wert_einheit": einheit}
    return VORGABEN | ort | eigen | zahl | mehr


def tafel(spalten: Mapping[str, Sequence[object]], gebiete: str = "01 02 03", ab: int = 2, **mehr: Any) -> list[Zeile]:
    """Cells of a sheet: column heads are `merkmal` or `merkmal geschlecht=m …`, one value an area."""
    zeilen = []
    for nummer, (kopf, werte) in enumerate(spalten.items()):
        merkmal, *dimensionen = kopf.split()
        fest = dict(d.split("=") for d in dimensionen)
        for z, (gebiet, wert) in enumerate(zip(gebiete.split(), werte, strict=True), start=ab):
            if wert is not None:
                zeilen.append(zelle(gebiet, wert, merkmal, f"{chr(66 + nummer)}{z}", **fest, **mehr))
    return zeilen


def gebiete(*ids: str, **ebenen: str) -> tuple[Gebiet, ...]:
    """Areas of the town: districts 01 … below it, or what the arguments say (id=level:parent)."""
    stadt = [Gebiet(STADT, "Lünen", "gemeinde", "05978", "2021", None, None)]
    teile = [Gebiet(i, NAMEN.get(i, i), "stadtteil", STADT, "2021", None, None) for i in ids]
    for i, lage in ebenen.items():
        ebene, oben = lage.split(":")
        teile.append(Gebiet(i, i, ebene, oben, "2021", None, None))
    return (*stadt, *teile, Gebiet("unbekannt", "unbekannt", "sonstige", STADT, "2021", None, None))


def kommune(orte: tuple[Gebiet, ...]) -> Kommune:
    angaben = KommuneYaml.model_validate(
        {"kommune": "k", "name": "Lünen", "ags": STADT, "land": "NRW", "profile": ["p"], "quellen": {},
         "veroeffentlichung": {"stichtage": ["*-12-31"]}, "schutz": {"begruendung": "Test"}}
    )  # fmt: skip
    return Kommune(Path("k"), angaben, orte)


def layout(**mehr: Any) -> Layout:
    grund = {"id": "t", "titel": "T", "herkunft": "h", "lizenz": "l", "datei": "t_{stichtag}.xlsx", "profil": "p",
             "spalten": {"gebiet": "G", "einwohner": "E"}, "merkmale": EIGENE}  # fmt: skip
    return Layout.model_validate(grund | mehr)


def tabelle(zeilen: list[Zeile]) -> pa.Table:
    return pa.Table.from_pylist([{f.name: z.get(f.name) for f in GELESEN} for z in zeilen], schema=GELESEN)


class Pruefer:
    """Runs checks over literal rows: all of them, or the one named `nur`."""

    def __init__(self, con: duckdb.DuckDBPyConnection):
        self.con = con

    def __call__(
        self, zeilen: list[Zeile], bestand: list[Zeile] | None = None, orte: tuple[Gebiet, ...] = (),
        nur: str | None = None, **mehr: Any,
    ) -> dict[str, list[Befund]]:  # fmt: skip
        alt = tabelle(bestand) if bestand else leerer_bestand()
        ort = kommune(orte) if orte else None
        gewaehlt = tuple(p for p in load_lieferung_checks() if nur in (None, p.name))
        with patch.object(lieferungspruefung, "load_lieferung_checks", lambda: gewaehlt):
            alle = check_lieferung(self.con, ort, layout(**mehr), tabelle(zeilen), alt, "tabellen/t.xlsx", STADT)
        return {name: funde for name, funde in alle.items() if funde}

    def fund(self, name: str, *args: Any, **mehr: Any) -> Befund:
        """The one finding of this check."""
        gefunden = self(*args, **{**mehr, "nur": name})
        assert list(gefunden) == [name], {n: [b.text() for b in f] for n, f in gefunden.items()}
        assert len(gefunden[name]) == 1, [b.text() for b in gefunden[name]]
        return gefunden[name][0]

    def still(self, *args: Any, **mehr: Any) -> None:
        gefunden = self(*args, **mehr)
        assert gefunden == {}, {n: [b.text() for b in f] for n, f in gefunden.items()}


@pytest.fixture
def check(con: duckdb.DuckDBPyConnection) -> Pruefer:
    return Pruefer(con)


def enthaelt(b: Befund, *worte: str) -> None:
    for wort in worte:
        assert wort in b.was, b.text()


def zellen(b: Befund) -> list[str]:
    return [z.removeprefix("T!") for z in b.zellen]


def test_every_check_has_a_code_and_a_header() -> None:
    assert set(check_names(DOOR_CHECKS / "tabelle")) <= {c.value for c in Code}
    assert len(check_names(DOOR_CHECKS / "tabelle")) == 21


DREI = "01 02 03 " + STADT


class TestSummeGebiete:
    def test_finds_wrong_total_without_area_list(self, check: Pruefer) -> None:
        b = check.fund("summe_gebiete", tafel({"einwohner": [100, 200, 301, 650]}, DREI))
        assert zellen(b) == ["B5", "B2", "B3", "B4"]
        assert b.schwere is Schwere.fehler
        enthaelt(b, "Lünen am 31.12.2020", "der 3 Gebiete ist 601", "gedruckt ist 650", "Differenz 49")

    def test_sound_total_is_silent(self, check: Pruefer) -> None:
        check.still(tafel({"einwohner": [100, 200, 301, 601]}, DREI))
        check.still(tafel({"einwohner": [100, 200, 301, 601]}, DREI), orte=gebiete("01", "02", "03"))

    def test_names_the_area_that_the_total_leaves_out_and_merges_columns(self, check: Pruefer) -> None:
        zeilen = tafel({"einwohner": [100, 200, 301, 401], "auslaender": [10, 31, 44, 54]}, DREI)
        b = check.fund("summe_gebiete", zeilen, orte=gebiete("01", "02", "03"))
        enthaelt(b, "3 Stadtteile", "die Differenz ist genau der Wert von »Süd«", "Ausländerinnen")
        assert zellen(b)[:4] == ["B5", "C5", "B3", "C3"]

    def test_names_a_doubled_value(self, check: Pruefer) -> None:
        b = check.fund(
            "summe_gebiete", tafel({"einwohner": [110, 207, 301, 1032]}, DREI), orte=gebiete("01", "02", "03")
        )
        enthaelt(b, "das Doppelte des Werts von »Süd«")

    def test_persons_without_district(self, check: Pruefer) -> None:
        b = check.fund(
            "summe_gebiete", tafel({"einwohner": [110, 207, 301, 625]}, DREI), orte=gebiete("01", "02", "03")
        )
        enthaelt(b, "Personen ohne Stadtteil fehlen vermutlich")
        mit = tafel({"einwohner": [110, 207, 301, 7, 625]}, f"01 02 03 unbekannt {STADT}")
        check.still(mit, orte=gebiete("01", "02", "03"))
        ohne = tafel({"einwohner": [110, 207, 301, 7, 618]}, f"01 02 03 unbekannt {STADT}")
        b = check.fund("summe_gebiete", ohne, orte=gebiete("01", "02", "03"))
        enthaelt(b, "der 3 Stadtteile und der Personen ohne Zuordnung ist 625", "genau der Wert von »unbekannt«")

    def test_missing_number_is_not_checked(self, check: Pruefer) -> None:
        check.still(tafel({"einwohner": [100, ".", 301, 650]}, DREI), orte=gebiete("01", "02", "03"))
        check.still(tafel({"einwohner": [100, 200, 301, "..."]}, DREI), orte=gebiete("01", "02", "03"))

    def test_dash_is_zero(self, check: Pruefer) -> None:
        check.still(tafel({"einwohner": [100, "-", 301, 401]}, DREI), orte=gebiete("01", "02", "03"))

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
        check.still(tafel({"einwohner": [10, 20, 30, 30, 30, 60]}, namen), orte=orte)
        b = check.fund("summe_gebiete", tafel({"einwohner": [10, 21, 30, 30, 30, 60]}, namen), orte=orte)
        assert zellen(b) == ["B5", "B2", "B3"]
        b = check.fund("summe_gebiete", tafel({"einwohner": [10, 20, 30, 30, 30, 62]}, namen), orte=orte)
        assert zellen(b) == ["B7", "B5", "B6"]

    def test_intermediate_level_may_be_absent(self, check: Pruefer) -> None:
        orte = gebiete(A=f"bezirk:{STADT}", B=f"bezirk:{STADT}", a1="stadtteil:A", a2="stadtteil:A", b1="stadtteil:B")
        check.still(tafel({"einwohner": [10, 20, 30, 60]}, f"a1 a2 b1 {STADT}"), orte=orte)
        b = check.fund("summe_gebiete", tafel({"einwohner": [10, 20, 30, 75]}, f"a1 a2 b1 {STADT}"), orte=orte)
        enthaelt(b, "der 3 Stadtteile ist 60")

    def test_other_areas_between_two_levels_are_not_counted_twice(self, check: Pruefer) -> None:
        orte = gebiete(S=f"bezirk:{STADT}", T1="sonstige:S", T2="sonstige:S", dom="stadtteil:T1", hafen="stadtteil:T2")
        namen = f"dom T1 hafen T2 S {STADT}"
        check.still(tafel({"einwohner": [300, 300, 400, 400, 700, 700]}, namen), orte=orte)
        check.still(tafel({"einwohner": [300, 300, 400, 400, 5, 705, 705]}, f"dom T1 hafen T2 unbekannt S {STADT}"),
                     orte=(*orte[:-1], Gebiet("unbekannt", "unbekannt", "sonstige", "S", "2021", None, None)))  # fmt: skip
        b = check.fund("summe_gebiete", tafel({"einwohner": [300, 300, 400, 400, 720, 720]}, namen), orte=orte)
        enthaelt(b, "der 2 Stadtteile ist 700", "gedruckt ist 720")

    def test_two_parallel_divisions_are_not_added(self, check: Pruefer) -> None:
        orte = gebiete("01", "02", p1=f"planungsraum:{STADT}", p2=f"planungsraum:{STADT}")
        check.still(tafel({"einwohner": [10, 20, 12, 18, 30]}, f"01 02 p1 p2 {STADT}"), orte=orte)

    def test_only_areas_of_the_day_count(self, check: Pruefer) -> None:
        alt = Gebiet("09", "Alt", "stadtteil", STADT, "2018", None, date(2018, 12, 31))
        check.still(tafel({"einwohner": [10, 20, 30]}, f"01 02 {STADT}"), orte=(*gebiete("01", "02"), alt))

    def test_decimals_are_rounded_themselves(self, check: Pruefer) -> None:
        check.still(tafel({"flaeche": ["1.04", "2.04", "3.07"]}, f"01 02 {STADT}"))
        check.fund("summe_gebiete", tafel({"flaeche": ["1.04", "2.04", "3.10"]}, f"01 02 {STADT}"))

    def test_measures_that_do_not_add_up_are_left_alone(self, check: Pruefer) -> None:
        check.still(tafel({"zuzuege": [10, 20, 25], "dichte": [1, 2, 3]}, f"01 02 {STADT}"))


MW = ("einwohner", "einwohner geschlecht=m", "einwohner geschlecht=w")


def sexes(*werte: list[object]) -> list[Zeile]:
    return tafel(dict(zip((*MW, "einwohner geschlecht=d", "einwohner geschlecht=x"), werte, strict=False)), "01")


class TestSummeGeschlecht:
    def test_more_than_the_total(self, check: Pruefer) -> None:
        b = check.fund("summe_geschlecht", sexes([200], [100], [101]))
        assert zellen(b) == ["B2", "C2", "D2"]
        enthaelt(b, "männlich 100 + weiblich 101 = 201", "insgesamt 200", "Differenz -1")

    def test_d_and_x_only_in_the_total_is_a_remark(self, check: Pruefer) -> None:
        b = check.fund("summe_geschlecht", sexes([2000], [1000], [997]))
        assert b.schwere is Schwere.hinweis
        enthaelt(b, "d/x nicht einzeln geliefert", "3 Personen")
        assert zellen(b) == ["B2"]

    def test_too_many_for_d_and_x_is_a_warning(self, check: Pruefer) -> None:
        b = check.fund("summe_geschlecht", sexes([2000], [1000], [900]))
        assert b.schwere is Schwere.warnung
        enthaelt(b, "unplausibel viele")

    def test_with_d_and_x_everything_must_fit(self, check: Pruefer) -> None:
        check.still(sexes([2000], [1000], [997], [2], [1]))
        assert check.fund("summe_geschlecht", sexes([2000], [1000], [996], [2], [1])).schwere is Schwere.fehler

    def test_secret_d_is_not_checked(self, check: Pruefer) -> None:
        check.still(sexes([2000], [1000], [997], ["."]))
        check.fund("summe_geschlecht", sexes([2000], [1000], [1001], ["."]))

    def test_rounded_to_five(self, check: Pruefer) -> None:
        check.still(sexes([205], [100], [100]), methode="gerundet_5")
        check.still(sexes([200], [100], [105]), methode="gerundet_5")
        b = check.fund("summe_geschlecht", sexes([200], [100], [110]), methode="gerundet_5")
        assert b.schwere is Schwere.fehler

    def test_cell_key(self, check: Pruefer) -> None:
        check.still(sexes([200], [103], [106]), methode="cell_key")
        check.fund("summe_geschlecht", sexes([200], [104], [106]), methode="cell_key")

    def test_moves_only_where_the_layout_says_so(self, check: Pruefer) -> None:
        zeilen = tafel({"zuzuege": [90], "zuzuege geschlecht=m": [50], "zuzuege geschlecht=w": [41]}, "01")
        check.still(zeilen)
        check.fund("summe_geschlecht", zeilen, zerlegungen=[{"summe": "zuzuege", "ueber": "geschlecht"}])


class TestSummeTeile:
    def test_germans_and_foreigners(self, check: Pruefer) -> None:
        check.still(tafel({"einwohner": [100], "deutsche": [90], "auslaender": [10]}, "01"))
        b = check.fund("summe_teile", tafel({"einwohner": [100], "deutsche": [90], "auslaender": [11]}, "01"))
        assert zellen(b) == ["B2", "C2", "D2"]
        enthaelt(b, "Deutsche 90 + Ausländerinnen und Ausländer 11 = 101", "gedruckt ist 100", "Differenz -1")

    def test_one_part_missing(self, check: Pruefer) -> None:
        check.still(tafel({"einwohner": [100], "auslaender": [11]}, "01"))
        check.still(tafel({"einwohner": [100], "deutsche": ["."], "auslaender": [11]}, "01"))

    def test_own_rule_replaces_the_general_one(self, check: Pruefer) -> None:
        zeilen = tafel({"einwohner": [100], "deutsche": [80], "auslaender": [15], "kinder": [5]}, "01")
        regel = {"summe": "einwohner", "teile": ["deutsche", "auslaender", "kinder"]}
        check.still(zeilen, zerlegungen=[regel])
        check.fund("summe_teile", zeilen)

    def test_breakdown(self, check: Pruefer) -> None:
        kopf = (
            "einwohner",
            "einwohner altersgruppe=00-17",
            "einwohner altersgruppe=18-64",
            "einwohner altersgruppe=65+",
        )
        regel = [{"summe": "einwohner", "ueber": "altersgruppe"}]
        check.still(tafel(dict(zip(kopf, [[100], [20], [50], [30]], strict=True)), "01"), zerlegungen=regel)
        zeilen = tafel(dict(zip(kopf, [[100], [20], [50], [31]], strict=True)), "01")
        b = check.fund("summe_teile", zeilen, zerlegungen=regel)
        assert zellen(b) == ["B2", "C2", "D2", "E2"]
        enthaelt(b, "00-17 20 + 18-64 50 + 65+ 31 = 101")
        check.still(zeilen)

    def test_overlapping_members_are_left_out(self, check: Pruefer) -> None:
        kopf = ("einwohner", "einwohner gruppe=Europa", "einwohner gruppe=EU", "einwohner gruppe=Asien")
        zeilen = tafel(dict(zip(kopf, [[100], [70], [40], [30]], strict=True)), "01")
        for auswahl in ({"ohne": ["EU"]}, {"nur": ["Europa", "Asien"]}):
            check.still(zeilen, nur="summe_teile", zerlegungen=[{"summe": "einwohner", "ueber": "gruppe", **auswahl}])
        check.fund("summe_teile", zeilen, zerlegungen=[{"summe": "einwohner", "ueber": "gruppe"}])

    def test_incomplete_breakdown_may_not_exceed(self, check: Pruefer) -> None:
        regel = [{"summe": "auslaender", "ueber": "staat", "unvollstaendig": True}]
        kopf = ("auslaender", "auslaender staat=163", "auslaender staat=475")
        check.still(tafel(dict(zip(kopf, [[100], [60], [30]], strict=True)), "01"), zerlegungen=regel)
        b = check.fund("summe_teile", tafel(dict(zip(kopf, [[100], [60], [50]], strict=True)), "01"), zerlegungen=regel)
        assert "höchstens" in b.erwartet

    def test_names_the_member_that_is_missing_here(self, check: Pruefer) -> None:
        kopf = ("einwohner", "einwohner altersgruppe=00-17", "einwohner altersgruppe=18+")
        zeilen = tafel(dict(zip(kopf, [[100, 200], [20, 30], [80, None]], strict=True)), "01 02")
        b = check.fund("summe_teile", zeilen, zerlegungen=[{"summe": "einwohner", "ueber": "altersgruppe"}])
        enthaelt(b, "hier fehlt: 18+")


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
        enthaelt(b, "in Nord gedruckt 8,9 %", "aus 538 von 6.417 folgt 8,4 %")
        assert b.vorschlag == "8,4 %"

    def test_last_years_denominator_is_named_and_merged(self, check: Pruefer) -> None:
        zeilen = quoten([84000, 8000, "9.9"], [2000, 300, "16.7"], [3000, 450, "15.0"])
        alt = tafel({"einwohner": [81000, 1800, 3001]}, stichtag=VORTAG, datenstand=VORTAG, datei="tabellen/alt.xlsx")
        gefunden = check(zeilen, alt)
        (b,) = gefunden["anteil_folgt"]
        assert zellen(b)[:2] == ["D2", "D3"]
        enthaelt(b, "folgt aus »Einwohnerinnen und Einwohner« vom 31.12.2019 (81.000)")

    def test_wrong_numerator_is_named(self, check: Pruefer) -> None:
        zeilen = tafel(
            {"einwohner": [1000], "auslaender": [100], "personen_mit_mh": [350], "anteil_auslaender": ["35.0"]}, "01"
        )
        enthaelt(check.fund("anteil_folgt", zeilen), "»Personen mit Migrationshintergrund« (350) als Zähler")

    def test_other_sex_is_named(self, check: Pruefer) -> None:
        kopf = {"einwohner": [1000], "einwohner geschlecht=m": [440], "auslaender geschlecht=m": [110]}
        zeilen = tafel(kopf | {"anteil_auslaender geschlecht=m": ["11.0"]}, "01")
        enthaelt(check.fund("anteil_folgt", zeilen), "insgesamt (1.000)")

    def test_slipped_row_is_named(self, check: Pruefer) -> None:
        zeilen = quoten([1000, 100, "23.5"], [2000, 470, "23.5"], [3000, 900, "30.0"])
        enthaelt(check.fund("anteil_folgt", zeilen), "folgt aus den Zahlen von »Süd« (470 von 2.000)")

    def test_rounded_counts_allow_a_range(self, check: Pruefer) -> None:
        check.still(quoten([100, 10, "11.5"], orte="01"), methode="gerundet_5")
        check.fund("anteil_folgt", quoten([100, 10, "12.5"], orte="01"), methode="gerundet_5")
        check.still(quoten([100, 10, "13.0"], orte="01"), methode="cell_key")
        check.fund("anteil_folgt", quoten([100, 10, "14.0"], orte="01"), methode="cell_key")

    def test_own_quota_with_own_numerator_and_denominator(self, check: Pruefer) -> None:
        regel = [{"quote": "quote_kita", "zaehler": "kinder", "nenner": "einwohner", "faktor": 1000}]
        zeilen = tafel({"kinder": [5], "einwohner": [400], "quote_kita": ["12.5"]}, "01")
        check.still(zeilen, quoten=regel)
        kopf: dict[str, list[object]] = {
            "quote_kita groesse=zaehler": [5],
            "quote_kita groesse=nenner": [40],
            "quote_kita": ["12.5"],
        }
        check.still(tafel(kopf, "01"))
        check.fund("anteil_folgt", tafel(kopf | {"quote_kita": ["12.6"]}, "01"))

    def test_nothing_to_divide_by(self, check: Pruefer) -> None:
        check.still(quoten([0, 0, "-"], [10, ".", "3.0"], [10, 1, "."]))


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
            enthaelt(b, "= 100,2", "höchstens 0,15")

    def test_only_where_declared(self, check: Pruefer) -> None:
        check.still(tafel(dict(zip(self.KOPF, [["30.0"], ["50.0"], ["30.0"]], strict=True)), "01"))

    def test_rounded_counts_warn_only(self, check: Pruefer) -> None:
        zeilen = tafel(dict(zip(self.KOPF, [["30.0"], ["50.0"], ["21.0"]], strict=True)), "01")
        b = check.fund("prozent_summe", zeilen, zerlegungen=self.REGEL, methode="gerundet_5")
        assert b.schwere is Schwere.warnung

    def test_missing_member(self, check: Pruefer) -> None:
        zeilen = tafel(dict(zip(self.KOPF, [["30.0"], ["50.0"], ["."]], strict=True)), "01")
        check.still(zeilen, zerlegungen=self.REGEL)


class TestDoppelt:
    def test_identical(self, check: Pruefer) -> None:
        b = check.fund("doppelt_gleich", tafel({"einwohner": [100, 200, 100]}, "01 02 01"))
        assert b.schwere is Schwere.warnung
        assert zellen(b) == ["B4", "B2"]
        enthaelt(b, "eine Angabe zum 31.12.2020 (Nord) steht mehrfach", "Zeile 4 wiederholt Zeile 2")

    def test_a_block_is_one_finding(self, check: Pruefer) -> None:
        b = check.fund("doppelt_gleich", tafel({"einwohner": [100, 200, 300, 100, 200, 300]}, "01 02 03 01 02 03"))
        enthaelt(b, "3 Angaben", "Zeile 5–7 wiederholt Zeile 2–4")

    def test_conflicting(self, check: Pruefer) -> None:
        b = check.fund("doppelt_widerspruch", tafel({"quote_kita": ["35.36", "20.00", "45.98"]}, "01 02 01"))
        assert zellen(b) == ["B4", "B2"]
        assert b.schwere is Schwere.fehler
        enthaelt(b, "Nord am 31.12.2020 steht mehrfach", "Betreuungsquote 35,36 und 45,98")

    def test_same_number_printed_differently_is_no_conflict(self, check: Pruefer) -> None:
        assert list(check(tafel({"einwohner": [1439, "1439.00"]}, "01 01"))) == ["doppelt_gleich"]

    def test_other_sex_is_no_duplicate(self, check: Pruefer) -> None:
        check.still(tafel({"einwohner geschlecht=m": [100], "auslaender geschlecht=m": [7]}, "01"))


ALT: dict[str, Any] = {"stichtag": VORTAG, "datenstand": VORTAG, "datei": "tabellen/alt.xlsx"}


class TestJahrDoppelt:
    def test_another_file_of_the_same_state(self, check: Pruefer) -> None:
        zeilen = tafel({"einwohner": [100, 200, 300]})
        b = check.fund("jahr_doppelt", zeilen, tafel({"einwohner": [100, 200, 300]}, datei="tabellen/zwei.xlsx"))
        assert b.schwere is Schwere.warnung
        b = check.fund("jahr_doppelt", zeilen, tafel({"einwohner": [100, 201, 300]}, datei="tabellen/zwei.xlsx"))
        assert b.schwere is Schwere.fehler
        assert zellen(b) == ["B3", "B2", "B4"]
        enthaelt(b, "tabellen/zwei.xlsx", "31.12.2020", "hier 200, dort 201")

    def test_a_newer_state_or_the_same_file_again(self, check: Pruefer) -> None:
        zeilen = tafel({"einwohner": [100, 200, 300]})
        check.still(zeilen, zeilen)
        check.still(zeilen, tafel({"einwohner": [100, 200, 300]}, datei="tabellen/zwei.xlsx", datenstand=VORTAG))


FUENF = "01 02 03 04 05"


class TestBlockKopiert:
    def test_copy_of_an_earlier_delivery(self, check: Pruefer) -> None:
        zeilen = tafel({"einwohner": [100, 200, 300, 400, 501]}, FUENF)
        b = check.fund("block_kopiert", zeilen, tafel({"einwohner": [100, 200, 300, 400, 501]}, FUENF, **ALT))
        assert zellen(b) == ["B2", "B3", "B4", "B5", "B6"]
        enthaelt(b, "31.12.2020 sind dieselben wie am 31.12.2019", "(5 von 5 Gebieten)", "tabellen/alt.xlsx")

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
        check.still(tafel({"einwohner": neu}, FUENF), tafel({"einwohner": alt}, FUENF, **ALT))

    def test_square_kilometres_do_not_change(self, check: Pruefer) -> None:
        flaeche = {"flaeche": ["1.11", "2.22", "3.33", "4.44", "5.55"]}
        check.still(tafel(flaeche, FUENF), tafel(flaeche, FUENF, **ALT))


class TestSpalteVerrutscht:
    VIER = "01 02 03 04"

    def test_last_years_other_column(self, check: Pruefer) -> None:
        alt = tafel({"zuzuege": [500, 610, 720, 830], "fortzuege": [510, 600, 700, 800]}, self.VIER, **ALT)
        neu = tafel({"zuzuege": [510, 600, 700, 800], "fortzuege": [490, 620, 690, 810]}, self.VIER)
        b = check.fund("spalte_verrutscht", neu, alt)
        assert zellen(b) == ["B2", "B3", "B4", "B5"]
        enthaelt(b, "Zuzüge am 31.12.2020", "gleich Fortzüge am 31.12.2019", "tabellen/alt.xlsx")

    def test_one_area_differs_or_too_few(self, check: Pruefer) -> None:
        alt = tafel({"zuzuege": [500, 610, 720, 830], "fortzuege": [510, 600, 700, 800]}, self.VIER, **ALT)
        check.still(tafel({"zuzuege": [510, 600, 700, 801], "fortzuege": [490, 620, 690, 810]}, self.VIER), alt)
        alt = tafel({"zuzuege": [500, 610, 720], "fortzuege": [510, 600, 700]}, **ALT)
        check.still(tafel({"zuzuege": [510, 600, 700], "fortzuege": [490, 620, 690]}), alt)


class TestJahressprung:
    def test_ten_times(self, check: Pruefer) -> None:
        alt = tafel({"einwohner": [100, 200, 300]}, **ALT)
        b = check.fund("jahressprung", tafel({"einwohner": [101, 2010, 305]}), alt)
        assert b.schwere is Schwere.warnung
        assert zellen(b) == ["B3"]
        enthaelt(
            b, "vom 31.12.2019 zum 31.12.2020", "in Süd 2.010 (T!B3) nach 200 (tabellen/alt.xlsx, T!B3)", "Zehnfache"
        )

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
            check.still(zeilen, alt)
        else:
            enthaelt(check.fund("jahressprung", zeilen, alt), worte)

    def test_restless_measures_may_move_more(self, check: Pruefer) -> None:
        alt = tafel({"zuzuege": [100, 100, 100, 100, 100, 100]}, f"{FUENF} 06", **ALT)
        check.still(tafel({"zuzuege": [115, 88, 114, 87, 116, 170]}, f"{FUENF} 06"), alt)

    def test_whole_column_times_1000_is_one_finding(self, check: Pruefer) -> None:
        alt = tafel({"einwohner": [100, 200, 300, 400, 500]}, FUENF, **ALT)
        zeilen = tafel({"einwohner": [101000, 201000, 301000, 401000, 502000]}, FUENF)
        b = check.fund("jahressprung", zeilen, alt)
        assert len(b.zellen) == 5
        enthaelt(b, "etwa das Tausendfache")

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
        check.still(tafel({"quote_kita": ["16.8", "13.0"]}, "01 02"), alt)
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
        check.still(
            tafel({"einwohner": [101, 203], "auslaender": [1, 2]}, "01 02"), tafel({"einwohner": [100]}, "01", **ALT)
        )
        alt = Gebiet("09", "Alt", "stadtteil", STADT, "2018", None, VORTAG)
        bestand = tafel({"einwohner": [100, 200]}, "01 09", **ALT)
        check.still(tafel({"einwohner": [103]}, "01"), bestand, orte=(*gebiete("01"), alt))

    def test_area_of_the_level_is_missing(self, check: Pruefer) -> None:
        orte = gebiete("01", "02", "03")
        b = check.fund("gebiet_fehlt", tafel({"einwohner": [100, 200]}, "01 02"), orte=orte)
        assert b.schwere is Schwere.warnung
        enthaelt(b, "es fehlt »Ost« am 31.12.2020")
        check.still(tafel({"einwohner": [100, 200, "."]}), orte=orte)

    def test_summary_row_is_missing(self, check: Pruefer) -> None:
        orte = gebiete("01", "02")
        b = check.fund("gebiet_fehlt", tafel({"einwohner": [1, 2]}, "01 02"), orte=orte, summenzeile="Lünen")
        enthaelt(b, "Summenzeile Lünen")
        check.still(tafel({"einwohner": [1, 2, 3]}, f"01 02 {STADT}"), orte=orte, summenzeile="Lünen")

    def test_own_areas_are_expected_beside_foreign_ones(self, check: Pruefer) -> None:
        b = check.fund(
            "gebiet_fehlt", tafel({"einwohner": [1]}, "01"), orte=gebiete("01", "02"), fremde_gebiete="ausserhalb"
        )
        enthaelt(b, "»Süd«")

    def test_area_outside_its_time(self, check: Pruefer) -> None:
        alt = Gebiet("09", "Alt", "stadtteil", STADT, "2018", None, VORTAG)
        orte = (*gebiete("01"), alt)
        b = check.fund("gebiet_ungueltig", tafel({"einwohner": [1, 2], "auslaender": [1, 1]}, "01 09"), orte=orte)
        assert zellen(b) == ["B3", "C3"]
        enthaelt(b, "»Alt« (09, Gebietsstand 2018) gilt bis 31.12.2019", "vom 31.12.2020")
        assert "bruecke.csv" in b.erwartet
        check.still(tafel({"einwohner": [1, 2]}, "01 09", stichtag=VORTAG), orte=orte)


class TestTeilGroesser:
    def test_measures(self, check: Pruefer) -> None:
        b = check.fund("teil_groesser", tafel({"einwohner": [100, 100], "auslaender": [100, 101]}, "01 02"))
        assert zellen(b) == ["C3", "B3"]
        enthaelt(b, "Ausländerinnen und Ausländer in Süd", "101 ist mehr als Einwohnerinnen und Einwohner 100")

    def test_member_of_a_breakdown(self, check: Pruefer) -> None:
        kopf = {"auslaender": [100], "auslaender staat=163": [101], "auslaender staat=475": [5]}
        assert zellen(check.fund("teil_groesser", tafel(kopf, "01"))) == ["C2", "B2"]
        check.still(tafel(kopf | {"auslaender staat=163": [100]}, "01"))

    def test_one_sex_alone(self, check: Pruefer) -> None:
        check.fund("teil_groesser", tafel({"einwohner": [100], "einwohner geschlecht=w": [101]}, "01"))

    def test_cell_key_may_turn_the_order(self, check: Pruefer) -> None:
        check.still(tafel({"einwohner": [100], "auslaender": [106]}, "01"), methode="cell_key")
        check.fund("teil_groesser", tafel({"einwohner": [100], "auslaender": [107]}, "01"), methode="cell_key")


class TestQuoteBereich:
    def test_percentages(self, check: Pruefer) -> None:
        b = check.fund("quote_bereich", tafel({"quote_kita": ["99.9", "101.5", "100.0"]}))
        assert b.schwere is Schwere.warnung
        assert zellen(b) == ["B3"]
        enthaelt(b, "Betreuungsquote über 100", "in Süd am 31.12.2020 101,5 %")
        enthaelt(check.fund("quote_bereich", tafel({"quote_kita": ["-0.1"]}, "01")), "unter 0")

    def test_fractions(self, check: Pruefer) -> None:
        check.still(tafel({"anteil_frauen": ["0.51", "1", "0"]}))
        assert check.fund("quote_bereich", tafel({"anteil_frauen": ["51.2"]}, "01")).schwere is Schwere.fehler


class TestRundung:
    def test_not_rounded_though_declared(self, check: Pruefer) -> None:
        b = check.fund("rundung", tafel({"einwohner": [100, 203, 305]}), methode="gerundet_5")
        assert zellen(b) == ["B3"]
        enthaelt(b, "eine Anzahl ist kein Vielfaches von 5", "203")
        check.still(tafel({"einwohner": [100, 205, 305], "quote_kita": ["1.2", "3.4", "5.6"]}), methode="gerundet_5")

    def test_rounded_though_exact(self, check: Pruefer) -> None:
        orte = [f"{n:02d}" for n in range(1, 31)]
        werte: list[object] = [5 * n for n in range(1, 31)]
        b = check.fund("rundung", tafel({"einwohner": werte}, " ".join(orte)))
        assert b.schwere is Schwere.warnung
        enthaelt(b, "alle 30 Anzahlen", "methode prüfen")
        check.still(tafel({"einwohner": werte[:29]}, " ".join(orte[:29])))
        check.still(tafel({"einwohner": [*werte[:29], 151]}, " ".join(orte)))


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
        enthaelt(b, "alle 3 Zahlen", wort)

    def test_one_figure_that_stayed_or_two_in_all_are_no_error(self, check: Pruefer) -> None:
        alt = tafel({"einwohner": [101, 298, 500]}, **ALT)
        check.still(tafel({"einwohner": [1010, 2980, 500]}), alt, nur="zehnerpotenz")
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
        enthaelt(b, "fehlen zum 31.12.2020 1 Gruppen: Ausländer; neu sind dort: Nichtdeutsche", "woerter")

    def test_a_group_of_the_first_delivery_that_the_layout_names_otherwise_is_questioned(self, check: Pruefer) -> None:
        neu = tafel({"quote_kita gruppe=Nichtdeutsche": [10, 22, 31], "quote_kita gruppe=deutsche": [12, 20, 32]})
        b = check.fund("gruppe_unbekannt", neu, woerter={"gruppe": {"Ausländer": "auslaender"}})
        assert b.schwere is Schwere.warnung
        assert zellen(b)[0] == "B2"
        enthaelt(b, "die Gruppe »Nichtdeutsche« nennt das Layout nicht", "hier fehlen: auslaender (umbenannt?)")
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
        check.still(erste, [zelle("01", 9, "quote_kita", gruppe=gruppe, **ALT)], nur="gruppe_unbekannt")

    def test_groups_of_the_layout_and_the_catalogue_are_known(self, check: Pruefer) -> None:
        neu = tafel({"quote_kita gruppe=auslaender": [1, 2, 3], "quote_kita gruppe=Europa": [4, 5, 6]})
        zerlegung = {"summe": "kinder", "ueber": "gruppe", "nur": ["Europa"]}
        check.still(neu, nur="gruppe_unbekannt", zerlegungen=[zerlegung])

    def test_a_column_that_ends_is_named_though_its_words_go_on(self, check: Pruefer) -> None:
        alt = tafel(
            {"einwohner": [10], "auslaender": [2], "einwohner geschlecht=w": [5], "auslaender geschlecht=w": [1]},
            "01",
            **ALT,
        )
        neu = tafel({"einwohner": [10], "auslaender": [2], "einwohner geschlecht=w": [5]}, "01")
        enthaelt(check.fund("abdeckung_kleiner", neu, alt), "1 Spalten: Ausländerinnen und Ausländer, weiblich")


class TestAnteilStattProzent:
    def test_a_rate_below_one_everywhere_may_be_a_share(self, check: Pruefer) -> None:
        b = check.fund("quote_bereich", tafel({"quote_kita": ["0.141", "0.098", "0.2"]}))
        assert b.schwere is Schwere.warnung
        assert zellen(b) == ["B2", "B3", "B4"]
        enthaelt(b, "0,141 = 14,1 %")

    @pytest.mark.parametrize("werte", [["0.1", "0.4", "0.2"], ["0.14", "1.2", "0.5"], ["0.00", "0.00", "0.00"]])
    def test_small_rates_with_one_decimal_and_others_are_left_alone(self, check: Pruefer, werte: list[object]) -> None:
        check.still(tafel({"quote_kita": werte}), nur="quote_bereich")


class TestWertGeaendert:
    def test_old_and_new(self, check: Pruefer) -> None:
        alt = tafel({"einwohner": [100, 200, 300]}, **ALT)
        zeilen = tafel({"einwohner": [100, 205, "."]}, stichtag=VORTAG)
        gefunden = check(zeilen, alt)
        assert list(gefunden) == ["wert_geaendert"]
        eins, zwei = gefunden["wert_geaendert"]
        assert eins.schwere is Schwere.hinweis
        assert zellen(eins) == ["B3"]
        enthaelt(eins, "in Süd am 31.12.2019: früher 200 (tabellen/alt.xlsx, T!B3), jetzt 205")
        enthaelt(zwei, "früher 300", "jetzt .")

    def test_many_are_merged(self, check: Pruefer) -> None:
        orte = " ".join(f"{n:02d}" for n in range(1, 26))
        alt = tafel({"einwohner": [100 + n for n in range(25)]}, orte, **ALT)
        zeilen = tafel({"einwohner": [101 + n for n in range(25)]}, orte, stichtag=VORTAG)
        funde = check(zeilen, alt)["wert_geaendert"]
        assert len(funde) == 21
        enthaelt(funde[-1], "noch 5 weitere")

    def test_unchanged(self, check: Pruefer) -> None:
        check.still(
            tafel({"einwohner": [100, 200, "."]}, stichtag=VORTAG), tafel({"einwohner": [100, 200, "."]}, **ALT)
        )


def test_severity_of_the_layout_wins(check: Pruefer) -> None:
    zeilen = tafel({"einwohner": [100, 200, 301, 650]}, DREI)
    b = check.fund("summe_gebiete", zeilen, pruefungen={"summe_gebiete": "hinweis"})
    assert b.schwere is Schwere.hinweis


def test_an_area_without_a_key_makes_no_endless_circle(check: Pruefer) -> None:
    zeilen = [zelle("", 500), *tafel({"einwohner": [1000, 2000, 3500]}, f"01 02 {STADT}", 3)]
    assert "zu_gross" not in check(zeilen)


def test_a_check_that_does_not_end_is_interrupted_and_said(check: Pruefer) -> None:
    (langsam,) = (p for p in load_lieferung_checks() if p.name == "rundung")
    ohne_ende = replace(
        langsam, text="select count(*) from range(100000000000) as a(i), range(1000) as b(k) where i % 7 = k"
    )
    with (
        patch.object(lieferungspruefung, "HOECHSTENS_SEKUNDEN", 0.5),
        patch(f"{__name__}.load_lieferung_checks", lambda: (ohne_ende,)),
    ):
        (b,) = check(tafel({"einwohner": [1, 2, 3]}), nur="rundung")["zu_gross"]
    assert b.schwere is Schwere.fehler
    enthaelt(b, langsam.titel, "nach 0.5 Sekunden nicht fertig")
    check.still(tafel({"einwohner": [1, 2, 3]}), nur="rundung")


def test_lünens_printed_table_is_sound(check: Pruefer) -> None:
    zahlen = [(6417, 538, 1453), (959, 72, 211), (19265, 4344, 8072), (3839, 894, 1813), (5425, 816, 2497),
              (7488, 563, 1845), (2989, 636, 1224), (10004, 2302, 4382), (7896, 1258, 2546), (2212, 50, 313),
              (9727, 467, 1848), (7014, 895, 2682), (4580, 424, 1293), (87815, 13259, 30179)]  # fmt: skip
    orte = [f"{n:02d}" for n in range(1, 14)]
    spalten: dict[str, list[object]] = dict(
        zip(("einwohner", "auslaender", "personen_mit_mh"), map(list, zip(*zahlen, strict=True)), strict=True)
    )
    check.still(tafel(spalten, " ".join([*orte, STADT])), orte=gebiete(*orte), summenzeile="Lünen")
