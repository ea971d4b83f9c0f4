"""The picture of a town that no definition gives a share: its first indicator with several values over time.

Belongs here: this one chart and its text. Does not belong here: the share with Migrationshintergrund (line_figure.py).
Libraries are imported on use: the command line must start quickly.
"""

from collections import Counter
from itertools import pairwise
from typing import Any

from pipelines.veroeffentlichung.bericht.aussagen.indikatoren import shown_series
from pipelines.veroeffentlichung.bericht.content import Zeile
from pipelines.veroeffentlichung.bericht.indikatoren import words as worte
from pipelines.veroeffentlichung.bericht.indikatoren.content import Indikatorreihe, Indikatorteil
from pipelines.veroeffentlichung.bericht.numbers import datum
from pipelines.veroeffentlichung.bericht.svg import FARBEN, GRAU, SCHRIFT, Bild, chart_data, to_svg

BREITE, HOEHE = 430, 240
# Unit → what stands over the axis.
UNITS = {
    "anzahl": "Anzahl", "prozent": "Prozent", "promille": "je 1.000", "jahre": "Jahre", "verhaeltnis": "Verhältnis",
    "index": "Index von 0 bis 1", "punkte": "Prozentpunkte", "euro": "Euro", "quadratmeter": "Quadratmeter",
    "je_100000": "je 100.000",
}  # fmt: skip


def _run(r: Indikatorreihe) -> int:
    """How many values the longest stretch has that may be read as one line."""
    return max(Counter(z["abschnitt"] for z in r.zeilen if z["wert"] is not None).values(), default=0)


def _longest(t: Indikatorteil) -> Indikatorreihe | None:
    """The series with the longest stretch, of several the first of the catalogue; none where nothing may be compared."""
    reihen = [r for r in shown_series(t) if not t.katalog[r.schluessel[0]]["prozess"]]
    beste = max(reihen, key=_run, default=None)
    return beste if beste and _run(beste) > 1 else None


def _say_ends(k: Zeile, werte: list[Zeile]) -> str:
    """The first and the last value; where not all are of one count each end says which is its own."""
    enden = (werte[0], werte[-1])
    if len({worte.zaehlung(z) for z in werte}) == 1:
        name, zusatz = worte.kachel(k, worte.zaehlung(werte[-1])), ["", ""]
    else:
        name, zusatz = str(k["name"]), [f" ({worte.zaehlung(z)})" if worte.zaehlung(z) else "" for z in enden]
    texte = [
        f"{worte.indikatorwert(z).text} am {datum(z['stichtag'])}{mehr}" for z, mehr in zip(enden, zusatz, strict=True)
    ]
    return f"{name}: {'; '.join(texte)}"


def series_picture(kennung: str, teil: Indikatorteil) -> Bild | None:
    """A line for each stretch of the series; a missing value is a gap, a break a dashed upright."""
    import altair as alt

    r = _longest(teil)
    if r is None:
        return None
    werte = [z for z in r.zeilen if z["wert"] is not None]
    daten = [{"tag": z["stichtag"].isoformat(), "wert": z["wert"], "abschnitt": str(z["abschnitt"])} for z in werte]
    hoechster = max(z["wert"] for z in werte)
    enden = [
        {"tag": z["stichtag"].isoformat(), "wert": z["wert"], "text": worte.indikatorwert(z).text}
        for z in (werte[0], werte[-1])
    ]
    x = alt.X("tag:T", title=None, axis=alt.Axis(format="%Y", grid=False, tickCount="year"),
              scale=alt.Scale(padding=45))  # fmt: skip
    unten = min(0, *(z["wert"] for z in werte))
    y = alt.Y("wert:Q", title=UNITS[r.letzte["einheit"]], scale=alt.Scale(domain=[unten, hoechster * 1.2 or 1]),
              axis=alt.Axis(tickCount=4, titleAngle=0, titleAlign="left", titleAnchor="end", titleX=-60, titleY=-12,
                            labelExpr="replace(format(datum.value, ','), /,/g, '.')"))  # fmt: skip
    basis = alt.Chart(chart_data(daten)).encode(x=x, y=y)
    schichten: list[Any] = [
        basis.mark_line(color=FARBEN[0], strokeWidth=2.5).encode(detail="abschnitt:N"),
        basis.mark_point(color=FARBEN[0], size=70, filled=True, opacity=1),
    ]  # fmt: skip
    brueche = [(a["stichtag"], z["stichtag"]) for a, z in pairwise(werte) if z["abschnitt"] != a["abschnitt"]]
    if brueche:
        tage = alt.Chart(chart_data([{"tag": (a + (z - a) / 2).isoformat()} for a, z in brueche]))
        schichten.append(tage.mark_rule(color=GRAU, strokeWidth=1.5, strokeDash=[4, 4]).encode(x=alt.X("tag:T")))
    # Last, on white: no line crosses a figure.
    for stil in ({"stroke": "white", "strokeWidth": 12, "strokeJoin": "round", "color": "white"}, {"color": FARBEN[0]}):
        ende = alt.Chart(chart_data(enden)).mark_text(dy=-16, fontSize=SCHRIFT, fontWeight="bold", **stil)
        schichten.append(ende.encode(x=x, y=y, text="text:N"))
    aussage = _say_ends(teil.katalog[r.schluessel[0]], werte)
    beispiel = " Beispieldaten." if any(z["beispieldaten"] for z in werte) else ""
    achse = "" if unten < 0 else " Die senkrechte Achse beginnt bei null."
    bruch = " Eine gestrichelte Linie steht für einen Bruch; dort endet die Linie." if brueche else ""
    return Bild(
        to_svg(alt.layer(*schichten).properties(width=BREITE, height=HOEHE), kennung),
        f"Liniendiagramm mit {len(werte)} Werten. {aussage}.{beispiel} Alle Werte stehen in der Arbeitsmappe.",
        f"{aussage}.{achse}{bruch}{beispiel}",
    )
