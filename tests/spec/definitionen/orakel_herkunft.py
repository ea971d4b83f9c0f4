"""The second implementation's generation and Bezugsland: plain Python, from the texts and not from the pipeline.

Belongs here: where a person with MH comes from, clue by clue, in each definition's order, and which parents may hand
theirs on. Does not belong here: who has MH (orakel.py).
"""

from collections.abc import Callable

from . import orakel
from .orakel import Person

KEIN_STAAT = frozenset(("000", "910", "997", "998", "999"))
NZO = "NZO"

Merkmal = Callable[[Person], str | None]


def generation(p: Person) -> str:
    """1 born abroad, 2 born in Germany, of persons with MH."""
    return {True: "1", False: "2", None: "unbekannt"}[p.im_ausland]


def _staaten(p: Person) -> list[str]:
    return [n for n in p.nationen if n not in KEIN_STAAT]


def _staatsangehoerigkeit(p: Person) -> str | None:
    """The first nationality of a person who is not German and has a state's one."""
    return None if p.deutsch or not _staaten(p) else _staaten(p)[0]


def _weitere(p: Person) -> str | None:
    """A German's first foreign nationality, a foreigner's second."""
    rest = _staaten(p) if p.deutsch else _staaten(p)[1:]
    return rest[0] if rest else None


def _geburt(p: Person) -> str | None:
    return None if p.geburtsstaat in KEIN_STAAT else p.geburtsstaat


def _zuzug(p: Person) -> str | None:
    return None if not p.zuzug_staat or p.zuzug_staat in KEIN_STAAT else p.zuzug_staat


FOLGEN: dict[str, tuple[Merkmal, ...]] = {
    "luenen_2021": (_staatsangehoerigkeit, _weitere, _geburt, _zuzug),
    "gkd_re": (_staatsangehoerigkeit, _weitere),
    "kosis_like": (_staatsangehoerigkeit, _geburt, _weitere, _zuzug),
    "berlin_afs": (_staatsangehoerigkeit, _geburt, _weitere),
    "hamburg_sn": (_staatsangehoerigkeit, _geburt, _weitere, _zuzug),
    "mighev_2010": (_staatsangehoerigkeit, _geburt),
    "mikrozensus": (_staatsangehoerigkeit, _weitere, _geburt),
    "einwanderungsgeschichte": (_geburt,),
    **dict.fromkeys(
        ("nrw_tintg_2022", "nrw_tintg_2012", "bw_partintg", "zensus_2011"), (_staatsangehoerigkeit, _geburt)
    ),
}


def _minderjaehrig_im_haushalt(p: Person) -> list[Person]:
    return p.eltern_im_haushalt() if p.minderjaehrig() else []


def _kosis_mit(e: Person) -> bool:
    selbst = orakel._kosis_selbst(e, option_aus_eltern=False)
    return selbst is not None and selbst[0] == "1"


ELTERN: dict[str, Callable[[Person], list[Person]]] = {
    "gkd_re": lambda p: [e for e in p.eltern if e.auslaender or e.weitere],
    "kosis_like": lambda p: [e for e in _minderjaehrig_im_haushalt(p) if _kosis_mit(e)],
    "berlin_afs": lambda p: [e for e in _minderjaehrig_im_haushalt(p) if e.im_ausland or e.art == "einbuergerung"],
    "hamburg_sn": lambda p: [e for e in p.eltern if p.minderjaehrig() and orakel._hamburg_selbst(e)[0] == "1"],
    "mighev_2010": lambda p: [e for e in p.eltern if e.zugewandert()],
    "mikrozensus": lambda p: [e for e in p.eltern if orakel._mikrozensus_als_elternteil(e)],
    "einwanderungsgeschichte": lambda p: [e for e in p.eltern if e.zugewandert()],
    "nrw_tintg_2022": lambda p: [e for e in p.eltern if e.zugewandert(1956)],
    "nrw_tintg_2012": lambda p: [e for e in p.eltern if e.zugewandert()],
    "bw_partintg": lambda p: [e for e in p.eltern if e.zugewandert(1956)],
    "zensus_2011": lambda p: [e for e in p.eltern if e.zugewandert(1956)],
}


def _selbst(p: Person, profil: str) -> str | None:
    return next((staat for merkmal in FOLGEN[profil] if (staat := merkmal(p))), None)


def bezugsland(p: Person, profil: str) -> str:
    """The first clue that names a foreign state, else what the parents hand on, else NZO."""
    eigenes = _selbst(p, profil)
    if eigenes:
        return eigenes
    eltern = [e for e in ELTERN.get(profil, lambda _: [])(p) if _selbst(e, profil)]
    eingewandert = [e for e in eltern if e.im_ausland]
    if len(eltern) == 2 and len(eingewandert) == 1:
        eltern = eingewandert
    muetter = [e for e in eltern if e.geschlecht == "w"]
    geber = (muetter or eltern)[:1]
    return next((staat for e in geber if (staat := _selbst(e, profil))), NZO)
