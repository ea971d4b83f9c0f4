"""Published files of agencies and towns: each is read by a layout alone, and the published totals come out.

Here belong back-tests on real data that are not in the repository; without the folder they are skipped.
"""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from pipelines.eingang.ingest import read_and_check
from pipelines.eingang.lieferung.record import Lieferung
from pipelines.eingang.lieferung.result import Ergebnis
from pipelines.eingang.tabelle.checks import leerer_bestand
from pipelines.foundation.storage import WURZEL, Ablage
from pipelines.stamm.gebiete import Gebiet
from pipelines.stamm.kommune import Kommune, load_kommune
from pipelines.stamm.quellen.fertig import load_quelle
from pipelines.stamm.quellen.time_label import IN_DER_DATEI
from tests.conftest import create_data_folder

QUELLEN = WURZEL / "data" / "raw" / "referenz" / "quellen"
NRW = "landesdatenbank_nrw"
DATEIEN = {
    "nrw_12411_15i": f"{NRW}/12411-15i.csv", "nrw_12411_09i": f"{NRW}/12411-09i.csv", "nrw_12521_03i": f"{NRW}/12521-03i.csv",
    "nrw_22811_01i": f"{NRW}/22811-01i.csv", "nrw_22811_05i": f"{NRW}/22811-05i.csv",
    "koeln_bevoelkerung": "koeln/bevoelkerung.csv",
    "konstanz_arbeitslosenquote": "konstanz/al_quote.csv",
    **{f"konstanz_{n}": f"konstanz/{n}.csv" for n in (
        "betreuungsquote", "meldestatus", "nach_altersgruppe", "nach_staatsangehoerigkeit", "nach_stadtteilen",
        "uebergangsquote", "zu_und_wegzug")},
    "berlin_ewrmigra": "berlin/EWRMIGRA201612H_Matrix.csv", "berlin_ewr": "berlin/EWR202012E_Matrix.csv",
    "berlin_bestand": "berlin/einwohnerbestand_06-2022_plr.csv", "berlin_lor": "berlin/LOR_2021.csv",
    "berlin_t1": "berlin/berlin-lor-population-2022-01-t1-planning-areas.csv",
    "destatis_genesis": "destatis/genesis_12521-0041_2025_neumuenster_EXCERPT.csv",
    **{f"ba_{n}_alter": f"ba/{n}_auslaender_nachaltersgruppe.csv" for n in ("arbeitslose", "arbeitsuchende", "beschaeftigte")},
    **{f"ba_{n}_geschlecht": f"ba/{n}_auslaender_nachgeschlecht.csv"
       for n in ("arbeitslose", "arbeitsuchende", "auszubildende", "beschaeftigte")},
}  # fmt: skip
ALLE = "insgesamt"


@pytest.fixture(scope="module")
def ablage(tmp_path_factory: pytest.TempPathFactory) -> Ablage:
    return Ablage(create_data_folder(tmp_path_factory.mktemp("daten") / "data")).create_folders()


# What was read before: the same file for the same places is asked about by several tests.
_GELESEN: dict[tuple[str, Path, tuple[Gebiet, ...]], tuple[Ergebnis, pa.Table]] = {}


def read(ablage: Ablage, name: str, datei: Path, kommune: Kommune | None = None) -> tuple[Ergebnis, pa.Table]:
    """Read one file by its layout and run every check of deliveries, once."""
    gefragt = (name, datei, kommune.gebiete if kommune else ())
    if gefragt not in _GELESEN:
        _GELESEN[gefragt] = _read(ablage, name, datei, kommune)
    return _GELESEN[gefragt]


def _read(ablage: Ablage, name: str, datei: Path, kommune: Kommune | None) -> tuple[Ergebnis, pa.Table]:
    layout = load_quelle(QUELLEN / f"{name}.yaml")
    stichtag = layout.fits(datei.name) or layout.stichtag or IN_DER_DATEI
    lieferung = Lieferung(
        kommune.id if kommune else "x", layout.id, "tabellen", datei, stichtag, stichtag, "0" * 64, ""
    )
    return read_and_check(ablage, kommune, layout, lieferung, leerer_bestand())


def auswahl(werte: pa.Table, **gleich: Any) -> pa.Table:
    """Rows with these values; breakdowns not named are the totals."""
    vorgabe = {"geschlecht": ALLE, "altersgruppe": ALLE, "staat": ALLE, "gruppe": ALLE}
    for spalte, wert in (vorgabe | gleich).items():
        if wert is not Ellipsis:
            werte = werte.filter(pc.equal(werte[spalte], pa.scalar(wert, werte.schema.field(spalte).type)))
    return werte


def summe(werte: pa.Table, **gleich: Any) -> float:
    return pc.sum(auswahl(werte, **gleich)["wert"]).as_py()


def fehler(ergebnis: Ergebnis) -> list[str]:
    return [b.text() for b in ergebnis.fehler]


@pytest.mark.parametrize("name", DATEIEN)
def test_every_file_is_read_by_its_layout_without_a_fault(ablage: Ablage, daten: Path, name: str) -> None:
    kommune = {"nrw": nrw, "koeln": koeln}.get(name.split("_")[0], lambda *_: None)(ablage, daten)
    ergebnis, werte = read(ablage, name, daten / DATEIEN[name], kommune)
    assert fehler(ergebnis) == []
    assert ergebnis.angenommen
    assert werte.num_rows > 0
    b = ergebnis.bilanz
    assert b.gelesen == b.uebernommen + b.ausserhalb + b.abgewiesen


def test_no_file_of_the_folder_is_forgotten(daten: Path) -> None:
    gelesen = set(DATEIEN.values()) | {"berlin/EWRMIGRA200712H_Matrix.csv"}
    gelesen |= {f"berlin/berlin-lor-population-{s}-t1-{t}.csv" for s in ("2015-02", "2022-01")
                for t in ("city", "districts", "planning-areas")}  # fmt: skip
    vorhanden = {str(p.relative_to(daten)) for p in daten.rglob("*.csv")}
    assert vorhanden == gelesen, "the JSON of nationalities is compared in test_staaten.py"


def nrw(ablage: Ablage, _: Path) -> Kommune:
    """Three towns and two Kreise of the state as areas of one municipality, as a county office would keep them."""
    basis = load_kommune(ablage.roh / "luenen")
    namen = {"05978024": "Lünen", "05162024": "Neuss", "05158": "Mettmann, Kreis", "05566": "Steinfurt, Kreis"}
    gebiete = tuple(
        Gebiet(g, n, "gemeinde" if len(g) == 8 else "kreis", "05" if g != "05978024" else "", "2024", None, None)
        for g, n in namen.items()
    )
    return replace(basis, gebiete=gebiete)


def test_population_of_the_towns_is_it_nrws(ablage: Ablage, daten: Path) -> None:
    _, werte = read(ablage, "nrw_12411_15i", daten / DATEIEN["nrw_12411_15i"], nrw(ablage, daten))
    einwohner = {z["gebiet_id"]: z["wert"] for z in auswahl(werte, merkmal="einwohner").to_pylist()}
    assert einwohner == {"05978024": 86163, "05162024": 154317, "05158": 490910, "05566": 451712}
    _, alter = read(ablage, "nrw_12411_09i", daten / DATEIEN["nrw_12411_09i"], nrw(ablage, daten))
    kreise = {g: n for g, n in einwohner.items() if len(g) == 5}
    assert {z["gebiet_id"]: z["wert"] for z in auswahl(alter).to_pylist()} == kreise, "the table has no single towns"


def test_foreigners_differ_over_sex_and_nationality_by_rounding_only(ablage: Ablage, daten: Path) -> None:
    """Each number is rounded to 5 on its own; no more than (k + 1) · 2 apart for k parts."""
    _, werte = read(ablage, "nrw_12521_03i", daten / DATEIEN["nrw_12521_03i"], nrw(ablage, daten))
    alle = auswahl(werte, staat=..., geschlecht=..., gruppe=...).to_pylist()
    je: dict[tuple[Any, ...], dict[str, float]] = {}
    for z in alle:
        je.setdefault((z["gebiet_id"], z["staat"], z["gruppe"]), {})[z["geschlecht"]] = z["wert"]
    belegt = [g for g in je.values() if g["m"] or g["w"]]
    assert max(abs(g[ALLE] - g["m"] - g["w"]) for g in belegt) == 5
    # Beside eight totals of 10 or 20 the source prints a dash for both sexes: there it cannot mean »exactly zero«.
    assert len([g for g in je.values() if not g["m"] and not g["w"] and g[ALLE] > 5]) == 8
    europa = next(g[ALLE] for (gebiet, _, gruppe), g in je.items() if (gebiet, gruppe) == ("05158", "1"))
    staaten = [
        g[ALLE]
        for (gebiet, s, gruppe), g in je.items()
        if gebiet == "05158" and (s.startswith("1") or gruppe[:1] == "1" != gruppe)
    ]
    assert europa == 60850
    assert abs(sum(staaten) - europa) <= 2 * (len(staaten) + 1)


def koeln(ablage: Ablage, daten: Path) -> Kommune:
    """City, nine Bezirke and 86 Stadtteile, from the file's own labels."""
    import csv

    with (daten / DATEIEN["koeln_bevoelkerung"]).open(encoding="utf-8", newline="") as f:
        namen = {z["raum_id"]: z["raum"] for z in csv.DictReader(f)}
    stadt = "05315000"
    gebiete = [Gebiet(stadt, "Köln", "gemeinde", "05315", "2010", None, None)]
    for kennung, name in sorted(namen.items()):
        if kennung != "000":
            bezirk = kennung < "100"
            oben = stadt if bezirk else f"00{kennung[0]}"
            gebiete.append(Gebiet(kennung, name, "bezirk" if bezirk else "stadtteil", oben, "2010", None, None))
    basis = load_kommune(ablage.roh / "luenen")
    angaben = basis.angaben.model_copy(update={"ags": stadt, "kommune": "koeln", "name": "Köln"})
    return replace(basis, angaben=angaben, gebiete=tuple(gebiete))


def test_koelns_persons_with_mh_are_germans_with_mh_and_foreigners_in_every_area_and_year(
    ablage: Ablage, daten: Path
) -> None:
    ergebnis, werte = read(ablage, "koeln_bevoelkerung", daten / DATEIEN["koeln_bevoelkerung"], koeln(ablage, daten))
    je: dict[tuple[Any, ...], dict[str, float]] = {}
    for z in auswahl(werte).to_pylist():
        je.setdefault((z["gebiet_id"], z["stichtag"]), {})[z["merkmal"]] = z["wert"]
    assert len(je) == 768
    assert all(w["personen_mit_mh"] == w["deutsche_mit_mh"] + w["auslaender"] for w in je.values())
    tag = date(2012, 12, 31)
    ebenen = {"05315000": 0.0, "bezirk": 0.0, "stadtteil": 0.0}
    for (gebiet, stichtag), w in je.items():
        if stichtag == tag:
            ebenen[gebiet if gebiet == "05315000" else "bezirk" if gebiet < "100" else "stadtteil"] += w["auslaender"]
    assert ebenen == {"05315000": 180415, "bezirk": 180415, "stadtteil": 180415}
    assert ergebnis.zahlen == werte.num_rows


def test_konstanz_germans_and_others_are_all_and_districts_add_up(ablage: Ablage, daten: Path) -> None:
    _, staaten = read(ablage, "konstanz_nach_staatsangehoerigkeit", daten / "konstanz/nach_staatsangehoerigkeit.csv")
    je: dict[date, dict[str, float]] = {}
    for z in auswahl(staaten).to_pylist():
        je.setdefault(z["stichtag"], {})[z["merkmal"]] = z["wert"]
    assert len(je) == 26
    assert all(w["einwohner"] == w["deutsche"] + w["auslaender"] for w in je.values())
    _, teile = read(ablage, "konstanz_nach_stadtteilen", daten / "konstanz/nach_stadtteilen.csv")
    assert summe(teile, stichtag=date(2025, 12, 31)) == 87178


@pytest.mark.parametrize(("datei", "gesamt"), [("200712", 842344), ("201612", 1151732)])
def test_berlins_persons_with_mh_are_the_sum_of_origins_without_subsets(
    ablage: Ablage, daten: Path, datei: str, gesamt: int
) -> None:
    ergebnis, werte = read(ablage, "berlin_ewrmigra", daten / f"berlin/EWRMIGRA{datei}H_Matrix.csv")
    assert fehler(ergebnis) == []
    assert len(auswahl(werte)) == 447
    assert summe(werte) == gesamt
    teile = {g: summe(werte, gruppe=g) for g in set(werte["gruppe"].to_pylist()) - {ALLE}}
    assert sum(w for g, w in teile.items() if g not in ("EU-15", "Polen")) == gesamt


def test_berlins_inhabitants_before_and_after_the_reform(ablage: Ablage, daten: Path) -> None:
    _, alt = read(ablage, "berlin_ewr", daten / DATEIEN["berlin_ewr"])
    assert (len(auswahl(alt)), summe(alt)) == (448, 3769962)
    _, neu = read(ablage, "berlin_bestand", daten / DATEIEN["berlin_bestand"])
    assert (len(auswahl(neu, merkmal="einwohner")), summe(neu, merkmal="einwohner")) == (542, 3821881)
    assert summe(neu, merkmal="auslaender") == 863095


@pytest.mark.parametrize("teil", ["city", "districts", "planning-areas"])
@pytest.mark.parametrize(("stand", "gesamt"), [("2015-02", 3610156), ("2022-01", 3821881)])
def test_berlins_tidy_answers_are_read_on_every_level(
    ablage: Ablage, daten: Path, stand: str, gesamt: int, teil: str
) -> None:
    ergebnis, werte = read(ablage, "berlin_t1", daten / f"berlin/berlin-lor-population-{stand}-t1-{teil}.csv")
    assert fehler(ergebnis) == []
    assert summe(werte, merkmal="einwohner") == gesamt


def test_neumuensters_continents_are_all_but_the_stateless(ablage: Ablage, daten: Path) -> None:
    _, werte = read(ablage, "destatis_genesis", daten / DATEIEN["destatis_genesis"])
    erdteile = ("Europa", "Afrika", "Amerika", "Asien", "Australien und Ozeanien")
    assert [summe(werte, gruppe=g) for g in erdteile] == [10250, 880, 110, 3400, 5]
    assert sum(summe(werte, gruppe=g) for g in erdteile) == 14645
    assert (summe(werte), summe(werte, geschlecht="m"), summe(werte, geschlecht="w")) == (14770, 8125, 6645)


def test_the_agencys_exports_give_counts_with_points_and_the_year_of_the_title(ablage: Ablage, daten: Path) -> None:
    _, alter = read(ablage, "ba_arbeitslose_alter", daten / DATEIEN["ba_arbeitslose_alter"])
    assert summe(alter, merkmal="anzahl", altersgruppe="25-54") == 784119
    assert set(alter["stichtag"].to_pylist()) == {date(2024, 12, 31)}
    _, geschlecht = read(ablage, "ba_arbeitslose_geschlecht", daten / DATEIEN["ba_arbeitslose_geschlecht"])
    assert summe(geschlecht, stichtag=date(2015, 12, 31)) == 568242


def test_minimum_income_of_luenen(ablage: Ablage, daten: Path) -> None:
    _, empfaenger = read(ablage, "nrw_22811_05i", daten / DATEIEN["nrw_22811_05i"], nrw(ablage, daten))
    assert summe(empfaenger, gebiet_id="05978024", merkmal="mindestsicherung") == 12047
    _, quote = read(ablage, "nrw_22811_01i", daten / DATEIEN["nrw_22811_01i"], nrw(ablage, daten))
    assert summe(quote, gebiet_id="05978024") == 14.1
