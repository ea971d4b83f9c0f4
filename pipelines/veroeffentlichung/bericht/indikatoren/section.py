"""The report's part on indicators: per Handlungsfeld the latest value, women and men, comparison, verdict, trend, goal.

Belongs here: which indicators and series the part shows, in which order, and the council's summary. Does not belong here:
the series (series.py), one row of the table (entry.py), words and formats (words.py), how a page looks (templates/). Shown is
the municipality as a whole; of several definitions the municipality's first, all others are in the workbook.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

import duckdb

from pipelines.veroeffentlichung.bericht.bemerkungen import load_remarks
from pipelines.veroeffentlichung.bericht.content import INSGESAMT, Definition, Zeile
from pipelines.veroeffentlichung.bericht.indikatoren import words as worte
from pipelines.veroeffentlichung.bericht.indikatoren.content import (
    Eintrag,
    Feldabschnitt,
    Indikatorabschnitt,
    Indikatorreihe,
    Indikatorteil,
    Nennung,
    Schluessel,
)
from pipelines.veroeffentlichung.bericht.indikatoren.entry import eintrag
from pipelines.veroeffentlichung.bericht.indikatoren.series import load_reihen, partnerschluessel
from pipelines.veroeffentlichung.bericht.numbers import datum
from pipelines.veroeffentlichung.bericht.query import rows_of, zeilen
from pipelines.veroeffentlichung.bericht.staaten import load_names_of_states

RAHMEN, WEITERE = "Rahmen", "Weitere Indikatoren"
# Of a pair of groups the first has the row, the other stands beside it.
PAARE = {"deutsche": "auslaender", "ohne_mh": "mit_mh"}
GRUPPENFOLGE = (INSGESAMT, "auslaender", "mit_mh", "deutsche", "ohne_mh")
GRUPPENWOERTER = ("Ausländer", "Migrationshintergrund", "Deutsche")
SUMMENFOLGE = ("verbessert", "verschlechtert", "unveraendert", "nicht_bewertbar", "neutral")


def _gezeigt(reihen: Sequence[Indikatorreihe]) -> list[Indikatorreihe]:
    """Series with a row of their own: first definition, all ages, no single states, of a pair of groups the first."""
    da = {r.schluessel for r in reihen}
    gewaehlt = [
        r
        for r in reihen
        if r.main
        and r.schluessel[3] == INSGESAMT
        and not r.schluessel[2].startswith(worte.STAAT)
        and (r.schluessel[0], r.schluessel[1], PAARE.get(r.schluessel[2], ""), r.schluessel[3]) not in da
    ]
    return sorted(gewaehlt, key=lambda r: (r.letzte["nummer"], GRUPPENFOLGE.index(r.schluessel[2])))


def _zuordnung(con: duckdb.DuckDBPyConnection, kommune: str) -> list[Zeile]:
    """Indicators of the fields of the municipality's latest concept that has any, fields in their order."""
    return rows_of(con, "felder_der_indikatoren", kommune=kommune)


def _quelle(z: Zeile) -> str:
    teile = [z["herkunft"] or z["quelle"], z["lizenz"]]
    if z["nenner_quelle"] and z["nenner_quelle"] != z["quelle"]:
        teile.append(f"Nenner aus {z.get('nenner_herkunft') or z['nenner_quelle']} zum {datum(z['nenner_stichtag'])}")
    if z["fundstelle"]:
        teile.append(f"Fundstelle {z['fundstelle']}")
    return "; ".join(t for t in teile if t)


def _names_of_sources(reihen: Sequence[Indikatorreihe]) -> tuple[str, ...]:
    """Where figures come from, in words alone: each origin once, then each licence once."""
    zeilen = [r.letzte for r in reihen]
    herkunft = [h for z in zeilen for h in (z["herkunft"], z.get("nenner_herkunft")) if h]
    return tuple(dict.fromkeys([*herkunft, *(z["lizenz"] for z in zeilen if z["lizenz"])]))


def _eine(zaehlungen: Sequence[str]) -> str:
    """The count all rows share, or nothing."""
    return zaehlungen[0] if len(set(zaehlungen)) == 1 else ""


def _definition(k: Zeile, zaehlung: str) -> str:
    """The definition of an indicator; of a number of persons also what the count means that is shown."""
    text = worte.ZAEHLUNGSTEXTE.get(zaehlung)
    return f"{k['definition']} Hier {zaehlung}: {text}." if text and k["einheit"] == "anzahl" else str(k["definition"])


def _indikator(
    k: Zeile, alle: Sequence[Indikatorreihe], gezeigt: Mapping[Schluessel, Eintrag], felder: Sequence[Zeile]
) -> Indikatorabschnitt:
    eigene = [r for r in alle if r.schluessel in gezeigt]
    sichtbar = {s for r in eigene for s in (r.schluessel, partnerschluessel(r))}
    staaten = not eigene and all(r.schluessel[2].startswith(worte.STAAT) for r in alle)
    belegt = sorted(eigene, key=lambda r: GRUPPENFOLGE.index(r.schluessel[2])) or [r for r in alle if r.main]
    zaehlung = _eine([gezeigt[r.schluessel].zaehlung for r in belegt if r.schluessel in gezeigt])
    return Indikatorabschnitt(
        kennung=k["indikator"],
        name=benannt(k, zaehlung),
        definition=_definition(k, zaehlung),
        richtung=worte.RICHTUNGEN[k["richtung"]],
        vorschlag=bool(k["formel_vorschlag"]),
        auch_in=tuple(f["name"] for f in felder),
        eintraege=tuple(gezeigt[r.schluessel] for r in belegt if r.schluessel in gezeigt),
        verweis="staaten" if staaten else None,
        quellen=tuple(dict.fromkeys(_quelle(r.letzte) for r in belegt)),
        quellennamen=_names_of_sources(belegt),
        beachten=tuple(k["beachten"] or ()),
        nur_arbeitsmappe=sum(r.schluessel not in sichtbar for r in alle),
    )


def _felder(
    katalog: Mapping[str, Zeile], reihen: Sequence[Indikatorreihe], gezeigt: Mapping[Schluessel, Eintrag],
    zuordnung: Sequence[Zeile],
) -> tuple[Feldabschnitt, ...]:  # fmt: skip
    """Rahmen first, then the fields in the order of the concept, then what belongs to none; every indicator once in full."""
    je: dict[str, list[Indikatorreihe]] = {}
    for r in reihen:
        je.setdefault(r.schluessel[0], []).append(r)
    namen = {z["handlungsfeld"]: z["name"] for z in zuordnung}
    gehoert = {f: [z["indikator"] for z in zuordnung if z["handlungsfeld"] == f] for f in namen}
    rahmen = [i for i in je if katalog[i]["rahmen"]]
    verteilt = {*rahmen, *(i for liste in gehoert.values() for i in liste)}
    plan = [("rahmen", RAHMEN, rahmen), *((f.lower(), namen[f], gehoert[f]) for f in namen)]
    plan.append(("weitere", WEITERE, [i for i in je if i not in verteilt]))
    fertig: dict[str, Indikatorabschnitt] = {}
    felder = []
    for kennung, name, liste in plan:
        neu, verwiesen = [], []
        for i in sorted((i for i in liste if i in je), key=lambda i: katalog[i]["nummer"]):
            if i in fertig:
                verwiesen.append(fertig[i])
                continue
            andere = [z for z in zuordnung if z["indikator"] == i and z["name"] != name]
            fertig[i] = _indikator(katalog[i], je[i], gezeigt, andere)
            neu.append(fertig[i])
        ohne = tuple(sorted(katalog[i]["name"] for i in liste if i not in je))
        if neu or verwiesen or ohne:
            felder.append(Feldabschnitt(kennung, name, tuple(neu), tuple(verwiesen), ohne))
    return tuple(felder)


def benannt(k: Zeile, zaehlung: str) -> str:
    """The name of an indicator; of a number of persons also who counted them: one count is not the other."""
    return worte.kachel(k, zaehlung if k["einheit"] == "anzahl" else "")


def _names_gruppe(k: Zeile) -> bool:
    """Whether the name of an indicator names a group that its figure of all persons is not about."""
    return any(wort in k["name"] for wort in GRUPPENWOERTER) and k.get("hauptgruppe") not in (None, INSGESAMT)


def _zusammenfassung(
    katalog: Mapping[str, Zeile], gezeigt: Mapping[Schluessel, Eintrag]
) -> tuple[tuple[str, tuple[tuple[str, tuple[Nennung, ...]], ...]], ...]:
    """(verdict, ((reason, indicators), …)) for every verdict, also those nobody got.

    A name says its groups where the indicator has several, or where its name alone would say another.
    """
    zahl = Counter(indikator for indikator, *_ in gezeigt)
    fertig = []
    for u in SUMMENFOLGE:
        je_grund: dict[str, dict[tuple[str, str], list[str]]] = {}
        for (indikator, *_), e in gezeigt.items():
            if e.urteil == u:
                k = katalog[indikator]
                genannt = e.gruppe != worte.GRUPPEN[INSGESAMT] or zahl[indikator] > 1 or _names_gruppe(k)
                gruppen = je_grund.setdefault(e.grund, {}).setdefault((benannt(k, e.zaehlung), e.beispiel), [])
                gruppen.append(e.gruppe if genannt else "")
        fertig.append((u, tuple((g, _name_groups(je)) for g, je in sorted(je_grund.items()))))
    return tuple(fertig)


def _name_groups(je_name: Mapping[tuple[str, str], Sequence[str]]) -> tuple[Nennung, ...]:
    return tuple(
        Nennung(f"{name} ({'; '.join(gruppen)})" if any(gruppen) else name, len(gruppen), marke)
        for (name, marke), gruppen in je_name.items()
    )


def load_indikatoren_part(
    con: duckdb.DuckDBPyConnection, kommune: Zeile, definitionen: Sequence[Definition]
) -> Indikatorteil:
    """Everything this part shows of one municipality (a row of dim.kommune)."""
    katalog = {k["indikator"]: k for k in zeilen(con, "from dim.indikator order by nummer")}
    staaten = load_names_of_states(con)
    reihen = load_reihen(con, kommune, definitionen)
    zuordnung = _zuordnung(con, kommune["kommune"])
    je = {r.schluessel: r for r in reihen}
    remarks = load_remarks(con, kommune["kommune"])
    gezeigt = {r.schluessel: eintrag(r, je.get(partnerschluessel(r)), staaten, remarks) for r in _gezeigt(reihen)}
    return Indikatorteil(
        konzept=zuordnung[0]["konzept"] if zuordnung else None,
        konzept_herkunft=zuordnung[0]["herkunft"] if zuordnung else "",
        felder=_felder(katalog, reihen, gezeigt, zuordnung) if reihen else (),
        zusammenfassung=_zusammenfassung(katalog, gezeigt),
        beispiel=sum(bool(e.beispiel) for e in gezeigt.values()),
        gezeigt=len(gezeigt),
        remarks=remarks,
        test=next((str(r.trend["test"]) for r in reihen if r.trend), ""),
        reihen=tuple(reihen),
        staaten=staaten,
        katalog=katalog,
        gezeigte_zeilen=tuple(je[s].letzte for s in gezeigt),
        mindestpunkte=next((int(r.trend["mindestpunkte"]) for r in reihen if r.trend), 0),
    )
