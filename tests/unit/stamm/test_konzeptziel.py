"""Numeric goals and target groups in konzept.yaml: what they may name, what they become, and which mistakes are told how."""

import re
from pathlib import Path
from typing import Any

import pytest

from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.foundation.storage import Ablage
from pipelines.scaffold.kommune import create
from pipelines.scaffold.konzept import KONZEPT_BEISPIEL
from pipelines.stamm.katalog.katalog import Katalog
from pipelines.stamm.katalog.konzeptbezug import check_konzept, handlungsfeldfehler
from pipelines.stamm.katalog.load import load_katalog
from pipelines.stamm.konzept.load import load_konzept
from pipelines.stamm.tables.ziel import SCHEMATA_ZIEL, Konzeptort, zeilen_ziel
from schemas.tabellen.spanne import DIM_ZIEL
from tests.conftest import ROH
from tests.lib.literal_tables import lay, read, run_steps

AGS, GEBIETE, PROFILE = "99999999", ("99999999", "01", "unbekannt"), ("kosis_like", "luenen_2021")
KOPF = """\
konzepte:
  - konzept: neu_2020
    titel: Neues Konzept
    herkunft: Vorlage 2/2020
    beschluss: null
    beschluss_genauigkeit: unbekannt
    gueltig_von: null
    gueltig_bis: null
    handlungsfelder:
      - {code: S1, name: Arbeit}
    leitziele:
"""
ZIEL = "{indikator: aus_beteil, zielwert: 4.5, zieljahr: 2030, herkunft: Ratsbeschluss}"
GRUPPE = "{indikator: aus_beteil}"


@pytest.fixture(scope="module")
def katalog() -> Katalog:
    return load_katalog(Ablage(ROH.parent))


def write(ordner: Path, *ziele: str, zielgruppe: str = GRUPPE) -> Path:
    """A folder whose concept has these goals, each under a Leitziel of its own, and one measure."""
    leitziele = "".join(
        f"      - {{code: S1.{chr(97 + n)}, handlungsfeld: S1, text: T, ziele: [{z}]}}\n" for n, z in enumerate(ziele)
    )
    massnahme = f'    massnahmen:\n      - {{nr: "1.1", titel: M, handlungsfeld: S1, zielgruppe: {zielgruppe}}}\n'
    text = (KOPF + leitziele if ziele else KOPF.replace("    leitziele:\n", "")) + massnahme
    (ordner / "konzept.yaml").write_text(text, encoding="utf-8")
    return ordner


def check(katalog: Katalog, ordner: Path) -> None:
    check_konzept(katalog, PROFILE, AGS, ordner, GEBIETE)


def changed(text: str, **mehr: Any) -> str:
    return text[:-1] + "".join(f", {k}: {v}" for k, v in mehr.items()) + "}"


def test_what_a_goal_does_not_say_means_everybody_in_the_whole_town_by_any_definition(
    katalog: Katalog, tmp_path: Path
) -> None:
    write(tmp_path, ZIEL)
    check(katalog, tmp_path)
    assert zeilen_ziel([Konzeptort("k", AGS, tmp_path)])["ziel"] == [
        {"kommune": "k", "konzept": "neu_2020", "leitziel": "S1.a", "indikator": "aus_beteil", "gebiet_id": AGS, "profil": "-",
         "gruppe": "insgesamt", "geschlecht": "insgesamt", "zielwert": 4.5, "zieljahr": 2030, "herkunft": "Ratsbeschluss"}
    ]  # fmt: skip


def test_a_goal_and_a_target_group_may_be_for_a_group_a_sex_an_area_and_a_definition(
    katalog: Katalog, tmp_path: Path
) -> None:
    mehr = {"gruppe": "auslaender", "geschlecht": "w", "gebiet": '"01"', "profil": "kosis_like"}
    zielgruppe = changed(GRUPPE, groesse="zaehler", vorschlag="true", **mehr)
    write(tmp_path, changed(ZIEL, **mehr), zielgruppe=zielgruppe)
    check(katalog, tmp_path)
    zeilen = zeilen_ziel([Konzeptort("k", AGS, tmp_path)])
    felder = ("indikator", "gebiet_id", "profil", "gruppe", "geschlecht")
    for name in ("ziel", "massnahme_zielgruppe"):
        (zeile,) = zeilen[name]
        assert tuple(zeile[f] for f in felder) == ("aus_beteil", "01", "kosis_like", "auslaender", "w")
        assert set(zeile) == set(SCHEMATA_ZIEL[name])
    (gruppe,) = zeilen["massnahme_zielgruppe"]
    assert (gruppe["massnahme_nr"], gruppe["groesse"], gruppe["vorschlag"]) == ("1.1", "zaehler", True)


@pytest.mark.parametrize(
    ("mehr", "nennt"),
    [
        ({"indikator": "aus_betei"}, ".indikator: Den Indikator »aus_betei« gibt es nicht. Ähnlich: »aus_beteil«."),
        ({"gebiet": '"77"'}, ".gebiet: Das Gebiet »77« gibt es nicht."),
        ({"profil": "kosis_lik"}, ".profil: Die Definition »kosis_lik« gibt es nicht. Ähnlich: »kosis_like«."),
        ({"gruppe": "staat_163"}, ".gruppe: Bei »aus_beteil« die Gruppe »staat_163« gibt es nicht."),
        (
            {"indikator": "dem_top10", "gruppe": "staat_1"},
            ".gruppe: Bei »dem_top10« die Gruppe »staat_1« gibt es nicht.",
        ),
        (
            {"gruppe": "mit_mh"},
            ".gruppe: Bei »aus_beteil« die Gruppe »mit_mh« gibt es nicht. Vorhanden: auslaender, deutsche",
        ),
        (
            {"indikator": "ein_mindest", "geschlecht": "w"},
            ".geschlecht: »ein_mindest« ist nicht nach Geschlecht gegliedert.",
        ),
    ],
)
@pytest.mark.parametrize("stelle", ["ziel", "zielgruppe"])
def test_what_does_not_exist_is_named_with_file_line_and_key(
    katalog: Katalog, mehr: dict[str, str], nennt: str, stelle: str, tmp_path: Path
) -> None:
    def text(vorlage: str) -> str:
        ohne = vorlage.replace("indikator: aus_beteil", f"indikator: {mehr.get('indikator', 'aus_beteil')}")
        return changed(ohne, **{k: v for k, v in mehr.items() if k != "indikator"})

    write(
        tmp_path,
        *([text(ZIEL)] if stelle == "ziel" else []),
        zielgruppe=text(GRUPPE) if stelle == "zielgruppe" else GRUPPE,
    )
    with pytest.raises(KonfigurationsFehler) as fehler:
        check(katalog, tmp_path)
    (zeile,) = str(fehler.value).splitlines()
    pfad = "leitziele[0].ziele[0]" if stelle == "ziel" else "massnahmen[0].zielgruppe"
    # The first Leitziel stands there, and without any Leitziel the measure.
    assert zeile.startswith(f"{tmp_path.name}/konzept.yaml, Zeile 12, konzepte[0].{pfad}")
    assert nennt in zeile


@pytest.mark.parametrize(
    ("ziel", "nennt"),
    [
        (ZIEL.replace(", herkunft: Ratsbeschluss", ""), "ziele[0].herkunft: Der Schlüssel fehlt."),
        (ZIEL.replace("4.5", "-1"), "zielwert: -1 kann »aus_beteil« (prozent) nicht werden."),
        (ZIEL.replace("4.5", ".nan"), "zielwert"),
        (ZIEL.replace("4.5", "bald"), "zielwert: Gefunden: »bald«. Erwartet: eine Zahl."),
        (ZIEL.replace("2030", "203"), "zieljahr: 203 liegt außerhalb des Erlaubten"),
    ],
)
def test_a_goal_that_cannot_be_is_named(katalog: Katalog, ziel: str, nennt: str, tmp_path: Path) -> None:
    with pytest.raises(KonfigurationsFehler) as fehler:
        check(katalog, write(tmp_path, ziel))
    assert nennt in str(fehler.value)


def test_the_same_goal_twice_is_an_error_also_where_the_town_is_named(katalog: Katalog, tmp_path: Path) -> None:
    with pytest.raises(KonfigurationsFehler, match=r"leitziele\[1\].*gibt es schon ein Ziel, bei S1.a"):
        check(katalog, write(tmp_path, ZIEL, changed(ZIEL.replace("2030", "2035"), gebiet=f'"{AGS}"')))
    check(katalog, write(tmp_path, ZIEL, changed(ZIEL, gruppe="auslaender"), changed(ZIEL, gebiet='"01"')))


def test_a_target_group_by_definition_must_say_which(katalog: Katalog, tmp_path: Path) -> None:
    with pytest.raises(KonfigurationsFehler, match="profil fehlt: »dem_mh_anteil«"):
        check(katalog, write(tmp_path, zielgruppe="{indikator: dem_mh_anteil, groesse: zaehler}"))
    check(katalog, write(tmp_path, zielgruppe="{indikator: dem_mh_anteil, groesse: zaehler, profil: kosis_like}"))


def test_a_field_of_the_catalogue_that_the_concept_does_not_have_concerns_only_that_municipality(
    katalog: Katalog, tmp_path: Path
) -> None:
    datei = write(tmp_path) / "konzept.yaml"
    anderes = load_konzept(tmp_path)
    datei.write_text(datei.read_text(encoding="utf-8").replace("neu_2020", "steinfurt_2018"), encoding="utf-8")
    fehler = handlungsfeldfehler(katalog, {"ort": load_konzept(tmp_path), "anderer": anderes})
    assert list(fehler) == ["ort"]
    assert "handlungsfelder.steinfurt_2018: Das Handlungsfeld »S" in str(fehler["ort"])


def test_no_paper_states_a_figure_so_no_goal_is_invented() -> None:
    orte = [(o.name, AGS, o) for o in ROH.iterdir() if (o / "konzept.yaml").exists()]
    assert len(orte) == 5
    zeilen = zeilen_ziel(orte)
    assert zeilen["ziel"] == []
    assert all(z["vorschlag"] for z in zeilen["massnahme_zielgruppe"])
    assert zeilen["massnahme_zielgruppe"]


def test_a_goal_for_a_nationality_needs_an_indicator_by_nationality(katalog: Katalog, tmp_path: Path) -> None:
    check(katalog, write(tmp_path, changed(ZIEL.replace("aus_beteil", "dem_top10"), gruppe="staat_163")))


def test_the_example_laid_out_for_a_new_town_loads_with_its_goals_too(katalog: Katalog, tmp_path: Path) -> None:
    datei = tmp_path / "konzept.yaml"
    datei.write_text(KONZEPT_BEISPIEL, encoding="utf-8")
    check(katalog, tmp_path)
    assert zeilen_ziel([Konzeptort("k", AGS, tmp_path)]) == {"ziel": [], "massnahme_zielgruppe": []}
    mit = re.sub(r"# (?=ziele:|  - \{indikator|zielgruppe:)", "", KONZEPT_BEISPIEL)
    datei.write_text(mit, encoding="utf-8")
    check(katalog, tmp_path)
    zeilen = zeilen_ziel([Konzeptort("k", AGS, tmp_path)])
    assert [(z["indikator"], z["zielwert"], z["zieljahr"]) for z in zeilen["ziel"]] == [("sch_ohne", 5.0, 2030)]
    assert [(z["massnahme_nr"], z["groesse"]) for z in zeilen["massnahme_zielgruppe"]] == [("1.1", "nenner")]


def test_a_new_town_gets_the_example_and_no_concept(tmp_path: Path) -> None:
    ordner = tmp_path / "raw" / "neustadt"
    assert ordner / "konzept_beispiel.yaml" in create(Ablage(tmp_path).create_folders(), "neustadt").files
    assert not (ordner / "konzept.yaml").exists()


def test_a_published_goal_carries_its_area_and_unit(tmp_path: Path) -> None:
    ablage = Ablage(tmp_path).create_folders()
    lay(ablage, "stamm.ziel", {"leitziel": "S1.a", "gebiet_id": "01", "profil": "-", "zielwert": 4.5, "zieljahr": 2030})
    lay(ablage, "stamm.gebiet", {"gebiet_id": "01"}, {"kommune": "x"})
    ja_nein = ("nach_geschlecht", "rahmen", "formel_vorschlag", "ist_anteil", "nach_definition")
    lay(ablage, "stamm.indikator", dict.fromkeys(ja_nein, False))
    run_steps(ablage, "ziel", ab="dim", bis="dim")
    (zeile,) = read(ablage, "dim.ziel")
    assert list(zeile) == DIM_ZIEL.namen
    assert (zeile["gebiet"], zeile["einheit"], zeile["ziel"], zeile["ziel_jahr"]) == ("Nord", "prozent", 4.5, 2030)


def test_a_folder_without_concept_is_no_error(katalog: Katalog, tmp_path: Path) -> None:
    check(katalog, tmp_path)
    assert load_konzept(tmp_path) is None
    assert zeilen_ziel([Konzeptort("k", AGS, tmp_path)]) == {"ziel": [], "massnahme_zielgruppe": []}


def test_every_indicator_proposed_for_a_goal_is_in_the_catalogue(katalog: Katalog) -> None:
    vorschlaege = 0
    for ordner in sorted(p.parent for p in ROH.glob("*/konzept.yaml")):
        konzept = load_konzept(ordner)
        assert konzept
        for leitziel in (z for f in konzept.konzepte for z in f.leitziele):
            assert {*leitziel.indikatoren_vorschlag} <= {*katalog.nach_id}, leitziel.code
            vorschlaege += bool(leitziel.indikatoren_vorschlag)
    assert vorschlaege == 44, "of 48 Leitziele; for the others the catalogue has nothing that fits"


def test_an_indicator_proposed_for_a_goal_that_does_not_exist_is_named(katalog: Katalog, tmp_path: Path) -> None:
    text = KOPF + "      - {code: S1.a, handlungsfeld: S1, text: T, indikatoren_vorschlag: [arb_alqq]}\n"
    (tmp_path / "konzept.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(KonfigurationsFehler, match=r"indikatoren_vorschlag.*»arb_alqq«.*Ähnlich: »arb_alq«"):
        check(katalog, tmp_path)
