"""Inhabitants of an area by age and sex: a pyramid and its table.

Belongs here: both. Does not belong here: the query (sql/queries), formats (numbers.py).
"""

import re
from collections.abc import Sequence

from pipelines.veroeffentlichung.bericht.content import Definition, Zeile
from pipelines.veroeffentlichung.bericht.numbers import Wert, alter_wort, anzahl, datum
from pipelines.veroeffentlichung.bericht.svg import Bild
from pipelines.veroeffentlichung.bericht.table_shape import Tabelle, TableRow

BREITE, ZEILE, MITTE, ZAHL = 520, 24, 110, 58
BALKEN = (BREITE - MITTE) // 2 - ZAHL
OHNE_GRENZE = 999
FARBEN = {"w": "#b3440e", "m": "#12436d"}


def _read_bounds(gruppe: str) -> tuple[int, int]:
    zahlen = [int(n) for n in re.findall(r"\d+", gruppe)]
    return zahlen[0], zahlen[1] if len(zahlen) > 1 else OHNE_GRENZE


def choose_disjoint(gruppen: Sequence[str]) -> list[str]:
    """Age groups that hold no other of them, from young to old: what is counted in a smaller group is drawn there."""
    grenzen = {g: _read_bounds(g) for g in gruppen}
    return sorted(
        (g for g, (u, o) in grenzen.items() if not any(g != h and u <= v and p <= o for h, (v, p) in grenzen.items())),
        key=lambda g: grenzen[g],
    )


def _werte(zeilen: Sequence[Zeile]) -> list[tuple[str, Wert, Wert]]:
    """(age group, women, men) from young to old."""
    je = {(z["altersgruppe"], z["geschlecht"]): z for z in zeilen}
    gruppen = choose_disjoint(list(dict.fromkeys(z["altersgruppe"] for z in zeilen)))
    return [(g, anzahl(je.get((g, "w")), "einwohner"), anzahl(je.get((g, "m")), "einwohner")) for g in gruppen]


def _draw_bar(w: Wert, geschlecht: str, y: int, je_person: float) -> str:
    """A bar from the middle outwards with its number; a protected one hatched, a missing one empty, with its sign."""
    lang = 16.0 if w.zahl is None else round(float(w.zahl) * je_person, 1)
    links = geschlecht == "w"
    innen = (BREITE - MITTE) / 2 if links else (BREITE + MITTE) / 2
    x, zahl = (innen - lang, innen - lang - 5) if links else (innen, innen + lang + 5)
    farbe = FARBEN[geschlecht] if w.zahl is not None else "url(#schraffur)" if w.geschuetzt else "#fff"
    rand = "" if w.zahl is not None else ' stroke="#4a4a4a" stroke-dasharray="3 2"'
    return (
        f'<rect x="{x}" y="{y + 3}" width="{lang}" height="{ZEILE - 6}" fill="{farbe}"{rand}/>'
        f'<text x="{zahl}" y="{y + 17}" text-anchor="{"end" if links else "start"}">{w.text}</text>'
    )


def alter_pyramide(ort: str, zeilen: Sequence[Zeile]) -> Bild | None:
    """Women left, men right, the oldest on top; None without any number."""
    werte = _werte(zeilen)
    gezeigt = [float(w.zahl) for _, *paar in werte for w in paar if w.zahl is not None]
    if not gezeigt:
        return None
    je_person = BALKEN / (max(gezeigt) or 1)
    teile = [
        f'<text x="{(BREITE - MITTE) / 2}" y="15" text-anchor="end">Frauen</text>'
        f'<text x="{(BREITE + MITTE) / 2}" y="15">Männer</text>'
    ]
    for i, (gruppe, frauen, maenner) in enumerate(reversed(werte), start=1):
        y = i * ZEILE
        teile.append(f'<text x="{BREITE / 2}" y="{y + 17}" text-anchor="middle">{alter_wort(gruppe)}</text>')
        teile += [_draw_bar(frauen, "w", y, je_person), _draw_bar(maenner, "m", y, je_person)]
    svg = f'<svg viewBox="0 0 {BREITE} {(len(werte) + 1) * ZEILE}" aria-hidden="true">{"".join(teile)}</svg>'
    geschuetzt = sum(w.geschuetzt for _, *paar in werte for w in paar)
    zusatz = f" Geschützt (schraffiert): {geschuetzt}." if geschuetzt else ""
    wer = f"Einwohner:innen in {ort} nach Alter und Geschlecht"
    return Bild(
        svg,
        f"{wer}, {len(werte)} Altersgruppen.{zusatz} Alle Zahlen stehen in der Tabelle.",
        f"{wer} am {datum(zeilen[0]['stichtag'])}. Die Altersgruppen sind verschieden breit.{zusatz}",
    )


def alter_tabelle(ort: str, definition: Definition, zeilen: Sequence[Zeile]) -> Tabelle | None:
    """Inhabitants and persons with Migrationshintergrund by age, women and men."""
    je = {(z["altersgruppe"], z["geschlecht"]): z for z in zeilen}
    reihen = tuple(
        TableRow((alter_wort(g), frauen, maenner, *(anzahl(je.get((g, s)), "personen_mit_mh") for s in ("w", "m"))))
        for g, frauen, maenner in _werte(zeilen)
    )
    return Tabelle(
        f"{ort}: Alter und Geschlecht am {datum(zeilen[0]['stichtag'])}",
        ("Alter", "Frauen", "Männer", "Frauen", "Männer"), reihen,
        gruppen=(("", 1), ("Einwohner:innen", 2), (f"mit Migrationshintergrund ({definition.name})", 2)),
    ) if reihen else None  # fmt: skip
