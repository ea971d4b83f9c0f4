"""Rounding and Cell-Key in place of hiding: what the doors show then."""

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.bevoelkerung.count import count
from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.foundation.storage import Ablage
from pipelines.geheimhaltung.cell_keys import BEREICH, read_cell_keys
from pipelines.geheimhaltung.entscheidung import write_entscheidungen
from pipelines.geheimhaltung.methods import Verfahren, auf_vielfaches, gezeigte
from pipelines.geheimhaltung.system import Schluessel, Tafel
from pipelines.stamm.kommune import load_kommune
from pipelines.stamm.tables.write import write_stamm
from pipelines.steps.sql_step import sql_steps
from tests.conftest import create_kleinstadt, einwohnerschaft
from tests.lib.literal_tables import decide, lay, lay_empty, read
from tests.spec.definitionen.hilfe import deliver

SCHRITTE = {(s.schema, s.name): s for s in sql_steps()}
STICHTAG = date(2021, 6, 30)
RUNDUNG = {"verfahren": "rundung", "rundung": 5, "hoechstfehler": 2}


@pytest.mark.parametrize(
    ("anzahl", "auf_3", "auf_5", "auf_10"),
    [
        (0, 0, 0, 0),
        (1, 0, 0, 0),
        (2, 3, 0, 0),
        (3, 3, 5, 0),
        (5, 6, 5, 10),
        (7, 6, 5, 10),
        (8, 9, 10, 10),
        (14, 15, 15, 10),
    ],
)
def test_counts_go_to_the_nearest_multiple_and_halves_go_up(anzahl: int, auf_3: int, auf_5: int, auf_10: int) -> None:
    assert [auf_vielfaches(anzahl, basis) for basis in (3, 5, 10)] == [auf_3, auf_5, auf_10]


def zeile(gebiet: str, einwohner: int, auslaender: int, deutsche: int) -> dict[str, Any]:
    return {"gebiet_id": gebiet, "einwohner": einwohner, "auslaender": auslaender, "deutsche_mit_mh": deutsche,
            "personen_mit_mh": auslaender + deutsche, "unentscheidbar": 0}  # fmt: skip


def pass_door(ordner: Path, *zeilen: dict[str, Any], tabelle: tuple[dict[str, Any], ...] = (), **kommune: Any) -> Any:
    ablage = Ablage(ordner).create_folders()
    lay(ablage, "stamm.kommune", {"ags": "00", "mindestnenner": 100, **kommune})
    lay(ablage, "stamm.muster", {"muster": "*-06-30"})
    lay(ablage, "eingang.lieferung", {"status": "uebernommen", "lieferung_id": "l1"})
    SCHRITTE["geheimhaltung", "bestand"].write(ablage)
    lay(ablage, "bevoelkerung.stadtteiltabelle")
    lay(ablage, "bevoelkerung.migrationshintergrund", *zeilen)
    if tabelle:
        lay(ablage, "stamm.quelle", {"quelle_id": "heft"})
        lay(ablage, "bevoelkerung.tabellenwert", *({"quelle_id": "heft", "staat": "insgesamt", **t} for t in tabelle))
    decide(ablage)
    SCHRITTE["geheimhaltung", "migrationshintergrund"].write(ablage)
    return {z["gebiet_id"]: z for z in read(ablage, "geheimhaltung.migrationshintergrund")}


def test_rounded_rows_show_every_count_and_shares_of_what_is_shown(tmp_path: Path) -> None:
    zeilen = pass_door(tmp_path, zeile("00", 2212, 53, 263), zeile("01", 212, 3, 1), **RUNDUNG)
    z = zeilen["01"]
    assert (z["einwohner"], z["auslaender"], z["deutsche_mit_mh"], z["personen_mit_mh"]) == (210, 5, 0, 5)
    assert (z["anteil_auslaender"], z["anteil_mh"]) == (5 / 210, 5 / 210)
    assert (z["status"], z["hinweise"]) == ("gerundet", ["gerundet"])
    # Each is rounded for itself: Germans with MH and foreigners need not add up.
    assert (zeilen["00"]["auslaender"], zeilen["00"]["deutsche_mit_mh"], zeilen["00"]["personen_mit_mh"]) == (
        55,
        265,
        315,
    )


def test_the_same_rows_are_hidden_and_exact_without_a_method(tmp_path: Path) -> None:
    zeilen = pass_door(tmp_path, zeile("00", 2212, 53, 263), zeile("01", 212, 3, 1))
    assert zeilen["01"]["auslaender"] is None
    assert (zeilen["00"]["einwohner"], zeilen["00"]["status"]) == (2212, "ok")


def test_what_the_town_has_printed_stays_exact(tmp_path: Path) -> None:
    gedruckt = {"merkmal": "einwohner", "gebiet_id": "01", "wert": 212.0}
    zeilen = pass_door(tmp_path, zeile("00", 2212, 53, 263), zeile("01", 212, 3, 1), tabelle=(gedruckt,), **RUNDUNG)
    assert (zeilen["01"]["einwohner"], zeilen["00"]["einwohner"]) == (212, 2210)
    assert zeilen["01"]["anteil_auslaender"] == 5 / 212


def test_a_printed_count_is_exact_under_every_name_it_has() -> None:
    """Foreigners of an area are also the total of its nationalities and of its groups of states."""
    t = Tafel()
    ort = ("p", "01", "insgesamt", "insgesamt")
    namen = [Schluessel(art, *ort) for art in ("auslaender", "staat", "staatengruppe")]
    alle, staaten, gruppen = (t.zelle(k, 53, oeffentlich=True) for k in namen)
    eu, dritte = (
        t.zelle(Schluessel("staatengruppe", *ort, a=a), n, oeffentlich=True) for a, n in (("EU", 21), ("D", 32))
    )
    t.gleich([staaten], [alle])
    t.gleich([gruppen], [staaten])
    t.gleich([gruppen], [eu, dritte])
    t.bekannt.add(alle)
    assert gezeigte(Verfahren("rundung", 5, 2, 0.0, {}), t, date(2021, 6, 30)) == [53, 53, 53, 20, 30]


def test_a_shown_zero_of_rounded_counts_does_not_say_that_nobody_lives_there(tmp_path: Path) -> None:
    zeilen = pass_door(tmp_path, zeile("00", 2212, 53, 263), zeile("01", 2, 0, 0), **RUNDUNG)
    assert zeilen["01"]["einwohner"] == 0
    assert "unbewohnt" not in zeilen["01"]["hinweise"]


@pytest.fixture(scope="module")
def cellkey(tmp_path_factory: pytest.TempPathFactory) -> Ablage:
    """A small town from its extract to the decision."""
    ordner = create_kleinstadt(tmp_path_factory.mktemp("cellkey"))
    datei = ordner / "kommune.yaml"
    datei.write_text(
        datei.read_text(encoding="utf-8").replace("schutz:", "schutz:\n  verfahren: cellkey"), encoding="utf-8"
    )
    (ordner / "melderegister").mkdir(exist_ok=True)
    ablage = Ablage(ordner.parent.parent).create_folders()
    copy_referenz(ablage)
    kommune = load_kommune(ordner)
    write_stamm(ablage, [kommune])
    partition = deliver(ablage, kommune, einwohnerschaft(600), STICHTAG)
    count(ablage, kommune, STICHTAG, partition)
    lay(ablage, "bevoelkerung.tabellenwert")
    lay(
        ablage,
        "bevoelkerung.optionswuerfel",
        {"kommune": kommune.id, "stichtag": STICHTAG, "personen": 20, "traeger": 30},
    )
    namen = ("migrationshintergrund", "mh_kategorie", "definitionsvergleich", "staatsangehoerigkeit", "bezugsland",
             "gliederungstiefe", "gruppenliste", "staatenliste", "kategorienliste", "zelle")  # fmt: skip
    lay_empty(ablage, *namen)
    for name in namen:
        SCHRITTE["bevoelkerung", name].write(ablage)
    write_entscheidungen(ablage)
    return ablage


def copy_referenz(ablage: Ablage) -> None:
    import shutil

    from pipelines.foundation.storage import WURZEL

    shutil.copytree(WURZEL / "data" / "raw" / "referenz", ablage.referenz)


def test_the_key_of_a_cell_is_the_sum_of_the_keys_of_its_persons(cellkey: Ablage) -> None:
    personen = cellkey.tabelle("eingang", "melderegister", f"kleinstadt_{STICHTAG}")
    je_gebiet = dict(
        duckdb.sql(
            f"select gebiet_id, sum(('0x' || left(pseudonym, 8))::bigint) from read_parquet('{personen}') group by all"
        ).fetchall()
    )
    gelesen = read_cell_keys(cellkey, "kleinstadt")
    gefunden = {
        k.gebiet_id: s for (_, k), s in gelesen.items() if k[0] == "einwohner" and k[3:5] == ("insgesamt", "insgesamt")
    }
    assert len(je_gebiet) == 3
    assert {g: gefunden[g] for g in je_gebiet} == je_gebiet
    assert sorted(gefunden.values())[-1] == sum(je_gebiet.values())
    assert len({s % BEREICH for s in gelesen.values()}) > 100


def test_the_same_persons_are_shown_alike_in_every_table_and_nobody_stays_nobody(cellkey: Ablage) -> None:
    gelesen = read_cell_keys(cellkey, "kleinstadt")
    je_personen: dict[tuple[int, int], set[int]] = {}
    zeilen = read(cellkey, "geheimhaltung.entscheidung")
    assert not any(z["geheim"] for z in zeilen)
    for z in zeilen:
        assert abs(z["gezeigt"] - z["personen"]) <= 4
        assert z["gezeigt"] >= 0
        if not z["personen"]:
            assert z["gezeigt"] == 0
    for (_, k), summe in gelesen.items():
        (z,) = (z for z in zeilen if k == tuple(z[feld] for feld in k._fields))
        je_personen.setdefault((summe, z["personen"]), set()).add(z["gezeigt"])
    mehrfach = [werte for (_, personen), werte in je_personen.items() if personen]
    assert len(mehrfach) < len(gelesen)
    assert all(len(werte) == 1 for werte in mehrfach)
    assert any(z["gezeigt"] != z["personen"] for z in zeilen)


def test_extracts_counted_before_the_method_was_chosen_are_named(cellkey: Ablage) -> None:
    with pytest.raises(KonfigurationsFehler, match="fehlen die Schlüssel der Zellen"):
        read_cell_keys(cellkey, "anderswo")
