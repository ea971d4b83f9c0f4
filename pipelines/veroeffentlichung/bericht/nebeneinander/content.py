"""The places of a folder beside each other: a table for each comparable figure, reasons for the others, two places compared.

Belongs here: rows of the view in words. Does not belong here: which rows are comparable (the view), the page (templates/).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import duckdb

from pipelines.veroeffentlichung.bericht.content import INSGESAMT, Zeile
from pipelines.veroeffentlichung.bericht.herkunft import spalten
from pipelines.veroeffentlichung.bericht.indikatoren import words as worte
from pipelines.veroeffentlichung.bericht.indikatoren.lage import OHNE_RANG
from pipelines.veroeffentlichung.bericht.numbers import ERKLAERUNGEN, KEIN_WERT, ZUSATZ_CODES, Wert, datum, ganz
from pipelines.veroeffentlichung.bericht.query import rows_of
from pipelines.veroeffentlichung.bericht.staaten import load_names_of_states
from pipelines.veroeffentlichung.bericht.table_shape import Tabelle, TableRow, Zelle

ANSICHT = "marts.ort_neben_ort"
KREIS = "kreis"
# What differs first → why two figures may not stand side by side.
GRUENDE = {
    "beispieldaten": "diese Zahl oder die verglichene ist erfunden oder erzeugt",
    "definition": "eine andere Definition",
    "einheit": "eine andere Einheit",
    "bevoelkerung": "eine andere Zählung der Bevölkerung",
    "quelle": "eine andere Quelle",
    "stichtag": "ein anderer Stichtag",
    "allein": "mit dieser Zahl sind die anderen verglichen; keine stimmt mit ihr überein",
}


@dataclass(frozen=True)
class Einzelwert:
    """A place whose figure may not stand beside the others: what it is and what it differs in."""

    ort: str
    wert: str
    stichtag: str
    grund: str


@dataclass(frozen=True)
class Gegenueberstellung:
    """One figure of all places: the comparable ones as a table (None: no two are), the others with the reason."""

    kennung: str
    name: str
    tabelle: Tabelle | None
    einzelne: tuple[Einzelwert, ...]


@dataclass(frozen=True)
class Nebeneinander:
    """The whole page. `paare`: what the choice of two places is made of, one entry for each place and figure."""

    vergleichbar: tuple[Gegenueberstellung, ...]
    nicht: tuple[Gegenueberstellung, ...]
    nur_kreis: tuple[str, ...]
    orte: tuple[tuple[str, str], ...]
    paare: tuple[dict[str, Any], ...]


def load_nebeneinander(con: duckdb.DuckDBPyConnection) -> Nebeneinander | None:
    """What the published file has of at least two places; None where it has nothing of the kind."""
    if not spalten(con, ANSICHT):
        return None
    alle = rows_of(con, "ort_neben_ort")
    namen = load_names_of_states(con)
    profile = dict(con.execute("select profil, titel from dim.profil").fetchall())
    figuren = [
        _make_figure(list(zeilen), namen.heute, profile)
        for _, zeilen in groupby(alle, key=lambda z: (z["nummer"], z["indikator"], z["gruppe"]))
    ]
    if not figuren:
        return None
    insgesamt = [z for z in alle if z["geschlecht"] == INSGESAMT]
    orte = {z["gebiet_id"]: z["gebiet"] for z in insgesamt}
    return Nebeneinander(
        vergleichbar=tuple(f for f in figuren if f.tabelle),
        nicht=tuple(f for f in figuren if not f.tabelle),
        nur_kreis=tuple(
            f"{_title(z, namen.heute)}: {z['gebiet']} {_value(z)} am {datum(z['stichtag'])}"
            for z in rows_of(con, "nur_kreis")
            if not z["staedte"]
        ),
        orte=tuple(sorted(orte.items(), key=lambda o: str(o[1]))),
        paare=tuple(_as_entry(z, namen.heute) for z in insgesamt),
    )


def _value(z: Zeile) -> str:
    """The value with what is to be known of it in words: where it is said, no legend of signs is near."""
    wert = worte.indikatorwert(z)
    zusaetze = [ERKLAERUNGEN[c][0] for c in wert.codes if c in ZUSATZ_CODES]
    return f"{wert.text} ({', '.join(zusaetze)})" if zusaetze else wert.text


def _title(z: Zeile, staaten: Mapping[str, str]) -> str:
    gruppe = worte.gruppe(z["gruppe"], staaten)
    return str(z["name"]) if z["gruppe"] == INSGESAMT else f"{z['name']}: {gruppe}"


def _make_figure(zeilen: Sequence[Zeile], staaten: Any, profile: Mapping[str, str]) -> Gegenueberstellung:
    """One figure; `zeilen`: all its rows, of all places and of women and men."""
    erste = zeilen[0]
    titel = _title(erste, staaten)
    je = {(z["gebiet_id"], z["geschlecht"]): z for z in zeilen}
    alle = [z for z in zeilen if z["geschlecht"] == INSGESAMT]
    gleiche = sorted(
        (z for z in alle if z["vergleichbar"]), key=lambda z: (z["ebene"] == KREIS, -z["wert"], z["gebiet"])
    )
    einzelne = tuple(
        Einzelwert(
            z["gebiet"],
            _value(z),
            datum(z["stichtag"]),
            GRUENDE[z["unterschied"]],
        )
        for z in sorted(alle, key=lambda z: str(z["gebiet"]))
        if not z["vergleichbar"]
    )
    return Gegenueberstellung(
        f"{erste['indikator']}-{erste['gruppe']}".replace(":", "-").replace("_", "-"),
        titel,
        _make_tabelle(titel, gleiche, je, profile) if gleiche else None,
        einzelne,
    )


def _make_tabelle(
    titel: str, zeilen: Sequence[Zeile], je: dict[tuple[Any, Any], Zeile], profile: Mapping[str, str]
) -> Tabelle:
    """The comparable places, the largest figure first; women and men where their own figures are comparable as well."""

    def of(z: Zeile, geschlecht: str) -> Zelle:
        eigene = je.get((z["gebiet_id"], geschlecht))
        passt = (
            eigene and eigene["vergleichbar"] and (eigene["stichtag"], eigene["quelle"]) == (z["stichtag"], z["quelle"])
        )
        return worte.indikatorwert(eigene) if eigene and passt else KEIN_WERT

    mit_geschlecht = any(isinstance(of(z, g), Wert) for z in zeilen for g in ("w", "m"))
    reihen = tuple(
        TableRow((z["gebiet"], worte.indikatorwert(z), *((of(z, "w"), of(z, "m")) if mit_geschlecht else ()),
               ganz(z["rang"]) if z["ebene"] != KREIS else Wert(None, OHNE_RANG)), summe=z["ebene"] == KREIS)
        for z in zeilen
    )  # fmt: skip
    erste = zeilen[0]
    zaehlung = worte.zaehlung(erste)
    quellen = dict.fromkeys(
        [erste["herkunft"] or erste["quelle"], *(z["nenner_herkunft"] for z in zeilen if z["nenner_herkunft"])]
    )
    angaben = [f"{'Quelle' if len(quellen) == 1 else 'Quellen'}: {'; '.join(quellen)}"]
    angaben += [f"gezählt: {zaehlung}"] if zaehlung else []
    angaben += [f"Definition {profile.get(erste['profil'], erste['profil'])}"] if erste["profil"] != "-" else []
    return Tabelle(
        f"{titel} am {datum(erste['stichtag'])}",
        ("Ort", "Wert", *(("Frauen", "Männer") if mit_geschlecht else ()), "Rang"),
        reihen,
        anmerkungen=("; ".join(angaben) + ".", " ".join(_tell_order(zeilen, reihen))),
    )


def _tell_order(zeilen: Sequence[Zeile], reihen: Sequence[TableRow]) -> Iterator[str]:
    """How the rows are sorted, what a rank says, and what of it needs a word here: ties, the Kreis, a dash."""
    yield "Die größte Zahl steht oben. Der Rang ordnet nur nach der Größe der Zahl; er bewertet nichts."
    orte = [(z, r) for z, r in zip(zeilen, reihen, strict=True) if z["ebene"] != KREIS]
    if len({z["rang"] for z, _ in orte}) < len(orte):
        yield "Gleiche Zahlen teilen sich einen Rang; der nächste wird dann übersprungen."
    gedruckt = {(str(r.zellen[1].text), z["rang"]) for z, r in orte if isinstance(r.zellen[1], Wert)}
    if len({text for text, _ in gedruckt}) < len(gedruckt):
        yield "Geordnet ist nach den ungerundeten Zahlen: Auch gleich gedruckte können verschiedene Ränge haben."
    if len(orte) < len(reihen):
        yield "Der Kreis steht zum Vergleich in der letzten Zeile und hat keinen Rang."
    if any(z == KEIN_WERT for r in reihen for z in r.zellen):
        yield "– bei Frauen oder Männern: keine Zahl, die neben die anderen gestellt werden darf."


def _as_entry(z: Zeile, staaten: Any) -> dict[str, Any]:
    """A figure of a place for the choice of two places: shown text, and what must be the same, in the order of reasons."""
    messung = z["quelle"] if z["quelle"] == "melderegister" else z["herkunft"] or z["quelle"]
    return {
        "ort": z["gebiet_id"], "name": _title(z, staaten), "wert": _value(z), "stand": datum(z["stichtag"]),
        "gleich": [z["beispieldaten"], f"{z['profil']} {z['profilversion'] or ''}", z["einheit"], z["bevoelkerung"], messung,
                   datum(z["stichtag"])],
    }  # fmt: skip
