"""referenz/staaten.csv: what its rows must say, and the table `stamm.staat` made of them.

Belongs here: columns, days, yes and no, keys. Does not belong here: reading a list (listen.py), the words a table may use.
"""

from collections import Counter
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pacsv

from pipelines.fehler import KonfigurationsFehler
from pipelines.konfiguration import kurzpfad, pruefe_datei
from pipelines.listen import lies_liste, lies_staaten

TEXTE = ("staat", "name", "iso2", "iso3", "gruppe", "kontinent", "als_staat", "nachfolgegruppe")
TAGE = ("eu_von", "eu_bis", "gueltig_von", "gueltig_bis")
JANEIN = ("aussiedlungsgebiet", "vertreibungsgebiet")


def pruefe_staaten(datei: Path) -> None:
    """Raises: KonfigurationsFehler with file, line and column: a column that lacks, a day that is none, a key twice."""
    zeilen = lies_liste(datei)
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
        if zeile[s] and not _ist_tag(zeile[s]):
            maengel.append(f"{s}: »{zeile[s]}« ist kein Datum. Erwartet: JJJJ-MM-TT oder nichts.")
    maengel += [
        f"{s}: »{zeile[s]}« ist nicht erlaubt. Erwartet: ja oder nein."
        for s in JANEIN
        if zeile[s] not in ("ja", "nein")
    ]
    return maengel


def _ist_tag(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def staatentabelle(datei: Path) -> pa.Table:
    """The list as the table `stamm.staat`. Raises: KonfigurationsFehler."""
    pruefe_datei(datei)
    try:
        return _tabelle(datei)
    except (OSError, pa.ArrowInvalid, pa.ArrowKeyError) as grund:
        art = type(grund).__name__
        raise KonfigurationsFehler(f"{kurzpfad(datei)}: Die Datei lässt sich nicht lesen ({art}).") from None


def _tabelle(datei: Path) -> pa.Table:
    lies_staaten(datei)  # says in German what is wrong with it
    return pacsv.read_csv(
        datei,
        parse_options=pacsv.ParseOptions(delimiter=";"),
        convert_options=pacsv.ConvertOptions(
            column_types={
                **dict.fromkeys(TEXTE, pa.string()),
                **dict.fromkeys(TAGE, pa.date32()),
                **dict.fromkeys(JANEIN, pa.bool_()),
            },
            null_values=[""],
            true_values=["ja"],
            false_values=["nein"],
            strings_can_be_null=True,
        ),
    )
