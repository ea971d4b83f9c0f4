"""One person's case in words: every clue, the linked parents, and how each definition decides.

Belongs here: finding the person by pseudonym and telling what the evaluator's own SQL says. Does not belong here: any
rule (count.py turns the profiles into SQL). Secure zone only: the text is for the office's own screen, nothing is
written, and no parent is told apart from anybody else.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from pipelines.definitionen.decide import NZO, create_merkmale, create_personen, einzelheiten, entscheidung
from pipelines.foundation.csv_list import read_staaten
from pipelines.foundation.findings import KonfigurationsFehler, verschlossen
from pipelines.foundation.storage import Ablage, pfadliste
from pipelines.stamm.kommune import als_datum, kommunen_ordner
from pipelines.stamm.profile.merkmale import ELTERNMERKMALE, JAHRESMERKMALE, MERKMALE, jahres_sql
from pipelines.stamm.profile.profil import Profil, jahresmerkmale, load_profile
from pipelines.stamm.referenz import gueltig
from pipelines.stamm.staaten import name_am

Satz = dict[str, Any]

ERGEBNIS = {
    "mit": "mit Migrationshintergrund",
    "ohne": "ohne Migrationshintergrund",
    "unentscheidbar": "unentscheidbar (ein nötiges Merkmal fehlt)",
    "nicht_bestimmbar": "nicht bestimmbar (kein eigenes Merkmal, Eltern nicht bekannt)",
}
GENERATION = {
    "1": "1 (im Ausland geboren)",
    "2": "2 (in Deutschland geboren)",
    "unbekannt": "unbekannt (Geburtsort unbekannt)",
}
BEZUGSMERKMAL = {
    "staatsangehoerigkeit": "Staatsangehörigkeit (bei Personen ohne deutsche)",
    "weitere_staatsangehoerigkeit": "weitere Staatsangehörigkeit",
    "geburtsstaat": "Geburtsstaat",
    "zuzugsstaat": "Staat des letzten Zuzugs aus dem Ausland",
    "eltern": "Eltern, die nach der Familienregel zählen",
}
ZAEHLT = {True: "zählt", False: "zählt nicht", None: "lässt sich nicht entscheiden"}
ROLLE = {"w": "Mutter", "m": "Vater"}
BREITE = max(len(name) for name in (*MERKMALE, *ELTERNMERKMALE, "vertrieben_vermutet(1950)"))


@dataclass(frozen=True)
class Fall:
    """What the secure zone says about one person: staged row, clues, and per definition the decision and its grounds."""

    kommune: str
    stichtag: date
    person: Satz
    merkmale: Satz
    eltern: dict[int, Satz]  # clues of the parents found, by field 1 and 2
    entschieden: Satz
    einzelheiten: dict[str, Satz]
    staaten: dict[str, str]


def explain_case(ablage: Ablage, kommune: str, stichtag_text: str, pid: str) -> str | None:
    """The case of one person as German text; None if the person is not in the population of that Stichtag.

    Raises: KonfigurationsFehler for an unknown municipality or a Stichtag without a staged extract.
    """
    stichtag = _stichtag(ablage, kommune, stichtag_text)
    profile = load_profile(ablage)
    with verschlossen(f"{kommune}_{stichtag}", "Fall erklären"):
        fall = _read(ablage, kommune, stichtag, pid.strip(), profile)
    return "\n".join(_text(fall, profile)) if fall else None


def nicht_gefunden(kommune: str, stichtag: str) -> str:
    """What it means that a pid is not in the population."""
    return (
        f"Diese pid gehört am {stichtag} nicht zum Bestand von {kommune}. Entweder steht sie nicht im Auszug, oder die "
        "Person zählt nicht zum Bestand (Nebenwohnung, noch nicht eingezogen, ausgezogen, verstorben, Zeile abgewiesen); "
        "über solche Personen wird nichts aufbewahrt. Bitte den Auszug selbst prüfen (pid genau wie dort geschrieben)."
    )


def _stichtag(ablage: Ablage, kommune: str, text: str) -> date:
    kommunen = [o.name for o in kommunen_ordner(ablage)]
    if kommune not in kommunen:
        raise KonfigurationsFehler(
            f"Die Kommune »{kommune}« gibt es nicht in {ablage.roh}. Vorhanden: {', '.join(kommunen) or 'keine'}."
        )
    stichtag = als_datum(text)
    dateien = (ablage.intern / "eingang" / "melderegister").glob(f"{kommune}_*.parquet")
    vorhanden = sorted(t for d in dateien if als_datum(t := d.stem.removeprefix(f"{kommune}_")))
    if stichtag is None or stichtag.isoformat() not in vorhanden:
        raise KonfigurationsFehler(
            f"Zum Stichtag »{text}« ist für {kommune} kein Auszug eingelesen. "
            f"Eingelesen (JJJJ-MM-TT): {', '.join(vorhanden) or 'keiner'}."
        )
    return stichtag


def _read(ablage: Ablage, kommune: str, stichtag: date, pid: str, profile: list[Profil]) -> Fall | None:
    partition = f"{kommune}_{stichtag}"
    # The same keyed hash as in sql/melderegister/personen.sql.
    pseudonym = hashlib.sha256((ablage.schluessel() + pid).encode()).hexdigest()[:32]
    con = ablage.verbindung()
    try:
        datei = pfadliste([ablage.tabelle("eingang", "melderegister", partition)])
        gefunden = _saetze(con, f"select * from read_parquet({datei}) where pseudonym = $p", {"p": pseudonym})
        if not gefunden:
            return None
        (person,) = gefunden
        # Person and parents only: nobody else's clues are computed, and so little never spills to disk.
        zeilen = tuple(
            z for z in (person["zeile"], person["eltern_1_zeile"], person["eltern_2_zeile"]) if z is not None
        )
        create_personen(con, ablage, partition, zeilen)
        create_merkmale(con, ablage)
        mit_jahr = "".join(f', {jahres_sql(n, "m")} as "{n}"' for n in _jahresmerkmale(profile))
        merkmale = {z["zeile"]: z for z in _saetze(con, f"select m.*{mit_jahr} from merkmale as m")}
        selbst = {"z": person["zeile"]}

        def der_person(auswahl: str) -> Satz:
            return _saetze(con, f"select * from ({auswahl}) where zeile = $z", selbst)[0]

        eigene = merkmale[person["zeile"]]
        return Fall(
            kommune, stichtag, person, eigene,
            {n: merkmale[z] for n in (1, 2) if (z := eigene[f"eltern_{n}_zeile"]) is not None},
            der_person(entscheidung(profile)),
            {p.profil: der_person(einzelheiten(p)) for p in profile},
            _staatsnamen(ablage, stichtag),
        )  # fmt: skip
    finally:
        con.close()


def _saetze(con: duckdb.DuckDBPyConnection, anweisung: str, werte: Satz | None = None) -> list[Satz]:
    ergebnis = con.execute(anweisung, werte or {})
    namen = [d[0] for d in ergebnis.description or []]
    return [dict(zip(namen, z, strict=True)) for z in ergebnis.fetchall()]


def _staatsnamen(ablage: Ablage, stichtag: date) -> dict[str, str]:
    return {z["staat"]: name_am(z, stichtag) for z in read_staaten(gueltig(ablage.roh, "staaten.csv"))}


def _wert(wert: object) -> str:
    return {True: "ja", False: "nein", None: "unbekannt"}[wert] if wert is None or isinstance(wert, bool) else str(wert)


def _text(fall: Fall, profile: list[Profil]) -> Iterator[str]:
    yield f"{fall.kommune}, Stichtag {fall.stichtag}: eine Person des Bestands"
    yield "Nur für den Bildschirm der Statistikstelle; diese Auskunft wird nirgends gespeichert."
    yield "\nMerkmale"
    mit_jahr = {n: JAHRESMERKMALE[n.partition("(")[0]][0] for n in _jahresmerkmale(profile)}
    for name, bedeutung in (MERKMALE | mit_jahr).items():
        yield f"  {name:{BREITE}}  {_wert(fall.merkmale[name]):9}  {bedeutung}"
    yield "\nEltern"
    for n in (1, 2):
        yield f"  {n}. Elternteil: {_elternteil(fall, n)}"
    for profil in profile:
        yield ""
        yield from _definition(fall, profil)


def _jahresmerkmale(profile: list[Profil]) -> list[str]:
    return sorted({n for p in profile for n in jahresmerkmale(p)})


def _rolle(fall: Fall, n: int) -> str:
    rolle = ROLLE.get(fall.eltern[n]["geschlecht"])
    return f"{n}. Elternteil" + (f" ({rolle})" if rolle else "")


def _elternteil(fall: Fall, n: int) -> str:
    if n in fall.eltern:
        rolle = ROLLE.get(fall.eltern[n]["geschlecht"])
        adresse = (
            "gleiche Adresse" if fall.merkmale[f"eltern_{n}_gleiche_adresse"] else "andere oder unbekannte Adresse"
        )
        return (f"{rolle}, " if rolle else "") + f"im Bestand gefunden, {adresse}"
    if fall.person[f"eltern_{n}_zeile"] is not None:
        return "dieselbe Person wie der 1. Elternteil; sie zählt einmal"
    fehlen = fall.person["eltern_genannt"] - sum(fall.person[f"eltern_{m}_zeile"] is not None for m in (1, 2))
    if fehlen == 0:
        return "im Auszug nicht genannt"
    if fehlen == 1 and not fall.eltern:
        return "nicht gefunden (der Auszug nennt nur einen Elternteil, und der gehört nicht zum Bestand)"
    return "im Auszug genannt, gehört aber nicht zum Bestand"


def _definition(fall: Fall, p: Profil) -> Iterator[str]:
    nummer = fall.entschieden[f"regel_{p.profil}"]
    regel, kategorie, name, ergebnis = p.ergebnisse()[nummer]
    marken = [w for w, ja in (("Näherung", p.naeherung), ("Rekonstruktion", p.rekonstruktion)) if ja]
    yield f"{p.profil}, Version {p.version}: {p.titel}" + (f" [{', '.join(marken)}]" if marken else "")
    yield f"  Ergebnis: {ERGEBNIS[ergebnis]}"
    yield f"  Kategorie: {kategorie} ({name})"
    if ergebnis == "mit":
        yield f"  Generation: {GENERATION[fall.entschieden['generation']]}"
    if nummer:
        yield f"  Entscheidende Regel: {nummer}. {regel}, wenn {p.regeln[nummer - 1].wenn.strip()}"
    else:
        yield "  Entscheidende Regel: keine traf zu, daher gilt »sonst«"
    vorher = [f"{n}. {r.regel}" for n, r in enumerate(p.regeln, start=1) if not nummer or n < nummer]
    yield f"  Vorher geprüft, nicht zutreffend: {', '.join(vorher) or 'keine'}"
    yield from _familie(fall, p)
    yield f"  Bezugsland: {_bezugsland(fall, p) if ergebnis == 'mit' else '– (nur bei Personen mit Migrationshintergrund)'}"


def _familie(fall: Fall, p: Profil) -> Iterator[str]:
    e = fall.einzelheiten[p.profil]
    if p.familie is None:
        yield "  Familienregel: keine"
        return
    grenze = f"unter {p.familie.altersgrenze} Jahren" if p.familie.altersgrenze else "jedes Alter"
    adresse = "gleiche Adresse" if p.familie.gleiche_adresse else "jede Adresse"
    yield f"  Familienregel ({grenze}, {adresse}): ein Elternteil zählt, wenn {p.familie.elternteil}"
    for n in fall.eltern:
        zaehlt = ZAEHLT[e[f"elternteil_{n}_zaehlt"]]
        if not e[f"elternteil_{n}_betrachtet"]:
            zaehlt = "wird nicht betrachtet (Alter oder Adresse)"
        yield f"    {_rolle(fall, n)}: {zaehlt}"
    yield "    " + ", ".join(f"{name} {e[name]}" for name in ELTERNMERKMALE)


def _bezugsland(fall: Fall, p: Profil) -> str:
    if not p.bezugsland:
        return "– (diese Definition nennt keine Merkmale dafür)"
    zahl, e = fall.entschieden[f"bezug_{p.profil}"], fall.einzelheiten[p.profil]
    folge = f"Reihenfolge: {', '.join(p.bezugsland)}"
    if zahl == NZO:
        return f"NZO (nicht zuordenbar: kein Merkmal nennt einen Staat; {folge})"
    staat = f"{zahl:03d}"
    quelle = BEZUGSMERKMAL[e["bezug_merkmal"]]
    if e["bezug_merkmal"] == "eltern":
        quelle = f"übernommen vom {_rolle(fall, e['bezug_elternteil'])}"
    return f"{staat} {fall.staaten.get(staat, '')} – {quelle} ({folge})"
