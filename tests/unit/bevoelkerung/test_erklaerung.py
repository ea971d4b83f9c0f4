"""`monitoring explain`: what one person's case says, what it never says, and its exit codes; the generated page."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.eingang.lieferung.record import Lieferung
from pipelines.foundation.storage import Ablage
from pipelines.pages import definitionen as doku
from pipelines.stamm.kommune import load_kommune
from pipelines.stamm.profile.merkmale import MERKMALE
from pipelines.stamm.profile.profil import load_profile
from schemas.page import write_or_compare
from tests.conftest import STICHTAG, Aufruf, Zeile, monitoring_im_prozess, person, write_auszug
from tests.spec.definitionen.hilfe import AUSSERHALB, PROFILE
from tests.spec.definitionen.test_personen import GEPRUEFT, ZEILEN

KIND = person(
    1, pid="GEHEIM-KIND", geburtsdatum="17.04.2012", art_dt_sta="", geburtsort="Geheimstadt", geburtsstaat="",
    elternteil_1_pid="GEHEIM-VATER", elternteil_2_pid="GEHEIM-MUTTER", adresse_id="GEHEIM-STRASSE", gebiet_id="02",
)  # fmt: skip
VATER = person(2, pid="GEHEIM-VATER", geschlecht="m", geburtsort="Geheimdorf", adresse_id="GEHEIM-STRASSE")
MUTTER = person(
    3, pid="GEHEIM-MUTTER", sta_1="475", art_dt_sta="", geburtsort="Geheimort", geburtsstaat="475",
    adresse_id="ANDERE-STRASSE",
)  # fmt: skip
Erklaerung = Callable[..., Aufruf]


@pytest.fixture
def explain_case(kleinstadt: Path) -> Erklaerung:
    """Read these rows, then explain one pid on the command line."""
    from pipelines.eingang.ingest import ingest

    daten = kleinstadt.parents[1]

    def aufruf(pid: str, *zeilen: Zeile) -> Aufruf:
        pfad = write_auszug(kleinstadt / "melderegister" / f"{STICHTAG}.csv", zeilen)
        quelle = Lieferung("kleinstadt", "melderegister", "melderegister", pfad, STICHTAG, STICHTAG, "0" * 64, "")
        assert ingest(Ablage(daten), load_kommune(kleinstadt), quelle).angenommen
        return explain(daten, pid)

    return aufruf


def explain(daten: Path, pid: str, kommune: str = "kleinstadt", stichtag: str = STICHTAG.isoformat()) -> Aufruf:
    return monitoring_im_prozess(daten, "explain", "--kommune", kommune, "--stichtag", stichtag, "--pid", pid)


def abschnitt(text: str, profil: str) -> str:
    """What the text says about one definition."""
    return next(teil for teil in text.split("\n\n") if teil.startswith(f"{profil}, Version"))


def test_every_clue_and_every_definition_of_the_reference_folder_is_told(explain_case: Erklaerung) -> None:
    ergebnis = explain_case("GEHEIM-KIND", KIND, VATER, MUTTER)
    assert ergebnis.code == 0
    for name, bedeutung in MERKMALE.items():
        assert re.search(
            rf"^  {name} +(ja|nein|unbekannt|9) +{re.escape(bedeutung)}$", ergebnis.stdout, re.MULTILINE
        ), name
    for profil in load_profile(Ablage(doku.WURZEL / "data")):
        assert f"Familienregel{':' if profil.familie is None else ' ('}" in abschnitt(ergebnis.stdout, profil.profil)


def test_deciding_rule_family_and_bezugsland_are_told_with_their_reasons(explain_case: Erklaerung) -> None:
    text = explain_case("GEHEIM-KIND", KIND, VATER, MUTTER).stdout
    assert "  1. Elternteil: Vater, im Bestand gefunden, gleiche Adresse\n" in text
    assert "  2. Elternteil: Mutter, im Bestand gefunden, andere oder unbekannte Adresse\n" in text
    hamburg = abschnitt(text, "hamburg_sn")
    for satz in (
        "Ergebnis: mit Migrationshintergrund",
        "Kategorie: F1 (Minderjährige, einseitiger Migrationshintergrund)",
        "Generation: 2 (in Deutschland geboren)",
        "Entscheidende Regel: 6. f1, wenn eltern_mit = 1 and eltern_ohne = 1",
        "Vorher geprüft, nicht zutreffend: 1. auslaender, 2. zugewandert, 3. eingebuergert, 4. option, 5. f2\n",
        "1. Elternteil (Vater): zählt nicht",
        "2. Elternteil (Mutter): zählt\n",
        "Bezugsland: 475 Arabische Republik Syrien – übernommen vom 2. Elternteil (Mutter)",
    ):
        assert satz in hamburg, satz
    berlin = abschnitt(text, "berlin_afs")
    assert "2. Elternteil (Mutter): wird nicht betrachtet (Alter oder Adresse)" in berlin
    assert "Entscheidende Regel: keine traf zu, daher gilt »sonst«" in berlin
    assert "Bezugsland: – (nur bei Personen mit Migrationshintergrund)" in berlin


@pytest.mark.parametrize(
    ("werte", "profil", "bezugsland"),
    [
        ({"sta_1": "163", "art_dt_sta": ""}, "kosis_like", "163 Türkei – Staatsangehörigkeit"),
        ({"sta_2": "163", "geburtsstaat": "475"}, "kosis_like", "475 Arabische Republik Syrien – Geburtsstaat"),
        ({"sta_2": "163", "geburtsstaat": "475"}, "luenen_2021", "163 Türkei – weitere Staatsangehörigkeit"),
        (
            {"art_dt_sta": "einbuergerung", "zuzug_staat": "129"},
            "luenen_2021",
            "129 Frankreich – Staat des letzten Zuzugs",
        ),
        ({"sta_1": "997", "art_dt_sta": ""}, "luenen_2021", "NZO (nicht zuordenbar"),
    ],
)
def test_clue_that_gives_the_bezugsland_is_named(
    werte: dict[str, str], profil: str, bezugsland: str, explain_case: Erklaerung
) -> None:
    assert f"Bezugsland: {bezugsland}" in abschnitt(explain_case("X", person(1, pid="X", **werte)).stdout, profil)


@pytest.mark.parametrize(
    ("felder", "sagt"),
    [
        ({}, ("im Auszug nicht genannt", "im Auszug nicht genannt")),
        ({"elternteil_1_pid": "WEG"}, ("nennt nur einen Elternteil, und der gehört nicht zum Bestand",) * 2),
        ({"elternteil_2_pid": "GEHEIM-VATER"}, ("im Auszug nicht genannt", "Vater, im Bestand gefunden")),
        (
            {"elternteil_1_pid": "GEHEIM-VATER", "elternteil_2_pid": "WEG"},
            ("Vater, im Bestand gefunden", "im Auszug genannt, gehört aber nicht zum Bestand"),
        ),
        (
            {"elternteil_1_pid": "GEHEIM-VATER", "elternteil_2_pid": "GEHEIM-VATER"},
            ("Vater, im Bestand gefunden", "dieselbe Person wie der 1. Elternteil"),
        ),
    ],
)
def test_parents_are_told_by_role(felder: dict[str, str], sagt: tuple[str, str], explain_case: Erklaerung) -> None:
    text = explain_case("X", person(9, pid="X", geburtsdatum="17.04.2012", **felder), VATER).stdout
    for n, worte in enumerate(sagt, start=1):
        (zeile,) = [z for z in text.splitlines() if z.startswith(f"  {n}. Elternteil: ")]
        assert worte in zeile


def test_nothing_but_clues_is_shown_and_nothing_is_written(explain_case: Erklaerung, kleinstadt: Path) -> None:
    explain_case("GEHEIM-KIND", KIND, VATER, MUTTER)
    daten = kleinstadt.parents[1]
    vorher = {p: p.read_bytes() for p in daten.rglob("*") if p.is_file()}
    ergebnis = explain(daten, "GEHEIM-KIND")
    assert {p: p.read_bytes() for p in daten.rglob("*") if p.is_file()} == vorher
    gesagt = "".join(z for z in ergebnis.output.splitlines() if not z.startswith("nrw_tintg_2012, Version"))
    for wort in ("GEHEIM", "Geheim", "STRASSE", "2012", "17.04", "1980", "P0000"):
        assert wort not in gesagt


def test_person_outside_the_population_gets_an_explanation_and_exit_code_1(explain_case: Erklaerung) -> None:
    neben = person(1, pid="NEBEN", wohnungsstatus="neben")
    for pid in ("NEBEN", "gibt-es-nicht"):
        ergebnis = explain_case(pid, neben, person(2))
        assert ergebnis.code == 1
        assert "gehört am 2021-06-30 nicht zum Bestand von kleinstadt" in ergebnis.stdout
        assert "über solche Personen wird nichts aufbewahrt" in ergebnis.stdout
        assert pid not in ergebnis.output


def test_unknown_municipality_or_stichtag_is_wrong_usage(explain_case: Erklaerung, kleinstadt: Path) -> None:
    assert explain_case("P00001", person(1)).code == 0
    daten = kleinstadt.parents[1]
    for ergebnis, worte in (
        (explain(daten, "P00001", kommune="dorf"), ("»dorf« gibt es nicht", "Vorhanden: kleinstadt")),
        (explain(daten, "P00001", kommune="*"), ("»*« gibt es nicht",)),
        (explain(daten, "P00001", stichtag="2020-12-31"), ("kein Auszug eingelesen", "2021-06-30")),
        (explain(daten, "P00001", stichtag="30.06.2021"), ("»30.06.2021«", "JJJJ-MM-TT")),
    ):
        assert ergebnis.code == 2
        assert all(w in ergebnis.stderr for w in worte), ergebnis.stderr


def test_explanation_agrees_with_the_persona_table(tmp_path: Path) -> None:
    """The text for every persona names the category the table expects, in every definition."""
    from pipelines.bevoelkerung.explain_person import ERGEBNIS, explain_case
    from tests.spec.definitionen.hilfe import STICHTAG as TAG
    from tests.spec.definitionen.hilfe import ZEICHEN, build_kommune, deliver

    worte = {ERGEBNIS[e]: zeichen for e, zeichen in ZEICHEN.items()}
    ablage, kommune = build_kommune(tmp_path / "daten", option=False)
    zeilen = [z for z in ZEILEN if z["optionskennzeichen"] == "aus"]
    deliver(ablage, kommune, zeilen)
    for zeile in [z for z in GEPRUEFT if z["optionskennzeichen"] == "aus"][::6]:
        text = explain_case(ablage, kommune.id, TAG.isoformat(), zeile["pid"])
        if text is None:
            assert zeile["kosis_like"] == AUSSERHALB
            continue
        for profil in PROFILE:
            teil = abschnitt(text, profil)
            (ergebnis,) = re.findall(r"Ergebnis: (.+)", teil)
            (kategorie,) = re.findall(r"Kategorie: (\S+)", teil)
            kurz = worte[ergebnis] if worte[ergebnis] == kategorie else f"{worte[ergebnis]} {kategorie}"
            assert kurz == zeile[profil], (zeile["pid"], profil)


def test_page_of_definitions_is_current() -> None:
    assert doku.ZIEL.read_text(encoding="utf-8") == doku.definitionen(), "bitte »make doku« ausführen"


def test_drift_of_the_page_of_definitions_is_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "docs" / "definitionen.md"
    assert write_or_compare(page, doku.definitionen, ["--pruefen"]) == 1
    assert "docs/definitionen.md ist veraltet" in capsys.readouterr().out
    assert write_or_compare(page, doku.definitionen, []) == 0
    assert write_or_compare(page, doku.definitionen, ["--pruefen"]) == 0
    page.write_text(page.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert write_or_compare(page, doku.definitionen, ["--pruefen"]) == 1


def test_page_shows_every_definition_every_rule_and_every_persona() -> None:
    seite = doku.ZIEL.read_text(encoding="utf-8")
    for profil in load_profile(Ablage(doku.WURZEL / "data")):
        assert f"Kennung `{profil.profil}`, Version {profil.version}." in seite
        for n, regel in enumerate(profil.regeln, start=1):
            assert f"| {n} | `{regel.regel}` | {regel.kategorie} | " in seite
    for zeile in GEPRUEFT:
        assert f"| {zeile['pid']} | " in seite
