"""Facts of one extract (durations, nationalities, votes, single years of age): how their cells hang together with the others.

Belongs here: art `merkmal`. Each fact divides up inhabitants, foreigners or Germans, who are told elsewhere; what two facts have
in common is told as well. Does not belong here: sums over areas and sexes (relations.py).
"""

import re
from collections import defaultdict

from pipelines.geheimhaltung.family import Familie
from pipelines.geheimhaltung.system import Schluessel, Tafel
from schemas.spalten.common import INSGESAMT as INS

TEILEN = {
    "aufenthaltsdauer": "auslaender", "asylherkunft": "auslaender", "altersjahr_auslaender": "auslaender",
    "wohndauer": "einwohner", "altersjahr": "einwohner", "mehrstaatigkeit": "deutsche",
}  # fmt: skip
# Values of a duration that are no years.
KEINE_DAUER = ("in_deutschland_geboren", "unbekannt")
UNBEKANNT = "unbekannt"
Werte = dict[str, int]  # value → cell
Ort = tuple[str, str]  # area, sex


def link_merkmale(f: Familie) -> None:
    """Every fact with what it divides up, then facts with each other and with what else is told of the same persons."""
    orte: dict[Ort, dict[str, Werte]] = defaultdict(lambda: defaultdict(dict))
    for i, k in enumerate(f.tafel.schluessel):
        if k.art == "merkmal":
            orte[k.gebiet_id, k.geschlecht][k.a][k.b] = i
    for ort, merkmale in orte.items():
        for merkmal, ganzes in TEILEN.items():
            werte = merkmale.get(merkmal, {})
            if werte and (alle := f.gives(ganzes, "-", *ort, INS)) is not None:
                f.tafel.gleich([alle], werte.values())
        _connect_altersjahre(f, ort, merkmale)
        _connect_dauern(f, ort, merkmale)
        _connect_mehrstaatige(f, ort, merkmale.get("mehrstaatigkeit", {}))
        _connect_asylherkunft(f, ort, merkmale.get("asylherkunft", {}))
        _connect_wahlberechtigte(f, ort, merkmale)


def read_jahre(wert: str) -> tuple[int, int] | None:
    """First and last year of a value such as `07`, `05-07`, `15+`; None if it is none."""
    treffer = re.fullmatch(r"(\d{2,3})(?:-(\d{2,3})|(\+))?", wert)
    if not treffer:
        return None
    von = int(treffer[1])
    return von, 999 if treffer[3] else int(treffer[2] or von)


def _take_innerhalb(werte: Werte, von: int, bis: int) -> list[int]:
    """Cells of the values that lie within these years; empty if one lies partly in them."""
    innen = []
    for wert, i in werte.items():
        spanne = read_jahre(wert)
        if spanne is None or spanne[1] < von or spanne[0] > bis:
            continue
        if spanne[0] < von or spanne[1] > bis:
            return []
        innen.append(i)
    return innen


def _connect_altersjahre(f: Familie, ort: Ort, merkmale: dict[str, Werte]) -> None:
    """Single years make the age groups; of each year the Germans are what is left."""
    t = f.tafel
    alle, auslaender = merkmale.get("altersjahr", {}), merkmale.get("altersjahr_auslaender", {})
    for werte, art in ((alle, "einwohner"), (auslaender, "auslaender")):
        if not werte:
            continue
        for k, i in list(t.nummer.items()):
            if (k.art, k.profil, k.gebiet_id, k.geschlecht) != (art, "-", *ort) or k.altersgruppe == INS:
                continue
            spanne = read_jahre(k.altersgruppe)
            # The oldest single years are told together, maybe across the bound of a group.
            innen = _take_innerhalb(werte, *spanne) if spanne else [werte[UNBEKANNT]] if UNBEKANNT in werte else []
            if innen:
                t.gleich([i], innen)
    for wert, i in alle.items() if auslaender else ():
        if (teile := _take_foreigners(auslaender, wert)) is not None:
            t.abgeleitet(i, teile, Schluessel("merkmal_deutsche", "-", *ort, INS, "altersjahr", wert))


def _take_foreigners(auslaender: Werte, wert: str) -> list[int] | None:
    """The foreigners of a year: nobody where no row counts them, None where they are told together with other years."""
    if wert in auslaender:
        return [auslaender[wert]]
    jahre = read_jahre(wert)
    if jahre is None:
        return []
    andere = [s for w in auslaender if (s := read_jahre(w)) is not None]
    return None if any(von <= jahre[1] and jahre[0] <= bis for von, bis in andere) else []


def _connect_dauern(f: Familie, ort: Ort, merkmale: dict[str, Werte]) -> None:
    """Years of arrival make durations at the end of a year; who was born here is a generation; new in Germany is new here."""
    t = f.tafel
    hier, land, zuzug = (merkmale.get(m, {}) for m in ("wohndauer", "aufenthaltsdauer", "zuzugsjahr"))
    if land and (generation := f.gives("auslaender_generation", "-", *ort, INS, "2")) is not None:
        t.gleich([generation], [land[w] for w in KEINE_DAUER[:1] if w in land])
    if zuzug:
        t.gleich([i for w, i in land.items() if w not in KEINE_DAUER], zuzug.values())
        for wert, i in land.items():
            if (spanne := read_jahre(wert)) is not None:
                teile = _split_dauer(f, zuzug, *spanne)
                if teile:
                    t.gleich([i], teile)
    grenzen = {s[0] for w in land if (s := read_jahre(w))} & {s[0] for w in hier if (s := read_jahre(w))} - {0}
    for grenze in sorted(grenzen):
        neu_im_land, neu_hier = _take_innerhalb(land, 0, grenze - 1), _take_innerhalb(hier, 0, grenze - 1)
        if neu_im_land and neu_hier:
            _protect_rest(t, neu_hier, neu_im_land, Schluessel("merkmal_neu", "-", *ort, INS, str(grenze)))
    _connect_juengere(f, ort, merkmale)
    _connect_neue(f, ort, merkmale)


def _connect_juengere(f: Familie, ort: Ort, merkmale: dict[str, Werte]) -> None:
    """Who is younger than a number of years lives here for less than that, and in Germany, unless born there."""
    hier, land = merkmale.get("wohndauer", {}), merkmale.get("aufenthaltsdauer", {})
    kinder: tuple[tuple[str, Werte, list[int]], ...] = (
        ("altersjahr", hier, []),
        ("altersjahr_auslaender", land, [land[w] for w in KEINE_DAUER[:1] if w in land]),
    )
    for merkmal, dauern, dazu in kinder:
        for grenze in sorted({s[1] + 1 for w in dauern if (s := read_jahre(w)) and s[1] < 999}):
            jung = _take_innerhalb(merkmale.get(merkmal, {}), 0, grenze - 1)
            neu = _take_innerhalb(dauern, 0, grenze - 1)
            if jung and neu:
                _protect_rest(
                    f.tafel, [*neu, *dazu], jung, Schluessel("merkmal_aelter", "-", *ort, INS, merkmal, str(grenze))
                )


def _connect_neue(f: Familie, ort: Ort, merkmale: dict[str, Werte]) -> None:
    """Who lives here for less than some years was born since, came to Germany since, or moved in from elsewhere in it."""
    hier, land = merkmale.get("wohndauer", {}), merkmale.get("aufenthaltsdauer", {})
    for grenze in sorted({s[1] + 1 for w in hier if (s := read_jahre(w)) and s[1] < 999}):
        neu_hier, neu_im_land = _take_innerhalb(hier, 0, grenze - 1), _take_innerhalb(land, 0, grenze - 1)
        jung = _take_innerhalb(merkmale.get("altersjahr", {}), 0, grenze - 1)
        kinder = _take_innerhalb(merkmale.get("altersjahr_auslaender", {}), 0, grenze - 1)
        if not (neu_hier and neu_im_land and jung):
            continue
        # A young foreigner may have come or been born here: counted in both or in one.
        for name, dazu in (("alle", []), ("deutsche", kinder)):
            if name == "alle" or dazu:
                k = Schluessel("merkmal_zugezogen", "-", *ort, INS, name, str(grenze))
                _protect_rest(f.tafel, [*neu_hier, *dazu], [*neu_im_land, *jung], k)


def _take_staaten(f: Familie, ort: Ort) -> Werte:
    """The nationalities a place tells by name."""
    zellen = ((staat, f.gives("staat", "-", *ort, INS, staat)) for staat in f.staatengruppe)
    return {staat: i for staat, i in zellen if i is not None}


def _protect_unnamed(f: Familie, ort: Ort, rest: int | None, gruppen: set[str]) -> None:
    """Of those beside the main origins some nationalities are told by name; the others are a count as well."""
    t = f.tafel
    genannt = [
        n for staat, n in _take_staaten(f, ort).items()
        if f.staatengruppe.get(staat) in gruppen and staat not in f.asylherkunft
    ]  # fmt: skip
    if rest is not None and genannt and t.wert[rest] >= sum(t.wert[n] for n in genannt):
        k = t.schluessel[rest]
        t.abgeleitet(rest, genannt, k._replace(art=f"{k.art}_unbenannt"))


def _protect_rest(t: Tafel, ganzes: list[int], teile: list[int], k: Schluessel) -> int | None:
    """What is left of a sum without others that lie within it; nothing where they do not."""
    if not t.hoechstens(teile, ganzes):
        return None
    summe = t.zelle(k, sum(t.wert[i] for i in ganzes), schuetzen=False)
    t.gleich([summe], ganzes)
    return t.abgeleitet(summe, teile, k._replace(art=f"{k.art}_rest"))


def _split_dauer(f: Familie, zuzug: Werte, von: int, bis: int) -> list[int]:
    """Cells of the years of arrival that a duration consists of at the end of a year; empty if older years are together."""
    teile = []
    for wert, i in zuzug.items():
        aelteste = wert.startswith("vor_")
        dauer = f.stichtag.year - int(wert[-4:]) + (1 if aelteste else 0)
        if aelteste:
            if von <= dauer and bis == 999:
                teile.append(i)
            elif bis >= dauer:
                return []
        elif von <= dauer <= bis:
            teile.append(i)
    return teile


def _connect_mehrstaatige(f: Familie, ort: Ort, werte: Werte) -> None:
    """A category for a further nationality holds those of them whom no earlier rule took; the others are a count as well."""
    t = f.tafel
    if "mehrstaatig" not in werte:
        return
    for profil, kategorie in sorted(f.mehrstaatige):
        teil = f.gives("kategorie", profil, *ort, INS, kategorie, INS)
        if teil is not None and t.wert[teil] <= t.wert[werte["mehrstaatig"]]:
            t.abgeleitet(werte["mehrstaatig"], [teil], Schluessel("merkmal_mehrstaatig", profil, *ort, INS, kategorie))


def _connect_asylherkunft(f: Familie, ort: Ort, werte: Werte) -> None:
    """Nationalities told by name are some of the main origins or of the others; both rests are counts as well."""
    t = f.tafel
    if set(werte) != {"hauptherkunft", "andere"}:
        return
    drittstaaten = f.gives("staatengruppe", "-", *ort, INS, "Drittstaaten")
    if drittstaaten is not None and t.wert[drittstaaten] >= t.wert[werte["hauptherkunft"]]:
        rest = t.abgeleitet(drittstaaten, [werte["hauptherkunft"]], Schluessel("merkmal_drittstaaten", "-", *ort, INS))
        _protect_unnamed(f, ort, rest, {g for g in f.staatengruppe.values() if g != "EU"})
    # The main origins lie on some continents; the others of these are a count as well.
    erdteile = {f.staatengruppe[s] for s in f.asylherkunft if s in f.staatengruppe}
    zellen = {n: z for n in (*erdteile, "sonstige") if (z := f.gives("staatengruppe", "-", *ort, INS, n)) is not None}
    if erdteile and zellen and (erdteile <= {*zellen} or "sonstige" in zellen):
        andere = _protect_rest(
            t,
            [z for n, z in zellen.items() if n in erdteile or not erdteile <= {*zellen}],
            [werte["hauptherkunft"]],
            Schluessel("merkmal_erdteile", "-", *ort, INS),
        )
        _protect_unnamed(f, ort, andere, erdteile)
    for wert, i in werte.items():
        genannt = [
            n for staat, n in _take_staaten(f, ort).items() if (staat in f.asylherkunft) == (wert == "hauptherkunft")
        ]
        if t.wert[i] >= sum(t.wert[n] for n in genannt):
            t.abgeleitet(i, genannt, Schluessel("merkmal_staaten", "-", *ort, INS, wert))


def _connect_wahlberechtigte(f: Familie, ort: Ort, merkmale: dict[str, Werte]) -> None:
    """Germans and foreigners of an age follow from single years; the other voters are counts as well.

    Voters for the Integrationsrat are rounded at the door and no cells.
    """
    t = f.tafel
    wahlen = {
        w.rpartition("_ab_")[0]: (int(w.rpartition("_")[2]), i) for w, i in merkmale.get("wahlberechtigung", {}).items()
    }
    if not wahlen or not merkmale.get("altersjahr") or not merkmale.get("altersjahr_auslaender"):
        return
    if "bundestagswahl" in wahlen:
        alter, i = wahlen["bundestagswahl"]
        if deutsche := _take_deutsche_ab(t, ort, merkmale, alter):
            t.gleich([i], deutsche)
    if "kommunalwahl" in wahlen:
        alter, i = wahlen["kommunalwahl"]
        deutsche = _take_deutsche_ab(t, ort, merkmale, alter)
        if deutsche and t.wert[i] >= sum(t.wert[n] for n in deutsche):
            eu = t.abgeleitet(i, deutsche, Schluessel("merkmal_wahl", "-", *ort, INS, "eu"))
            alle_eu = f.gives("staatengruppe", "-", *ort, INS, "EU")
            if alle_eu is not None and t.wert[alle_eu] >= t.wert[eu]:
                t.abgeleitet(alle_eu, [eu], Schluessel("merkmal_wahl", "-", *ort, INS, "eu_ohne"))
            _protect_drittstaaten(f, ort, _take_innerhalb(merkmale["altersjahr"], alter, 999), i)


def _protect_drittstaaten(f: Familie, ort: Ort, alle: list[int], waehler: int) -> None:
    """Who is old enough and may not vote for the council is of a Drittstaat; the younger ones of these are a count as well."""
    t = f.tafel
    if not alle or sum(t.wert[i] for i in alle) < t.wert[waehler]:
        return
    summe = t.zelle(Schluessel("merkmal_wahlalter", "-", *ort, INS), sum(t.wert[i] for i in alle), schuetzen=False)
    t.gleich([summe], alle)
    ohne = t.abgeleitet(summe, [waehler], Schluessel("merkmal_wahl", "-", *ort, INS, "drittstaaten"))
    drittstaaten = f.gives("staatengruppe", "-", *ort, INS, "Drittstaaten")
    if drittstaaten is not None and t.wert[drittstaaten] >= t.wert[ohne]:
        t.abgeleitet(drittstaaten, [ohne], Schluessel("merkmal_wahl", "-", *ort, INS, "drittstaaten_unter"))


def _take_deutsche_ab(t: Tafel, ort: Ort, merkmale: dict[str, Werte], alter: int) -> list[int]:
    """Germans of every year from an age on; empty where one of the years does not tell them."""
    nummern = [
        t.nummer.get(Schluessel("merkmal_deutsche", "-", *ort, INS, "altersjahr", w))
        for w in merkmale["altersjahr"]
        if (s := read_jahre(w)) is not None and s[0] >= alter
    ]
    return [n for n in nummern if n is not None] if None not in nummern else []
