"""A paper in another language: every label worded from the file of wordings, names and figures as they are.

Belongs here: which text of a paper is a label, a name or a figure. Does not belong here: the wordings
(aussagen/texte/worte.yaml), the sentences, which come in their language (build.py).
"""

import html
import re
from dataclasses import replace

from pipelines.veroeffentlichung.bericht.aussagen.mixed import join_texts, merge_texts
from pipelines.veroeffentlichung.bericht.aussagen.translation import ENGLISCH, GANZE_ZAHL, ZAHL, Translation
from pipelines.veroeffentlichung.bericht.numbers import Wert
from pipelines.veroeffentlichung.bericht.ratsvorlage.content import (
    Absatz,
    Abschnitt,
    Block,
    Liste,
    Papier,
    Satz,
    Vorlagenkopf,
)
from pipelines.veroeffentlichung.bericht.svg import Bild
from pipelines.veroeffentlichung.bericht.table_shape import Tabelle, TableRow, Zelle

# Columns that show names and reasons as published; in all others words are the program's.
NAMENSSPALTEN = {
    "Gebiet", "Indikator", "Handlungsfeld", "Nr.", "Maßnahme", "Grund", "Bericht", "Gremien", "Gremium", "Begründung",
    "Meilenstein", "Anpassung", "Quelle", "Programm, Baustein", "Mittelherkunft", "Staatsangehörigkeit", "Angabe",
    "Bemerkung der Quelle",
}  # fmt: skip
ZUSATZ = re.compile(r"(.+) \(([^()]+)\)")
BILDTEXT = re.compile(r"(<text[^>]*>|<tspan[^>]*>)([^<]+)(?=<)")
NAME_UND_ZAHL = re.compile(rf"(.*?\s+)({ZAHL}|[•–])")
TAG_IM_MONAT = re.compile(r"(\d\d)\.(\d\d)\.")
KURZER_TAG = re.compile(r"(\d\d)\.(\d\d)\.(\d{4})")
FEST = "\N{NO-BREAK SPACE}"
MONATSKUERZEL = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def word_paper(papier: Papier, w: Translation) -> Papier:
    """The paper in the language of `w`, sentences excepted."""
    return replace(
        papier,
        kopf=_word_head(papier.kopf, w),
        abschnitte=tuple(_word_section(a, w) for a in papier.abschnitte),
        marke=w.say(papier.marke),
        sprache=w.sprache,
    )


def _word_head(k: Vorlagenkopf, w: Translation) -> Vorlagenkopf:
    stand = join_texts(", ", [join_texts(": ", [w.say(t) for t in teil.split(": ")]) for teil in k.stand.split(", ")])
    return replace(
        k,
        art=w.say(k.art),
        nummer=w.say_name(k.nummer) if w.say(k.nummer) == k.nummer else w.say(k.nummer),
        betreff=k.betreff.replace(k.art, w.say(k.art), 1),
        beratungen=tuple(
            replace(b, gremium=w.say_name(b.gremium), termin=w.say(b.termin), behandlung=w.say(b.behandlung))
            for b in k.beratungen
        ),
        auszug=w.say_name(k.auszug),
        stand=stand,
        vorlagenwort=w.say(k.vorlagenwort),
    )


def _word_section(a: Abschnitt, w: Translation) -> Abschnitt:
    titel = w.say_name(a.titel) if a.unter else w.say(a.titel)
    return replace(a, titel=titel, bloecke=tuple(_word_block(b, w) for b in a.bloecke))


def _word_block(block: Block, w: Translation) -> Block:
    if isinstance(block, Satz):
        return replace(block, quelle=w.say(block.quelle), marke=w.say(block.marke))
    if isinstance(block, Absatz):
        return block if block.fertig else replace(block, text=w.say(block.text))
    if isinstance(block, Liste):
        say = w.say_name if block.namen else w.say
        return replace(block, punkte=tuple(say(p) for p in block.punkte))
    return _word_picture(block, w) if isinstance(block, Bild) else _word_table(block, w)


def _word_picture(bild: Bild, w: Translation) -> Bild:
    svg = BILDTEXT.sub(lambda t: t[1] + html.escape(_word_label(html.unescape(t[2]), w), quote=False), bild.svg)
    return Bild(svg, w.say(bild.alternative), w.say(bild.unterschrift))


def _word_label(text: str, w: Translation) -> str:
    """A text inside a picture: an axis, a name with its figure, a day."""
    if w.sprache == ENGLISCH and (tag := TAG_IM_MONAT.fullmatch(text)):
        return f"{int(tag[1])} {MONATSKUERZEL[int(tag[2]) - 1]}"
    if not GANZE_ZAHL.fullmatch(text) and (teile := NAME_UND_ZAHL.fullmatch(text)):
        return teile[1] + w.say_number(teile[2])
    return w.say(text)


def _word_table(t: Tabelle, w: Translation) -> Tabelle:
    return replace(
        t,
        titel=w.say(t.titel),
        kopf=tuple(w.say(k) for k in t.kopf),
        gruppen=tuple((w.say(text), breite) for text, breite in t.gruppen),
        reihen=tuple(_word_row(r, t.kopf, w) for r in t.reihen),
        anmerkungen=tuple(w.say(a) for a in t.anmerkungen),
        gesagte_legende=tuple((zeichen, w.say(text)) for zeichen, text in t.legende),
        marke=w.say(t.marke),
    )


def _word_row(r: TableRow, kopf: tuple[str, ...], w: Translation) -> TableRow:
    if r.zwischentitel:
        return replace(r, zellen=tuple(_word_cell(z, "", w) for z in r.zellen))
    return replace(r, zellen=tuple(_word_cell(z, k, w) for z, k in zip(r.zellen, kopf, strict=True)))


def _word_cell(zelle: Zelle, spalte: str, w: Translation) -> Zelle:
    if isinstance(zelle, Wert):
        return replace(zelle, text=w.say(zelle.text))
    if w.sprache == ENGLISCH and (tag := KURZER_TAG.fullmatch(zelle)):  # narrow columns hold no full month
        return f"{int(tag[1])}{FEST}{MONATSKUERZEL[int(tag[2]) - 1]}{FEST}{tag[3]}"
    if spalte not in NAMENSSPALTEN:
        return w.say(zelle)
    name = w.say_name(zelle)
    return _word_indicator(zelle, w) if spalte == "Indikator" and name == zelle else name


def _word_indicator(text: str, w: Translation) -> str:
    """The name of an indicator, and in brackets the group and the mark."""
    teile = ZUSATZ.fullmatch(text)
    if not teile:
        return w.say_name(text)
    return merge_texts((w.say_name(teile[1]), " (", join_texts(", ", [w.say(t) for t in teile[2].split(", ")]), ")"))
