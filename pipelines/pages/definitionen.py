"""`docs/definitionen.md` from the profiles, the clues and the persona table; `--pruefen` fails if the file is not current.

Belongs here: the page for statisticians about what each definition counts. Does not belong here: any rule, and any
expectation; those stand in data/raw/referenz/profile and in tests/spec/definitionen/personen.csv.
"""

import csv
import shutil
import sys
import tempfile
from datetime import date
from itertools import combinations

from pipelines.bevoelkerung.explain_person import BEZUGSMERKMAL, explain_case
from pipelines.eingang.ingest import ingest
from pipelines.eingang.lieferung.record import Lieferung
from pipelines.foundation.storage import WURZEL, Ablage
from pipelines.scaffold.kommune import create
from pipelines.stamm.kommune import load_kommune
from pipelines.stamm.profile.merkmale import EIGENES_MH, ELTERNMERKMALE, JAHRESMERKMALE, MERKMALE
from pipelines.stamm.profile.profil import Profil, load_profile
from schemas.page import write_or_compare
from schemas.spalten.person import AUSZUGSSPALTEN

ZIEL = WURZEL / "docs" / "definitionen.md"
PERSONEN = WURZEL / "tests" / "spec" / "definitionen" / "personen.csv"
STICHTAG = date(2023, 12, 31)  # of the persona table
BEISPIEL = "15"  # a child whose parents differ: shows the family rules and a Bezugsland that is taken over
BEISPIELORT = "beispielort"

EINLEITUNG = """\
# Definitionen von Migrationshintergrund

Erzeugt mit `make doku` aus `data/raw/referenz/profile/`, den Merkmalen der Auswertung und der Personentabelle
`tests/spec/definitionen/personen.csv`; nicht von Hand ändern.

## Warum es nicht die eine Zahl gibt

»Migrationshintergrund« steht in keinem Register. Er wird aus Merkmalen abgeleitet, und Ämter, Städte und Gesetze leiten
verschieden ab: ob die Geburt im Ausland für sich allein zählt, ob eine zweite Staatsangehörigkeit zählt, ob und wie lange
Kinder nach ihren Eltern zählen, was mit Vertriebenen und Aussiedlern geschieht. Dazu kommt, was ein Melderegister nicht
weiß: die Eltern Erwachsener, oft die Art der Staatsangehörigkeit, manchmal den Geburtsort. Eine Zahl gilt deshalb nur
zusammen mit ihrer Definition, deren Version und dem Stichtag. Dieses Projekt rechnet mehrere benannte Definitionen
nebeneinander; keine davon ist die richtige, und Zahlen verschiedener Definitionen gehören nicht in eine Zeitreihe.

Jede Definition ist eine Folge von Regeln; die erste, deren Bedingung zutrifft, entscheidet. Vier Ergebnisse gibt es:
**mit**, **ohne**, **unentscheidbar** (ein nötiges Merkmal fehlt) und **nicht bestimmbar** (kein eigenes Merkmal, und die
Eltern sind nicht bekannt). Die letzten beiden werden nie als »ohne« gezählt.

Wie eine einzelne Person unter jeder Definition beurteilt wird, zeigt auf dem Rechner der Statistikstelle
`monitoring explain --kommune K --stichtag JJJJ-MM-TT --pid P`; ein Beispiel steht am Ende.
"""

Person = dict[str, str]


def _zelle(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _tabelle(kopf: list[str], zeilen: list[list[str]]) -> str:
    alle = [kopf, ["---"] * len(kopf), *zeilen]
    return "\n".join("| " + " | ".join(_zelle(z) for z in zeile) + " |" for zeile in alle) + "\n"


def _merkmale() -> str:
    eigene = _tabelle(
        ["Merkmal", "Bedeutung"],
        [
            *([f"`{n}`", b] for n, b in MERKMALE.items()),
            *([f"`{n}(Jahr)`", b] for n, (b, _) in JAHRESMERKMALE.items()),
        ],
    )
    eltern = _tabelle(["Merkmal", "Bedeutung"], [[f"`{n}`", b] for n, b in ELTERNMERKMALE.items()])
    return (
        "## Die Merkmale\n\nMit diesen Merkmalen sind alle Regeln geschrieben. Jedes ist ja, nein oder unbekannt; »leer« "
        "heißt unbekannt: das Register sagt es nicht. Eine Bedingung mit unbekanntem Ausgang trifft nicht zu.\n\n"
        f"{eigene}\n**Über die Eltern**, je nach der Familienregel der Definition:\n\n{eltern}\n"
        f"In der Familienregel selbst gibt es dazu `{EIGENES_MH}`: der Elternteil hat Migrationshintergrund nach den "
        "Regeln, die ohne Eltern auskommen (unbekannt, wenn das unentscheidbar ist).\n"
    )


def _familie(p: Profil) -> str:
    if p.familie is None:
        return "keine; Eltern spielen keine Rolle."
    grenze = f"unter {p.familie.altersgrenze} Jahren" if p.familie.altersgrenze else "in jedem Alter"
    adresse = "an derselben Adresse" if p.familie.gleiche_adresse else "an jeder Adresse"
    bedingung = " ".join(p.familie.elternteil.split())
    return f"für Personen {grenze}; betrachtet werden verknüpfte Eltern {adresse}. Ein Elternteil zählt, wenn `{bedingung}`."


def _definition(p: Profil) -> str:
    regeln = [
        [str(n), f"`{r.regel}`", r.kategorie, r.name, r.ergebnis.replace("_", " "), f"`{' '.join(r.wenn.split())}`"]
        for n, r in enumerate(p.regeln, start=1)
    ]
    regeln.append(
        ["–", "`sonst`", p.sonst.kategorie, p.sonst.name, p.sonst.ergebnis.replace("_", " "), "keine der Regeln"]
    )
    folge = " → ".join(BEZUGSMERKMAL[b] for b in p.bezugsland)
    brueche = "".join(f"\n  - ab {b.datum}: {_zelle(b.grund)}" for b in p.brueche)
    return (
        f"## {p.titel}\n\nKennung `{p.profil}`, Version {p.version}.\n\n{_zelle(p.beschreibung)}\n\n"
        f"- **Quelle:** {_zelle(p.herkunft)}\n"
        f"- **Näherung:** {'ja, aus einem Register nicht genau ableitbar' if p.naeherung else 'nein'}\n"
        f"- **Rekonstruktion:** {'ja, aus veröffentlichten Texten nachgebildet' if p.rekonstruktion else 'nein'}\n"
        f"- **Familienregel:** {_familie(p)}\n"
        f"- **Bezugsland:** {f'das erste, das einen Staat nennt: {folge}; sonst NZO (nicht zuordenbar)' if folge else '–'}\n"
        f"- **Brüche:**{brueche or ' keine bekannt'}\n\n"
        + _tabelle(["Nr.", "Regel", "Kategorie", "Name", "Ergebnis", "Bedingung"], regeln)
    )


def _read_personen() -> list[Person]:
    with PERSONEN.open(encoding="utf-8", newline="") as datei:
        return list(csv.DictReader(datei, delimiter=";"))


def _personen(geprueft: list[Person], namen: list[str]) -> str:
    zeilen = [[z["pid"], z["beschreibung"], *(z[n] for n in namen)] for z in geprueft]
    return (
        f"## Die Personentabelle\n\n{len(geprueft)} erdachte Personen zum Stichtag {STICHTAG:%d.%m.%Y} und das Ergebnis "
        "unter jeder Definition; die Tests halten die Auswertung daran fest. `1 A1`: mit Migrationshintergrund, Kategorie A1 "
        "· `0`: ohne · `U`: unentscheidbar · `n`: nicht bestimmbar · `out`: zählt nicht zum Bestand. Die Kategorie steht "
        "nur, wo sie anders heißt als das Ergebnis.\n\n"
        + _tabelle(["Nr.", "Person", *(f"`{n}`" for n in namen)], zeilen)
    )


def _unterschiede(geprueft: list[Person], namen: list[str]) -> str:
    """Which personas separate which two definitions, by the result (not the category)."""
    trennt = {
        (a, b): [z["pid"] for z in geprueft if z[a].split()[0] != z[b].split()[0]] for a, b in combinations(namen, 2)
    }
    matrix = [
        [f"`{a}`", *("–" if a == b else str(len(trennt.get((a, b)) or trennt.get((b, a)) or [])) for b in namen)]
        for a in namen
    ]
    liste = [[f"`{a}` / `{b}`", str(len(p)), ", ".join(p) or "keine"] for (a, b), p in trennt.items()]
    return (
        "## Worin sie sich unterscheiden\n\nZahl der Personen der Tabelle, über die zwei Definitionen verschieden urteilen "
        "(mit, ohne, unentscheidbar, nicht bestimmbar; Kategorien bleiben außer Acht). Wie viele Einwohner das in einer "
        "Kommune sind, steht in `marts.definitionsvergleich`.\n\n"
        + _tabelle(["", *(f"`{n}`" for n in namen)], matrix)
        + "\nWelche Personen den Unterschied machen:\n\n"
        + _tabelle(["Definitionen", "Zahl", "Personen"], liste)
    )


def _beispiel(personen: list[Person]) -> str:
    """Read the example's rows like any extract, in a folder of their own, and explain the person."""
    nummer = next(z["nr"] for z in personen if z["pid"] == BEISPIEL)
    zeilen = [z for z in personen if z["nr"] == nummer]
    with tempfile.TemporaryDirectory() as ordner:
        ablage = Ablage(ordner).create_folders()
        # Definitions are shown without the birthplace list: it may grow without changing them.
        ohne_orte = shutil.ignore_patterns("geburtsorte.csv")
        shutil.copytree(WURZEL / "data" / "raw" / "referenz", ablage.referenz, ignore=ohne_orte)
        create(ablage, BEISPIELORT)
        pfad = ablage.roh / BEISPIELORT / "melderegister" / f"{STICHTAG}.csv"
        with pfad.open("w", encoding="utf-8", newline="") as datei:
            schreiber = csv.DictWriter(datei, list(AUSZUGSSPALTEN), delimiter=";", extrasaction="ignore")
            schreiber.writeheader()
            schreiber.writerows(zeilen)
        kommune = load_kommune(ablage.roh / BEISPIELORT)
        lieferung = Lieferung(BEISPIELORT, "melderegister", "melderegister", pfad, STICHTAG, STICHTAG, "0" * 64, "")
        ingest(ablage, kommune, lieferung)
        text = explain_case(ablage, BEISPIELORT, STICHTAG.isoformat(), BEISPIEL)
    beschreibung = next(z["beschreibung"] for z in zeilen if z["pid"] == BEISPIEL)
    return (
        f"## Beispiel einer Erklärung\n\nPerson {BEISPIEL} der Tabelle ({beschreibung}), ausgegeben von `monitoring explain`:"
        f"\n\n```text\n{text}\n```\n"
    )


def definitionen() -> str:
    """The whole page as Markdown; definitions in the order of the persona table, further ones after them."""
    personen = _read_personen()
    vorhanden = {p.profil: p for p in load_profile(Ablage(WURZEL / "data"))}
    namen = [s for s in personen[0] if s in vorhanden]
    profile = [vorhanden[n] for n in (*namen, *sorted(set(vorhanden) - set(namen)))]
    geprueft = [z for z in personen if z[namen[0]]]
    uebersicht = _tabelle(
        ["Kennung", "Titel", "Version", "Näherung", "Rekonstruktion"],
        [[f"`{p.profil}`", p.titel, p.version, *("ja" if w else "nein" for w in (p.naeherung, p.rekonstruktion))]
         for p in profile],
    )  # fmt: skip
    teile = [
        EINLEITUNG, f"## Übersicht\n\n{uebersicht}", _merkmale(), *(_definition(p) for p in profile),
        _personen(geprueft, namen), _unterschiede(geprueft, namen), _beispiel(personen),
    ]  # fmt: skip
    return "\n".join(teile)


if __name__ == "__main__":
    sys.exit(write_or_compare(ZIEL, definitionen, sys.argv[1:]))
