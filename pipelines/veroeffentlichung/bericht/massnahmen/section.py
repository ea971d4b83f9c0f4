"""The report's part on the Integrationskonzept: fields, measures, what has not begun and why, changes, duties, papers, funding.

Belongs here: what the tables of this part say, from the published file. Does not belong here: figures of the population
(veroeffentlichung/bericht/tables.py) and how a page looks (vorlagen/). Every state is said in a word, never by a colour alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import duckdb

from pipelines.veroeffentlichung.bericht.content import Zeile
from pipelines.veroeffentlichung.bericht.indikatoren.words import exakt
from pipelines.veroeffentlichung.bericht.massnahmen.values import VEREINBARKEIT, istwerte, vereinbarkeit
from pipelines.veroeffentlichung.bericht.numbers import datum, dezimal
from pipelines.veroeffentlichung.bericht.tables import Reihe, Tabelle

STATUSWORTE = {
    "idee": "Idee", "geplant": "geplant", "begonnen": "begonnen", "laufend": "laufend", "daueraufgabe": "Daueraufgabe",
    "abgeschlossen": "abgeschlossen", "verschoben": "verschoben", "nicht_begonnen": "nicht begonnen",
    "entfallen": "entfallen",
}  # fmt: skip
RISIKOWORTE = {
    "gruen": "grün: im Plan",
    "gelb": "gelb: gefährdet",
    "rot": "rot: weicht ab",
    "grau": "grau: nicht begonnen",
}
AENDERUNGSWORTE = {
    "neu": "neu im Blatt", "entfallen_aus_blatt": "steht nicht mehr im Blatt", "umnummeriert": "neue Nummer",
    "status_zurueck": "Status ging zurück", "korrektur": "früherer Stand berichtigt", "titel_geaendert": "neuer Titel",
}  # fmt: skip
FRISTWORTE = {
    "erledigt": "abgegeben", "faellig_bald": "bald fällig", "ueberfaellig": "überfällig, keine Abgabe vermerkt",
    "offen": "offen", "unbekannt": "unbekannt: ob abgegeben, ist nirgends vermerkt",
    "nicht_bestimmbar": "Termin nicht bestimmbar",
}  # fmt: skip
MONATE = ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
          "Dezember")  # fmt: skip
OHNE_FELD = "-"  # marts.handlungsfeld_fortschritt: measures of no field
OHNE_BEGINN = ("nicht_begonnen", "verschoben", "entfallen")


@dataclass(frozen=True)
class Massnahmenteil:
    """All tables of this part; None where the municipality has nothing of the kind.

    `beispiel`: states are invented; `ganz_beispiel`: all of them.
    """

    beispiel: bool
    ganz_beispiel: bool
    fortschritt: Tabelle | None
    massnahmen: Tabelle | None
    ohne_beginn: Tabelle | None
    aenderungen: Tabelle | None
    berichte: Tabelle | None
    vorlagen: Tabelle | None
    vereinbarkeit: Tabelle | None
    istwerte: Tabelle | None
    foerderung: Tabelle | None

    @property
    def leer(self) -> bool:
        return not any((self.fortschritt, self.massnahmen, self.berichte, self.vorlagen, self.foerderung))


def _zeilen(con: duckdb.DuckDBPyConnection, sql: str, kommune: str) -> list[Zeile]:
    ergebnis = con.execute(sql, [kommune])
    namen = [d[0] for d in ergebnis.description]
    return [dict(zip(namen, z, strict=True)) for z in ergebnis.fetchall()]


def _tabelle(titel: str, kopf: tuple[str, ...], reihen: Iterable[tuple[Any, ...]]) -> Tabelle | None:
    fertig = tuple(Reihe(tuple("–" if z is None or z == "" else str(z) for z in r)) for r in reihen)
    return Tabelle(titel, kopf, fertig) if fertig else None


def _euro(wert: float | None) -> str | None:
    """An amount with its cents where it has any."""
    if wert is None:
        return None
    betrag = exakt(wert)
    return f"{dezimal(betrag, 0 if betrag.denominator == 1 else 2)} €"


def zeitpunkt(tag: date, genauigkeit: str | None) -> str:
    """A day as exactly as the sheet gives it: `2026`, `3. Quartal 2026`, `September 2026`, `01.09.2026`."""
    if genauigkeit == "jahr":
        return str(tag.year)
    if genauigkeit == "quartal":
        return f"{(tag.month + 2) // 3}. Quartal {tag.year}"
    return f"{MONATE[tag.month - 1]} {tag.year}" if genauigkeit == "monat" else datum(tag)


def _zeitraum(z: Zeile) -> str:
    """Begin and end of a measure; a missing one is not invented."""
    beginn, ende = (zeitpunkt(z[k], z[f"{k}_genauigkeit"]) if z[k] else None for k in ("beginn", "ende"))
    if beginn and ende:
        return beginn if beginn == ende else f"{beginn} bis {ende}"
    return f"ab {beginn}" if beginn else f"bis {ende}" if ende else "–"


def load_massnahmen_part(con: duckdb.DuckDBPyConnection, kommune: str) -> Massnahmenteil:
    """Everything this part shows of one municipality; of measures the latest state."""
    massnahmen = _zeilen(
        con,
        "select m.*, h.name as feldname, h.reihenfolge from marts.massnahme as m left join dim.handlungsfeld as h "
        "using (kommune, konzept, handlungsfeld) where m.kommune = ? and m.stand_letzter "
        "order by h.reihenfolge nulls last, m.massnahme_nr",
        kommune,
    )
    fortschritt = _zeilen(
        con,
        "select f.*, coalesce(h.name, f.name) as feldname from marts.handlungsfeld_fortschritt as f "
        "left join dim.handlungsfeld as h using (kommune, konzept, handlungsfeld) where f.kommune = ? "
        "qualify f.stand = max(f.stand) over (partition by f.konzept) order by h.reihenfolge nulls last",
        kommune,
    )
    aenderungen = _zeilen(
        con, "from marts.massnahme_aenderung where kommune = ? order by stand desc, massnahme_nr, art", kommune
    )
    berichte = _zeilen(
        con, "from marts.berichtspflicht where kommune = ? order by faellig_am nulls last, bericht", kommune
    )
    vorlagen = _zeilen(con, "from marts.vorlage where kommune = ? order by datum, vorlage_nr", kommune)
    anteile = _zeilen(
        con,
        f"from marts.indikator_zeitreihe where kommune = ? and indikator in {tuple(VEREINBARKEIT)} and wert is not null "
        "order by stichtag, indikator",
        kommune,
    )
    foerderung = _zeilen(con, "from marts.foerderung where kommune = ? order by programm, jahr, baustein", kommune)
    stand = _staende(massnahmen)
    ohne_feld = sum(m["feldname"] is None and m["status"] != "idee" for m in massnahmen)
    return Massnahmenteil(
        beispiel=any(m["beispieldaten"] for m in massnahmen),
        ganz_beispiel=all(m["beispieldaten"] for m in massnahmen),
        fortschritt=_fortschritt(fortschritt, ohne_feld),
        massnahmen=_tabelle(
            f"Maßnahmen {stand}",
            ("Nr.", "Maßnahme", "Handlungsfeld", "Verantwortlich", "Status", "Ampel", "Zeitraum"),
            (
                (m["massnahme_nr"], m["titel"], m["feldname"] or m["handlungsfeld"], m["verantwortlich"],
                 f"{STATUSWORTE.get(m['status'], m['status'])}{_frist(m)}",
                 RISIKOWORTE.get(m["risiko"], m["risiko"]), _zeitraum(m))
                for m in massnahmen
            ),
        ),
        ohne_beginn=_tabelle(
            "Nicht begonnen, verschoben oder entfallen",
            ("Nr.", "Maßnahme", "Status", "Grund"),
            (
                (m["massnahme_nr"], m["titel"], STATUSWORTE[m["status"]], m["begruendung"] or "ohne Begründung")
                for m in massnahmen
                if m["status"] in OHNE_BEGINN
            ),
        ),
        aenderungen=_tabelle(
            "Änderungen und Korrekturen",
            ("Nr.", "Stand", "Was", "vorher", "nachher", "Begründung"),
            (
                (a["massnahme_nr"], datum(a["stand"]), AENDERUNGSWORTE.get(a["art"], a["art"]),
                 STATUSWORTE.get(a["vorher"], a["vorher"]), STATUSWORTE.get(a["nachher"], a["nachher"]), a["begruendung"])
                for a in aenderungen
            ),
        ),
        berichte=_mit_tag(_tabelle(
            "Berichtspflichten",
            ("Bericht", "fällig am", "Stand", "Gremien", "Regel"),
            (
                (b["titel"], datum(b["faellig_am"]) if b["faellig_am"] else b["grund"], FRISTWORTE.get(b["status"], b["status"]),
                 ", ".join(b["gremien"]), b["regel"])
                for b in berichte
            ),
        ), berichte),
        vorlagen=_tabelle(
            "Ratsvorlagen: Vereinbarkeit mit dem Integrationskonzept",
            ("Vorlage", "Datum", "Titel", "Vereinbarkeit", "Begründung"),
            (
                (f"{v['vorlage_nr']}{' (Beispieldaten)' if v['beispieldaten'] else ''}",
                 datum(v["datum"]) if v["datum"] else None, v["titel"], v["vereinbarkeit"], v["begruendung"])
                for v in vorlagen
            ),
        ),
        vereinbarkeit=vereinbarkeit(anteile),
        istwerte=istwerte(massnahmen, stand),
        foerderung=_tabelle(
            "Förderung, wie die Quelle sie druckt",
            ("Programm, Baustein", "Jahr", "Aufwand", "Ertrag", "Eigenanteil", "Anmerkung"),
            (
                (f"{f['programm']}, {f['titel'] or f['baustein']}", f["jahr"], _euro(f["aufwand"]), _euro(f["ertrag"]),
                 _euro(f["eigenanteil"]), f["anmerkung"])
                for f in foerderung
            ),
        ),
    )  # fmt: skip


def _ausgewertet_am(zeilen: Iterable[Zeile]) -> str:
    """The day that deadlines were held against: that of the last build, not of the reader."""
    tage = [z["ausgewertet_am"] for z in zeilen if z["ausgewertet_am"]]
    return datum(max(tage)) if tage else ""


def _mit_tag(tabelle: Tabelle | None, zeilen: Iterable[Zeile]) -> Tabelle | None:
    """The table with a note on the day that its deadlines were held against."""
    tag = _ausgewertet_am(zeilen)
    satz = f"Fristen sind am {tag} gemessen, dem Tag der Auswertung."
    return replace(tabelle, anmerkungen=(satz,)) if tabelle and tag else tabelle


def _frist(m: Zeile) -> str:
    """Overdue on the day of the sheet, or only since: the sheet says nothing about what happened after it."""
    if m["ueberfaellig"]:
        return ", überfällig"
    tag = _ausgewertet_am([m])
    return f", Ende bis {tag or 'heute'} verstrichen" if m["ueberfaellig_heute"] else ""


def _staende(zeilen: list[Zeile]) -> str:
    """`am 31.12.2021`, or all days where the sheets of several concepts end on different ones."""
    tage = sorted({z["stand"] for z in zeilen})
    return "am " + ", ".join(datum(t) for t in tage) if tage else ""


def _fortschritt(zeilen: list[Zeile], ohne_feld: int) -> Tabelle | None:
    """`ohne_feld`: measures that belong to no field and so are not counted here."""
    tag = _ausgewertet_am(zeilen)
    status = [s for s in STATUSWORTE if s != "idee" and any(z.get(s) for z in zeilen)]
    tabelle = _tabelle(
        f"Umsetzung je Handlungsfeld {_staende(zeilen)}",
        (
            "Handlungsfeld",
            "Maßnahmen",
            *(STATUSWORTE[s] for s in status),
            "ohne Begründung",
            "überfällig am Stand",
            f"Ende bis {tag} verstrichen" if tag else "Ende seitdem verstrichen",
        ),
        (
            (
                z["feldname"],
                z["massnahmen"],
                *(z[s] for s in status),
                z["ohne_begruendung"],
                z["ueberfaellig"],
                z["ueberfaellig_heute"],
            )
            for z in zeilen
            if z["massnahmen"]
        ),
    )
    # A concept whose sheet knows measures without a field has a row of them.
    if tabelle and ohne_feld and not any(z["handlungsfeld"] == OHNE_FELD and z["massnahmen"] for z in zeilen):
        satz = f"Ohne Handlungsfeld und hier nicht gezählt: {ohne_feld} Maßnahme{'n' if ohne_feld > 1 else ''}."
        return replace(tabelle, anmerkungen=(satz,))
    return tabelle
