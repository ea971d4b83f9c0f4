"""Inhabitants, foreigners, persons with MH: the table every other one hangs on.

Belongs here: marts.migrationshintergrund, and how every kind of count adds up over areas, sexes and ages. Germans and persons
without MH are printed nowhere; everybody subtracts them.
"""

from collections import defaultdict

from pipelines.geheimhaltung.angriff.read import Datei
from pipelines.geheimhaltung.angriff.system import INS, Stelle, System, Unvereinbar

TABELLE = "marts.migrationshintergrund"
ZAHLEN = (
    ("einwohner", "E"),
    ("auslaender", "A"),
    ("deutsche_mit_mh", "D"),
    ("personen_mit_mh", "MH"),
    ("unentscheidbar", "U"),
)
BESTAND = tuple(art for _, art in ZAHLEN)
OHNE_PROFIL = ("E", "A", "G")
# Told by area in the same depth everywhere: a row that is not there counts nobody. Of no known area there are totals only.
OHNE_ZEILE_NIEMAND = ("K", "B", "S", "SG", "V")
UNBEKANNT = "unbekannt"
# What follows from others by subtraction at every cell: its sums are theirs.
UEBERFLUESSIG = ("G", "O", "AM", "AO", "DF", "AG", "BD", "BO")


def traeger(art: str, profil: str) -> str:
    """The definition a count belongs to: inhabitants, foreigners and Germans are the same under all."""
    return "-" if art in OHNE_PROFIL else profil


def read_bestand(s: System, d: Datei) -> None:
    """The five counts of every row, and what is left of each."""
    for z in d.zeilen["migrationshintergrund"]:
        ort = (z["gebiet_id"], z["geschlecht"], z["altersgruppe"])
        for spalte, art in ZAHLEN:
            i = s.zahl(art, traeger(art, z["profil"]), *ort)
            s.read(i, Stelle(TABELLE, spalte, "; ".join((z["profil"], *ort))), z[spalte])


def alle_auslaender(d: Datei, profil: str) -> bool:
    """Whether every foreigner has MH under a definition: its first rule that could decide on one says so."""
    for r in d.regeln.get(profil, []):
        if r.ergebnis == "mit" and r.bedingung == "auslaender":
            return True
        if r.ergebnis != "mit" and not r.bedingung.startswith("deutsch"):
            return False
    return False


def connect_bestand(s: System, d: Datei) -> None:
    """Germans, persons without MH, foreigners with and without MH at every cell."""
    orte: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    for k in list(s.schluessel):
        if k[0] in ("E", "MH"):
            orte[k[1]].add((k[2], k[3], k[4]))
    for ort in sorted(orte["-"]):
        e, a = s.gives("E", "-", *ort), s.gives("A", "-", *ort)
        if e is not None and a is not None:
            s.rest("Einwohner = Ausländer + Deutsche", e, [a], "G", "-", *ort)
    for p in d.profile():
        alle = alle_auslaender(d, p)
        for ort in sorted(orte[p]):
            e, mh, u, dm = (s.zahl(art, traeger(art, p), *ort) for art in ("E", "MH", "U", "D"))
            s.rest(f"Einwohner = mit + unentschieden + ohne MH, {p}", e, [mh, u], "O", p, *ort)
            a, g = s.zahl("A", "-", *ort), s.zahl("G", "-", *ort)
            if alle:
                s.gleich(f"mit MH = Ausländer + Deutsche mit MH, {p}", [mh], [a, dm])
            else:
                am = s.rest(f"mit MH = Ausländer mit MH + Deutsche mit MH, {p}", mh, [dm], "AM", p, *ort)
                s.rest(f"Ausländer = mit + ohne MH, {p}", a, [am], "AO", p, *ort)
                s.hoechstens(f"Deutsche mit MH sind Deutsche, {p}", [dm], [g])


def connect_sums(s: System, d: Datei) -> None:
    """Every kind of count over areas, sexes and ages, wherever parts are told of what is told; parts nobody tells stay over."""
    kinder, geschlechter, alter = d.kinder(), d.geschlechter(), d.altersgruppen()
    # Inhabitants and foreigners that no row tells, because nobody is told so deep there: a handful of them must not follow.
    s.abgeleitet |= {
        i for i, k in enumerate(s.schluessel) if k[0] in ("E", "A") and i not in s.verbirgt and not s.zeigt.get(i)
    }
    gitter: dict[tuple[str, ...], dict[tuple[str, str, str], int]] = defaultdict(dict)
    for i, k in enumerate(s.schluessel):
        gitter[k[0], k[1], *k[5:]][k[2], k[3], k[4]] = i
    for kopf, zellen in gitter.items():
        art, profil, *mehr = kopf
        if art in ("SP", "REST", "E0", "A0"):
            continue
        for (g, x, a), i in list(zellen.items()):
            for achse, orte in (
                ("Gebiete", [(k, x, a) for k in kinder.get(g, [])]),
                ("Geschlechter", [(g, y, a) for y in geschlechter] if x == INS else []),
                ("Altersgruppen", [(g, x, b) for b in alter] if a == INS else []),
            ):
                teile = [zellen[o] for o in orte if o in zellen]
                if not teile:
                    continue
                name = f"{achse}: {' '.join((art, *([profil] if profil != '-' else []), *mehr))}"
                nobody = art in OHNE_ZEILE_NIEMAND and achse == "Gebiete"
                if len(teile) == len(orte) or (nobody and all(o in zellen for o in orte if o[0] == UNBEKANNT)):
                    s.gleich(name, [i], teile, frei=art in UEBERFLUESSIG)
                elif art not in UEBERFLUESSIG:
                    # Who lives where nobody tells it, of no known area or of a small one, is a count like any other.
                    persons = achse == "Gebiete" and art in BESTAND
                    s.rest(name, i, teile, "REST", profil, g, x, a, art, achse, *mehr, schuetzen=persons)


def read_printed(s: System, d: Datei) -> None:
    """What the town has printed itself is known where it agrees with every register figure shown beside it."""
    werte: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for z in d.gedruckt:
        for spalte, art in ZAHLEN[:4]:
            profil = traeger(art, z["profil"])
            i = s.gives(art, profil, z["gebiet_id"], z["geschlecht"], z["altersgruppe"])
            if i is not None and z[spalte] is not None:
                werte[art, profil].append((i, int(z[spalte])))
    for zellen in werte.values():
        if any(not s.unten[i] <= wert <= s.oben[i] for i, wert in zellen):
            continue  # another source: it says nothing certain of the register
        for i, wert in zellen:
            s.gedruckt.add(i)
            try:
                s.set_value(i, wert)
            except Unvereinbar:
                s.gedruckt.discard(i)
