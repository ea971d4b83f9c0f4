"""Every SQL check finds the fault it is for and leaves sound rows alone."""

from pathlib import Path
from typing import Any

import pytest

from pipelines.ablage import Ablage
from pipelines.fehler import Schwere
from pipelines.pruefungen import Pruefung, fuehre_pruefung_aus, lade_pruefungen
from tests.sql.tabellen import STICHTAG, lege

PRUEFUNGEN = {p.name: p for p in lade_pruefungen()}
Zeilen = dict[str, list[dict[str, Any]]]
MH = "marts.migrationshintergrund"
ROH = "bevoelkerung.migrationshintergrund"

KOMMUNE: Zeilen = {"stamm.kommune": [{}]}
GERUNDET: Zeilen = {"stamm.kommune": [{"verfahren": "rundung", "hoechstfehler": 2}]}
STAAT: Zeilen = {
    **KOMMUNE,
    "stamm.quelle": [{"quelle_id": "melderegister", "veroeffentlicht": False}, {"quelle_id": "heft", "veroeffentlicht": True},
                     {"quelle_id": "akte", "veroeffentlicht": False}],
    "geheimhaltung.lieferung": [{"quelle": "melderegister"}, {"lieferung_id": "bekannt", "quelle": "heft"},
                                {"lieferung_id": "intern", "quelle": "akte"}],
}  # fmt: skip
SUMMIERT = [
    {"geschlecht": g, "einwohner": n, "auslaender": 5 * n} for g, n in (("m", 20), ("w", 40), ("insgesamt", 60))
]
ZAHLEN = {"einwohner": 2212, "auslaender": 50, "deutsche_mit_mh": 263, "personen_mit_mh": 313, "unentscheidbar": 0}
ANTEILE = {"anteil_auslaender": 0.02, "anteil_mh": 0.14, "anteil_mh_min": 0.14, "anteil_mh_max": 0.15,
           "lokationsquotient_mh": 0.4}  # fmt: skip
GEBIETE: Zeilen = {"stamm.gebiet": [{"gebiet_id": "00", "ebene": "gemeinde"}, {"gebiet_id": "01"}, {"gebiet_id": "02"}]}
LIEFERUNG = {"status": "uebernommen", "zeilen_uebernommen": 30}
VORFAHR: Zeilen = {
    "stamm.vorfahr": [
        {"gebiet_id": g, "vorfahr": v}
        for g, v in (("00", "00"), ("01", "01"), ("01", "00"), ("02", "02"), ("02", "00"))
    ]
}


def gleich(quelle: str, **mehr: Any) -> dict[str, Any]:
    return {**ZAHLEN, "quelle": quelle, **mehr}


def tabellenzeile(ort: str, **mehr: Any) -> dict[str, Any]:
    return {"gebiet_id": ort, "gebiet_text": ort, "einwohner": 1, **mehr}


PROTOKOLL: Zeilen = {"protokoll.lieferung": [{"quelle": "stadtteiltabelle"}]}
ABGLEICH: Zeilen = {**PROTOKOLL, "stamm.abgleich": [{"quelle": "stadtteiltabelle", "toleranz": 0, "schwere": "fehler"}]}
SUMMEN: Zeilen = {**KOMMUNE, **GEBIETE}
SEG = "marts.segregation"
INDEX = {"gruppe": "auslaender", "mass": "dissimilaritaet"}
PAAR = [INDEX | {"mass": "isolation", "wert": 0.25}, INDEX | {"mass": "interaktion", "wert": 0.75}]
REGISTER: Zeilen = {**KOMMUNE, **VORFAHR, "eingang.lieferung": [LIEFERUNG]}

KATEGORIE, LAND = "bevoelkerung.mh_kategorie", "bevoelkerung.bezugsland"
MIT = {"regel": "r", "kategorie": "A", "ergebnis_mh": "mit"}
WEITERE: Zeilen = {**KOMMUNE, "marts.mh_kategorie": [], "marts.bezugsland": [], "marts.definitionsvergleich": []}

IND = "marts.indikator_zeitreihe"
EINTRAG = {"mindestnenner": 100}
STIMMT = {"zaehler": 30.0, "nenner": 120.0, "wert": 25.0, "untergrenze": 18.1, "obergrenze": 33.4}
GEURTEILT = STIMMT | {"vorwert": 20.0, "veraenderung_vorperiode": 5.0, "trend": "verbessert"}
KATALOG: Zeilen = {"stamm.indikator": [EINTRAG]}
UMFANG: Zeilen = {**KATALOG, "stamm.umfang": [{"hauptprofil": "p"}]}
REV = "protokoll.revision"
KORREKTUR = {"tabelle": "marts.x", "schluessel": "kommune=k", "spalte": "wert", "alt": "1", "neu": "2",
             "veroeffentlichung": "2026-11-20.10", "veroeffentlichung_vorher": "2026-11-20.9",
             "grund": "neue_lieferung"}  # fmt: skip
JETZT: Zeilen = {"stamm.veroeffentlichung": [{"veroeffentlichung": "2026-11-20.10"}]}
STAND = {"gebiet_id": "00", "datenstand_alt": STICHTAG, "datenstand_neu": STICHTAG.replace(month=9), "einwohner_alt": 1000,
         "einwohner_neu": 1010, "einwohner_differenz": 10, "nachmeldetage": 92}  # fmt: skip
MEHR = STAND | {"einwohner_neu": 1011, "einwohner_differenz": 11}
NACHMELDUNG: Zeilen = {**KOMMUNE, "stamm.kommune": [{"ags": "00"}], "stamm.nachmeldung": [{"hoechstanteil": 0.01}]}
VERGLEICH = "marts.datenstandvergleich"
GESCHLECHTER = [{"geschlecht": g} for g in ("insgesamt", "m", "w")]

SPANNE = "marts.wertespanne"
IN_ORDNUNG = {
    "anteil": 0.3, "mindestwert": False, "unentscheidbar_unten": 0.3, "unentscheidbar_oben": 0.32, "unentscheidbar_spanne": 0.02,
    "definition_unten": 0.28, "definition_oben": 0.4, "definition_spanne": 0.12, "anzahl_profile": 2,
    "stichprobe_art": "vollerhebung", "gesamt_unten": 0.28, "gesamt_oben": 0.4,
}  # fmt: skip
OHNE_ANTEIL = {"anteil": None, "mindestwert": False, "anzahl_profile": 2, "stichprobe_art": "vollerhebung"}
REICHWEITE = "marts.massnahme_reichweite"
RECHNET = {
    "massnahme_nr": "1.1", "stand": STICHTAG, "teilnehmende": 40, "zielgruppe_groesse": 400.0, "zielgruppe_stichtag": STICHTAG,
    "reichweite": 0.1, "hoechstmoegliche_aenderung": 10.0, "stabilitaetsband": 4.2, "kleinste_sichtbare_aenderung": 4.2,
    "noetiger_anteil_veraendert": 0.42, "sichtbar": True,
}  # fmt: skip
OHNE_TEILNEHMENDE = dict.fromkeys(
    ("teilnehmende", "reichweite", "hoechstmoegliche_aenderung", "noetiger_anteil_veraendert", "sichtbar")
)

# check, sound tables, faulty tables, what the finding must name
FAELLE: list[tuple[str, Zeilen, Zeilen, str]] = [
    ("datenstand_nachmeldung", {**NACHMELDUNG, VERGLEICH: [STAND, MEHR | {"gebiet_id": "01"}, MEHR | {"einwohner_alt": None}]},
     {**NACHMELDUNG, VERGLEICH: [MEHR, MEHR | {"profil": "q"}]},
     "Stichtag 30.06.2021: 1000 Einwohner im Auszug vom 30.06.2021, 1011 im Auszug vom 30.09.2021 (Unterschied 11)"),
    *(
        ("kleine_zahlen_datenstand",
         {**KOMMUNE, VERGLEICH: [{"einwohner_differenz": -5, "auslaender_differenz": 0, "personen_mit_mh_differenz": None}]},
         {**KOMMUNE, VERGLEICH: [schlecht]}, f"{STICHTAG}, Nord, p")
        for schlecht in (
            {"einwohner_differenz": 1}, {"auslaender_differenz": -4}, {"personen_mit_mh_differenz": 2},
            {"einwohner_differenz": 10, "auslaender_differenz": 9}, {"einwohner_differenz": 10, "personen_mit_mh_differenz": 7},
            {"auslaender_differenz": 10, "personen_mit_mh_differenz": 11},
        )
    ),
    *(
        ("wertespanne_enthaelt_anteil", {SPANNE: [IN_ORDNUNG, OHNE_ANTEIL | {"status": "geheim"}]},
         {SPANNE: [IN_ORDNUNG | schlecht]}, f"{STICHTAG}, Nord, p")
        for schlecht in (
            {"gesamt_oben": 0.29}, {"gesamt_unten": None}, {"unentscheidbar_unten": 0.31, "unentscheidbar_spanne": 0.01},
            {"unentscheidbar_spanne": 0.03}, {"definition_spanne": 0.1}, {"definition_unten": 0.31, "definition_spanne": 0.09},
            {"anzahl_profile": 1}, {"definition_unten": None, "definition_oben": None, "definition_spanne": None},
            {"stichprobe_unten": 0.2, "stichprobe_oben": 0.4, "stichprobe_spanne": 0.2},
            {"stichprobe_art": "stichprobe", "stichprobe_unten": 0.35, "stichprobe_oben": 0.4, "stichprobe_spanne": 0.05},
            {"gesamt_oben": 1.1}, {"gesamt_oben": float("inf")}, {"anteil": None},
        )
    ),
    ("wertespanne_enthaelt_anteil",
     {SPANNE: [IN_ORDNUNG | {"mindestwert": True, "definition_unten": 0.35, "definition_spanne": 0.05}]},
     {SPANNE: [OHNE_ANTEIL | {"definition_unten": 0.35}]}, "Nord"),
    *(
        ("reichweite_rechnet",
         {REICHWEITE: [RECHNET, RECHNET | OHNE_TEILNEHMENDE | {"status": "nicht_erhoben"},
                       RECHNET | {"teilnehmende": 500, "reichweite": 1.25, "hinweise": ["ueber_hundert"]}]},
         {REICHWEITE: [RECHNET | schlecht]}, f"k1, 1.1, {STICHTAG}")
        for schlecht in (
            {"reichweite": 0.11}, {"reichweite": None, "status": "keine_daten"}, {"teilnehmende": None},
            {"sichtbar": False}, {"noetiger_anteil_veraendert": 0.5}, {"stabilitaetsband": 5.0}, {"status": "nicht_erhoben"},
            {"hinweise": ["ueber_hundert"]}, {"teilnehmende": 500, "reichweite": 1.25}, OHNE_TEILNEHMENDE,
            {"zielgruppe_stichtag": STICHTAG.replace(year=2022)}, {"hoechstmoegliche_aenderung": float("inf")},
        )
    ),
    ("ziel_hat_reihe", {"stamm.ziel": [{"profil": "-", "leitziel": "S1.a"}], IND: [STIMMT]},
     {"stamm.ziel": [{"profil": "-", "leitziel": "S1.a", "gruppe": "auslaender"}], IND: [STIMMT]}, "k1, S1.a, quote, 01, -"),
    ("ziel_hat_reihe", {"stamm.ziel": [{"leitziel": "S1.a"}], IND: [STIMMT]},
     {"stamm.ziel": [{"leitziel": "S1.a"}], IND: [STIMMT | {"profil": "-"}]}, "quote, 01, p"),
    ("indikator_endlich", {IND: [STIMMT]}, {IND: [STIMMT | {"wert": float("inf")}]}, "Nord"),
    ("indikator_endlich", {IND: [STIMMT | {"wert": 120.0, "untergrenze": None, "obergrenze": None}]},
     {IND: [STIMMT | {"untergrenze": 25.1}]}, "Nord"),
    ("indikator_endlich", {IND: [{"wert": -2.0, "einheit": "punkte"}]}, {IND: [{"wert": -2.0, "einheit": "anzahl"}]}, "Nord"),
    ("indikator_rechnet", {**KATALOG, **KOMMUNE, IND: [STIMMT]}, {**KATALOG, **KOMMUNE, IND: [STIMMT | {"wert": 25.1}]}, "Nord"),
    ("indikator_rechnet", {**KATALOG, **KOMMUNE, IND: [STIMMT | {"quelle": "amt", "wert": 25.1}]},
     {**KATALOG, **KOMMUNE, IND: [STIMMT | {"nenner": 121.0}]}, "quote"),
    # Perturbed, a part may be shown greater than its whole.
    ("indikator_rechnet", {**KATALOG, **GERUNDET, IND: [STIMMT | {"zaehler": 121.0, "wert": 100.0}]},
     {**KATALOG, **KOMMUNE, IND: [STIMMT | {"zaehler": 121.0, "wert": 100.0}]}, "quote"),
    ("indikator_kleine_zahlen", {**KOMMUNE, IND: [STIMMT, {"zaehler": 0.0, "nenner": 50.0}]},
     {**KOMMUNE, IND: [STIMMT | {"zaehler": 4.0}]}, "Nord"),
    ("indikator_kleine_zahlen", {**KOMMUNE, IND: [STIMMT | {"zaehler": 117.0, "quelle": "amt"}]},
     {**KOMMUNE, IND: [STIMMT | {"zaehler": 117.0}]}, "Nord"),
    ("indikator_kleine_zahlen", {**KOMMUNE, IND: [STIMMT]}, {**KOMMUNE, IND: [{"nenner": 3.0}]}, "Nord"),
    ("indikator_nenner_quelle", {IND: [STIMMT]},
     {IND: [{"quelle": "amt", "nenner_quelle": "andere", "nenner_passt": False}]}, "Zähler aus »amt«, Nenner aus »andere«"),
    ("indikator_urteil", {**KATALOG, IND: [GEURTEILT]}, {**KATALOG, IND: [GEURTEILT | {"abschnitt_grund": "bruch"}]}, "Nord"),
    ("indikator_urteil", {**KATALOG, IND: [GEURTEILT | {"richtung": "neutral", "trend": None, "trend_grund": "neutral"}]},
     {**KATALOG, IND: [GEURTEILT | {"richtung": "neutral"}]}, "Nord"),
    ("indikator_urteil", {**KATALOG, IND: [GEURTEILT | {"trend": "nicht_bewertbar", "trend_grund": "bruch"}]},
     {**KATALOG, IND: [GEURTEILT | {"trend": "nicht_bewertbar"}]}, "Nord"),
    ("indikator_urteil", {**KATALOG, IND: [GEURTEILT | {"richtung": "niedrig", "trend": "verschlechtert"}]},
     {**KATALOG, IND: [GEURTEILT | {"richtung": "niedrig"}]}, "Nord"),
    ("indikator_urteil", {**KATALOG, IND: [GEURTEILT]}, {**KATALOG, IND: [GEURTEILT | {"nenner": 99.0}]}, "Nord"),
    ("indikator_einheit", {**KATALOG, "geheimhaltung.indikatorlieferung": [{"einheit_passt": True}]},
     {**KATALOG, "geheimhaltung.indikatorlieferung": [{"einheit_passt": False}]},
     "quote, 2021-06-30: Einheit passt nicht zu »prozent« (Blatt!A1)"),
    *(
        ("revision_begruendet", {**JETZT, REV: [KORREKTUR | gut]}, {**JETZT, REV: [KORREKTUR | schlecht]}, "marts.x, kommune=k")
        for gut, schlecht in (
            ({}, {"neu": "1"}), ({"neu": None}, {"alt": None, "neu": None}), ({}, {"alt": None}),
            ({"spalte": "*", "neu": None, "grund": "entfallen"}, {"spalte": "*", "neu": None}), ({}, {"grund": "entfallen"}),
            ({}, {"veroeffentlichung_vorher": "2026-11-20.10"}),
            # The eleventh of a day comes after the tenth, and after the release being built comes none.
            ({"veroeffentlichung_vorher": "2026-11-20"}, {"veroeffentlichung_vorher": "2026-11-20.11"}),
            ({"veroeffentlichung": "2026-11-20.10"}, {"veroeffentlichung": "2026-11-21"}),
        )
    ),
    ("indikator_frauen_maenner", {**UMFANG, IND: GESCHLECHTER}, {**UMFANG, IND: GESCHLECHTER[:2]}, "Nord"),
    ("indikator_frauen_maenner", {**UMFANG, "stamm.indikator": [{"prozess": True}], IND: GESCHLECHTER[:1]},
     {**UMFANG, IND: GESCHLECHTER[:1]}, "Nord"),
    # Of further definitions the register tells women and men of no indicator; a table of the town may.
    ("indikator_frauen_maenner", {**UMFANG, IND: [GESCHLECHTER[0] | {"profil": "q"}]},
     {**UMFANG, IND: [GESCHLECHTER[0] | {"profil": "q", "quelle": "amt"}]}, "Nord"),
    ("anteile_endlich", {MH: [ZAHLEN | ANTEILE]}, {MH: [ANTEILE | {"anteil_mh": float("inf")}]}, "Nord"),
    ("anteile_endlich", {MH: [{}]}, {MH: [ANTEILE | {"anteil_auslaender": float("nan")}]}, "Nord"),
    ("anteile_endlich", {MH: [ANTEILE]}, {MH: [ANTEILE | {"anteil_mh_max": 0.1}]}, "Nord"),
    ("anteile_endlich", {MH: [ANTEILE]}, {MH: [ANTEILE | {"lokationsquotient_mh": -1.0}]}, "Nord"),
    ("mh_aufgeteilt", {**KOMMUNE, MH: [ZAHLEN]}, {**KOMMUNE, MH: [ZAHLEN | {"deutsche_mit_mh": 262}]}, "Nord"),
    ("mh_aufgeteilt", {**KOMMUNE, MH: [ZAHLEN | {"auslaender": 900}]},
     {**KOMMUNE, MH: [ZAHLEN | {"deutsche_mit_mh": 314}]}, "Nord"),
    ("mh_aufgeteilt", {**KOMMUNE, MH: [{"personen_mit_mh": 3}]}, {**KOMMUNE, MH: [{"einwohner": 3, "auslaender": 4}]}, "Nord"),
    # Rounded to 5, each count may be wrong by 2: of three counts compared 6 persons are no fault, 7 are.
    ("mh_aufgeteilt", {**GERUNDET, MH: [ZAHLEN | {"personen_mit_mh": 319}]},
     {**GERUNDET, MH: [ZAHLEN | {"personen_mit_mh": 320}]}, "Nord"),
    ("gezeigte_summen", {**KOMMUNE, MH: SUMMIERT}, {**KOMMUNE, MH: [*SUMMIERT[:2], SUMMIERT[2] | {"einwohner": 61}]},
     "Nord, p, insgesamt, Einwohner"),
    ("gezeigte_summen", {**GERUNDET, MH: [*SUMMIERT[:2], SUMMIERT[2] | {"einwohner": 66}]},
     {**GERUNDET, MH: [*SUMMIERT[:2], SUMMIERT[2] | {"einwohner": 67}]}, "Nord, p, insgesamt, Einwohner"),
    ("gezeigte_summen", {**KOMMUNE, MH: [SUMMIERT[0], SUMMIERT[1] | {"einwohner": None}, SUMMIERT[2]]},
     {**KOMMUNE, MH: [SUMMIERT[0] | {"auslaender": 9}, *SUMMIERT[1:]]}, "Ausländer"),
    ("schluessel_migrationshintergrund", {MH: [{}, {"profil": "q"}]}, {MH: [{}, {}]}, "01, p"),
    (
        "schluessel_staatsangehoerigkeit",
        {"marts.staatsangehoerigkeit": [{}, {"staat": "475"}]},
        {"marts.staatsangehoerigkeit": [{}, {}]},
        "163",
    ),
    ("kleine_zahlen_mh", {**GERUNDET, MH: [ZAHLEN | {"auslaender": 3}]}, {**KOMMUNE, MH: [ZAHLEN | {"auslaender": 3}]}, "Nord"),
    ("kleine_zahlen_mh", {**KOMMUNE, MH: [ZAHLEN]}, {**KOMMUNE, MH: [ZAHLEN | {"unentscheidbar": 4}]}, "Nord"),
    (
        "kleine_zahlen_mh",
        {**KOMMUNE, MH: [{"quelle": "stadtteiltabelle", "auslaender": 3}]},
        {**KOMMUNE, MH: [{"auslaender": 1}]},
        "Nord",
    ),
    (
        "kleine_zahlen_staat",
        {**STAAT, "marts.staatsangehoerigkeit": [{"gebiet_id": "00", "personen": 5}]},
        {**STAAT, "marts.staatsangehoerigkeit": [{"gebiet_id": "00", "personen": None}]},
        "163",
    ),
    (
        "kleine_zahlen_staat",
        {**STAAT, "marts.staatsangehoerigkeit": [{"personen": 0}, {"personen": None}]},
        {**STAAT, "marts.staatsangehoerigkeit": [{"personen": 2}]},
        "163",
    ),
    # What a source has already published is not protected once more.
    (
        "kleine_zahlen_staat",
        {**STAAT, "marts.staatsangehoerigkeit": [{"personen": 2, "lieferung_id": "bekannt"}]},
        {**STAAT, "marts.staatsangehoerigkeit": [{"personen": 2, "lieferung_id": "intern"}]},
        "163",
    ),
    (
        "register_gleich_tabelle",
        {**KOMMUNE, **ABGLEICH, MH: [gleich("melderegister"), gleich("stadtteiltabelle")]},
        {**KOMMUNE, **ABGLEICH, MH: [gleich("melderegister"), gleich("stadtteiltabelle", einwohner=2213)]},
        "Nord, Einwohner: Register 2212, Tabelle 2213 (Blatt!A1)",
    ),
    (
        "register_gleich_tabelle",
        {**KOMMUNE, **ABGLEICH, MH: [gleich("melderegister"), gleich("stadtteiltabelle")]},
        {**KOMMUNE, **ABGLEICH, "protokoll.lieferung": [{"quelle": "stadtteiltabelle", "erzeugt_aus": ["stadtteiltabelle"]}],
         MH: [gleich("melderegister"), gleich("stadtteiltabelle", einwohner=2213)]},
        "Tabelle 2213 (Blatt!A1); das Register ist aus dieser Tabelle erzeugt",
    ),
    (
        "foerderung_rechnet_auf",
        {"marts.foerderung": [{"aufwand": 48000.0, "ertrag": 41000.0, "eigenanteil": 7000.0},
                              {"aufwand": 48000.0, "ertrag": 41000.0}]},
        {"marts.foerderung": [{"aufwand": 69500.0, "ertrag": 55000.0, "eigenanteil": 13000.0,
                               "hinweise": ["rechnet_nicht_auf"]}]},
        "69.500 € − Ertrag 55.000 € = 14.500 €, gedruckt ist der Eigenanteil 13.000 €",
    ),
    (
        "bericht_ueberfaellig",
        {"marts.berichtspflicht": [{"status": "offen", "faellig_am": STICHTAG}, {"status": "erledigt"}]},
        {"marts.berichtspflicht": [{"status": "ueberfaellig", "faellig_am": STICHTAG, "tage_bis_faellig": -3}]},
        "fällig am 30.06.2021, Tage darüber: 3",
    ),
    *(
        ("segregation_bereich", {SEG: [*PAAR, INDEX, INDEX | {"mass": "eta2", "wert": 0.0}]}, {SEG: schlecht},
         f"p, auslaender, {mass}")
        for mass, schlecht in (
            ("dissimilaritaet", [INDEX | {"wert": 1.5}]), ("dissimilaritaet", [INDEX | {"wert": float("nan")}]),
            ("eta2", [INDEX | {"mass": "eta2", "wert": float("-inf")}]), ("eta2", [INDEX | {"mass": "eta2", "wert": 1.1}]),
            ("isolation", [PAAR[0], PAAR[1] | {"wert": 0.751}]), ("isolation", [PAAR[0], PAAR[1] | {"wert": None}]),
        )
    ),
    (
        "register_vollstaendig",
        {**REGISTER, ROH: [{"gebiet_id": "00", "einwohner": 30}, {"gebiet_id": "01", "einwohner": 10},
                           {"gebiet_id": "02", "einwohner": 20}]},
        {**REGISTER, ROH: [{"gebiet_id": "00", "einwohner": 30}, {"gebiet_id": "01", "einwohner": 10},
                           {"gebiet_id": "02", "einwohner": 19}]},
        f"{STICHTAG}, Definition p",
    ),
    (
        "register_vollstaendig",
        {**REGISTER, ROH: [{"gebiet_id": "00", "einwohner": 30}, {"gebiet_id": "01", "einwohner": 30}]},
        {**REGISTER, ROH: [{"gebiet_id": "00", "einwohner": 29}, {"gebiet_id": "01", "einwohner": 29}]},
        "Definition p",
    ),
    (
        "gruppen_vollstaendig",
        {ROH: [{"einwohner": 7, "personen_mit_mh": 1},
               {"geschlecht": "m", "altersgruppe": "75+", "einwohner": 7, "personen_mit_mh": 1}]},
        {ROH: [{"einwohner": 7, "personen_mit_mh": 1},
               {"geschlecht": "m", "altersgruppe": "75+", "einwohner": 7, "personen_mit_mh": 0}]},
        "Gebiet 01",
    ),
    (
        "zeilenbilanz",
        {"protokoll.lieferung": [{"zeilen_gelesen": 6, "zeilen_uebernommen": 3, "zeilen_ausserhalb": 2,
                                  "zeilen_abgewiesen": 1}]},
        {"protokoll.lieferung": [{"zeilen_gelesen": 7, "zeilen_uebernommen": 3, "zeilen_ausserhalb": 2,
                                  "zeilen_abgewiesen": 1}]},
        "t.xlsx",
    ),
    (
        "kategorien_summe",
        {
            ROH: [{"personen_mit_mh": 7}, {"gebiet_id": "02", "personen_mit_mh": 0}],
            "stamm.regel": [MIT, MIT | {"regel": "s"}, {"regel": "o", "kategorie": "A"}],
            KATEGORIE: [
                {"generation": "1", "personen": 5}, {"generation": "2", "personen": 2},
                {"generation": "-", "personen": 90}, {"generation": "insgesamt", "personen": 97},
            ],
        },
        {ROH: [{"personen_mit_mh": 7}], "stamm.regel": [MIT], KATEGORIE: [{"generation": "1", "personen": 6}]},
        f"{STICHTAG}, Gebiet 01, p, insgesamt",
    ),
    (
        "kategorien_summe",
        {ROH: [{"personen_mit_mh": 0}], "stamm.regel": [MIT], KATEGORIE: []},
        {ROH: [{"geschlecht": "w", "personen_mit_mh": 1}], "stamm.regel": [MIT], KATEGORIE: []},
        "Gebiet 01, p, w",
    ),
    (
        "bezugsland_summe",
        {
            ROH: [{"personen_mit_mh": 9}, {"profil": "ohne_bezugsland", "personen_mit_mh": 9}],
            LAND: [{"personen": 7}, {"staat": "NZO", "personen": 2}, {"staat": "insgesamt", "personen": 9}],
        },
        {ROH: [{"personen_mit_mh": 9}], LAND: [{"personen": 7}, {"staat": "insgesamt", "personen": 9}]},
        f"{STICHTAG}, Gebiet 01, p, insgesamt",
    ),
    *(
        (
            "kleine_zahlen_weitere",
            {**WEITERE, tabelle: [{"personen": 5}, {"personen": 0}, {"personen": None}]},
            {**WEITERE, tabelle: [{"personen": n}]},
            f"{was}, {STICHTAG}, Nord, p",
        )
        for tabelle, was, n in (
            ("marts.mh_kategorie", "Kategorie", 1), ("marts.bezugsland", "Bezugsland", 4),
            ("marts.definitionsvergleich", "Vergleich", 3),
        )
    ),
]  # fmt: skip


def fuehre(pruefung: Pruefung, ordner: Path, tabellen: Zeilen) -> list[dict[str, Any]]:
    ablage = Ablage(ordner).anlegen()
    for name, zeilen in tabellen.items():
        lege(ablage, name, *zeilen)
    return fuehre_pruefung_aus(ablage, pruefung).zeilen


@pytest.mark.parametrize(("name", "gut", "schlecht", "nennt"), FAELLE)
def test_check_finds_its_fault_and_names_the_place(
    name: str, gut: Zeilen, schlecht: Zeilen, nennt: str, tmp_path: Path
) -> None:
    assert fuehre(PRUEFUNGEN[name], tmp_path / "gut", gut) == []
    gefunden = fuehre(PRUEFUNGEN[name], tmp_path / "schlecht", schlecht)
    assert len(gefunden) == 1
    assert nennt in gefunden[0]["ort"]
    assert gefunden[0]["kommune"] == "k"


def test_every_check_has_a_case() -> None:
    assert {f[0] for f in FAELLE} == set(PRUEFUNGEN)


def test_checks_of_the_secure_zone_show_no_figure(tmp_path: Path) -> None:
    zeilen = fuehre(
        PRUEFUNGEN["register_vollstaendig"], tmp_path, {**REGISTER, ROH: [{"gebiet_id": "00", "einwohner": 4711}]}
    )
    assert set(zeilen[0]) == {"kommune", "ort"}
    assert "4711" not in str(zeilen)


def test_severity_of_the_comparison_comes_from_the_configuration(tmp_path: Path) -> None:
    ablage = Ablage(tmp_path).anlegen()
    lege(ablage, "protokoll.lieferung", {"quelle": "stadtteiltabelle"})
    lege(ablage, "stamm.kommune", {})
    lege(ablage, MH, gleich("melderegister"), gleich("stadtteiltabelle", einwohner=2213))
    for schwere in (Schwere.warnung, Schwere.fehler):
        lege(ablage, "stamm.abgleich", {"quelle": "stadtteiltabelle", "schwere": schwere.value})
        assert fuehre_pruefung_aus(ablage, PRUEFUNGEN["register_gleich_tabelle"]).schwere is schwere


def test_comparison_respects_its_tolerance(tmp_path: Path) -> None:
    ablage = Ablage(tmp_path).anlegen()
    lege(ablage, "protokoll.lieferung", {"quelle": "stadtteiltabelle"})
    lege(ablage, "stamm.kommune", {})
    lege(ablage, MH, gleich("melderegister"), gleich("stadtteiltabelle", einwohner=2214))
    for toleranz, faelle in ((2, 0), (1, 1)):
        lege(ablage, "stamm.abgleich", {"quelle": "stadtteiltabelle", "toleranz": toleranz})
        assert len(fuehre_pruefung_aus(ablage, PRUEFUNGEN["register_gleich_tabelle"]).zeilen) == faelle
