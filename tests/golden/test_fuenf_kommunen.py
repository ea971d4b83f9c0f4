"""The five municipalities load, every delivered file is read without a fault, and the published figures come out.

Here belong figures as printed by their sources, literally. How a cell is read is tested in tests/unit, how figures reach
the marts elsewhere.
Long because the printed figures of five municipalities stand in it.
"""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.eingang.lieferung.record import Lieferung
from pipelines.eingang.tabelle.checks import check_lieferung, leerer_bestand
from pipelines.eingang.tabelle.read import Tabelleneinlesung, read_tabelle
from pipelines.foundation.findings import Befund, Schwere
from pipelines.foundation.storage import Ablage
from pipelines.stamm.kommune import Kommune, load_kommune
from pipelines.stamm.quellen.layout import Layout
from tests.conftest import ROH, create_data_folder

KOMMUNEN = ("luenen", "mettmann", "neumuenster", "neuss", "steinfurt")
ARTEN = ("tabellen", "indikatoren")
DATEIEN = [
    (kommune, art, pfad.name)
    for kommune in KOMMUNEN
    for art in ARTEN
    for pfad in sorted((ROH / kommune / art).glob("*"))
    if pfad.is_file()
]
I = "insgesamt"  # noqa: E741 - a short name keeps the tables below readable
Schluessel = tuple[str, str, str, str, str, str, str, str]

STAEDTE = ("05158004", "05158008", "05158012", "05158016", "05158020", "05158024", "05158026", "05158028", "05158032",
           "05158036")  # fmt: skip

# kommune, quelle, stichtag, gebiet, merkmal, geschlecht, altersgruppe, staat or gruppe → value, sign
ZAHLEN: dict[Schluessel, tuple[float, str | None]] = {
    # Lünen: VL-204/2021, section 2; IT.NRW
    ("luenen", "registerzahlen", "2021-06-30", "05978024", "einwohner", I, I, I): (87815, None),
    ("luenen", "registerzahlen", "2021-06-30", "05978024", "auslaender", I, I, I): (13259, None),
    ("luenen", "registerzahlen", "2021-06-30", "05978024", "auslaender", "m", I, I): (6737, None),
    ("luenen", "registerzahlen", "2021-06-30", "05978024", "auslaender", "w", I, I): (6522, None),
    ("luenen", "registerzahlen", "2021-06-30", "05978024", "anteil_mh", I, "00-17", I): (49.7, None),
    ("luenen", "auslaenderbehoerde", "2021-06-30", "05978024", "auslaender", I, I, "163"): (5199, None),
    ("luenen", "auslaenderbehoerde", "2021-06-30", "05978024", "auslaender", I, I, "170"): (370, None),
    ("luenen", "auslaenderbehoerde", "2021-06-30", "05978024", "staaten", I, I, I): (100, "s"),
    ("luenen", "fortschreibung", "2024-12-31", "05978024", "einwohner", I, I, I): (86163, None),
    ("luenen", "auslaender_kreis", "2024-12-31", "05978", "auslaender", I, I, "163"): (16115, None),
    ("luenen", "auslaender_kreis", "2024-12-31", "05978", "auslaender", "w", I, "Europa"): (21370, None),
    ("luenen", "mindestsicherung", "2024-12-31", "05978024", "mindestsicherung", I, I, I): (12047, None),
    ("luenen", "mindestsicherungsquote", "2023-12-31", "05978024", "mindestsicherungsquote", I, I, I): (14.1, None),
    # Neumünster: shz.de 2017-02; GENESIS 12521-0041
    ("neumuenster", "register", "2016-12-31", "01004000", "einwohner", I, I, I): (82000, "s"),
    ("neumuenster", "register", "2016-12-31", "01004000", "auslaender", I, I, I): (9640, None),
    ("neumuenster", "register", "2016-12-31", "01004000", "anteil_auslaendische_sta", I, "00-02", I): (36, "s"),
    ("neumuenster", "register", "2016-12-31", "01004000", "anteil_an_auslaendern", I, I, "154"): (11.4, None),
    ("neumuenster", "rueckblick", "2012-12-31", "01004000", "einwohner", I, I, I): (78500, "s"),
    ("neumuenster", "rueckblick", "2013-12-31", "01004000", "anteil_an_auslaendern", I, I, "163"): (34.2, None),
    ("neumuenster", "auslaender", "2025-12-31", "01004000", "auslaender", I, I, I): (14770, None),
    ("neumuenster", "auslaender", "2025-12-31", "01004000", "auslaender", "m", I, I): (8125, None),
    ("neumuenster", "auslaender", "2025-12-31", "01004000", "auslaender", "w", I, I): (6645, None),
    ("neumuenster", "auslaender", "2025-12-31", "01004000", "auslaender", "w", I, "Australien und Ozeanien"): (0, "-"),
    # Kreis Mettmann: wz-newsline.de, stadt-ratingen.de, rp-online.de 2019-05; IT.NRW
    ("mettmann", "rueckblick", "2010-12-31", "05158", "einwohner", I, I, I): (496000, "s"),
    ("mettmann", "rueckblick", "2010-12-31", "05158", "auslaender", I, I, "163"): (14229, "s"),
    ("mettmann", "ratingen", "2023-12-31", "05158028", "personen_mit_mh", I, I, I): (33800, "s"),
    ("mettmann", "ratingen", "2023-12-31", "05158028", "deutsche_mit_mh", I, I, I): (18767, None),
    ("mettmann", "einbuergerungen", "2018-12-31", "05158", "einbuergerungen", I, I, I): (546, None),
    ("mettmann", "einbuergerungen", "2018-12-31", "05158020", "einbuergerungen", I, I, I): (62, None),
    ("mettmann", "einbuergerungen", "2018-12-31", "05158", "einbuergerungen_veraenderung", I, I, I): (-11.5, None),
    ("mettmann", "fortschreibung", "2024-12-31", "05158", "einwohner", I, I, I): (490910, None),
    ("mettmann", "fortschreibung", "2024-12-31", "05158032", "flaeche", I, I, I): (74.9, None),
    ("mettmann", "auslaender_kreis", "2024-12-31", "05158", "auslaender", "m", I, "475"): (3390, None),
    ("mettmann", "mindestsicherung", "2024-12-31", "05158028", "mindestsicherung", I, I, I): (9148, None),
    ("mettmann", "mindestsicherungsquote", "2023-12-31", "05158026", "mindestsicherungsquote", I, I, I): (14.7, None),
    # Neuss: neuss.de, wz.de, rp-online.de, Nachrichten zur Statistik 07/2019; IT.NRW
    ("neuss", "register", "2018-12-31", "05162024", "einwohner", I, I, I): (159708, None),
    ("neuss", "register", "2018-12-31", "05162024", "auslaender", I, I, I): (25615, None),
    ("neuss", "register", "2018-12-31", "05162024", "anteil_auslaender", I, I, I): (16.0, None),
    ("neuss", "register", "2017-10-31", "05162024", "einwohner", "w", I, I): (81257, None),
    ("neuss", "register", "2015-01-01", "05162024", "einwohner", I, "00-17", I): (27366, None),
    ("neuss", "register", "2015-01-01", "05162024", "einwohner", I, "65+", I): (31746, None),
    ("neuss", "register", "2012-12-31", "hammfeld", "anteil_auslaender", I, I, I): (36.6, None),
    ("neuss", "staatsangehoerigkeiten", "2007-01-01", "05162024", "auslaender", I, I, I): (20170, None),
    ("neuss", "staatsangehoerigkeiten", "2007-01-01", "05162024", "auslaender", I, I, "132"): (924, None),
    ("neuss", "staatsangehoerigkeiten", "2007-01-01", "05162024", "auslaender", I, I, "uebrige"): (6378, None),
    ("neuss", "zensus", "2011-05-09", "05162024", "einwohner", I, I, I): (150568, None),
    ("neuss", "zensus", "2011-05-09", "05162", "anteil_mh_zensus_2011", I, I, I): (22.9, None),
    ("neuss", "bewegungen", "2018-12-31", "05162024", "zuzuege", I, I, "auslaender"): (4766, None),
    ("neuss", "bewegungen", "2006-12-31", "05162024", "einbuergerungen", I, I, I): (417, None),
    ("neuss", "fortschreibung", "2024-12-31", "05162024", "einwohner", I, I, I): (154317, None),
    ("neuss", "mindestsicherung", "2024-12-31", "05162024", "leistungsberechtigte_sgb2", I, I, I): (13590, None),
    ("neuss", "mindestsicherungsquote", "2023-12-31", "05162024", "mindestsicherungsquote", I, I, I): (11.4, None),
    # Steinfurt: IT.NRW; wn.de 2019-03
    ("steinfurt", "fortschreibung", "2024-12-31", "05566084", "einwohner", I, I, I): (34860, None),
    ("steinfurt", "auslaender_kreis", "2024-12-31", "05566", "auslaender", I, I, "166"): (6975, None),
    ("steinfurt", "mindestsicherung", "2024-12-31", "05566084", "mindestsicherung", I, I, I): (3421, None),
    ("steinfurt", "mindestsicherungsquote", "2023-12-31", "05566084", "mindestsicherungsquote", I, I, I): (9.5, None),
    ("steinfurt", "integrationsausgaben", "2019-12-31", "05566084", "integrationsausgaben", I, I, I): (131000, "s"),
}  # fmt: skip

# What the sources are known for; anything else above a hint is a fault of the file or of the layout.
ERWARTETE_HINWEISE = {
    ("luenen", "mindestsicherung", "rundung"), ("steinfurt", "mindestsicherung", "rundung"),
    ("mettmann", "mindestsicherung", "rundung"), ("mettmann", "ratingen", "gebiet_fehlt"),
    ("mettmann", "einbuergerungen", "gebiet_fehlt"), ("mettmann", "einbuergerungen", "quote_bereich"),
    # Groups that the layouts do not name: states by their key, items of a budget.
    ("neumuenster", "auslaender", "gruppe_unbekannt"), ("steinfurt", "integrationsausgaben", "gruppe_unbekannt"),
}  # fmt: skip


class Bestand:
    """All deliveries of the five, each read once."""

    def __init__(self, daten: Path):
        self.ablage = Ablage(daten).create_folders()
        self.kommunen = {k: load_kommune(daten / "raw" / k) for k in KOMMUNEN}
        self.gelesen: dict[tuple[str, str, str], Tabelleneinlesung] = {}

    def layout(self, kommune: str, art: str, datei: str) -> Layout:
        """The only layout a file fits."""
        passend = [t for t in self.kommunen[kommune].angaben.quellen.layouts(art) if t.fits(datei)]
        assert len(passend) == 1, f"{kommune}/{art}/{datei}: {[t.id for t in passend]}"
        return passend[0]

    def read(self, kommune: str, art: str, datei: str) -> Tabelleneinlesung:
        """Read a file by its layout."""
        if (kommune, art, datei) not in self.gelesen:
            layout = self.layout(kommune, art, datei)
            pfad = self.kommunen[kommune].ordner / art / datei
            self.gelesen[kommune, art, datei] = read(self.ablage, self.kommunen[kommune], layout, art, pfad)
        return self.gelesen[kommune, art, datei]

    def figures(self) -> Iterator[dict[str, Any]]:
        """Every figure of every file."""
        for kommune, art, datei in DATEIEN:
            yield from self.read(kommune, art, datei).werte.to_pylist()


def read(ablage: Ablage, kommune: Kommune, layout: Layout, art: str, pfad: Path) -> Tabelleneinlesung:
    """Read one file as a delivery found today."""
    stichtag = layout.fits(pfad.name)
    assert stichtag is not None
    lieferung = Lieferung(kommune.id, layout.id, art, pfad, stichtag, stichtag, "", "")
    return read_tabelle(ablage, kommune, layout, lieferung)


def check(kommune: Kommune, layout: Layout, gelesen: Tabelleneinlesung, datei: str) -> dict[str, list[Befund]]:
    """What the checks of a delivery find in it, without those that find nothing."""
    with duckdb.connect(config={"threads": 1}) as con:
        funde = check_lieferung(con, kommune, layout, gelesen.werte, leerer_bestand(), datei)
    return {name: befunde for name, befunde in funde.items() if befunde}


def schluessel(zeile: dict[str, Any]) -> Schluessel:
    """What identifies a figure; a country and a group never stand together."""
    wer = zeile["staat"] if zeile["staat"] != I else zeile["gruppe"]
    return (
        zeile["kommune"], zeile["quelle_id"], zeile["stichtag"].isoformat(), zeile["gebiet_id"], zeile["merkmal"],
        zeile["geschlecht"], zeile["altersgruppe"], wer,
    )  # fmt: skip


@pytest.fixture(scope="module")
def bestand(tmp_path_factory: pytest.TempPathFactory) -> Bestand:
    """The five municipalities in a data folder of their own."""
    return Bestand(create_data_folder(tmp_path_factory.mktemp("fuenf") / "data", KOMMUNEN))


@pytest.fixture(scope="module")
def zahlen(bestand: Bestand) -> dict[Schluessel, dict[str, Any]]:
    """Every figure by what identifies it."""
    alle = list(bestand.figures())
    nach = {schluessel(z): z for z in alle}
    assert len(nach) == len(alle), "a figure stands twice"
    return nach


def quelltabelle(datei: Path, spalten: int, kodierung: str = "windows-1252") -> list[list[str]]:
    """Rows of a published file that have this many columns, blanks stripped."""
    with datei.open(encoding=kodierung, newline="") as f:
        return [[z.strip() for z in r] for r in csv.reader(f, delimiter=";") if len(r) == spalten]


def datenzeilen(kommune: str, pfad: str) -> list[list[str]]:
    """Rows below title, source and header of a delivered CSV."""
    with (ROH / kommune / pfad).open(encoding="utf-8", newline="") as f:
        return list(csv.reader(f, delimiter=";"))[3:]


def ohne_punkte(text: str) -> str:
    """A printed number without thousands dots."""
    return text.replace(".", "")


@pytest.mark.parametrize(
    ("kommune", "name", "ags", "ebene", "gebiete"),
    [
        ("luenen", "Lünen", "05978024", "gemeinde", 14),
        ("mettmann", "Kreis Mettmann", "05158", "kreis", 11),
        ("neumuenster", "Neumünster", "01004000", "gemeinde", 1),
        ("neuss", "Neuss", "05162024", "gemeinde", 4),
        ("steinfurt", "Steinfurt", "05566084", "gemeinde", 1),
    ],
)
def test_kommune_laedt_mit_ihren_gebieten(
    bestand: Bestand, kommune: str, name: str, ags: str, ebene: str, gebiete: int
) -> None:
    geladen = bestand.kommunen[kommune]
    eigene = {g.gebiet_id: g for g in geladen.gebiete if g.gebiet_id in geladen.eigene_gebiete()}
    assert (geladen.angaben.name, geladen.angaben.ags, eigene[ags].ebene) == (name, ags, ebene)
    assert len(set(eigene) - {"unbekannt"}) == gebiete


@pytest.mark.parametrize(("kommune", "art", "datei"), DATEIEN)
def test_datei_passt_zu_genau_einem_layout_und_wird_ohne_fehler_gelesen(
    bestand: Bestand, kommune: str, art: str, datei: str
) -> None:
    gelesen = bestand.read(kommune, art, datei)
    assert gelesen.werte.num_rows > 0
    assert gelesen.bilanz.abgewiesen == 0
    assert [b.text() for b in gelesen.befunde] == []


@pytest.mark.parametrize(("kommune", "art", "datei"), DATEIEN)
def test_gedruckte_summen_und_quoten_gehen_auf(bestand: Bestand, kommune: str, art: str, datei: str) -> None:
    layout = bestand.layout(kommune, art, datei)
    funde = check(bestand.kommunen[kommune], layout, bestand.read(kommune, art, datei), datei)
    assert [b.text() for befunde in funde.values() for b in befunde if b.schwere != Schwere.hinweis] == []
    assert {(kommune, layout.id, name) for name in funde} <= ERWARTETE_HINWEISE


@pytest.mark.parametrize("kommune", KOMMUNEN)
def test_jedes_layout_hat_eine_datei_und_jeder_stichtag_wird_veroeffentlicht(bestand: Bestand, kommune: str) -> None:
    quellen = bestand.kommunen[kommune].angaben.quellen
    zeilen = [z for z in bestand.figures() if z["kommune"] == kommune]
    assert {z["quelle_id"] for z in zeilen} == {t.id for t in (*quellen.tabellen, *quellen.indikatoren)}
    tage: set[date] = {z["stichtag"] for z in zeilen}
    veroeffentlichung = bestand.kommunen[kommune].angaben.veroeffentlichung
    assert {t for t in tage if not veroeffentlichung.includes(t)} == set()


@pytest.mark.parametrize("stelle", ZAHLEN, ids=" ".join)
def test_veroeffentlichte_zahl_kommt_heraus(zahlen: dict[Schluessel, dict[str, Any]], stelle: Schluessel) -> None:
    assert (zahlen[stelle]["wert"], zahlen[stelle]["kennzeichen"]) == ZAHLEN[stelle]


def test_zehn_staedte_ergeben_den_kreis_mettmann(zahlen: dict[Schluessel, dict[str, Any]]) -> None:
    def einwohner(gebiet: str) -> float:
        return float(zahlen["mettmann", "fortschreibung", "2024-12-31", gebiet, "einwohner", I, I, I]["wert"])

    assert sum(map(einwohner, STAEDTE)) == einwohner("05158") == 490910


def test_erdteile_in_neumuenster_ergeben_14645_von_14770(zahlen: dict[Schluessel, dict[str, Any]]) -> None:
    teile = ("Europa", "Afrika", "Amerika", "Asien", "Australien und Ozeanien")
    ort = ("neumuenster", "auslaender", "2025-12-31", "01004000", "auslaender", I, I)
    assert sum(zahlen[*ort, t]["wert"] for t in teile) == 14645


def test_vertippte_staatsangehoerigkeit_in_neuss_faellt_auf(bestand: Bestand, tmp_path: Path) -> None:
    name = "staatsangehoerigkeiten_2007-01-01.csv"
    text = (ROH / "neuss" / "tabellen" / name).read_text(encoding="utf-8")
    (tmp_path / name).write_text(text.replace("6.378", "6.387"), encoding="utf-8")
    layout = bestand.layout("neuss", "tabellen", name)
    gelesen = read(bestand.ablage, bestand.kommunen["neuss"], layout, "tabellen", tmp_path / name)
    funde = check(bestand.kommunen["neuss"], layout, gelesen, name)
    assert set(funde) == {"summe_teile"}
    assert "gedruckt ist 20.170, Differenz -9" in funde["summe_teile"][0].was


def test_fortschreibung_und_mindestsicherung_stehen_so_in_der_landesdatenbank(
    daten: Path, zahlen: dict[Schluessel, dict[str, Any]]
) -> None:
    quelle = daten / "landesdatenbank_nrw"
    soll: dict[tuple[str, str, str], str] = {}
    for _, ags, _, einwohner, flaeche, dichte in quelltabelle(quelle / "12411-15i.csv", 6):
        soll |= {
            (ags, "einwohner", I): einwohner, (ags, "flaeche", I): flaeche, (ags, "dichte", I): dichte,
        }  # fmt: skip
    soll |= {(z[0], "mindestsicherungsquote", I): z[2] for z in quelltabelle(quelle / "22811-01i.csv", 3)}
    arten = {
        "mindestsicherung": 4, "leistungsberechtigte_sgb2": 5, "hilfe_lebensunterhalt": 6, "grundsicherung": 7,
        "asylbewerberleistungen": 10,
    }  # fmt: skip
    for z in quelltabelle(quelle / "22811-05i.csv", 11):
        soll |= {(z[1], art, I): z[nr] for art, nr in arten.items()}
    geprueft = 0
    for (kommune, quelle_id, _, gebiet, merkmal, *_, gruppe), zeile in zahlen.items():
        if quelle_id in ("fortschreibung", "mindestsicherung", "mindestsicherungsquote"):
            gedruckt = soll[gebiet, merkmal, gruppe].replace(",", ".")
            assert zeile["gedruckt"] == gedruckt, (kommune, gebiet, merkmal, gruppe)
            geprueft += 1
    assert geprueft == 14 * (3 + 5 + 1)


@pytest.mark.parametrize(
    ("kommune", "kreis"), [("luenen", "05978"), ("mettmann", "05158"), ("neuss", "05162"), ("steinfurt", "05566")]
)
def test_auslaender_des_kreises_stehen_so_in_der_landesdatenbank(daten: Path, kommune: str, kreis: str) -> None:
    quelle = [z[3:] for z in quelltabelle(daten / "landesdatenbank_nrw" / "12521-03i.csv", 8) if z[1] == kreis]
    gruppen = [z[1:] for z in quelle if len(z[0]) == 1]
    staaten = sorted((z[1:] for z in quelle if len(z[0]) == 3 and z[2] != "-"), key=lambda z: -int(z[1]))
    zeilen = [
        [z[2], *map(ohne_punkte, z[3:])] for z in datenzeilen(kommune, "tabellen/auslaender_kreis_2024-12-31.csv")
    ]
    assert zeilen == [*gruppen, *staaten[:15]]


def test_auslaender_in_neumuenster_stehen_so_in_genesis(daten: Path) -> None:
    datei = daten / "destatis" / "genesis_12521-0041_2025_neumuenster_EXCERPT.csv"
    soll = {z[3]: [z[4], z[6], z[8]] for z in quelltabelle(datei, 10, "utf-8") if z[1] == "01004"}
    zeilen = datenzeilen("neumuenster", "tabellen/auslaender_2025-12-31.csv")
    assert len(zeilen) == 11
    assert {name: [ohne_punkte(w) for w in werte] for name, *werte in zeilen} == {z[0]: soll[z[0]] for z in zeilen}
