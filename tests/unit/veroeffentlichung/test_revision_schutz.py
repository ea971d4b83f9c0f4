"""The record of corrections never puts two counts of the register side by side whose difference is a handful of persons.

Literal counts of a town with two districts, before and after. Belongs here: what is told of a correction. Does not belong here:
which releases stay readable (test_rueckzug.py).
Long because each way to tell a correction is shown on the same town before and after.
"""

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.foundation.storage import Ablage
from pipelines.veroeffentlichung.figure_state import remember_figure_state, tell_damaged_states
from pipelines.veroeffentlichung.korrektur import write_korrekturen
from pipelines.veroeffentlichung.manifest import letztes_manifest
from pipelines.veroeffentlichung.revision import write_revisionen
from pipelines.veroeffentlichung.withdraw import SCHUTZ
from schemas.tabellen.registry import VEROEFFENTLICHT
from tests.lib.literal_tables import STICHTAG, lay, read

pytestmark = pytest.mark.langsam

MH = "marts.migrationshintergrund"
MASSE = ("einwohner", "auslaender", "deutsche_mit_mh", "personen_mit_mh", "unentscheidbar")
Zaehlung = dict[str, tuple[int, int, int, int, int]]  # area → the five counts
ERSTE: Zaehlung = {"00": (1000, 200, 100, 300, 0), "01": (600, 150, 50, 200, 0), "02": (400, 50, 50, 100, 0)}


def build(
    ablage: Ablage, zahlen: Zaehlung, kennung: str, verborgen: tuple[tuple[str, str], ...] = (), profile: str = "p"
) -> None:
    """Counts as decided in the secure zone and as shown in the mart, about to be published as `kennung`."""
    lay(ablage, "stamm.kommune", {"kommune": "k", "mindestfallzahl": 5})
    lay(ablage, "stamm.veroeffentlichung", {"veroeffentlichung": kennung})
    lay(ablage, "protokoll.lieferung", {"kommune": "k", "lieferung_id": "l1", "quelle": "melderegister"},
         {"kommune": "k", "lieferung_id": "l2", "quelle": "tabelle"})  # fmt: skip
    zellen, zeilen = [], []
    for gebiet, werte in zahlen.items():
        for art, n in zip(MASSE, werte, strict=True):
            for p in profile if art not in ("einwohner", "auslaender") else "-":
                ort = {"gebiet_id": gebiet, "geschlecht": "insgesamt", "altersgruppe": "insgesamt"}
                zellen.append({"kommune": "k", "stichtag": STICHTAG, "art": art, "profil": p, **ort,
                               "a": "-", "b": "-", "c": "-", "personen": n})  # fmt: skip
        gezeigt = {m: None if (gebiet, m) in verborgen else n for m, n in zip(MASSE, werte, strict=True)}
        zeilen.append({"gebiet_id": gebiet, "profil": "p", **gezeigt})
    lay_entscheidung(ablage, zellen)
    for t in VEROEFFENTLICHT:
        if t.schema == "marts":
            lay(ablage, t.voll, *(zeilen if t.voll == MH else []))


def lay_entscheidung(ablage: Ablage, zellen: list[dict[str, Any]]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    ziel = ablage.tabelle("geheimhaltung", "entscheidung")
    ziel.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_pylist(zellen), ziel)


def publish(ablage: Ablage, kennung: str, schutz: bool = True, behalten: bool = True) -> None:
    """What lies there becomes the last publication: the file, the manifest, the counts kept in the secure zone."""
    ablage.publikation.unlink(missing_ok=True)
    with duckdb.connect(str(ablage.publikation)) as con:
        for schema, name in [(t.schema, t.name) for t in VEROEFFENTLICHT if t.schema == "marts"] + [
            ("protokoll", "lieferung"), ("protokoll", "revision"),
        ]:  # fmt: skip
            con.execute(f"create schema if not exists {schema}")
            con.execute(f"create table {schema}.{name} as from read_parquet('{ablage.tabelle(schema, name)}')")
    manifest = {"veroeffentlichung": kennung, **({"schutz": SCHUTZ} if schutz else {})}
    (ablage.marts / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    if behalten:
        remember_figure_state(ablage, kennung, ())


@pytest.fixture
def ablage(tmp_path: Path) -> Ablage:
    ablage = Ablage(tmp_path).create_folders()
    build(ablage, ERSTE, "v1")
    write_revisionen(ablage)
    publish(ablage, "v1")
    return ablage


def record(ablage: Ablage) -> list[tuple[str, str, str, str | None]]:
    """The record after comparing: key without what is always the same, column, both values."""
    write_revisionen(ablage)
    kurz = "; stichtag=2021-06-30", "; profil=p; geschlecht=insgesamt; altersgruppe=insgesamt; quelle=melderegister"
    return [
        (r["schluessel"].removeprefix("kommune=k").replace(kurz[0], "", 1).replace(kurz[1], "").lstrip("; "), r["spalte"],
         r["alt"], r["neu"])
        for r in read(ablage, "protokoll.revision")
    ]  # fmt: skip


NUR_DASS = ("", "*", "veröffentlicht", "geändert")


def mit(**aenderung: tuple[int, int, int, int, int]) -> Zaehlung:
    """The first counts with other ones of some areas, `g01=…`."""
    return ERSTE | {g.removeprefix("g"): w for g, w in aenderung.items()}


VIELE = mit(g00=(1010, 200, 100, 300, 0), g01=(610, 150, 50, 200, 0))


def test_a_correction_of_many_persons_is_told_with_both_numbers(ablage: Ablage) -> None:
    build(ablage, VIELE, "v2")
    assert record(ablage) == [
        ("gebiet_id=00", "einwohner", "1000", "1010"),
        ("gebiet_id=01", "einwohner", "600", "610"),
    ]


@pytest.mark.parametrize(
    "neu",
    [
        # One person more in one district.
        mit(g00=(1001, 200, 100, 300, 0), g01=(601, 150, 50, 200, 0)),
        # Ten more in one district, eight fewer in the other: the town differs by two.
        mit(g00=(1002, 200, 100, 300, 0), g01=(610, 150, 50, 200, 0), g02=(392, 50, 50, 100, 0)),
        # Ten more inhabitants, eight of them foreigners (with MH): the Germans are two more.
        mit(g00=(1010, 208, 100, 308, 0), g01=(610, 158, 50, 208, 0)),
        # As many with MH as without are another person each: nine foreigners left, nine came, three of those without MH.
        mit(g00=(1000, 200, 106, 303, 0), g01=(600, 150, 56, 203, 0)),
        # The undecidable became seven more, those with MH ten fewer: without MH are three more.
        mit(g00=(1000, 200, 90, 290, 7), g01=(600, 150, 40, 190, 7)),
    ],
    ids=["one_person", "the_town", "germans", "foreigners_without_mh", "without_mh"],
)
def test_where_any_difference_is_a_handful_only_that_something_changed_is_told(ablage: Ablage, neu: Zaehlung) -> None:
    build(ablage, neu, "v2")
    assert record(ablage) == [NUR_DASS]


def test_two_definitions_that_changed_by_almost_the_same_are_not_told(tmp_path: Path) -> None:
    ablage = Ablage(tmp_path).create_folders()
    build(ablage, ERSTE, "v1", profile="pq")
    write_revisionen(ablage)
    publish(ablage, "v1")
    neu = mit(g00=(1000, 200, 110, 310, 0), g01=(600, 150, 60, 210, 0))
    build(ablage, neu, "v2", profile="pq")
    assert len(record(ablage)) == 4, "both definitions changed by ten"
    zellen = read(ablage, "geheimhaltung.entscheidung")
    for z in zellen:
        if z["profil"] == "q" and z["art"] in ("personen_mit_mh", "deutsche_mit_mh") and z["gebiet_id"] in ("00", "01"):
            z["personen"] -= 2
    lay_entscheidung(ablage, zellen)
    assert record(ablage) == [NUR_DASS], "q counts eight more: two persons have MH under p only"


def test_two_shown_numbers_that_differ_by_a_handful_are_not_told_whatever_the_kept_counts_say(ablage: Ablage) -> None:
    build(ablage, ERSTE, "v2")
    lay(ablage, MH, *[z | ({"einwohner": 601} if z["gebiet_id"] == "01" else {}) for z in read(ablage, MH)])
    assert record(ablage) == [NUR_DASS]


def test_a_figure_hidden_from_now_on_is_not_told_by_the_record(ablage: Ablage) -> None:
    build(ablage, ERSTE, "v2", verborgen=(("02", "auslaender"),))
    assert record(ablage) == [NUR_DASS]


def test_a_figure_that_appears_is_still_no_correction(tmp_path: Path) -> None:
    ablage = Ablage(tmp_path).create_folders()
    build(ablage, ERSTE, "v1", verborgen=(("02", "auslaender"),))
    write_revisionen(ablage)
    publish(ablage, "v1")
    build(ablage, ERSTE, "v2")
    assert record(ablage) == []


def test_a_small_difference_to_an_earlier_release_withdraws_what_was_told_before(ablage: Ablage) -> None:
    """From v1 to v2 ten more, from v2 to v3 nine fewer: v1 and v3 differ by one person."""
    build(ablage, VIELE, "v2")
    assert len(record(ablage)) == 2
    publish(ablage, "v2")
    build(ablage, mit(g00=(1001, 200, 100, 300, 0), g01=(601, 150, 50, 200, 0)), "v3")
    assert record(ablage) == [NUR_DASS, NUR_DASS]
    assert {r["veroeffentlichung"] for r in read(ablage, "protokoll.revision")} == {"v2", "v3"}


def test_what_was_told_stays_while_nothing_small_changes(ablage: Ablage) -> None:
    build(ablage, VIELE, "v2")
    record(ablage)
    publish(ablage, "v2")
    build(ablage, VIELE, "v3")
    assert len(record(ablage)) == 2


def test_without_the_counts_of_the_last_release_nothing_is_told(ablage: Ablage) -> None:
    (ablage.intern / "zahlenstand" / "v1.parquet").unlink()
    build(ablage, VIELE, "v2")
    assert record(ablage) == [NUR_DASS]


def test_with_damaged_counts_of_any_release_nothing_is_told_and_it_is_said(ablage: Ablage) -> None:
    build(ablage, VIELE, "v2")
    publish(ablage, "v2")
    datei = ablage.intern / "zahlenstand" / "v1.parquet"
    datei.write_bytes(datei.read_bytes()[:100])
    build(ablage, mit(g00=(1101, 250, 120, 350, 0), g01=(701, 190, 70, 250, 0)), "v3")
    assert record(ablage)
    assert all(z == NUR_DASS for z in record(ablage))
    assert ["zahlenstand/v1.parquet" in m.text for m in tell_damaged_states(ablage)] == [True]


def test_the_record_of_an_unprotected_release_loses_its_numbers_of_the_register(ablage: Ablage) -> None:
    grund = {
        "tabelle": MH,
        "grund": "neue_berechnung",
        "veroeffentlichung": "v0",
        "veroeffentlichung_vorher": "u",
        "kommune": "k",
    }
    lay(ablage, "protokoll.revision",
         grund | {"schluessel": "kommune=k; …; gebiet_id=01", "spalte": "einwohner", "alt": "601", "neu": "600",
                  "lieferung_id_alt": "l1", "lieferung_id_neu": "l1"},
         grund | {"schluessel": "kommune=k; …; quelle=stadtteiltabelle", "spalte": "einwohner", "alt": "601", "neu": "600",
                  "lieferung_id_alt": "l2", "lieferung_id_neu": "l2"})  # fmt: skip
    publish(ablage, "v1", schutz=False)
    assert letztes_manifest(ablage) == {"veroeffentlichung": "v1"}
    build(ablage, ERSTE, "v2")
    assert sorted(z[1:] for z in record(ablage)) == [("*", "veröffentlicht", "geändert"), ("einwohner", "601", "600")]


def test_printed_figures_are_told_as_before(ablage: Ablage) -> None:
    for kennung, n in (("v1", 3), ("v2", 4)):
        build(ablage, ERSTE, kennung)
        lay(ablage, MH, {"gebiet_id": "01", "quelle": "stadtteiltabelle", "personen_mit_mh": n, "lieferung_id": "l2"})
        if kennung == "v1":
            publish(ablage, kennung)
    assert [z[1:] for z in record(ablage)] == [("personen_mit_mh", "3", "4")]


def test_of_the_register_a_whole_stichtag_is_marked_corrected_and_no_single_value(tmp_path: Path) -> None:
    """Which of the values changed would say where the persons live that were corrected."""
    ablage = Ablage(tmp_path).create_folders()
    lay(ablage, "stamm.kommune", {"kommune": "k"})

    def werte(eins: float, geliefert: float) -> list[dict[str, Any]]:
        geliefertes = {"quelle": "amt", "quelle_id": "amt", "indikator": "arbeit"}
        return [{"gebiet_id": "01", "wert": eins}, {"gebiet_id": "02", "wert": 10.0},
                {"gebiet_id": "01", "wert": geliefert, **geliefertes},
                {"gebiet_id": "02", "wert": 7.0, **geliefertes}]  # fmt: skip

    alt, neu = ([{"quelle_id": "melderegister"} | w for w in werte(*x)] for x in ((20.0, 5.0), (20.5, 5.5)))
    lay(ablage, "marts.indikator_zeitreihe", *[{k: v for k, v in w.items() if k != "quelle_id"} for w in alt])
    with duckdb.connect(str(ablage.publikation)) as con:
        con.execute("create schema marts")
        pfad = ablage.tabelle("marts", "indikator_zeitreihe")
        con.execute(f"create table marts.indikator_zeitreihe as from read_parquet('{pfad}')")
    lay(ablage, "geheimhaltung.indikatorwert", *[{k: v for k, v in w.items() if k != "quelle"} for w in neu])
    write_korrekturen(ablage)
    assert sorted((z["indikator"], z["gebiet_id"]) for z in read(ablage, "geheimhaltung.indikatorkorrektur")) == [
        ("arbeit", "01"), ("quote", "01"), ("quote", "02"),
    ]  # fmt: skip


TREND = "marts.indikator_trend"
REICHWEITE = "marts.massnahme_reichweite"


def lay_consequences(ablage: Ablage, verlauf: str, groesse: int) -> None:
    """What only follows from figures: the trend of a series of the register and the size of a target group."""
    lay(ablage, TREND, {"gebiet_id": "02", "verlauf": verlauf},
         {"gebiet_id": "02", "verlauf": verlauf, "indikator": "x", "quelle": "tabelle", "lieferung_id": "l2"})  # fmt: skip
    lay(
        ablage,
        REICHWEITE,
        {"massnahme_nr": "1", "stand": STICHTAG, "zielgruppe_groesse": groesse, "lieferung_id": "l3"},
    )


@pytest.mark.parametrize("verborgen", [(), (("02", "auslaender"),)], ids=["one_person", "hidden_from_now_on"])
def test_trends_and_target_groups_do_not_tell_what_the_record_withholds(
    tmp_path: Path, verborgen: tuple[tuple[str, str], ...]
) -> None:
    """A trend that is gone says its figures are hidden now and were not before; a target group of one more is a person."""
    ablage = Ablage(tmp_path).create_folders()
    build(ablage, ERSTE, "v1")
    lay_consequences(ablage, "steigend", 400)
    write_revisionen(ablage)
    publish(ablage, "v1")
    eins_mehr = mit(g00=(1001, 200, 100, 300, 0), g02=(401, 50, 50, 100, 0))
    build(ablage, ERSTE if verborgen else eins_mehr, "v2", verborgen)
    lay_consequences(ablage, "nicht_bewertbar", 401)
    for _ in range(2):
        write_revisionen(ablage)
        record = [(r["tabelle"], r["alt"], r["neu"], r["lieferung_id_alt"]) for r in read(ablage, "protokoll.revision")]
        withheld = {(t, "veröffentlicht", "geändert") for t in (TREND, REICHWEITE, MH)}
        assert {z[:3] for z in record} == {(TREND, "steigend", "nicht_bewertbar"), *withheld}
        assert len(record) == 4
        assert [z[3] for z in record if z[2] == "nicht_bewertbar"] == ["l2"], "of the delivered series only"
        publish(ablage, "v2")  # and kept like this by the next release, which changes nothing


def test_trends_and_target_groups_are_told_where_the_figures_are(tmp_path: Path) -> None:
    ablage = Ablage(tmp_path).create_folders()
    build(ablage, ERSTE, "v1")
    lay_consequences(ablage, "steigend", 400)
    write_revisionen(ablage)
    publish(ablage, "v1")
    build(ablage, VIELE, "v2")
    lay_consequences(ablage, "fallend", 410)
    assert {z[1:] for z in record(ablage)} >= {
        ("verlauf", "steigend", "fallend"),
        ("zielgruppe_groesse", "400.0", "410.0"),
    }
