"""The tables of the report's part on the Integrationskonzept: rows of the published file → columns and words.

Belongs here: which columns a table shows. Does not belong here: the queries (section.py), single words (words.py), targets
and Vereinbarkeit (values.py).
"""

from collections.abc import Iterable
from dataclasses import replace

from pipelines.veroeffentlichung.bericht.content import Zeile
from pipelines.veroeffentlichung.bericht.massnahmen.concept import auswirkungen, make_tabelle
from pipelines.veroeffentlichung.bericht.massnahmen.words import (
    AENDERUNGSWORTE,
    AMPEL,
    FRISTWORTE,
    LAEUFT_NICHT,
    RISIKOWORTE,
    STATUSWORTE,
    ausgewertet_am,
    euro,
    frist,
    staende,
    tell_decision,
    zeitraum,
)
from pipelines.veroeffentlichung.bericht.numbers import datum
from pipelines.veroeffentlichung.bericht.table_shape import Tabelle

OHNE_FELD = "-"  # marts.handlungsfeld_fortschritt: measures of no field
KENNUNG_OHNE_BEGINN = "ohne-beginn"
OHNE_BEGINN = LAEUFT_NICHT


def massnahmentabelle(massnahmen: list[Zeile], stand: str) -> Tabelle | None:
    """All measures, with their state in words; the decision they rest on where any names one."""
    beschlossen = any(tell_decision(m) for m in massnahmen)
    tabelle = make_tabelle(
        f"Maßnahmen {stand}",
        ("Nr.", "Maßnahme", "Handlungsfeld", "Verantwortlich", "Status", "Ampel", "Zeitraum",
         *(("Beruht auf",) if beschlossen else ())),
        (
            (m["massnahme_nr"], m["titel"], m["feldname"] or m["handlungsfeld"], m["verantwortlich"],
             f"{STATUSWORTE.get(m['status'], m['status'])}{frist(m)}",
             RISIKOWORTE.get(m["risiko"], m["risiko"]), zeitraum(m), *((tell_decision(m),) if beschlossen else ()))
            for m in massnahmen
        ),
    )  # fmt: skip
    return replace(tabelle, anmerkungen=(AMPEL,)) if tabelle else None


def tabelle_ohne_beginn(massnahmen: list[Zeile]) -> Tabelle | None:
    """What was not begun, postponed or dropped, with the reason."""
    tabelle = make_tabelle(
        "Nicht begonnen, verschoben oder entfallen",
        ("Nr.", "Maßnahme", "Status", "Grund"),
        (
            (m["massnahme_nr"], m["titel"], STATUSWORTE[m["status"]], m["begruendung"] or "ohne Begründung")
            for m in massnahmen
            if m["status"] in OHNE_BEGINN
        ),
    )
    return replace(tabelle, kennung=KENNUNG_OHNE_BEGINN) if tabelle else None


def aenderungstabelle(aenderungen: list[Zeile]) -> Tabelle | None:
    """What a later sheet says differently."""
    return make_tabelle(
        "Änderungen und Korrekturen",
        ("Nr.", "Stand", "Was", "vorher", "nachher", "Begründung"),
        (
            (a["massnahme_nr"], datum(a["stand"]), AENDERUNGSWORTE.get(a["art"], a["art"]),
             STATUSWORTE.get(a["vorher"], a["vorher"]), STATUSWORTE.get(a["nachher"], a["nachher"]), a["begruendung"])
            for a in aenderungen
        ),
    )  # fmt: skip


def berichtstabelle(berichte: list[Zeile]) -> Tabelle | None:
    """Which reports are due, to whom, by which rule."""
    return _mit_tag(make_tabelle(
        "Berichtspflichten",
        ("Bericht", "fällig am", "Status", "Gremien", "Regel"),
        (
            (b["titel"], " – ".join(filter(None, (b["faellig_am"] and datum(b["faellig_am"]), b["grund"]))),
             FRISTWORTE.get(b["status"], b["status"]), ", ".join(b["gremien"]), b["regel"])
            for b in berichte
        ),
    ), berichte)  # fmt: skip


def vorlagentabelle(vorlagen: list[Zeile]) -> Tabelle | None:
    """The council's papers and whether they agree with the concept."""
    return make_tabelle(
        "Ratsvorlagen: Auswirkungen und Vereinbarkeit mit dem Integrationskonzept",
        ("Vorlage", "Datum", "Titel", "Auswirkung finanziell, personell, organisatorisch", "Vereinbarkeit", "Begründung"),
        (
            (f"{v['vorlage_nr']}{' (Beispieldaten)' if v['beispieldaten'] else ''}",
             datum(v["datum"]) if v["datum"] else None, v["titel"], auswirkungen(v), v["vereinbarkeit"] or "nicht eingestuft",
             v["begruendung"])
            for v in vorlagen
        ),
    )  # fmt: skip


def posts(f: Zeile) -> str | None:
    """Posts as the source counts them, and whether they end."""
    zahl = f"{euro(f['vzae'])}".removesuffix(" €") + " VZÄ" if f["vzae"] is not None else f["stellen"]
    if zahl is None:
        return None
    return f"{zahl}{'' if f['befristet'] is None else ', befristet' if f['befristet'] else ', unbefristet'}"


def foerdertabelle(foerderung: list[Zeile]) -> Tabelle | None:
    """What was paid, as the source prints it."""
    return make_tabelle(
        "Förderung, wie die Quelle sie druckt",
        ("Programm, Baustein", "Jahr", "Aufwand", "Ertrag", "Eigenanteil", "Stellen", "Mittelherkunft", "Anmerkung"),
        (
            (f"{f['programm']}, {f['titel'] or f['baustein']}", f["jahr"], euro(f["aufwand"]), euro(f["ertrag"]),
             euro(f["eigenanteil"]), posts(f), f["mittelherkunft"], f["anmerkung"])
            for f in foerderung
        ),
    )  # fmt: skip


def _mit_tag(tabelle: Tabelle | None, zeilen: Iterable[Zeile]) -> Tabelle | None:
    """The table with a note on the day that its deadlines were held against."""
    tag = ausgewertet_am(zeilen)
    satz = f"Fristen sind am {tag} gemessen, dem Tag der Auswertung."
    return replace(tabelle, anmerkungen=(satz,)) if tabelle and tag else tabelle


def fortschrittstabelle(zeilen: list[Zeile], ohne_feld: int) -> Tabelle | None:
    """`ohne_feld`: measures that belong to no field and so are not counted here."""
    tag = ausgewertet_am(zeilen)
    status = [s for s in STATUSWORTE if s != "idee" and any(z.get(s) for z in zeilen)]
    tabelle = make_tabelle(
        f"Umsetzung je Handlungsfeld {staende(zeilen)}",
        (
            "Handlungsfeld",
            "Maßnahmen",
            *(STATUSWORTE[s] for s in status),
            "ohne Begründung",
            "überfällig am Stand",
            f"Ende vor dem {tag} verstrichen" if tag else "Ende seitdem verstrichen",
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
