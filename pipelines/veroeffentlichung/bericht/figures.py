"""The report's pictures: inline SVG that needs no script, no font and no network, each with a text that replaces it.

Belongs here: charts and their text alternatives. Does not belong here: which rows they show (load.py).
Every value stands as a label in German format beside its mark; definitions differ by letter, shape and dash, not only
by colour. Libraries are imported on use: the command line must start quickly.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from pipelines.veroeffentlichung.bericht.brueche import Bruch, Brueche, abschnitte
from pipelines.veroeffentlichung.bericht.content import INSGESAMT, Definition, Reihe, Zeile
from pipelines.veroeffentlichung.bericht.numbers import (
    GESCHUETZT,
    MINDESTWERT,
    Wert,
    alter_wort,
    anteil,
    datum,
    is_least_value,
    punkte,
)

# Dark enough on white for text (contrast above 4.5 : 1), told apart without colour vision by their lightness.
FARBEN = ("#12436d", "#b3440e", "#28733f", "#6b3d8f", "#5c5c5c", "#8a6d00")
STRICHE = ([1, 0], [7, 4], [2, 3], [10, 3, 2, 3], [4, 2], [12, 4])
FORMEN = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")
GRAU = "#4a4a4a"
BREITE = 480
SCHRIFT = 14
LINIEN_BREITE, LINIEN_HOEHE = 430, 290
DATUM_BREITE = 46
PROZENT_ACHSE = "format(datum.value * 100, 'd') + ' %'"
# More bars than this are no picture any more; the table has them all.
BALKEN_HOECHSTENS = 60
DEFINITIONEN_IM_ALTERSBILD = 2


@dataclass(frozen=True)
class Bild:
    """A chart: the SVG, the short text a screen reader says instead, the caption everybody reads."""

    svg: str
    alternative: str
    unterschrift: str


def _svg(diagramm: Any, kennung: str) -> str:
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


def _werte(zeilen: list[dict[str, Any]]) -> Any:
    import altair as alt

    return alt.Data(values=zeilen)


def _beschriftung(wert: Wert) -> str:
    return f"{GESCHUETZT} geschützt" if wert.geschuetzt else wert.text if wert.zahl is not None else wert.read_aloud


def gebiete_bild(kennung: str, zeilen: list[Zeile], kommune: Zeile | None, definition: Definition) -> Bild | None:
    """Horizontal bars of anteil_mh, highest first, missing ones last, with the municipality as a dashed line.

    Name and value stand left of the bar, where no line crosses them.
    """
    import altair as alt

    werte = [(z["gebiet"], anteil(z, "anteil_mh")) for z in zeilen]
    sichtbar = sorted(((n, w) for n, w in werte if w.zahl is not None), key=lambda p: (-(p[1].zahl or 0), p[0]))
    # One bar compares nothing, and a lower bound has no place in an order.
    if len(sichtbar) < 2 or len(werte) > BALKEN_HOECHSTENS or any(MINDESTWERT in w.codes for _, w in sichtbar):
        return None
    sortiert = [*sichtbar, *((n, w) for n, w in werte if w.zahl is None)]
    # Areas may share a name: the bars are keyed by position, the name is only their label.
    daten = [{"nr": i, "anteil": float(w.zahl or 0)} for i, (_, w) in enumerate(sortiert)]
    namen = json.dumps({str(i): f"{n}   {w.text}" for i, (n, w) in enumerate(sortiert)}, ensure_ascii=False)
    gesamt = anteil(kommune, "anteil_mh")
    hoechster = max(float(sichtbar[0][1].zahl or 0), float(gesamt.zahl or 0))
    basis = alt.Chart(_werte(daten)).encode(
        y=alt.Y("nr:O", title=None, axis=alt.Axis(labelExpr=f"{namen}[datum.value]", ticks=False, domain=False)),
        x=alt.X(
            "anteil:Q", title="Anteil der Personen mit Migrationshintergrund",
            scale=alt.Scale(domain=[0, hoechster * 1.08 or 1]), axis=alt.Axis(labelExpr=PROZENT_ACHSE, tickCount=5),
        ),
    )  # fmt: skip
    schichten: list[Any] = [basis.mark_bar(color=FARBEN[0], height=17)]
    if gesamt.zahl is not None and kommune is not None:
        linie = alt.Chart(_werte([{"x": float(gesamt.zahl), "text": f"{kommune['gebiet']} {gesamt.text}"}]))
        schichten += [
            linie.mark_rule(color="#ffffff", strokeWidth=5).encode(x="x:Q"),
            linie.mark_rule(color="#1b1b1b", strokeWidth=2.5, strokeDash=[6, 4]).encode(x="x:Q"),
            linie.mark_text(y=-10, fontSize=SCHRIFT, fontWeight="bold", color="#1b1b1b").encode(x="x:Q", text="text:N"),
        ]
    bild = alt.layer(*schichten).properties(width=BREITE - 230, height=alt.Step(26))
    aussage = extreme(sichtbar, "in")
    if gesamt.zahl is not None and kommune is not None:
        aussage += f"; {kommune['gebiet']} insgesamt {gesamt.text} (gestrichelte Linie)"
    fehlend = sum(w.zahl is None for _, w in werte)
    if fehlend:
        aussage += f". Ohne Balken: {fehlend} Gebiet{'e' if fehlend > 1 else ''} ohne veröffentlichten Anteil"
    return Bild(
        _svg(bild, kennung),
        f"Balkendiagramm mit {len(werte)} Gebieten: {aussage}. Alle Werte stehen in der Tabelle.",
        f"Anteil der Personen mit Migrationshintergrund nach Definition {definition.name}: {aussage}.",
    )


def extreme(werte: Sequence[tuple[str, Wert]], wort: str) -> str:
    """Where the highest and the lowest value stand, with all names that share it; `wort`: in, in der Gruppe."""
    texte = {w.text: w for _, w in werte}
    hoch, tief = (f(texte.values(), key=lambda w: w.zahl or 0).text for f in (max, min))
    if hoch == tief:
        return f"überall gleich ({hoch})"
    orte = {t: ", ".join(n for n, w in werte if w.text == t) for t in (hoch, tief)}
    return f"am höchsten {wort} {orte[hoch]} ({hoch}), am niedrigsten {wort} {orte[tief]} ({tief})"


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


def _linien(reihen: list[Reihe]) -> tuple[list[tuple[Reihe, Punkte]], list[Reihe]]:
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


def _satz(bruch: Bruch | None, punkte_: Punkte) -> str:
    """First and last value of one stretch and the change between them, never over a break."""
    (erster_tag, erster), (letzter_tag, letzter) = punkte_[0], punkte_[-1]
    satz = f"{erster.text} am {datum(erster_tag)}"
    if len(punkte_) > 1:
        aenderung = punkte(Fraction(letzter.zahl or 0) - Fraction(erster.zahl or 0))
        satz += f", {letzter.text} am {datum(letzter_tag)} ({aenderung} Prozentpunkte)"
    return f"danach nicht vergleichbar ({bruch.grund.rstrip('.')}): {satz}" if bruch else satz


def zeitreihe_bild(kennung: str, reihen: list[Reihe], brueche: Brueche) -> Bild | None:
    """Lines of anteil_mh for each definition and source; distances in time to scale, the axis begins at zero.

    A line ends at a break (a dashed upright) and at a missing value; one day alone is no development.
    """
    import altair as alt

    linien, ausgelassen = _linien(reihen)
    if len({t for _, p in linien for t, _ in p}) < 2:
        return None
    tage = sorted({t for _, p in linien for t, _ in p})
    spanne = max((tage[-1] - tage[0]).days, 1)
    von, bis = tage[0].toordinal() - spanne * 0.09, tage[-1].toordinal() + spanne * 0.2
    namen = json.dumps({str(t.toordinal()): datum(t) for t in _beschriftete(tage, (bis - von) / LINIEN_BREITE)})
    oben = max(float(w.zahl or 0) for _, p in linien for _, w in p) * 1.15 or 1.0
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
    enden = _auseinander([float(p[-1][1].zahl or 0) for _, p in linien], oben * (SCHRIFT + 3) / LINIEN_HOEHE)
    schichten: list[Any] = []
    saetze = []
    grenzen: set[date] = set()
    for i, (r, p) in enumerate(linien):
        farbe, form, strich = FARBEN[i % 6], FORMEN[i % 6], STRICHE[i % 6]
        teile = [(b, _stuecke(zeilen)) for b, zeilen in abschnitte(r, brueche)]
        letzter_tag, letzter = p[-1]
        ende = [{"tag": letzter_tag.toordinal(), "anteil": enden[i], "text": f"{r.kurz}  {letzter.text}"}]
        for stueck in (s for _, stuecke in teile for s in stuecke):
            werte = [{"tag": t.toordinal(), "anteil": float(w.zahl or 0)} for t, w in stueck]
            basis = alt.Chart(_werte(werte)).encode(x=x, y=y)
            schichten += [
                basis.mark_line(color=farbe, strokeWidth=2.5, strokeDash=strich),
                basis.mark_point(color=farbe, shape=form, size=70, filled=True, opacity=1),
            ]
        grenzen |= {b.tag for b, stuecke in teile if b and stuecke}
        schichten += [
            alt.Chart(_werte(ende))
            .mark_text(dx=10, align="left", fontSize=SCHRIFT, fontWeight="bold", color=farbe)
            .encode(x=x, y=y, text="text:N"),
        ]
        saetze.append(
            f"{r.name}: " + "; ".join(_satz(b, [q for s in stuecke for q in s]) for b, stuecke in teile if stuecke)
        )
    for tag in sorted(grenzen):
        davor = max((t for t in tage if t < tag), default=tag)
        mitte = alt.Chart(_werte([{"tag": (tag.toordinal() + davor.toordinal()) / 2}])).encode(x=x)
        schichten.append(mitte.mark_rule(color=GRAU, strokeWidth=1.5, strokeDash=[4, 4]))
    bild = alt.layer(*schichten).properties(width=LINIEN_BREITE, height=LINIEN_HOEHE)
    aussage = "; ".join(saetze)
    fehlend = "; ".join(r.name for r in ausgelassen)
    bruch = " Eine senkrechte gestrichelte Linie steht für einen Bruch; dort endet die Linie." if grenzen else ""
    ohne = f" Nicht gezeichnet, weil der Anteil nur ein Mindestwert ist: {fehlend}." if ausgelassen else ""
    return Bild(
        _svg(bild, kennung),
        f"Liniendiagramm mit {len(tage)} Stichtagen. {aussage}.{ohne} Alle Werte stehen in der Tabelle.",
        f"Anteil der Personen mit Migrationshintergrund. {aussage}. Die Abstände auf der Zeitachse sind maßstäblich, "
        f"die senkrechte Achse beginnt bei null.{bruch}{ohne}",
    )


def alter_bild(kennung: str, gruppen: list[tuple[Definition, list[Zeile]]]) -> Bild | None:
    """Horizontal bars of anteil_mh by age group, a bar per definition named by its letter; of many only the first."""
    import altair as alt

    gruppen = [(d, zeilen) for d, zeilen in gruppen if not any(is_least_value(z) for z in zeilen)]
    if len(gruppen) > DEFINITIONEN_IM_ALTERSBILD:
        gruppen = gruppen[:1]
    daten: list[dict[str, Any]] = []
    altersgruppen: list[str] = []
    bereiche: list[str] = []
    for d, zeilen in gruppen:
        sichtbar = []
        for z in zeilen:
            if z["altersgruppe"] == INSGESAMT or (z["altersgruppe"] == "unbekannt" and not z["einwohner"]):
                continue
            wert = anteil(z, "anteil_mh")
            if z["altersgruppe"] not in altersgruppen:
                altersgruppen.append(z["altersgruppe"])
            if wert.zahl is not None:
                sichtbar.append((alter_wort(z["altersgruppe"]), wert))
            daten.append({
                "alter": alter_wort(z["altersgruppe"]), "definition": d.buchstabe, "anteil": float(wert.zahl or 0),
                "text": f"{d.buchstabe}  {_beschriftung(wert)}",
            })  # fmt: skip
        if len(sichtbar) > 1 and not any(MINDESTWERT in w.codes for _, w in sichtbar):
            bereiche.append(f"{d.name}: {extreme(sichtbar, 'in der Gruppe')}")
    if not bereiche:
        return None
    buchstaben = [d.buchstabe for d, _ in gruppen]
    hoechster = max(z["anteil"] for z in daten)
    basis = alt.Chart(_werte(daten)).encode(
        y=alt.Y("alter:N", title=None, sort=[alter_wort(a) for a in altersgruppen],
                scale=alt.Scale(paddingInner=0.3), axis=alt.Axis(ticks=False, domain=False)),
        yOffset=alt.YOffset("definition:N", sort=buchstaben),
        x=alt.X("anteil:Q", title="Anteil der Personen mit Migrationshintergrund",
                scale=alt.Scale(domain=[0, hoechster * 1.2 or 1]), axis=alt.Axis(labelExpr=PROZENT_ACHSE, tickCount=5)),
    )  # fmt: skip
    farbe = alt.Color(
        "definition:N",
        scale=alt.Scale(domain=buchstaben, range=[FARBEN[i % 6] for i in range(len(buchstaben))]),
        legend=None,
    )
    bild = alt.layer(
        basis.mark_bar().encode(color=farbe),
        basis.mark_text(align="left", dx=5, fontSize=SCHRIFT - 1, color="#1b1b1b").encode(text="text:N"),
    ).properties(width=BREITE - 130, height=max(len(altersgruppen), 1) * (17 * len(buchstaben) + 8))
    aussage = "; ".join(bereiche)
    return Bild(
        _svg(bild, kennung),
        f"Balkendiagramm mit {len(altersgruppen)} Altersgruppen. {aussage}. Alle Werte stehen in der Tabelle.",
        f"Anteil der Personen mit Migrationshintergrund an allen Personen jeder Altersgruppe. {aussage}.",
    )
