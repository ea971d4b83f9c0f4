"""From the counts of two and three data states to `marts.datenstandvergleich`: what is shown, and what nobody can work out."""

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.foundation.storage import Ablage
from pipelines.steps.checks import load_checks, run_check
from tests.lib.literal_tables import ORTE, STICHTAG, lay, lay_ort, read, run_steps

STAENDE = (STICHTAG, date(2021, 9, 30), date(2021, 12, 31))
Zahlen = tuple[int, int, int]  # Germans without MH, Germans with MH, foreigners
Gebiete = dict[str, Zahlen]
Schluessel = tuple[str, date, date]
DATENSTAND = "bevoelkerung.datenstandwuerfel"
EIN_BEZIRK = {g: oben for g, (_, _, oben) in ORTE.items() if oben}
ZWEI_BEZIRKE = {
    "00": ["00"], "10": ["10", "00"], "20": ["20", "00"], "01": ["01", "10", "00"], "02": ["02", "10", "00"],
    "03": ["03", "20", "00"], "04": ["04", "20", "00"], "unbekannt": ["unbekannt", "00"],
}  # fmt: skip
GROESSEN = ("einwohner", "auslaender", "personen_mit_mh")


def _zellen(gebiete: Gebiete, profil: str = "p") -> list[dict[str, Any]]:
    arten = (("ohne", False), ("mit", False), ("mit", True))
    return [
        {"gebiet_id": g, "geschlecht": "m", "altersgruppe": "30-44", "ergebnis_mh": e, "ist_auslaender": a, "personen": n,
         "profil": profil}
        for g, zahlen in gebiete.items()
        for (e, a), n in zip(arten, zahlen, strict=True)
        if n
    ]  # fmt: skip


def pass_through(
    ordner: Path,
    *staende: Gebiete,
    versionen: tuple[str, ...] = ("1", "1", "1"),
    zwei_bezirke: bool = False,
    erfunden: str = "",
    andere: tuple[Gebiete, ...] = (),
    **kommune: Any,
) -> dict[Schluessel, dict[str, Any]]:
    """(area, earlier, later state) → published row, of the counts of one state after the other; of those under another
    definition (`andere`) with `q ` before the area."""
    ablage = Ablage(ordner).create_folders()
    lay_ort(ablage, ("auslaender", "A", "Ausländer", "mit"), **kommune)
    if zwei_bezirke:
        lay(ablage, "stamm.gebiet", *({"gebiet_id": g} for g in ZWEI_BEZIRKE))
        lay(
            ablage, "stamm.vorfahr", *({"gebiet_id": g, "vorfahr": v} for g, oben in ZWEI_BEZIRKE.items() for v in oben)
        )
    lay(
        ablage, DATENSTAND,
        *({k: w for k, w in z.items() if k != "altersgruppe"} | {"datenstand": tag, "profilversion": v}
          for profil, folge in (("p", staende), ("q", andere))
          for s, tag, v in zip(folge, STAENDE, versionen, strict=False)
          for z in _zellen(s, profil)),
    )  # fmt: skip
    lay(ablage, "bevoelkerung.wuerfel", *_zellen(staende[-1]), *(_zellen(andere[-1], "q") if andere else []))
    lay(
        ablage, "eingang.lieferung",
        *({"status": "uebernommen", "lieferung_id": f"l{n}", "datenstand": tag, "synthetisch": f"l{n}" == erfunden}
          for n, tag in enumerate(STAENDE[: len(staende)], start=1)),
    )  # fmt: skip
    run_steps(ablage, "lieferung", "bestand", "migrationshintergrund", bis="geheimhaltung")
    run_steps(ablage, "datenstand", "datenstandvergleich")
    lay(ablage, "stamm.nachmeldung", {"hoechstanteil": 1.0})
    pruefung = next(p for p in load_checks() if p.name == "kleine_zahlen_datenstand")
    assert run_check(ablage, pruefung).zeilen == []
    marts = read(ablage, "marts.datenstandvergleich")
    vor = {"p": "", "q": "q "}
    ergebnis = {(vor[z["profil"]] + z["gebiet_id"], z["datenstand_alt"], z["datenstand_neu"]): z for z in marts}
    assert len(ergebnis) == len(marts), "der Schlüssel ist nicht eindeutig"
    return ergebnis


ALT: Gebiete = {"01": (100, 40, 20), "02": (200, 50, 30)}
NEU: Gebiete = {"01": (110, 46, 20), "02": (200, 50, 40)}


@pytest.mark.parametrize(("erfunden", "beispiel"), [("", False), ("l1", True), ("l2", True)])
def test_a_difference_is_invented_if_one_of_its_states_is(tmp_path: Path, erfunden: str, beispiel: bool) -> None:
    assert {z["beispieldaten"] for z in pass_through(tmp_path, ALT, NEU, erfunden=erfunden).values()} == {beispiel}


def test_two_states_give_the_difference_of_every_area(tmp_path: Path) -> None:
    zeilen = pass_through(tmp_path, ALT, NEU)
    assert set(zeilen) == {(g, STAENDE[0], STAENDE[1]) for g in ("00", "10", "01", "02", "03")}
    nord = zeilen["01", STAENDE[0], STAENDE[1]]
    assert [nord[f"einwohner_{s}"] for s in ("alt", "neu", "differenz")] == [160, 176, 16]
    assert [nord[f"auslaender_{s}"] for s in ("alt", "neu", "differenz")] == [20, 20, 0]
    assert [nord[f"personen_mit_mh_{s}"] for s in ("alt", "neu", "differenz")] == [60, 66, 6]
    assert (nord["einwohner_aenderung"], nord["anteil_mh_alt"], nord["anteil_mh_neu"]) == (0.1, 60 / 160, 66 / 176)
    assert nord["anteil_mh_differenz"] == 66 / 176 - 60 / 160
    assert (nord["nachmeldetage"], nord["datenstand"], nord["lieferung_id"]) == (92, STAENDE[1], "l2")
    assert (nord["status"], nord["hinweise"]) == ("ok", [])
    stadt = zeilen["00", STAENDE[0], STAENDE[1]]
    assert (stadt["einwohner_alt"], stadt["einwohner_neu"], stadt["einwohner_differenz"]) == (440, 466, 26)
    leer = zeilen["03", STAENDE[0], STAENDE[1]]
    assert (leer["einwohner_alt"], leer["einwohner_differenz"], leer["status"]) == (0, 0, "nicht_bewertbar")


@pytest.mark.parametrize(("mehr", "gezeigt"), [(16, True), (17, False), (20, False), (21, True)])
def test_what_two_definitions_changed_by_does_not_tell_on_whom_they_differ(
    mehr: int, gezeigt: bool, tmp_path: Path
) -> None:
    """Nord has 16 more with MH under p; under q as many, one more, four more, five more: the main definition stays."""
    alt, neu = {"01": (300, 40, 20), "02": (300, 50, 30)}, {"01": (350, 56, 20), "02": (340, 90, 30)}
    q_alt, q_neu = {"01": (300, 40, 20), "02": (300, 50, 30)}, {"01": (366 - mehr, 40 + mehr, 20), "02": (340, 90, 30)}
    zeilen = pass_through(tmp_path, alt, neu, andere=(q_alt, q_neu))
    nord, q_nord = (zeilen[f"{vor}01", STAENDE[0], STAENDE[1]] for vor in ("", "q "))
    assert nord["personen_mit_mh_differenz"] == 16
    assert q_nord["personen_mit_mh_differenz"] == (mehr if gezeigt else None)
    assert (q_nord["personen_mit_mh_alt"] is None) == (not gezeigt)


def test_a_single_data_state_has_nothing_to_be_compared_with(tmp_path: Path) -> None:
    assert pass_through(tmp_path, NEU) == {}


def test_three_states_are_compared_one_after_the_other_and_first_with_last(tmp_path: Path) -> None:
    zeilen = pass_through(tmp_path, ALT, NEU, {"01": (120, 60, 20), "02": (200, 50, 40)})
    paare = {(alt, neu): z["einwohner_differenz"] for (g, alt, neu), z in zeilen.items() if g == "01"}
    assert paare == {STAENDE[:2]: 16, STAENDE[1:]: 24, (STAENDE[0], STAENDE[2]): 40}
    assert {z["lieferung_id"] for (_, _, neu), z in zeilen.items() if neu == STAENDE[1]} == {"l2"}


@pytest.mark.parametrize(("mehr", "gezeigt"), [(0, True), (1, False), (4, False), (5, True)])
def test_a_difference_of_a_handful_is_hidden_with_the_earlier_count(mehr: int, gezeigt: bool, tmp_path: Path) -> None:
    neu = {"01": (100 + mehr, 40, 20), "02": (230, 50, 30)}
    zeilen = pass_through(tmp_path, ALT, neu)
    nord = zeilen["01", STAENDE[0], STAENDE[1]]
    assert nord["einwohner_neu"] == 160 + mehr, "die spätere Zahl steht in marts.migrationshintergrund"
    assert nord["einwohner_differenz"] == (mehr if gezeigt else None)
    assert nord["einwohner_alt"] == (160 if gezeigt else None)
    assert (nord["einwohner_aenderung"] is None, nord["anteil_mh_alt"] is None) == (not gezeigt, not gezeigt)
    assert nord["status"] == ("ok" if gezeigt else "geheim")


def test_counts_of_a_row_do_not_give_each_other_away(tmp_path: Path) -> None:
    # Ten more inhabitants, nine of them foreigners: one German; six of ten with MH: four without.
    zeilen = pass_through(tmp_path, ALT, {"01": (101, 40, 29), "02": (210, 60, 40)})
    nord = zeilen["01", STAENDE[0], STAENDE[1]]
    assert nord["einwohner_differenz"] == 10
    assert (nord["auslaender_alt"], nord["auslaender_differenz"]) == (None, None)
    assert (nord["personen_mit_mh_alt"], nord["anteil_mh_alt"], nord["anteil_mh_differenz"]) == (None, None, None)
    assert nord["anteil_mh_neu"] == 69 / 170
    # One German with MH more: the foreigners' difference and that of persons with MH would show it.
    zeilen = pass_through(tmp_path / "z", ALT, {"01": (110, 41, 30), "02": (210, 60, 40)})
    nord = zeilen["01", STAENDE[0], STAENDE[1]]
    assert (nord["auslaender_differenz"], nord["personen_mit_mh_differenz"]) == (10, None)


def test_the_only_hidden_district_takes_the_next_smallest_difference_with_it(tmp_path: Path) -> None:
    alt = {"01": (300, 0, 0), "02": (300, 0, 0), "03": (300, 0, 0)}
    neu = {"01": (302, 0, 0), "02": (320, 0, 0), "03": (309, 0, 0)}
    zeilen = pass_through(tmp_path, alt, neu)
    gezeigt = {g: z["einwohner_differenz"] for (g, _, _), z in zeilen.items()}
    assert gezeigt == {"00": 31, "10": 31, "01": None, "02": 20, "03": None}
    assert {g: z["status"] for (g, _, _), z in zeilen.items()} == {
        "00": "ok", "10": "ok", "01": "geheim", "02": "ok", "03": "geheim",
    }  # fmt: skip


def test_a_hidden_sum_takes_one_of_its_parts_with_it(tmp_path: Path) -> None:
    # The Bezirk and with it the town change by 2.
    zeilen = pass_through(tmp_path, {"01": (300, 0, 0), "02": (300, 0, 0)}, {"01": (320, 0, 0), "02": (282, 0, 0)})
    gezeigt = {g: z["einwohner_differenz"] for (g, _, _), z in zeilen.items()}
    assert gezeigt == {"00": None, "10": None, "01": 20, "02": None, "03": 0}


def test_where_that_would_leave_another_sum_with_one_only_the_municipality_is_compared(tmp_path: Path) -> None:
    alt = dict.fromkeys(("01", "02", "03", "04"), (300, 0, 0))
    neu = {"01": (320, 0, 0), "02": (282, 0, 0), "03": (330, 0, 0), "04": (340, 0, 0)}
    zeilen = pass_through(tmp_path, alt, neu, zwei_bezirke=True)
    gezeigt = {g: z["einwohner_differenz"] for (g, _, _), z in zeilen.items()}
    assert gezeigt == {"00": 72, "10": None, "20": None, "01": None, "02": None, "03": None, "04": None}


def test_small_count_hides_the_row_in_both_states(tmp_path: Path) -> None:
    zeilen = pass_through(tmp_path, ALT | {"03": (3, 0, 0)}, NEU | {"03": (30, 0, 0)})
    assert zeilen["03", STAENDE[0], STAENDE[1]]["einwohner_alt"] is None
    zeilen = pass_through(tmp_path / "z", ALT | {"03": (30, 0, 0)}, NEU | {"03": (3, 0, 0)})
    leer = zeilen["03", STAENDE[0], STAENDE[1]]
    assert (leer["einwohner_alt"], leer["einwohner_neu"], leer["einwohner_differenz"]) == (None, None, None)


def test_counts_under_another_version_of_the_definition_are_not_compared(tmp_path: Path) -> None:
    zeilen = pass_through(tmp_path, ALT, NEU, versionen=("1", "2"))
    nord = zeilen["01", STAENDE[0], STAENDE[1]]
    assert (nord["einwohner_differenz"], nord["personen_mit_mh_alt"], nord["personen_mit_mh_neu"]) == (16, None, 66)
    assert (nord["profilversion"], nord["status"], nord["hinweise"]) == ("2", "bruch", ["bruch"])


def test_an_area_that_no_longer_exists_counts_as_unknown(tmp_path: Path) -> None:
    zeilen = pass_through(tmp_path, {"01": (100, 40, 20), "99": (200, 50, 30)}, NEU)
    assert zeilen["00", STAENDE[0], STAENDE[1]]["einwohner_alt"] == 440
    assert zeilen["unbekannt", STAENDE[0], STAENDE[1]]["einwohner_alt"] == 280
    assert zeilen["unbekannt", STAENDE[0], STAENDE[1]]["einwohner_neu"] == 0


def test_a_small_denominator_gives_counts_without_shares(tmp_path: Path) -> None:
    nord = pass_through(tmp_path, ALT, NEU, mindestnenner=170)["01", STAENDE[0], STAENDE[1]]
    assert (nord["einwohner_differenz"], nord["einwohner_aenderung"], nord["anteil_mh_alt"]) == (16, None, None)
    assert (nord["anteil_mh_neu"], nord["status"]) == (66 / 176, "zu_klein")


_BLAETTER = ("01", "02", "03", "04", "unbekannt")


def _staende() -> st.SearchStrategy[list[Gebiete]]:
    zahlen = st.tuples(*[st.integers(20, 40)] * 3)
    stand = st.fixed_dictionaries(dict.fromkeys(_BLAETTER, zahlen))
    aenderung = st.fixed_dictionaries(dict.fromkeys(_BLAETTER, st.tuples(*[st.sampled_from((0, 0, 1, -2, 5, 9))] * 3)))

    def folge(erster: Gebiete, schritte: list[Gebiete]) -> list[Gebiete]:
        staende = [erster]
        for s in schritte:
            neu = {g: tuple(a + b for a, b in zip(staende[-1][g], s[g], strict=True)) for g in s}
            staende.append(neu)  # type: ignore[arg-type]
        return staende

    return st.builds(folge, stand, st.lists(aenderung, min_size=1, max_size=2))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(staende=_staende(), zwei_bezirke=st.booleans())
def test_no_small_difference_follows_from_everything_published(
    staende: list[Gebiete], zwei_bezirke: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever is hidden of an earlier state does not follow from what is shown of it and the sums of areas."""
    oben = ZWEI_BEZIRKE if zwei_bezirke else EIN_BEZIRK
    staende = [{g: z for g, z in s.items() if g in oben} for s in staende]
    zeilen = pass_through(tmp_path_factory.mktemp("h"), *staende, zwei_bezirke=zwei_bezirke)
    blaetter = [g for g in _BLAETTER if g in oben]
    summen = {g: [b in blaetter and g in oben[b] for b in blaetter] for g in oben}
    teile = {"einwohner": (0, 1, 2), "auslaender": (2,), "personen_mit_mh": (1, 2)}
    for tag, stand in zip(STAENDE, staende[:-1], strict=False):
        for groesse in GROESSEN:
            gezeigt = {
                ort
                for (ort, alt, neu), z in zeilen.items()
                for seite, wann in (("alt", alt), ("neu", neu))
                if wann == tag and z[f"{groesse}_{seite}"] is not None
            }
            matrix = np.array([summen[g] for g in summen if g in gezeigt], dtype=float).reshape(-1, len(blaetter))
            rang = np.linalg.matrix_rank(matrix) if gezeigt else 0
            for g, zeile in summen.items():
                folgt = np.linalg.matrix_rank(np.vstack([matrix, np.array([zeile], dtype=float)])) == rang
                unterschied = sum(
                    staende[-1][b][i] - stand[b][i]
                    for b, dabei in zip(blaetter, zeile, strict=True)
                    if dabei
                    for i in teile[groesse]
                )
                assert not (folgt and 0 < abs(unterschied) < 5), (groesse, g, tag, gezeigt)
