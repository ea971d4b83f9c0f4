"""District table (XLSX or CSV) → checked figures per area, with the cell each came from.

Belongs here: reading one table by its layout in kommune.yaml. Does not belong here: sums and shares (sql/pruefungen).
Such tables are not personal data: findings show the cell's value.
"""

import csv
import io
import re
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.ablage import Ablage
from pipelines.eingang.lesen import Textdatei, lesbar_machen, untersuche
from pipelines.fehler import Befund, Code, LieferungAbgewiesen, Schwere
from pipelines.kommune import Kommune, Tabelle
from pipelines.konfiguration import aehnlich
from pipelines.protokoll import Lieferung, Zeilenbilanz

GANZZAHL = re.compile(r"\d{1,3}(?:[.\u00a0\u202f ]\d{3})+|\d+")
NULLZEICHEN = ("-", "–", "—")  # "exactly zero" in German statistics
ANZAHLEN = ("einwohner", "auslaender", "personen_mit_mh")
ANTEILE = ("anteil_auslaender", "anteil_mh")
FEHLERWERTE = ("#N/A", "#NV", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#WERT!", "#BEZUG!")
FEHLERWERT = "ist ein Fehlerwert der Tabellenkalkulation"

SCHEMA = pa.schema(
    [
        ("kommune", pa.string()), ("stichtag", pa.date32()), ("gebiet_id", pa.string()), ("profil", pa.string()),
        ("datei", pa.string()), ("gebiet_text", pa.string()), ("einwohner", pa.int64()), ("auslaender", pa.int64()),
        ("personen_mit_mh", pa.int64()), ("anteil_auslaender_gedruckt", pa.string()),
        ("anteil_mh_gedruckt", pa.string()), ("datenstand", pa.date32()), ("lieferung_id", pa.string()),
        ("fundstelle", pa.string()), ("veroeffentlicht", pa.bool_()),
    ]
)  # fmt: skip


@dataclass(frozen=True)
class Zelle:
    """A cell as text, and where it stands (`Blatt "Stadtteile", Zelle B4` or `Zeile 4, Feld 2`)."""

    text: str
    ort: str
    adresse: str
    formel: str = ""  # a formula whose value is not stored: the cell only looks empty


@dataclass
class Tabelleneinlesung:
    """What became of one table."""

    zeilen: list[dict[str, object]]
    bilanz: Zeilenbilanz
    kodierung: str | None
    befunde: list[Befund] = field(default_factory=list)


def _text(wert: object) -> str:
    if wert is None:
        return ""
    if isinstance(wert, float) and wert.is_integer():
        return str(int(wert))
    return re.sub(r"\s+", " ", str(wert)).strip()


def _lies_xlsx(pfad: Path, layout: Tabelle) -> list[list[Zelle]]:
    """All cells of the sheet, read twice: formulas without a stored value would otherwise look empty."""
    try:
        werte = openpyxl.load_workbook(pfad, data_only=True)
        formeln = openpyxl.load_workbook(pfad)
    except Exception as fehler:  # openpyxl raises whatever the broken archive caused
        raise LieferungAbgewiesen(
            [Befund(Code.dateiformat, Schwere.fehler, pfad.name, "", f"die Arbeitsmappe lässt sich nicht öffnen "
                    f"({type(fehler).__name__})", "eine XLSX-Datei, wie Excel oder LibreOffice sie speichert")]
        ) from None  # fmt: skip
    name = layout.blatt or werte.sheetnames[0]
    if name not in werte.sheetnames:
        vorhanden = ", ".join(f"»{n}«" for n in werte.sheetnames)
        raise LieferungAbgewiesen(
            [Befund(Code.blatt_fehlt, Schwere.fehler, pfad.name, "", f"das Blatt »{name}« fehlt; vorhanden: {vorhanden}",
                    f"ein Blatt »{name}« (kommune.yaml, blatt)")]
        )  # fmt: skip
    zeilen = []
    for reihe, formelreihe in zip(werte[name].iter_rows(), formeln[name].iter_rows(), strict=True):
        zellen = []
        for zelle, formel in zip(reihe, formelreihe, strict=True):
            ort = f'Blatt "{name}", Zelle {zelle.coordinate}'
            ohne_wert = zelle.value is None and isinstance(formel.value, str) and formel.value.startswith("=")
            zellen.append(
                Zelle(_text(zelle.value), ort, f"{name}!{zelle.coordinate}", str(formel.value) if ohne_wert else "")
            )
        zeilen.append(zellen)
    return zeilen


def _lies_csv(pfad: Path, datei: Textdatei, ablage: Ablage) -> list[list[Zelle]]:
    kopie = lesbar_machen(datei, ablage.anlegen().tmp)
    try:
        inhalt = kopie.read_text(encoding="utf-8")
    finally:
        if kopie != pfad:
            kopie.unlink(missing_ok=True)
    leser = csv.reader(io.StringIO(inhalt, newline=""), delimiter=";", strict=True)
    zeilen = []
    nummer = 1
    try:
        for felder in leser:
            if any("\n" in w and ";" in w for w in felder):
                raise csv.Error("a quote swallowed the rows between it and the next one")
            zeilen.append(
                [
                    Zelle(_text(w), f"Zeile {nummer}, Feld {m}", f"Zeile {nummer}, Feld {m}")
                    for m, w in enumerate(felder, 1)
                ]
            )
            nummer = leser.line_num + 1
    except csv.Error:
        raise LieferungAbgewiesen(
            [Befund(Code.dateiformat, Schwere.fehler, pfad.name, f"Zeile {nummer}", "ein Anführungszeichen ist nicht "
                    "geschlossen oder steht mitten in einem Feld", "Felder ohne oder ganz in Anführungszeichen")]
        ) from None  # fmt: skip
    return zeilen


def lies_tabelle(ablage: Ablage, kommune: Kommune, layout: Tabelle, lieferung: Lieferung) -> Tabelleneinlesung:
    """Read one table by its layout.

    Rows whose area or figures cannot be read are set aside as findings, the others go on; titles, blank rows and
    footnotes count as `ausserhalb`. Raises: LieferungAbgewiesen if the file, sheet or header cannot be read.
    """
    pfad = lieferung.pfad
    kodierung = None
    if pfad.stat().st_size == 0:
        raise LieferungAbgewiesen(
            [Befund(Code.datei_leer, Schwere.fehler, pfad.name, "", "die Datei ist leer", "eine Tabelle")]
        )
    if pfad.suffix.lower() in (".xlsx", ".xlsm"):
        zeilen = _lies_xlsx(pfad, layout)
    elif pfad.suffix.lower() == ".csv":
        datei = untersuche(pfad)
        kodierung = datei.kodierung
        if kodierung == "unlesbar":
            raise LieferungAbgewiesen(
                [Befund(Code.kodierung, Schwere.fehler, pfad.name, f"Zeile {datei.erste_fremde_zeile}",
                        "die Datei ist weder UTF-8 noch Windows-1252", "UTF-8 oder Windows-1252")]
            )  # fmt: skip
        zeilen = _lies_csv(pfad, datei, ablage)
    else:
        raise LieferungAbgewiesen(
            [Befund(Code.dateiformat, Schwere.fehler, pfad.name, "", f"das Format »{pfad.suffix}« wird nicht gelesen",
                    "XLSX oder CSV")]
        )  # fmt: skip
    spalten = _spalten(pfad, layout, zeilen)
    return _auswerten(kommune, layout, lieferung, zeilen, spalten, kodierung)


def _spalten(pfad: Path, layout: Tabelle, zeilen: list[list[Zelle]]) -> dict[str, int]:
    """Position of each canonical column, by the header text."""
    kopf = [z.text for z in zeilen[layout.kopfzeile - 1]] if len(zeilen) >= layout.kopfzeile else []
    blatt = f'Blatt "{layout.blatt}", ' if layout.blatt and pfad.suffix.lower() != ".csv" else ""
    befunde = []
    spalten = {}
    for name, ueberschrift in layout.spalten.items():
        treffer = [i for i, text in enumerate(kopf) if text == _text(ueberschrift)]
        if len(treffer) == 1:
            spalten[name] = treffer[0]
            continue
        vorhanden = ", ".join(f"»{t}«" for t in kopf if t) or "keine"
        was = f"die Spalte »{ueberschrift}« steht {'mehrfach' if treffer else 'nicht'} in Zeile {layout.kopfzeile}"
        befunde.append(
            Befund(Code.spalte_doppelt if treffer else Code.spalte_fehlt, Schwere.fehler, pfad.name,
                   f"{blatt}Zeile {layout.kopfzeile} (Kopfzeile)", f"{was}; vorhanden: {vorhanden}",
                   f"genau eine Spalte »{ueberschrift}« (kommune.yaml, {layout.id}, spalten.{name})")
        )  # fmt: skip
    if befunde:
        raise LieferungAbgewiesen(befunde)
    return spalten


def _auswerten(
    kommune: Kommune,
    layout: Tabelle,
    lieferung: Lieferung,
    zeilen: list[list[Zelle]],
    spalten: dict[str, int],
    kodierung: str | None,
) -> Tabelleneinlesung:
    name = lieferung.pfad.name
    gebiete = {_text(g.name): g.gebiet_id for g in kommune.gebiete}
    if layout.summenzeile:
        gebiete[_text(layout.summenzeile)] = kommune.angaben.ags
    befunde: list[Befund] = []
    gelesen: dict[str, dict[str, object]] = {}
    ausserhalb = abgewiesen = 0
    daten = zeilen[layout.kopfzeile :]
    for zellen in daten:
        felder = {n: zellen[i] for n, i in spalten.items() if i < len(zellen)}
        beschriftung = felder.get("gebiet", Zelle("", zellen[0].ort if zellen else "", ""))
        zahlen = {n: z for n, z in felder.items() if n != "gebiet" and (z.text or z.formel)}
        if not zahlen and not beschriftung.formel:
            ausserhalb += 1  # blank row, title or footnote: no figure in it
            continue
        gebiet_id = gebiete.get(beschriftung.text)
        fehler = [
            Befund(Code.formel_ohne_wert, Schwere.fehler, name, z.ort, f"die Formel {z.formel} hat keinen gespeicherten Wert",
                   "die Mappe in Excel oder LibreOffice öffnen, rechnen lassen und speichern")
            for z in felder.values()
            if z.formel
        ]  # fmt: skip
        if gebiet_id is None and not beschriftung.formel:
            nah = aehnlich(beschriftung.text, list(gebiete))
            fehler.append(
                Befund(Code.gebiet_unbekannt, Schwere.fehler, name, beschriftung.ort,
                       f"das Gebiet »{beschriftung.text}« steht nicht in gebiete.csv" + (f"; ähnlich: »{nah}«" if nah else ""),
                       "einer der Namen aus gebiete.csv oder die Summenzeile")
            )  # fmt: skip
        elif gebiet_id is not None and gebiet_id in gelesen:
            fehler.append(
                Befund(Code.zeile_doppelt, Schwere.fehler, name, beschriftung.ort,
                       f"das Gebiet »{beschriftung.text}« kommt zum zweiten Mal vor (zuerst {gelesen[gebiet_id]['fundstelle']})",
                       "jedes Gebiet einmal")
            )  # fmt: skip
        werte: dict[str, object] = {}
        for spalte in (*ANZAHLEN, *ANTEILE):
            zelle = felder.get(spalte)
            try:
                if spalte in ANZAHLEN:
                    werte[spalte] = _anzahl(zelle)
                else:
                    werte[f"{spalte}_gedruckt"] = _anteil(zelle)
            except ValueError as grund:
                assert zelle is not None
                fehler.append(
                    Befund(Code.zahl, Schwere.fehler, name, zelle.ort, f"»{zelle.text}« {grund}",
                           "eine Zahl wie 6.417" if spalte in ANZAHLEN else "ein Anteil wie 8,4%")
                )  # fmt: skip
        if fehler:
            befunde += fehler
            abgewiesen += 1
            continue
        assert gebiet_id is not None
        gelesen[gebiet_id] = {
            "kommune": kommune.id, "stichtag": lieferung.stichtag, "gebiet_id": gebiet_id, "profil": layout.profil,
            "datei": lieferung.datei, "gebiet_text": beschriftung.text, **werte, "datenstand": lieferung.datenstand,
            "lieferung_id": lieferung.lieferung_id, "fundstelle": f"{beschriftung.adresse}:{_letzte(zahlen)}",
            "veroeffentlicht": layout.bereits_veroeffentlicht,
        }  # fmt: skip
    befunde += _luecken(kommune, name, layout, gelesen)
    if not gelesen:
        raise LieferungAbgewiesen(
            [Befund(Code.zeile_fehlt, Schwere.fehler, name, "", "keine einzige Zeile ließ sich lesen",
                    "Zeilen mit den Gebieten aus gebiete.csv"), *befunde]
        )  # fmt: skip
    return Tabelleneinlesung(
        list(gelesen.values()), Zeilenbilanz(len(daten), len(gelesen), ausserhalb, abgewiesen), kodierung, befunde
    )


def _letzte(zahlen: dict[str, Zelle]) -> str:
    return list(zahlen.values())[-1].adresse.rsplit("!", 1)[-1]


def _luecken(kommune: Kommune, name: str, layout: Tabelle, gelesen: dict[str, dict[str, object]]) -> list[Befund]:
    """Areas of the same level as those read that the table leaves out; the total row if one is declared."""
    ebenen = {g.ebene for g in kommune.gebiete if g.gebiet_id in gelesen and g.gebiet_id != kommune.angaben.ags}
    erwartet = [g for g in kommune.gebiete if g.ebene in ebenen and g.ebene != "sonstige"]
    if layout.summenzeile:
        erwartet += [g for g in kommune.gebiete if g.gebiet_id == kommune.angaben.ags]
    return [
        Befund(Code.zeile_fehlt, Schwere.warnung, name, "", f"das Gebiet »{g.name}« fehlt in der Tabelle",
               "eine Zeile je Gebiet aus gebiete.csv")
        for g in erwartet
        if g.gebiet_id not in gelesen
    ]  # fmt: skip


def _anzahl(zelle: Zelle | None) -> int | None:
    """A count from its cell; None where the cell is empty. Raises: ValueError with the reason in German."""
    if zelle is None or not zelle.text:
        return None
    if zelle.text in FEHLERWERTE:
        raise ValueError(FEHLERWERT)
    if zelle.text in NULLZEICHEN:
        return 0
    if not GANZZAHL.fullmatch(zelle.text):
        raise ValueError("ist keine Anzahl")
    return int(re.sub(r"\D", "", zelle.text))


def _anteil(zelle: Zelle | None) -> str | None:
    """A printed share in percent, as its digits stand (`8,4`). Raises: ValueError with the reason in German."""
    if zelle is None or not zelle.text:
        return None
    if zelle.text in FEHLERWERTE:
        raise ValueError(FEHLERWERT)
    treffer = re.fullmatch(r"(\d{1,3}(?:,\d+)?) ?%", zelle.text)
    if not treffer:
        raise ValueError("ist kein Anteil in Prozent")
    return treffer[1]


def schreibe_tabelle(ablage: Ablage, lieferung: Lieferung, einlesung: Tabelleneinlesung) -> None:
    """Store the figures of one table; an earlier reading of the same source and Stichtag is replaced."""
    ziel = ablage.tabelle("eingang", "stadtteiltabelle", f"{lieferung.partition}__{lieferung.quelle}")
    with ablage.neu(ziel) as neu:
        pq.write_table(pa.Table.from_pylist(einlesung.zeilen, schema=SCHEMA), neu)


def lege_leere_tabelle_an(ablage: Ablage) -> None:
    """An empty table, so that a municipality without district tables can be built."""
    if not ablage.quelle("eingang", "stadtteiltabelle"):
        with ablage.neu(ablage.tabelle("eingang", "stadtteiltabelle", "leer")) as neu:
            pq.write_table(pa.Table.from_pylist([], schema=SCHEMA), neu)
