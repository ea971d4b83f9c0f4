"""The attack on the published file: what it knows, that it holds where nothing falls, and that each planted mistake is caught.

Long because every kind of knowledge and every planted mistake is tried on the same towns.
"""

import ast
from pathlib import Path
from typing import Any

import pytest

from pipelines.geheimhaltung.angriff.audit import Audit, check_datei, ergebnisse_from_json, ergebnisse_to_json
from pipelines.geheimhaltung.angriff.channels import GENUTZT, OHNE_REGISTERZAHL, UNGELESEN
from pipelines.geheimhaltung.angriff.indikatoren import aus_wilson
from pipelines.geheimhaltung.angriff.read import SPALTEN
from pipelines.geheimhaltung.angriff.shares import Quotienten
from pipelines.geheimhaltung.angriff.system import System
from pipelines.geheimhaltung.angriff.verdict import urteile
from schemas.tabellen.ansichten import ANSICHTEN
from schemas.tabellen.registry import VEROEFFENTLICHT
from tests.lib.attack_world import AGS, BLOCK, INS, Zeilen, mit, rows, summe, write

MH, KATEGORIE, STAAT, REIHE = (
    "marts.migrationshintergrund", "marts.mh_kategorie", "marts.staatsangehoerigkeit", "marts.indikator_zeitreihe",
)  # fmt: skip
KLEIN = ("01", "m", "00-17")
SHOWN = ("03", "w", "18+")  # everything of it is shown
REICHWEITE = "marts.massnahme_reichweite"
ORDNER = Path(__file__).parents[3] / "pipelines" / "geheimhaltung" / "angriff"


def attack(tmp_path: Path, tabellen: Zeilen, archiv: dict[str, Zeilen] | None = None) -> Audit:
    """Attack one file, beside archived ones."""
    alte = {k: write(tmp_path / f"{k}.duckdb", t) for k, t in (archiv or {}).items()}
    (ergebnis,) = check_datei(write(tmp_path / "neu.duckdb", tabellen), alte)
    return ergebnis


def ort_von(z: dict[str, Any]) -> tuple[str, str, str]:
    return z["gebiet_id"], z["geschlecht"], z["altersgruppe"]


def test_the_attack_shares_no_code_with_the_choice_and_reads_nothing_of_the_secure_zone() -> None:
    erlaubt = ("pipelines.geheimhaltung.angriff", "pipelines.foundation.solver")  # the solver: the library, made silent
    for datei in ORDNER.glob("*.py"):
        text = datei.read_text(encoding="utf-8")
        for knoten in ast.walk(ast.parse(text)):
            module = [n.name for n in knoten.names] if isinstance(knoten, ast.Import) else []
            module += [knoten.module or ""] if isinstance(knoten, ast.ImportFrom) else []
            fremd = [m for m in module if m.startswith("pipelines") and not m.startswith(erlaubt)]
            assert fremd == [], datei.name
        for schema in ("bevoelkerung.", "geheimhaltung.entscheidung", "eingang.", "stamm."):
            assert f"from {schema}" not in text, datei.name
            assert f"join {schema}" not in text, datei.name


def test_every_published_table_says_what_it_tells_an_attacker() -> None:
    veroeffentlicht = {t.voll for t in (*VEROEFFENTLICHT, *ANSICHTEN)}
    assert set(GENUTZT) & set(OHNE_REGISTERZAHL) == set()
    assert veroeffentlicht - set(GENUTZT) - set(OHNE_REGISTERZAHL) == set()


def test_every_figure_of_an_attacked_table_is_read_or_says_why_it_tells_nothing_more() -> None:
    """A new column with counts would else be published beside an attack that knows nothing of it."""
    ungelesen = {tabelle: sorted(s for spalten in w.values() for s in spalten) for tabelle, w in UNGELESEN.items()}
    gefunden = {
        t.name: sorted(s.name for s in t.spalten if s.typ in ("BIGINT", "DOUBLE") and s.name not in SPALTEN[t.name])
        for t in VEROEFFENTLICHT
        if t.schema == "marts" and t.name in SPALTEN
    }
    assert {tabelle: spalten for tabelle, spalten in gefunden.items() if spalten} == ungelesen


def test_a_sound_pattern_holds_and_its_certificate_says_how_much_room_is_left(tmp_path: Path) -> None:
    ergebnis = attack(tmp_path, rows())
    assert ergebnis.zeilen == []
    assert ergebnis.holds
    schein = ergebnis.bescheinigung()
    assert schein["verborgene_zahlen"] == 2 * len(BLOCK)
    assert schein["bestanden"] is True
    assert isinstance(ergebnis.engstes, float)
    assert ergebnis.engstes >= 4
    assert "01" not in schein.values()


def test_one_cell_hidden_alone_falls_by_subtraction(tmp_path: Path) -> None:
    ergebnis = attack(tmp_path, rows([KLEIN]))
    assert not ergebnis.holds
    assert any("A, Gebiet 01, m, 00-17: 2 bis 2" in z for z in ergebnis.zeilen)


def test_a_forgotten_margin_is_caught(tmp_path: Path) -> None:
    """Seven of eight cells hidden: the eighth is what holds the others."""
    assert attack(tmp_path, rows(BLOCK - {("02", "w", "18+")})).gebrochen > 0


GRUPPE = "marts.staatengruppe"


def in_gruppen(gezeigt: dict[str, int | None]) -> Zeilen:
    """The one district's foreigners by group of states."""
    reihe = [{"gebiet_id": "01", "geschlecht": INS, "staatengruppe": n, "personen": p} for n, p in gezeigt.items()]
    return rows() | {GRUPPE: reihe}


def test_groups_of_states_with_enough_hidden_hold_and_one_hidden_alone_falls(tmp_path: Path) -> None:
    alle = summe(("01", INS, INS))[1]
    gruppen = {"insgesamt": alle, "EU": 20, "Drittstaaten": alle - 20, "Asien": None, "Afrika": None}
    assert attack(tmp_path, in_gruppen(gruppen)).holds
    for offen in ({"Asien": alle - 23}, {"EU": None, "Asien": None}):
        ergebnis = attack(tmp_path, in_gruppen({**gruppen, **offen}))
        assert not ergebnis.holds
        assert any("SG, Gebiet 01" in z for z in ergebnis.zeilen)


def test_a_nationality_shown_beside_its_group_tells_of_the_few_others_of_it(tmp_path: Path) -> None:
    """All of the EU less the Italians are two others."""
    alle = summe(("01", INS, INS))[1]
    gruppen = {"insgesamt": alle, "EU": 20, "Drittstaaten": alle - 20}
    italien = {"gebiet_id": "01", "geschlecht": INS, "staat": "137", "quelle": "melderegister", "staatengruppe": "EU"}
    tabellen = in_gruppen(gruppen) | {STAAT: [italien | {"personen": 18}]}
    assert any("ableitbar: REST" in z for z in attack(tmp_path, tabellen).zeilen)
    assert attack(tmp_path, in_gruppen(gruppen) | {STAAT: [italien | {"personen": 15}]}).holds


def test_hidden_means_at_least_one_because_zeros_are_printed(tmp_path: Path) -> None:
    """Two hidden cells in a line, two hidden lines, 2 and 2 beside 1 and 1: nobody is 0, so each is 1 to 3 and falls."""
    klein = {("01", "m", "00-17"): 2, ("01", "m", "18+"): 2, ("01", "w", "00-17"): 2, ("01", "w", "18+"): 2}

    def set_value(z: dict[str, Any]) -> dict[str, Any]:
        _, x, a = ort_von(z)
        personen = sum(n for (_, y, b), n in klein.items() if x in (INS, y) and a in (INS, b))
        offen = INS in (x, a)
        return z | {"auslaender": personen if offen else None, "deutsche_mit_mh": None if not offen else z["deutsche_mit_mh"],
                    "personen_mit_mh": personen + z["deutsche_mit_mh"] if z["deutsche_mit_mh"] else None}  # fmt: skip

    nur = {MH: [set_value(z) for z in rows([o for o in BLOCK if o[0] == "01"])[MH] if z["gebiet_id"] == "01"]}
    ergebnis = attack(tmp_path, nur)
    assert any("A, Gebiet 01, m, 00-17: 1 bis 3" in z for z in ergebnis.zeilen)


def test_a_definition_protected_alone_is_caught(tmp_path: Path) -> None:
    """Foreigners are the same under every definition: what one row hides the other shows."""
    beide = rows()[MH] + [z | {"profil": "q"} for z in rows([])[MH]]
    ergebnis = attack(tmp_path, {MH: beide})
    assert any("eine andere Stelle: marts.migrationshintergrund" in z for z in ergebnis.zeilen)


def test_a_share_with_a_known_denominator_is_caught(tmp_path: Path) -> None:
    e, a, _ = summe(KLEIN)
    verraten = mit(rows(), MH, lambda z: z | {"anteil_auslaender": a / e} if ort_von(z) == KLEIN else z)
    assert attack(tmp_path, verraten).gebrochen > 0


def test_a_location_quotient_is_a_share_as_well(tmp_path: Path) -> None:
    """Persons with MH hidden with Germans with MH; the quotient to the town's share gives them."""

    def hide(z: dict[str, Any]) -> dict[str, Any]:
        if ort_von(z) not in BLOCK:
            return z
        e, a, d = summe(ort_von(z))
        te, ta, td = summe((AGS, *ort_von(z)[1:]))
        quotient = (a + d) / e / ((ta + td) / te)
        return z | {"personen_mit_mh": None, "lokationsquotient_mh": quotient if ort_von(z) == KLEIN else None}

    assert attack(tmp_path, mit(rows(), MH, hide)).gebrochen > 0


def staaten(rang_mit_verborgenen: bool) -> list[dict[str, Any]]:
    """Four nationalities of the town; two of equal size are hidden."""
    e, a, _ = summe((AGS, INS, INS))
    zahl = {"163": a - 66, "124": 52, "137": 7, "140": 7}
    alle = [
        {"gebiet_id": AGS, "geschlecht": INS, "quelle": "melderegister", "staat": s, "personen": n}
        for s, n in zahl.items()
    ]
    for z in alle:
        offen = z["personen"] >= 10
        rang = 1 + sum(n > z["personen"] for n in zahl.values())
        z |= {"rang": rang if offen or rang_mit_verborgenen else None, "personen": z["personen"] if offen else None}
    rest = [("000", e - a), (INS, e)]
    return [
        *alle,
        *({"gebiet_id": AGS, "geschlecht": INS, "quelle": "melderegister", "staat": s, "personen": n} for s, n in rest),
    ]


def test_a_rank_with_ties_is_caught(tmp_path: Path) -> None:
    """Two hidden states of the same rank are the same number, and their sum is known."""
    ohne = attack(tmp_path, rows() | {STAAT: staaten(False)})
    assert sum("S, Gebiet" in z for z in ohne.zeilen) == 0
    (tmp_path / "neu.duckdb").unlink()
    mit_rang = attack(tmp_path, rows() | {STAAT: staaten(True)})
    assert sum("S, Gebiet" in z for z in mit_rang.zeilen) == 2


def test_an_old_release_left_in_the_archive_is_caught(tmp_path: Path) -> None:
    """The same delivery published once without protection: what it shows is what is hidden now."""
    ergebnis = attack(tmp_path, rows(), {"2026-01-01": rows([])})
    assert any("archiv/2026-01-01" in z for z in ergebnis.zeilen)


def test_two_releases_that_differ_by_a_handful_are_caught(tmp_path: Path) -> None:
    """A corrected extract: three foreigners more in one row are three persons who can be told."""

    def lower(z: dict[str, Any]) -> dict[str, Any]:
        z = z | {"lieferung_id": "l0"}
        if "03" not in (z["gebiet_id"],) and z["gebiet_id"] != AGS:
            return z
        return z | {"einwohner": z["einwohner"] - 3}

    ergebnis = attack(tmp_path, rows(), {"2026-01-01": mit(rows(), MH, lower)})
    assert any(z.startswith("Änderung: E, Gebiet 03") for z in ergebnis.zeilen)


def revision(alt: int, lieferung: str) -> dict[str, Any]:
    g, x, a = KLEIN
    ort = f"gebiet_id={g}; profil=p; geschlecht={x}; altersgruppe={a}"
    schluessel = f"kommune=k; stichtag=2021-06-30; {ort}; quelle=melderegister"
    return {"tabelle": MH, "schluessel": schluessel, "spalte": "auslaender", "veroeffentlichung": "2026-01-02",
            "veroeffentlichung_vorher": "2026-01-01", "alt": str(alt), "neu": None, "grund": "neue_berechnung",
            "lieferung_id_alt": lieferung, "lieferung_id_neu": "l1"}  # fmt: skip


def test_a_revision_row_that_names_a_hidden_figure_is_caught(tmp_path: Path) -> None:
    ergebnis = attack(tmp_path, rows() | {"protokoll.revision": [revision(2, "l1")]})
    assert any("protokoll.revision" in z for z in ergebnis.zeilen)


def indikatorzeile(**werte: Any) -> dict[str, Any]:
    g, x, a = KLEIN
    return {"gebiet_id": g, "indikator": "dem_ausl", "profil": "-", "gruppe": INS, "geschlecht": x, "altersgruppe": a,
            "zeitraum": "2021-06-30", "quelle": "melderegister"} | werte  # fmt: skip


KATALOG = {
    "dim.indikator": [
        {"indikator": "dem_ausl", "herleitung": "wuerfel", "zaehler_merkmal": "auslaender", "nenner_merkmal": "einwohner",
         "faktor": 100.0},
        {"indikator": "dem_jung", "herleitung": "wuerfel", "zaehler_merkmal": "auslaender", "zaehler_filter": "alter < 18",
         "nenner_merkmal": "einwohner", "nenner_filter": "alter < 18", "faktor": 100.0},
    ]
}  # fmt: skip


def test_counts_that_a_border_inside_an_age_group_keeps_back_hide_nothing(tmp_path: Path) -> None:
    """A quotient over 20 to 64 shows no counts anywhere; its numerator is the sum of groups that are shown."""
    g, x, _ = SHOWN
    jung, rest = summe((g, x, "00-17"))[0], summe(SHOWN)[0]
    eintrag: dict[str, Any] = KATALOG["dim.indikator"][1] | {"indikator": "q", "zaehler_merkmal": "einwohner"}
    reihe = indikatorzeile(indikator="q", gebiet_id=g, geschlecht=x, altersgruppe=INS, hinweise=["gerundet"])
    wert = round(100 * jung / (rest - 30), 1)
    geteilt = {
        "dim.indikator": [eintrag | {"nenner_filter": "alter >= 20 and alter < 65"}],
        REIHE: [reihe | {"wert": wert}],
    }
    assert attack(tmp_path, rows() | geteilt).holds
    (tmp_path / "neu.duckdb").unlink()
    ganz = {"dim.indikator": [eintrag | {"nenner_filter": "alter >= 18"}], REIHE: [reihe | {"nenner": rest}]}
    assert attack(tmp_path, rows() | ganz).gebrochen > 0, "a sum of shown groups that is said to be hidden"


def test_a_row_that_nobody_counts_so_deep_hides_nothing(tmp_path: Path) -> None:
    """A small area has no rows by sex and age together: what its indicators by sex would say follows, and is no secret."""
    g, x, _ = SHOWN
    reihe = indikatorzeile(indikator="q", gebiet_id=g, geschlecht=x, altersgruppe=INS)
    for hinweis, holds in (("nicht_erhoben", True), ("geheim", False)):
        eintrag = KATALOG["dim.indikator"][1] | {"indikator": "q", "zaehler_merkmal": "einwohner"}
        welt = {"dim.indikator": [eintrag], REIHE: [reihe | {"hinweise": [hinweis]}]}
        assert attack(tmp_path, rows() | welt).holds == holds, hinweis
        (tmp_path / "neu.duckdb").unlink()


def test_a_handful_nobody_counts_so_deep_is_caught_when_it_follows(tmp_path: Path) -> None:
    """A small area by sex or by age: the two foreign boys have no row anywhere, and the other areas give them away."""
    flach = [z for z in rows(())["marts.migrationshintergrund"]
             if z["gebiet_id"] != "01" or INS in (z["geschlecht"], z["altersgruppe"])]  # fmt: skip
    reihe = indikatorzeile(indikator="dem_jung", gebiet_id="01", geschlecht="m", altersgruppe=INS)
    welt = {"marts.migrationshintergrund": flach, REIHE: [reihe | {"hinweise": ["nicht_erhoben"]}]}
    bericht = attack(tmp_path, KATALOG | welt)
    assert not bericht.holds


def series_revision(spalte: str, alt: float, lieferung: str | None, indikator: str = "dem_ausl") -> dict[str, Any]:
    g, x, a = KLEIN if indikator == "dem_ausl" else (*KLEIN[:2], INS)
    ort = f"gebiet_id={g}; indikator={indikator}; profil=-; gruppe={INS}; geschlecht={x}; altersgruppe={a}"
    return revision(0, "") | {"tabelle": REIHE, "schluessel": f"kommune=k; {ort}; zeitraum=2021-06-30", "spalte": spalte,
                              "alt": str(alt), "lieferung_id_alt": lieferung}  # fmt: skip


@pytest.mark.parametrize("lieferung", ["l1", None], ids=["same delivery", "delivery not on record"])
@pytest.mark.parametrize(
    ("spalte", "alt", "indikator"),
    [("zaehler", 2.0, "dem_ausl"), ("wert", 100 * 2 / summe(KLEIN)[0], "dem_ausl"), ("zaehler", 2.0, "dem_jung")],
    ids=["numerator", "value", "sum over ages"],
)
@pytest.mark.parametrize("row", [True, False], ids=["its row hides it", "its row is gone"])
def test_a_revision_row_of_a_series_that_names_a_hidden_figure_is_caught(
    tmp_path: Path, spalte: str, alt: float, indikator: str, lieferung: str | None, row: bool
) -> None:
    altersgruppe = KLEIN[2] if indikator == "dem_ausl" else INS
    nenner = summe((*KLEIN[:2], altersgruppe if indikator == "dem_ausl" else KLEIN[2]))[0]
    reihe = [indikatorzeile(indikator=indikator, altersgruppe=altersgruppe, nenner=nenner)] if row else []
    tabellen = rows() | KATALOG | {REIHE: reihe}
    assert attack(tmp_path, tabellen).holds
    (tmp_path / "neu.duckdb").unlink()
    planted = tabellen | {"protokoll.revision": [series_revision(spalte, alt, lieferung, indikator)]}
    assert attack(tmp_path, planted).gebrochen > 0


@pytest.mark.parametrize(("spalte", "faktor"), [("zaehler", 1.0), ("wert", 100 / summe(SHOWN)[0])])
@pytest.mark.parametrize(("mehr", "verraten"), [(3, True), (5, False)])
def test_a_series_on_record_that_changed_by_a_handful_is_caught(
    tmp_path: Path, spalte: str, faktor: float, mehr: int, verraten: bool
) -> None:
    """Of another delivery: foreigners of a row that shows them, three or five more than before."""
    g, x, a = SHOWN
    alt = series_revision(spalte, (summe(SHOWN)[1] - mehr) * faktor, "l0")
    alt["schluessel"] = (
        f"kommune=k; gebiet_id={g}; indikator=dem_ausl; profil=-; gruppe={INS}; geschlecht={x}; altersgruppe={a}; "
        "zeitraum=2021-06-30"
    )
    reihe = [indikatorzeile(gebiet_id=g, geschlecht=x, altersgruppe=a)]
    ergebnis = attack(tmp_path, rows() | KATALOG | {REIHE: reihe, "protokoll.revision": [alt]})
    assert [z.split(":")[0] for z in ergebnis.zeilen] == (["Änderung"] if verraten else [])


def test_the_size_of_a_target_group_on_record_is_caught(tmp_path: Path) -> None:
    g, x, _ = KLEIN
    reichweite = {
        "konzept": "c", "massnahme_nr": "1", "stand": "2022-01-01", "gebiet_id": g, "indikator": "dem_jung", "profil": "-",
        "gruppe": INS, "geschlecht": x, "groesse": "zaehler", "zielgruppe_stichtag": "2021-06-30",
    }  # fmt: skip
    tabellen = (
        rows()
        | KATALOG
        | {
            REIHE: [indikatorzeile(indikator="dem_jung", altersgruppe=INS, nenner=summe(KLEIN)[0])],
            REICHWEITE: [reichweite],
        }
    )
    assert attack(tmp_path, tabellen).holds
    (tmp_path / "neu.duckdb").unlink()
    alt = revision(2, "m1") | {"tabelle": REICHWEITE, "spalte": "zielgruppe_groesse", "kommune": "k",
                               "schluessel": "kommune=k; konzept=c; massnahme_nr=1; stand=2022-01-01"}  # fmt: skip
    assert attack(tmp_path, tabellen | {"protokoll.revision": [alt]}).gebrochen > 0


@pytest.mark.parametrize(
    "werte",
    [
        {"zaehler": 2.0},
        {"wert": 100 * 2 / summe(KLEIN)[0]},
        {"indikator": "dem_jung", "altersgruppe": INS, "zaehler": 2.0},
    ],
    ids=["numerator", "value", "sum over ages"],
)  # fmt: skip
def test_an_indicator_that_shows_what_the_main_table_hides_is_caught(tmp_path: Path, werte: dict[str, Any]) -> None:
    ergebnis = attack(tmp_path, rows() | KATALOG | {REIHE: [indikatorzeile(**werte)]})
    assert ergebnis.gebrochen > 0


def test_a_band_of_chance_gives_both_its_counts() -> None:
    """Wilson's interval of 2 of 150."""
    n, p = 150, 2 / 150
    mitte = (p + 3.8416 / (2 * n)) / (1 + 3.8416 / n)
    halb = 1.96 / (1 + 3.8416 / n) * (p * (1 - p) / n + 3.8416 / (4 * n * n)) ** 0.5
    assert aus_wilson(mitte - halb, mitte + halb) == (2, 150)


def test_a_value_told_by_the_row_of_a_later_period_is_caught(tmp_path: Path) -> None:
    """The value of 2021 is hidden; the row of 2022 names it as the one before."""
    spaeter = indikatorzeile(
        zeitraum="2022-06-30", stichtag="2022-06-30", vorperiode="2021-06-30", vorwert=100 * 2 / summe(KLEIN)[0]
    )
    tabellen = rows() | KATALOG | {REIHE: [indikatorzeile(), spaeter]}
    assert attack(tmp_path, tabellen).gebrochen > 0


def test_the_least_value_of_a_trend_that_no_row_shows_is_caught(tmp_path: Path) -> None:
    trend = indikatorzeile(kleinster=100 * 2 / summe(KLEIN)[0], groesster=50.0)
    spaeter = indikatorzeile(zeitraum="2022-06-30", stichtag="2022-06-30", wert=50.0)
    tabellen = rows() | KATALOG | {REIHE: [indikatorzeile(), spaeter], "marts.indikator_trend": [trend]}
    assert attack(tmp_path, tabellen).gebrochen > 0


def test_an_index_printed_in_full_gives_the_areas_it_covers(tmp_path: Path) -> None:
    """Foreigners of two areas hidden in all rows: isolation with all its digits leaves one pair of numbers."""
    verborgen = [("01", INS, INS), ("02", INS, INS), *BLOCK, *(o for o in orte_der_summen())]
    paare = [summe((g, INS, INS)) for g in ("01", "02", "03")]
    X = sum(a for _, a, _ in paare)
    isolation = sum(a / X * a / e for e, a, _ in paare)
    index = {"profil": "p", "gruppe": "auslaender", "mass": "isolation", "quelle": "melderegister", "wert": isolation}
    assert attack(tmp_path, rows(verborgen)).holds
    (tmp_path / "neu.duckdb").unlink()
    ergebnis = attack(tmp_path, rows(verborgen) | {"marts.segregation": [index]})
    assert any("isolation" in z for z in ergebnis.zeilen)


def orte_der_summen() -> list[tuple[str, str, str]]:
    return [(g, x, a) for g in ("01", "02") for x in (INS, "m", "w") for a in (INS, "00-17", "18+")]


def test_a_small_remainder_nobody_prints_is_caught(tmp_path: Path) -> None:
    """All but three inhabitants are foreigners: three Germans, although every printed figure is large."""

    def fast_alle(z: dict[str, Any]) -> dict[str, Any]:
        if z["gebiet_id"] not in ("03", AGS):
            return z
        return z | {"auslaender": z["auslaender"], "einwohner": z["einwohner"]}

    tabellen = mit(rows(), MH, fast_alle)
    allein = {"gebiet_id": "03", "geschlecht": "m", "altersgruppe": "00-17"}
    for z in tabellen[MH]:
        if all(z[k] == w for k, w in allein.items()):
            z |= {"einwohner": z["auslaender"] + 3, "deutsche_mit_mh": 0, "personen_mit_mh": z["auslaender"]}
    # Totals are left out of this file: only the row itself is looked at.
    nur = [z for z in tabellen[MH] if all(z[k] == w for k, w in allein.items())]
    ergebnis = attack(tmp_path, {MH: nur})
    assert any(z.startswith("ableitbar: G, Gebiet 03, m, 00-17: 3") for z in ergebnis.zeilen)


def test_what_the_town_has_printed_itself_is_no_break_and_is_listed(tmp_path: Path) -> None:
    gedruckt = [
        {"gebiet_id": g, "geschlecht": x, "altersgruppe": a, "profil": "p", "quelle": "stadtteiltabelle",
         "auslaender": summe((g, x, a))[1], "personen_mit_mh": sum(summe((g, x, a))[1:])}
        for g, x, a in sorted(BLOCK)
    ]  # fmt: skip
    ergebnis = attack(tmp_path, {MH: rows()[MH] + gedruckt})
    assert ergebnis.holds
    assert ergebnis.oeffentlich > 0
    assert all(z.startswith("bereits gedruckt") for z in ergebnis.zeilen)


def test_figures_that_contradict_each_other_hold_the_municipality_back(tmp_path: Path) -> None:
    kaputt = mit(rows(), MH, lambda z: z | {"einwohner": z["einwohner"] + 1} if ort_von(z) == ("03", INS, INS) else z)
    ergebnis = attack(tmp_path, kaputt)
    assert ergebnis.geht_nicht_auf
    assert not ergebnis.holds


def test_rows_of_few_inhabitants_may_hide_zeros(tmp_path: Path) -> None:
    """Below the Mindestzeile nothing is known of a hidden figure: then zero is possible, and the file adds up."""
    dim = {
        "dim.kommune": [
            {"ags": AGS, "mindestfallzahl": 5, "mindestzeile": 5000, "hoechstfehler": 0, "verfahren": "sperrung"}
        ]
    }
    assert attack(tmp_path, rows() | dim).holds


def test_a_municipality_taken_over_from_an_earlier_release_may_say_less_of_itself(tmp_path: Path) -> None:
    """Its row of dim.kommune lacks columns that release did not have; and who is held back is not attacked again."""
    tabellen = rows() | {"dim.kommune": [{"ags": AGS, "mindestfallzahl": 5}]}
    assert attack(tmp_path, tabellen).holds
    assert check_datei(tmp_path / "neu.duckdb", {}, ohne=("k",)) == []


def test_unchanged_figures_are_not_attacked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    datei = write(tmp_path / "neu.duckdb", rows())
    erste = check_datei(datei, {})
    monkeypatch.setattr("pipelines.geheimhaltung.angriff.audit._attack", lambda *_: pytest.fail("attacked again"))
    assert check_datei(datei, {}, ergebnisse_from_json(ergebnisse_to_json(erste))) == erste


def gerundet(z: dict[str, Any]) -> dict[str, Any]:
    zahlen = ("einwohner", "auslaender", "deutsche_mit_mh", "personen_mit_mh", "unentscheidbar")
    return z | {k: 5 * round(z[k] / 5) for k in zahlen}


def test_rounded_figures_whose_sums_prove_a_small_count_are_caught(tmp_path: Path) -> None:
    """Rounded to 5 every figure is off by at most 2: with all totals beside it the small count is certain all the same."""
    dim = {
        "dim.kommune": [
            {"ags": AGS, "mindestfallzahl": 5, "mindestzeile": 0, "hoechstfehler": 2, "verfahren": "rundung"}
        ]
    }
    alles = mit(rows([]), MH, gerundet)
    ergebnis = attack(tmp_path, alles | dim)
    assert any("A, Gebiet 01, m, 00-17: 2 bis 2" in z for z in ergebnis.zeilen)
    assert ergebnis.holds, "rounding promises no distance: told to the office, nothing is stopped"
    schein = ergebnis.bescheinigung()
    assert (schein["methode"], schein["bestanden"], schein["engstes_intervall"]) == ("rundung", None, None)
    (tmp_path / "neu.duckdb").unlink()
    ohne_summen = {MH: [z for z in alles[MH] if INS not in ort_von(z) and z["gebiet_id"] != AGS]}
    assert attack(tmp_path, ohne_summen | dim).holds


def test_a_count_nobody_prints_that_was_not_worked_out_to_the_end_holds_the_file_back() -> None:
    s = System()
    x, y = (s.zahl(art, "-", "a", "m", "-") for art in ("A", "D"))
    s.zeile("Summe", [(x, 1.0), (y, 1.0)], 9.0, 9.0)
    s.abgeleitet.add(x)
    assert urteile(s, Quotienten(), 5, 0).brueche == []
    (bruch,) = urteile(s, Quotienten(), 5, 0, sekunden=-1.0).brueche
    assert bruch.weg == "nicht zu Ende gerechnet"


BEZUG = "marts.bezugsland"


def in_gebieten(**personen: int | None) -> list[dict[str, Any]]:
    """Persons of one Bezugsland in the town and in some of its areas."""
    return [
        {"gebiet_id": g.removeprefix("g"), "geschlecht": INS, "profil": "p", "staat": "163", "personen": n}
        for g, n in personen.items()
    ]


def test_an_area_without_a_row_counts_nobody(tmp_path: Path) -> None:
    """50 in the town, 20 in one area, nothing said of another: so the hidden area has the other 30."""
    ergebnis = attack(tmp_path, rows() | {BEZUG: in_gebieten(**{f"g{AGS}": 50, "g01": None, "g02": 20})})
    assert any("B, p, Gebiet 01" in z and "30 bis 30" in z for z in ergebnis.zeilen)
    (tmp_path / "neu.duckdb").unlink()
    mit_zeile = rows() | {BEZUG: in_gebieten(**{f"g{AGS}": 50, "g01": None, "g02": 20, "g03": None})}
    assert attack(tmp_path, mit_zeile).zeilen == []


def test_a_category_without_a_row_counts_nobody(tmp_path: Path) -> None:
    """Of an area's inhabitants two categories are told and one is hidden; a fourth, told elsewhere, has no row here."""
    e, a, d = summe(("01", INS, INS))

    def kategorie(g: str, k: str, n: int | None, ergebnis: str | None) -> dict[str, Any]:
        return {"gebiet_id": g, "geschlecht": INS, "profil": "p", "kategorie": k, "generation": INS, "personen": n,
                "ergebnis_mh": ergebnis}  # fmt: skip

    hier = [kategorie("01", INS, e, None), kategorie("01", "A", a, "mit"), kategorie("01", "D", d, "mit"),
            kategorie("01", "0", None, "ohne")]  # fmt: skip
    verdeckt = mit(rows(), MH, lambda z: z | {"personen_mit_mh": None} if z["gebiet_id"] == "01" else z)
    ergebnis = attack(tmp_path, verdeckt | {KATEGORIE: [*hier, kategorie("02", "E", None, "ohne")]})
    assert any("K, p, Gebiet 01" in z and f"{e - a - d} bis {e - a - d}" in z for z in ergebnis.zeilen)
