"""The parts of a municipality's report → the sections of a council paper.

Belongs here: which sentences, tables and pictures stand in a section. Does not belong here: the head (choice.py), what the
sentences and tables say (bericht), sections on the population (population_sections.py), the files (word.py, paged.py).
"""

from collections.abc import Callable, Collection, Mapping, Sequence

import duckdb

from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.veroeffentlichung.bericht.aussagen.content import as_text
from pipelines.veroeffentlichung.bericht.aussagen.sprachen import fill_page, load_page_texts
from pipelines.veroeffentlichung.bericht.aussagen.translation import DEUTSCH, Translation
from pipelines.veroeffentlichung.bericht.bemerkungen import WORT
from pipelines.veroeffentlichung.bericht.indikatoren.differences import ERKLAERUNG as ROUNDED
from pipelines.veroeffentlichung.bericht.indikatoren.differences import GEDRUCKT
from pipelines.veroeffentlichung.bericht.kapitel import Kapitel
from pipelines.veroeffentlichung.bericht.ohne_zahlen import missing_chapters
from pipelines.veroeffentlichung.bericht.page import draw_pictures
from pipelines.veroeffentlichung.bericht.parts import Teile
from pipelines.veroeffentlichung.bericht.query import zeilen
from pipelines.veroeffentlichung.bericht.ratsvorlage import population_sections
from pipelines.veroeffentlichung.bericht.ratsvorlage.arten import Vorlagenteil
from pipelines.veroeffentlichung.bericht.ratsvorlage.choice import Vorlagenwahl, build_kopf
from pipelines.veroeffentlichung.bericht.ratsvorlage.content import (
    Absatz,
    Abschnitt,
    Block,
    Liste,
    Papier,
    Satz,
)
from pipelines.veroeffentlichung.bericht.ratsvorlage.indicator_table import make_indicator_table
from pipelines.veroeffentlichung.bericht.ratsvorlage.material import UEBRIGE, Material, tell_section
from pipelines.veroeffentlichung.bericht.ratsvorlage.measure_table import make_measure_table
from pipelines.veroeffentlichung.bericht.ratsvorlage.money import build_money
from pipelines.veroeffentlichung.bericht.ratsvorlage.narrow import (
    drop_empty_columns,
    keep_fields,
    keep_measures,
    pick_columns,
    pull_mark,
)
from pipelines.veroeffentlichung.bericht.ratsvorlage.reword import word_paper
from pipelines.veroeffentlichung.bericht.sections import nothing_published

ERGEBNIS = (
    "Nr.",
    "Maßnahme",
    "Status",
    "Kosten",
    "Teilnehmende",
    "Frauen",
    "Männer",
    "Ziel erreicht",
    "Bewertung der Wirkung",
)
BERICHTE = ("Bericht", "fällig am", "Status", "Gremien")
MEILENSTEINE = ("Nr.", "Meilenstein", "geplant bis", "Status")
BELEG = ("Quelle", "Stichtag", "Stand", "Hinweis", WORT)  # what of a sentence's evidence stands on paper
MARKEN = "Ein Punkt (•) steht für eine geschützte Zahl, ein Strich (–) für eine, die es nicht gibt; keine von beiden ist null."
OHNE_ANGABEN = "Wozu es keine Angaben gibt"
OHNE_STAND = "Zu den Maßnahmen ist kein Stand gemeldet."
BEISPIEL = (
    "Diese Vorlage enthält erzeugte oder erfundene Beispieldaten; sie sind gekennzeichnet und keine Zahlen der Kommune."
)


def build_ratsvorlage(
    con: duckdb.DuckDBPyConnection,
    t: Teile,
    wahl: Vorlagenwahl,
    geprueft: Sequence[str],
    worte: Translation | None = None,
) -> Papier:
    """The paper that was ordered. `geprueft`: the sentences on what stood before publication; `worte`: those of its
    language, to be asked afterwards what it found nothing for.

    Raises: KonfigurationsFehler for a field or body the concept does not name.
    """
    stoff = _collect(con, t, wahl)
    abschnitte = [a for teil in wahl.art.teile for a in SECTIONS[teil](stoff)]
    if not t.konzept.leer:
        mittel = drop_empty_columns(keep_measures(t.konzept.mittel, stoff.nummern))
        abschnitte.append(build_money(con, t, pull_mark(mittel) if mittel else None))
    gerundet = [ROUNDED] if GEDRUCKT.search(repr(abschnitte)) else []
    abschnitte += [_tell_method(stoff, [*gerundet, *geprueft]), _tell_annexes(stoff)]
    abschnitte = _gather_empty(abschnitte)
    marke = BEISPIEL if t.b.erzeugte or t.konzept.beispiel else ""
    papier = Papier(build_kopf(con, t.b, wahl), tuple(abschnitte), marke)
    return papier if wahl.sprache == DEUTSCH else word_paper(papier, worte or Translation(wahl.sprache))


def _collect(con: duckdb.DuckDBPyConnection, t: Teile, wahl: Vorlagenwahl) -> Material:
    bilder, ganz = draw_pictures(t), Vorlagenteil.bevoelkerung in wahl.art.teile
    if not wahl.felder:
        return Material(t, bilder, t.kapitel, None, None, wahl.sprache, wahl.art.knapp, ganz)
    kurz = t.b.kommune["kommune"]
    felder = zeilen(con, "from dim.handlungsfeld where kommune = ? order by konzept, reihenfolge", kurz)
    bekannt = {str(f["handlungsfeld"]) for f in felder}
    if fremd := sorted(set(wahl.felder) - bekannt):
        raise KonfigurationsFehler(
            f"--handlungsfeld {fremd[0]}: das Konzept von {kurz} nennt kein solches Handlungsfeld. "
            f"Erwartet: {', '.join(sorted(bekannt)) or 'keines ist genannt'}."
        )
    namen = {str(f["name"]) for f in felder if f["handlungsfeld"] in wahl.felder}
    nummern = {
        str(m["massnahme_nr"])
        for m in zeilen(con, "from marts.massnahme where kommune = ?", kurz)
        if m["handlungsfeld"] in wahl.felder
    }
    gewaehlt = [k for k in t.kapitel if k.name.split(" (")[0] in namen]
    return Material(t, bilder, gewaehlt, namen, nummern, wahl.sprache, wahl.art.knapp, ganz)


def _gather_empty(abschnitte: Sequence[Abschnitt]) -> list[Abschnitt]:
    """Sections that have nothing as one list before the method, each with its reason: they are no chapters of their own."""
    leere = tuple(f"{a.titel}: {a.leer}" for a in abschnitte if a.leer)
    da = [a for a in abschnitte if not a.leer]
    return [*da[:-2], *([Abschnitt(OHNE_ANGABEN, (Liste(leere),))] if leere else []), *da[-2:]]


def _tell_wichtigstes(s: Material) -> list[Abschnitt]:
    saetze = [
        Satz(
            as_text(a.tell(s.sprache)),
            "; ".join(f"{wort}: {text}" for wort, text in a.beleg if wort in BELEG and text),
            a.marke,
        )
        for a in s.t.aussagen
    ]
    ort = s.t.b.kommune["name"]
    if s.sprache == DEUTSCH:
        return tell_section(Vorlagenteil.wichtigstes, *(saetze or (Absatz(nothing_published(ort)),)))
    texte = load_page_texts(s.sprache)
    leer = [] if saetze else [Absatz(fill_page(texte["leer"], ort=ort), fertig=True)]
    hinweise = [Absatz(texte[name], klein=True, fertig=True) for name in ("entwurf", "namen")]
    return tell_section(Vorlagenteil.wichtigstes, *saetze, *leer, *hinweise)


def _tell_handlungsfelder(s: Material) -> list[Abschnitt]:
    """One section below another for each field that has a figure: its goals, its indicators."""
    gewaehlt = [k for k in s.kapitel if k.feld and k.feld.indikatoren and (s.rahmen or k.feld.name not in UEBRIGE)]
    unter = [Abschnitt(k.name, (*_tell_goals(k), make_indicator_table(k.feld)), unter=True) for k in gewaehlt if k.feld]
    if not unter:
        return tell_section(Vorlagenteil.handlungsfelder)
    satz = (
        "Je Indikator stehen hier höchstens zwei Gruppen; alle Reihen, die Gebiete und was bei jedem Indikator zu beachten ist, "
        "nennt der Bericht."
    )
    return [Abschnitt(Vorlagenteil.handlungsfelder.value, (Absatz(satz),)), *unter]


def _tell_goals(k: Kapitel) -> tuple[Block, ...]:
    return (Absatz("Leitziele:"), Liste(tuple(z.text for z in k.leitziele), namen=True)) if k.leitziele else ()


def _tell_umsetzung(s: Material) -> list[Abschnitt]:
    tabelle = keep_fields(drop_empty_columns(s.t.konzept.fortschritt), s.feldnamen)
    return tell_section(Vorlagenteil.umsetzung, tabelle, sonst=OHNE_STAND)


def _tell_massnahmen(s: Material) -> list[Abschnitt]:
    """Every measure with its state, reason, money and what it reached."""
    return tell_section(Vorlagenteil.massnahmen, drop_empty_columns(make_measure_table(s.kapitel)), sonst=OHNE_STAND)


def _tell_measures(
    teil: Vorlagenteil, name: str, spalten: Collection[str] | None, sonst: str
) -> Callable[[Material], list[Abschnitt]]:
    """The section that shows one table of the measures."""

    def build(s: Material) -> list[Abschnitt]:
        tabelle = keep_measures(getattr(s.t.konzept, name), s.nummern)
        return tell_section(
            teil, drop_empty_columns(pick_columns(tabelle, spalten) if spalten else tabelle), sonst=sonst
        )

    return build


def _tell_luecken(s: Material) -> list[Abschnitt]:
    luecken = missing_chapters(s.kapitel, s.t.indikatoren.katalog)
    punkte = tuple(
        f"{x.name} ({'für weitere Indikatoren ' if x.teilweise else ''}gebraucht: {x.gebraucht})"
        for x in luecken
        if x.gebraucht
    )
    return tell_section(
        Vorlagenteil.luecken, Liste(punkte) if punkte else None, sonst="Welche Zahlen noch fehlen, nennt der Bericht."
    )


def _tell_sources(s: Material) -> Absatz | None:
    texte = "; ".join(h.text + (f" ({h.marke})" if h.marke else "") for h in s.t.b.herkunft)
    return Absatz(f"Quellen: {texte}.", klein=True) if texte else None


def _tell_method(s: Material, saetze: Sequence[str]) -> Abschnitt:
    """What a reader must know of the figures: definitions, sources, protection, the release they are of."""
    erste = next(iter(s.t.b.definitionen), None)
    weitere = ", ".join(d.name for d in s.t.b.definitionen[1:])
    quellen = _tell_sources(s)
    return Abschnitt(
        "Quellen und Methode",
        tuple(x for x in (
            Absatz(f"Definition {erste.name}: {erste.beschreibung}") if erste else None,
            Absatz(f"Weitere Definitionen, deren Zahlen nicht mit diesen vergleichbar sind, erklärt der Bericht: {weitere}.",
                   klein=True)
            if weitere else None,
            quellen,
            Absatz(f"Alle Zahlen: Veröffentlichung {s.t.b.veroeffentlichung or '–'}. {MARKEN}", klein=True),
            *(Absatz(satz, klein=True) for satz in saetze),
        ) if x),
    )  # fmt: skip


def _tell_annexes(s: Material) -> Abschnitt:
    kurz = s.t.b.kommune["kommune"]
    return Abschnitt("Anlagen", (Liste((
        f"Bericht mit allen Tabellen und Bildern ({kurz}.html)", f"Arbeitsmappe ({kurz}.xlsx)",
        f"Daten als CSV mit Beschreibung ({kurz}.zip)",
    )),))  # fmt: skip


SECTIONS: Mapping[Vorlagenteil, Callable[[Material], list[Abschnitt]]] = {
    Vorlagenteil.wichtigstes: _tell_wichtigstes,
    Vorlagenteil.bevoelkerung: population_sections.tell_bevoelkerung,
    Vorlagenteil.entwicklung: population_sections.tell_entwicklung,
    Vorlagenteil.handlungsfelder: _tell_handlungsfelder,
    Vorlagenteil.gebiete: population_sections.tell_gebiete,
    Vorlagenteil.staaten: population_sections.tell_staaten,
    Vorlagenteil.geliefert: population_sections.tell_delivered,
    Vorlagenteil.umsetzung: _tell_umsetzung,
    Vorlagenteil.massnahmen: _tell_massnahmen,
    Vorlagenteil.ohne_beginn: _tell_measures(
        Vorlagenteil.ohne_beginn, "ohne_beginn", None, "Jede Maßnahme hat begonnen, oder es ist kein Stand gemeldet."
    ),
    Vorlagenteil.aenderungen: _tell_measures(
        Vorlagenteil.aenderungen, "aenderungen", None, "Es gibt keinen früheren Stand, oder nichts hat sich geändert."
    ),
    Vorlagenteil.meilensteine: _tell_measures(
        Vorlagenteil.meilensteine, "meilensteine", MEILENSTEINE, "Kein Meilenstein ist gemeldet."
    ),
    Vorlagenteil.ergebnis: _tell_measures(
        Vorlagenteil.ergebnis, "ergebnis", ERGEBNIS, "Zu den Maßnahmen ist kein Ergebnis gemeldet."
    ),
    Vorlagenteil.anpassungen: _tell_measures(
        Vorlagenteil.anpassungen, "anpassungen", None, "Keine Anpassung ist gemeldet."
    ),
    Vorlagenteil.berichte: _tell_measures(
        Vorlagenteil.berichte, "berichte", BERICHTE, "Keine Berichtspflicht ist genannt."
    ),
    Vorlagenteil.luecken: _tell_luecken,
}
