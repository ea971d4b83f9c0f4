"""A faulty profile file is refused with a German line that names the file, the line, the key and the reason.

Belongs here: what a definition may not say, and the few forms of a condition it may. Does not belong here: faults of
other configuration files (tests/unit).
"""

from pathlib import Path

import pytest

from pipelines.definitionen.decide import create_merkmale, create_personen, entscheidung
from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.stamm.profile.profil import load_profil

from .hilfe import build_kommune, deliver
from .test_personen import ZEILEN

PROBE = """\
profil: probe
version: "1.0"
titel: Probe
beschreibung: Ausländer und ihre Kinder.
herkunft: Nur für Tests.
naeherung: false
rekonstruktion: false
familie:
  altersgrenze: 18
  gleiche_adresse: true
  elternteil: auslaender
regeln:
  - regel: auslaender
    kategorie: A
    name: Ausländer
    ergebnis: mit
    wenn: auslaender and geburt_ausland
  - {regel: kind, kategorie: F, name: Kinder, ergebnis: mit, wenn: eltern_mit >= 1}
sonst:
  kategorie: "0"
  name: Deutsche
  ergebnis: ohne
brueche:
  - datum: 2024-06-27
    grund: Gesetz
"""
WENN = "wenn: auslaender and geburt_ausland"
FAMILIE = "familie:\n  altersgrenze: 18\n  gleiche_adresse: true\n  elternteil: auslaender\n"

# what is wrong: (text, replacement, line of the message, words of the message)
FEHLER: dict[str, tuple[str, str, int, tuple[str, ...]]] = {
    "unbekanntes Merkmal": (
        WENN, "wenn: auslander", 17, ("regeln[0].wenn", "»auslander« gibt es nicht", "Ähnlich: »auslaender«")),
    "Merkmal mit Tabellenname": (WENN, "wenn: p.deutsch", 17, ("»p.deutsch« gibt es nicht", "Ähnlich: »deutsch«")),
    "Funktionsaufruf": (WENN, "wenn: lower(deutsch)", 17, ("»LOWER(deutsch)«", "nicht erlaubt")),
    "Jahresmerkmal ohne Jahr": (WENN, "wenn: geboren_ab", 17, ("»geboren_ab« braucht ein Jahr",)),
    "Jahresmerkmal mit zwei Ziffern": (WENN, "wenn: zugezogen_ab(56)", 17, ("in der Klammer steht ein Jahr",)),
    "Jahresmerkmal mit Merkmal": (WENN, "wenn: zugezogen_ab(alter)", 17, ("in der Klammer steht ein Jahr",)),
    "Jahresmerkmal mit Zahl verglichen": (WENN, "wenn: geboren_ab(1990) = 1", 17, ("ja/nein-Merkmale",)),
    "Unterabfrage": (WENN, "wenn: (select 1) and deutsch", 17, ("SELECT 1", "nicht erlaubt")),
    "Unterabfrage nach in": (WENN, "wenn: alter in (select 1)", 17, ("»alter IN (SELECT 1)«", "nicht erlaubt")),
    "zweite Anweisung": (WENN, "wenn: deutsch; auslaender", 17, ("nicht erlaubt",)),
    "Rechnung": (WENN, "wenn: alter + 1 > 18", 17, ("»alter + 1«", "nicht erlaubt")),
    "Text": (WENN, "wenn: deutsch = 'ja'", 17, ("Text »ja« ist nicht erlaubt",)),
    "Zahlenmerkmal ohne Vergleich": (WENN, "wenn: auslaender and alter", 17, ("»alter« ist eine Zahl", "Vergleich")),
    "Elternzahl ohne Vergleich": ("wenn: eltern_mit >= 1", "wenn: eltern_mit", 18, ("»eltern_mit« ist eine Zahl",)),
    "ja/nein-Merkmal mit Zahl verglichen": (WENN, "wenn: deutsch = 1", 17, ("»deutsch = 1«", "ja/nein-Merkmale")),
    "zwei Merkmale verglichen": (WENN, "wenn: deutsch > alter", 17, ("»deutsch > alter«", "mit einer Zahl")),
    "in mit ja/nein-Merkmal": (WENN, "wenn: deutsch in (1, 2)", 17, ("»deutsch IN (1, 2)«", "»in« gibt es nur")),
    "leere Liste": (WENN, "wenn: alter in ()", 17, ("»in« gibt es nur", "Liste von Zahlen")),
    "is mit Zahl": (WENN, "wenn: deutsch is 3", 17, ("»deutsch IS 3«", "null oder not null")),
    "Klammer nicht geschlossen": (WENN, "wenn: (deutsch and auslaender", 17, ("keine gültige Bedingung", "Klammern")),
    "angefangene Bedingung": (WENN, "wenn: deutsch and", 17, ("keine gültige Bedingung", "and/or/not")),
    "leere Bedingung": (WENN, "wenn:", 17, ("regeln[0].wenn", "Erwartet: Text")),
    "Einrückung": ("    kategorie: A", "   kategorie: A", 14, ("kein gültiges YAML", "Einrückung")),
    "Doppelpunkt im Text": ("titel: Probe", "titel: Probe: neu", 3, ("kein gültiges YAML", "Doppelpunkte")),
    "Schlüssel doppelt": (
        "    ergebnis: mit\n", "    ergebnis: mit\n    ergebnis: ohne\n", 17, ("»ergebnis« steht doppelt",)),
    "Schlüssel fehlt": ("    name: Ausländer\n", "", 13, ("regeln[0].name", "Der Schlüssel fehlt")),
    "Schlüssel unbekannt": ("    name: Aus", "    nam: Aus", 15, ("»nam« ist unbekannt", "Ähnlich: »name«")),
    "Ergebnis unbekannt": (
        "ergebnis: ohne", "ergebnis: vielleicht", 22,
        ("sonst.ergebnis", "»vielleicht« ist nicht erlaubt", "'unentscheidbar' oder 'nicht_bestimmbar'")),
    "Regelname doppelt": ("regel: kind", "regel: auslaender", 18, ("regeln[1].regel", "eindeutig", "auslaender")),
    "Regel heißt sonst": ("regel: kind", "regel: sonst", 18, ("regeln[1].regel", "nicht »sonst« oder »insgesamt« heißen")),
    "Regel heißt wie die Summe": ("regel: kind", "regel: insgesamt", 18, ("regeln[1].regel", "oder »insgesamt«")),
    "Kategorie heißt wie die Summe": (
        "kategorie: A\n", "kategorie: insgesamt\n", 14, ("regeln[0].kategorie", "Summe aller Kategorien")),
    "letzte Kategorie heißt wie die Summe": (
        'kategorie: "0"', "kategorie: insgesamt", 20, ("sonst.kategorie", "Summe aller Kategorien")),
    "Regelname mit Leerzeichen": ("regel: kind", "regel: Kind 1", 18, ("»Kind 1« hat nicht die verlangte Form",)),
    "Kennung ungleich Dateiname": (
        "profil: probe", "profil: probe_2", 1, ("Die Kennung muss wie die Datei heißen", "»probe«")),
    "Altersgrenze zu hoch": (
        "altersgrenze: 18", "altersgrenze: 200", 9, ("familie.altersgrenze", "200 liegt außerhalb", "höchstens 130")),
    "Altersgrenze null": ("altersgrenze: 18", "altersgrenze: 0", 9, ("0 liegt außerhalb", "mindestens 1")),
    "Altersgrenze in Worten": ("altersgrenze: 18", "altersgrenze: unter 18", 9, ("»unter 18«", "eine ganze Zahl")),
    "Elternmerkmal ohne familie": (
        FAMILIE, "", 14, ("regeln[1].wenn", "»eltern_mit« gibt es nur", "Abschnitt »familie«")),
    "Elternzahl in der Elternbedingung": (
        "elternteil: auslaender", "elternteil: eltern_mit >= 1", 11, ("familie.elternteil", "»eltern_mit« gibt")),
    "eigenes_mh in einer Regel": (WENN, "wenn: eigenes_mh", 17, ("»eigenes_mh« gibt es nur", "familie.elternteil")),
    "Kategorie als Zahl": ('kategorie: "0"', "kategorie: 0", 20, ("sonst.kategorie", "Anführungszeichen")),
    "Datum in deutscher Form": ("datum: 2024-06-27", "datum: 27.06.2024", 24, ("brueche[0].datum", "JJJJ-MM-TT")),
    "ja/nein in Worten": ("naeherung: false", "naeherung: nein", 6, ("naeherung", "true oder false")),
}  # fmt: skip


def write(ordner: Path, inhalt: str) -> Path:
    datei = ordner / "profile" / "probe.yaml"
    datei.parent.mkdir(exist_ok=True)
    datei.write_text(inhalt, encoding="utf-8")
    return datei


@pytest.mark.parametrize("fehler", FEHLER)
def test_fehler_in_der_definition_wird_mit_datei_zeile_und_grund_genannt(fehler: str, tmp_path: Path) -> None:
    alt, neu, zeile, worte = FEHLER[fehler]
    assert alt in PROBE
    with pytest.raises(KonfigurationsFehler) as grund:
        load_profil(write(tmp_path, PROBE.replace(alt, neu, 1)))
    stelle = f"profile/probe.yaml, Zeile {zeile}"
    zeilen = [z for z in str(grund.value).splitlines() if z.startswith((f"{stelle},", f"{stelle}:"))]
    assert any(all(w in z for w in worte) for z in zeilen), str(grund.value)


def test_alle_fehler_einer_definition_werden_zugleich_genannt(tmp_path: Path) -> None:
    inhalt = PROBE.replace(WENN, "wenn: auslander").replace("eltern_mit >= 1", "eltern_mit")
    inhalt = inhalt.replace("profil: probe", "profil: andere")
    with pytest.raises(KonfigurationsFehler) as grund:
        load_profil(write(tmp_path, inhalt))
    assert [z.split(":")[0] for z in str(grund.value).splitlines()] == [
        "profile/probe.yaml, Zeile 1, profil",
        "profile/probe.yaml, Zeile 17, regeln[0].wenn",
        "profile/probe.yaml, Zeile 18, regeln[1].wenn",
    ]


@pytest.mark.parametrize(
    "wenn",
    [
        "alter < 18", "deutsch and alter >= 18", "not (alter in (16, 17) or eltern_mit = 2)", "geburt_ausland is null",
        "zugezogen_ab(1956) is not null", "zuzug_ab_1950", "vertrieben_vermutet", "geboren_ab_2000 and geboren_ab(1955)",
        "deutsch = true", "eltern_auslaender <> 0 and not option",
    ],
)  # fmt: skip
def test_vergleiche_und_verknuepfungen_von_merkmalen_sind_erlaubt(wenn: str, tmp_path: Path) -> None:
    profil = load_profil(write(tmp_path, PROBE.replace(WENN, f"wenn: {wenn}")))
    assert profil.regeln[0].wenn == wenn


def test_alter_entscheidet_als_merkmal_und_fehlt_ohne_geburtsjahr(tmp_path: Path) -> None:
    ablage, kommune = build_kommune(tmp_path / "daten", option=False)
    zeilen = [z for z in ZEILEN if z["pid"] in ("23", "24", "29")]  # 17 years, 18 years, unknown
    partition = deliver(ablage, kommune, zeilen)
    profil = load_profil(write(tmp_path, PROBE.replace(WENN, "wenn: alter < 18")))
    con = ablage.verbindung()
    try:
        create_personen(con, ablage, partition)
        create_merkmale(con, ablage)
        gefunden = con.execute(f"select regel_probe from ({entscheidung([profil])}) order by zeile").fetchall()
    finally:
        con.close()
    assert gefunden == [(1,), (0,), (0,)]
