"""The indicators of one field as a table on paper: fewer groups and shorter reasons than in the report.

Belongs here: that table. Does not belong here: which fields a paper tells (build.py), what a figure says (indikatoren/).
"""

from collections import Counter
from collections.abc import Sequence

from pipelines.veroeffentlichung.bericht.bemerkungen import WORT
from pipelines.veroeffentlichung.bericht.content import INSGESAMT
from pipelines.veroeffentlichung.bericht.indikatoren.content import Eintrag, Feldabschnitt, Indikatorabschnitt
from pipelines.veroeffentlichung.bericht.indikatoren.section import RAHMEN
from pipelines.veroeffentlichung.bericht.indikatoren.words import GRUPPEN
from pipelines.veroeffentlichung.bericht.numbers import KEIN_WERT, Wert
from pipelines.veroeffentlichung.bericht.table_shape import Tabelle, TableRow

OHNE_VERGLEICH = "kein Vergleich"
HOECHSTENS = 15  # rows of one field
REIHEN_JE_INDIKATOR = 2  # further ones are in the report; of what frames all fields only the first


def make_indicator_table(feld: Feldabschnitt) -> Tabelle:
    """The latest figure of each indicator with women and men, its change, the verdict."""
    eintraege = [
        (i, e) for i in feld.indikatoren for e in i.eintraege[: 1 if feld.name == RAHMEN else REIHEN_JE_INDIKATOR]
    ]
    weitere = "; ".join(dict.fromkeys(i.name for i, _ in eintraege[HOECHSTENS:]))
    eintraege = eintraege[:HOECHSTENS]
    quellen = "; ".join(dict.fromkeys(q for i, _ in eintraege for q in i.quellennamen))
    return Tabelle(
        "Indikatoren",
        ("Indikator", "Stand", "Wert", "Frauen", "Männer", "Änderung", "Urteil"),
        tuple(_make_indicator_row(i, e) for i, e in eintraege),
        anmerkungen=(*((f"Weitere Indikatoren stehen im Bericht: {weitere}.",) if weitere else ()),
                     *_tell_remarks(eintraege), *_tell_incomparable([e for _, e in eintraege]),
                     *((f"Quelle: {quellen}.",) if quellen else ())),
    )  # fmt: skip


def _make_indicator_row(i: Indikatorabschnitt, e: Eintrag) -> TableRow:
    """The group is told where there are several: of a count of measures there is none."""
    gruppe = e.gruppe if {x.gruppe for x in i.eintraege} != {GRUPPEN[INSGESAMT]} else ""
    name = i.name.removesuffix(f" ({e.zaehlung})")
    zusatz = ", ".join(x for x in (e.zaehlung if name != i.name else "", gruppe, e.beispiel) if x)
    urteil = "· neutral" if e.urteil == "neutral" else f"{e.symbol} {e.urteilswort}".strip()
    return TableRow((f"{name} ({zusatz})" if zusatz else name, e.stand, e.wert, _as_figure(e.frauen), _as_figure(e.maenner),
                  KEIN_WERT if e.veraenderung[0] == OHNE_VERGLEICH else "; ".join(e.veraenderung), urteil))  # fmt: skip


def _tell_remarks(eintraege: Sequence[tuple[Indikatorabschnitt, Eintrag]]) -> tuple[str, ...]:
    """What the sources say of the figures, each with the indicator that it is about."""
    return tuple(f"{WORT} zu {i.name}: {text}" for i, e in eintraege for text in e.bemerkungen)


def _as_figure(wert: Wert | str) -> Wert:
    """A word where there is no figure stands in the column of figures like one."""
    return wert if isinstance(wert, Wert) else Wert(None, wert)


def _tell_incomparable(eintraege: Sequence[Eintrag]) -> tuple[str, ...]:
    """Why there is no change, each reason once with its number; the report says which row has which."""
    gruende = Counter(e.veraenderung[1] for e in eintraege if e.veraenderung[0] == OHNE_VERGLEICH)
    if not gruende:
        return ()
    return (
        "Ein Strich (–) bei der Änderung heißt, dass sich nichts vergleichen lässt. Gründe: "
        f"{'; '.join(f'{grund} ({n}-mal)' for grund, n in gruende.most_common())}.",
    )
