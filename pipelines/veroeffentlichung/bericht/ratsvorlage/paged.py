"""A council paper as PDF for the council's information system: A4, tagged for screen readers, no request leaves the machine.

Belongs here: rendering. Does not belong here: how a page looks (templates/ratsvorlage.html.j2, ratsvorlage.css) and what it says.
"""

import base64
from pathlib import Path
from typing import Any

from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.veroeffentlichung.bericht.aussagen.translation import DEUTSCH, ENGLISCH, Translation
from pipelines.veroeffentlichung.bericht.page import create_templates, hyphenate, load_asset
from pipelines.veroeffentlichung.bericht.ratsvorlage.column_widths import fit_columns
from pipelines.veroeffentlichung.bericht.ratsvorlage.content import OHNE_GREMIUM, Absatz, Liste, Papier, Satz
from pipelines.veroeffentlichung.bericht.ratsvorlage.word import is_short, print_cell
from pipelines.veroeffentlichung.bericht.svg import Bild, to_png
from pipelines.veroeffentlichung.bericht.table_shape import Tabelle

ZEICHEN_JE_ZEILE = 130  # of a table's print (ratsvorlage.css)
PDF_UA = "pdf/ua-1"  # accessible: tagged, with a language and a title
HTML_SPRACHE = {ENGLISCH: ENGLISCH}  # plain words are German
ARTEN = {Satz: "satz", Absatz: "absatz", Liste: "liste", Bild: "bild"}


def render_html(v: Papier) -> str:
    """The paper as a page set for print."""
    umgebung = create_templates()
    umgebung.filters["art"] = lambda block: ARTEN.get(type(block), "tabelle")
    umgebung.filters["zelle"] = print_cell
    umgebung.tests["short"] = is_short
    umgebung.filters["bilddaten"] = _as_data
    umgebung.filters["breiten"] = _share_width
    umgebung.filters["wort"] = Translation(v.sprache).say
    text: str = umgebung.get_template("ratsvorlage.html.j2").render(
        v=v,
        html=HTML_SPRACHE.get(v.sprache, DEUTSCH),
        ohne_gremium=OHNE_GREMIUM,
        druckstil=load_asset("ratsvorlage.css"),
    )
    return text


def _share_width(t: Tabelle) -> list[float]:
    """Percent of the page's width for each column of a table."""
    zeilen = [tuple(hyphenate(k) for k in t.kopf), *(tuple(print_cell(z) for z in r.zellen) for r in t.reihen)]
    breiten = fit_columns(zeilen, ZEICHEN_JE_ZEILE)
    return [round(100 * b / sum(breiten), 2) for b in breiten]


def write_pdf(v: Papier, ziel: Path) -> None:
    """Raises: KonfigurationsFehler where the system's library for setting text is not installed."""
    try:
        weasyprint = _load_weasyprint()
    except OSError as grund:
        raise KonfigurationsFehler(
            "Das PDF ist nicht geschrieben, die DOCX-Datei schon: Die Systembibliothek Pango fehlt "
            "(Debian: libpango-1.0-0, libpangoft2-1.0-0, libharfbuzz-subset0). Bitte nachinstallieren und noch einmal aufrufen; "
            "oder die DOCX-Datei in einem Büroprogramm als PDF speichern."
        ) from grund
    seite = weasyprint.HTML(string=render_html(v), url_fetcher=load_only_data(weasyprint))
    seite.write_pdf(str(ziel), pdf_variant=PDF_UA)


def _load_weasyprint() -> Any:
    import weasyprint

    return weasyprint


def load_only_data(weasyprint: Any) -> Any:
    """A loader that knows what stands in the page itself and neither files nor the network."""
    return weasyprint.urls.URLFetcher(allowed_protocols=("data",), fail_on_errors=True)


def _as_data(bild: Bild) -> str:
    """The picture inside the page; as pixels, because letters of another width would be cut."""
    return "data:image/png;base64," + base64.b64encode(to_png(bild.svg)).decode("ascii")
