"""One register extract: which rows are usable, who belongs to the population, what is staged of a person.

Here belong tests of reading literal extracts of a few rows. Definitions of Migrationshintergrund are tested in spec/.
Long because each rule of one row is shown kept and broken.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from pipelines.eingang.melderegister import read as melderegister
from pipelines.eingang.melderegister.read import Einlesung
from pipelines.eingang.melderegister.row_findings import ZEILEN_JE_REGEL
from pipelines.eingang.melderegister.rules import REGELN, Zeilenregel
from pipelines.foundation.findings import Befund, Code, Schwere
from pipelines.foundation.storage import SQL, Ablage, sql
from pipelines.stamm.kommune import Kommune, load_kommune
from tests.conftest import (
    STICHTAG,
    Registerleser,
    auszugstext,
    create_data_folder,
    create_kleinstadt,
    person,
)


@pytest.fixture(scope="module")
def optionsstadt(tmp_path_factory: pytest.TempPathFactory) -> Kommune:
    """A municipality that may use the option mark."""
    ordner = create_kleinstadt(create_data_folder(tmp_path_factory.mktemp("option") / "data", ()))
    yaml = ordner / "kommune.yaml"
    zusatz = "    optionskennzeichen: {verwenden: true, rechtsgrundlage: Satzung}\n"
    yaml.write_text(yaml.read_text(encoding="utf-8") + zusatz, encoding="utf-8")
    return load_kommune(ordner)


def fehler(einlesung: Einlesung) -> list[Befund]:
    """Findings that make a row unusable."""
    return [b for b in einlesung.befunde if b.schwere is Schwere.fehler]


KAPUTT: tuple[tuple[int, dict[str, str]], ...] = (
    (1, {"pid": ""}),
    (2, {"wohnungsstatus": ""}),
    (3, {"wohnungsstatus": "zweit"}),
    (4, {"geschlecht": ""}),
    (5, {"geschlecht": "1"}),
    (6, {"sta_1": ""}),
    (7, {"sta_1": "0"}),
    (7, {"sta_1": "DEU"}),
    (8, {"sta_2": "777"}),
    (9, {"sta_3": "77"}),
    (10, {"art_dt_sta": "geerbt"}),
    (11, {"geburtsstaat": "997"}),
    (11, {"geburtsstaat": "XX"}),
    (12, {"zuzug_staat": "997"}),
    (13, {"geburtsdatum": "31.02.1980"}),
    (13, {"geburtsdatum": "01.02.80"}),
    (13, {"geburtsdatum": "1980"}),
    (13, {"geburtsdatum": "15.00.1980"}),
    (13, {"geburtsdatum": "1980/03/15"}),
    (14, {"zuzug_datum_ausland": "30.02.2001"}),
    (15, {"einzug_datum": "32.01.2010"}),
    (16, {"auszug_datum": "2010-13-01"}),
    (17, {"sterbe_datum": "gestern"}),
    (18, {"geburtsdatum": "01.07.2021"}),
    (18, {"geburtsdatum": "2022-00-00"}),
    (18, {"geburtsdatum": "00.07.2021"}),
    (19, {"geburtsdatum": "31.12.1890"}),
    (19, {"geburtsdatum": "0021-03-15"}),
    (20, {"sterbe_datum": "31.12.1979"}),
    (21, {"einzug_datum": "02.01.2010", "auszug_datum": "01.01.2010"}),
    (22, {"elternteil_1_pid": "P00007"}),
    (23, {"elternteil_2_pid": "P00007"}),
    (24, {"sterbe_datum": "01.07.2021"}),
)


class Gelesen(NamedTuple):
    """One extract and what became of its lines."""

    einlesung: Einlesung
    personen: dict[int, dict[str, Any]]
    abgewiesen: dict[int, dict[str, Any]]


Leser = Callable[..., Gelesen]


@pytest.fixture(scope="module")
def read_once(nachsichtige_kommune: Kommune, tmp_path_factory: pytest.TempPathFactory) -> Leser:
    """Reads rows as `read` does; the same rows of many cases once."""
    gemerkt: dict[str, Gelesen] = {}
    ablage = Ablage(nachsichtige_kommune.ordner.parents[1]).create_folders()
    leser = Registerleser(ablage, nachsichtige_kommune, tmp_path_factory.mktemp("einmal") / "2021-06-30.csv")

    def read(zeilen: Sequence[dict[str, str]], **optionen: Any) -> Gelesen:
        text = auszugstext(zeilen)
        gefragt = f"{text}{optionen}"
        if gefragt not in gemerkt:
            gemerkt[gefragt] = Gelesen(leser.text(text, **optionen), leser.personen(), leser.abgewiesen())
        return gemerkt[gefragt]

    return read


def broken_rows(runde: int) -> list[tuple[int, dict[str, str]]]:
    """(rule, row) of the cases of this round: of each rule one, so that each has a finding of its own."""
    je_regel: dict[int, list[dict[str, str]]] = {}
    for bit, zelle in KAPUTT:
        je_regel.setdefault(bit, []).append(zelle)
    faelle = [(bit, zellen[runde]) for bit, zellen in je_regel.items() if runde < len(zellen)]
    return [
        (bit, person(n, **{s: w.replace("P00007", f"P{n:05d}") for s, w in zelle.items()}))
        for n, (bit, zelle) in enumerate(faelle, start=101)
    ]


@pytest.mark.parametrize(("bit", "zelle"), KAPUTT)
def test_a_broken_cell_rejects_exactly_its_row_by_its_rule(read_once: Leser, bit: int, zelle: dict[str, str]) -> None:
    """Read with one broken row of every other rule between two sound ones."""
    regel = next(r for r in REGELN if r.bit == bit)
    kaputt = broken_rows([z for b, z in KAPUTT if b == bit].index(zelle))
    ergebnis, personen, abgewiesen = read_once([person(1), *(z for _, z in kaputt), person(3)])
    zeile = 3 + [b for b, _ in kaputt].index(bit)

    zahlen = (ergebnis.gelesen, ergebnis.uebernommen, ergebnis.ausserhalb, ergebnis.abgewiesen)
    assert zahlen == (len(kaputt) + 2, 2, 0, len(kaputt))
    (befund,) = [b for b in fehler(ergebnis) if b.zeilen == (zeile,)]
    assert (befund.code, befund.ort) == (regel.code, f"Zeile {zeile}, Spalte {regel.spalte}")
    assert befund.erwartet == regel.sollwert()
    assert sorted(personen) == [2, len(kaputt) + 3]
    assert abgewiesen[zeile]["regeln"] == [f"{regel.spalte}: {regel.code.value}"]


@pytest.mark.parametrize("zeile", ["P00007;alleinige", ";".join(person(7).values()) + ";", "", "   "])
def test_a_row_with_another_number_of_fields_is_rejected_by_that_rule_alone(read: Registerleser, zeile: str) -> None:
    texte = auszugstext([person(1), person(3)]).splitlines()
    ergebnis = read.text("\n".join([*texte[:2], zeile, texte[2], ""]))
    assert [(b.code, b.zeilen) for b in fehler(ergebnis)] == [(Code.feldzahl, (3,))]
    assert (ergebnis.gelesen, ergebnis.uebernommen, ergebnis.abgewiesen) == (3, 2, 1)


def test_every_rule_is_broken_by_a_case_of_this_file() -> None:
    assert {bit for bit, _ in KAPUTT} | {0} == {r.bit for r in REGELN}


def test_bits_of_the_sql_and_rules_are_the_same() -> None:
    text = (SQL / "melderegister" / "getippt.sql").read_text(encoding="utf-8")
    bits = [int(b) for b in re.findall(r"fehlerbit\(.*?, (\d+)\)\s*$", text, re.MULTILINE)]
    assert len(bits) == len(set(bits)) == text.count("fehlerbit(")
    assert sorted([0, *bits]) == sorted(r.bit for r in REGELN)


def test_a_row_that_breaks_several_rules_is_counted_once(read: Registerleser) -> None:
    ergebnis = read(person(1), person(2, geschlecht="q", sta_1="", geburtsdatum="40.40.4040"))
    assert {b.code for b in fehler(ergebnis)} == {Code.schluessel_unbekannt, Code.pflichtfeld, Code.datum_unmoeglich}
    assert ergebnis.abgewiesen == 1


def test_of_identical_rows_only_the_copy_is_set_aside(read: Registerleser) -> None:
    ergebnis = read(person(1), person(2), person(1))
    assert [(b.code, b.zeilen) for b in fehler(ergebnis)] == [(Code.pid_doppelt, (4,))]
    assert sorted(read.personen()) == [2, 3]


def test_rows_of_one_pid_that_contradict_each_other_are_all_set_aside(read: Registerleser) -> None:
    ergebnis = read(person(1), person(2), person(1, geschlecht="m"))
    assert [(b.code, b.zeilen) for b in fehler(ergebnis)] == [(Code.pid_doppelt, (2,)), (Code.pid_doppelt, (4,))]
    assert sorted(read.personen()) == [3]
    assert read.abgewiesen()[2]["regeln"] == ["pid: pid_doppelt"]


POPULATION: tuple[tuple[dict[str, str], bool], ...] = (
    ({"wohnungsstatus": "alleinige"}, True),
    ({"wohnungsstatus": "haupt"}, True),
    ({"wohnungsstatus": "neben"}, False),
    ({"auszug_datum": "29.06.2021"}, False),
    ({"auszug_datum": "30.06.2021"}, False),
    ({"auszug_datum": "01.07.2021"}, True),
    ({"sterbe_datum": "29.06.2021"}, False),
    ({"sterbe_datum": "30.06.2021"}, False),
    ({"sterbe_datum": "01.07.2021"}, True),
    ({"sterbe_datum": "00.00.2021"}, True),  # 1 July stands in for an unknown day of the year
    ({"sterbe_datum": "00.00.0000"}, True),
    ({"geburtsdatum": "30.06.2021", "einzug_datum": ""}, True),
    ({"geburtsdatum": "01.07.2021", "einzug_datum": ""}, False),
    ({"geburtsdatum": "00.07.2021", "einzug_datum": ""}, False),
    ({"geburtsdatum": "00.06.2021", "einzug_datum": ""}, True),
    ({"geburtsdatum": "00.00.2021", "einzug_datum": ""}, True),
    ({"geburtsdatum": "00.00.2022", "einzug_datum": ""}, False),
    ({"geburtsdatum": ""}, True),
    ({"einzug_datum": "30.06.2021"}, True),
    ({"einzug_datum": "01.07.2021"}, False),
)


@pytest.mark.parametrize(("zelle", "dabei"), POPULATION)
def test_the_population_is_who_has_the_main_residence_at_the_stichtag(
    read_once: Leser, zelle: dict[str, str], dabei: bool
) -> None:
    zeilen = [person(n, **z) for n, (z, _) in enumerate(POPULATION, start=2)]
    ergebnis, personen, _ = read_once([person(1), *zeilen], stand=date(2022, 12, 31))
    assert fehler(ergebnis) == []
    alle = sum(d for _, d in POPULATION)
    assert (ergebnis.uebernommen, ergebnis.ausserhalb) == (1 + alle, len(POPULATION) - alle)
    assert (3 + POPULATION.index((zelle, dabei)) in personen) is dabei


def test_an_unknown_district_counts_as_unbekannt_and_warns_with_the_line(read: Registerleser) -> None:
    ergebnis = read(person(1), person(2, gebiet_id="77"), person(3, gebiet_id=""), person(4, gebiet_id="unbekannt"))
    assert [read.personen()[z]["gebiet_id"] for z in (2, 3, 4, 5)] == ["01", "unbekannt", "unbekannt", "unbekannt"]
    assert [(b.code, b.schwere, b.zeilen) for b in ergebnis.befunde] == [
        (Code.gebiet_unbekannt, Schwere.warnung, (3,)), (Code.gebiet_unbekannt, Schwere.warnung, (4,)),
    ]  # fmt: skip
    assert (ergebnis.unbekanntes_gebiet, ergebnis.abgewiesen) == (2, 0)


AGES: tuple[tuple[str, date, int | None, str, bool | None], ...] = (
    ("30.06.2003", STICHTAG, 18, "18-24", False),
    ("01.07.2003", STICHTAG, 17, "15-17", False),
    ("2003-06-30", STICHTAG, 18, "18-24", False),
    ("29.02.2004", date(2022, 2, 28), 17, "15-17", False),
    ("29.02.2004", date(2022, 3, 1), 18, "18-24", False),
    ("29.02.2004", date(2024, 2, 29), 20, "18-24", False),
    ("30.06.2021", STICHTAG, 0, "00-02", False),
    ("00.06.2003", STICHTAG, 18, "18-24", True),  # the 15th
    ("00.00.2003", STICHTAG, 17, "15-17", True),  # 1 July
    ("00.00.2021", STICHTAG, 0, "00-02", True),
    ("00.00.0000", STICHTAG, None, "unbekannt", None),
    ("0000-00-00", STICHTAG, None, "unbekannt", None),
    ("", STICHTAG, None, "unbekannt", None),
    ("01.01.1891", STICHTAG, 130, "75+", False),
)


@pytest.mark.parametrize("fall", AGES)
def test_age_is_completed_years_at_the_stichtag(
    read_once: Leser, fall: tuple[str, date, int | None, str, bool | None]
) -> None:
    geburt, stichtag, alter, gruppe, ersetzt = fall
    geburten = [g for g, tag, *_ in AGES if tag == stichtag]
    zeilen = [person(n, geburtsdatum=g, einzug_datum="") for n, g in enumerate(geburten, start=1)]
    ergebnis, personen, _ = read_once(zeilen, stichtag=stichtag)
    assert fehler(ergebnis) == []
    eine = personen[2 + geburten.index(geburt)]
    assert (eine["alter"], eine["altersgruppe"]) == (alter, gruppe)
    assert (eine["geburtsjahr"] is None) == (alter is None)
    if ersetzt is not None:
        assert eine["alter_ersetzt"] is ersetzt


def test_parents_are_linked_only_inside_the_population(read: Registerleser) -> None:
    read(
        person(1, adresse_id="A"),
        person(2, adresse_id="B"),
        person(3, wohnungsstatus="neben", adresse_id="A"),
        person(4, adresse_id="A", elternteil_1_pid="P00001", elternteil_2_pid="P00002"),
        person(5, adresse_id="A", elternteil_1_pid="P00003", elternteil_2_pid="FREMD"),
        person(6, adresse_id="A"),
        person(7, adresse_id="", elternteil_1_pid="P00001"),
    )
    felder = ("eltern_genannt", "eltern_1_zeile", "eltern_2_zeile", *(f"eltern_{n}_gleiche_adresse" for n in (1, 2)))
    je_zeile = {z: tuple(p[f] for f in felder) for z, p in read.personen().items()}
    assert je_zeile[5] == (2, 2, 3, True, False)
    assert je_zeile[6] == (2, None, None, None, None)
    assert je_zeile[7] == (0, None, None, None, None)
    assert je_zeile[8] == (1, 2, None, False, None)


def test_the_option_mark_is_read_only_with_a_legal_basis(optionsstadt: Kommune, read: Registerleser) -> None:
    read(person(1, art_dt_sta="option"))
    assert read.personen()[2]["art_dt_sta"] == "unbekannt"
    mit = Registerleser(Ablage(optionsstadt.ordner.parents[1]), optionsstadt, read.pfad)
    mit(person(1, art_dt_sta="option"))
    assert mit.personen()[2]["art_dt_sta"] == "option"


@pytest.mark.parametrize(
    ("zelle", "staat"),
    [
        ({"geburtsstaat": "163"}, "163"),
        ({"geburtsstaat": ""}, "000"),
        ({"geburtsstaat": "", "geburtsort": ""}, None),
        ({"geburtsstaat": "998"}, None),
        ({"geburtsstaat": "999", "geburtsort": ""}, None),
        ({"geburtsstaat": "120"}, "120"),  # a state that no longer exists
    ],
)
def test_the_birth_state_is_germany_if_only_a_place_is_given(
    read: Registerleser, zelle: dict[str, str], staat: str | None
) -> None:
    read(person(1, **zelle))
    assert read.personen()[2]["geburtsstaat"] == staat


def test_staged_persons_hold_no_identifier_place_or_address(read: Registerleser) -> None:
    read(person(1, pid="GEHEIM1", geburtsort="GEHEIM2", adresse_id="GEHEIM3", elternteil_1_pid="GEHEIM4"))
    assert "GEHEIM" not in str(read.personen())
    assert not {"pid", "geburtsort", "adresse_id", "elternteil_1_pid"} & set(read.personen()[2])


def test_pseudonyms_are_stable_within_a_data_folder_and_differ_between_folders(
    read: Registerleser, tmp_path: Path
) -> None:
    read(person(1), person(2))
    erste = [p["pseudonym"] for p in read.personen().values()]
    read(person(2), person(1))
    assert [p["pseudonym"] for p in read.personen().values()] == erste[::-1]
    andere = Ablage(create_data_folder(tmp_path / "anders", ())).create_folders()
    kommune = load_kommune(create_kleinstadt(andere.daten))
    fremd = Registerleser(andere, kommune, read.pfad)
    fremd(person(1), person(2))
    assert not set(erste) & {p["pseudonym"] for p in fremd.personen().values()}


def test_only_codes_are_shown_and_only_when_asked_for(read: Registerleser) -> None:
    zeilen = (
        person(1, geschlecht="q1", geburtsdatum="12.34.5678"),
        person(2, geschlecht="01.02.1950"),
        person(3, geschlecht="ein viel zu langer Wert"),
    )
    gezeigt = [b.gefunden for b in read(*zeilen, werte=True).befunde]
    assert gezeigt == ["»q1«", None, None, None]
    assert [b.gefunden for b in read(*zeilen).befunde] == [None] * 4


def test_beyond_twenty_rows_a_rule_reports_the_rest_as_a_count(read: Registerleser) -> None:
    befunde = fehler(read(*(person(n, geschlecht="q") for n in range(1, 31))))
    assert len(befunde) == ZEILEN_JE_REGEL + 1
    assert befunde[-1].anzahl == 30 - ZEILEN_JE_REGEL


def test_the_plan_of_the_persons_has_no_nested_loop(read: Registerleser, monkeypatch: pytest.MonkeyPatch) -> None:
    plaene: list[str] = []

    def explain_case(ablage: Ablage, con: Any, *_: Any) -> None:
        plaene.extend(z[1] for z in con.execute("explain " + sql("melderegister/personen")).fetchall())

    monkeypatch.setattr(melderegister, "write_auszug", explain_case)
    read(*(person(n, elternteil_1_pid=f"P{n + 1:05d}", elternteil_2_pid=f"P{n + 2:05d}") for n in range(1, 3000)))
    plan = "\n".join(plaene).upper().replace("_", " ")
    assert plan.count("HASH JOIN") == 3
    assert not re.search("NESTED LOOP|BLOCKWISE NL|CROSS PRODUCT|IE ?JOIN", plan)


def test_a_rule_names_its_column_and_what_is_expected() -> None:
    for regel in REGELN:
        assert isinstance(regel, Zeilenregel)
        assert regel.was
        assert regel.sollwert()
