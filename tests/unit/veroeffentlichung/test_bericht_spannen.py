"""How sure a number is: three causes told apart, in words where a cause has no range."""

from datetime import date
from typing import Any

import duckdb

from pipelines.veroeffentlichung.bericht.content import Definition
from pipelines.veroeffentlichung.bericht.spannen import load_spannen

ORT = {"kommune": "k", "ags": "05999", "name": "Kstadt"}
A = Definition("A", "eigene", "Eigene", "1.0", "", "", False, False, "")
B = Definition("B", "andere", "Andere", "1.0", "", "", False, False, "")
SPALTEN = {"kommune": "varchar", "stichtag": "date", "gebiet_id": "varchar", "geschlecht": "varchar",
           "altersgruppe": "varchar", "profil": "varchar", "quelle": "varchar", "anteil": "double", "mindestwert": "boolean",
           "unentscheidbar_unten": "double", "unentscheidbar_oben": "double", "definition_unten": "double",
           "definition_oben": "double", "stichprobe_art": "varchar", "stichprobe_unten": "double",
           "stichprobe_oben": "double", "groesste_ursache": "varchar", "status": "varchar", "hinweise": "varchar[]"}  # fmt: skip


def spannen(*zeilen: dict[str, Any]) -> list[tuple[str, ...]]:
    """Rows of the table as text, from literal rows of marts.wertespanne."""
    con = duckdb.connect()
    con.execute("create schema marts")
    con.execute(f"create table marts.wertespanne ({', '.join(f'{n} {t}' for n, t in SPALTEN.items())})")
    vorgabe = {"kommune": "k", "stichtag": date(2021, 6, 30), "gebiet_id": "05999", "geschlecht": "insgesamt",
               "altersgruppe": "insgesamt", "profil": "eigene", "quelle": "melderegister", "mindestwert": False,
               "stichprobe_art": "vollerhebung", "status": "ok", "hinweise": []}  # fmt: skip
    for z in zeilen:
        werte = vorgabe | z
        con.execute(
            f"insert into marts.wertespanne by name select {', '.join(f'? as {k}' for k in werte)}",
            list(werte.values()),
        )
    tabelle = load_spannen(con, ORT, [A, B])
    return [tuple(z if isinstance(z, str) else z.text for z in r.zellen) for r in tabelle.reihen] if tabelle else []


def test_a_file_without_the_table_has_no_such_part() -> None:
    assert load_spannen(duckdb.connect(), ORT, [A]) is None


def test_three_causes_stand_apart_and_a_full_count_has_no_sampling() -> None:
    zeile = {"anteil": 0.344, "unentscheidbar_unten": 0.344, "unentscheidbar_oben": 0.351, "definition_unten": 0.275,
             "definition_oben": 0.414, "groesste_ursache": "definition"}  # fmt: skip
    assert spannen(zeile) == [("A · Eigene", "30.06.2021", "34,4 %", "27,5 bis 41,4 %", "34,4 bis 35,1 %",
                               "keine: alle gezählt", "Wahl der Definition")]  # fmt: skip


def test_a_sample_has_its_own_range_and_a_lower_bound_is_called_one() -> None:
    zeile = {"anteil": 0.2, "mindestwert": True, "unentscheidbar_unten": 0.2, "unentscheidbar_oben": 0.9,
             "stichprobe_art": "stichprobe", "stichprobe_unten": 0.18, "stichprobe_oben": 0.22,
             "groesste_ursache": "unentscheidbar"}  # fmt: skip
    assert spannen(zeile)[0][2:] == ("ab 20,0 %", "nicht verglichen: Mindestwert", "20,0 bis 90,0 %", "18,0 bis 22,0 %",
                                     "fehlende Merkmale")  # fmt: skip


def test_a_protected_share_stays_a_mark_and_has_no_range() -> None:
    zeile = {"anteil": None, "mindestwert": None, "status": "geheim", "hinweise": ["geheim"]}
    assert spannen(zeile)[0][2:5] == ("•", "nicht bestimmbar", "nicht bestimmbar")


def test_of_each_definition_the_latest_day_of_the_whole_town_is_shown() -> None:
    alt, neu = {"anteil": 0.1, "stichtag": date(2020, 12, 31)}, {"anteil": 0.2}
    fremd = [{"anteil": 0.9, "gebiet_id": "10"}, {"anteil": 0.9, "geschlecht": "w"}, {"anteil": 0.9, "kommune": "x"},
             {"anteil": 0.9, "quelle": "tabelle"}]  # fmt: skip
    assert [z[:3] for z in spannen({"anteil": 0.3, "profil": "andere"}, alt, neu, *fremd)] == [
        ("A · Eigene", "30.06.2021", "20,0 %"), ("B · Andere", "30.06.2021", "30,0 %")]  # fmt: skip


def test_a_protected_range_is_called_so_and_not_undeterminable() -> None:
    zeile = {"anteil": 0.344, "hinweise": ["geheim", "geheim:anteil_mh_max", "geheim:unentscheidbar"]}
    assert spannen(zeile)[0][4] == "•"
    assert (
        spannen({"anteil": 0.344, "hinweise": ["nicht_erhoben", "nicht_erhoben:unentscheidbar"]})[0][4]
        == "nicht bestimmbar"
    )
