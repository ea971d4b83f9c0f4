"""referenz/staaten.csv: what its rows must say, earlier names of a state, and the table `stamm.staat` made of them.

Belongs here: columns, days, yes and no, keys. Does not belong here: reading a list (foundation/csv_list.py), the words a table
may use.
"""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pacsv

from pipelines.foundation.config_files import read_bytes
from pipelines.foundation.csv_list import read_list, read_staaten
from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.foundation.yaml_file import check_datei, kurzpfad

TEXTE = ("staat", "name", "iso2", "iso3", "gruppe", "kontinent", "als_staat", "nachfolgegruppe")
TAGE = ("eu_von", "eu_bis", "gueltig_von", "gueltig_bis")
JANEIN = ("aussiedlungsgebiet", "vertreibungsgebiet")
FRUEHER = "fruehere_namen"  # may be missing: every name is that of today then
_FRUEHER = re.compile(r"(?P<name>\S.*?) bis (?P<bis>\d{4}-\d{2}-\d{2})")
NAMEN = pa.list_(pa.struct([("name", pa.string()), ("bis", pa.date32())]))


def check_staaten(datei: Path) -> None:
    """Raises: KonfigurationsFehler with file, line and column: a column that lacks, a day that is none, a key twice."""
    zeilen = read_list(datei)
    name = kurzpfad(datei)
    if not zeilen:
        raise KonfigurationsFehler(f"{name}: Die Liste ist leer. Erwartet: eine Kopfzeile und je Staat eine Zeile.")
    if fehlt := [s for s in (*TEXTE, *TAGE, *JANEIN) if s not in zeilen[0][1]]:
        raise KonfigurationsFehler(f"{name}, Zeile 1: Es fehlt die Spalte {', '.join(fehlt)}.")
    fehler = [f"{name}, Zeile {nummer}, {text}" for nummer, z in zeilen for text in _maengel(z)]
    oft = Counter(z["staat"] for _, z in zeilen)
    fehler += [f"{name}, Zeile {n}, staat: »{z['staat']}« steht mehrmals." for n, z in zeilen if oft[z["staat"]] > 1]
    if fehler:
        raise KonfigurationsFehler("\n".join(fehler))


def _maengel(zeile: dict[str, str]) -> list[str]:
    maengel = [f"{s}: Die Angabe fehlt." for s in ("staat", "name") if not zeile[s]]
    for s in TAGE:
        if zeile[s] and not _is_day(zeile[s]):
            maengel.append(f"{s}: »{zeile[s]}« ist kein Datum. Erwartet: JJJJ-MM-TT oder nichts.")
    maengel += [
        f"{s}: »{zeile[s]}« ist nicht erlaubt. Erwartet: ja oder nein."
        for s in JANEIN
        if zeile[s] not in ("ja", "nein")
    ]
    try:
        fruehere_namen(zeile.get(FRUEHER))
    except ValueError as grund:
        maengel.append(
            f"{FRUEHER}: {grund} Erwartet: »Name bis JJJJ-MM-TT«, mehrere durch » / « getrennt, oder nichts."
        )
    return maengel


def fruehere_namen(text: str | None) -> list[tuple[str, date]]:
    """(name, last day) of `Mazedonien bis 2019-02-11 / …`, earliest first. Raises: ValueError with a German sentence."""
    namen = []
    for teil in (text or "").split(" / ") if text else []:
        treffer = _FRUEHER.fullmatch(teil.strip())
        if not treffer or not _is_day(treffer["bis"]):
            raise ValueError(f"»{teil}« ist kein früherer Name mit seinem letzten Tag.")
        namen.append((treffer["name"], date.fromisoformat(treffer["bis"])))
    return sorted(namen, key=lambda n: n[1])


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def alle_namen(zeile: dict[str, str]) -> list[str]:
    """The name of today and the earlier ones of a row of the list."""
    return [zeile["name"], *(n for n, _ in fruehere_namen(zeile.get(FRUEHER)))]


def name_am(zeile: dict[str, str], tag: date) -> str:
    """What a row of the list was called on a day."""
    return next((n for n, bis in fruehere_namen(zeile.get(FRUEHER)) if tag <= bis), zeile["name"])


def staatentabelle(datei: Path) -> pa.Table:
    """The list as the table `stamm.staat`. Raises: KonfigurationsFehler."""
    check_datei(datei)
    try:
        return _tabelle(datei)
    except (OSError, pa.ArrowInvalid, pa.ArrowKeyError) as grund:
        art = type(grund).__name__
        raise KonfigurationsFehler(f"{kurzpfad(datei)}: Die Datei lässt sich nicht lesen ({art}).") from None


def _tabelle(datei: Path) -> pa.Table:
    read_staaten(datei)  # says in German what is wrong with it
    tabelle = pacsv.read_csv(
        pa.BufferReader(read_bytes(datei)),
        parse_options=pacsv.ParseOptions(delimiter=";"),
        convert_options=pacsv.ConvertOptions(
            column_types={
                **dict.fromkeys((*TEXTE, FRUEHER), pa.string()),
                **dict.fromkeys(TAGE, pa.date32()),
                **dict.fromkeys(JANEIN, pa.bool_()),
            },
            null_values=[""],
            true_values=["ja"],
            false_values=["nein"],
            strings_can_be_null=True,
        ),
    )
    ohne = FRUEHER not in tabelle.column_names
    namen = [
        [] if ohne else fruehere_namen(t.as_py()) for t in tabelle.column(tabelle.column_names[-1] if ohne else FRUEHER)
    ]
    spalte = pa.array([[{"name": n, "bis": b} for n, b in je] for je in namen], NAMEN)
    return (tabelle if ohne else tabelle.drop_columns([FRUEHER])).append_column(FRUEHER, spalte)
