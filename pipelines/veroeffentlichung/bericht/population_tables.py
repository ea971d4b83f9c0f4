"""The report's tables of the population: key figures, areas, time series, sex, age, states.

Belongs here: which columns a table shows and in which words. Does not belong here: HTML (templates/), the picking of
rows (load.py), number formats (numbers.py), what a table is (table_shape.py).
"""

from collections.abc import Callable, Sequence

from pipelines.veroeffentlichung.bericht.bemerkungen import NONE, Remarks, tell_remarks, tell_staat_remarks
from pipelines.veroeffentlichung.bericht.content import (
    EBENEN_WORTE,
    INSGESAMT,
    REGISTER,
    Bericht,
    Definition,
    Zeile,
)  # fmt: skip
from pipelines.veroeffentlichung.bericht.herkunft import has_number
from pipelines.veroeffentlichung.bericht.numbers import (
    GEHEIM_CODES,
    GESCHLECHT_WORTE,
    LOKATIONSQUOTIENT,
    alter_wort,
    anteil,
    anzahl,
    datum,
    ganz,
    spanne,
    status_wort,
)  # fmt: skip
from pipelines.veroeffentlichung.bericht.orte import fuer_ort, in_ort
from pipelines.veroeffentlichung.bericht.table_shape import Tabelle, TableRow, Zelle

REST = "uebrige"
NIE_ZUGLEICH = (
    "Aus dem Register stehen Zahlen nach Gebiet, nach Geschlecht und nach Alter da, nie nach zweien davon zugleich: wo wenige "
    "Menschen je Gebiet leben, wäre das meiste davon geschützt."
)
EIN_STICHTAG = "Bisher gibt es einen Stichtag; eine Entwicklung zeigt der Bericht ab dem zweiten."


def _stichtag_von(gruppen: Sequence[tuple[Definition, list[Zeile]]]) -> str:
    return datum(gruppen[0][1][0]["stichtag"])


def kennzahlen(b: Bericht) -> Tabelle | None:
    """Persons with MH under each definition, side by side, with the interval the undecidable leave open."""
    reihen = tuple(
        TableRow((
            d.name, datum(z["stichtag"]), anzahl(z, "einwohner"), anzahl(z, "personen_mit_mh"), anteil(z, "anteil_mh"),
            spanne(z), anzahl(z, "unentscheidbar"),
        ))
        for d, z in b.kennzahlen
    )  # fmt: skip
    return Tabelle(
        f"Personen mit Migrationshintergrund {in_ort(b.kommune['name'])} nach Definition",
        ("Definition", "Stichtag", "Einwohner:innen", "Personen mit Migrationshintergrund", "Anteil",
         "mindestens bis höchstens", "nicht entscheidbar"),
        reihen,
        anmerkungen=("Nicht entscheidbar: Dem Register fehlt ein Merkmal, das die Definition braucht. Diese Personen "
                     "zählen im Anteil nicht als Personen mit Migrationshintergrund, aber zu den Einwohner:innen; "
                     "»höchstens« zählt sie alle dazu.",),
    ) if reihen else None  # fmt: skip


def gebiete(b: Bericht, remarks: Remarks = NONE) -> Tabelle | None:
    """All areas under the first definition, by name, the municipality last; with what the sources say of single figures."""
    if not b.gebiete:
        return None
    d, alle = b.gebiete[0]
    zeilen = [z for z in alle if has_number(z) or z["status"] in GEHEIM_CODES]
    ohne = [z["gebiet"] for z in alle if z not in zeilen]
    if all(z["ist_kommune"] for z in zeilen):  # no areas are not a table of areas
        return None
    ebenen = {z["gebietsebene"] for z in zeilen if not z["ist_kommune"] and z["gebiet_id"] != "unbekannt"}
    reihen: list[TableRow] = []
    vorige = None
    for z in zeilen:
        ebene = str(z["gebietsebene"])
        if len(ebenen) > 1 and not z["ist_kommune"] and ebene != vorige:
            reihen.append(TableRow((EBENEN_WORTE.get(ebene, ebene),), zwischentitel=True))
        vorige = ebene
        reihen.append(TableRow(
            (z["gebiet"], anzahl(z, "einwohner"), anzahl(z, "auslaender"), anteil(z, "anteil_auslaender"),
             anzahl(z, "personen_mit_mh"), anteil(z, "anteil_mh"), anteil(z, LOKATIONSQUOTIENT),
             status_wort(z["status"])),
            summe=z["ist_kommune"],
        ))  # fmt: skip
    return Tabelle(
        f"Stadtteile und Gebiete am {_stichtag_von(b.gebiete)}, Definition {d.name}",
        ("Gebiet", "Einwohner:innen", "Ausländer:innen", "Anteil Ausländer:innen", "Personen mit Migrationshintergrund",
         "Anteil mit Migrationshintergrund", "Lokationsquotient", "Status"),
        tuple(reihen),
        anmerkungen=(
            "Lokationsquotient: Anteil im Gebiet geteilt durch den Anteil in der ganzen Kommune. 1,00 heißt: wie im "
            "Durchschnitt; 1,20 heißt: ein Fünftel mehr.",
            *(("Gebiete verschiedener Gliederungsebenen überschneiden sich und dürfen nicht addiert werden.",)
              if len(ebenen) > 1 else ()),
            *((f"Ohne Zahl nach dieser Definition: {', '.join(ohne)}.",) if ohne else ()),
            *tell_remarks(zeilen, remarks, ("einwohner", "auslaender", "personen_mit_mh", "anteil_mh")),
        ),
    )  # fmt: skip


# From here on further definitions show only their share; their counts are in the workbook.
DEFINITIONEN_AUSFUEHRLICH = 2


def _nebeneinander(
    titel: str,
    spaltentitel: str,
    definitionen: Sequence[tuple[str, str]],
    zeilen: Sequence[tuple[str, Sequence[Zeile | None]]],
    anmerkungen: tuple[str, ...] = (),
) -> Tabelle:
    """Definitions side by side. `definitionen`: (letter, name); `zeilen`: (label, one row for each definition)."""
    kompakt = len(definitionen) > DEFINITIONEN_AUSFUEHRLICH
    reihen = []
    for wort, je in zeilen:
        erste = next((z for z in je if z is not None), None)
        zellen: list[Zelle] = [wort, anzahl(erste, "einwohner"), anzahl(erste, "auslaender"),
                               anteil(erste, "anteil_auslaender")]  # fmt: skip
        for i, z in enumerate(je):
            if i == 0 or not kompakt:
                zellen.append(anzahl(z, "personen_mit_mh"))
            zellen.append(anteil(z, "anteil_mh"))
        reihen.append(TableRow(tuple(zellen), summe=wort == INSGESAMT))
    paar = ("Personen mit Migrationshintergrund", "Anteil")
    kopf, gruppen = paar * len(definitionen), tuple((name, 2) for _, name in definitionen)
    if kompakt:
        kopf = (*paar, *(kurz for kurz, _ in definitionen[1:]))
        gruppen = (gruppen[0], ("Anteil nach den anderen Definitionen", len(definitionen) - 1))
        namen = "; ".join(name for _, name in definitionen[1:])
        anmerkungen = (f"{namen}. Ihre Anzahlen stehen in der Arbeitsmappe.", *anmerkungen)
    return Tabelle(
        titel,
        (spaltentitel, "Einwohner:innen", "Ausländer:innen", "Anteil Ausländer:innen", *kopf),
        tuple(reihen),
        gruppen=(("", 4), *gruppen),
        anmerkungen=anmerkungen,
    )


def zeitreihe(b: Bericht, bruchsaetze: tuple[str, ...] = ()) -> Tabelle | None:
    """All Stichtage of the municipality; `bruchsaetze`: what must not be compared, and why."""
    if not b.reihen:
        return None
    return _nebeneinander(
        f"Zeitreihe {fuer_ort(b.kommune['name'])}",
        "Stichtag",
        [(r.kurz, r.name) for r in b.reihen],
        [(datum(tag), [r.am(tag) for r in b.reihen]) for tag in b.stichtage],
        bruchsaetze if len(b.stichtage) > 1 else (EIN_STICHTAG, *bruchsaetze),
    )


def _nach_gruppe(
    b: Bericht, gruppen: list[tuple[Definition, list[Zeile]]], spalte: str, titel: str, wort: Callable[[str], str]
) -> Tabelle | None:
    if not gruppen:
        return None
    schluessel = list(dict.fromkeys(z[spalte] for _, zeilen in gruppen for z in zeilen))
    schluessel.sort(key=lambda s: s == INSGESAMT)
    return _nebeneinander(
        f"{titel} {in_ort(b.kommune['name'])} am {_stichtag_von(gruppen)}",
        titel,
        [(d.buchstabe, d.name) for d, _ in gruppen],
        [(wort(s), [next((z for z in zeilen if z[spalte] == s), None) for _, zeilen in gruppen]) for s in schluessel],
        (NIE_ZUGLEICH,) if b.nie_zugleich else (),
    )


def geschlecht(b: Bericht) -> Tabelle | None:
    """By sex as the register knows it: w, m, d, x, all."""
    return _nach_gruppe(b, b.geschlecht, "geschlecht", "Geschlecht", lambda g: GESCHLECHT_WORTE.get(g, g))


def alter(b: Bericht) -> Tabelle | None:
    """By age group."""
    return _nach_gruppe(b, b.alter, "altersgruppe", "Altersgruppe", alter_wort)


def gezeigte_staaten(b: Bericht) -> list[Zeile]:
    """Rows of the nationalities the page names: the most frequent of all, or those a table names."""
    return b.haeufigste or [z for z in b.staaten if z["staat"] not in (INSGESAMT, REST) and z["personen"] is not None]


def staaten(b: Bericht, remarks: Remarks = NONE, hoechstens: int | None = None) -> Tabelle | None:
    """The most frequent foreign nationalities; of a table that names some all of them, with their rank among these.

    With `hoechstens` no more rows than that.
    """
    genannt = [z for z in b.staaten if z["staat"] not in (INSGESAMT, REST)]
    gezeigt = gezeigte_staaten(b)[:hoechstens]
    if not gezeigt:
        return None
    ort, tag = in_ort(b.kommune["name"]), datum(gezeigt[0]["stichtag"])
    rang = any(z["rang"] is not None for z in gezeigt)
    mit_anteil = any(z["anteil"] is not None for z in gezeigt)
    reihen = tuple(
        TableRow((
            *((ganz(z["rang"]) if z["rang"] is not None else "–",) if rang else ()), z["staat_name"], anzahl(z, "personen"),
            *((anteil(z, "anteil"),) if mit_anteil else ()),
        ))
        for z in gezeigt
    )  # fmt: skip
    anmerkungen = [f"Quelle: {gezeigt[0]['herkunft']}."] if gezeigt[0]["herkunft"] else []
    if gezeigt[0]["quelle"] == REGISTER:
        anmerkungen.append("Wer auch die deutsche Staatsangehörigkeit hat, zählt hier als deutsch.")
    if len(genannt) > len(gezeigt) or any(z["staat"] == REST for z in b.staaten):
        anmerkungen.append("Weitere Staatsangehörigkeiten sind hier nicht einzeln genannt.")
    anmerkungen += tell_staat_remarks(gezeigt, remarks)
    return Tabelle(
        f"Häufigste ausländische Staatsangehörigkeiten {ort} am {tag}" if b.haeufigste
        else f"Staatsangehörigkeiten {ort} am {tag}, wie geliefert",
        (*(("Rang" if b.haeufigste else "Rang unter den genannten",) if rang else ()), "Staatsangehörigkeit", "Personen",
         *(("Anteil an allen Einwohner:innen",) if mit_anteil else ())),
        reihen,
        kopfspalte=1 if rang else 0,
        anmerkungen=tuple(anmerkungen),
    )  # fmt: skip
