"""How a measure's state is said: words for status, risk, change and deadline, times and amounts.

Belongs here: formats and words. Does not belong here: which tables they stand in (tables.py). Every state is
said in a word, never by a colour alone.
"""

from collections.abc import Iterable
from datetime import date

from pipelines.veroeffentlichung.bericht.content import Zeile
from pipelines.veroeffentlichung.bericht.indikatoren.words import exakt
from pipelines.veroeffentlichung.bericht.numbers import datum, dezimal

STATUSWORTE = {
    "idee": "Idee", "geplant": "geplant", "begonnen": "begonnen", "laufend": "laufend", "daueraufgabe": "Daueraufgabe",
    "abgeschlossen": "abgeschlossen", "verschoben": "verschoben", "nicht_begonnen": "nicht begonnen",
    "entfallen": "entfallen",
}  # fmt: skip
# The traffic light of the sheet: what its colours say. Grey says that nothing runs, whatever the status is called.
RISIKOWORTE = {
    "gruen": "grün: im Plan",
    "gelb": "gelb: gefährdet",
    "rot": "rot: weicht vom Plan ab",
    "grau": "grau: läuft nicht",
}
AMPEL = (
    "Ampel: grün – im Plan; gelb – gefährdet; rot – weicht vom Plan ab; grau – läuft nicht. Sie ist die Einschätzung der "
    "Verantwortlichen und steht neben dem Status, nicht an seiner Stelle."
)
IDEE = "»Idee«: noch keine Maßnahme; sie zählt in den Übersichten nicht mit."
LAEUFT_NICHT = ("nicht_begonnen", "verschoben", "entfallen")
AENDERUNGSWORTE = {
    "neu": "neu im Blatt", "entfallen_aus_blatt": "steht nicht mehr im Blatt", "umnummeriert": "neue Nummer",
    "status_zurueck": "Status ging zurück", "korrektur": "früherer Stand berichtigt", "titel_geaendert": "neuer Titel",
}  # fmt: skip
FRISTWORTE = {
    "erledigt": "abgegeben", "faellig_bald": "bald fällig", "ueberfaellig": "überfällig, keine Abgabe vermerkt",
    "offen": "offen", "unbekannt": "unbekannt: ob abgegeben, ist nirgends vermerkt",
    "nicht_bestimmbar": "Termin nicht bestimmbar",
}  # fmt: skip
WIRKUNGSWORTE = {
    "erfolgreich": "erfolgreich",
    "teilweise": "teilweise",
    "nicht": "nicht erfolgreich",
    "noch_offen": "noch offen",
}
MEILENSTEINWORTE = {"erreicht": "erreicht", "offen": "offen", "ueberfaellig": "überfällig"}
MONATE = ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
          "Dezember")  # fmt: skip


def euro(wert: float | None) -> str | None:
    """An amount with its cents where it has any."""
    if wert is None:
        return None
    betrag = exakt(wert)
    return f"{dezimal(betrag, 0 if betrag.denominator == 1 else 2)} €"


def tell_years(von: int, bis: int) -> str:
    """`2024` or `2023–2024`."""
    return str(von) if von == bis else f"{von}–{bis}"


def tell_costs(m: Zeile) -> str | None:
    """What a measure cost, with the tell_years it is the sum of: amounts of different tell_years are not one thing."""
    if (betrag := euro(m["kosten"])) is None or m["kosten_von"] is None:
        return betrag
    von, bis, anzahl = m["kosten_von"], m["kosten_bis"], m["kosten_jahre"]
    luecke = f"{anzahl} Jahre aus " if anzahl < bis - von + 1 else ""
    return f"{betrag} ({luecke}{tell_years(von, bis)})"


def zeitpunkt(tag: date, genauigkeit: str | None) -> str:
    """A day as exactly as the sheet gives it: `2026`, `3. Quartal 2026`, `September 2026`, `01.09.2026`."""
    if genauigkeit == "jahr":
        return str(tag.year)
    if genauigkeit == "quartal":
        return f"{(tag.month + 2) // 3}. Quartal {tag.year}"
    if genauigkeit == "halbjahr":
        return f"{(tag.month + 5) // 6}. Halbjahr {tag.year}"
    return f"{MONATE[tag.month - 1]} {tag.year}" if genauigkeit == "monat" else datum(tag)


def zeitraum(z: Zeile) -> str:
    """Begin and end of a measure; a missing one is not invented."""
    beginn, ende = (zeitpunkt(z[k], z[f"{k}_genauigkeit"]) if z[k] else None for k in ("beginn", "ende"))
    if beginn and ende:
        return beginn if beginn == ende else f"{beginn} bis {ende}"
    return f"ab {beginn}" if beginn else f"bis {ende}" if ende else "–"


def tell_decision(m: Zeile) -> str | None:
    """The paper a measure rests on, and the day it was decided."""
    teile = (
        m["vorlage_nr"] and f"Vorlage {m['vorlage_nr']}",
        m["beschluss_am"] and f"Beschluss {datum(m['beschluss_am'])}",
    )
    return ", ".join(filter(None, teile)) or None


def ausgewertet_am(zeilen: Iterable[Zeile]) -> str:
    """The day that deadlines were held against: that of the last build, not of the reader."""
    tage = [z["ausgewertet_am"] for z in zeilen if z["ausgewertet_am"]]
    return datum(max(tage)) if tage else ""


def frist(m: Zeile) -> str:
    """Overdue on the day of the sheet, or only since: the sheet says nothing about what happened after it."""
    if m["ueberfaellig"]:
        return ", überfällig"
    tag = ausgewertet_am([m])
    return f", Ende vor {f'dem {tag}' if tag else 'heute'} verstrichen" if m["ueberfaellig_heute"] else ""


def state(m: Zeile) -> str:
    """Status, deadline and traffic light in words; grey adds nothing to a status that says that nothing runs."""
    wort = STATUSWORTE.get(m["status"], m["status"])
    ampel = "" if m["risiko"] == "grau" and m["status"] in LAEUFT_NICHT else RISIKOWORTE.get(m["risiko"], "")
    return f"{wort}{frist(m)}" + (f"; Ampel {ampel}" if ampel else "")


def staende(zeilen: list[Zeile]) -> str:
    """`am 31.12.2021`, or all days where the sheets of several concepts end on different ones."""
    tage = sorted({z["stand"] for z in zeilen})
    return "am " + ", ".join(datum(t) for t in tage) if tage else ""
