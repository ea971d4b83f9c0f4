"""What other states of the same Stichtag say: releases still in the archive, earlier data states, values other rows tell.

Belongs here: everything that stands beside the figures of today. A figure of the same delivery is the same figure; one of
another delivery tells of the persons who came and went, so a certain difference below the threshold is a break.
"""

from dataclasses import dataclass

import duckdb

from pipelines.geheimhaltung.angriff.bevoelkerung import traeger
from pipelines.geheimhaltung.angriff.indikatoren import NOT_IN_FILE
from pipelines.geheimhaltung.angriff.read import Datei
from pipelines.geheimhaltung.angriff.system import INS, Matrix, Stelle, System

ALT = "ALT"
STAENDE = (("einwohner", "E"), ("auslaender", "A"), ("personen_mit_mh", "MH"))


@dataclass(frozen=True)
class Frueher:
    """An earlier figure of an unknown of today, of another delivery."""

    zahl: int
    wert: float
    woher: str


def read_datenstaende(s: System, d: Datei) -> None:
    """Counts of earlier data states: unknowns of their own that add up over areas as today's do."""
    for z in d.zeilen["datenstandvergleich"]:
        alt, g, p = str(z["datenstand_alt"]), z["gebiet_id"], z["profil"]
        if z["datenstand_neu"] != max(y["datenstand_neu"] for y in d.zeilen["datenstandvergleich"]):
            continue
        for spalte, art in STAENDE:
            profil = traeger(art, p)
            heute = s.zahl(art, profil, g, INS, INS)
            i = s.zahl(f"{ALT} {art}", profil, g, INS, INS, alt)
            stelle = Stelle("marts.datenstandvergleich", f"{spalte}_alt", "; ".join((g, p, alt)))
            wert = z.get(f"{spalte}_alt")
            if wert is not None or not s.fest(i):
                s.read(i, stelle, wert)
            if z.get(f"{spalte}_neu") is not None:
                s.read(heute, stelle, z[f"{spalte}_neu"])
            if (unterschied := z.get(f"{spalte}_differenz")) is not None:
                s.zeile("Unterschied der Datenstände", [(heute, 1.0), (i, -1.0)], unterschied, unterschied)


def read_archive(s: System, alt: System, gleiche_lieferung: bool, woher: str) -> list[Frueher]:
    """Figures an archived release shows: of the same delivery they are today's, else they stand beside them."""
    frueher = []
    for i, stellen in sorted(alt.zeigt.items()):
        k, wert = alt.schluessel[i], alt.unten[i]
        heute = s.gives(*k)
        if heute is None:
            continue
        if gleiche_lieferung and not s.fest(heute):
            s.read(heute, Stelle(f"archiv/{woher}", stellen[0][0].spalte, stellen[0][0].schluessel), wert)
        elif not gleiche_lieferung or s.unten[heute] != wert:
            frueher.append(Frueher(heute, wert, f"archiv/{woher}"))
    return frueher


def verratene_unterschiede(m: Matrix, frueher: list[Frueher], schwelle: int) -> dict[int, str]:
    """Unknowns whose change is certain and so small that it tells of single persons."""
    verraten = {}
    for f in frueher:
        if m.U[f.zahl] - m.L[f.zahl] < 1e-7 and 0 < abs(m.L[f.zahl] - f.wert) < schwelle:
            verraten[f.zahl] = f.woher
    for i, k in enumerate(m.s.schluessel):
        if k[0].startswith(f"{ALT} ") and m.U[i] - m.L[i] < 1e-7:
            heute = m.s.gives(k[0].removeprefix(f"{ALT} "), *k[1:5])
            if heute is not None and m.U[heute] - m.L[heute] < 1e-7 and 0 < abs(m.L[heute] - m.L[i]) < schwelle:
                verraten[i] = "marts.datenstandvergleich"
    return verraten


REIHE = ("kommune", "gebiet_id", "indikator", "profil", "gruppe", "geschlecht", "altersgruppe")
# What a row w tells of the row t: keys they share, further condition, value of t.
VERRAET = (
    ("Wert der Vorperiode", REIHE, "w.vorperiode = t.zeitraum", "coalesce(w.vorwert, w.wert - w.veraenderung_vorperiode)"),
    ("Änderung seit dem Beginn", REIHE, "w.basis = t.zeitraum", "w.wert - w.veraenderung_basis"),
    (
        "Vergleichsgruppe", tuple(k for k in REIHE if k != "gruppe"),
        "w.zeitraum = t.zeitraum and w.vergleichsgruppe = t.gruppe", "coalesce(w.vergleichswert, w.wert - w.abstand)",
    ),
    (
        "Verhältnis zum Ort", tuple(k for k in REIHE if k != "gebiet_id"),
        "w.zeitraum = t.zeitraum and t.gebiet_id = k.ags and w.gebiet_id <> k.ags", "w.wert / nullif(w.lage_quotient, 0)",
    ),
    ("Abstand zum Ziel", REIHE, "w.zeitraum = t.zeitraum", "w.ziel - w.zielabstand"),
)  # fmt: skip


def read_revealed(con: duckdb.DuckDBPyConnection, d: Datei) -> None:
    """Values of indicators that another row tells although their own row hides them: they become rows like any other."""
    for woher, gemeinsam, bedingung, wert in VERRAET:
        gleich = " and ".join(f"t.{k} = w.{k}" for k in gemeinsam)
        for *werte, zahl in con.execute(
            f"select t.gebiet_id, t.indikator, t.profil, t.gruppe, t.geschlecht, t.altersgruppe, {wert} as verraten "
            "from marts.indikator_zeitreihe as t inner join dim.kommune as k on t.kommune = k.kommune "
            f"inner join marts.indikator_zeitreihe as w on {gleich} and {bedingung} "
            "where t.kommune = ? and w.kommune = ? and t.stichtag = ? and t.quelle = 'melderegister' and t.wert is null "
            "and verraten is not null",
            [d.kommune, d.kommune, d.stichtag],
        ).fetchall():
            zeile = dict(
                zip(("gebiet_id", "indikator", "profil", "gruppe", "geschlecht", "altersgruppe"), werte, strict=True)
            )
            d.zeilen["indikator_zeitreihe"].append(
                {**zeile, "zaehler": None, "nenner": None, "wert": zahl, "hinweise": [woher], NOT_IN_FILE: True}
            )


def read_trends(con: duckdb.DuckDBPyConnection, d: Datei) -> None:
    """Least and greatest value of a series: one that no row shows is that of the row which hides its value."""
    reihe = ", ".join(f"t.{k}" for k in REIHE[1:])
    gleich = " and ".join(f"t.{k} = w.{k}" for k in REIHE)
    for *werte, zahl in con.execute(
        f"select {reihe}, x.wert as verraten from marts.indikator_trend as t "
        f"inner join marts.indikator_zeitreihe as w on {gleich} "
        "cross join lateral (values (t.kleinster), (t.groesster)) as x (wert) "
        "where t.kommune = ? and w.kommune = ? and w.stichtag = ? and w.quelle = 'melderegister' and w.wert is null "
        "and x.wert is not null and not exists (from marts.indikator_zeitreihe as v "
        f"where {gleich.replace('w.', 'v.')} and abs(v.wert - x.wert) <= 1e-9 * greatest(1, abs(x.wert)))",
        [d.kommune, d.kommune, d.stichtag],
    ).fetchall():
        zeile = dict(zip(REIHE[1:], werte, strict=True))
        d.zeilen["indikator_zeitreihe"].append(
            {**zeile, "zaehler": None, "nenner": None, "wert": zahl, "hinweise": ["Trend"], NOT_IN_FILE: True}
        )


def read_reichweiten(con: duckdb.DuckDBPyConnection, d: Datei) -> None:
    """The size of a target group is the numerator or denominator of its series."""
    for gebiet, indikator, profil, gruppe, geschlecht, groesse, zahl in con.execute(
        "select gebiet_id, indikator, profil, gruppe, geschlecht, groesse, "
        "coalesce(zielgruppe_groesse, round(teilnehmende / nullif(reichweite, 0))) as zahl from marts.massnahme_reichweite "
        "where kommune = ? and zielgruppe_stichtag = ? and zahl is not null",
        [d.kommune, d.stichtag],
    ).fetchall():
        zeile = {
            "gebiet_id": gebiet,
            "indikator": indikator,
            "profil": profil,
            "gruppe": gruppe,
            "geschlecht": geschlecht,
        }
        d.zeilen["indikator_zeitreihe"].append(
            {
                **zeile,
                "altersgruppe": INS,
                "zaehler": None,
                "nenner": None,
                "wert": None,
                groesse: zahl,
                "hinweise": [],
                NOT_IN_FILE: True,
            }
        )
