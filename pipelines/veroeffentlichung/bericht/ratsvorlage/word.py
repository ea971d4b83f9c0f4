"""A council paper as DOCX, to be edited in an office program.

Belongs here: styles, running head, page numbers, how a table breaks. Does not belong here: what the paper says (build.py).
"""

import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pipelines.veroeffentlichung.bericht.aussagen.mixed import merge_texts, replace_text, split_text
from pipelines.veroeffentlichung.bericht.aussagen.translation import ENGLISCH, Translation
from pipelines.veroeffentlichung.bericht.numbers import Wert
from pipelines.veroeffentlichung.bericht.page import hyphenate
from pipelines.veroeffentlichung.bericht.ratsvorlage.column_widths import fit_columns
from pipelines.veroeffentlichung.bericht.ratsvorlage.content import (
    OHNE_GREMIUM,
    Absatz,
    Abschnitt,
    Block,
    Liste,
    Papier,
    Satz,
    Vorlagenkopf,
)
from pipelines.veroeffentlichung.bericht.svg import Bild, to_png
from pipelines.veroeffentlichung.bericht.table_shape import Tabelle, TableRow, keep_units

SCHRIFT, GROSS, KLEIN = "Arial", 10.5, 8
BILDHOEHE_CM = 8.6
ZELLRAND = 57  # twentieths of a point: one millimetre
SATZBREITE_CM, ZEICHEN_JE_ZEILE = 16.6, 112  # of the smallest print
KURZ, ZUSAMMEN = 7, 2  # rows of a table that is not torn; rows at the ends of a longer one that stay together
SPRACHKENNUNG = {ENGLISCH: "en-GB"}
DEUTSCHE_KENNUNG = "de-DE"  # of plain words, too


def write_docx(v: Papier, ziel: Path) -> None:
    """Write the paper; every table repeats its head on the next page and breaks between rows only."""
    import docx
    from docx.shared import Cm

    dokument = docx.Document()
    seite = dokument.sections[0]
    seite.page_width, seite.page_height = Cm(21), Cm(29.7)
    seite.left_margin = seite.right_margin = Cm(2.2)
    seite.top_margin, seite.bottom_margin = Cm(2.2), Cm(2)
    kennung = SPRACHKENNUNG.get(v.sprache, DEUTSCHE_KENNUNG)
    _set_styles(dokument, kennung)
    dokument.core_properties.title = v.kopf.betreff
    dokument.core_properties.author = v.kopf.kommune
    dokument.core_properties.language = kennung
    seite.header.paragraphs[0].text = v.kopf.titelzeile
    _number_pages(seite.footer.paragraphs[0], v)
    _write_head(dokument, v)
    for abschnitt in v.abschnitte:
        _write_section(dokument, abschnitt)
    dokument.save(str(ziel))


def _set_styles(dokument: Any, kennung: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    for name, groesse in (("Normal", GROSS), ("Title", 17), ("Heading 1", 13), ("Heading 2", 11), ("Caption", 9),
                          ("List Bullet", GROSS), ("Header", KLEIN), ("Footer", KLEIN)):  # fmt: skip
        stil = dokument.styles[name]
        stil.font.name, stil.font.size = SCHRIFT, Pt(groesse)
        stil.font.color.rgb = RGBColor(0x1B, 0x1B, 0x1B)
        schriften = stil.element.get_or_add_rPr().get_or_add_rFonts()
        for art in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            schriften.attrib.pop(qn(art), None)
    sprache = OxmlElement("w:lang")
    sprache.set(qn("w:val"), kennung)
    dokument.styles["Normal"].element.get_or_add_rPr().append(sprache)
    dokument.styles["Normal"].paragraph_format.space_after = Pt(5)
    dokument.styles["Caption"].paragraph_format.keep_with_next = True


def _number_pages(absatz: Any, v: Papier) -> None:
    """`Seite X von Y`, counted by the office program."""
    w = Translation(v.sprache)
    absatz.add_run(f"{w.say('Veröffentlichung')} {v.kopf.veroeffentlichung} · {w.say('Seite')} ")
    _add_field(absatz, "PAGE")
    absatz.add_run(f" {w.say('von')} ")
    _add_field(absatz, "NUMPAGES")


def _add_field(absatz: Any, anweisung: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    feld = OxmlElement("w:fldSimple")
    feld.set(qn("w:instr"), anweisung)
    absatz._p.append(feld)


def _write_head(dokument: Any, v: Papier) -> None:
    k: Vorlagenkopf = v.kopf
    dokument.add_paragraph(k.kommune)
    dokument.add_paragraph(k.art, style="Title")
    if v.marke:
        dokument.add_paragraph().add_run(v.marke).bold = True
    say = Translation(v.sprache).say
    angaben = [("Vorlage Nr.", k.nummer), ("Betreff", k.betreff), ("Stand der Zahlen", k.stand)]
    angaben += [("Auszug für", k.auszug)] if k.auszug else []
    kopf = (say("Angabe"), say("Inhalt"))
    _write_rows(dokument, kopf, [TableRow((say(wort), inhalt)) for wort, inhalt in angaben], set())
    dokument.add_paragraph(say("Beratungsfolge"), style="Heading 1")
    reihen = [TableRow((b.gremium, b.termin, b.behandlung)) for b in k.beratungen]
    if reihen:
        _write_rows(dokument, (say("Gremium"), say("Termin"), say("Behandlung")), reihen, set())
    else:
        dokument.add_paragraph(say(OHNE_GREMIUM))


def _write_section(dokument: Any, abschnitt: Abschnitt) -> None:
    _write_text(dokument.add_heading(level=2 if abschnitt.unter else 1), abschnitt.titel)
    for block in abschnitt.bloecke:
        _write_block(dokument, block)


def _write_block(dokument: Any, block: Block) -> None:
    if isinstance(block, Satz):
        _write_sentence(dokument, block)
    elif isinstance(block, Absatz):
        _write_text(dokument.add_paragraph(), block.text, klein=block.klein)
    elif isinstance(block, Liste):
        for punkt in block.punkte:
            _write_text(dokument.add_paragraph(style="List Bullet"), punkt)
    elif isinstance(block, Bild):
        _write_picture(dokument, block)
    else:
        _write_table(dokument, block)


def _write_sentence(dokument: Any, satz: Satz) -> None:
    absatz = dokument.add_paragraph(style="List Bullet")
    _write_text(absatz, merge_texts((satz.text, *((" (", satz.marke, ")") if satz.marke else ()))))
    if satz.quelle:
        absatz.add_run().add_break()
        _write_text(absatz, satz.quelle, klein=True)


def _write_text(absatz: Any, text: str, klein: bool = False) -> list[Any]:
    """A run for each part of the text; one that stays in German is marked so."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    laeufe = []
    for teil, deutsch in split_text(replace_text(text, keep_units)):
        lauf = absatz.add_run(teil)
        if klein:
            lauf.font.size = Pt(KLEIN)
        if deutsch:
            sprache = OxmlElement("w:lang")
            sprache.set(qn("w:val"), DEUTSCHE_KENNUNG)
            lauf._r.get_or_add_rPr().append(sprache)
        laeufe.append(lauf)
    return laeufe


def _write_picture(dokument: Any, bild: Bild) -> None:
    from docx.shared import Cm

    form = dokument.add_picture(io.BytesIO(to_png(bild.svg)), height=Cm(BILDHOEHE_CM))
    form._inline.docPr.set("descr", bild.alternative)
    dokument.paragraphs[-1].paragraph_format.keep_with_next = True
    _write_text(dokument.add_paragraph(), bild.unterschrift, klein=True)


def _write_table(dokument: Any, t: Tabelle) -> None:
    _write_text(
        dokument.add_paragraph(style="Caption"), merge_texts((t.titel, *((" (", t.marke, ")") if t.marke else ())))
    )
    unten = len(t.anmerkungen) + len(t.legende)
    _write_rows(dokument, t.kopf, t.reihen, set(range(len(t.kopf))) - t.textspalten, with_notes=unten > 0)
    absaetze = [dokument.add_paragraph() for _ in range(unten)]
    for absatz in absaetze[:-1]:
        absatz.paragraph_format.keep_with_next = True
    for absatz, zeile in zip(absaetze, t.anmerkungen, strict=False):
        _write_text(absatz, zeile, klein=True)
    for absatz, (marke, erklaerung) in zip(absaetze[len(t.anmerkungen) :], t.legende, strict=True):
        _write_legend(absatz, marke.strip(), erklaerung)


def _write_legend(absatz: Any, marke: str, erklaerung: str) -> None:
    """`–⁵ Grundzahl fehlt: …`: the sign stands high as it does in the cell."""
    vorn, _, zeichen = marke.rpartition(" ") if " " in marke or marke.isalnum() else (marke, "", "")
    _write_text(absatz, vorn, klein=True)
    if zeichen:
        _write_sign(absatz, zeichen)
    _write_text(absatz, merge_texts((" ", erklaerung)), klein=True)


def _write_sign(absatz: Any, zeichen: str) -> list[Any]:
    laeufe = _write_text(absatz, zeichen, klein=True)
    for lauf in laeufe:
        lauf.font.superscript = True
    return laeufe


def is_short(t: Tabelle) -> bool:
    """Whether a table stays whole on a page."""
    return len(t.reihen) <= KURZ


def _write_rows(
    dokument: Any, kopf: tuple[str, ...], reihen: Iterable[TableRow], rechts: set[int], with_notes: bool = False
) -> None:
    """A table; what stands below it (`with_notes`) stays with its last rows."""
    alle = [(tuple(hyphenate(k) for k in kopf), True), *((r.zellen, r.summe or r.zwischentitel) for r in reihen)]
    breiten = fit_columns([[print_cell(z) for z in zellen] for zellen, _ in alle], ZEICHEN_JE_ZEILE)
    enge = min(1.0, ZEICHEN_JE_ZEILE / sum(breiten))  # longer words than fit beside each other: smaller print
    tabelle = dokument.add_table(rows=0, cols=len(kopf), style="Table Grid")
    tabelle.autofit = False
    _narrow_padding(tabelle)
    _set_widths(tabelle.columns, breiten)
    letzte = len(alle) - 1
    for nummer, (zellen, fett) in enumerate(alle):
        zeile = tabelle.add_row()
        _keep_together(zeile, head=nummer == 0)
        ganz = letzte <= KURZ or nummer <= ZUSAMMEN or letzte - nummer <= ZUSAMMEN or len(zellen) == 1 < len(kopf)
        with_next = ganz and (nummer < letzte or with_notes)
        _set_widths(zeile.cells, breiten)
        if len(zellen) == 1 < len(kopf):
            zeile.cells[0].merge(zeile.cells[-1])
        for spalte, zelle in enumerate(zellen):
            _write_cell(zeile.cells[spalte], zelle, fett, spalte in rechts, KLEIN * enge)
        for zelle in zeile.cells if with_next else ():
            zelle.paragraphs[0].paragraph_format.keep_with_next = True
    if not with_notes:
        dokument.add_paragraph().paragraph_format.space_after = 0


def _keep_together(zeile: Any, head: bool) -> None:
    """A row is never torn, a head is repeated on every page."""
    from docx.oxml import OxmlElement

    eigenschaften = zeile._tr.get_or_add_trPr()
    eigenschaften.append(OxmlElement("w:cantSplit"))
    if head:
        eigenschaften.append(OxmlElement("w:tblHeader"))


def _narrow_padding(tabelle: Any) -> None:
    """Less beside the text of a cell than an office program gives: bold words are wider than the letters that are counted."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    raender = OxmlElement("w:tblCellMar")
    for seite in ("left", "right"):
        rand = OxmlElement(f"w:{seite}")
        rand.set(qn("w:w"), str(ZELLRAND))
        rand.set(qn("w:type"), "dxa")
        raender.append(rand)
    eigenschaften = tabelle._tbl.tblPr
    # Where the format wants it: before what says how the table looks.
    aussehen = eigenschaften.find(qn("w:tblLook"))
    eigenschaften.append(raender) if aussehen is None else aussehen.addprevious(raender)


def _set_widths(teile: Iterable[Any], breiten: list[int]) -> None:
    """Of the columns for one office program, of the cells for another."""
    from docx.shared import Cm

    for teil, breite in zip(teile, breiten, strict=True):
        teil.width = Cm(SATZBREITE_CM * breite / sum(breiten))


def _write_cell(zelle: Any, inhalt: Wert | str, fett: bool, rechts: bool, groesse: float) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    absatz = zelle.paragraphs[0]
    absatz.paragraph_format.space_after = 0
    laeufe = _write_text(absatz, print_cell(inhalt))
    if isinstance(inhalt, Wert) and inhalt.fussnote:
        laeufe += _write_sign(absatz, inhalt.fussnote)
    for lauf in laeufe:
        lauf.bold, lauf.font.size = fett, Pt(round(groesse * 2) / 2)
    if rechts:
        absatz.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def print_cell(zelle: Wert | str) -> str:
    """A cell as it is printed, without its sign; a number and its unit stay on one line."""
    return replace_text(zelle if isinstance(zelle, str) else zelle.text, keep_units)
