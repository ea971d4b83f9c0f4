"""konzept.yaml: the five concepts hold what their papers say, a wrong file is named, due dates are computed, never guessed.

Here belong the file, its rows and the statements over them; measures and their status are tested elsewhere.
Long because each key of one file is shown right and wrong, for five concepts.
"""

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.foundation.findings import KonfigurationsFehler, Schwere
from pipelines.foundation.storage import Ablage
from pipelines.stamm.konzept.load import load_konzept
from pipelines.stamm.konzept.models import Fassung, Feldart, Konzept, Zuordnung, handlungsfeld_von
from pipelines.stamm.konzept.termine import faelligkeiten, monate_spaeter
from pipelines.stamm.tables.konzept import SCHEMATA_KONZEPT, Zeilen, zeilen_konzept
from pipelines.steps.checks import load_checks, run_check
from pipelines.steps.sql_step import sql_steps
from schemas.spalten.konzept import FELDARTEN, ZUORDNUNGEN
from schemas.tabellen.konzept import KONZEPT
from tests.conftest import ROH

KOMMUNEN = ("neumuenster", "luenen", "steinfurt", "mettmann", "neuss")
HEUTE = date(2026, 7, 1)
Marts = Callable[[Zeilen], Ablage]
TYPEN = {"string": "VARCHAR", "int64": "BIGINT", "double": "DOUBLE", "date32[day]": "DATE", "bool": "BOOLEAN",
         "list<element: string>": "VARCHAR[]"}  # fmt: skip

GUT = """\
konzepte:
  - konzept: alt_2010
    titel: Altes Konzept
    herkunft: Vorlage 1/2010
    beschluss: null
    beschluss_genauigkeit: unbekannt
    gueltig_von: null
    gueltig_bis: null
    handlungsfelder:
      - {code: X1, name: Wohnraum}
  - konzept: neu_2020
    titel: Neues Konzept
    herkunft: Vorlage 2/2020
    beschluss: 2020-02-29
    beschluss_genauigkeit: tag
    gueltig_von: 2020-01-01
    gueltig_bis: 2023-12-31
    gremien:
      - {gremium: sozialausschuss, name: Sozialausschuss, behandlung: vorberatung}
      - {gremium: rat, name: Rat, behandlung: beschluss}
    nicht_erhoben:
      indikatoren: Anlage fehlt
    vorlagen:
      - vorlage: "2/2020"
        titel: Konzept
        finanziell: noch_nicht_absehbar
        herkunft: Ratsinformationssystem
        beratung:
          - {gremium: sozialausschuss, behandlung: vorberatung}
          - {gremium: rat, behandlung: beschluss, termin: 2020-02-29, ergebnis: beschlossen}
    handlungsfelder:
      - {code: S1, name: Arbeit und Beschäftigung, aliase: [Arbeit]}
      - {code: S2, name: Bildung und Sprache, aliase: [Sprache und Bildung]}
    leitziele:
      - {code: S1.a, handlungsfeld: S1, text: Arbeit finden}
    massnahmen:
      - {nr: "1.1", titel: Beratung, handlungsfeld: S1, leitziel: S1.a, vorlage: 2/2020}
      - {nr: "1.10", titel: Messe, handlungsfeld: S1}
    berichtspflichten:
      - {bericht: zwischenbericht, titel: Zwischenbericht, art: nach_beschluss, monate: 24, gremien: [rat], herkunft: S. 5}
      - {bericht: endbericht, titel: Endbericht, art: nach_geltungsende, monate: 6, herkunft: S. 5}
      - {bericht: turnus, titel: Bericht, art: turnus, monate: 24, erstmals: 2021-06-30, herkunft: S. 6}
      - {bericht: einmalig, titel: Bilanz, art: fest, am: 2022-03-31, herkunft: S. 7}
    abgaben_gepflegt: true
    abgegeben:
      - {bericht: zwischenbericht, faellig_am: 2022-02-28, abgegeben_am: 2022-02-01, herkunft: Rat}
    foerderung:
      - {programm: KIM, baustein: eins, titel: T, traeger: A, jahr: 2021, aufwand: 100, ertrag: 60, eigenanteil: 40, herkunft: H}
    zuordnung:
      - {von: alt_2010.X1, nach: neu_2020, art: entfallen, vorschlag: true, herkunft: V}
"""


def write(ordner: Path, text: str) -> Path:
    """A municipality's folder with this konzept.yaml."""
    ziel = ordner / "k"
    ziel.mkdir(exist_ok=True)
    (ziel / "konzept.yaml").write_text(text, encoding="utf-8")
    return ziel


def load(ordner: Path, text: str = GUT) -> Konzept:
    """The concept of this text."""
    konzept = load_konzept(write(ordner, text))
    assert konzept is not None
    return konzept


def fassung(kennung: str) -> Fassung:
    """A version of one of the five concepts."""
    konzept = load_konzept(ROH / kennung.split("_")[0])
    assert konzept is not None
    return next(f for f in konzept.konzepte if f.konzept == kennung)


def termine(f: Fassung, bericht: str, bis: date = HEUTE) -> list[date | None]:
    """Due dates of one duty."""
    return [t.faellig_am for t in faelligkeiten(f, bis) if t.bericht == bericht]


# What the papers say


@pytest.mark.parametrize(
    ("kennung", "arten", "ziele", "gremien"),
    [
        ("neumuenster_2015", {"handlungsfeld": 7}, 0, 1),
        ("neumuenster_2022", {"handlungsfeld": 7}, 0, 5),
        ("luenen_2007", {"handlungsfeld": 4}, 0, 0),
        ("luenen_2014", {"leitlinie": 5}, 0, 1),
        ("luenen_kim_2021", {"baustein": 3, "schwerpunkt": 5}, 10, 4),
        ("steinfurt_2018", {"handlungsfeld": 6, "leitlinie": 5}, 23, 3),
        ("mettmann_2015", {"handlungsfeld": 6, "querschnitt": 2}, 0, 3),
        ("neuss_erfolgsfaktoren", {"erfolgsfaktor": 9}, 15, 4),
    ],
)
def test_each_version_has_the_fields_goals_and_bodies_of_its_paper(
    kennung: str, arten: dict[str, int], ziele: int, gremien: int
) -> None:
    f = fassung(kennung)
    assert Counter(h.art for h in f.handlungsfelder) == arten
    assert (len(f.leitziele), len(f.gremien)) == (ziele, gremien)


def test_steinfurt_has_28_measures_whose_first_digit_is_their_field() -> None:
    massnahmen = fassung("steinfurt_2018").massnahmen
    assert Counter(m.handlungsfeld for m in massnahmen) == {"S1": 5, "S2": 5, "S3": 4, "S4": 4, "S5": 6, "S6": 4}
    assert all(m.handlungsfeld == f"S{m.nr[0]}" for m in massnahmen)
    assert [m.seite for m in massnahmen] == sorted(m.seite or 0 for m in massnahmen)


def test_goals_missing_from_steinfurts_table_of_goals_say_so() -> None:
    nur_im_kapitel = [z.code for z in fassung("steinfurt_2018").leitziele if "nicht in der Zieltabelle" in z.fundstelle]
    assert nur_im_kapitel == ["S1.d", "S2.c", "S3.c"]


def test_luenens_printed_totals_add_up() -> None:
    summen = {g.jahr: g for g in fassung("luenen_kim_2021").foerderung if g.baustein == "insgesamt"}
    assert {j: (g.aufwand, g.ertrag, g.eigenanteil) for j, g in summen.items()} == {
        2021: (48_000, 41_000, 7_000),
        2022: (297_500, 238_500, 59_000),
    }
    assert (48_000 - 41_000, 297_500 - 238_500) == (7_000, 59_000)


def test_luenens_parts_give_the_printed_income_and_own_share_of_2022() -> None:
    teile = [g for g in fassung("luenen_kim_2021").foerderung if g.baustein.startswith("baustein")]
    assert sum(g.ertrag or 0 for g in teile) == 238_500
    assert sum(g.eigenanteil or 0 for g in teile) == 59_000
    assert [g.vzae for g in teile] == [1, 2, 1]


def test_figures_that_do_not_add_up_stay_as_printed_and_are_explained() -> None:
    for g in fassung("luenen_kim_2021").foerderung:
        if None not in (g.aufwand, g.ertrag, g.eigenanteil) and g.aufwand - g.ertrag != g.eigenanteil:  # type: ignore[operator]
            assert "Wie gedruckt" in g.anmerkung
            assert g.baustein in ("baustein_3", "kreis_unna_baustein_1", "kreis_unna_baustein_2")


def test_no_proposed_crosswalk_passes_for_a_source() -> None:
    zuordnungen = {z.nach: z.vorschlag for k in ("neumuenster_2022", "mettmann_2015") for z in fassung(k).zuordnung}
    assert [nach for nach, vorschlag in zuordnungen.items() if not vorschlag] == ["mettmann_2015.M6"]


def test_every_field_of_neumuensters_old_concept_is_in_the_crosswalk() -> None:
    von = {Zuordnung.teile(z.von)[1] for z in fassung("neumuenster_2022").zuordnung}
    assert von == {h.code for h in fassung("neumuenster_2015").handlungsfelder}


def test_a_folder_without_concept_gives_none(tmp_path: Path) -> None:
    assert load_konzept(tmp_path) is None


# Names of fields


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("S2", "S2"),
        ("s2", "S2"),
        ("Bildung und Sprache", "S2"),
        ("  sprache UND\nbildung ", "S2"),
        ("Sprache/Bildung", "S2"),
        ("Bildung & Sprache", "S2"),
        ("Sport u. Kultur", None),
        ("–", None),
        ("", None),
    ],
)
def test_a_field_is_found_by_code_name_or_alias_whatever_the_case_blanks_and_signs(text: str, code: str | None) -> None:
    assert handlungsfeld_von(fassung("steinfurt_2018"), text) == code


# Due dates


def test_steinfurts_final_report_is_due_six_months_after_the_validity_ends() -> None:
    assert termine(fassung("steinfurt_2018"), "umsetzungsbericht") == [date(2022, 6, 30)]


def test_steinfurts_interim_report_is_due_two_years_after_the_decision() -> None:
    f = fassung("steinfurt_2018").model_copy(update={"beschluss": date(2018, 3, 15), "beschluss_genauigkeit": "tag"})
    assert termine(f, "zwischenbericht") == [date(2020, 3, 15)]


@pytest.mark.parametrize(
    ("angaben", "grund"),
    [
        ({}, "Der Tag des Beschlusses ist nicht bekannt."),
        ({"beschluss": date(2018, 1, 1), "beschluss_genauigkeit": "jahr"}, "(nur Jahr bekannt)"),
        ({"beschluss": date(2018, 3, 1), "beschluss_genauigkeit": "monat"}, "(nur Monat bekannt)"),
    ],
)
def test_a_decision_not_known_to_the_day_gives_no_due_date(angaben: dict[str, Any], grund: str) -> None:
    f = fassung("steinfurt_2018").model_copy(update=angaben)
    (termin,) = [t for t in faelligkeiten(f, HEUTE) if t.bericht == "zwischenbericht"]
    assert termin.faellig_am is None
    assert grund in termin.grund


def test_an_unknown_end_of_validity_gives_no_due_date() -> None:
    f = fassung("steinfurt_2018").model_copy(update={"gueltig_bis": None})
    assert termine(f, "umsetzungsbericht") == [None]


def test_neuss_reports_every_two_years_from_the_last_report(tmp_path: Path) -> None:
    f = fassung("neuss_erfolgsfaktoren")
    assert termine(f, "fortschreibungsbericht") == [None]
    text = (ROH / "neuss" / "konzept.yaml").read_text(encoding="utf-8")
    text += "    abgegeben:\n      - {bericht: fortschreibungsbericht, faellig_am: null, abgegeben_am: 2020-09-10, herkunft: x}"
    (mit_bericht,) = load(tmp_path, text).konzepte
    faellig = [None, date(2022, 9, 10), date(2024, 9, 10)]
    assert termine(mit_bericht, "fortschreibungsbericht", date(2026, 9, 9)) == faellig
    assert termine(mit_bericht, "fortschreibungsbericht", date(2026, 9, 10)) == [*faellig, date(2026, 9, 10)]


def test_a_first_date_starts_the_rhythm_and_the_next_one_is_always_listed(tmp_path: Path) -> None:
    f = load(tmp_path).konzepte[1]
    assert termine(f, "turnus", date(2025, 6, 30)) == [date(2021, 6, 30), date(2023, 6, 30), date(2025, 6, 30)]
    assert termine(f, "turnus", date(2000, 1, 1)) == [date(2021, 6, 30)]


def test_a_duty_without_interval_has_no_due_date() -> None:
    assert termine(fassung("luenen_kim_2021"), "unterrichtung") == [None]


def test_what_is_planned_for_a_year_is_due_on_its_last_day() -> None:
    assert termine(fassung("neumuenster_2022"), "monitoring") == [date(2023, 12, 31)]


@pytest.mark.parametrize(
    ("tag", "monate", "spaeter"),
    [
        (date(2021, 12, 31), 6, date(2022, 6, 30)),
        (date(2020, 2, 29), 24, date(2022, 2, 28)),
        (date(2021, 11, 30), 1, date(2021, 12, 30)),
        (date(2021, 12, 15), 12, date(2022, 12, 15)),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_a_shorter_month(tag: date, monate: int, spaeter: date) -> None:
    assert monate_spaeter(tag, monate) == spaeter


# Wrong files

FEHLER: tuple[tuple[str, str, str, str, str], ...] = (
    # replaced text, its replacement, where the line is found, key named, reason named
    ('nr: "1.10"', "nr: 1.10", "nr: 1.10", "massnahmen[1].nr", "1.1 steht ohne Anführungszeichen"),
    ('nr: "1.10"', "nr: 2", "nr: 2", "massnahmen[1].nr", 'Richtig: "1.10".'),
    ('nr: "1.10"', 'nr: "1.1"', "titel: Messe", "massnahmen[1].nr", "»1.1« steht doppelt."),
    ("code: S2, name: Bildung", "code: S1, name: Bildung", "name: Bildung", "handlungsfelder[1].code", "»S1« steht doppelt."),
    ("aliase: [Sprache und Bildung]", "aliase: [ARBEIT]", "ARBEIT", "handlungsfelder[1].aliase", "So heißt schon S1."),
    ("name: Bildung und Sprache", "name: Arbeit & Beschäftigung", "& B", "handlungsfelder[1].name", "nicht eindeutig"),
    ("[Sprache und Bildung]", '["–"]', "–", "handlungsfelder[1].aliase[0]", "nicht die verlangte Form"),
    ("code: S2", "code: zwei", "code: zwei", "handlungsfelder[1].code", "»zwei« hat nicht die verlangte Form"),
    ("gremium: rat", "gremium: sozialausschuss", "name: Rat", "gremien[1].gremium", "steht doppelt."),
    ("bericht: endbericht", "bericht: turnus", "titel: Bericht,", "berichtspflichten[2].bericht", "steht doppelt."),
    ("S1.a, handlungsfeld: S1", "S1.a, handlungsfeld: S7", "S1.a, h", "leitziele[0].handlungsfeld", "Vorhanden: S1, S2."),
    ("Messe, handlungsfeld: S1", "Messe, handlungsfeld: S21", "Messe", "massnahmen[1].handlungsfeld", "Ähnlich: »S2«."),
    ("Messe, handlungsfeld: S1", "Messe", "Messe", "massnahmen[1]", "»1.10« braucht ein handlungsfeld."),
    ("leitziel: S1.a", "leitziel: S1.ab", "S1.ab", "massnahmen[0].leitziel", "»S1.ab« gibt es in »neu_2020« nicht. Ähnlich"),
    ("Beratung, handlungsfeld: S1", "Beratung, handlungsfeld: S2", "Beratung", "massnahmen[0].leitziel", "gehört zu S1"),
    ("gremien: [rat]", "gremien: [rath]", "rath", "berichtspflichten[0].gremien[0]", "Ähnlich: »rat«."),
    ("monate: 24, gremien", "gremien", "titel: Zw", "berichtspflichten[0]", "braucht den Schlüssel monate"),
    ("am: 2022-03-31, ", "", "titel: Bilanz", "berichtspflichten[3]", "Die art fest braucht den Schlüssel am."),
    ("am: 2022-03-31", "am: 2022-03-31, monate: 3", "titel: Bilanz", "berichtspflichten[3]", "monate gehört nicht zur art"),
    ("am: 2022-03-31", "am: 2022-03-31, genauigkeit: jahr", "titel: Bilanz", "berichtspflichten[3]", "2022-12-31"),
    ("art: fest", "art: jährlich", "jährlich", "berichtspflichten[3].art", "»jährlich« ist nicht erlaubt. Erlaubt:"),
    ("{bericht: zwischenbericht, faellig_am: 2022-02-28", "{bericht: zwischen, faellig_am: 2022-02-28", "zwischen,",
     "abgegeben[0].bericht", "Ähnlich: »zwischenbericht«."),
    ("faellig_am: 2022-02-28", "faellig_am: 2022-03-01", "2022-03-01", "abgegeben[0].faellig_am", "Berechnet: 2022-02-28."),
    ("faellig_am: 2022-02-28", "faellig_am: null", "faellig_am: null", "abgegeben[0].faellig_am", "Zu null gibt es keinen"),
    ("abgegeben_am: 2022-02-01", "abgegeben_am: 2022-02-01, genauigkeit: monat", "2022-02-01", "abgegeben[0]", "2022-02-28"),
    ("beschluss: 2020-02-29", "beschluss: null", "konzept: neu_2020", "konzepte[1]", "genau dann null"),
    ("beschluss_genauigkeit: tag", "beschluss_genauigkeit: jahr", "konzept: neu_2020", "konzepte[1]", "ersten Tag: 2020-01-01"),
    ("beschluss: 2020-02-29", "beschluss: 2020", "beschluss: 2020", "beschluss", "ein Datum JJJJ-MM-TT"),
    ("gueltig_bis: 2023-12-31", "gueltig_bis: 2019-12-31", "konzept: neu_2020", "konzepte[1]", "liegt vor gueltig_von"),
    ("    gueltig_bis: 2023-12-31\n", "", "konzept: neu_2020", "konzepte[1].gueltig_bis", "Der Schlüssel fehlt."),
    ("konzept: neu_2020", "konzept: alt_2010", "- konzept: alt_2010", "konzepte[1].konzept", "»alt_2010« steht doppelt."),
    ("{gremium: rat, behandlung: beschluss, ", "{gremium: kreistag, behandlung: beschluss, ", "kreistag",
     "vorlagen[0].beratung[1].gremium", "Das Gremium »kreistag« gibt es in »neu_2020« nicht."),
    ("behandlung: beschluss, termin", "behandlung: beschlossen, termin", "beschlossen", "beratung[1].behandlung", "beschluss"),
    ("termin: 2020-02-29, ergebnis", "ergebnis", "ergebnis", "vorlagen[0].beratung[1]", "braucht den Termin"),
    ("finanziell: noch_nicht_absehbar", "finanziell: vielleicht", "vielleicht", "vorlagen[0].finanziell", "noch_nicht_absehbar"),
    ("vorlage: 2/2020", "vorlage: 3/2020", "vorlage: 3/2020", "massnahmen[0].vorlage", "Ähnlich: »2/2020«."),
    ("indikatoren: Anlage fehlt", "leitziele: Anlage fehlt", "konzept: neu_2020", "konzepte[1]", "hat aber Angaben dazu"),
    ("indikatoren: Anlage fehlt", "kapitel: Anlage fehlt", "kapitel", "nicht_erhoben.kapitel.[key]", "indikatoren"),
    ("aufwand: 100", "aufwand: -1", "aufwand: -1", "foerderung[0].aufwand", "-1 liegt außerhalb"),
    ("aufwand: 100", "kosten: 100", "kosten", "foerderung[0].kosten", "»kosten« ist unbekannt."),
    ("von: alt_2010.X1", "von: alt_2011.X1", "alt_2011", "zuordnung[0].von", "Ähnlich: »alt_2010«."),
    ("von: alt_2010.X1", "von: alt_2010.X2", "alt_2010.X2", "zuordnung[0].von", "»X2« gibt es in »alt_2010« nicht."),
    ("von: alt_2010.X1", "von: alt_2010", "art: entfallen", "zuordnung[0]", "erwartet wird <konzept>.<code>"),
    ("nach: neu_2020,", "nach: neu_2020.S1,", "art: entfallen", "zuordnung[0]", "erwartet wird nur das Konzept"),
    ("nach: neu_2020,", "nach: alt_2010,", "nach: alt_2010", "zuordnung[0].nach", "gehört nicht zu »neu_2020«"),
    ("vorschlag: true, ", "", "art: entfallen", "zuordnung[0].vorschlag", "Der Schlüssel fehlt."),
)  # fmt: skip


@pytest.mark.parametrize(("alt", "neu", "stelle", "schluessel", "grund"), FEHLER)
def test_a_fault_is_named_by_file_line_key_and_reason(
    tmp_path: Path, alt: str, neu: str, stelle: str, schluessel: str, grund: str
) -> None:
    text = GUT.replace(alt, neu)
    assert text != GUT
    with pytest.raises(KonfigurationsFehler) as fehler:
        load(tmp_path, text)
    nummern = [n for n, z in enumerate(text.splitlines(), start=1) if stelle in z]
    passend = [z for z in str(fehler.value).splitlines() if z.partition(": ")[0].endswith(schluessel) and grund in z]
    assert [z for z in passend if z.startswith(f"k/konzept.yaml, Zeile {nummern[-1]}, konzepte[1]")], str(fehler.value)


@pytest.mark.parametrize("anfang", ["- {programm", "- {von", "- {bericht: zwischenbericht, faellig_am"])
def test_an_entry_that_stands_twice_is_named(tmp_path: Path, anfang: str) -> None:
    (zeile,) = [z for z in GUT.splitlines() if z.lstrip().startswith(anfang)]
    with pytest.raises(KonfigurationsFehler, match="steht doppelt"):
        load(tmp_path, GUT.replace(zeile, f"{zeile}\n{zeile}"))


def test_all_faults_of_a_file_are_named_at_once(tmp_path: Path) -> None:
    text = GUT.replace("gremien: [rat]", "gremien: [x, y]").replace("von: alt_2010.X1", "von: alt_2010.X9")
    with pytest.raises(KonfigurationsFehler) as fehler:
        load(tmp_path, text)
    assert len(str(fehler.value).splitlines()) == 3


def test_a_file_without_versions_is_named(tmp_path: Path) -> None:
    with pytest.raises(KonfigurationsFehler, match=r"^k/konzept\.yaml, Zeile 1"):
        load(tmp_path, "konzepte: []\n")


def test_a_text_number_keeps_its_zero(tmp_path: Path) -> None:
    assert [m.nr for m in load(tmp_path).konzepte[1].massnahmen] == ["1.1", "1.10"]


# Rows and statements


def test_the_vocabulary_lists_what_the_file_may_say() -> None:
    assert get_args(Feldart) == FELDARTEN
    assert get_args(Zuordnung.model_fields["art"].annotation) == ZUORDNUNGEN


@pytest.fixture
def marts(tmp_path: Path) -> Marts:
    """Writes rows as `stamm` tables of a data folder, runs the statements and returns the folder."""

    def build(zeilen: Zeilen) -> Ablage:
        ablage = Ablage(tmp_path / "data").create_folders()
        for name, spalten in {**SCHEMATA_KONZEPT, "veroeffentlichung": {"veroeffentlichung": pa.string()}}.items():
            tabelle = pa.Table.from_pylist(zeilen.get(name, [{"veroeffentlichung": "v"}]), schema=pa.schema(spalten))
            with ablage.neu(ablage.tabelle("stamm", name)) as neu:
                pq.write_table(tabelle, neu)
        for schritt in sql_steps():
            if f"{schritt.schema}.{schritt.name}" in {t.voll for t in KONZEPT}:
                schritt.write(ablage)
        return ablage

    return build


def read(ablage: Ablage, tabelle: str) -> list[dict[str, Any]]:
    """All rows of a table."""
    return pq.read_table(ablage.tabelle(*tabelle.split("."))).to_pylist()


def befunde(ablage: Ablage, name: str) -> list[str]:
    """What a check finds, as `kommune: ort`."""
    (pruefung,) = [p for p in load_checks() if p.name == name]
    ergebnis = run_check(ablage, pruefung)
    assert ergebnis.schwere is Schwere.warnung or not ergebnis.sperrt, "a duty of the office stops no publication"
    return [f"{z['kommune']}: {z['ort']}" for z in ergebnis.zeilen]


def test_rows_have_exactly_the_columns_of_their_table() -> None:
    zeilen = zeilen_konzept([(k, ROH / k) for k in KOMMUNEN], HEUTE)
    assert set(zeilen) == set(SCHEMATA_KONZEPT)
    for name, schema in SCHEMATA_KONZEPT.items():
        assert zeilen[name], name
        assert {frozenset(z) for z in zeilen[name]} == {frozenset(schema)}, name


def test_published_tables_have_the_columns_types_and_keys_of_the_vocabulary(marts: Marts) -> None:
    ablage = marts(zeilen_konzept([(k, ROH / k) for k in KOMMUNEN], HEUTE))
    for tabelle in KONZEPT:
        schema = pq.read_schema(ablage.tabelle(tabelle.schema, tabelle.name))
        assert [(f.name, TYPEN[str(f.type)]) for f in schema] == [(s.name, s.typ) for s in tabelle.spalten], (
            tabelle.voll
        )
        zeilen = read(ablage, tabelle.voll)
        assert zeilen, tabelle.voll
        schluessel = [tuple(z[s] for s in tabelle.schluessel) for z in zeilen]
        assert len(set(schluessel)) == len(schluessel), tabelle.voll
        assert schluessel == sorted(schluessel), tabelle.voll
        leer = {s for z in zeilen for s, wert in z.items() if wert is None}
        assert leer <= tabelle.leer_erlaubt, tabelle.voll


def test_a_duty_and_its_due_date_stand_once_with_at_most_one_missing_date(marts: Marts) -> None:
    ablage = marts(zeilen_konzept([(k, ROH / k) for k in KOMMUNEN], HEUTE))
    zeilen = read(ablage, "marts.berichtspflicht")
    assert len({(z["kommune"], z["konzept"], z["bericht"], z["faellig_am"]) for z in zeilen}) == len(zeilen)


@pytest.mark.parametrize(
    ("heute", "status", "tage"),
    [
        (date(2021, 12, 30), "offen", 91),
        (date(2021, 12, 31), "faellig_bald", 90),
        (date(2022, 3, 31), "faellig_bald", 0),
        (date(2022, 4, 1), "ueberfaellig", -1),
    ],
)
def test_a_report_is_announced_90_days_ahead_and_overdue_the_day_after(
    marts: Marts, tmp_path: Path, heute: date, status: str, tage: int
) -> None:
    zeilen = read(marts(zeilen_konzept([("k", write(tmp_path, GUT))], heute)), "marts.berichtspflicht")
    stand = {z["bericht"]: (z["status"], z["tage_bis_faellig"]) for z in zeilen}
    assert stand["einmalig"] == (status, tage)
    assert stand["zwischenbericht"] == ("erledigt", None)


def test_nobody_is_overdue_before_it_is_recorded_whether_anybody_reported(marts: Marts, tmp_path: Path) -> None:
    text = GUT.replace("    abgaben_gepflegt: true\n", "")
    ablage = marts(zeilen_konzept([("k", write(tmp_path, text))], date(2023, 6, 1)))
    stand = {
        (z["bericht"], z["nummer"]): (z["status"], z["tage_bis_faellig"]) for z in read(ablage, "marts.berichtspflicht")
    }
    assert stand["einmalig", 1] == ("unbekannt", None)
    assert stand["zwischenbericht", 1] == ("erledigt", None)
    assert [b for b in befunde(ablage, "bericht_ueberfaellig") if "Tage darüber" in b] == []


@pytest.mark.parametrize(
    ("abgabe", "status"), [("faellig_am: null, abgegeben_am", "erledigt"), ("", "nicht_bestimmbar")]
)
def test_a_duty_without_date_can_be_done(marts: Marts, tmp_path: Path, abgabe: str, status: str) -> None:
    text = GUT.replace("beschluss: 2020-02-29", "beschluss: null").replace("genauigkeit: tag", "genauigkeit: unbekannt")
    text = (
        text.replace("faellig_am: 2022-02-28, abgegeben_am", abgabe) if abgabe else text[: text.index("    abgegeben:")]
    )
    zeilen = read(marts(zeilen_konzept([("k", write(tmp_path, text))], HEUTE)), "marts.berichtspflicht")
    assert [(z["status"], z["faellig_am"]) for z in zeilen if z["bericht"] == "zwischenbericht"] == [(status, None)]


def test_a_missed_report_is_listed_and_a_near_one_is_a_hint(marts: Marts, tmp_path: Path) -> None:
    ablage = marts(zeilen_konzept([("k", write(tmp_path, GUT))], date(2023, 6, 1)))
    assert befunde(ablage, "bericht_ueberfaellig") == [
        "k: neu_2020, einmalig: fällig am 31.03.2022, Tage darüber: 427, keine Abgabe vermerkt",
        "k: neu_2020, turnus: fällig am 30.06.2021, Tage darüber: 701, keine Abgabe vermerkt",
        "k: Hinweis: neu_2020, turnus: fällig am 30.06.2023, noch Tage: 29",
    ]


def test_funding_says_what_is_missing_rounded_assumed_or_does_not_add_up(marts: Marts) -> None:
    zeilen = read(marts(zeilen_konzept([("luenen", ROH / "luenen")], HEUTE)), "marts.foerderung")
    rund = ["geschaetzt", "quelle_gerundet"]
    assert {(z["baustein"], z["jahr"]): (z["status"], z["hinweise"]) for z in zeilen} == {
        ("insgesamt", 2021): ("ok", []),
        ("insgesamt", 2022): ("ok", []),
        ("baustein_1", 2022): ("geschaetzt", [*rund, "keine_daten", "jahr_angenommen"]),
        ("baustein_2", 2022): ("ok", ["jahr_angenommen"]),
        ("baustein_3", 2022): ("geschaetzt", [*rund, "jahr_angenommen", "rechnet_nicht_auf"]),
        ("kreis_unna_baustein_1", 2022): ("geschaetzt", [*rund, "jahr_angenommen", "rechnet_nicht_auf"]),
        ("kreis_unna_baustein_2", 2022): ("geschaetzt", [*rund, "jahr_angenommen", "rechnet_nicht_auf"]),
        ("kreis_unna_baustein_3", 2022): ("keine_daten", ["keine_daten", "jahr_angenommen"]),
    }


def test_funding_that_does_not_add_up_is_named_with_its_figures(marts: Marts) -> None:
    gefunden = befunde(marts(zeilen_konzept([("luenen", ROH / "luenen")], HEUTE)), "foerderung_rechnet_auf")
    assert len(gefunden) == 3
    assert gefunden[0] == (
        "luenen: KIM, baustein_3, 2022: Aufwand 69.500 € − Ertrag 55.000 € = 14.500 €, gedruckt ist der Eigenanteil 13.000 €"
    )


# Bodies and papers


def folge(zeilen: list[dict[str, Any]], nummer: str) -> list[tuple[Any, ...]]:
    """One paper's order of bodies: name, day, kind of treatment."""
    return [(z["gremium_name"], z["termin"], z["behandlung"]) for z in zeilen if z["vorlage_nr"] == nummer]


def test_bodies_stand_with_their_days_and_treatment_as_the_papers_print_them(marts: Marts) -> None:
    zeilen = read(marts(zeilen_konzept([(k, ROH / k) for k in KOMMUNEN], HEUTE)), "marts.beratungsfolge")
    assert folge(zeilen, "50/020/2015") == [
        ("Sozialausschuss", date(2015, 5, 11), "vorberatung"),
        ("Kreisausschuss", date(2015, 6, 15), "vorberatung"),
        ("Kreistag", date(2015, 6, 22), "beschluss"),
    ]
    assert folge(zeilen, "VL-204/2021") == [
        ("Ausschuss für Bürgerservice, Soziales und Ehrenamt", date(2021, 8, 26), "vorberatung"),
        ("Haupt- und Finanzausschuss", date(2021, 9, 9), "vorberatung"),
        ("Integrationsrat", date(2021, 9, 15), "vorberatung"),
        ("Rat der Stadt Lünen", date(2021, 9, 16), "beschluss"),
    ]
    neumuenster = folge(zeilen, "0523/2018/MV")
    assert [tag for _, tag, _ in neumuenster] == [
        date(2022, 10, 26), date(2022, 10, 27), date(2022, 11, 1), date(2022, 11, 8), date(2022, 11, 15),
    ]  # fmt: skip
    assert {b for *_, b in neumuenster} == {"kenntnisnahme"}
    # What became of them, no paper says.
    assert {(z["ergebnis"], "nicht_erhoben:ergebnis" in z["hinweise"]) for z in zeilen} == {(None, True)}


def test_each_row_names_its_concept_and_the_year_of_the_decision_or_of_the_begin(marts: Marts, tmp_path: Path) -> None:
    zeilen = read(marts(zeilen_konzept([(k, ROH / k) for k in KOMMUNEN], HEUTE)), "marts.beratungsfolge")
    namen = {(z["konzept"], z["konzept_titel"], z["konzept_jahr"]) for z in zeilen if z["vorlage_nr"] == "-"}
    assert namen == {
        ("luenen_2014", "Integrationskonzept der Stadt Lünen", 2014),
        ("neumuenster_2015", "Integrationskonzept der Stadt Neumünster", 2015),
    }
    eigene = read(marts(zeilen_konzept([("k", write(tmp_path, GUT))], HEUTE)), "marts.beratungsfolge")
    assert {(z["konzept_titel"], z["konzept_jahr"]) for z in eigene} == {("Neues Konzept", 2020)}
    gremium = "gueltig_von: 2011-05-01\n    gremien: [{gremium: rat, name: Rat, behandlung: beschluss}]"
    ohne_tag = write(tmp_path, GUT.replace("gueltig_von: null", gremium, 1))
    frueher = read(marts(zeilen_konzept([("k", ohne_tag)], HEUTE)), "marts.beratungsfolge")
    assert {z["konzept_jahr"] for z in frueher} == {2011, 2020}


def test_a_body_without_paper_or_day_says_so(marts: Marts, tmp_path: Path) -> None:
    zeilen = read(marts(zeilen_konzept([("k", write(tmp_path, GUT))], HEUTE)), "marts.beratungsfolge")
    assert [(z["vorlage_nr"], z["gremium"], z["ergebnis"], z["status"], z["hinweise"]) for z in zeilen] == [
        ("-", "sozialausschuss", None, "nicht_erhoben", ["nicht_erhoben", "nicht_erhoben:ergebnis"]),
        ("-", "rat", None, "nicht_erhoben", ["nicht_erhoben", "nicht_erhoben:ergebnis"]),
        ("2/2020", "sozialausschuss", None, "nicht_erhoben", ["nicht_erhoben", "nicht_erhoben:ergebnis"]),
        ("2/2020", "rat", "beschlossen", "ok", []),
    ]


def test_what_stands_in_an_annex_is_said_to_be_missing(marts: Marts) -> None:
    zeilen = read(marts(zeilen_konzept([(k, ROH / k) for k in KOMMUNEN], HEUTE)), "dim.konzept")
    stand = {z["konzept"]: z for z in zeilen}
    assert {"leitziele", "massnahmen"} <= {*stand["mettmann_2015"]["nicht_erhoben"]}
    assert "0523/2018/MV" in stand["neumuenster_2022"]["nicht_erhoben_grund"]
    assert (stand["steinfurt_2018"]["katalogmassnahmen"], stand["steinfurt_2018"]["leitziele"]) == (28, 23)
    # Every version without goals, measures or decision gives the reason.
    for z in zeilen:
        leer = {n for n, wert in (("leitziele", z["leitziele"]), ("beschluss", z["beschluss"])) if not wert}
        assert leer <= {*z["nicht_erhoben"]}, z["konzept"]


def test_a_repeating_duty_without_a_known_start_is_counted_from_today_and_says_so(marts: Marts) -> None:
    zeilen = read(marts(zeilen_konzept([("neuss", ROH / "neuss")], HEUTE)), "marts.berichtspflicht")
    stand = {z["bericht"]: (z["faellig_am"], z["status"], z["grund"]) for z in zeilen}
    satz = "Ein erster Termin ist nicht bekannt: gerechnet vom 01.07.2026 an, dem Tag der Auswertung."
    assert stand["runder_tisch"] == (date(2027, 7, 1), "offen", satz)
    assert stand["fortschreibungsbericht"] == (date(2028, 7, 1), "offen", satz)
    assert stand["berichterstattung"] == (None, "nicht_bestimmbar", "Die Quelle nennt keinen Abstand.")
