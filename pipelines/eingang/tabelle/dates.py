"""Days that a file names beside the one in its name: a title »am 31.12.2025« in a file of 2024 is a mistake of one of them.

Belongs here: finding such days and saying so. Does not belong here: the day of a figure (column_plan.py, read.py).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from pipelines.eingang.grid.sheet import Blatt, Ort
from pipelines.foundation.findings import Befund, Code, Schwere
from pipelines.stamm.quellen.layout import Layout
from pipelines.stamm.quellen.time_label import IN_DER_DATEI, TAG, tag_von

MONATE = (
    "januar",
    "februar",
    "märz",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "dezember",
)
_TAG = re.compile(rf"(?<!\d)(?:\d{{1,2}}\.\s?\d{{1,2}}\.\s?\d{{4}}|{TAG})(?!\d)")
_WORT = re.compile(rf"(?<!\d)(\d{{1,2}})\.\s*({'|'.join(MONATE)})\s+(\d{{4}})(?!\d)", re.IGNORECASE)
# Days that say something else than what the figures are of.
_ANDERES = re.compile(
    r"quelle|lizenz|copyright|©|datenstand|gebietsstand|erstell|abruf|druck|export|ver[öo]ffentlich|redaktion|ge[äa]ndert|seit|gegen[üu]ber",
    re.IGNORECASE,
)
_STAND = re.compile(r"\bstand\b", re.IGNORECASE)  # of the figures or of the file: a later one is the file's
# A year that stands alone, not half of 2010–2024, 2023/24 or 1/2025.
_JAHR = re.compile(r"(?<![\w./–-])(?:19|20)\d{2}(?!\s?[/–-]\s?\d|[\w.]\d)(?!\w)")
# Years that name a census, an edition or a rule instead of the time counted.
_BENANNT = re.compile(
    r"zensus|erweiterung|gesetz|verordnung|bericht|jahrbuch|heft|ausgabe|fassung|definition|konzept|programm|basis|vergleich|\bab\b|\bbis\b",
    re.IGNORECASE,
)
ZEITZONE = timedelta(days=1)  # here it may already be tomorrow where the file was made
VORAUS = timedelta(days=366)  # a year's figure may carry the end of the running year
_TAGSPALTE = re.compile(r"stichtag|datum", re.IGNORECASE)


@dataclass(frozen=True)
class _Datumsfund:
    ort: Ort
    text: str
    tage: tuple[date, ...]


def tage_in(text: str) -> tuple[date, ...]:
    """Days written out in a text: `31.12.2025`, `2025-12-31`, `31. Dezember 2025`."""
    teile = [".".join(f"{int(t):02d}" for t in re.split(r"\.\s?", m)) if "." in m else m for m in _TAG.findall(text)]
    teile += [f"{int(t):02d}.{MONATE.index(m.casefold()) + 1:02d}.{j}" for t, m, j in _WORT.findall(text)]
    return tuple(tag for t in teile if (tag := tag_von(t, "datum")))


def gleicher_bestand(a: date, b: date) -> bool:
    """Whether two days are the same stock: the end of a day and the beginning of the next are."""
    return abs(a - b) <= timedelta(days=1)


def check_days(
    blatt: Blatt, layout: Layout, stichtag: date, datei: str, daten_ab: int, ende: int, gelesen: Iterable[int],
    gemerkt: Iterable[int],
) -> list[Befund]:  # fmt: skip
    """Errors for titles, headers of columns that are read (`gelesen`) and unread columns of days against the file's name.

    `gemerkt` are the columns whose meaning the layout knows already. Only where the name carries the day.
    """
    if not _tag_im_namen(layout, stichtag):
        return []
    nur_jahr = "{jahr}" in layout.datei

    def fits(tag: date, text: str) -> bool:
        if tag > stichtag and _STAND.search(text):
            return True
        return tag.year == stichtag.year if nur_jahr else gleicher_bestand(tag, stichtag)

    spalten = set(gelesen)
    funde = [*_titel(blatt, layout, daten_ab, spalten), *_tagspalten(blatt, daten_ab, ende, {*spalten, *gemerkt})]
    return [
        Befund(Code.datum, Schwere.fehler, datei, blatt.ort(*f.ort),
               f"»{f.text}« nennt {' und '.join(f'{t:%d.%m.%Y}' for t in f.tage[:3])}, der Dateiname {stichtag:%d.%m.%Y}",
               "denselben Stichtag in der Tabelle und im Dateinamen", zellen=(blatt.adresse(*f.ort),))
        for f in funde
        if not any(fits(t, f.text) for t in f.tage)
    ]  # fmt: skip


def check_years(blatt: Blatt, layout: Layout, stichtag: date, datei: str, daten_ab: int) -> list[Befund]:
    """A warning if titles above the header name years, »Einwohner 2025«, and none is that of the file's name.

    A year is less sure than a day: it may belong to something else, so it is no error. A stock of the first of January may be
    called after the year that ended.
    """
    if not _tag_im_namen(layout, stichtag):
        return []
    titel = [
        (z, s, str(wert))
        for z in range(min(layout.kopfzeilen()[0] - 1 if any(layout.kopfzeilen()) else daten_ab, len(blatt.werte)))
        for s, wert in enumerate(blatt.werte[z])
        if isinstance(wert, str) and not _ANDERES.search(wert) and not _STAND.search(wert)
    ]
    if any(tage_in(text) for _, _, text in titel):
        return []  # pruefe_tage judges them
    passend = {stichtag.year, (stichtag - timedelta(days=1)).year}
    genannt = [(z, s, text, {int(j) for j in _JAHR.findall(text)}) for z, s, text in titel if not _BENANNT.search(text)]
    if any(jahre & passend for *_, jahre in genannt) or any(str(j) in text for _, _, text in titel for j in passend):
        return []
    return [
        Befund(Code.datum, Schwere.warnung, datei, blatt.ort(z, s),
               f"»{text[:80]}« nennt {' und '.join(map(str, sorted(jahre)))}, der Dateiname {stichtag:%d.%m.%Y}",
               "dasselbe Jahr in der Tabelle und im Dateinamen", zellen=(blatt.adresse(z, s),))
        for z, s, text, jahre in genannt
        if jahre
    ]  # fmt: skip


def check_future(layout: Layout, stichtag: date, datei: str) -> list[Befund]:
    """An error if the file's name carries a day ahead: nobody has counted it yet. A year may name its end in advance."""
    voraus = ZEITZONE if "{stichtag}" in layout.datei else VORAUS
    if not _tag_im_namen(layout, stichtag) or stichtag <= date.today() + voraus:
        return []
    return [_kuenftig(datei, f"den {stichtag:%d.%m.%Y}")]


def check_auszugstage(datei: str, stichtag: date, datenstand: date) -> list[Befund]:
    """Errors if the name of an extract carries a day ahead, or a data state before the Stichtag: neither can be drawn."""
    befunde = []
    spaetester = max(stichtag, datenstand)
    if spaetester > date.today() + ZEITZONE:
        wort = "Stichtag" if spaetester == stichtag else "Datenstand"
        befunde.append(_kuenftig(datei, f"den {wort} {spaetester:%d.%m.%Y}"))
    if datenstand < stichtag:
        befunde.append(
            Befund(Code.datum, Schwere.fehler, datei, "",
                   f"der Dateiname nennt den Datenstand {datenstand:%d.%m.%Y}, der vor dem Stichtag {stichtag:%d.%m.%Y} liegt",
                   "JJJJ-MM-TT_stand_JJJJ-MM-TT.csv: erst der Stichtag, dann der Tag, an dem der Auszug gezogen wurde")
        )  # fmt: skip
    return befunde


def _kuenftig(datei: str, was: str) -> Befund:
    return Befund(Code.datum, Schwere.fehler, datei, "", f"der Dateiname nennt {was}; der Tag liegt in der Zukunft",
                  "der Stichtag, zu dem gezählt ist, im Dateinamen")  # fmt: skip


def _tag_im_namen(layout: Layout, stichtag: date) -> bool:
    """Whether the day of the figures is the one in the file's name."""
    return stichtag != IN_DER_DATEI and "{" in layout.datei and not (layout.zeit and layout.zeit.spalte is not None)


def _titel(blatt: Blatt, layout: Layout, daten_ab: int, spalten: set[int]) -> Iterator[_Datumsfund]:
    kopf = [z - 1 for z in layout.kopfzeilen()]
    for z in range(min(daten_ab, len(blatt.werte))):
        for s, wert in enumerate(blatt.werte[z]):
            if wert == "" or (z in kopf and s not in spalten):
                continue
            text = f"{wert:%d.%m.%Y}" if isinstance(wert, date) else str(wert)
            links = " ".join(str(w) for w in blatt.werte[z][:s]) if z not in kopf else ""
            if (tage := tage_in(text)) and not _ANDERES.search(f"{links} {text}"):
                yield _Datumsfund((z, s), text[:80], tage)


def _tagspalten(blatt: Blatt, daten_ab: int, ende: int, bekannt: set[int]) -> Iterator[_Datumsfund]:
    """Columns that hold one and the same day in every row and are called so."""
    breite = max((len(r) for r in blatt.werte), default=0)
    for s in sorted(set(range(breite)) - bekannt):
        kopf = " ".join(str(r[s]) for r in blatt.werte[:daten_ab] if s < len(r))
        if not _TAGSPALTE.search(kopf) or _ANDERES.search(kopf):
            continue
        werte = [(z, r[s]) for z, r in enumerate(blatt.werte[daten_ab:ende], daten_ab) if s < len(r) and r[s] != ""]
        tage = {w if isinstance(w, date) else tag_von(str(w), "datum") for _, w in werte}
        if len(tage) == 1 and (tag := tage.pop()):
            yield _Datumsfund((werte[0][0], s), f"{tag:%d.%m.%Y}", (tag,))
