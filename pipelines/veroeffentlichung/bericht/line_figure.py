"""The chart of the time series: a line for each definition and source, with the breaks in it.

Belongs here: this one chart and its text. Does not belong here: bars (bar_figure.py), where a break is (brueche.py).
Libraries are imported on use: the command line must start quickly.
"""

import json
from datetime import date
from fractions import Fraction
from typing import Any

from pipelines.veroeffentlichung.bericht.brueche import Brueche, SeriesBreak, abschnitte
from pipelines.veroeffentlichung.bericht.content import Zeile, Zeitreihe
from pipelines.veroeffentlichung.bericht.indikatoren.differences import points
from pipelines.veroeffentlichung.bericht.numbers import MINDESTWERT, Wert, anteil, datum
from pipelines.veroeffentlichung.bericht.svg import FARBEN, GRAU, PROZENT_ACHSE, SCHRIFT, Bild, chart_data, to_svg

STRICHE = ([1, 0], [7, 4], [2, 3], [10, 3, 2, 3], [4, 2], [12, 4])
FORMEN = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")
LINIEN_BREITE, LINIEN_HOEHE = 430, 290
DATUM_BREITE = 46


def _auseinander(werte: list[float], abstand: float) -> list[float]:
    """Positions of labels, in the order of `werte`, moved up just so far that none covers another."""
    lage: dict[int, float] = {}
    unten = float("-inf")
    for i in sorted(range(len(werte)), key=lambda k: werte[k]):
        unten = max(werte[i], unten + abstand)
        lage[i] = unten
    return [lage[i] for i in range(len(werte))]


def _beschriftete(tage: list[date], tage_je_pixel: float) -> list[date]:
    """The days whose dates fit beside each other under the axis, the latest first of all."""
    gewaehlt: list[date] = []
    for tag in reversed(tage):
        if not gewaehlt or (gewaehlt[-1] - tag).days >= DATUM_BREITE * tage_je_pixel:
            gewaehlt.append(tag)
    return gewaehlt


Punkte = list[tuple[date, Wert]]


def _linien(reihen: list[Zeitreihe]) -> tuple[list[tuple[Zeitreihe, Punkte]], list[Zeitreihe]]:
    """Lines worth drawing, and the lines left out because their share is only a lower bound."""
    alle = []
    for r in reihen:
        werte = [(z["stichtag"], anteil(z, "anteil_mh")) for z in r.zeilen]
        alle.append((r, [(t, w) for t, w in werte if w.zahl is not None]))
    alle = [(r, p) for r, p in alle if p]
    sicher = [(r, p) for r, p in alle if not any(MINDESTWERT in w.codes for _, w in p)]
    return sicher, [r for r, p in alle if (r, p) not in sicher]


def _stuecke(zeilen: list[Zeile]) -> list[Punkte]:
    """Runs of rows with a value: a line is not drawn over a missing one."""
    stuecke: list[Punkte] = [[]]
    for z in zeilen:
        wert = anteil(z, "anteil_mh")
        if wert.zahl is None:
            stuecke.append([])
        else:
            stuecke[-1].append((z["stichtag"], wert))
    return [s for s in stuecke if s]


def _satz(bruch: SeriesBreak | None, punkte_: Punkte) -> str:
    """First and last value of one stretch and the change between them, never over a break."""
    (erster_tag, erster), (letzter_tag, letzter) = punkte_[0], punkte_[-1]
    satz = f"{erster.text} am {datum(erster_tag)}"
    if len(punkte_) > 1:
        satz += f", {letzter.text} am {datum(letzter_tag)}"
        # As the indicator table: two days of different parts of the year are not compared.
        if (erster_tag.month, erster_tag.day) == (letzter_tag.month, letzter_tag.day):
            aenderung = points(Fraction(letzter.zahl or 0), Fraction(erster.zahl or 0))
            satz += f" ({aenderung} Prozentpunkte)"
    return f"danach nicht vergleichbar ({bruch.grund.rstrip('.')}): {satz}" if bruch else satz


def _achsen(tage: list[date], oben: float) -> tuple[Any, Any]:
    """Time to scale, with room for the labels at the right; shares from zero."""
    import altair as alt

    spanne = max((tage[-1] - tage[0]).days, 1)
    von, bis = tage[0].toordinal() - spanne * 0.09, tage[-1].toordinal() + spanne * 0.2
    namen = json.dumps({str(t.toordinal()): datum(t) for t in _beschriftete(tage, (bis - von) / LINIEN_BREITE)})
    x = alt.X(
        "tag:Q", title=None,
        scale=alt.Scale(domain=[von, bis], nice=False),
        axis=alt.Axis(
            values=[t.toordinal() for t in tage], grid=False, labelOverlap=False,
            labelExpr=f"[slice({namen}[datum.value] || '', 0, 6), slice({namen}[datum.value] || '', 6)]",
        ),
    )  # fmt: skip
    y = alt.Y(
        "anteil:Q", title=None, scale=alt.Scale(domain=[0, oben]),
        axis=alt.Axis(labelExpr=PROZENT_ACHSE, tickCount=5),
    )  # fmt: skip
    return x, y


def _linie(stuecke: list[Punkte], ende: dict[str, Any], nr: int, x: Any, y: Any) -> list[Any]:
    """Layers of one line: its stretches, then what stands at its end."""
    import altair as alt

    farbe, form, strich = FARBEN[nr % 6], FORMEN[nr % 6], STRICHE[nr % 6]
    schichten: list[Any] = []
    for stueck in stuecke:
        werte = [{"tag": t.toordinal(), "anteil": float(w.zahl or 0)} for t, w in stueck]
        basis = alt.Chart(chart_data(werte)).encode(x=x, y=y)
        schichten += [
            basis.mark_line(color=farbe, strokeWidth=2.5, strokeDash=strich),
            basis.mark_point(color=farbe, shape=form, size=70, filled=True, opacity=1),
        ]
    schichten.append(
        alt.Chart(chart_data([ende]))
        .mark_text(dx=10, align="left", fontSize=SCHRIFT, fontWeight="bold", color=farbe)
        .encode(x=x, y=y, text="text:N")
    )
    return schichten


def _senkrechte(grenzen: set[date], tage: list[date], x: Any) -> list[Any]:
    """A dashed upright for each break, in the middle between the days it parts."""
    import altair as alt

    schichten = []
    for tag in sorted(grenzen):
        davor = max((t for t in tage if t < tag), default=tag)
        mitte = alt.Chart(chart_data([{"tag": (tag.toordinal() + davor.toordinal()) / 2}])).encode(x=x)
        schichten.append(mitte.mark_rule(color=GRAU, strokeWidth=1.5, strokeDash=[4, 4]))
    return schichten


def zeitreihe_bild(kennung: str, reihen: list[Zeitreihe], brueche: Brueche) -> Bild | None:
    """Lines of anteil_mh for each definition and source; distances in time to scale, the axis begins at zero.

    A line ends at a break (a dashed upright) and at a missing value; one day alone is no development.
    """
    import altair as alt

    linien, ausgelassen = _linien(reihen)
    if len({t for _, p in linien for t, _ in p}) < 2:
        return None
    tage = sorted({t for _, p in linien for t, _ in p})
    oben = max(float(w.zahl or 0) for _, p in linien for _, w in p) * 1.15 or 1.0
    x, y = _achsen(tage, oben)
    enden = _auseinander([float(p[-1][1].zahl or 0) for _, p in linien], oben * (SCHRIFT + 3) / LINIEN_HOEHE)
    schichten: list[Any] = []
    saetze = []
    grenzen: set[date] = set()
    for i, (r, p) in enumerate(linien):
        teile = [(b, _stuecke(zeilen)) for b, zeilen in abschnitte(r, brueche)]
        ende = {"tag": p[-1][0].toordinal(), "anteil": enden[i], "text": f"{r.kurz}  {p[-1][1].text}"}
        schichten += _linie([s for _, stuecke in teile for s in stuecke], ende, i, x, y)
        grenzen |= {b.tag for b, stuecke in teile if b and stuecke}
        saetze.append(
            f"{r.name}: " + "; ".join(_satz(b, [q for s in stuecke for q in s]) for b, stuecke in teile if stuecke)
        )
    schichten += _senkrechte(grenzen, tage, x)
    bild = alt.layer(*schichten).properties(width=LINIEN_BREITE, height=LINIEN_HOEHE)
    aussage = "; ".join(saetze)
    fehlend = "; ".join(r.name for r in ausgelassen)
    bruch = " Eine senkrechte gestrichelte Linie steht für einen Bruch; dort endet die Linie." if grenzen else ""
    ohne = f" Nicht gezeichnet, weil der Anteil nur ein Mindestwert ist: {fehlend}." if ausgelassen else ""
    return Bild(
        to_svg(bild, kennung),
        f"Liniendiagramm mit {len(tage)} Stichtagen. {aussage}.{ohne} Alle Werte stehen in der Tabelle.",
        f"Anteil der Personen mit Migrationshintergrund. {aussage}. Die Abstände auf der Zeitachse sind maßstäblich, "
        f"die senkrechte Achse beginnt bei null.{bruch}{ohne}",
    )
