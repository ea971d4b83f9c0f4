"""What every chart of the report shares: the SVG with the text that replaces it, colours, sizes, the share's axis.

Belongs here: how a chart becomes inline SVG that needs no script, no font and no network. Does not belong here: any one chart
(bar_figure.py, line_figure.py). Every value stands as a label in German format beside its mark; definitions differ by letter,
shape and dash, not only by colour. Libraries are imported on use: the command line must start quickly.
"""

import re
from dataclasses import dataclass
from typing import Any

# Dark enough on white for text (contrast above 4.5 : 1), told apart without colour vision by their lightness.
FARBEN = ("#12436d", "#b3440e", "#28733f", "#6b3d8f", "#5c5c5c", "#8a6d00")
GRAU = "#4a4a4a"
SCHRIFT = 14
VERGROESSERUNG = 2  # of pixels
PROZENT_ACHSE = "format(datum.value * 100, 'd') + ' %'"


@dataclass(frozen=True)
class Bild:
    """A chart: the SVG, the short text a screen reader says instead, the caption everybody reads."""

    svg: str
    alternative: str
    unterschrift: str


def to_svg(diagramm: Any, kennung: str) -> str:
    """Altair chart → SVG for inlining: ids made unique on the page, no pixel size of its own."""
    import vl_convert

    spezifikation = diagramm.configure(font="sans-serif").configure_view(stroke=None).configure_axis(
        labelFontSize=SCHRIFT, titleFontSize=SCHRIFT, labelColor="#1b1b1b", titleColor="#1b1b1b", labelLimit=0,
        gridColor="#d9d9d9", domainColor=GRAU, tickColor=GRAU, titleFontWeight="normal",
    ).to_dict()  # fmt: skip
    svg: str = vl_convert.vegalite_to_svg(spezifikation)
    svg = re.sub(r'\bid="([^"]+)"', rf'id="{kennung}-\1"', svg)
    svg = re.sub(r"url\(#([^)]+)\)", rf"url(#{kennung}-\1)", svg)
    return svg[svg.index("<svg") :]


def to_png(svg: str) -> bytes:
    """The picture as pixels, sharp in print."""
    import vl_convert

    png: bytes = vl_convert.svg_to_png(svg, scale=VERGROESSERUNG)
    return png


def chart_data(zeilen: list[dict[str, Any]]) -> Any:
    import altair as alt

    return alt.Data(values=zeilen)
