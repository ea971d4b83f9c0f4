"""Extracts whose rows are all sound and that are doubtful all the same, as literal cases."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from pipelines.eingang.melderegister.gebiet_key import gebietsschluessel
from pipelines.eingang.melderegister.read import Einlesung, read_auszug
from pipelines.foundation.findings import Befund, Code, LieferungAbgewiesen, Schwere
from pipelines.foundation.storage import Ablage
from pipelines.stamm.kommune import load_kommune
from tests.conftest import SPALTEN, auszugstext, einwohnerschaft, person

FRUEHER, STICHTAG = date(2020, 12, 31), date(2021, 12, 31)


@dataclass
class Stadt:
    """The small town with its extracts."""

    ordner: Path

    def read(self, text: str | bytes, stichtag: date = STICHTAG) -> Einlesung:
        ablage = Ablage(self.ordner.parents[1]).create_folders()
        kommune = load_kommune(self.ordner)
        pfad = self.ordner / f"{stichtag}.csv"
        pfad.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_auszug(ablage, kommune, pfad, stichtag, stichtag, f"{kommune.id}_{stichtag}")

    def abgewiesen(self, text: str | bytes, stichtag: date = STICHTAG) -> list[Befund]:
        with pytest.raises(LieferungAbgewiesen) as grund:
            self.read(text, stichtag)
        return list(grund.value.befunde)

    def set_up(self, zusatz: str) -> None:
        datei = self.ordner / "kommune.yaml"
        datei.write_text(datei.read_text(encoding="utf-8") + zusatz, encoding="utf-8")


@pytest.fixture
def stadt(kleinstadt: Path) -> Stadt:
    return Stadt(kleinstadt)


def nach(befunde: list[Befund], code: Code) -> list[str]:
    return [b.was for b in befunde if b.code is code]


LEUTE = einwohnerschaft(600)


def test_dieselbe_datei_unter_anderem_stichtag_wird_abgewiesen(stadt: Stadt) -> None:
    stadt.read(auszugstext(LEUTE), FRUEHER)
    umsortiert = auszugstext(reversed(LEUTE))
    for text in (auszugstext(LEUTE), umsortiert):
        (was,) = nach(stadt.abgewiesen(text), Code.auszug_gleich)
        assert "wie der vom 31.12.2020" in was
    assert stadt.read(auszugstext([*LEUTE, person(9000)])).uebernommen > 0
    assert stadt.read(auszugstext(LEUTE), FRUEHER).uebernommen > 0, "the same Stichtag again is no copy"


def test_die_schwere_ist_einstellbar(stadt: Stadt) -> None:
    stadt.set_up("    pruefungen: {auszug_gleich: hinweis}\n")
    stadt.read(auszugstext(LEUTE), FRUEHER)
    ergebnis = stadt.read(auszugstext(LEUTE))
    assert [b.schwere for b in ergebnis.befunde if b.code is Code.auszug_gleich] == [Schwere.hinweis]


def test_die_haelfte_der_zeilen_fehlt(stadt: Stadt) -> None:
    stadt.read(auszugstext(LEUTE), FRUEHER)
    befunde = stadt.abgewiesen(auszugstext(LEUTE[:300]))
    assert nach(befunde, Code.bestand_sprung) == ["der Auszug hat 300 Einwohner, am 31.12.2020 waren es 600"]
    assert len(nach(befunde, Code.gebiet_sprung)) == 3


def test_ein_gebiet_faellt_auf_0_und_seine_zahlen_sind_geschuetzt(stadt: Stadt) -> None:
    stadt.read(auszugstext(LEUTE), FRUEHER)
    verlegt = [p | {"gebiet_id": "02"} if p["gebiet_id"] == "01" else p for p in LEUTE]
    befunde = stadt.abgewiesen(auszugstext(verlegt))
    assert nach(befunde, Code.gebiet_leer) == ["Altstadt (01) hat 0 Einwohner, am 31.12.2020 waren es 200"]
    assert nach(befunde, Code.gebiet_sprung) == ["Neustadt (02) hat 400 Einwohner, am 31.12.2020 waren es 200"]
    fast = [p | {"gebiet_id": "02"} if p["gebiet_id"] == "01" and i > 10 else p for i, p in enumerate(LEUTE)]
    ergebnis = stadt.read(auszugstext(fast))
    assert nach(ergebnis.befunde, Code.gebiet_sprung)[0] == (
        "Altstadt (01) hat weniger als 5 Einwohner, am 31.12.2020 waren es 200"
    )


def test_verlorene_fuehrende_nullen_werden_ergaenzt(stadt: Stadt) -> None:
    ergebnis = stadt.read(auszugstext(p | {"gebiet_id": p["gebiet_id"].lstrip("0")} for p in LEUTE))
    assert ergebnis.unbekanntes_gebiet == 0
    assert nach(ergebnis.befunde, Code.schluessel_ergaenzt) == [
        "bei 600 Personen fehlten dem Gebietsschlüssel führende Nullen; sie wurden ergänzt"
    ]


def test_ergaenzt_wird_nur_was_eindeutig_ist() -> None:
    assert gebietsschluessel(["01", "001", "02", "2", "A1", "000"]) == {
        g: g for g in ["01", "001", "02", "2", "A1", "000"]
    }
    assert gebietsschluessel(["01", "010"]) == {"01": "01", "010": "010", "1": "01", "10": "010"}


def test_ein_gebiet_das_in_der_liste_fehlt_wird_beim_schluessel_genannt(stadt: Stadt) -> None:
    viele = [
        p | {"gebiet_id": "006"} if i < 60 else p | {"gebiet_id": "7"} if i < 63 else p for i, p in enumerate(LEUTE)
    ]
    befunde = stadt.abgewiesen(auszugstext(viele))
    genannt = nach(befunde, Code.gebiet_unbekannt)
    assert "»006« steht nicht in gebiete.csv; 60 Personen zählen deshalb im Gebiet »unbekannt«" in genannt
    assert not [w for w in genannt if "»7«" in w], "three persons' key is shown to nobody"
    assert nach(befunde, Code.unbekannt_anteil) == ["63 von 600 Einwohnern gehören zu keinem Gebiet aus gebiete.csv"]
    stadt.set_up("    hoechstanteil_unbekannt: 0.2\n")
    assert nach(stadt.read(auszugstext(viele)).befunde, Code.unbekannt_anteil) == []


def test_zuzuege_nach_dem_stichtag_machen_ihn_zweifelhaft(stadt: Stadt) -> None:
    spaeter = [p | {"einzug_datum": "01.03.2022"} if i < 9 else p for i, p in enumerate(LEUTE)]
    ergebnis = stadt.read(auszugstext(spaeter))
    assert nach(ergebnis.befunde, Code.stichtag_zweifelhaft) == ["9 Zuzüge liegen nach dem Datenstand 31.12.2021"]


def test_leere_zeilen_am_ende_sind_keine_personen(stadt: Stadt) -> None:
    for ende in ("\n\n", "\r\n\r\n", "  \n \n"):
        assert stadt.read(auszugstext(LEUTE[:100]) + ende).gelesen == 100


def test_ein_offenes_ende_ist_kein_auszug_und_kein_sterbefall(stadt: Stadt) -> None:
    ende = [
        person(1, auszug_datum="31.12.9999"), person(2, sterbe_datum="31.12.9999"), person(3, sterbe_datum="9999-12-31"),
    ]  # fmt: skip
    assert stadt.read(auszugstext(ende)).uebernommen == 3


@pytest.mark.parametrize(
    "weitere",
    [{"wohnungsstatus": "neben"}, {"wohnungsstatus": "haupt", "auszug_datum": "01.06.2019", "einzug_datum": ""}],
)
def test_neben_der_hauptwohnung_zaehlt_keine_andere(stadt: Stadt, weitere: dict[str, str]) -> None:
    ergebnis = stadt.read(auszugstext([person(1, wohnungsstatus="haupt"), person(1, gebiet_id="02", **weitere)]))
    assert (ergebnis.uebernommen, ergebnis.ausserhalb, ergebnis.abgewiesen) == (1, 1, 0)


def test_hohes_alter_fehlendes_geburtsdatum_und_abgeschaltete_option_sind_hinweise(stadt: Stadt) -> None:
    alte = [person(n, geburtsdatum="01.01.1898") for n in range(1, 8)]
    ohne = [person(n, geburtsdatum="00.00.0000") for n in range(11, 18)]
    option = [person(n, art_dt_sta="option") for n in range(21, 24)]
    ergebnis = stadt.read(auszugstext([*alte, *ohne, *option]))
    assert nach(ergebnis.befunde, Code.hohes_alter) == ["7 Personen sind über 110 Jahre alt"]
    assert nach(ergebnis.befunde, Code.geburtsdatum_fehlt)[0].startswith("7 Personen haben kein Geburtsdatum")
    (satz,) = nach(ergebnis.befunde, Code.option_aus)
    assert satz.startswith("weniger als 5 Personen tragen das Optionskennzeichen")
    assert satz.endswith("sagt marts.optionskennzeichen für: kosis_like")


def test_von_excel_gekuerzte_staatenschluessel_werden_beim_namen_genannt(stadt: Stadt) -> None:
    text = (stadt.ordner / "kommune.yaml").read_text(encoding="utf-8").replace("abgewiesen: 0.01", "abgewiesen: 1")
    (stadt.ordner / "kommune.yaml").write_text(text, encoding="utf-8")
    ergebnis = stadt.read(auszugstext(p | {"sta_1": "0" if p["sta_1"] == "000" else p["sta_1"]} for p in LEUTE))
    assert (
        "führende Nullen gingen verloren, wohl beim Speichern mit Excel"
        in nach(ergebnis.befunde, Code.nullen_verloren)[0]
    )


def test_dos_kodierung_wird_vermutet(stadt: Stadt) -> None:
    text = auszugstext(p | {"geburtsort": "Köln"} for p in LEUTE[:20]).encode("cp850")
    (was,) = nach(stadt.read(text).befunde, Code.zeichen_verdaechtig)
    assert was.startswith("in 20 Zeilen stehen")


def _grossbuchstaben(kopf: str) -> str:
    return kopf.upper()


def _anfuehrungszeichen(kopf: str) -> str:
    return ";".join(f'"{s}"' for s in kopf.split(";"))


@pytest.mark.parametrize(
    ("form", "worte"), [(_grossbuchstaben, "in Großbuchstaben"), (_anfuehrungszeichen, "in Anführungszeichen")]
)
def test_eine_kopfzeile_in_anderer_form_wird_erkannt(stadt: Stadt, form: Callable[[str], str], worte: str) -> None:
    zeilen = auszugstext(LEUTE[:20], kopf=False)
    (befund,) = stadt.abgewiesen(form(";".join(SPALTEN)) + "\n" + zeilen)
    assert befund.was == f"die Spaltennamen stehen {worte}"


def test_ein_datum_ohne_fuehrende_nullen_hat_die_falsche_form(stadt: Stadt) -> None:
    befunde = stadt.abgewiesen(auszugstext([person(1, geburtsdatum="1.1.1980")]))
    assert "steht nicht in der verlangten Form" in nach(befunde, Code.datum_unmoeglich)[0]


def test_andere_personen_mit_derselben_zahl_sind_kein_auszug_derselben_kommune(stadt: Stadt) -> None:
    stadt.read(auszugstext(LEUTE), FRUEHER)
    andere = [
        p | {"pid": f"Z{i}", "geburtsdatum": f"{1 + i % 28:02d}.{1 + i % 12:02d}.1950"} for i, p in enumerate(LEUTE)
    ]
    befunde = stadt.abgewiesen(auszugstext(andere))
    assert nach(befunde, Code.personen_fremd) == [
        "von 600 Personen des Auszugs vom 31.12.2020 sind nach ihrer pid 0 auch in diesem (600 Personen); auch nach Geburtstag, "
        "Geschlecht, Staatsangehörigkeit, Geburtsstaat und Gebiet passen nur 0 zueinander"
    ]
    assert [b.erwartet for b in befunde if b.code is Code.personen_fremd] == [
        "mindestens rund 420 gemeinsame Personen (mindestanteil_gleicher); ein Auszug derselben Kommune "
        "(kommune.yaml, quellen.melderegister.pruefungen.personen_fremd)"
    ]
    stadt.set_up("    pruefungen: {personen_fremd: hinweis}\n")
    assert len(nach(stadt.read(auszugstext(andere)).befunde, Code.personen_fremd)) == 1


def test_neu_vergebene_pid_derselben_personen_sind_eine_warnung(stadt: Stadt) -> None:
    stadt.read(auszugstext(LEUTE), FRUEHER)
    ergebnis = stadt.read(auszugstext(p | {"pid": f"Z{i}"} for i, p in enumerate(LEUTE)))
    (befund,) = [b for b in ergebnis.befunde if b.code is Code.pid_neu]
    assert befund.schwere is Schwere.warnung
    assert befund.was.endswith("passen 600 zueinander: die pid ist wohl neu vergeben")
    assert nach(ergebnis.befunde, Code.personen_fremd) == []


def test_die_grenze_gilt_fuer_ein_jahr_und_den_kleineren_auszug(stadt: Stadt) -> None:
    stadt.read(auszugstext(LEUTE), FRUEHER)
    fremde = [p | {"pid": f"Z{i}", "geburtsdatum": f"{1 + i % 28:02d}.06.1951"} for i, p in enumerate(LEUTE)]
    gemischt = LEUTE[:400] + fremde[400:]
    assert nach(stadt.abgewiesen(auszugstext(gemischt)), Code.personen_fremd) != [], "400 of 600 are fewer than 0.7"
    spaeter = date(2022, 12, 31)
    assert nach(stadt.read(auszugstext(gemischt), spaeter).befunde, Code.personen_fremd) == [], "two years: 0.49"
    dazu = [p | {"pid": f"Y{i}"} for i, p in enumerate(fremde[:500])]
    assert nach(stadt.read(auszugstext([*LEUTE, *dazu])).befunde, Code.personen_fremd) == [], "all of the smaller one"


@pytest.mark.parametrize(("letzter_zuzug", "zweifelhaft"), [("", True), ("31.10.2021", True), ("01.11.2021", False)])
def test_ohne_ereignis_vor_dem_stichtag_ist_der_auszug_aelter_als_sein_name(
    stadt: Stadt, letzter_zuzug: str, zweifelhaft: bool
) -> None:
    leute = einwohnerschaft(5_000)
    leute[0] |= {"einzug_datum": letzter_zuzug}
    befunde = stadt.read(auszugstext(leute)).befunde
    assert nach(befunde, Code.stichtag_zweifelhaft) == zweifelhaft * [
        "in den letzten 60 Tagen vor dem Stichtag wurde niemand geboren und niemand zog zu; der Auszug ist wohl älter"
    ]
    assert nach(stadt.read(auszugstext(leute[:4_999])).befunde, Code.stichtag_zweifelhaft) == []
