"""The report's part on indicators: per Handlungsfeld the latest value, women and men, comparison, verdict, trend, goal.

Belongs here: which indicators and series the part shows, in which order, and the council's summary. Does not belong here:
words and formats (words.py), the small line (sparkline.py), how a page looks (vorlagen/). Shown is the
municipality as a whole; of several definitions the municipality's first, all others are in the workbook.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from pipelines.veroeffentlichung.bericht.content import INSGESAMT, Definition, Zeile
from pipelines.veroeffentlichung.bericht.indikatoren import words as worte
from pipelines.veroeffentlichung.bericht.indikatoren.sparkline import Verlauf, verlauf_bild
from pipelines.veroeffentlichung.bericht.numbers import Wert, datum, legende
from pipelines.veroeffentlichung.bericht.staaten import Staatsnamen, load_names_of_states

RAHMEN, WEITERE = "Rahmen", "Weitere Indikatoren"
REIHE = ("indikator", "profil", "gruppe", "altersgruppe")
# Of a pair of groups the first has the row, the other stands beside it.
PAARE = {"deutsche": "auslaender", "ohne_mh": "mit_mh"}
GRUPPENFOLGE = (INSGESAMT, "auslaender", "mit_mh", "deutsche", "ohne_mh")
BEISPIEL = "Beispieldaten"
KACHELN = 4
GRUPPENWOERTER = ("Ausländer", "Migrationshintergrund", "Deutsche")
SUMMENFOLGE = ("verbessert", "verschlechtert", "unveraendert", "nicht_bewertbar", "neutral")

Schluessel = tuple[str, ...]


@dataclass(frozen=True)
class Indikatorreihe:
    """A series: all rows of both sexes together, women's and men's rows, its trend, its latest row, its definition."""

    schluessel: Schluessel
    zeilen: Sequence[Zeile]
    je_geschlecht: Mapping[tuple[str, Any], Zeile]
    trend: Zeile | None
    definition: Definition | None
    main: bool

    @property
    def letzte(self) -> Zeile:
        return self.zeilen[-1]

    def von(self, geschlecht: str) -> Zeile | None:
        return self.je_geschlecht.get((geschlecht, self.letzte["zeitraum"]))


@dataclass(frozen=True)
class Eintrag:
    """A row of the table as a reader sees it; no field is ever empty."""

    gruppe: str
    definition: str
    stand: str
    wert: Wert
    zuletzt: str
    frauen: Wert | str
    maenner: Wert | str
    vergleichsgruppe: str
    vergleich: Wert | None
    abstand: tuple[str, ...]
    veraenderung: tuple[str, ...]
    urteil: str
    anmerkungen: tuple[str, ...]
    verlauf: str
    ziel: tuple[str, ...]
    bild: Verlauf | None
    beispiel: str
    grund: str = ""
    zaehlung: str = ""

    @property
    def symbol(self) -> str:
        return worte.URTEILE[self.urteil][0]

    @property
    def urteilswort(self) -> str:
        return worte.URTEILE[self.urteil][1]


@dataclass(frozen=True)
class Indikator:
    """An indicator with its rows; `verweis`: an id of the page where its values stand instead."""

    kennung: str
    name: str
    definition: str
    richtung: str
    vorschlag: bool
    auch_in: tuple[str, ...]
    eintraege: tuple[Eintrag, ...]
    verweis: str | None
    quellen: tuple[str, ...]
    beachten: tuple[str, ...]
    nur_arbeitsmappe: int

    @property
    def werte(self) -> list[Wert]:
        felder = [f for e in self.eintraege for f in (e.wert, e.frauen, e.maenner, e.vergleich)]
        return [f for f in felder if isinstance(f, Wert)]


@dataclass(frozen=True)
class Feld:
    """A Handlungsfeld: the indicators it shows, those shown in an earlier field, and those still without figures."""

    kennung: str
    name: str
    indikatoren: tuple[Indikator, ...]
    verwiesen: tuple[Indikator, ...]
    ohne_zahlen: tuple[str, ...]

    @property
    def legende(self) -> list[tuple[str, str]]:
        return legende(w for i in self.indikatoren for w in i.werte)


@dataclass(frozen=True)
class Indikatorteil:
    """The whole part. `zusammenfassung`: (verdict, its word, series by reason); `beispiel` of the `gezeigt` rows are invented."""

    konzept: str | None
    konzept_herkunft: str
    felder: tuple[Feld, ...]
    zusammenfassung: tuple[tuple[str, str, tuple[tuple[str, tuple[str, ...]], ...]], ...]
    beispiel: int
    gezeigt: int
    test: str
    reihen: tuple[Indikatorreihe, ...]
    staaten: Staatsnamen
    katalog: Mapping[str, Zeile]
    gezeigte_zeilen: tuple[Zeile, ...] = ()
    mindestpunkte: int = 0
    gebiete_im_mart: bool = False

    @property
    def leer(self) -> bool:
        return not self.reihen

    @property
    def kacheln(self) -> list[tuple[str, Eintrag]]:
        """(name, row) of the first indicators with a value: the page's head where no definition gives one."""
        stand = [i for f in self.felder for i in f.indikatoren if not self.katalog[i.kennung]["prozess"]]
        alle = [(self.katalog[i.kennung], e) for i in stand for e in i.eintraege[:1]]
        return [(worte.kachel(k, e.zaehlung), e) for k, e in alle if e.wert.zahl is not None][:KACHELN]


def zeilen(con: duckdb.DuckDBPyConnection, sql: str, *werte: Any) -> list[Zeile]:
    """Rows of a query as dictionaries."""
    ergebnis = con.execute(sql, list(werte))
    namen = [d[0] for d in ergebnis.description]
    return [dict(zip(namen, z, strict=True)) for z in ergebnis.fetchall()]


def _gebietszahlen(con: duckdb.DuckDBPyConnection, kommune: str) -> dict[tuple[str, Any], int]:
    """(profile, day) → areas an index of segregation stands on."""
    return {
        (z["profil"], z["stichtag"]): int(z["n"])
        for z in zeilen(
            con, "select profil, stichtag, max(anzahl_gebiete) as n from marts.segregation where kommune = ? group by all",
            kommune,
        )
    }  # fmt: skip


def _reihen(con: duckdb.DuckDBPyConnection, kommune: Zeile, definitionen: Sequence[Definition]) -> list[Indikatorreihe]:
    """All series of the municipality as a whole, in the order of the catalogue; `main`: of the definition shown first."""
    alle = zeilen(
        con,
        "select z.*, i.nummer, i.prozess, i.herleitung from marts.indikator_zeitreihe as z inner join dim.indikator as i "
        "on z.indikator = i.indikator where z.kommune = ? and z.gebiet_id = ? order by i.nummer, z.zeitraum",
        kommune["kommune"], kommune["ags"],
    )  # fmt: skip
    trends = zeilen(
        con,
        f"from marts.indikator_trend where kommune = ? and gebiet_id = ? and geschlecht = '{INSGESAMT}'",
        kommune["kommune"], kommune["ags"],
    )  # fmt: skip
    trend = {tuple(t[s] for s in REIHE): t for t in trends}
    gebiete = _gebietszahlen(con, kommune["kommune"])
    for z in alle:
        z["anzahl_gebiete"] = (
            gebiete.get((z["profil"], z["stichtag"])) if z["herleitung"] == worte.SEGREGATION else None
        )
    gesamt: dict[Schluessel, list[Zeile]] = {}
    geschlechter: dict[Schluessel, dict[tuple[str, Any], Zeile]] = {}
    for z in alle:
        schluessel = tuple(str(z[s]) for s in REIHE)
        if z["geschlecht"] == INSGESAMT:
            gesamt.setdefault(schluessel, []).append(z)
        else:
            geschlechter.setdefault(schluessel, {})[(z["geschlecht"], z["zeitraum"])] = z
    folge = {d.profil: i for i, d in enumerate(definitionen)}
    benannt = {d.profil: d for d in definitionen}
    erste: dict[Schluessel, str] = {}
    for indikator, profil, gruppe, alter in gesamt:
        bisher = erste.get((indikator, gruppe, alter))
        if bisher is None or (folge.get(profil, 99), profil) < (folge.get(bisher, 99), bisher):
            erste[(indikator, gruppe, alter)] = profil
    return [
        Indikatorreihe(
            s, z, geschlechter.get(s, {}), trend.get(s), benannt.get(s[1]), erste[(s[0], s[2], s[3])] == s[1]
        )
        for s, z in gesamt.items()
    ]


def _gezeigt(reihen: Sequence[Indikatorreihe]) -> list[Indikatorreihe]:
    """Series with a row of their own: first definition, all ages, no single states, of a pair of groups the first."""
    da = {r.schluessel for r in reihen}
    gewaehlt = [
        r
        for r in reihen
        if r.main
        and r.schluessel[3] == INSGESAMT
        and not r.schluessel[2].startswith(worte.STAAT)
        and (r.schluessel[0], r.schluessel[1], PAARE.get(r.schluessel[2], ""), r.schluessel[3]) not in da
    ]
    return sorted(gewaehlt, key=lambda r: (r.letzte["nummer"], GRUPPENFOLGE.index(r.schluessel[2])))


def _beispiel(r: Indikatorreihe) -> str:
    """Mark of invented figures: the shown value, or only earlier ones."""
    if r.letzte["beispieldaten"]:
        return BEISPIEL
    return f"frühere Werte: {BEISPIEL}" if any(z["beispieldaten"] for z in r.zeilen) else ""


def eintrag(r: Indikatorreihe, partner: Indikatorreihe | None, staaten: Staatsnamen) -> Eintrag:
    """A series as a row. `partner`: the series of the comparison group."""
    z = r.letzte
    namen = staaten.am(z["stichtag"])
    einheit = z["einheit"]
    anderer = next((p for p in partner.zeilen if p["zeitraum"] == z["zeitraum"]), None) if partner else None
    frueher = next((p for p in reversed(r.zeilen) if p["wert"] is not None), None) if z["wert"] is None else None
    vorher = next((p for p in r.zeilen if p["zeitraum"] == z["vorperiode"]), None)
    abstand = []
    if z["abstand"] is not None:
        abstand.append(f"Abstand {worte.differenz(z['abstand'], einheit)}")
    if z["verhaeltnis"] is not None:
        abstand.append(f"Verhältnis {worte.verhaeltnis(z['verhaeltnis'])}")
    if z["veraenderung_vorperiode"] is not None and vorher:
        veraenderung = (worte.differenz(z["veraenderung_vorperiode"], einheit), f"seit {datum(vorher['stichtag'])}")
    else:
        veraenderung = ("kein Vergleich", worte.kein_vergleich(z))
    urteil = worte.urteil(z)
    anmerkungen = [worte.FAELLE[z["abstand_fall"]]] if z["abstand_fall"] else []
    if z["trend_bezug"] == "basis":
        anmerkungen.append(f"Seit {datum(z['basis'])} {worte.differenz(z['veraenderung_basis'], einheit)}.")
    if urteil in ("verbessert", "verschlechtert") and z["aenderung_im_band"]:
        anmerkungen.append("Die Änderung ist kleiner als die Stabilitätsbänder beider Werte zusammen.")
    if z["wert"] is None and (z["anzahl_gebiete"] or worte.MINDESTGEBIETE) < worte.MINDESTGEBIETE:
        anmerkungen.append(
            f"Nur {z['anzahl_gebiete']} Gebiete; unter {worte.MINDESTGEBIETE} wird kein Index berechnet."
        )
    if z["trend_auf_korrektur"]:
        anmerkungen.append("Urteil beruht auf berichtigten Zahlen (Abschnitt Korrekturen).")
    name = r.definition.name if r.definition else z["profil"]
    return Eintrag(
        gruppe=worte.gruppe(z["gruppe"], namen),
        definition="" if z["profil"] == "-" else f"Definition {name}",
        stand=datum(z["stichtag"]),
        wert=worte.indikatorwert(z),
        zuletzt=worte.zuletzt(frueher, z) if frueher else "",
        frauen=worte.nach_geschlecht(r.von("w"), z),
        maenner=worte.nach_geschlecht(r.von("m"), z),
        vergleichsgruppe=worte.gruppe(z["vergleichsgruppe"], namen) if z["vergleichsgruppe"] else "",
        vergleich=worte.indikatorwert(anderer) if anderer else None,
        abstand=tuple(abstand),
        veraenderung=veraenderung,
        urteil=urteil,
        anmerkungen=tuple(anmerkungen),
        verlauf=worte.verlauf(r.trend),
        ziel=tuple(worte.ziel(z)),
        bild=verlauf_bild(r.zeilen),
        beispiel=_beispiel(r),
        grund=worte.grund(z),
        zaehlung=worte.zaehlung(z),
    )


def partnerschluessel(r: Indikatorreihe) -> Schluessel:
    """Key of the series of the comparison group, whether there is one or not."""
    indikator, profil, _, alter = r.schluessel
    return (indikator, profil, r.letzte["vergleichsgruppe"] or "", alter)


def _zuordnung(con: duckdb.DuckDBPyConnection, kommune: str) -> list[Zeile]:
    """Indicators of the fields of the municipality's latest concept that has any, fields in their order."""
    return zeilen(
        con,
        """
        select f.handlungsfeld, f.name, f.herkunft, i.indikator, f.konzept, i.vorschlag
        from dim.indikator_handlungsfeld as i
        inner join dim.handlungsfeld as f using (kommune, konzept, handlungsfeld)
        where f.kommune = ?
        qualify dense_rank() over (
            order by f.gueltig_von desc nulls last, regexp_extract(f.konzept, '\\d{4}') desc, f.konzept desc
        ) = 1
        order by f.reihenfolge, f.handlungsfeld, i.indikator
        """,
        kommune,
    )


def _quelle(z: Zeile) -> str:
    teile = [z["herkunft"], z["lizenz"], f"Kennung {z['quelle']}"]
    if z["nenner_quelle"] and z["nenner_quelle"] != z["quelle"]:
        teile.append(f"Nenner aus {z['nenner_quelle']} zum {datum(z['nenner_stichtag'])}")
    if z["fundstelle"]:
        teile.append(f"Fundstelle {z['fundstelle']}")
    return "; ".join(t for t in teile if t)


def _eine(zaehlungen: Sequence[str]) -> str:
    """The count all rows share, or nothing."""
    return zaehlungen[0] if len(set(zaehlungen)) == 1 else ""


def _definition(k: Zeile, zaehlung: str) -> str:
    """The definition of an indicator; of a number of persons also what the count means that is shown."""
    text = worte.ZAEHLUNGSTEXTE.get(zaehlung)
    return f"{k['definition']} Hier {zaehlung}: {text}." if text and k["einheit"] == "anzahl" else str(k["definition"])


def _indikator(
    k: Zeile, alle: Sequence[Indikatorreihe], gezeigt: Mapping[Schluessel, Eintrag], felder: Sequence[Zeile]
) -> Indikator:
    eigene = [r for r in alle if r.schluessel in gezeigt]
    sichtbar = {s for r in eigene for s in (r.schluessel, partnerschluessel(r))}
    staaten = not eigene and all(r.schluessel[2].startswith(worte.STAAT) for r in alle)
    belegt = sorted(eigene, key=lambda r: GRUPPENFOLGE.index(r.schluessel[2])) or [r for r in alle if r.main]
    zaehlung = _eine([gezeigt[r.schluessel].zaehlung for r in belegt if r.schluessel in gezeigt])
    return Indikator(
        kennung=k["indikator"],
        name=benannt(k, zaehlung),
        definition=_definition(k, zaehlung),
        richtung=worte.RICHTUNGEN[k["richtung"]],
        vorschlag=bool(k["formel_vorschlag"]),
        auch_in=tuple(f["name"] for f in felder),
        eintraege=tuple(gezeigt[r.schluessel] for r in belegt if r.schluessel in gezeigt),
        verweis="staaten" if staaten else None,
        quellen=tuple(dict.fromkeys(_quelle(r.letzte) for r in belegt)),
        beachten=tuple(k["beachten"] or ()),
        nur_arbeitsmappe=sum(r.schluessel not in sichtbar for r in alle),
    )


def _felder(
    katalog: Mapping[str, Zeile], reihen: Sequence[Indikatorreihe], gezeigt: Mapping[Schluessel, Eintrag],
    zuordnung: Sequence[Zeile],
) -> tuple[Feld, ...]:  # fmt: skip
    """Rahmen first, then the fields in the order of the concept, then what belongs to none; every indicator once in full."""
    je: dict[str, list[Indikatorreihe]] = {}
    for r in reihen:
        je.setdefault(r.schluessel[0], []).append(r)
    namen = {z["handlungsfeld"]: z["name"] for z in zuordnung}
    gehoert = {f: [z["indikator"] for z in zuordnung if z["handlungsfeld"] == f] for f in namen}
    rahmen = [i for i in je if katalog[i]["rahmen"]]
    verteilt = {*rahmen, *(i for liste in gehoert.values() for i in liste)}
    plan = [("rahmen", RAHMEN, rahmen), *((f.lower(), namen[f], gehoert[f]) for f in namen)]
    plan.append(("weitere", WEITERE, [i for i in je if i not in verteilt]))
    fertig: dict[str, Indikator] = {}
    felder = []
    for kennung, name, liste in plan:
        neu, verwiesen = [], []
        for i in sorted((i for i in liste if i in je), key=lambda i: katalog[i]["nummer"]):
            if i in fertig:
                verwiesen.append(fertig[i])
                continue
            andere = [z for z in zuordnung if z["indikator"] == i and z["name"] != name]
            fertig[i] = _indikator(katalog[i], je[i], gezeigt, andere)
            neu.append(fertig[i])
        ohne = tuple(sorted(katalog[i]["name"] for i in liste if i not in je))
        if neu or verwiesen or ohne:
            felder.append(Feld(kennung, name, tuple(neu), tuple(verwiesen), ohne))
    return tuple(felder)


def benannt(k: Zeile, zaehlung: str) -> str:
    """The name of an indicator; of a number of persons also who counted them: one count is not the other."""
    return f"{k['name']} ({zaehlung})" if zaehlung and k["einheit"] == "anzahl" else str(k["name"])


def _names_gruppe(k: Zeile) -> bool:
    """Whether the name of an indicator names a group that its figure of all persons is not about."""
    return any(wort in k["name"] for wort in GRUPPENWOERTER) and k.get("hauptgruppe") not in (None, INSGESAMT)


def _zusammenfassung(
    katalog: Mapping[str, Zeile], gezeigt: Mapping[Schluessel, Eintrag]
) -> tuple[tuple[str, str, tuple[tuple[str, tuple[str, ...]], ...]], ...]:
    """(verdict, word, ((reason, names), …)) for every verdict, also those nobody got.

    A name says its group where the indicator has several, or where its name alone would say another.
    """
    fertig = []
    zahl = Counter(indikator for indikator, *_ in gezeigt)
    mehrere = {i for i, n in zahl.items() if n > 1}
    for u in SUMMENFOLGE:
        je_grund: dict[str, list[str]] = {}
        for (indikator, *_), e in gezeigt.items():
            if e.urteil == u:
                k = katalog[indikator]
                zusaetze = (
                    [e.gruppe]
                    if e.gruppe != worte.GRUPPEN[INSGESAMT] or indikator in mehrere or _names_gruppe(k)
                    else []
                )
                zusaetze += [e.beispiel] if e.beispiel else []
                je_grund.setdefault(e.grund, []).append(
                    benannt(k, e.zaehlung) + (f" ({'; '.join(zusaetze)})" if zusaetze else "")
                )
        fertig.append((u, worte.URTEILE[u][1], tuple((g, tuple(n)) for g, n in sorted(je_grund.items()))))
    return tuple(fertig)


def load_indikatoren_part(
    con: duckdb.DuckDBPyConnection, kommune: Zeile, definitionen: Sequence[Definition]
) -> Indikatorteil:
    """Everything this part shows of one municipality (a row of dim.kommune)."""
    katalog = {k["indikator"]: k for k in zeilen(con, "from dim.indikator order by nummer")}
    staaten = load_names_of_states(con)
    reihen = _reihen(con, kommune, definitionen)
    zuordnung = _zuordnung(con, kommune["kommune"])
    je = {r.schluessel: r for r in reihen}
    gezeigt = {r.schluessel: eintrag(r, je.get(partnerschluessel(r)), staaten) for r in _gezeigt(reihen)}
    return Indikatorteil(
        konzept=zuordnung[0]["konzept"] if zuordnung else None,
        konzept_herkunft=zuordnung[0]["herkunft"] if zuordnung else "",
        felder=_felder(katalog, reihen, gezeigt, zuordnung) if reihen else (),
        zusammenfassung=_zusammenfassung(katalog, gezeigt),
        beispiel=sum(bool(e.beispiel) for e in gezeigt.values()),
        gezeigt=len(gezeigt),
        test=next((str(r.trend["test"]) for r in reihen if r.trend), ""),
        reihen=tuple(reihen),
        staaten=staaten,
        katalog=katalog,
        gezeigte_zeilen=tuple(je[s].letzte for s in gezeigt),
        mindestpunkte=next((int(r.trend["mindestpunkte"]) for r in reihen if r.trend), 0),
        gebiete_im_mart=bool(
            zeilen(
                con,
                "from marts.indikator_zeitreihe where kommune = ? and gebiet_id <> ? and wert is not null limit 1",
                kommune["kommune"],
                kommune["ags"],
            )
        ),
    )
