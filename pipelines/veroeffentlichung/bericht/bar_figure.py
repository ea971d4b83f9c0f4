"""The report's bars: shares of the areas, shares of the age groups, each chart with a text that replaces it.

Belongs here: these charts and their text alternatives. Does not belong here: lines (line_figure.py), what every chart has
(svg.py), which rows they show (load.py). Libraries are imported on use: the command line must start quickly.
"""

import json
from collections.abc import Sequence
from typing import Any

from pipelines.veroeffentlichung.bericht.content import INSGESAMT, Definition, Zeile
from pipelines.veroeffentlichung.bericht.numbers import (
    GESCHUETZT,
    MINDESTWERT,
    Wert,
    alter_wort,
    anteil,
    is_least_value,
)
from pipelines.veroeffentlichung.bericht.svg import FARBEN, PROZENT_ACHSE, SCHRIFT, Bild, chart_data, to_svg

BREITE = 480
# More bars than this are no picture any more; the table has them all.
BALKEN_HOECHSTENS = 60
DEFINITIONEN_IM_ALTERSBILD = 2


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
    basis = alt.Chart(chart_data(daten)).encode(
        y=alt.Y("nr:O", title=None, axis=alt.Axis(labelExpr=f"{namen}[datum.value]", ticks=False, domain=False)),
        x=alt.X(
            "anteil:Q", title="Anteil der Personen mit Migrationshintergrund",
            scale=alt.Scale(domain=[0, hoechster * 1.08 or 1]), axis=alt.Axis(labelExpr=PROZENT_ACHSE, tickCount=5),
        ),
    )  # fmt: skip
    schichten: list[Any] = [basis.mark_bar(color=FARBEN[0], height=17)]
    if gesamt.zahl is not None and kommune is not None:
        linie = alt.Chart(chart_data([{"x": float(gesamt.zahl), "text": f"{kommune['gebiet']} {gesamt.text}"}]))
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
        to_svg(bild, kennung),
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
    basis = alt.Chart(chart_data(daten)).encode(
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
        to_svg(bild, kennung),
        f"Balkendiagramm mit {len(altersgruppen)} Altersgruppen. {aussage}. Alle Werte stehen in der Tabelle.",
        f"Anteil der Personen mit Migrationshintergrund an allen Personen jeder Altersgruppe. {aussage}.",
    )
