"""The indicator catalogue: all entries are there and sound, a wrong file is named.

Here belong the file and its errors; expressions are tested in test_filter.py, rows and page in test_katalog_tabellen.py.
Long because each key of one file is shown right and wrong.
"""

from pathlib import Path

import pytest

from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.foundation.storage import Ablage
from pipelines.stamm.katalog.filter import als_sql
from pipelines.stamm.katalog.herleitung import ARTEN, Wuerfel
from pipelines.stamm.katalog.katalog import Indikator, Katalog, fehlende_grenzen
from pipelines.stamm.katalog.konzeptbezug import check_handlungsfelder
from pipelines.stamm.katalog.load import load_katalog
from pipelines.stamm.kommune import ALTERSGRUPPEN
from pipelines.stamm.konzept.load import load_konzept
from pipelines.stamm.konzept.models import Konzept
from schemas.spalten.lieferung import MERKMALE
from tests.conftest import ROH

KOMMUNEN = ("neumuenster", "luenen", "steinfurt", "mettmann", "neuss")
ZUSTAND_TEXT = """
dem_einw dem_ausl_anteil dem_ausl dem_ausl_eu dem_ausl_asyl dem_ausl_frauen dem_mh_anteil dem_mh_u18 dem_mh_u6
dem_dtmh_anteil dem_dauer8 dem_alter dem_jugendq dem_altenq dem_u18 dem_u6 dem_ab65 dem_altenmh dem_zuzug dem_saldo
dem_mobil dem_geburten dem_top10 dem_familien dem_schutz dem_segreg dem_wohndauer reg_zuzug reg_fortzug reg_geburt
reg_sterbefall reg_ankunft dem_wohnjahre dem_aufenthaltsjahre dem_zugrund dem_umf dem_asyl recht_einb2 recht_einb1
recht_einb reg_einb reg_einbquote recht_potenzial recht_anspruch recht_einb1000 recht_unbefristet recht_duldung
kita_u3 kita_3_6 kita_mh kita_sprache seu_sprache seu_kitadauer sch_gym8 sch_haupt8 sch_foerder sch_ohne sch_abi
sch_frueh sch_hoechst sch_tertiaer sch_seiten aus_beteil aus_ohnevertrag aus_ueberg aus_ohneberuf aus_anerk hoch_bi
arb_bq arb_svb_ort arb_gering arb_quali arb_alq arb_alq_abst arb_al_anteil arb_jugend arb_al_mh arb_etq arb_ilo
arb_selbst arb_flucht ein_sgb2 ein_kinder ein_mindest ein_asylblg ein_gsalter ein_gserwerb ein_armut ein_erwerbsarm
ein_unterhalt wo_eigentum wo_flaeche wo_miete wo_unterkunft wo_dichte wo_alleinerz ges_ueber ges_u ges_impf ges_pflege
teil_wahlber teil_zugehoerig teil_wahlbet teil_gremien teil_mso teil_sport teil_ehrenamt teil_intkurs teil_bib sich_tv
sich_hass ad_beratung ioe_personal ioe_azubi ioe_schulung
"""
ZUSTAND = ZUSTAND_TEXT.split()
PROZESS = [
    "vor_vereinbar",
    "vor_neutral",
    "vor_negativ",
    "mas_umgesetzt",
    "mas_begonnen",
    "mas_ohne_start_begr",
    "mas_frist",
    "netz_treffen",
]

KOPF = """\
vorgaben:
  urteil: {mindestnenner: 10, mindestzaehler: 3}
  mindestnenner: 100
  relevanzschwelle:
    prozent: {wert: 1.0, art: absolut}
    sonst: {wert: 2.0, art: relativ}
  herkunft: Vorschlag.
themen: {arbeit: Arbeit}
quellen: {register: Melderegister, mikrozensus: Mikrozensus}
vorbilder: {NI: Niedersachsen}
hinweise:
  zusammensetzung: Wer eingebürgert wird, verlässt die Gruppe.
  definition: Nur mit Definition.
  mikrozensus: Nicht für kleine Städte.
indikatoren:
"""
EINTRAG = """\
  - id: anteil_mh
    name: Anteil
    thema: arbeit
    definition: Ein Anteil.
    zaehler: Personen
    nenner: Einwohner
    einheit: prozent
    richtung: neutral
    gliederungen: [geschlecht]
    quelle: [register]
    periodizitaet: jaehrlich
    stichtag: "12-31"
    handlungsfelder: {alt_2010: [X1]}
    zuordnung_vorschlag: true
    vorbild: [NI 1-2]
    formel_vorschlag: false
    hinweise: [definition]
    herleitung:
      art: wuerfel
      zaehler: {merkmal: personen_mit_mh, filter: "alter < 18"}
      nenner: {merkmal: einwohner, filter: "alter < 18"}
      faktor: 100
      profil: true
"""
QUOTE = """\
  - id: quote
    name: Quote
    thema: arbeit
    definition: Eine Quote.
    zaehler: Arbeitslose
    nenner: Erwerbspersonen
    einheit: prozent
    richtung: niedrig
    gliederungen: [staatsangehoerigkeit]
    hauptgruppe: auslaender
    quelle: [mikrozensus]
    periodizitaet: jaehrlich
    stichtag: null
    handlungsfelder: {}
    zuordnung_vorschlag: true
    vorbild: []
    formel_vorschlag: true
    hinweise: [zusammensetzung, mikrozensus]
    herleitung: {art: lieferung, merkmal: quote, zaehler: a - b, nenner: c}
"""
ABSTAND = """\
  - id: abstand
    name: Abstand
    thema: arbeit
    definition: Ein Abstand.
    zaehler: Quote minus Quote
    nenner: null
    einheit: punkte
    richtung: niedrig
    gliederungen: []
    quelle: [register]
    periodizitaet: jaehrlich
    stichtag: null
    handlungsfelder: {}
    zuordnung_vorschlag: true
    vorbild: [NI 5]
    formel_vorschlag: false
    hinweise: []
    herleitung: {art: rechnung, formel: quote.auslaender - quote.insgesamt}
"""
GUT = KOPF + EINTRAG + QUOTE + ABSTAND


@pytest.fixture(scope="module")
def echt() -> Katalog:
    """The catalogue of the repository."""
    return load_katalog(Ablage(ROH.parent))


def konzepte() -> list[Konzept]:
    """The concepts of the five municipalities."""
    geladen = [load_konzept(ROH / k) for k in KOMMUNEN]
    return [k for k in geladen if k]


def load(ordner: Path, text: str = GUT) -> Katalog:
    """The catalogue of this text."""
    ziel = ordner / "raw" / "referenz"
    ziel.mkdir(parents=True, exist_ok=True)
    (ziel / "indikatoren.yaml").write_text(text, encoding="utf-8")
    return load_katalog(Ablage(ordner))


# What the catalogue holds


def test_all_115_indicators_and_those_of_the_process_are_there(echt: Katalog) -> None:
    assert len(ZUSTAND) == 115
    assert [i.id for i in echt.indikatoren if not i.prozess] == ZUSTAND
    assert [i.id for i in echt.indikatoren if i.prozess] == PROZESS


def test_every_field_that_is_named_is_a_field_of_its_concept(echt: Katalog) -> None:
    check_handlungsfelder(echt, konzepte())
    fassungen = {f.konzept for k in konzepte() for f in k.konzepte}
    assert {f for i in echt.indikatoren for f in i.handlungsfelder} <= fassungen


def test_every_field_of_the_four_concepts_with_fields_has_an_indicator(echt: Katalog) -> None:
    genannt = {(f, c) for i in echt.indikatoren for f, codes in i.handlungsfelder.items() for c in codes}
    for f in (f for k in konzepte() for f in k.konzepte):
        if f.konzept in ("neumuenster_2022", "steinfurt_2018", "mettmann_2015", "luenen_2007"):
            felder = {h.code for h in f.handlungsfelder if h.art in ("handlungsfeld", "querschnitt")}
            assert {(f.konzept, c) for c in felder} <= genannt, f.konzept


def test_every_mapping_is_marked_as_a_proposal_and_no_indicator_is_without_place(echt: Katalog) -> None:
    assert all(i.zuordnung_vorschlag for i in echt.indikatoren)
    assert [i.id for i in echt.indikatoren if not i.handlungsfelder and not i.rahmen] == []


def test_a_formula_without_public_model_is_marked(echt: Katalog) -> None:
    vorschlaege = [i.id for i in echt.indikatoren if i.formel_vorschlag and not i.prozess]
    assert vorschlaege == [
        "dem_ausl_eu", "dem_ausl_asyl", "dem_ausl_frauen", "dem_jugendq", "dem_u18", "dem_u6", "dem_ab65",
        "dem_wohndauer", "reg_zuzug", "reg_fortzug", "reg_geburt", "reg_sterbefall", "reg_ankunft", "dem_wohnjahre",
        "dem_aufenthaltsjahre", "dem_zugrund", "dem_umf", "dem_asyl", "recht_einb", "reg_einb", "reg_einbquote",
        "seu_sprache", "seu_kitadauer", "sch_foerder", "sch_tertiaer", "sch_seiten", "arb_ilo", "ein_asylblg",
        "ein_gsalter", "ein_gserwerb", "ein_erwerbsarm", "wo_unterkunft", "wo_dichte", "wo_alleinerz", "ges_u",
        "ges_impf", "ges_pflege", "teil_zugehoerig", "teil_wahlbet", "teil_gremien", "teil_mso", "teil_intkurs",
        "teil_bib", "sich_hass", "ad_beratung",
    ]  # fmt: skip


def test_smallest_denominators_follow_the_rules_of_the_sources(echt: Katalog) -> None:
    eigene = {
        i.id: (echt.mindestnenner(i), i.mindestzaehler) for i in echt.indikatoren if i.mindestnenner or i.mindestzaehler
    }
    # Measures, papers and reports are counted in dozens; they are no persons.
    assert eigene == {
        "arb_alq": (1000, None), "arb_jugend": (1000, None), "ein_sgb2": (100, 3), "ein_kinder": (100, 3),
        **{i: (1, None) for i in PROZESS if i != "netz_treffen"},
    }  # fmt: skip
    assert echt.mindestnenner(echt.nach_id["sch_abi"]) == 100
    assert echt.mindestnenner(echt.nach_id["dem_einw"]) is None


def test_what_counts_as_a_change_is_one_point_for_shares_and_two_percent_otherwise(echt: Katalog) -> None:
    def schwelle(kennung: str) -> tuple[float, str]:
        r = echt.relevanz(echt.nach_id[kennung])
        return r.wert, r.art

    assert schwelle("sch_abi") == schwelle("ein_mindest") == (1.0, "absolut")
    assert schwelle("dem_einw") == schwelle("dem_alter") == (2.0, "relativ")
    assert schwelle("recht_einb2") == (0.1, "absolut")


@pytest.mark.parametrize(
    ("hinweis", "ids"),
    [
        ("ueber_hundert", ["kita_u3", "kita_3_6"]),
        ("anteil_keine_quote", ["arb_al_anteil"]),
        ("fluss_bestand", ["recht_einb2", "recht_einb1", "reg_einbquote", "recht_potenzial"]),
        ("nenner_verzoegert", ["arb_alq", "arb_alq_abst"]),
        ("segregation", ["dem_segreg"]),
        ("antwortende", ["arb_al_mh", "ioe_personal", "ioe_azubi"]),
    ],
)
def test_what_must_stand_beside_an_indicator_is_there(echt: Katalog, hinweis: str, ids: list[str]) -> None:
    assert [i.id for i in echt.indikatoren if hinweis in i.hinweise] == ids


def test_with_the_default_groups_only_ratios_with_the_age_of_20_cannot_be_computed(echt: Katalog) -> None:
    fehlt = {i.id: f for i in echt.indikatoren if (f := fehlende_grenzen(i, ALTERSGRUPPEN))}
    assert fehlt == {"dem_jugendq": [20]}
    assert fehlende_grenzen(echt.nach_id["dem_jugendq"], ("00-19", "20-64", "65+")) == []


def test_what_the_register_gives_is_computed_from_it(echt: Katalog) -> None:
    arten = {a: [i.id for i in echt.indikatoren if i.herleitung.art == a] for a in ARTEN}
    assert arten["wuerfel"] == [
        "dem_einw", "dem_ausl_anteil", "dem_ausl", "dem_mh_anteil", "dem_mh_u18", "dem_mh_u6", "dem_dtmh_anteil",
        "dem_alter", "dem_jugendq", "dem_altenmh", "dem_top10",
    ]  # fmt: skip
    assert (arten["segregation"], arten["register"], arten["rechnung"]) == (
        ["dem_segreg"],
        [],
        ["arb_alq_abst"],
    )
    assert arten["massnahmen"] == [i for i in PROZESS if i != "netz_treffen"]


def test_every_filter_of_the_catalogue_runs_over_the_cube(echt: Katalog) -> None:
    import duckdb

    con = duckdb.connect()
    con.execute(
        "create table w as select unnest([0, 17, 18, 80, null]) as alter, '-' as altersgruppe, 'm' as geschlecht"
    )
    for i in echt.indikatoren:
        if (
            isinstance(i.herleitung, Wuerfel)
            and i.herleitung.zaehler.merkmal != "personen"
            and i.herleitung.zaehler.filter
        ):
            con.execute(f"select count(*) from w where {als_sql(i.herleitung.zaehler.filter)}").fetchall()
    unter_18 = con.execute(f"select alter from w where {als_sql('alter < 18')} order by 1").fetchall()
    con.close()
    assert unter_18 == [(0,), (17,)], "unknown ages count nowhere"


def test_deliveries_use_the_merkmale_of_the_vocabulary_where_there_are_some(echt: Katalog) -> None:
    mindest = echt.nach_id["ein_mindest"].herleitung
    assert {mindest.merkmal, mindest.zaehler, mindest.nenner} <= set(MERKMALE)  # type: ignore[union-attr]


# Wrong files

FEHLER: tuple[tuple[str, str, str, str, str], ...] = (
    # replaced text, its replacement, where the line is found, key named, reason named
    ("id: quote", "id: anteil_mh", "id: anteil_mh", "indikatoren[1].id", "»anteil_mh« steht doppelt."),
    ("id: quote", "id: Quote", "id: Quote", "indikatoren[1].id", "nicht die verlangte Form"),
    ("thema: arbeit\n    definition: Ein Anteil", "thema: arbiet\n    definition: Ein Anteil", "arbiet", "thema",
     "Ähnlich: »arbeit«."),
    ("Ein Anteil.", "Ein Anteil", "definition: Ein Anteil", "definition", "nicht die verlangte Form"),
    ("quelle: [mikrozensus]", "quelle: [mikrozensus, zensus]", "quelle: [mik", "quelle[1]", "Die Quelle »zensus« gibt es nicht"),
    ("hinweise: [definition]", "hinweise: [definition, x]", "hinweise: [def", "hinweise[1]", "Der Hinweis »x« gibt es nicht"),
    ("vorbild: [NI 1-2]", "vorbild: [XY 1-2]", "XY", "vorbild[0]", "Das Vorbild »XY« gibt es nicht."),
    ("hinweise: [zusammensetzung, mikrozensus]", "hinweise: [mikrozensus]", "id: quote", "indikatoren[1]",
     "Der Hinweis »zusammensetzung« fehlt"),
    ("hinweise: [zusammensetzung, mikrozensus]", "hinweise: [zusammensetzung]", "id: quote", "indikatoren[1]",
     "Der Hinweis »mikrozensus« fehlt"),
    ("hinweise: [definition]", "hinweise: []", "id: anteil_mh", "indikatoren[0]", "Der Hinweis »definition« fehlt"),
    ("hauptgruppe: auslaender", "hauptgruppe: mit_mh", "id: quote", "indikatoren[1]", "braucht die Gliederung"),
    ("formel_vorschlag: true", "formel_vorschlag: false", "id: quote", "indikatoren[1]", "formel_vorschlag muss true sein"),
    ("einheit: prozent\n    richtung: neutral", "einheit: promille\n    richtung: neutral", "id: anteil_mh", "indikatoren[0]",
     "gehört der Faktor 1000"),
    ("profil: true", "profil: false", "herleitung:", "herleitung.wuerfel", "profil muss true sein"),
    ('filter: "alter < 18"}\n      nenner', 'filter: "alter < abs(18)"}\n      nenner', "abs(18)", "herleitung.wuerfel.zaehler",
     "»ABS(18)« ist nicht erlaubt"),
    ('filter: "alter < 18"}\n      nenner', 'filter: "pid = 1"}\n      nenner', "pid", "herleitung.wuerfel.zaehler",
     "Die Spalte »pid« gibt es"),
    ('einwohner, filter: "alter < 18"', "personen", "herleitung:", "herleitung.wuerfel", "mischen sich nicht"),
    ("merkmal: einwohner", "merkmal: einwoner", "einwoner", "nenner.merkmal", "»einwoner« ist nicht erlaubt"),
    ("art: lieferung", "art: liferung", "art: liferung", "herleitung", "Ähnlich: »lieferung«."),
    ("zaehler: a - b, ", "", "art: lieferung", "herleitung.lieferung", "Zu nenner gehört zaehler."),
    ("zaehler: a - b", "zaehler: sum(a)", "sum(a)", "herleitung.lieferung.zaehler", "in einer Formel nicht erlaubt"),
    ("zaehler: a - b", "zaehler: a.auslaender", "a.auslaender", "lieferung.zaehler", "haben hier keine Gruppe"),
    ("quote.auslaender - quote", "qote.auslaender - quote", "qote", "herleitung.formel", "Ähnlich: »quote«."),
    ("formel: quote.auslaender", "formel: quote.mit_mh", "quote.mit_mh", "herleitung.formel", "»quote.mit_mh« gibt es nicht"),
    ("formel: quote.auslaender", "formel: abstand", "formel: abstand", "herleitung.formel", "im Kreis: abstand → abstand."),
    ("formel: quote.auslaender", "formel: max(quote)", "max(quote)", "rechnung.formel", "»MAX(quote)« ist in einer Formel"),
    ('"12-31"', "2023-12-31", "2023-12-31", "stichtag", "Erwartet: Text"),
    ("    sonst: {wert: 2.0, art: relativ}\n", "", "relevanzschwelle:", "vorgaben.relevanzschwelle", "»sonst« fehlt"),
    ("themen: {arbeit: Arbeit}", "themen: {arbeit: Arbeit}\nfarben: {}", "farben", "farben", "»farben« ist unbekannt"),
    ("  definition: Nur", "  neu: Niemand.\n  definition: Nur", "neu:", "hinweise.neu", "nennt kein Indikator"),
)  # fmt: skip


@pytest.mark.parametrize(("alt", "neu", "stelle", "schluessel", "grund"), FEHLER)
def test_a_fault_is_named_by_file_line_key_and_reason(
    tmp_path: Path, alt: str, neu: str, stelle: str, schluessel: str, grund: str
) -> None:
    text = GUT.replace(alt, neu, 1)
    assert text != GUT
    with pytest.raises(KonfigurationsFehler) as fehler:
        load(tmp_path, text)
    nummern = [n for n, z in enumerate(text.splitlines(), start=1) if stelle in z]
    passend = [z for z in str(fehler.value).splitlines() if z.partition(": ")[0].endswith(schluessel) and grund in z]
    anfaenge = tuple(f"referenz/indikatoren.yaml, Zeile {n}, " for n in nummern)
    assert [z for z in passend if z.startswith(anfaenge)], str(fehler.value)


def test_a_cycle_of_several_formulas_is_named(tmp_path: Path) -> None:
    zweiter = ABSTAND.replace("id: abstand", "id: weiter").replace("quote.auslaender - quote.insgesamt", "abstand * 2")
    text = GUT.replace("quote.auslaender - quote.insgesamt", "weiter + quote") + zweiter
    with pytest.raises(KonfigurationsFehler, match="im Kreis: abstand → weiter → abstand"):
        load(tmp_path, text)


def test_the_sound_file_of_these_tests_loads(tmp_path: Path) -> None:
    geladen = load(tmp_path)
    assert [i.herleitung.art for i in geladen.indikatoren] == ["wuerfel", "lieferung", "rechnung"]
    assert [i.faktor for i in geladen.indikatoren] == [100.0, 100.0, 1.0]
    assert geladen.nach_id["quote"].vergleichsgruppe == "deutsche"


def test_an_unknown_field_of_a_known_concept_is_named_and_other_concepts_are_not_judged(echt: Katalog) -> None:
    def mit(felder: dict[str, tuple[str, ...]]) -> Katalog:
        eintrag: Indikator = echt.indikatoren[0].model_copy(update={"handlungsfelder": felder})
        return echt.model_copy(update={"indikatoren": (eintrag,)})

    check_handlungsfelder(mit({"anderswo_2020": ("Z9",)}), konzepte())
    with pytest.raises(
        KonfigurationsFehler, match=r"dem_einw, handlungsfelder\.steinfurt_2018: Das Handlungsfeld »S9«"
    ):
        check_handlungsfelder(mit({"steinfurt_2018": ("S1", "S9")}), konzepte())
