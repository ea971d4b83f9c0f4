"""Extracts in other layouts: the same persons come out, and every way to get a layout wrong is named in German.

Here belong tests of quellen.melderegister (format, spalten, werte, ignorieren) and of reading such files. Rules of canonical
values are tested in test_melderegister.py.
Long because each key of one layout is shown right and in every way it can be wrong.
"""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from pipelines.eingang.ingest import schemabefunde
from pipelines.eingang.melderegister.read import Einlesung, read_auszug
from pipelines.foundation.findings import Befund, Code, KonfigurationsFehler, LieferungAbgewiesen, Schwere
from pipelines.foundation.storage import Ablage
from pipelines.stamm.kommune import load_kommune
from tests.conftest import (
    KLEINSTADT_YAML,
    SPALTEN,
    STICHTAG,
    Registerleser,
    auszugstext,
    create_data_folder,
    create_kleinstadt,
    monitoring_im_prozess,
    person,
)

MARKE = "Qz7xVb"

LEUTE = [
    person(1, geburtsort="Lünen", geburtsdatum="15.03.1980"),
    person(2, geschlecht="m", wohnungsstatus="haupt", geburtsort="Überlingen", geburtsstaat="", gebiet_id="02"),
    person(3, geschlecht="d", sta_1="163", sta_2="152", art_dt_sta="", geburtsort="Çorum", geburtsstaat="163"),
    person(4, wohnungsstatus="neben"),
    person(5, geburtsdatum="00.00.1975", zuzug_staat="163", zuzug_datum_ausland="00.05.2001", geburtsort="Köln"),
    person(6, auszug_datum="01.01.2020"),
    person(7, geburtsdatum="01.01.2015", elternteil_1_pid="P00001", elternteil_2_pid="P00002", adresse_id="A00001"),
    person(8, geburtsdatum="", geburtsort="", geburtsstaat="", art_dt_sta="erklaerung", gebiet_id="03"),
]

KOEPFE = {
    "pid": "ORDNUNGSMERKMAL", "wohnungsstatus": "STATUS", "geburtsdatum": "Geb.-Datum", "geschlecht": "GESCHLECHT",
    "sta_1": "STAAT 1", "sta_2": "STAAT 2", "sta_3": "STAAT 3", "art_dt_sta": "ART", "geburtsort": "GEB_ORT",
    "geburtsstaat": "GEB_STAAT", "zuzug_staat": "ZZ_STAAT", "zuzug_datum_ausland": "ZZ_DATUM", "einzug_datum": "EINZUG",
    "auszug_datum": "AUSZUG", "sterbe_datum": "TOD", "elternteil_1_pid": "MUTTER", "elternteil_2_pid": "VATER",
    "adresse_id": "ADR", "gebiet_id": "BEZIRK",
}  # fmt: skip
DATEN = ("geburtsdatum", "zuzug_datum_ausland", "einzug_datum", "auszug_datum", "sterbe_datum")
CODES = {
    "geschlecht": {"w": "2", "m": "1", "d": "3"},
    "wohnungsstatus": {"alleinige": "A", "haupt": "H", "neben": "N"},
    "sta_1": {"000": "D"},
    "art_dt_sta": {"": "0"},
}

Zellen = dict[str, str]


def jjjjmmtt(text: str) -> str:
    return text[6:] + text[3:5] + text[:2]


def yaml_spalten(zuordnung: dict[str, str]) -> str:
    return "    spalten:\n" + "".join(f"      {k}: {v}\n" for k, v in zuordnung.items())


WERTE_YAML = """\
    werte:
      geschlecht: {"1": m, "2": w, "3": d}
      wohnungsstatus: {A: alleinige, H: haupt, "N": neben}
      sta_1: {D: "000"}
      art_dt_sta: {"0": ""}
"""
STRICH_FORMAT = '    format: {art: csv, trennzeichen: "|", anfuehrung: \'"\'}\n'
STRICH = STRICH_FORMAT + yaml_spalten(KOEPFE) + WERTE_YAML + "    ignorieren: [FAMILIENNAME]\n"
POSITIONEN = (
    "    format: {kopfzeile: false, trennzeichen: tab, kodierung: windows-1252, datum: [JJJJMMTT]}\n"
    + yaml_spalten({s: str(n) for n, s in enumerate(SPALTEN, start=1)})
)
BREITE = 12
FEST_SPALTEN = yaml_spalten({s: f"{{von: {n * BREITE + 1}, laenge: {BREITE}}}" for n, s in enumerate(SPALTEN)})
FEST = "    format: {art: festbreite, datum: [TTMMJJJJ]}\n" + FEST_SPALTEN


def als_strich(zeilen: Sequence[Zellen]) -> bytes:
    texte = ["|".join(["FAMILIENNAME", *KOEPFE.values()])]
    for z in zeilen:
        werte = {k: CODES.get(k, {}).get(v, v) for k, v in z.items()}
        texte.append("|".join(f'"{w}"' for w in ["Müller", *(werte[s] for s in KOEPFE)]))
    return ("\n".join(texte) + "\n").encode()


def als_positionen(zeilen: Sequence[Zellen]) -> bytes:
    texte = ["\t".join(jjjjmmtt(z[s]) if s in DATEN else z[s] for s in SPALTEN) for z in zeilen]
    return ("\n".join(texte) + "\n").encode("cp1252")


def als_fest(zeilen: Sequence[Zellen]) -> bytes:
    texte = ["".join((z[s].replace(".", "") if s in DATEN else z[s]).ljust(BREITE) for s in SPALTEN) for z in zeilen]
    return ("\r\n".join(texte) + "\r\n").encode("cp1252")


@pytest.fixture
def stadt(tmp_path: Path) -> Callable[..., Registerleser]:
    """Makes a town with these keys below quellen.melderegister; its reader takes bytes through `bytes_`."""

    def build(zusatz: str = "", anteil: str = "1", name: str = "kleinstadt") -> Registerleser:
        daten = tmp_path / "data"
        if not daten.exists():
            create_data_folder(daten, ())
        ordner = create_kleinstadt(daten, name)
        yaml = KLEINSTADT_YAML.replace("kommune: kleinstadt", f"kommune: {name}").replace("0.01", anteil) + zusatz
        (ordner / "kommune.yaml").write_text(yaml, encoding="utf-8")
        return Registerleser(Ablage(daten).create_folders(), load_kommune(ordner), tmp_path / "2021-06-30.txt")

    return build


def read_bytes(leser: Registerleser, inhalt: bytes, werte: bool = False) -> Einlesung:
    leser.pfad.write_bytes(inhalt)
    return read_auszug(leser.ablage, leser.kommune, leser.pfad, STICHTAG, STICHTAG, leser.partition, werte)


def abweisung(leser: Registerleser, inhalt: bytes) -> tuple[Befund, ...]:
    with pytest.raises(LieferungAbgewiesen) as grund:
        read_bytes(leser, inhalt)
    return grund.value.befunde


def konfigurationsfehler(stadt: Callable[..., Registerleser], zusatz: str) -> str:
    with pytest.raises(KonfigurationsFehler) as grund:
        stadt(zusatz)
    return str(grund.value)


LAYOUTS: dict[str, tuple[str, Callable[[Sequence[Zellen]], bytes], int]] = {
    "kanonisch": ("", lambda z: auszugstext(z).encode(), 1),
    "strich": (STRICH, als_strich, 1),
    "positionen": (POSITIONEN, als_positionen, 0),
    "fest": (FEST, als_fest, 0),
}


def bestand(leser: Registerleser) -> list[dict[str, Any]]:
    return [{k: v for k, v in z.items() if k != "pseudonym"} for _, z in sorted(leser.personen().items())]


@pytest.mark.parametrize("art", LAYOUTS)
def test_the_same_persons_come_out_of_every_layout(stadt: Callable[..., Registerleser], art: str) -> None:
    kanonisch = stadt(name="vergleich")
    read_bytes(kanonisch, auszugstext(LEUTE).encode())
    zusatz, write, _ = LAYOUTS[art]
    leser = stadt(zusatz)
    ergebnis = read_bytes(leser, write(LEUTE))
    assert [b for b in ergebnis.befunde if b.schwere is not Schwere.hinweis] == []
    assert (ergebnis.gelesen, ergebnis.uebernommen, ergebnis.ausserhalb, ergebnis.abgewiesen) == (8, 6, 2, 0)
    assert bestand(leser) == bestand(kanonisch)
    assert {z["sta_1"] for z in bestand(leser)} == {"000", "163"}
    # The pseudonym depends on the pid alone, whatever the layout.
    assert [p["pseudonym"] for p in leser.personen().values()] == [
        p["pseudonym"] for p in kanonisch.personen().values()
    ]
    assert schemabefunde(leser.ablage, "melderegister", leser.partition) == []


@pytest.mark.parametrize("art", LAYOUTS)
def test_line_numbers_are_those_of_the_file_in_every_layout(stadt: Callable[..., Registerleser], art: str) -> None:
    zusatz, write, kopf = LAYOUTS[art]
    zeilen = [person(n, geschlecht="q" if n == 4 else "w") for n in range(1, 7)]
    leser = stadt(zusatz)
    ergebnis = read_bytes(leser, write(zeilen))
    (befund,) = [b for b in ergebnis.befunde if b.schwere is Schwere.fehler]
    assert befund.zeilen == (4 + kopf,)
    assert list(leser.abgewiesen()) == [4 + kopf]
    assert "P00004" in leser.abgewiesen()[4 + kopf]["zeile_text"]
    assert (ergebnis.gelesen, ergebnis.uebernommen, ergebnis.abgewiesen) == (6, 5, 1)


@pytest.mark.parametrize(
    ("art", "name"),
    [("kanonisch", "geschlecht"), ("strich", "GESCHLECHT (geschlecht)"), ("positionen", "Position 4 (geschlecht)"),
     ("fest", "Zeichen 37–48 (geschlecht)")],
)  # fmt: skip
def test_a_message_names_the_source_column_and_the_canonical_one(
    stadt: Callable[..., Registerleser], art: str, name: str
) -> None:
    zusatz, write, _ = LAYOUTS[art]
    ergebnis = read_bytes(stadt(zusatz), write([person(1), person(2, geschlecht="9")]), werte=True)
    (befund,) = [b for b in ergebnis.befunde if b.schwere is Schwere.fehler]
    assert befund.ort.partition(", ")[2] == f"Spalte {name}"
    assert befund.gefunden == "»9«"
    assert ("1, 2, 3" in befund.erwartet) == (art == "strich")


@pytest.mark.parametrize(
    ("zelle", "zeilen"),
    [
        ('"Lü|nen"', (3,)),
        ('"Lünen', (3,)),
        ('Lünen"', (3,)),
        ('"', (3,)),
        ('"Lü""|""nen"', (3,)),  # both halves begin and end with a quote
        ('"Lü""nen"', ()),
        ('Lü"nen', ()),
        ("Lünen", ()),
        ('""', ()),
        ("", ()),
    ],
)
def test_a_quote_never_swallows_a_row(stadt: Callable[..., Registerleser], zelle: str, zeilen: tuple[int, ...]) -> None:
    text = als_strich([person(n) for n in range(1, 40)]).decode().split("\n")
    text[2] = text[2].replace('"Lünen"', zelle)
    ergebnis = read_bytes(stadt(STRICH), "\n".join(text).encode())
    assert [(b.code, b.zeilen) for b in ergebnis.befunde] == [(Code.feldzahl, zeilen)] * len(zeilen)
    assert (ergebnis.gelesen, ergebnis.uebernommen) == (39, 39 - len(zeilen))


def test_a_quoted_separator_is_no_column_where_a_field_is_missing_elsewhere(
    stadt: Callable[..., Registerleser],
) -> None:
    text = als_strich([person(1), person(2)]).decode()
    # One field too few and one separator inside a quotation: the number of fields is right, the columns are not.
    text = text.replace('"Müller"|"P00002"', '"P00002"').replace('"A00002"', '"A|2"')
    ergebnis = read_bytes(stadt(STRICH), text.encode())
    assert [(b.code, b.zeilen) for b in ergebnis.befunde] == [(Code.feldzahl, (3,))]


def test_without_declared_quotes_they_are_text(stadt: Callable[..., Registerleser]) -> None:
    leser = stadt("    format: {trennzeichen: ','}\n")
    assert read_bytes(leser, auszugstext([person(1, geburtsort='"Lünen')]).replace(";", ",").encode()).uebernommen == 1


def test_ignored_columns_are_not_read_and_may_be_missing(stadt: Callable[..., Registerleser]) -> None:
    leser = stadt("    ignorieren: [familienname, geburtsort]\n")
    text = "\n".join(f"{a};{b}" for a, b in zip(
        ["familienname", "Müller"], auszugstext([person(1, geburtsstaat="")]).splitlines(), strict=True))  # fmt: skip
    read_bytes(leser, f"{text}\n".encode())
    assert leser.personen()[2]["geburtsstaat"] is None
    assert read_bytes(leser, auszugstext([person(1)]).encode()).uebernommen == 1


@pytest.mark.parametrize(
    ("form", "kodierung", "code"),
    [
        ("utf-8", "utf-8", None),
        ("utf-8", "cp1252", Code.kodierung),
        ("windows-1252", "cp1252", None),
        ("windows-1252", "utf-8", Code.kodierung),
        ("windows-1252", "utf-8-sig", Code.kodierung),
        ("windows-1252", "ascii", None),
    ],
)
def test_a_declared_encoding_must_be_that_of_the_file(
    stadt: Callable[..., Registerleser], form: str, kodierung: str, code: Code | None
) -> None:
    leser = stadt(f"    format: {{kodierung: {form}}}\n")
    zeilen = [person(1, geburtsort="Werne"), person(2, geburtsort="Werne" if kodierung == "ascii" else "Lünen")]
    inhalt = auszugstext(zeilen).encode(kodierung)
    if code is None:
        assert read_bytes(leser, inhalt).befunde == []
    else:
        (befund,) = abweisung(leser, inhalt)
        assert (befund.code, befund.ort) == (code, "Zeile 1" if kodierung == "utf-8-sig" else "Zeile 3")
        assert form in befund.was


@pytest.mark.parametrize(
    ("form", "text", "tag"),
    [
        ("JJJJMMTT", "19800315", "1980-03-15"),
        ("JJJJMMTT", "19800300", "1980-03-15"),
        ("JJJJMMTT", "19800000", "1980-07-01"),
        ("JJJJMMTT", "00000000", None),
        ("TTMMJJJJ", "15031980", "1980-03-15"),
        ("TTMMJJJJ", "00001980", "1980-07-01"),
        ("TTMMJJJJ", "15.03.1980", "1980-03-15"),
        ("JJJJMMTT", "1980-03-15", "1980-03-15"),
    ],
)
def test_declared_date_forms_come_beside_the_canonical_ones(
    stadt: Callable[..., Registerleser], form: str, text: str, tag: str | None
) -> None:
    leser = stadt(f"    format: {{datum: [{form}]}}\n")
    ergebnis = read_bytes(leser, auszugstext([person(1, geburtsdatum=text)]).encode())
    assert ergebnis.abgewiesen == 0
    gelesen = leser.personen()[2]["geburtstag"]
    assert (gelesen and gelesen.isoformat()) == tag


@pytest.mark.parametrize(
    ("form", "text"), [("JJJJMMTT", "15031980"), ("TTMMJJJJ", "19800315"), ("JJJJ-MM-TT", "19800315")]
)
def test_a_date_of_another_form_is_impossible(stadt: Callable[..., Registerleser], form: str, text: str) -> None:
    ergebnis = read_bytes(
        stadt(f"    format: {{datum: [{form}]}}\n"), auszugstext([person(1, geburtsdatum=text)]).encode()
    )
    (befund,) = ergebnis.befunde
    assert befund.code is Code.datum_unmoeglich
    assert form in befund.erwartet


def test_the_empty_value_can_be_mapped_and_mapped_to(stadt: Callable[..., Registerleser]) -> None:
    leser = stadt('    werte:\n      geschlecht: {"": x}\n      elternteil_1_pid: {"0": ""}\n')
    read_bytes(leser, auszugstext([person(1, geschlecht="", elternteil_1_pid="0")]).encode())
    assert leser.personen()[2]["geschlecht"] == "x"
    assert leser.personen()[2]["eltern_genannt"] == 0


def test_values_with_quotes_of_sql_are_text(stadt: Callable[..., Registerleser]) -> None:
    leser = stadt('    werte:\n      geschlecht: {"O\'x": m}\n')
    read_bytes(leser, auszugstext([person(1, geschlecht="O'x")]).encode())
    assert leser.personen()[2]["geschlecht"] == "m"


# --- files that are not as described -------------------------------------------------------------------------------------


def kopf_ersetzt(alt: str, neu: str) -> Callable[[], bytes]:
    return lambda: als_strich(LEUTE).decode().replace(alt, neu, 1).encode()


@pytest.mark.parametrize(
    ("inhalt", "code", "worte"),
    [
        (kopf_ersetzt("|MUTTER", "|VORNAME"), Code.spalte_unbekannt, ("Spalte 17", "»VORNAME«", "ignorieren")),
        (kopf_ersetzt("|MUTTER", "|GEBURTSNAME"), Code.spalte_fehlt, ("»MUTTER« (elternteil_1_pid)",)),
        (kopf_ersetzt("FAMILIENNAME", "ADR"), Code.spalte_doppelt, ("»ADR« (adresse_id)", "Spalte 19")),
        (lambda: als_strich(LEUTE).replace(b"|", b";"), Code.trennzeichen, ("Semikolon", "senkrechter Strich")),
        (lambda: b"\n".join(als_strich(LEUTE).split(b"\n")[1:]), Code.kopfzeile, ("ORDNUNGSMERKMAL", "nicht gezeigt")),
        (lambda: auszugstext(LEUTE).encode(), Code.kopfzeile, ("ORDNUNGSMERKMAL",)),
        (lambda: als_strich([]), Code.datei_leer, ("Zeile 2",)),
        (lambda: als_strich(LEUTE)[:-12], Code.letzte_zeile, ("Zeile 9",)),
    ],
)
def test_a_file_with_another_header_is_refused(
    stadt: Callable[..., Registerleser], inhalt: Callable[[], bytes], code: Code, worte: tuple[str, ...]
) -> None:
    befunde = abweisung(stadt(STRICH), inhalt())
    texte = [b.text() for b in befunde if b.code is code]
    assert len(texte) == 1
    assert all(w in texte[0] for w in worte)


def test_a_row_glued_to_a_foreign_header_is_not_shown(stadt: Callable[..., Registerleser]) -> None:
    leute = [person(n, pid=f"{MARKE}{n}", geburtsdatum="", geburtsort=MARKE) for n in (1, 2)]
    zusatz = STRICH.replace(", anfuehrung: '\"'", "").replace("|", ";")
    text = als_strich(leute).decode().replace('"', "").replace("|", ";").replace("BEZIRK\n", "BEZIRK", 1)
    befunde = abweisung(stadt(zusatz), text.encode())
    assert MARKE.lower() not in " ".join(b.text() for b in befunde).lower()
    assert "Müller" not in " ".join(b.text() for b in befunde)


def test_an_unmapped_position_refuses_the_delivery(stadt: Callable[..., Registerleser]) -> None:
    mehr = als_positionen(LEUTE).decode("cp1252").replace("\n", f"\t{MARKE}\n").encode("cp1252")
    (befund,) = abweisung(stadt(POSITIONEN), mehr)
    assert befund.code is Code.spalte_unbekannt
    assert "20 Felder, zugeordnet oder ignoriert sind 19" in befund.was
    assert MARKE not in befund.text()
    assert read_bytes(stadt(POSITIONEN + "    ignorieren: [20]\n"), mehr).uebernommen == 6


def test_a_position_outside_the_file_refuses_the_delivery(stadt: Callable[..., Registerleser]) -> None:
    (befund,) = abweisung(stadt(POSITIONEN + "    ignorieren: [20]\n"), als_positionen(LEUTE))
    assert (befund.code, befund.was) == (Code.spalte_fehlt, "8 von 8 Zeilen haben 19 Felder")


def test_single_rows_with_another_number_of_positions_are_rejected_alone(stadt: Callable[..., Registerleser]) -> None:
    zeilen = als_positionen(LEUTE).split(b"\n")
    zeilen[2] += b"\tmehr"
    ergebnis = read_bytes(stadt(POSITIONEN), b"\n".join(zeilen))
    assert [(b.code, b.zeilen, b.erwartet) for b in ergebnis.befunde] == [(Code.feldzahl, (3,), "19 Felder")]


@pytest.mark.parametrize("kaputt", ["kurz", "lang", "leer"])
def test_a_line_of_another_width_is_rejected_alone(stadt: Callable[..., Registerleser], kaputt: str) -> None:
    zeilen = als_fest(LEUTE).split(b"\r\n")
    zeilen[1] = {"kurz": zeilen[1][:-1], "lang": zeilen[1] + b"x", "leer": b""}[kaputt]
    ergebnis = read_bytes(stadt(FEST), b"\r\n".join(zeilen))
    (befund,) = [b for b in ergebnis.befunde if b.schwere is Schwere.fehler]
    assert (befund.code, befund.zeilen) == (Code.feldzahl, (2,))
    assert "228 Zeichen" in befund.erwartet
    assert (ergebnis.gelesen, ergebnis.uebernommen, ergebnis.ausserhalb, ergebnis.abgewiesen) == (8, 5, 2, 1)


def test_a_cut_last_line_of_fixed_width_refuses_the_delivery(stadt: Callable[..., Registerleser]) -> None:
    (befund,) = abweisung(stadt(FEST), als_fest(LEUTE)[:-5])
    assert (befund.code, befund.ort) == (Code.letzte_zeile, "Zeile 8")


def test_text_between_the_fields_is_an_unknown_column(stadt: Callable[..., Registerleser]) -> None:
    ohne = FEST.replace(f"      geburtsort: {{von: {8 * BREITE + 1}, laenge: {BREITE}}}\n", "")
    assert ohne != FEST
    (befund,) = abweisung(stadt(ohne), als_fest([person(n, geburtsort=MARKE) for n in range(1, 4)]))
    assert befund.code is Code.spalte_unbekannt
    assert "Zeichen 97–108" in befund.was
    assert MARKE not in befund.text()
    ignoriert = ohne + f"    ignorieren: [{{von: {8 * BREITE + 1}, laenge: {BREITE}}}]\n"
    assert read_bytes(stadt(ignoriert), als_fest(LEUTE)).uebernommen == 6


def test_fields_beyond_the_lines_refuse_the_delivery(stadt: Callable[..., Registerleser]) -> None:
    weiter = FEST.replace("{von: 217, laenge: 12}", "{von: 240, laenge: 12}")
    (befund,) = abweisung(stadt(weiter), als_fest(LEUTE))
    assert (befund.code, befund.was) == (Code.spalte_fehlt, "8 von 8 Zeilen sind kürzer als die Felder in kommune.yaml")


def test_a_fixed_width_file_may_have_a_header(stadt: Callable[..., Registerleser]) -> None:
    leser = stadt(FEST.replace("festbreite,", "festbreite, kopfzeile: true,"))
    ergebnis = read_bytes(leser, b"Kopf\r\n" + als_fest(LEUTE))
    assert (ergebnis.gelesen, ergebnis.uebernommen) == (8, 6)
    assert min(leser.personen()) == 2


@pytest.mark.parametrize(
    ("werte", "ort", "wort"),
    [
        ('sta_1: {D: "777"}', "werte.sta_1", "»D« wird »777«"),
        ('geburtsstaat: {S: "997"}', "werte.geburtsstaat", "»S« wird »997«"),
        ('gebiet_id: {X: "99"}', "werte.gebiet_id", "»X« wird »99«"),
    ],
)
def test_a_value_mapped_to_a_key_that_does_not_exist_refuses_the_delivery(
    stadt: Callable[..., Registerleser], werte: str, ort: str, wort: str
) -> None:
    leser = stadt(f"    werte:\n      {werte}\n")
    (befund,) = abweisung(leser, auszugstext(LEUTE).encode())
    zeile = len(KLEINSTADT_YAML.splitlines()) + 2
    assert befund.datei == "kleinstadt/kommune.yaml"
    assert befund.ort.startswith(f"Zeile {zeile}, quellen.melderegister.{ort}")
    assert wort in befund.was


# --- configurations that cannot be right ---------------------------------------------------------------------------------

PFLICHT = {s: KOEPFE[s] for s in ("pid", "wohnungsstatus", "geburtsdatum", "geschlecht", "sta_1", "gebiet_id")}
NUMMERN = {s: str(n) for n, s in enumerate(PFLICHT, start=1)}
FELDER = {s: f"{{von: {n * 10 + 1}, laenge: 10}}" for n, s in enumerate(PFLICHT)}
OHNE_KOPF = "    format: {kopfzeile: false}\n"
BREIT = "    format: {art: festbreite}\n"


def mit(basis: dict[str, str], **anders: str) -> str:
    return yaml_spalten(basis | anders)


@pytest.mark.parametrize(
    ("zusatz", "stelle", "grund"),
    [
        ("    format: {art: xml}\n", "format.art", "»xml« ist nicht erlaubt"),
        ('    format: {trennzeichen: ";;"}\n', "format.trennzeichen", "genau ein Zeichen"),
        ('    format: {trennzeichen: "x"}\n', "format.trennzeichen", "kein Buchstabe"),
        ('    format: {trennzeichen: " "}\n', "format.trennzeichen", 'oder "tab"'),
        ('    format: {anfuehrung: ""}\n', "format.anfuehrung", "genau ein Zeichen"),
        ("    format: {anfuehrung: ;}\n", "format", "dasselbe Zeichen"),
        ("    format: {kodierung: latin1}\n", "format.kodierung", "»latin1« ist nicht erlaubt"),
        ("    format: {datum: [MM/TT/JJJJ]}\n", "format.datum[0]", "ist nicht erlaubt"),
        ("    format: {datum: [JJJJMMTT, TTMMJJJJ]}\n", "format.datum", "nicht unterscheiden"),
        ('    format: {art: festbreite, trennzeichen: "|"}\n', "format", "nur bei art: csv"),
        ("    format: {zeichensatz: utf-8}\n", "format.zeichensatz", "unbekannt"),
        (OHNE_KOPF, "quellen.melderegister", "spalten fehlt"),
        (mit(PFLICHT, familienname="NAME"), "spalten.familienname", "»familienname« ist unbekannt"),
        (mit({k: v for k, v in PFLICHT.items() if k != "sta_1"}), "spalten.sta_1", "Der Schlüssel fehlt."),
        (mit(PFLICHT, sta_2="STAAT 1"), "spalten", "sta_1 und sta_2 lesen dieselbe Stelle"),
        (mit(PFLICHT, sta_2="3"), "spalten", "sta_2: erwartet wird der Name"),
        (mit(PFLICHT, sta_2='""'), "spalten.sta_2", "Erwartet wird der Name"),
        (mit(PFLICHT, sta_2="true"), "spalten.sta_2", "Erwartet wird der Name"),
        (OHNE_KOPF + mit(NUMMERN, sta_2="STAAT"), "spalten", "sta_2: erwartet wird eine Position"),
        (OHNE_KOPF + mit(NUMMERN, sta_2="0"), "spalten.sta_2", "Die Position 0 gibt es nicht"),
        (OHNE_KOPF + mit(NUMMERN, sta_2="5"), "spalten", "sta_1 und sta_2 lesen dieselbe Stelle"),
        (OHNE_KOPF + mit(NUMMERN, sta_2="8"), "melderegister", "Die Position 7 ist weder"),
        (OHNE_KOPF + mit(NUMMERN) + "    ignorieren: [8]\n", "ignorieren", "Die Position 7 ist weder"),
        (BREIT + mit(FELDER, sta_2="3"), "spalten", "sta_2: erwartet wird {von"),
        (BREIT + mit(FELDER, sta_2="{von: 0, laenge: 3}"), "spalten.sta_2", "ganzen Zahlen von 1"),
        (BREIT + mit(FELDER, sta_2="{von: 70, laenge: 0}"), "spalten.sta_2", "ganzen Zahlen von 1"),
        (BREIT + mit(FELDER, sta_2="{von: 70}"), "spalten.sta_2", "{von: …, laenge: …}"),
        (BREIT + mit(FELDER, sta_2="{von: 60, laenge: 3}"), "spalten", "sta_2 und gebiet_id lesen dieselbe Stelle"),
        (BREIT + mit(FELDER) + "    ignorieren: [{von: 5, laenge: 2}]\n", "ignorieren", "pid und ignorieren, Eintrag 1"),
        (mit(PFLICHT) + "    ignorieren: [STATUS]\n", "ignorieren", "wohnungsstatus und ignorieren, Eintrag 1"),
        (mit(PFLICHT) + "    ignorieren: [7]\n", "ignorieren", "der Name in der Kopfzeile"),
        ("    ignorieren: [pid]\n", "ignorieren", "pid und ignorieren, Eintrag 1"),
        ("    werte:\n      name: {a: b}\n", "werte.name", "unbekannt"),
        ('    werte:\n      geschlecht: {"1": männlich}\n', "werte.geschlecht", "Erlaubt: einer der Werte m, w, d, x"),
        ("    werte:\n      geschlecht: {1: m}\n", "werte.geschlecht", "Anführungszeichen"),
        ('    werte:\n      sta_1: {D: 000}\n', "werte.sta_1", "Anführungszeichen"),
        ('    werte:\n      sta_1: {D: "0"}\n', "werte.sta_1", "dreistelliger"),
        ('    werte:\n      geschlecht: {"0": ""}\n', "werte.geschlecht", "das gibt es nicht"),
        ('    werte:\n      geburtsdatum: {"x": "gestern"}\n', "werte.geburtsdatum", "TT.MM.JJJJ"),
        ('    werte:\n      pid: {"1": "2"}\n', "werte.pid", "nur der leere Wert"),
        ("    werte:\n      geschlecht: [m]\n", "werte.geschlecht", "Zuordnung"),
        (mit(PFLICHT) + '    werte:\n      sta_2: {D: "000"}\n', "melderegister", "unter spalten nicht zugeordnet"),
    ],
)  # fmt: skip
def test_a_wrong_layout_is_named_by_file_line_and_key(
    stadt: Callable[..., Registerleser], zusatz: str, stelle: str, grund: str
) -> None:
    (zeile,) = konfigurationsfehler(stadt, zusatz).splitlines()
    kopf, _, text = zeile.partition(": ")
    treffer = re.fullmatch(r"kleinstadt/kommune\.yaml, Zeile (\d+), (\S+)", kopf)
    assert treffer
    assert treffer[2].endswith(stelle)
    assert grund in text
    yaml = (KLEINSTADT_YAML + zusatz).splitlines()
    assert int(treffer[1]) >= next(n for n, z in enumerate(yaml, start=1) if "  melderegister:" in z)
    if stelle.startswith(("spalten.", "werte.")) and "fehlt" not in grund:
        assert yaml[int(treffer[1]) - 1].strip().startswith(stelle.partition(".")[2])


def test_towns_of_one_folder_have_layouts_of_their_own(stadt: Callable[..., Registerleser]) -> None:
    for name, (zusatz, write, _) in LAYOUTS.items():
        assert read_bytes(stadt(zusatz, name=f"stadt_{name}"), write(LEUTE)).uebernommen == 6


@pytest.mark.parametrize("endung", ["txt", "dat", "TXT"])
def test_the_door_takes_foreign_files_by_check_and_says_nothing_of_their_cells(
    stadt: Callable[..., Registerleser], tmp_path: Path, endung: str
) -> None:
    stadt(FEST, anteil="0.9")
    leute = [
        person(n, pid=f"{MARKE}{n}", geburtsort=MARKE, adresse_id=f"{MARKE}a", geschlecht="qq"[: n % 3])
        for n in range(1, 9)
    ]
    datei = tmp_path / f"2021-06-30.{endung}"
    datei.write_bytes(als_fest(leute)[:-7])
    ergebnis = monitoring_im_prozess(tmp_path / "data", "check", str(datei), "--kommune", "kleinstadt")
    assert ergebnis.code == 1
    assert "letzte Zeile" in ergebnis.output
    assert MARKE not in ergebnis.output.replace(str(datei), "")


BRUECHE: dict[str, Callable[[bytes], bytes]] = {
    "gut": lambda b: b,
    "verklebt": lambda b: b.replace(b"\n", b"", 1),
    "nul": lambda b: b.replace(MARKE.encode(), MARKE.encode() + b"\x00\x01\x02", 3),
    "abgeschnitten": lambda b: b[:-20],
    "unlesbar": lambda b: b.replace(MARKE.encode(), MARKE.encode() + b"\xff\x81", 1),
    "trenner": lambda b: b.replace(b"|", b",").replace(b"\t", b","),
    "hochkomma": lambda b: b.replace(MARKE.encode(), b'"' + MARKE.encode(), 4),
    "codes": lambda b: b.replace(b"haupt", b"h").replace(b"alleinige", b"x").replace(b'"A"', b'"x"'),
    "nur_cr": lambda b: b.replace(b"\r\n", b"\n").replace(b"\n", b"\r"),
}


@pytest.mark.parametrize("bruch", BRUECHE)
@pytest.mark.parametrize("art", ["strich", "positionen", "fest"])
def test_no_cell_of_a_broken_foreign_file_is_said_and_every_line_is_booked(
    stadt: Callable[..., Registerleser], art: str, bruch: str
) -> None:
    zusatz, write, _ = LAYOUTS[art]
    leute = [person(n, pid=f"{MARKE}{n}", geburtsort=f"{MARKE}er", adresse_id=f"{MARKE}a") for n in range(1, 12)]
    leser = stadt(zusatz)
    try:
        ergebnis = read_bytes(leser, BRUECHE[bruch](write(leute)), werte=True)
        befunde = tuple(ergebnis.befunde)
        assert ergebnis.gelesen == ergebnis.uebernommen + ergebnis.ausserhalb + ergebnis.abgewiesen
        assert ergebnis.gelesen in (10, 11)
        assert len(leser.abgewiesen()) == ergebnis.abgewiesen
    except LieferungAbgewiesen as grund:
        befunde = grund.befunde
        assert bruch != "gut"
    assert all(b.code is not Code.unerwartet for b in befunde)
    gesagt = " ".join(b.text() for b in befunde)
    assert MARKE not in gesagt
    assert not re.search(r"1980|Müller", gesagt)


@pytest.mark.parametrize("richtung", [1, -1])
def test_a_mapping_that_is_one_field_off_shows_no_text_under_a_code(
    stadt: Callable[..., Registerleser], richtung: int
) -> None:
    leute = [person(n, pid=f"{MARKE}{n}", geburtsort=f"{MARKE}er", adresse_id=f"{MARKE}a") for n in range(1, 4)]
    leer = b" " * BREITE
    zeilen = [leer + z[:-BREITE] if richtung > 0 else z[BREITE:] + leer for z in als_fest(leute).split(b"\r\n")[:-1]]
    ergebnis = read_bytes(stadt(FEST), b"\r\n".join([*zeilen, b""]), werte=True)
    assert ergebnis.abgewiesen == 3
    assert any(b.gefunden for b in ergebnis.befunde)
    assert MARKE not in " ".join(b.text() for b in ergebnis.befunde)
