"""A town adds indicators by entries in indikatoren.yaml of its data folder, without any code; a filter is no place for SQL."""

from pathlib import Path

import pytest

from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.stamm.katalog.load import load_katalog
from tests.spec.indikatoren.beispiele import read
from tests.spec.indikatoren.hilfe import Werk, compare

EINTRAG = """
  - id: {id}
    name: {id}
    thema: bevoelkerung
    definition: Ein Indikator dieser Kommune.
    zaehler: Zähler
    nenner: {nenner}
    einheit: {einheit}
    richtung: hoch
    gliederungen: [geschlecht]
    quelle: [melderegister]
    periodizitaet: jaehrlich
    stichtag: "12-31"
    handlungsfelder: {{}}
    zuordnung_vorschlag: true
    vorbild: []
    formel_vorschlag: true
    hinweise: []
    herleitung: {herleitung}
"""
FILTER = "alter >= 65 and geschlecht = 'w'"


def eintrag(kennung: str, herleitung: str, einheit: str = "prozent", nenner: str = "Nenner") -> str:
    return EINTRAG.format(id=kennung, herleitung=herleitung, einheit=einheit, nenner=nenner)


def wuerfel(filter_: str) -> str:
    """An entry that counts the register with this filter, in the quoting of YAML."""
    text = filter_.replace("'", "''")
    return eintrag("frauen_65", f"{{art: wuerfel, zaehler: {{merkmal: einwohner, filter: '{text}'}}, "
                   "nenner: {merkmal: einwohner, filter: alter >= 65}, faktor: 100, profil: false}")  # fmt: skip


NEU = (
    wuerfel(FILTER)
    + eintrag("seniorinnen_kurs", "{art: lieferung, merkmal: kursteilnahme}")
    + eintrag("kurs_abstand", "{art: rechnung, formel: seniorinnen_kurs - frauen_65}", "punkte", "null")
)
# All three of one town: the examples differ in the indicator they look at.
EINGABE = """\
    register: |
      gebiet  alter  geschlecht  staatsangehoerigkeit  mh    personen
      01      70     m           deutsch               ohne  80
      01      70     w           deutsch               ohne  120
      01      64     w           deutsch               ohne  500
    lieferung: |
      merkmal        geschlecht  zaehler  nenner
      kursteilnahme  insgesamt   150      200
"""
BEISPIELE = f"""\
- indikator: frauen_65
  eingabe:
{EINGABE}
  erwartet: |
    geschlecht  zeitraum    zaehler  nenner  wert   status
    insgesamt   2022-12-31  120      200     60,0   ok
    m           2022-12-31  0        80      -      zu_klein
    w           2022-12-31  120      120     100,0  ok
- indikator: seniorinnen_kurs
  eingabe:
{EINGABE}
  erwartet: |
    geschlecht  zeitraum    zaehler  nenner  wert  status
    insgesamt   2022-12-31  150      200     75,0  ok
    m/w         2022-12-31  -        -       -     nicht_erhoben
- indikator: kurs_abstand
  eingabe:
{EINGABE}
  erwartet: |
    geschlecht  zeitraum    zaehler  nenner  wert  status
    insgesamt   2022-12-31  -        -       15,0  ok
    m           2022-12-31  -        -       -     zu_klein
    w           2022-12-31  -        -       -     nicht_erhoben
"""


def test_an_entry_in_the_data_folder_is_enough(tmp_path: Path) -> None:
    beispiele = read(BEISPIELE)
    reihen = Werk(tmp_path / "data", NEU).compute(beispiele)
    assert {b.ort: compare(b, reihen[b.ort]) for b in beispiele} == {b.ort: [] for b in beispiele}


@pytest.mark.parametrize(
    ("filter_", "meldung"),
    [
        ("alter < 18; drop table personen", "Ein Strichpunkt ist nicht erlaubt."),
        ("alter < 18 or 1 = 1", "links steht eine Spalte, rechts ein Wert"),
        ("alter < 18) or (true", "ist kein gültiger Ausdruck"),
        ("alter < 18 -- and geschlecht = 'w'", "Ein Kommentar ist nicht erlaubt."),
        ("alter < (select max(alter) from eingang.melderegister)", "rechts von »alter« steht eine Zahl oder ein Text"),
        ("exists (select 1)", "ist in einem Filter nicht erlaubt"),
        ("geschlecht = 'w'' or true or ''' ", "kommt in der Spalte »geschlecht« nicht vor"),
        ("read_text('/etc/passwd') = 'x'", "links steht eine Spalte, rechts ein Wert"),
        ("pseudonym = 'abc'", "Die Spalte »pseudonym« gibt es in einem Filter nicht."),
        ("alter < 18 and " + " and ".join(["geschlecht = 'w'"] * 20), "Der Ausdruck ist zu lang"),
    ],
)
def test_a_filter_that_is_more_than_a_comparison_is_refused(tmp_path: Path, filter_: str, meldung: str) -> None:
    werk = Werk(tmp_path / "data", wuerfel(filter_))
    with pytest.raises(KonfigurationsFehler) as fehler:
        load_katalog(werk.ablage)
    (zeile,) = str(fehler.value).splitlines()
    assert meldung in zeile
    assert "referenz/indikatoren.yaml, Zeile" in zeile
    assert "herleitung" in zeile


def test_the_same_entry_with_a_sound_filter_is_taken(tmp_path: Path) -> None:
    assert "frauen_65" in load_katalog(Werk(tmp_path / "data", wuerfel(FILTER)).ablage).nach_id
