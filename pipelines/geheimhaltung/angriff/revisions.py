"""The record of corrections, as an attacker reads it: what figures were before, of this delivery or of another one.

Belongs here: protokoll.revision. Does not belong here: releases of the archive and other places that tell of earlier states
(releases.py). Of the same delivery an old value is a value of today, wherever it stands: a count is read as such, anything else
(shares, bounds, series) as one more row of its table. Of another delivery counts stand beside those of today.
"""

from copy import copy
from typing import Any

import duckdb

from pipelines.geheimhaltung.angriff.bevoelkerung import ZAHLEN, traeger
from pipelines.geheimhaltung.angriff.indikatoren import NOT_IN_FILE, count_key
from pipelines.geheimhaltung.angriff.read import SPALTEN, Datei
from pipelines.geheimhaltung.angriff.releases import Frueher
from pipelines.geheimhaltung.angriff.system import INS, Groesse, Stelle, System

Revisionen = list[tuple[Any, ...]]
REIHEN, REICHWEITE = "marts.indikator_zeitreihe", "marts.massnahme_reichweite"
# protokoll.revision.tabelle → how the key of a row and a column name an unknown.
FELDER: dict[str, tuple[str, tuple[str, ...]]] = {
    "marts.mh_kategorie": ("K", ("profil", "gebiet_id", "geschlecht", "-", "kategorie", "generation")),
    "marts.definitionsvergleich": ("V", ("profil_a", "gebiet_id", "-", "-", "profil_b", "regel_a", "regel_b")),
    "marts.staatsangehoerigkeit": ("S", ("=", "gebiet_id", "geschlecht", "-", "staat")),
    "marts.staatengruppe": ("SG", ("=", "gebiet_id", "geschlecht", "-", "staatengruppe")),
    "marts.registermerkmal": ("RM", ("=", "gebiet_id", "geschlecht", "-", "merkmal", "auspraegung")),
    "marts.bezugsland": ("B", ("profil", "gebiet_id", "geschlecht", "-", "staat")),
}


def ask_revisionen(con: duckdb.DuckDBPyConnection, d: Datei) -> Revisionen:
    """Corrections of register figures on record: table, key, column, value before, reason, delivery before."""
    return con.execute(
        "select tabelle, schluessel, spalte, try_cast(alt as double) as frueher, grund, lieferung_id_alt "
        "from protokoll.revision where kommune = ? and frueher is not null "
        "and (contains(schluessel, 'stichtag=' || ?::varchar) or contains(schluessel, 'zeitraum=' || ?::varchar)) "
        "and (contains(schluessel, 'quelle=melderegister') or not contains(schluessel, 'quelle=')) order by all",
        [d.kommune, d.stichtag, d.stichtag],
    ).fetchall() + _ask_reichweiten(con, d)


def _ask_reichweiten(con: duckdb.DuckDBPyConnection, d: Datei) -> Revisionen:
    """Sizes of target groups on record that are hidden now: the numerator or denominator of their series."""
    mit = con.execute(f"from {REICHWEITE} where kommune = ? and zielgruppe_stichtag = ?", [d.kommune, d.stichtag])
    namen = [s[0] for s in mit.description]
    verborgen = {}
    for werte in mit.fetchall():
        z = dict(zip(namen, werte, strict=True))
        if z["zielgruppe_groesse"] is None:
            verborgen["; ".join(f"{s}={z[s]}" for s in ("kommune", "konzept", "massnahme_nr", "stand"))] = z
    zeilen = []
    frage = "select schluessel, try_cast(alt as double) from protokoll.revision where tabelle = ? and spalte = ? order by all"
    for schluessel, alt in con.execute(frage, [REICHWEITE, "zielgruppe_groesse"]).fetchall():
        if alt is not None and (da := verborgen.get(schluessel)) is not None:
            reihe = "; ".join(f"{s}={da[s]}" for s in ("indikator", "gebiet_id", "profil", "gruppe", "geschlecht"))
            # Which delivery the register's count was of is not on record: the one of today, until figures contradict that.
            zeilen.append((REIHEN, f"{reihe}; altersgruppe={INS}", da["groesse"], alt, "Zielgruppe", None))
    return zeilen


def of_today(lieferung: str | None, gleiche: str | None) -> bool:
    """Whether a value before is one of today's delivery; one whose delivery is not on record may be."""
    return gleiche is not None and lieferung in (gleiche, None)


def with_revised(d: Datei, revisionen: Revisionen, gleiche: str | None) -> Datei:
    """The file with one more row for each hidden figure, other than a count of a cell, that the record tells of today."""
    neu = copy(d)
    neu.zeilen = d.zeilen.copy()
    for tabelle, schluessel, spalte, alt, _, lieferung in revisionen:
        name, k = tabelle.removeprefix("marts."), _key(schluessel)
        if (
            _cell(d, tabelle, k, spalte) is not None
            or not of_today(lieferung, gleiche)
            or spalte not in SPALTEN.get(name, ())
        ):
            continue
        da = {s: w for s, w in k.items() if s in SPALTEN[name]}
        zeile = next((z for z in d.zeilen[name] if all(str(z.get(s)) == w for s, w in da.items())), None)
        if zeile is None and tabelle == REIHEN:  # out of scope today: hides nothing, but may tell
            zeile = dict.fromkeys(SPALTEN[name]) | da | {"hinweise": [], NOT_IN_FILE: True}
        if zeile is not None and zeile.get(spalte) is None:
            neu.zeilen[name] = [*neu.zeilen[name], zeile | {spalte: alt}]
    return neu


def read_revisionen(s: System, d: Datei, revisionen: Revisionen, gleiche: str | None) -> list[Frueher]:
    """What a count was before; one of the delivery `gleiche` is the count of today."""
    frueher = []
    for tabelle, schluessel, spalte, alt, grund, lieferung in revisionen:
        k, woher = _key(schluessel), f"protokoll.revision ({grund})"
        zelle = _cell(d, tabelle, k, spalte)
        if zelle is None:
            if tabelle == REIHEN and not of_today(lieferung, gleiche):
                frueher += _of_series(s, d, k, spalte, alt, woher)
        elif (i := s.gives(*zelle)) is None:
            continue
        elif of_today(lieferung, gleiche) and not s.fest(i):
            s.read(i, Stelle("protokoll.revision", spalte, schluessel), alt)
        else:
            frueher.append(Frueher(i, alt, woher))
    return frueher


def _of_series(s: System, d: Datei, k: dict[str, str], spalte: str, alt: float, woher: str) -> list[Frueher]:
    """Numerator or denominator of another delivery; a value counts as the numerator it makes with the denominator of today."""
    angaben = d.indikatoren.get(k["indikator"])
    if not angaben or angaben["herleitung"] != "wuerfel" or spalte not in ("zaehler", "nenner", "wert"):
        return []
    seiten = {
        seite: s.gives(*g) if (g := count_key(d, k, angaben[f"{seite}_merkmal"], angaben[f"{seite}_filter"])) else None
        for seite in ("zaehler", "nenner")
        if angaben[f"{seite}_merkmal"]
    }
    ziel = seiten.get("zaehler" if spalte == "wert" else spalte)
    if spalte == "wert":
        nenner = seiten.get("nenner")
        if nenner is None or not s.fest(nenner):
            return []
        alt = alt / angaben["faktor"] * s.unten[nenner]
        if abs(alt - round(alt)) > 1e-6:
            return []
        alt = float(round(alt))
    return [] if ziel is None else [Frueher(ziel, alt, woher)]


def _key(schluessel: str) -> dict[str, str]:
    return dict(t.split("=", 1) for t in schluessel.split("; ") if "=" in t)


def _cell(d: Datei, tabelle: str, k: dict[str, str], spalte: str) -> Groesse | None:
    """The unknown that a column of a row is, if it is the count of a cell."""
    if tabelle == "marts.migrationshintergrund":
        art = dict(ZAHLEN).get(spalte)
        return (art, traeger(art, k["profil"]), k["gebiet_id"], k["geschlecht"], k["altersgruppe"]) if art else None
    if spalte != "personen":
        return None
    if tabelle == "marts.optionskennzeichen":
        return ("OP", k["profil"], d.ags, INS, INS)
    if tabelle not in FELDER:
        return None
    art, felder = FELDER[tabelle]
    return (art, *("-" if f == "=" else INS if f == "-" else k[f] for f in felder))
