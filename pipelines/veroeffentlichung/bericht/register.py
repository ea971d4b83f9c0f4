"""What the register says beside definitions: facts of the latest Stichtag, flows between Stichtage.

Belongs here: which rows the report shows of them, and its two tables. Does not belong here: the sheets of the workbook
(workbook.py), groups of states (staatengruppen.py).
"""

import duckdb

from pipelines.veroeffentlichung.bericht.content import INSGESAMT, Bericht, Zeile
from pipelines.veroeffentlichung.bericht.numbers import anteil, anzahl, datum
from pipelines.veroeffentlichung.bericht.orte import in_ort
from pipelines.veroeffentlichung.bericht.query import rows_of
from pipelines.veroeffentlichung.bericht.table_shape import Tabelle, TableRow, Zelle

# Fact → (heading of its rows, what its shares refer to); single years are in the workbook only.
MERKMALE = {
    "aufenthaltsdauer": ("Aufenthalt in Deutschland", "aller Ausländer:innen"),
    "zuzugsjahr": ("Jahr des letzten Zuzugs aus dem Ausland", "aller Ausländer:innen"),
    "asylherkunft": ("Asylherkunft nach Staatsangehörigkeit", "aller Ausländer:innen"),
    "mehrstaatigkeit": ("Staatsangehörigkeiten der Deutschen", "aller Deutschen"),
    "wohndauer": ("Dauer seit dem Einzug", "aller Einwohner:innen"),
    "wahlberechtigung": ("Wahlberechtigung nach Alter und Staatsangehörigkeit", "aller Einwohner:innen"),
}
WER = (
    "Was ein Auszug nicht kennt, ist nicht berücksichtigt: bei der Wahlberechtigung Wohndauer, Ausschlüsse und Anträge, bei der "
    "Asylherkunft der Aufenthaltsstatus. Alle Zahlen sind zum Schutz gerundet, kleine fehlen; die größte ist jeweils, was die "
    "anderen vom Ganzen übrig lassen."
)
NICHT_VERKNUEPFT = (
    "Zu- und Fortzüge, Geburten, Sterbefälle und Einbürgerungen gibt es nicht: {name} verknüpft Auszüge verschiedener Stichtage "
    "nicht (fluesse in kommune.yaml), oder so wenige kommen und gehen, dass ihre Zahlen Einzelne verrieten."
)
FLUESSE = ("geburt", "sterbefall", "zuzug", "fortzug", "einbuergerung")
KOPF = {"geburt": "geboren", "sterbefall": "gestorben", "zuzug": "zugezogen", "fortzug": "fortgezogen",
        "abgang": "fortgezogen oder gestorben", "einbuergerung": "eingebürgert"}  # fmt: skip


def load_merkmale(con: duckdb.DuckDBPyConnection, kommune: Zeile) -> list[Zeile]:
    """All facts of the latest Stichtag, the municipality first."""
    return rows_of(con, "registermerkmale", kommune=kommune["kommune"], ags=kommune["ags"])


def load_bewegungen(con: duckdb.DuckDBPyConnection, kommune: Zeile) -> list[Zeile]:
    """All flows of every Stichtag, the municipality first."""
    return rows_of(con, "bewegungen", kommune=kommune["kommune"], ags=kommune["ags"])


def show_merkmale(b: Bericht) -> Tabelle | None:
    """Facts of the whole municipality, each under its heading, with women and men."""
    stadt = [z for z in b.merkmale if z["ist_kommune"]]
    je = {(z["merkmal"], z["auspraegung"], z["geschlecht"]): z for z in stadt}
    reihen: list[TableRow] = []
    for merkmal, (titel, bezug) in MERKMALE.items():
        eigene = [z for z in stadt if z["merkmal"] == merkmal and z["geschlecht"] == INSGESAMT]
        if eigene:
            reihen.append(TableRow((f"{titel}, Anteil {bezug}", "", "", "", ""), zwischentitel=True))
        for z in eigene:
            w, m = (je.get((merkmal, z["auspraegung"], x)) for x in "wm")
            reihen.append(
                TableRow((z["auspraegung_name"], anzahl(z, "personen"), anteil(z, "anteil"), *_take_by_sex(w, m)))
            )
    if not reihen:
        return None
    verknuepft = () if b.bewegungen else (NICHT_VERKNUEPFT.format(name=b.kommune["name"]),)
    return Tabelle(
        f"Was das Register {in_ort(b.kommune['name'])} am {datum(stadt[0]['stichtag'])} sonst sagt",
        ("Merkmal", "Personen", "Anteil", "weiblich", "männlich"),
        tuple(reihen),
        anmerkungen=(WER, *verknuepft),
    )


def _take_by_sex(w: Zeile | None, m: Zeile | None) -> tuple[Zelle, Zelle]:
    """Women and men; empty where a fact is told of all together only."""
    return (anzahl(w, "personen") if w else "–", anzahl(m, "personen") if m else "–")


def show_bewegungen(b: Bericht) -> Tabelle | None:
    """Flows of the whole municipality, a row for each pair of Stichtage."""
    stadt = [z for z in b.bewegungen if z["ist_kommune"] and (z["gruppe"], z["geschlecht"]) == (INSGESAMT, INSGESAMT)]
    if not stadt:
        return None
    je = {(z["stichtag"], z["bewegung"]): z for z in stadt}
    spalten = [f for f in FLUESSE if any(bewegung == f for _, bewegung in je)]
    if any(bewegung == "abgang" for _, bewegung in je):
        spalten.insert(len(spalten) - 1, "abgang")
    reihen = tuple(
        TableRow(
            (
                f"{datum(next(z['stichtag_vorher'] for z in stadt if z['stichtag'] == tag))} bis {datum(tag)}",
                *(anzahl(je[tag, f], "personen") if (tag, f) in je else "–" for f in spalten),
                anteil(je.get((tag, "einbuergerung")), "anteil"),
            )
        )
        for tag in sorted({t for t, _ in je})
    )
    return Tabelle(
        f"Bewegungen {in_ort(b.kommune['name'])} zwischen zwei Stichtagen",
        ("Zeitraum", *(KOPF[f] for f in spalten), "Einbürgerungsquote"),
        reihen,
        anmerkungen=(
            "Aus dem Vergleich zweier Auszüge, im geschützten Bereich über Pseudonyme: zugezogen ist, wer neu da ist, "
            "fortgezogen, wer fehlt und nicht als gestorben eingetragen ist. Wer im Zeitraum kam und wieder ging, fehlt; es ist "
            "keine amtliche Wanderungsstatistik. Einbürgerungsquote: Eingebürgerte, bezogen auf die Ausländer:innen am Anfang "
            "des Zeitraums. Zeiträume sind verschieden lang. Alle Zahlen sind zum Schutz gerundet, kleine fehlen; mit den "
            "Beständen gehen sie deshalb nicht genau auf.",
        ),
    )
