"""All measures of the concept's chapters as one table on paper: state, reason, money, what was reached.

Belongs here: that table from the tables of the chapters. Does not belong here: what a cell says (kapitel.py), which measures an
extract has (build.py).
"""

import re
from collections.abc import Sequence

from pipelines.veroeffentlichung.bericht.kapitel import Kapitel
from pipelines.veroeffentlichung.bericht.massnahmen.words import AMPEL, IDEE, STATUSWORTE
from pipelines.veroeffentlichung.bericht.numbers import KEIN_WERT, Wert
from pipelines.veroeffentlichung.bericht.table_shape import Tabelle, TableRow

ALLE = "Maßnahmen nach Handlungsfeldern"
KOPF = ("Nr.", "Maßnahme", "Status", "Ampel", "Grund", "Aufwand", "Erreicht")
KOSTEN, AUFWAND = "Kosten ", "Aufwand "  # before an amount (kapitel.py)
WORT, KURZ = "Ampel", "Ende verstrichen"
VERSTRICHEN = re.compile(r", Ende vor dem (\d\d\.\d\d\.\d{4}) verstrichen")  # massnahmen/words.py, frist
AUS = ("Nr.", "Maßnahme", "Status", "Grund", "Geld")  # columns of a chapter's table


def make_measure_table(kapitel: Sequence[Kapitel]) -> Tabelle | None:
    """One row a measure below the name of its chapter; None without measures."""
    reihen: list[TableRow] = []
    tage: set[str] = set()
    marken = {k.massnahmen.marke for k in kapitel if k.massnahmen}
    for k in kapitel:
        if not (t := k.massnahmen):
            continue
        marke = f" ({t.marke})" if t.marke and len(marken) > 1 else ""
        reihen.append(TableRow((f"{k.name}{marke}",), zwischentitel=True))
        stellen = [t.kopf.index(s) for s in AUS]
        for r in t.reihen:
            nummer, titel, status, grund, mittel = (str(r.zellen[i]) for i in stellen)
            wort, _, ampel = status.partition(f"; {WORT} ")
            tage |= set(VERSTRICHEN.findall(wort))
            kurz = VERSTRICHEN.sub(f"; {KURZ}", wort)
            farbe = ampel.partition(":")[0] or KEIN_WERT
            reihen.append(TableRow((nummer, titel, kurz, farbe, grund, _tell_expense(mittel), _tell_reached(t, r))))
    if not reihen:
        return None
    anmerkungen = (
        *((AMPEL,) if any(r.zellen[3] != KEIN_WERT for r in reihen if not r.zwischentitel) else ()),
        *(f"»{KURZ}«: Das geplante Ende lag vor dem {tag}, dem Tag der Auswertung; was seit dem Stand des Blatts geschah, ist "
          "nicht gemeldet." for tag in sorted(tage)),
        *((IDEE,) if any(r.zellen[2] == STATUSWORTE["idee"] for r in reihen if not r.zwischentitel) else ()),
    )  # fmt: skip
    return Tabelle(
        ALLE, KOPF, tuple(reihen), anmerkungen=anmerkungen, marke=next(iter(marken)) if len(marken) == 1 else ""
    )


def _tell_expense(mittel: str) -> str:
    """The costs, else the expense alone: income and own share stand in the table of money."""
    teile = mittel.split("; ")
    return next((m.removeprefix(w) for w in (KOSTEN, AUFWAND) for m in teile if m.startswith(w)), KEIN_WERT)


def _tell_reached(t: Tabelle, r: TableRow) -> str:
    """`59 – Beratungen (Frauen 31, Männer 28)`: how many, of what, and of persons how many women and men."""
    gezaehlt, frauen, maenner, alle = (r.zellen[t.kopf.index(s)] for s in ("Gezählt", "Frauen", "Männer", "insgesamt"))
    if not isinstance(alle, Wert) or alle.text == KEIN_WERT:
        return KEIN_WERT
    wovon = f" – {gezaehlt}" if gezaehlt != KEIN_WERT else ""
    teile = [
        f"{wort} {z.text}"
        for wort, z in (("Frauen", frauen), ("Männer", maenner))
        if isinstance(z, Wert) and _is_number(z)
    ]
    return f"{alle.text}{wovon}" + (f" ({', '.join(teile)})" if teile else "")


def _is_number(z: Wert) -> bool:
    return z.zahl is not None or z.geschuetzt
