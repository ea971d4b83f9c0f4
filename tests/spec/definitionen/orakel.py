"""A second, independent implementation of all definitions: plain Python, one person after the other.

Belongs here: the rules as the definition texts put them, over canonical register rows (texts). Does not belong here:
anything of the pipeline; neither its SQL nor its profile files are read. Three-valued: None is "the register does not
say".
Long because it is a whole second implementation of every definition, in one piece to be read against the papers.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

# Keys of the states' list. Aussiedlung: BVFG § 1 Abs. 2 Nr. 3. Expulsion: Poland, Russia/USSR (Königsberg),
# Czechoslovakia and Czechia, Lithuania (Memelland).
AUSSIEDLUNG = frozenset((
    "121", "125", "127", "139", "142", "152", "154", "155", "162", "164", "165",
    "146", "159", "160", "166", "169", "422", "425", "430", "444", "450", "470", "471", "477",
    "120", "122", "130", "131", "132", "133", "138", "140", "144", "150", "170", "479",
))  # fmt: skip
VERTREIBUNG = frozenset(("142", "152", "159", "160", "162", "164"))
KEINE_NATION = frozenset(("910", "997", "998", "999"))

Urteil = tuple[str, str]  # (1 | 0 | U | n, category)
NEIN: Urteil = ("0", "0")
UNKLAR: Urteil = ("U", "U")
OFFEN: Urteil = ("n", "n")


def kurz(urteil: Urteil) -> str:
    """`1 A1`, or the sign alone where the category is the same."""
    return urteil[0] if urteil[0] == urteil[1] else " ".join(urteil)


def read_tag(text: str) -> date | None:
    """A register date; middle of the year or month where month or day are unknown; None if the year is."""
    if not text:
        return None
    jahr, monat, tag = text.split("-") if "-" in text else reversed(text.split("."))
    if int(jahr) == 0:
        return None
    if int(monat) == 0:
        return date(int(jahr), 7, 1)
    return date(int(jahr), int(monat), int(tag) or 15)


def vollendete_jahre(geburt: date, stichtag: date) -> int:
    """Age on the day; whoever is born on 29 February turns older on 1 March in common years."""
    return stichtag.year - geburt.year - ((stichtag.month, stichtag.day) < (geburt.month, geburt.day))


@dataclass
class Person:
    """One inhabitant and what the register says about him or her."""

    pid: str
    alter: int | None
    nationen: list[str]
    art: str
    geburt: date | None
    geburtsstaat: str | None  # 000 Germany, None unknown
    zuzug: date | None
    zuzug_staat: str
    geschlecht: str
    adresse: str
    eltern: list["Person"] = field(default_factory=list)

    @property
    def deutsch(self) -> bool | None:
        if "000" in self.nationen:
            return True
        return None if set(self.nationen) == {"999"} else False

    @property
    def auslaender(self) -> bool:
        """Known not to be German."""
        return self.deutsch is False

    @property
    def weitere(self) -> bool:
        """A foreign nationality; stateless, unresolved, not stated and for internal use are none."""
        return any(n != "000" and n not in KEINE_NATION for n in self.nationen)

    @property
    def im_ausland(self) -> bool | None:
        return None if self.geburtsstaat is None else self.geburtsstaat != "000"

    @property
    def vertrieben(self) -> bool:
        """Born before 1950 where people were expelled from, and no move to Germany from 1950 on is known."""
        if self.geburt is None or self.geburt.year >= 1950 or self.geburtsstaat not in VERTREIBUNG:
            return False
        return self.zuzug is None or self.zuzug.year < 1950

    def zugewandert(self, ab: int = 1950) -> bool | None:
        """Immigrated since a year: born abroad, and born or moved in since then. Aussiedler came after the expulsion (1950)."""
        if self.im_ausland is False:
            return False
        geboren = None if self.geburt is None else self.geburt.year >= ab
        aufgenommen = True if self.art == "aussiedler" and ab == 1950 else None
        zugezogen = aufgenommen if self.zuzug is None else self.zuzug.year >= ab
        if geboren or zugezogen:
            return True if self.im_ausland else None
        return None if geboren is None or zugezogen is None else False

    def minderjaehrig(self) -> bool:
        return self.alter is not None and self.alter < 18

    def eltern_im_haushalt(self) -> list["Person"]:
        return [e for e in self.eltern if e.adresse and e.adresse == self.adresse]


def _luenen(p: Person) -> Urteil:
    if p.auslaender:
        return "1", "A"
    if p.deutsch and p.art == "einbuergerung":
        return "1", "E"
    if p.deutsch and p.weitere:
        return "1", "D"
    return NEIN if p.deutsch else UNKLAR


def _recklinghausen(p: Person) -> Urteil:
    if p.auslaender:
        return "1", "A"
    if p.weitere:
        return "1", "D"
    if any(e.auslaender or e.weitere for e in p.eltern):
        return "1", "K"
    return NEIN if p.deutsch else UNKLAR


def _kosis_selbst(p: Person, option_aus_eltern: bool) -> Urteil | None:
    """Steps 1–7; None if nothing fires."""
    if p.auslaender:
        return "1", {True: "A1", False: "A2", None: "A0"}[p.im_ausland]
    if not p.deutsch:
        return None
    if p.art == "aussiedler":
        return "1", "S"
    if p.art == "einbuergerung":
        return "1", "E"
    jahr = p.geburt.year if p.geburt else 0
    if p.im_ausland is False and (
        (jahr >= 1990 and p.art == "option")
        or (jahr >= 2000 and p.weitere and option_aus_eltern and sum(e.auslaender for e in p.eltern) == 2)
    ):
        return "1", "O"
    if p.im_ausland and p.vertrieben and not p.weitere:  # a further nationality speaks against expulsion
        return NEIN
    if p.im_ausland and p.geburtsstaat in AUSSIEDLUNG and not p.vertrieben:
        return "1", "S"
    if p.im_ausland:
        return "1", "E" if p.weitere else "G"
    return ("1", "D") if p.weitere else None


def _kosis(p: Person) -> Urteil:
    selbst = _kosis_selbst(p, option_aus_eltern=True)
    if selbst:
        return selbst
    if p.deutsch and p.minderjaehrig():
        haushalt = p.eltern_im_haushalt()
        mit = [e for e in haushalt if (u := _kosis_selbst(e, option_aus_eltern=False)) and u[0] == "1"]
        if len(mit) == 2:
            return "1", "F2"
        if mit:
            return "1", "F1" if len(haushalt) == 2 else "F?"
    return UNKLAR if p.deutsch is None or p.im_ausland is None else NEIN


def _berlin(p: Person) -> Urteil:
    if p.auslaender:
        return "1", "A"
    if p.im_ausland:  # also without a known nationality: foreign or German, it counts either way
        return "1", "G"
    if p.weitere:
        return "1", "D"
    if p.art == "einbuergerung":
        return "1", "E"
    if p.art == "option":
        return "1", "O"
    if p.minderjaehrig() and any(e.im_ausland or e.art == "einbuergerung" for e in p.eltern_im_haushalt()):
        return "1", "F"
    return UNKLAR if p.deutsch is None or p.im_ausland is None else NEIN


def _hamburg_selbst(p: Person) -> Urteil:
    if p.auslaender:
        return "1", "A"
    if p.zugewandert():
        return "1", "Z"
    if p.art == "einbuergerung":
        return "1", "E"
    if p.art == "option" and p.geburt is not None and p.geburt.year >= 2000:
        return "1", "O"
    if p.deutsch and p.weitere:  # one of the clues of the procedure Hamburg uses
        return "1", "D"
    if p.deutsch is None or p.im_ausland is None:
        return UNKLAR
    return UNKLAR if p.im_ausland and p.zuzug is None else NEIN


def _hamburg(p: Person) -> Urteil:
    selbst = _hamburg_selbst(p)
    if selbst[1] in ("D", *"0U") and p.minderjaehrig():
        eltern = [_hamburg_selbst(e)[0] for e in p.eltern]
        if eltern.count("1") == 2:
            return "1", "F2"
        if "1" in eltern:
            return "1", "F1" if "0" in eltern else "F?"
    return selbst


def _gesetz(p: Person, ab: int = 1950) -> Urteil:
    """The wording that laws and the 2011 census share: not German, immigrated since a year, or a parent who did."""
    if p.auslaender:
        return "1", "A"
    if p.zugewandert(ab):
        return "1", "Z"
    eltern = [e.zugewandert(ab) for e in p.eltern]
    if any(eltern):
        return "1", "F"
    if p.deutsch is None or p.im_ausland is None or (p.im_ausland and p.zuzug is None):
        return UNKLAR
    return NEIN if eltern == [False, False] else OFFEN


def _mikrozensus_als_elternteil(p: Person) -> bool | None:
    """Not German by birth. Option children are; a German born in Germany without any mark is taken to be."""
    if p.auslaender or p.art in ("einbuergerung", "erklaerung", "aussiedler"):
        return True
    if p.deutsch is None:
        return None
    if p.art in ("geburt", "option"):
        return False
    if p.im_ausland is None:
        return None
    if p.im_ausland is False or (p.vertrieben and not p.weitere):
        return False
    return True if _vermutet(p) else None


def _vermutet(p: Person) -> str | None:
    """A German born abroad of whom the register does not say how: presumed Aussiedler or naturalised."""
    if p.geburtsstaat in AUSSIEDLUNG and not p.vertrieben:
        return "S"
    return "E" if p.weitere else None


def _mikrozensus(p: Person) -> Urteil:
    marken = {"aussiedler": "S", "einbuergerung": "E", "erklaerung": "E", "option": "O"}
    if p.auslaender:
        return "1", "A"
    if p.art in marken:
        return "1", marken[p.art]
    eltern = [_mikrozensus_als_elternteil(e) for e in p.eltern]
    if any(eltern):
        return "1", "F"
    if p.deutsch is None:
        return UNKLAR
    if (p.vertrieben and not p.weitere) or eltern == [False, False]:
        return NEIN
    if p.art == "geburt":
        return OFFEN
    if p.im_ausland is None:
        return UNKLAR
    if not p.im_ausland:
        return OFFEN
    vermutet = _vermutet(p)
    return ("1", vermutet) if vermutet else ("U", "G")


def _einwanderung(p: Person) -> Urteil:
    if p.zugewandert():
        return "1", "Z"
    eltern = [e.zugewandert() for e in p.eltern]
    if eltern == [True, True]:
        return "1", "F2"
    if p.im_ausland is None or (p.im_ausland and p.zuzug is None):
        return UNKLAR
    if eltern == [False, False]:
        return NEIN
    if False in eltern:
        return "0", "F1" if True in eltern else "F1?"
    return OFFEN


DEFINITIONEN: dict[str, Callable[[Person], Urteil]] = {
    "luenen_2021": _luenen,
    "gkd_re": _recklinghausen,
    "kosis_like": _kosis,
    "berlin_afs": _berlin,
    "hamburg_sn": _hamburg,
    "mighev_2010": _gesetz,
    "mikrozensus": _mikrozensus,
    "einwanderungsgeschichte": _einwanderung,
    "nrw_tintg_2022": lambda p: _gesetz(p, ab=1956),
    "nrw_tintg_2012": _gesetz,
    "bw_partintg": lambda p: _gesetz(p, ab=1956),
    "zensus_2011": lambda p: _gesetz(p, ab=1956),
}


def _im_bestand(zeile: Mapping[str, str], stichtag: date) -> bool:
    """Main or only residence, moved in, not moved out, not dead at the end of the day."""
    einzug, auszug, tod = (read_tag(zeile[s]) for s in ("einzug_datum", "auszug_datum", "sterbe_datum"))
    return (
        zeile["wohnungsstatus"] in ("alleinige", "haupt")
        and (einzug is None or einzug <= stichtag)
        and (auszug is None or auszug > stichtag)
        and (tod is None or tod > stichtag)
    )


def _person(zeile: Mapping[str, str], stichtag: date, option: bool) -> Person:
    geburt = read_tag(zeile["geburtsdatum"])
    staat: str | None = zeile["geburtsstaat"] or ("000" if zeile["geburtsort"] else None)
    return Person(
        pid=zeile["pid"],
        alter=vollendete_jahre(geburt, stichtag) if geburt else None,
        nationen=[zeile[s] for s in ("sta_1", "sta_2", "sta_3") if zeile[s]],
        art="" if zeile["art_dt_sta"] == "option" and not option else zeile["art_dt_sta"],
        geburt=geburt,
        geburtsstaat=None if staat in ("998", "999") else staat,
        zuzug=read_tag(zeile["zuzug_datum_ausland"]),
        zuzug_staat=zeile["zuzug_staat"],
        geschlecht=zeile["geschlecht"],
        adresse=zeile["adresse_id"],
    )


def bestand(zeilen: Iterable[Mapping[str, str]], stichtag: date, option: bool) -> dict[str, Person]:
    """pid → person with parents, for everybody who belongs to the population on the day."""
    drin = {z["pid"]: z for z in zeilen if _im_bestand(z, stichtag)}
    personen = {pid: _person(z, stichtag, option) for pid, z in drin.items()}
    for pid, person in personen.items():
        genannt = dict.fromkeys((drin[pid]["elternteil_1_pid"], drin[pid]["elternteil_2_pid"]))
        person.eltern = [personen[e] for e in genannt if e in personen]
    return personen


def judge(personen: Mapping[str, Person]) -> dict[str, dict[str, Urteil]]:
    """pid → definition → judgement."""
    return {pid: {name: regel(p) for name, regel in DEFINITIONEN.items()} for pid, p in personen.items()}
