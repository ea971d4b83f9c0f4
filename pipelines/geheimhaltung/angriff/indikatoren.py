"""Register indicators of the time series: counts over ages, ratios, mean ages.

Belongs here: marts.indikator_zeitreihe as far as it counts the register. Ages cut by a border and sums of ages are unknowns of
their own.
"""

import re
from math import sqrt
from typing import Any

from pipelines.geheimhaltung.angriff.bevoelkerung import traeger
from pipelines.geheimhaltung.angriff.facts import read_years
from pipelines.geheimhaltung.angriff.read import HOECHSTES_ALTER, Datei, Zeile, altersgrenzen
from pipelines.geheimhaltung.angriff.shares import GENAU, Quotienten, stellen
from pipelines.geheimhaltung.angriff.system import EPS, INF, INS, Groesse, Stelle, System

TABELLE = "marts.indikator_zeitreihe"
MERKMALE = {"einwohner": "E", "auslaender": "A", "personen_mit_mh": "MH", "deutsche_mit_mh": "D"}
GRUPPEN = {"auslaender": "A", "deutsche": "G", "mit_mh": "MH", "ohne_mh": "O"}
Z2 = 1.96**2
NOT_IN_FILE = (
    "nicht in der Datei"  # mark of a row that only another place tells of: what it does not say it does not hide
)


def spanne(filter_: str | None) -> tuple[int, int] | None:
    """`alter >= 20 and alter < 65` → (20, 64); None where the filter says anything else."""
    von, bis = 0, HOECHSTES_ALTER
    for teil in filter_.split(" and ") if filter_ else []:
        treffer = re.fullmatch(r"alter (<|>=) (\d+)", teil.strip())
        if not treffer:
            return None
        von, bis = (von, min(bis, int(treffer[2]) - 1)) if treffer[1] == "<" else (max(von, int(treffer[2])), bis)
    return von, bis


def teile_der_spanne(gruppen: list[str], von: int, bis: int) -> tuple[list[str], list[str]]:
    """Age groups inside a span, and those a border of it cuts."""
    innen: list[str] = []
    geschnitten: list[str] = []
    for gruppe in gruppen:
        grenzen = altersgrenzen(gruppe)
        if grenzen is None or grenzen[1] < von or grenzen[0] > bis:
            continue
        (innen if von <= grenzen[0] and grenzen[1] <= bis else geschnitten).append(gruppe)
    return innen, geschnitten


def read_indikatoren(s: System, d: Datei, q: Quotienten) -> None:
    """Every register row: whole counts, sums over ages, quotients, means."""
    for z in d.zeilen["indikator_zeitreihe"]:
        angaben = d.indikatoren.get(z["indikator"])
        if z["gruppe"].startswith("staat_"):
            staat = z["gruppe"].removeprefix("staat_")
            i = s.gives("S", "-", z["gebiet_id"], z["geschlecht"], INS, staat)
            if i is not None and z["wert"] is not None:
                s.read(i, _place(z, "wert"), z["wert"])
        elif angaben and angaben["herleitung"] == "wuerfel":
            if angaben["zaehler_merkmal"] == "altersjahre":
                _mittel(s, d, z)
            else:
                _quotient(s, d, q, z, angaben)
    # Germans and foreigners are everybody: three rounded means of them meet.
    for k, i in list(s.nummer.items()):
        teile = [s.gives("Y", "-", *k[2:5], art) for art in ("A", "G")] if (k[0], k[-1]) == ("Y", "E") else []
        if teile and None not in teile:
            s.gleich("Jahre aller = der Ausländer + der Deutschen", [i], [t for t in teile if t is not None])


def _place(z: Zeile, spalte: str) -> Stelle:
    return Stelle(
        TABELLE,
        spalte,
        "; ".join(z[k] for k in ("indikator", "profil", "gebiet_id", "gruppe", "geschlecht", "altersgruppe")),
    )


def count_key(d: Datei, z: Zeile, merkmal: str, filter_: str | None) -> Groesse | None:
    """The unknown that a numerator or denominator is; None where age groups do not say it."""
    sp = spanne(filter_)
    art = MERKMALE.get(merkmal) if z["gruppe"] == INS else GRUPPEN.get(z["gruppe"]) if merkmal == "einwohner" else None
    if sp is None or art is None or (z["profil"] == "-" and art not in ("E", "A", "G")):
        return None
    p, g, x = traeger(art, z["profil"]), z["gebiet_id"], z["geschlecht"]
    if not filter_:
        return art, p, g, x, z["altersgruppe"]
    if z["altersgruppe"] != INS or not teile_der_spanne(d.altersgruppen(), *sp)[0]:
        return None
    return "SP", p, g, x, INS, art, f"{sp[0]}-{sp[1]}"


def _is_cut(d: Datei, angaben: dict[str, Any]) -> bool:
    """Whether a border of either side divides an age group: such a row shows counts only where single years do, and their
    absence hides nothing."""
    spannen = (spanne(angaben[f]) for f in ("zaehler_filter", "nenner_filter") if angaben[f])
    return any(sp is not None and teile_der_spanne(d.altersgruppen(), *sp)[1] for sp in spannen)


def _zahl(
    s: System, d: Datei, z: Zeile, merkmal: str, filter_: str | None, spalte: str, *, cut: bool = False
) -> int | None:
    """The count a numerator or denominator is, with what it is the sum of; None where age groups do not say it."""
    k = count_key(d, z, merkmal, filter_)
    if k is None:
        return None
    if not filter_:
        i = s.zahl(*k)
        if z[spalte] is not None:
            s.read(i, _place(z, spalte), z[spalte])
        return i
    sp, art, p, g, x = spanne(filter_) or (0, HOECHSTES_ALTER), k[5], k[1], z["gebiet_id"], z["geschlecht"]
    innen, geschnitten = teile_der_spanne(d.altersgruppen(), *sp)
    neu = s.gives(*k) is None
    i = s.zahl(*k)
    if neu:
        teile = [s.zahl(art, p, g, x, a) for a in innen]
        schnitte = [s.zahl("T", p, g, x, a, art, _seite(a, *sp)) for a in geschnitten]
        s.gleich(f"Alter {sp[0]}–{sp[1]}: Summe der Altersgruppen, {art}", [i], [*teile, *schnitte])
        for a, t in zip(geschnitten, schnitte, strict=True):
            von, bis = altersgrenzen(a) or (0, 0)
            # The other side of the border: those of the group who are not in the span.
            if sp[0] <= von or bis <= sp[1]:
                anderes = s.zahl("T", p, g, x, a, art, _seite(a, *_andere(sp, von, bis)))
                s.gleich(f"Altersgruppe {a} geteilt, {art}", [s.zahl(art, p, g, x, a)], [t, anderes])
    hides = not (geschnitten or cut or _is_out_of_scope(z))
    if z["gruppe"] == INS and (z[spalte] is not None or hides):
        s.read(i, _place(z, spalte), z[spalte])
    return i


def _is_out_of_scope(z: Zeile) -> bool:
    """Whether a row says nothing of a count that is not there: only another place tells of it, or nobody counts it so deep."""
    return NOT_IN_FILE in z or "nicht_erhoben" in (z.get("hinweise") or [])


def _seite(gruppe: str, von: int, bis: int) -> str:
    """Name of the part of an age group that lies in a span."""
    grenzen = altersgrenzen(gruppe) or (0, 0)
    return f"{max(von, grenzen[0])}-{min(bis, grenzen[1])}"


def _andere(sp: tuple[int, int], von: int, bis: int) -> tuple[int, int]:
    return (sp[1] + 1, bis) if sp[1] < bis else (von, sp[0] - 1)


def _quotient(s: System, d: Datei, q: Quotienten, z: Zeile, angaben: dict[str, Any]) -> None:
    cut = _is_cut(d, angaben)
    zaehler = _zahl(s, d, z, angaben["zaehler_merkmal"], angaben["zaehler_filter"], "zaehler", cut=cut)
    if zaehler is None or not angaben["nenner_merkmal"]:
        return
    nenner = _zahl(s, d, z, angaben["nenner_merkmal"], angaben["nenner_filter"], "nenner", cut=cut)
    if nenner is None:
        return
    if angaben["zaehler_filter"] and angaben["zaehler_filter"] == angaben["nenner_filter"]:
        art = s.schluessel[zaehler][5]
        k = s.schluessel[nenner]
        s.rest("nicht im Zähler", nenner, [zaehler], "SPR", z["profil"], *k[2:5], art, k[6])
    if z["wert"] is not None:
        gerundet = "gerundet" in (z.get("hinweise") or [])
        spiel = 0.5 * 10.0 ** -min(stellen(z["wert"]), 1) + EPS if gerundet else GENAU
        q.take(
            s,
            f"{z['indikator']} {z['gruppe']}",
            [zaehler],
            nenner,
            z["wert"] / angaben["faktor"],
            spiel / angaben["faktor"],
        )
    if z.get("untergrenze") is not None and not s.spiel and not (s.fest(zaehler) and s.fest(nenner)):
        paar = aus_wilson(z["untergrenze"] / angaben["faktor"], z["obergrenze"] / angaben["faktor"])
        if paar:
            s.read(nenner, _place(z, "untergrenze"), paar[1])
            s.read(zaehler, _place(z, "untergrenze"), paar[0])


def aus_wilson(unten: float, oben: float) -> tuple[int, int] | None:
    """Numerator and denominator whose 95 % interval (Wilson) this is; its width grows as the denominator falls."""
    mitte, halb = (unten + oben) / 2, (oben - unten) / 2

    def breite(n: float) -> float:
        p: float = mitte * (1 + Z2 / n) - Z2 / (2 * n)
        return 1.96 / (1 + Z2 / n) * sqrt(max(p * (1 - p) / n + Z2 / (4 * n * n), 0.0))

    tief, hoch = 1.0, 1e8
    for _ in range(200):
        probe = (tief + hoch) / 2
        tief, hoch = (probe, hoch) if breite(probe) > halb else (tief, probe)
    n = round((tief + hoch) / 2)
    z = round(n * (mitte * (1 + Z2 / n) - Z2 / (2 * n)))
    return (z, n) if 0 <= z <= n and abs(breite(n) - halb) < 1e-6 else None


def _mittel(s: System, d: Datei, z: Zeile) -> None:
    """A mean age, rounded: the sum of ages of everybody whose age is known."""
    art = "E" if z["gruppe"] == INS else GRUPPEN.get(z["gruppe"])
    if z["wert"] is None or art is None or z["altersgruppe"] != INS or s.spiel:
        return
    p, g, x = traeger(art, z["profil"]), z["gebiet_id"], z["geschlecht"]
    zellen = [(s.zahl(art, p, g, x, a), grenzen) for a in d.altersgruppen() if (grenzen := altersgrenzen(a))]
    jahre = s.zahl("Y", p, g, x, INS, art, ganz=False)
    spiel = 0.05 + EPS
    s.zeile("Alterssumme", [(jahre, 1.0), *((i, -(z["wert"] - spiel)) for i, _ in zellen)], 0.0, INF)
    s.zeile("Alterssumme", [(jahre, 1.0), *((i, -(z["wert"] + spiel)) for i, _ in zellen)], -INF, 0.0)
    fact = {"E": "altersjahr", "A": "altersjahr_auslaender"}.get(art)
    einzelne = [
        (i, grenzen) for k, i in s.nummer.items()
        if (*k[:6],) == ("RM", "-", g, x, INS, fact) and (grenzen := read_years(k[6]))
    ]  # fmt: skip
    for je_alter in (zellen, einzelne):
        if je_alter:
            s.zeile("Alter mindestens", [(jahre, 1.0), *((i, -float(von)) for i, (von, _) in je_alter)], 0.0, INF)
            s.zeile("Alter höchstens", [(jahre, 1.0), *((i, -float(bis)) for i, (_, bis) in je_alter)], -INF, 0.0)
