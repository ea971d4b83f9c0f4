"""`docs/indikatorbeispiele.md` from the examples; `--pruefen` fails if it is not current.

Belongs here: the page for people who want to see how an indicator is reckoned. Does not belong here: examples (*.yaml).
"""

import sys

import yaml

from pipelines.foundation.storage import WURZEL
from schemas.page import write_or_compare
from tests.spec.indikatoren.beispiele import Beispiel, Tabelle, alle_beispiele

ZIEL = WURZEL / "docs" / "indikatorbeispiele.md"
KATALOG = WURZEL / "data" / "raw" / "referenz" / "indikatoren.yaml"
EINLEITUNG = """\
# Beispiele zu den Indikatoren

Erzeugt mit `make doku` aus `tests/spec/indikatoren/*.yaml`; nicht von Hand ändern. {zahl} Beispiele zu {indikatoren} Indikatoren:
was eingeht, wie gerechnet wird, was in `marts.indikator_zeitreihe` steht. Jede Zeile wird bei jedem Lauf der Tests mit dem
verglichen, was die Pipeline aus der Eingabe macht. Definitionen, Quellen und Schwellen stehen im
[Indikatorenkatalog](indikatoren.md).

Die Zahlen sind erfunden. Wo keiner steht, ist der Stichtag der 31.12.2022; »m, w« in einer Zelle meint zwei Zeilen mit sonst
gleichem Inhalt, »–« heißt leer. Es gelten mindestens fünf Personen und mindestens 100 im Nenner (Vorgabewerte). Der Zeitraum ist
der Stichtag eines Bestands oder der erste Tag des Jahres, Halbjahres oder Schuljahres.
"""
EINGABE = {
    "register": "Aus dem Melderegister",
    "staaten": "Aus dem Melderegister, nach Staatsangehörigkeit",
    "staatengruppen": "Aus dem Melderegister, Ausländer nach Staatengruppe (marts.staatengruppe)",
    "merkmale": "Aus dem Melderegister, Merkmale eines Auszugs (marts.registermerkmal)",
    "bewegungen": "Aus zwei Auszügen des Melderegisters (marts.bewegung)",
    "dauern": "Aus dem Melderegister, vollendete Jahre (nur im geschützten Bereich)",
    "lieferung": "Geliefert (noch nicht veröffentlicht, wo nichts anderes steht)",
    "massnahmen": "Maßnahmen am 31.12.2022",
    "vorlagen": "Vorlagen",
    "berichte": "Berichtspflichten am 01.06.2023",
}
SPALTEN = {
    "gebiet": "Gebiet", "alter": "Alter", "altersgruppe": "Altersgruppe", "geschlecht": "Geschlecht", "gruppe": "Gruppe",
    "staatsangehoerigkeit": "Staatsangehörigkeit", "mh": "Migrationshintergrund", "personen": "Personen", "staat": "Staat",
    "stichtag": "Stichtag", "zeitraum": "Zeitraum", "quelle": "Quelle", "merkmal": "Merkmal", "zaehler": "Zähler",
    "nenner": "Nenner", "wert": "Wert", "einheit": "Einheit", "zeichen": "Zeichen", "status": "Status", "trend": "Trend",
    "trend_grund": "Grund", "abstand": "Abstand", "abstand_fall": "Fall", "vergleichswert": "Vergleichswert",
    "veraenderung_vorperiode": "Veränderung", "nenner_stichtag": "Stichtag des Nenners", "nenner_quelle": "Quelle des Nenners",
    "lage_quotient": "Lagequotient", "nr": "Nr.", "grund": "Begründung", "datum": "Datum", "vereinbarkeit": "Vereinbarkeit",
    "auspraegung": "Ausprägung", "bewegung": "Bewegung", "vorher": "Stichtag davor", "jahre": "Jahre",
    "oeffentlich": "öffentlich", "bericht": "Bericht", "faellig": "fällig am", "abgegeben": "abgegeben am",
}  # fmt: skip


def _zelle(spalte: str, text: str) -> str:
    if text in ("-", "*"):
        return {"gebiet": "Kommune", "altersgruppe": "insgesamt"}.get(spalte, "–")
    return ", ".join(text.split("/")).replace("-", "−" if text[1:2].isdigit() and text[0] == "-" else "-")


def _als_markdown(tabelle: Tabelle) -> str:
    kopf = [SPALTEN.get(s, f"`{s}`") for s in tabelle.spalten]
    zeilen = [[_zelle(s, z) for s, z in zip(tabelle.spalten, reihe, strict=True)] for reihe in tabelle.zellen]
    return "\n".join("| " + " | ".join(z) + " |" for z in (kopf, ["---"] * len(kopf), *zeilen))


def _beispiel(b: Beispiel) -> str:
    teile = [f"*{b.fall}.*"] if b.fall else []
    teile += [f"{EINGABE[name]}:\n\n{_als_markdown(t)}" for name, t in b.eingabe.items()]
    if b.rechnung:
        teile.append("Rechnung:\n\n" + "\n".join(f"- {z}" for z in b.rechnung))
    teile.append(f"Ergebnis:\n\n{_als_markdown(b.erwartet)}")
    return "\n\n".join(teile) + "\n"


def seite() -> str:
    """The whole page as Markdown; themes and indicators in the order of the catalogue."""
    katalog = yaml.safe_load(KATALOG.read_text(encoding="utf-8"))
    beispiele = alle_beispiele()
    teile = [EINLEITUNG.format(zahl=len(beispiele), indikatoren=len({b.indikator for b in beispiele}))]
    for thema, name in katalog["themen"].items():
        teile.append(f"## {name}\n")
        for i in (i for i in katalog["indikatoren"] if i["thema"] == thema):
            teile.append(
                f"### {i['name']}\n\n`{i['id']}` · {i['zaehler']}" + (f" / {i['nenner']}" if i["nenner"] else "") + "\n"
            )
            teile += [_beispiel(b) for b in beispiele if b.indikator == i["id"]]
    return "\n".join(teile)


if __name__ == "__main__":
    sys.exit(write_or_compare(ZIEL, seite, sys.argv[1:]))
