"""The rows of the status sheet: the catalogue's measures and the known state put together, each on the tab of its field.

Belongs here: which rows a tab has, in which order, what is filled in and what is locked. Does not belong here: cells (tab.py),
drop-downs (lists.py).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from pipelines.scaffold.massnahmenblatt.tab import Zeile
from pipelines.scaffold.massnahmenblatt.words import EINGABEN
from pipelines.stamm.konzept.models import Fassung, Handlungsfeld, Massnahme, normalform
from schemas.words.massnahmen import NICHT_ERHOBEN

OHNE_ENDE = ("offen", "fortlaufend")  # precision of a time that has no end
SPALTEN = tuple(EINGABEN)
VORGEGEBEN = ("massnahme_nr", "titel", "handlungsfeld", "leitziel")


def felder_mit_blatt(konzept: Fassung) -> list[Handlungsfeld]:
    """The fields that get a tab: all but guiding principles, which carry no measures unless the catalogue says so."""
    mit = {m.handlungsfeld for m in konzept.massnahmen}
    felder = [f for f in konzept.handlungsfelder if f.art != "leitlinie" or f.code in mit]
    return felder or list(konzept.handlungsfelder)


def zeitangabe(tag: date | None, genauigkeit: str | None) -> str | None:
    """A date as the sheet shows it: 15.03.2022, 03/2022, III/2023, 2. Halbjahr 2023, 2022; fortlaufend without one."""
    if tag is None:
        return "fortlaufend" if genauigkeit in OHNE_ENDE else None
    formen = {
        "monat": f"{tag:%m/%Y}",
        "quartal": f"{('I', 'II', 'III', 'IV')[(tag.month - 1) // 3]}/{tag.year}",
        "halbjahr": f"{(tag.month + 5) // 6}. Halbjahr {tag.year}",
        "jahr": str(tag.year),
    }
    return formen.get(genauigkeit or "", f"{tag:%d.%m.%Y}")


def _spanne(von: date | None, bis: date | None) -> str | None:
    """Two days as the sheet shows them: 2023–2024 where they are whole years, else both days."""
    if von is None or bis is None:
        return None
    if (von.month, von.day, bis.month, bis.day) == (1, 1, 12, 31):
        return str(von.year) if von.year == bis.year else f"{von.year}–{bis.year}"
    return f"{von:%d.%m.%Y}–{bis:%d.%m.%Y}"


def aktueller_stand(zeilen: Iterable[Zeile]) -> dict[str, list[dict[str, Any]]]:
    """Rows of marts.massnahme (one a measure) → what `write_workbook` takes as `zeilen`."""
    ergebnis: dict[str, list[dict[str, Any]]] = {}
    for z in zeilen:
        zeile = {s: z.get(s) for s in SPALTEN}
        zeile["ampel"], zeile["stand_datum"] = z.get("risiko"), z.get("stand")
        zeile["istwert_zaehlt"] = z.get("istwert_zaehlt") or z.get("istwert_art")  # undecided: empty
        for s in ("beginn", "ende"):
            zeile[s] = zeitangabe(z.get(s), z.get(f"{s}_genauigkeit"))
        zeile["teilnehmende_zeitraum"] = _spanne(z.get("teilnehmende_von"), z.get("teilnehmende_bis"))
        if isinstance(partner := zeile["partner"], (list, tuple)):
            zeile["partner"] = "; ".join(partner)
        zeile |= {s: NICHT_ERHOBEN[0] for s in z.get("nicht_erhoben") or () if s in SPALTEN}
        ergebnis.setdefault(z.get("handlungsfeld") or "", []).append(zeile)
    return ergebnis


def rows_by_blatt(
    zeilen: Mapping[str, Sequence[Zeile]], felder: list[Handlungsfeld], konzept: Fassung
) -> dict[str, list[Zeile]]:
    """Rows by the tab they go to: that of their field, else that of their measure in the catalogue, else the last."""
    katalog = {m.nr: m.handlungsfeld or "" for m in konzept.massnahmen}
    codes = {f.code for f in felder}
    ergebnis: dict[str, list[Zeile]] = {}
    for code, liste in zeilen.items():
        for zeile in liste:
            blatt = code if code in codes else katalog.get(str(zeile.get("massnahme_nr")), "")
            ergebnis.setdefault(blatt, []).append(zeile)
    return ergebnis


def merge_rows(
    katalog: list[Massnahme], zeilen: Sequence[Zeile], namen: dict[str, str], stand: date | None
) -> list[tuple[Zeile, set[str]]]:
    """Rows of one tab in the order of the catalogue, new measures after them; with each the columns to lock.

    A measure whose title the state has under another number has no second row under its old one.
    """
    da = {str(z.get("massnahme_nr")): z for z in zeilen}
    umnummeriert = {normalform(str(z.get("titel") or "")) for z in zeilen} - {""}
    ergebnis: list[tuple[Zeile, set[str]]] = []
    for m in katalog:
        if m.nr not in da and normalform(m.titel) in umnummeriert:
            continue
        vorgabe: dict[str, Any] = {"massnahme_nr": m.nr, "titel": m.titel, "handlungsfeld": namen.get(m.handlungsfeld or ""),
                   "leitziel": m.leitziel}  # fmt: skip
        zeile = {**vorgabe, "verantwortlich": m.verantwortlich, "stand_datum": stand}
        zeile |= {s: w for s, w in da.pop(m.nr, {}).items() if w is not None}
        feld = zeile["handlungsfeld"]
        zeile["handlungsfeld"] = namen.get(str(feld), feld)
        ergebnis.append((zeile, {s for s in VORGEGEBEN if vorgabe[s] and zeile[s] == vorgabe[s]}))
    for z in da.values():
        ergebnis.append(
            ({**z, "handlungsfeld": namen.get(z.get("handlungsfeld") or "", z.get("handlungsfeld"))}, set())
        )
    return ergebnis
