"""How the cells of a family hang together: sums over areas, sexes, ages and groups, parts of wholes, remainders.

Belongs here: everything an attacker may add and subtract. A relation that the counts do not fulfil is left out (system.py).
Long because every table has a relation of its own.
"""

import re
from collections import defaultdict
from collections.abc import Iterable

from pipelines.geheimhaltung.age_relations import link_ages
from pipelines.geheimhaltung.definition_relations import link_vergleiche
from pipelines.geheimhaltung.fact_relations import link_merkmale
from pipelines.geheimhaltung.family import Familie
from pipelines.geheimhaltung.group_relations import link_gruppen, link_option
from pipelines.geheimhaltung.kind_relations import link_arten
from pipelines.geheimhaltung.named import remember_named
from pipelines.geheimhaltung.system import Schluessel
from pipelines.stamm.kommune import altersgrenzen
from schemas.spalten.common import INSGESAMT as INS
from schemas.spalten.common import ZAEHLGESCHLECHTER

KEIN_NAME = {INS, "NZO", "uebrige", "000", "999"}  # of states
Ort = tuple[str, str, str]  # area, sex, age group
MASSE = ("einwohner", "auslaender", "deutsche_mit_mh", "personen_mit_mh", "unentscheidbar")
HOECHSTES_ALTER = 130


def link_cells(f: Familie) -> None:
    """Add to the family's system every relation there is."""
    _bestand(f)
    _altersspannen(f)
    _kategorien(f)
    if f.arten:
        link_arten(f)
        link_ages(f)
    else:
        link_vergleiche(f)
    _staaten(f)
    _bezugslaender(f)
    link_gruppen(f)
    link_option(f)
    link_merkmale(f)
    _summen(f)
    _kleine_zeilen(f)
    remember_named(f)


def _alle(nummern: Iterable[int | None]) -> list[int] | None:
    """The numbers if none is missing."""
    liste = list(nummern)
    return [i for i in liste if i is not None] if None not in liste else None


def _summen(f: Familie) -> None:
    """Every kind of cell over areas, sexes and age groups, as far as it is told by them."""
    gitter: dict[tuple[str, ...], dict[tuple[str, str, str], int]] = defaultdict(dict)
    for i, k in enumerate(f.tafel.schluessel):
        gitter[k.art, k.profil, k.a, k.b, k.c][k.gebiet_id, k.geschlecht, k.altersgruppe] = i
    for zellen in gitter.values():
        alter = sorted({a for _, _, a in zellen} - {INS})
        for (g, x, a), i in zellen.items():
            for teile in (
                [zellen.get((kind, x, a)) for kind in f.kinder.get(g, [])],
                [zellen.get((g, s, a)) for s in ZAEHLGESCHLECHTER] if x == INS else [],
                [zellen.get((g, x, b)) for b in alter] if a == INS else [],
            ):
                # A part that has no cell counts nobody, or the others are less than the whole.
                if nummern := [n for n in teile if n is not None]:
                    f.tafel.gleich([i], nummern) or f.tafel.hoechstens(nummern, [i])


def _bestand(f: Familie) -> None:
    """Germans, persons without MH, foreigners without MH: nobody prints them, everybody subtracts them."""
    t = f.tafel
    orte: list[tuple[Ort, int]] = [
        ((k.gebiet_id, k.geschlecht, k.altersgruppe), i) for k, i in list(t.nummer.items()) if k.art == "einwohner"
    ]
    for ort, e in orte:
        if (a := f.gives("auslaender", "-", *ort)) is not None:
            t.abgeleitet(e, [a], Schluessel("deutsche", "-", *ort))
    for p in f.profile:
        zeilen: list[tuple[Ort, list[int]]] = [
            (ort, nummern)
            for ort, e in orte
            if (nummern := _alle([e, *(f.gives(m, "-" if m == "auslaender" else p, *ort) for m in MASSE[1:])]))
        ]
        # Under most definitions every foreigner has MH; under the others that is two more groups.
        alle = all(t.wert[m] == t.wert[a] + t.wert[d] for _, (_, a, d, m, _) in zeilen)
        for ort, (e, a, d, m, u) in zeilen:
            t.abgeleitet(e, [m, u], Schluessel("ohne_mh", p, *ort))
            if alle:
                t.gleich([m], [a, d])
                continue
            mit = t.abgeleitet(m, [d], Schluessel("auslaender_mit_mh", p, *ort))
            if t.wert[a] >= t.wert[mit]:
                t.abgeleitet(a, [mit], Schluessel("auslaender_ohne_mh", p, *ort))


def altersspanne(filter_: str | None) -> tuple[int, int] | None:
    """`alter >= 20 and alter < 65` → (20, 64); None if the filter says anything else."""
    von, bis = 0, HOECHSTES_ALTER
    for teil in filter_.split(" and ") if filter_ else []:
        treffer = re.fullmatch(r"alter (<|>=) (\d+)", teil.strip())
        if not treffer:
            return None
        if treffer[1] == "<":
            bis = min(bis, int(treffer[2]) - 1)
        else:
            von = max(von, int(treffer[2]))
    return von, bis


def spannen_im_umfang(f: Familie, profil: str) -> list[tuple[str, str]]:
    """(area, sex) for which sums over ages are told: the main definition by both, the others for the whole town."""
    main = profil == f.hauptprofil
    return sorted(
        {
            (k.gebiet_id, k.geschlecht)
            for k in f.tafel.schluessel
            if k.art == "personen_mit_mh" and k.profil == profil and k.altersgruppe not in (INS, "unbekannt")
            and (main or (k.gebiet_id == f.ags and k.geschlecht == INS))
        }
    )  # fmt: skip


def _altersspannen(familie: Familie) -> None:
    """Counts of indicators over age groups: sums of cells of the main table."""
    orte = {p: spannen_im_umfang(familie, p) for p in familie.profile}
    je_mass: dict[tuple[str, str], set[str]] = defaultdict(set)
    for schluessel in familie.tafel.schluessel:
        je_mass[schluessel.art, schluessel.profil].add(schluessel.altersgruppe)
    gleiche: dict[tuple[str, str, str, str, tuple[str, ...]], int] = {}
    for seite in familie.summen:
        spanne = altersspanne(seite.filter)
        if spanne is None or seite.merkmal not in MASSE:
            continue
        for p in familie.profile:
            traeger = "-" if seite.merkmal in ("einwohner", "auslaender") else p
            gruppen = sorted(je_mass[seite.merkmal, traeger] - {INS, "unbekannt"})
            for g, x in orte[p]:
                innen = [
                    n for n, von, bis in altersgrenzen(tuple(gruppen))
                    if spanne[0] <= von and (bis if bis is not None else HOECHSTES_ALTER) <= spanne[1]
                ]  # fmt: skip
                if seite.filter is None or not (
                    teile := _alle([familie.gives(seite.merkmal, traeger, g, x, n) for n in innen])
                ):
                    continue
                summe = familie.tafel.zelle(
                    Schluessel("altersspanne", p, g, x, INS, seite.indikator, seite.rolle),
                    sum(familie.tafel.wert[i] for i in teile),
                    all(familie.tafel.oeffentlich[i] for i in teile),
                )
                familie.tafel.gleich([summe], teile)
                # The same number under another name: of another indicator, or under another definition.
                erste = gleiche.setdefault((seite.merkmal, traeger, g, x, tuple(innen)), summe)
                if erste != summe:
                    familie.tafel.gleich([summe], [erste])
    # Whoever of the denominator is not in the numerator is a count as well.
    for schluessel, nenner in list(familie.tafel.nummer.items()):
        if schluessel.art == "altersspanne" and schluessel.b == "nenner":
            zaehler = familie.tafel.nummer.get(schluessel._replace(b="zaehler"))
            if zaehler is not None and familie.tafel.wert[nenner] >= familie.tafel.wert[zaehler]:
                familie.tafel.abgeleitet(nenner, [zaehler], schluessel._replace(art="altersspanne_rest"))


def _kategorien(f: Familie) -> None:
    tafel = f.tafel
    zeilen: dict[tuple[str, str, str], dict[tuple[str, str], int]] = defaultdict(dict)
    for i, k in enumerate(tafel.schluessel):
        if k.art == "kategorie":
            zeilen[k.profil, k.gebiet_id, k.geschlecht][k.a, k.b] = i
    for (p, g, x), zellen in zeilen.items():
        kategorien = sorted({k for k, _ in zellen} - {INS})
        generationen = sorted({n for _, n in zellen} - {INS})
        for n in (INS, *generationen):
            if (INS, n) in zellen:
                tafel.gleich([zellen[INS, n]], [zellen[k, n] for k in kategorien if (k, n) in zellen])
        for kategorie in (INS, *kategorien):
            teile = [zellen[kategorie, n] for n in generationen if (kategorie, n) in zellen]
            if (kategorie, INS) in zellen and teile:
                tafel.gleich([zellen[kategorie, INS]], teile)
        ganze = [(k, zellen[k, INS]) for k in kategorien if (k, INS) in zellen]
        auslaender = f.auslaenderkategorien.get(p, set())
        for ziel, teile in (
            (f.gives("einwohner", "-", g, x, INS), [i for _, i in ganze]),
            (f.gives("auslaender", "-", g, x, INS), [i for k, i in ganze if k in auslaender]),
            *(
                (f.gives(mass, p, g, x, INS), [i for k, i in ganze if f.ergebnis.get((p, k)) in ergebnisse])
                for mass, ergebnisse in (
                    ("personen_mit_mh", ("mit",)), ("ohne_mh", ("ohne",)),
                    ("unentscheidbar", ("unentscheidbar", "nicht_bestimmbar")),
                )
            ),
        ):  # fmt: skip
            if ziel is not None and teile:
                tafel.gleich([ziel], teile)
        # Foreigners of a generation are the same persons under every definition.
        for n in generationen:
            if teile := [zellen[k, n] for k in sorted(auslaender) if (k, n) in zellen]:
                summe = tafel.zelle(
                    Schluessel("auslaender_generation", "-", g, x, INS, n), sum(tafel.wert[i] for i in teile)
                )
                tafel.gleich([summe], teile)


def _je_zeile(f: Familie, art: str) -> dict[tuple[str, str, str], dict[str, int]]:
    zeilen: dict[tuple[str, str, str], dict[str, int]] = defaultdict(dict)
    for i, k in enumerate(f.tafel.schluessel):
        if k.art == art:
            zeilen[k.profil, k.gebiet_id, k.geschlecht][k.a] = i
    return zeilen


def _teile(f: Familie, art: str, ganzes: str) -> None:
    """States and their whole; whoever is not named stays over, which is a count as well."""
    for (p, g, x), zellen in _je_zeile(f, art).items():
        alle = zellen.get(INS)
        if alle is None:
            continue
        teile = [i for s, i in zellen.items() if s != INS]
        if (i := f.gives(ganzes, p, g, x, INS)) is not None:
            f.tafel.gleich([i], [alle])
        if not f.tafel.gleich([alle], teile) and f.tafel.wert[alle] > sum(f.tafel.wert[i] for i in teile):
            f.tafel.abgeleitet(alle, teile, Schluessel(f"{art}_rest", p, g, x, INS))


def _staaten(f: Familie) -> None:
    t = f.tafel
    _teile(f, "staat", "einwohner")
    zeilen = _je_zeile(f, "staat")
    for (_, g, x), zellen in zeilen.items():
        deutsche = f.gives("deutsche", "-", g, x, INS)
        if deutsche is None or "000" not in zellen:
            continue
        # Who has no known nationality counts as no foreigner, and is told with the Germans where such are few.
        if not t.gleich([deutsche], [zellen[s] for s in ("000", "999") if s in zellen]):
            t.hoechstens([zellen["000"]], [deutsche])
    for p in f.profile:
        paare = [
            (u, z["999"]) for (_, g, x), z in zeilen.items()
            if "999" in z and (u := f.gives("unentscheidbar", p, g, x, INS)) is not None
        ]  # fmt: skip
        if all(t.wert[u] == t.wert[s] for u, s in paare):
            for u, s in paare:
                t.gleich([u], [s])


def _bezugslaender(f: Familie) -> None:
    """Germans with MH by state, and foreigners whom a definition leaves out: a foreigner's Bezugsland is the nationality."""
    _teile(f, "bezugsland", "personen_mit_mh")
    staaten = _je_zeile(f, "staat")
    for (p, g, x), zellen in _je_zeile(f, "bezugsland").items():
        ort, named = (g, x, INS), staaten.get(("-", g, x), {})
        paare = [(i, named[staat], staat) for staat, i in zellen.items() if staat in named and staat not in KEIN_NAME]
        paare += _find_unnamed(f, p, ort, zellen, named)
        wert = f.tafel.wert
        deutsche = {
            staat: f.tafel.abgeleitet(i, [s], Schluessel("deutsche_mit_bezugsland", p, *ort, staat))
            for i, s, staat in paare
            if wert[i] >= wert[s]
        }
        # Where a definition leaves foreigners out and hardly more than are missing here, these are they.
        fehlende = [(i, s, staat) for i, s, staat in paare if wert[i] < wert[s]]
        ohne = f.gives("auslaender_ohne_mh", p, *ort)
        if ohne is not None and wert[ohne] - sum(wert[s] - wert[i] for i, s, _ in fehlende) < f.schwelle:
            for i, s, staat in fehlende:
                f.tafel.abgeleitet(s, [i], Schluessel("auslaender_ohne_mh", p, *ort, staat))
        # Germans of the other Bezugsländer, and without those of no country, whom a reader takes for Germans.
        alle = f.gives("deutsche_mit_mh", p, *ort)
        deutsche.pop("uebrige", None)
        nzo = [i for staat, i in zellen.items() if staat == "NZO"]
        for teile, name in (([*deutsche.values()], "rest"), ([*deutsche.values(), *nzo], "rest_ohne_nzo")):
            if deutsche and alle is not None and wert[alle] >= sum(wert[i] for i in teile):
                f.tafel.abgeleitet(alle, teile, Schluessel("deutsche_mit_bezugsland", p, *ort, name))


def _find_unnamed(
    f: Familie, p: str, ort: Ort, zellen: dict[str, int], named: dict[str, int]
) -> list[tuple[int, int, str]]:
    """All states without a name are one more, where both tables name the same: of persons with MH, and of foreigners."""
    gleiche = set(zellen) - KEIN_NAME
    auslaender = f.gives("auslaender", "-", *ort)
    if not gleiche or gleiche != set(named) - KEIN_NAME or auslaender is None or INS not in zellen:
        return []
    andere = [i for staat, i in zellen.items() if staat in gleiche | {"NZO"}]
    mit_mh = f.tafel.abgeleitet(zellen[INS], andere, Schluessel("bezugsland_unbenannt", p, *ort))
    ohne = f.tafel.abgeleitet(auslaender, [named[s] for s in gleiche], Schluessel("staat_unbenannt", "-", *ort))
    return [(mit_mh, ohne, "uebrige")]


def _kleine_zeilen(f: Familie) -> None:
    """Rows of few inhabitants: no breakdown, whatever it is, zeros as well."""
    for i, k in enumerate(f.tafel.schluessel):
        if not f.tafel.oeffentlich[i] or k.art == "einwohner" or (k.art == "staat" and k.a == INS):
            continue
        if k.art == "kategorie" and k.a == k.b == INS:
            continue
        einwohner = f.gives("einwohner", "-", k.gebiet_id, k.geschlecht, k.altersgruppe)
        if k.art == "altersspanne" or einwohner is None or i in f.tafel.bekannt:
            continue
        if 0 < f.tafel.wert[einwohner] < f.mindestzeile:
            f.tafel.kleine_zeile.add(i)
