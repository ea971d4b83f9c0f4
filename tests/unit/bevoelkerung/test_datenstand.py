"""Several extracts of one Stichtag: which is shown, what the others leave behind, and what happens when one goes away."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pipelines.bevoelkerung.auszuege import ingest_auszuege
from pipelines.bevoelkerung.datenstand import gestellter_datenstand
from pipelines.bevoelkerung.partition import count_partition
from pipelines.eingang.lieferung.record import saetze
from pipelines.foundation.storage import Ablage
from pipelines.refresh.news import neuigkeiten
from pipelines.refresh.outcome import offene_meldungen
from pipelines.stamm.kommune import load_all
from pipelines.stamm.tables.write import write_stamm
from tests.conftest import auszugstext, einwohnerschaft, person
from tests.lib.literal_tables import lay, read, run_steps

JUNI, SEPTEMBER, DEZEMBER = date(2021, 6, 30), date(2021, 9, 30), date(2021, 12, 31)
P = "kleinstadt_2021-06-30"
STADT = "05999001"
FRUEH, SPAET, SPAETER = "2021-06-30.csv", "2021-06-30_stand_2021-09-30.csv", "2021-06-30_stand_2021-12-31.csv"


@pytest.fixture
def ablage(kleinstadt: Path) -> Ablage:
    ablage = Ablage(kleinstadt.parents[1]).create_folders()
    write_stamm(ablage, list(load_all(ablage)[0].values()))
    return ablage


def store(ablage: Ablage, name: str, nachgemeldet: int) -> Path:
    """An extract of 3,000 persons, 1,000 a district, and of Germans in district 01 who were registered late."""
    pfad = ablage.roh / "kleinstadt" / "melderegister" / name
    pfad.parent.mkdir(parents=True, exist_ok=True)
    pfad.write_bytes(extract(nachgemeldet))
    return pfad


@cache
def extract(nachgemeldet: int) -> bytes:
    return auszugstext([*einwohnerschaft(3_000), *(person(5_000 + n) for n in range(nachgemeldet))]).encode()


def work(ablage: Ablage) -> int:
    """What a refresh does with register extracts, without Dagster; returns how much there was to do."""
    neu = neuigkeiten(ablage)
    kommune = neu.kommunen["kleinstadt"]
    partitionen = {li.partition for li in neu.neu}
    for partition in partitionen:
        e = ingest_auszuege(ablage, kommune, [li for li in neu.alle if li.partition == partition])
        assert e.befunde == []
        if e.gestellt:
            count_partition(ablage, kommune, partition.removeprefix("kleinstadt_"))
    for partition in neu.nur_zaehlen:
        count_partition(ablage, kommune, partition.removeprefix("kleinstadt_"))
    return len(partitionen) + len(neu.nur_zaehlen)


def veroeffentlicht(ablage: Ablage) -> tuple[int, date, list[tuple[str, str, int, int, int]]]:
    """(inhabitants shown for the town, their data state, comparisons of the town under one definition)."""
    for name in ("bevoelkerung.stadtteiltabelle", "bevoelkerung.tabellenwert"):
        lay(ablage, name)
    run_steps(ablage, "lieferung", "bestand", "migrationshintergrund", "datenstand", "datenstandvergleich")
    mh = read(ablage, "marts.migrationshintergrund")
    korn = ("gebiet_id", "profil", "geschlecht", "altersgruppe", "stichtag", "quelle")
    assert len({tuple(z[s] for s in korn) for z in mh}) == len(mh), "ein Wert steht doppelt da"
    (stadt,) = (z for z in mh if [z[s] for s in korn[:4]] == [STADT, "luenen_2021", "insgesamt", "insgesamt"])
    compare = [
        (str(z["datenstand_alt"]), str(z["datenstand_neu"]), z["einwohner_alt"], z["einwohner_neu"], z["einwohner_differenz"])
        for z in read(ablage, "marts.datenstandvergleich")
        if (z["gebiet_id"], z["profil"]) == (STADT, "luenen_2021")
    ]  # fmt: skip
    return stadt["einwohner"], stadt["datenstand"], compare


def personendateien(ablage: Ablage) -> dict[str, int]:
    """Every file of the secure zone that holds persons or rejected rows, with its rows."""
    import pyarrow.parquet as pq

    dateien = [d for s in ("eingang", "abgewiesen") for d in (ablage.intern / s / "melderegister").glob("*")]
    return {f"{d.parents[1].name}/{d.name}": pq.read_metadata(d).num_rows for d in [*dateien, *ablage.tmp.rglob("*.*")]}


def staende(ablage: Ablage) -> list[str]:
    return sorted(d.stem.removeprefix(f"{P}_stand_") for d in ablage.quelle("bevoelkerung", "datenstandwuerfel"))


VERGLEICH = ("2021-06-30", "2021-09-30", 3_000, 3_010, 10)


def test_two_extracts_at_once_show_the_later_and_compare_both(ablage: Ablage) -> None:
    store(ablage, FRUEH, 0)
    store(ablage, SPAET, 10)
    assert work(ablage) == 1
    assert veroeffentlicht(ablage) == (3_010, SEPTEMBER, [VERGLEICH])
    assert {(z["datei"], z["datenstand"], z["status"], z["zeilen_uebernommen"]) for z in saetze(ablage)} == {
        (f"melderegister/{FRUEH}", JUNI, "uebernommen", 3_000), (f"melderegister/{SPAET}", SEPTEMBER, "uebernommen", 3_010),
    }  # fmt: skip


def test_persons_of_the_earlier_extract_are_gone_after_counting(ablage: Ablage) -> None:
    store(ablage, FRUEH, 0)
    store(ablage, SPAET, 10)
    work(ablage)
    assert personendateien(ablage) == {f"eingang/{P}.parquet": 3_010, f"abgewiesen/{P}.parquet": 0}
    assert gestellter_datenstand(ablage, P) == SEPTEMBER


def test_a_later_extract_arriving_months_later_gives_the_same(ablage: Ablage) -> None:
    store(ablage, FRUEH, 0)
    work(ablage)
    assert veroeffentlicht(ablage) == (3_000, JUNI, [])
    store(ablage, SPAET, 10)
    work(ablage)
    assert veroeffentlicht(ablage) == (3_010, SEPTEMBER, [VERGLEICH])
    assert personendateien(ablage)[f"eingang/{P}.parquet"] == 3_010


def test_an_earlier_extract_arriving_after_the_later_one_is_only_counted(ablage: Ablage) -> None:
    store(ablage, SPAET, 10)
    work(ablage)
    store(ablage, FRUEH, 0)
    work(ablage)
    assert veroeffentlicht(ablage) == (3_010, SEPTEMBER, [VERGLEICH])
    assert personendateien(ablage)[f"eingang/{P}.parquet"] == 3_010


def test_a_second_refresh_has_nothing_to_do(ablage: Ablage) -> None:
    store(ablage, FRUEH, 0)
    store(ablage, SPAET, 10)
    assert work(ablage) == 1
    assert work(ablage) == 0


def test_the_comparison_stays_when_the_earlier_file_is_deleted(ablage: Ablage) -> None:
    frueh = store(ablage, FRUEH, 0)
    work(ablage)
    frueh.unlink()
    assert work(ablage) == 0
    store(ablage, SPAET, 10)
    work(ablage)
    assert veroeffentlicht(ablage) == (3_010, SEPTEMBER, [VERGLEICH])


def test_the_earlier_state_is_shown_again_when_the_later_file_is_deleted_and_the_other_way_round(
    ablage: Ablage,
) -> None:
    store(ablage, FRUEH, 0)
    spaet = store(ablage, SPAET, 10)
    work(ablage)
    spaet.unlink()
    assert work(ablage) == 1
    assert veroeffentlicht(ablage) == (3_000, JUNI, [])
    assert {z["datei"]: z["status"] for z in saetze(ablage)}[f"melderegister/{SPAET}"] == "zurueckgezogen"
    assert personendateien(ablage)[f"eingang/{P}.parquet"] == 3_000
    assert work(ablage) == 0
    store(ablage, SPAET, 10)
    assert work(ablage) == 1
    assert veroeffentlicht(ablage) == (3_010, SEPTEMBER, [VERGLEICH])


def test_deleting_all_files_after_reading_keeps_what_was_read(ablage: Ablage) -> None:
    dateien = [store(ablage, FRUEH, 0), store(ablage, SPAET, 10)]
    work(ablage)
    for datei in dateien:
        datei.unlink()
    assert work(ablage) == 0
    assert veroeffentlicht(ablage) == (3_010, SEPTEMBER, [VERGLEICH])


def test_three_extracts_are_compared_in_turn_and_first_with_last(ablage: Ablage) -> None:
    for name, mehr in ((FRUEH, 0), (SPAET, 10), (SPAETER, 30)):
        store(ablage, name, mehr)
    work(ablage)
    einwohner, stand, compare = veroeffentlicht(ablage)
    assert (einwohner, stand) == (3_030, DEZEMBER)
    assert compare == [
        VERGLEICH, ("2021-06-30", "2021-12-31", 3_000, 3_030, 30), ("2021-09-30", "2021-12-31", 3_010, 3_030, 20),
    ]  # fmt: skip


def test_a_refused_later_extract_leaves_the_earlier_one_shown(ablage: Ablage) -> None:
    store(ablage, FRUEH, 0)
    spaet = store(ablage, SPAET, 10)
    spaet.write_text(auszugstext(einwohnerschaft(3_000))[:-30], encoding="utf-8")
    work(ablage)
    assert veroeffentlicht(ablage) == (3_000, JUNI, [])
    assert "abgeschnitten" in " ".join(offene_meldungen(ablage, neuigkeiten(ablage)).meldungen)
    assert work(ablage) == 0


def test_a_later_extract_replaced_by_a_broken_one_keeps_its_last_good_state(ablage: Ablage) -> None:
    store(ablage, FRUEH, 0)
    spaet = store(ablage, SPAET, 10)
    work(ablage)
    spaet.write_text(auszugstext(einwohnerschaft(3_000))[:-30], encoding="utf-8")
    work(ablage)
    assert veroeffentlicht(ablage) == (3_010, SEPTEMBER, [VERGLEICH])
    assert work(ablage) == 0


def test_a_refused_earlier_extract_is_a_warning_and_stops_nothing(ablage: Ablage) -> None:
    store(ablage, FRUEH, 0).write_text("pid;name\n1;Müller\n", encoding="utf-8")
    store(ablage, SPAET, 10)
    work(ablage)
    assert veroeffentlicht(ablage) == (3_010, SEPTEMBER, [])
    offen = offene_meldungen(ablage, neuigkeiten(ablage))
    assert all(FRUEH not in m for m in offen.meldungen)
    assert any(FRUEH in w and "überholt" in w for w in offen.warnungen)
    assert work(ablage) == 0


def test_an_interrupted_count_of_an_earlier_extract_is_made_up_for(ablage: Ablage, monkeypatch: Any) -> None:
    store(ablage, FRUEH, 0)
    store(ablage, SPAET, 10)

    def abbruch(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("pipelines.bevoelkerung.auszuege.count_stand", abbruch)
    with pytest.raises(KeyboardInterrupt):
        work(ablage)
    assert personendateien(ablage)[f"eingang/{P}.parquet"] == 3_010, "nur der gezeigte Auszug liegt noch da"
    assert list(ablage.tmp.glob("frueher-*")) == []
    monkeypatch.undo()
    assert work(ablage) == 1
    assert veroeffentlicht(ablage) == (3_010, SEPTEMBER, [VERGLEICH])
    assert staende(ablage) == ["2021-06-30", "2021-09-30"]
