"""The door: what leaves the secure zone, cell by cell.

Long because the rules of one door are tried against each other on the same literal rows.
"""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.foundation.storage import Ablage
from pipelines.steps.sql_step import sql_steps
from tests.lib.literal_tables import STICHTAG, decide, lay, lay_umfang, read

TUER = {s.name: s for s in sql_steps() if s.schema == "geheimhaltung"}
ROH = "bevoelkerung.migrationshintergrund"
ERGEBNIS = "geheimhaltung.migrationshintergrund"
LIEFERUNG = {"status": "uebernommen", "lieferung_id": "l1"}


def zeile(einwohner: int, auslaender: int, deutsche: int, unentscheidbar: int = 0, **mehr: Any) -> dict[str, Any]:
    return {
        "einwohner": einwohner, "auslaender": auslaender, "deutsche_mit_mh": deutsche,
        "personen_mit_mh": auslaender + deutsche, "unentscheidbar": unentscheidbar, **mehr,
    }  # fmt: skip


def pass_door(ordner: Path, *zeilen: dict[str, Any], nenner: int = 0, tabelle: tuple[dict[str, Any], ...] = ()) -> Any:
    ablage = Ablage(ordner).create_folders()
    lay(ablage, "stamm.kommune", {"mindestnenner": nenner, "ags": "00"})
    lay(ablage, "stamm.muster", {"muster": "*-06-30"})
    lay(ablage, "eingang.lieferung", LIEFERUNG)
    TUER["bestand"].write(ablage)
    lay(ablage, "bevoelkerung.stadtteiltabelle", *tabelle)
    lay(ablage, ROH, *zeilen)
    decide(ablage)
    TUER["migrationshintergrund"].write(ablage)
    return read(ablage, ERGEBNIS)


def test_large_counts_pass_unchanged_with_exact_shares(tmp_path: Path) -> None:
    (z,) = pass_door(tmp_path, zeile(2212, 50, 263, 10, gebiet_id="00"))
    assert (z["einwohner"], z["auslaender"], z["deutsche_mit_mh"], z["personen_mit_mh"]) == (2212, 50, 263, 313)
    assert z["anteil_mh"] == z["anteil_mh_min"] == 313 / 2212
    assert z["anteil_mh_max"] == 323 / 2212
    assert z["lokationsquotient_mh"] == 1.0
    assert (z["status"], z["hinweise"]) == ("ok", [])


@pytest.mark.parametrize("klein", [1, 4])
def test_small_group_hides_itself_and_its_complement_within_the_row(klein: int, tmp_path: Path) -> None:
    (z,) = pass_door(tmp_path, zeile(1000, klein, 300))
    assert z["auslaender"] is None
    assert z["deutsche_mit_mh"] is None, "otherwise personen_mit_mh minus deutsche_mit_mh gives the small count"
    assert z["personen_mit_mh"] == 300 + klein
    assert z["anteil_auslaender"] is None
    assert z["status"] == "ok"
    assert {"geheim"} <= set(z["hinweise"])


def test_small_remainder_is_protected_like_a_small_count(tmp_path: Path) -> None:
    (z,) = pass_door(tmp_path, zeile(1000, 500, 497))
    assert None in (z["einwohner"], z["personen_mit_mh"]), "otherwise one less the other gives the three"
    assert z["anteil_mh"] is None
    assert "geheim" in {z["status"], *(h.split(":")[0] for h in z["hinweise"])}


def test_zero_and_threshold_are_published(tmp_path: Path) -> None:
    nichts, schwelle = pass_door(tmp_path, zeile(1000, 0, 0), zeile(1000, 5, 5, gebiet_id="02"))
    assert (nichts["personen_mit_mh"], nichts["anteil_mh"]) == (0, 0.0)
    assert (schwelle["auslaender"], schwelle["deutsche_mit_mh"], schwelle["personen_mit_mh"]) == (5, 5, 10)


def test_few_undecidable_hide_the_upper_share_that_would_give_them_away(tmp_path: Path) -> None:
    (z,) = pass_door(tmp_path, zeile(1000, 100, 100, 3))
    assert z["unentscheidbar"] is None
    assert z["anteil_mh_max"] is None
    assert z["anteil_mh"] == 0.2


def test_small_denominator_gives_counts_but_no_share(tmp_path: Path) -> None:
    (z,) = pass_door(tmp_path, zeile(99, 20, 20), nenner=100)
    assert (z["personen_mit_mh"], z["anteil_mh"], z["status"]) == (40, None, "zu_klein")


def test_empty_cell_has_no_share_and_says_why(tmp_path: Path) -> None:
    (z,) = pass_door(tmp_path, zeile(0, 0, 0))
    assert (z["einwohner"], z["anteil_mh"], z["status"]) == (0, None, "nicht_bewertbar")


def test_location_quotient_is_hidden_where_the_citys_share_is_hidden(tmp_path: Path) -> None:
    zeilen = pass_door(tmp_path, zeile(1000, 500, 497, gebiet_id="00"), zeile(500, 100, 100, gebiet_id="01"))
    stadtteil = next(z for z in zeilen if z["gebiet_id"] == "01")
    assert stadtteil["lokationsquotient_mh"] is None
    assert stadtteil["anteil_mh"] == 0.4


@pytest.mark.parametrize(("unentscheidbar", "status"), [(50, "ok"), (51, "mindestwert")])
def test_a_share_that_could_be_over_five_points_higher_is_a_lower_bound(
    unentscheidbar: int, status: str, tmp_path: Path
) -> None:
    (z,) = pass_door(tmp_path, zeile(1000, 100, 100, unentscheidbar, gebiet_id="00"))
    assert (z["anteil_mh"], z["status"]) == (0.2, status)
    assert ("mindestwert" in z["hinweise"]) is (status == "mindestwert")
    # The quotient of two lower bounds is no bound of anything.
    assert (z["lokationsquotient_mh"] is None) is ("nicht_bewertbar:lokationsquotient_mh" in z["hinweise"])
    assert (z["lokationsquotient_mh"] is None) is (status == "mindestwert")


def test_no_code_of_a_hidden_row_is_told_from_a_hidden_number(tmp_path: Path) -> None:
    """The town's share of a sex and age is 0, the district's row is hidden: its codes must not say so."""

    def codes(mh: int) -> list[str]:
        stadt = zeile(1000, 0, mh, gebiet_id="00")
        return next(z for z in pass_door(tmp_path, stadt, zeile(3, 0, 0)) if z["gebiet_id"] == "01")["hinweise"]

    assert codes(0) == codes(100)


def test_towns_without_any_delivery_are_not_called_too_small(tmp_path: Path) -> None:
    druck = {"einwohner": 92800, "personen_mit_mh": 33800, "kennzeichen": []}
    leer = {"gebiet_id": "02", "kennzeichen": []}
    ratingen, erkrath = pass_door(tmp_path, nenner=100, tabelle=(druck, leer))
    assert (erkrath["status"], erkrath["hinweise"]) == ("keine_daten", ["keine_daten"])
    assert "zu_klein" not in ratingen["hinweise"]
    assert "keine_daten:lokationsquotient_mh" in ratingen["hinweise"]


def test_a_printed_share_without_counts_was_rounded_by_its_source_not_by_us(tmp_path: Path) -> None:
    (z,) = pass_door(tmp_path, tabelle=({"anteil_mh_gedruckt": 0.25, "kennzeichen": []},))
    assert (z["anteil_mh"], z["status"]) == (0.25, "ok")
    assert "quelle_gerundet" in z["hinweise"]
    assert "gerundet" not in z["hinweise"]


@pytest.mark.parametrize(
    ("gedruckt", "stellen", "anteil", "gerechnet"),
    [
        (0.342, 1, 0.342, 0.3), (0.30, 1, 0.3, None), (0.3, 0, 0.3, None), (0.304, 1, 0.304, 0.3), (0.304, 0, 0.3, None),
        (None, None, 0.3, None),
    ],
)  # fmt: skip
def test_a_printed_share_that_does_not_follow_from_its_counts_stays_printed(
    tmp_path: Path, gedruckt: float | None, stellen: int | None, anteil: float, gerechnet: float | None
) -> None:
    """34.2 % printed of the assigned population, 300 of 1,000 inhabitants beside it: the town's own figure is not replaced."""
    druck = {"einwohner": 1000, "personen_mit_mh": 300, "anteil_mh_gedruckt": gedruckt, "anteil_mh_stellen": stellen}
    (z,) = pass_door(tmp_path, tabelle=(druck | {"kennzeichen": []},))
    assert (z["anteil_mh"], z["anteil_mh_gerechnet"]) == (anteil, gerechnet)
    assert ("gedruckt_weicht_ab" in z["hinweise"]) is (gerechnet is not None)
    assert z["status"] == "ok"


def test_published_table_is_not_suppressed_again_but_an_internal_one_is(tmp_path: Path) -> None:
    druck = {"einwohner": 50, "auslaender": 2, "personen_mit_mh": 12}
    tabelle = ({**druck, "veroeffentlicht": True}, {**druck, "gebiet_id": "02", "veroeffentlicht": False})
    offen, intern = pass_door(tmp_path, tabelle=tabelle)
    assert (offen["auslaender"], offen["personen_mit_mh"], offen["fundstelle"]) == (2, 12, "Blatt!A1")
    assert offen["unentscheidbar"] is None
    assert "nicht_erhoben" in offen["hinweise"]
    assert intern["auslaender"] is None


ZEILE = st.tuples(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40), st.integers(0, 8))


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ZEILE, min_size=20, max_size=20))
def test_no_small_count_can_be_recalculated_from_its_row(
    tmp_path: Path, zeilen: list[tuple[int, int, int, int]]
) -> None:
    """Whatever of a row is published, no hidden count follows from it by addition or from a share."""
    gezeigt = pass_door(
        tmp_path,
        *(
            zeile(auslaender + deutsche + ohne + offen, auslaender, deutsche, offen, gebiet_id=f"{n:02d}")
            for n, (auslaender, deutsche, ohne, offen) in enumerate(zeilen)
        ),
    )
    assert len(gezeigt) == len(zeilen)
    for z in gezeigt:
        a, d, m = z["auslaender"], z["deutsche_mit_mh"], z["personen_mit_mh"]
        assert [w for w in (a, d, m, z["einwohner"], z["unentscheidbar"]) if w is not None and 0 < w < 5] == []
        assert sum(w is None for w in (a, d, m)) != 1, "two of three would give the third"
        assert (z["anteil_auslaender"] is None) >= (a is None)
        assert (z["anteil_mh"] is None) >= (m is None)
        if z["unentscheidbar"] is None:
            assert z["anteil_mh_max"] is None
        if m is not None and z["einwohner"] is not None:
            assert not 0 < z["einwohner"] - m < 5


def staaten(ordner: Path, *zeilen: dict[str, Any], **umfang: Any) -> list[dict[str, Any]]:
    ablage = Ablage(ordner).create_folders()
    lay(ablage, "stamm.kommune", {"ags": "00"})
    lay_umfang(ablage, **umfang)
    stichtage = sorted({z.get("stichtag", STICHTAG) for z in zeilen})
    lay(ablage, "eingang.lieferung", *({**LIEFERUNG, "stichtag": s} for s in stichtage))
    TUER["bestand"].write(ablage)
    lay(ablage, "bevoelkerung.staatsangehoerigkeit", *zeilen)
    lay(ablage, "stamm.muster", {"muster": "*-06-30"})
    lay(ablage, "bevoelkerung.tabellenwert")
    decide(ablage)
    TUER["staatsangehoerigkeit"].write(ablage)
    return read(ablage, "geheimhaltung.staatsangehoerigkeit")


def test_rare_nationality_is_never_named(tmp_path: Path) -> None:
    werte = {"insgesamt": 1000, "000": 900, "163": 80, "475": 11, "287": 4, "291": 5}
    ergebnis = staaten(tmp_path, *({"gebiet_id": "00", "staat": s, "personen": n} for s, n in werte.items()))
    je_staat = {z["staat"]: z for z in ergebnis}
    # All but one nationality and the total would give the last one: the next smallest is told with it.
    assert set(je_staat) == {"insgesamt", "000", "163", "475", "uebrige"}
    assert (je_staat["uebrige"]["personen"], je_staat["uebrige"]["status"]) == (9, "ok")
    assert (je_staat["163"]["rang"], je_staat["475"]["rang"], je_staat["000"]["rang"]) == (1, 2, None)
    assert je_staat["163"]["anteil"] == 0.08


def test_nationality_of_enough_persons_is_named(tmp_path: Path) -> None:
    werte = {"insgesamt": 1046, "000": 900, "163": 80, "998": 50, "475": 11, "291": 5}
    ergebnis = staaten(tmp_path, *({"gebiet_id": "00", "staat": s, "personen": n} for s, n in werte.items()))
    assert {z["staat"]: z["personen"] for z in ergebnis} == werte
    assert {z["staat"]: z["rang"] for z in ergebnis} == {
        "insgesamt": None, "000": None, "163": 1, "998": None, "475": 2, "291": 3,
    }, "persons of no known state have no rank"  # fmt: skip
    assert {z["rang_bezug"] for z in ergebnis} == {"alle", None}


def test_name_that_is_rare_at_one_stichtag_is_named_at_none(tmp_path: Path) -> None:
    """A name that comes or goes would tell: at least five at this Stichtag, at most four at that."""
    damals = {"insgesamt": 995, "000": 904, "163": 80, "475": 11}
    heute = {"insgesamt": 995, "000": 884, "163": 80, "475": 11, "291": 20}
    ergebnis = staaten(
        tmp_path,
        *({"gebiet_id": "00", "staat": s, "personen": n, "stichtag": date(2020, 6, 30)} for s, n in damals.items()),
        *({"gebiet_id": "00", "staat": s, "personen": n} for s, n in heute.items()),
    )
    je_stichtag = {s: {z["staat"] for z in ergebnis if z["stichtag"] == s} for s in (date(2020, 6, 30), STICHTAG)}
    assert je_stichtag[STICHTAG] == {"insgesamt", "000", "163", "475", "uebrige"}
    assert je_stichtag[date(2020, 6, 30)] == {"insgesamt", "000", "163", "475"}


def test_nationalities_by_sex_are_told_only_where_women_and_men_are_enough(tmp_path: Path) -> None:
    zahlen = {"insgesamt": (500, 500), "000": (450, 450), "163": (45, 46), "475": (5, 4)}
    ergebnis = staaten(
        tmp_path,
        *({"gebiet_id": "00", "staat": s, "geschlecht": g, "personen": n}
          for s, (m, w) in zahlen.items() for g, n in (("m", m), ("w", w), ("insgesamt", m + w))),
    )  # fmt: skip
    je_geschlecht = {g: {z["staat"] for z in ergebnis if z["geschlecht"] == g} for g in ("m", "w", "insgesamt")}
    assert je_geschlecht["insgesamt"] == {"insgesamt", "000", "163", "475"}
    assert je_geschlecht["m"] == je_geschlecht["w"] == {"insgesamt", "163"}


def test_areas_tell_the_largest_nationalities_only(tmp_path: Path) -> None:
    ergebnis = staaten(
        tmp_path,
        *({"gebiet_id": g, "staat": s, "personen": n} for g in ("00", "01")
          for s, n in (("insgesamt", 1000), ("000", 800), ("163", 120), ("475", 50), ("291", 30))),
        staaten_je_gebiet=2,
    )  # fmt: skip
    assert {z["staat"] for z in ergebnis if z["gebiet_id"] == "00"} == {"insgesamt", "000", "163", "475", "291"}
    assert {z["staat"] for z in ergebnis if z["gebiet_id"] == "01"} == {"insgesamt", "163", "475"}


@pytest.mark.parametrize(("ohne_angabe", "staaten_der_stadt"), [(29, {"insgesamt", "000", "163"}),
                                                                 (30, {"insgesamt", "000", "163", "999"})])  # fmt: skip
def test_few_of_no_known_nationality_are_told_with_the_germans(
    ohne_angabe: int, staaten_der_stadt: set[str], tmp_path: Path
) -> None:
    werte = {"insgesamt": 980 + ohne_angabe, "000": 900, "163": 80, "999": ohne_angabe}
    ergebnis = staaten(
        tmp_path, *({"gebiet_id": "00", "staat": s, "personen": n} for s, n in werte.items()), mindestzeile=30
    )
    je_staat = {z["staat"]: z for z in ergebnis}
    assert {*je_staat} == staaten_der_stadt
    zusammen = "999" not in staaten_der_stadt
    assert (je_staat["000"]["personen"], je_staat["000"]["mit_ohne_angabe"]) == (
        (929, True) if zusammen else (900, False)
    )


def test_shown_nationality_of_hidden_inhabitants_is_no_hidden_figure(tmp_path: Path) -> None:
    """The status is that of the count; that its share is hidden, is said of the share."""
    ergebnis = staaten(
        tmp_path,
        *({"gebiet_id": "00", "staat": s, "personen": n} for s, n in (("insgesamt", 500), ("000", 420), ("163", 80))),
        {"gebiet_id": "01", "staat": "163", "personen": 0}, {"gebiet_id": "01", "staat": "insgesamt", "personen": 3},
    )  # fmt: skip
    (z,) = [z for z in ergebnis if z["gebiet_id"] == "01" and z["staat"] == "163"]
    assert (z["personen"], z["anteil"], z["status"], z["hinweise"]) == (0, None, "ok", ["geheim", "geheim:anteil"])


def test_protected_nationality_of_a_district_has_no_rank(tmp_path: Path) -> None:
    ergebnis = staaten(
        tmp_path,
        {"gebiet_id": "00", "staat": "163", "personen": 50}, {"gebiet_id": "00", "staat": "insgesamt", "personen": 500},
        {"gebiet_id": "01", "staat": "163", "personen": 3}, {"gebiet_id": "01", "staat": "insgesamt", "personen": 100},
    )  # fmt: skip
    (z,) = [z for z in ergebnis if z["gebiet_id"] == "01" and z["staat"] == "163"]
    assert (z["personen"], z["anteil"], z["rang"], z["status"]) == (None, None, None, "geheim")


@pytest.mark.parametrize(
    ("pruefung", "anzahl", "erwartet"),
    [
        # The inhabitants of the area »unbekannt«: only the family of cells decides what is shown of them.
        ("gebiet_unbekannt", 4, None),
        ("gebiet_unbekannt", 400, None),
        ("geburtsort_ergaenzt", 9, None),
        ("geburtsort_ergaenzt", 10, 10),
        ("pid_doppelt", 2, None),
        ("pid_doppelt", 10, 10),
    ],
)
def test_few_persons_in_an_unknown_district_are_protected_in_the_protocol_too(
    tmp_path: Path, pruefung: str, anzahl: int, erwartet: int | None
) -> None:
    ablage = Ablage(tmp_path).create_folders()
    lay(ablage, "stamm.kommune", {})
    lay(ablage, "eingang.lieferung", LIEFERUNG)
    lay(ablage, "stamm.muster", {"muster": "*-06-30"})
    TUER["bestand"].write(ablage)
    lay(ablage, "eingang.befund", {"pruefung": pruefung, "anzahl": anzahl, "schwere": "warnung"})
    TUER["befund"].write(ablage)
    assert [z["anzahl"] for z in read(ablage, "geheimhaltung.befund")] == [erwartet]
