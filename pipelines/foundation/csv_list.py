"""Lists of the data folder (`;`-separated, header line): areas, bridges, states → rows with their lines, German errors.

Belongs here: reading such a file. Does not belong here: what its rows may say.
"""

import csv
import io
from functools import lru_cache
from pathlib import Path

from pipelines.foundation import config_files
from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.foundation.names import clean
from pipelines.foundation.yaml_file import check_datei, kurzpfad


def read_list(
    datei: Path, kopf: list[str] | None = None, wahlweise: list[str] | None = None
) -> list[tuple[int, dict[str, str]]]:
    """(line, row) of every row; blank lines are none. `kopf`: the header, where it must be just that; `wahlweise`: columns that
    may follow it, all or none.

    Raises: KonfigurationsFehler for a missing file, another encoding or header, and every row with more or fewer fields.
    """
    check_datei(datei)
    try:
        leser = csv.reader(io.StringIO(config_files.read_text(datei, newline=""), newline=""), delimiter=";")
        zeilen = [(leser.line_num, [clean(w) for w in z]) for z in leser if z]
    except FileNotFoundError:
        raise KonfigurationsFehler(f"{kurzpfad(datei)}: Die Datei fehlt ({datei}).") from None
    except OSError as grund:
        raise KonfigurationsFehler(f"{kurzpfad(datei)}: Die Datei lässt sich nicht lesen ({grund.strerror}).") from None
    except UnicodeDecodeError as grund:
        raise KonfigurationsFehler(
            f"{kurzpfad(datei)}: Die Datei ist nicht in UTF-8 gespeichert (Byte {grund.start}). Bitte als UTF-8 speichern."
        ) from None
    except csv.Error as grund:
        raise KonfigurationsFehler(f"{kurzpfad(datei)}: Die Datei ist keine CSV ({grund}).") from None
    if zeilen and zeilen[0][1][0].casefold().startswith("sep="):
        zeilen = zeilen[1:]
    felder = zeilen[0][1] if zeilen else []
    if kopf is not None and felder not in (kopf, kopf + (wahlweise or [])):
        gefunden = f"Gefunden: {';'.join(felder)[:200]}" if felder else "Die Datei ist leer"
        dazu = f", dahinter wahlweise {';'.join(wahlweise)}" if wahlweise else ""
        raise KonfigurationsFehler(
            f"{kurzpfad(datei)}, Zeile 1: Erwartet wird die Kopfzeile {';'.join(kopf)}{dazu}. {gefunden}."
        )
    fehler = [
        f"{kurzpfad(datei)}, Zeile {nummer}: Erwartet werden genau {len(felder)} Felder. Gefunden: {len(z)}."
        for nummer, z in zeilen[1:]
        if len(z) != len(felder) and any(z)
    ]
    if fehler:
        raise KonfigurationsFehler("\n".join(fehler))
    return [(nummer, dict(zip(felder, z, strict=True))) for nummer, z in zeilen[1:] if any(z)]


def read_staaten(datei: Path) -> tuple[dict[str, str], ...]:
    """Rows of staaten.csv, remembered until the file changes. Raises: KonfigurationsFehler."""
    return _staaten(datei, config_files.state(datei) if config_files.is_there(datei) else None)


@lru_cache(maxsize=8)
def _staaten(datei: Path, _stand: tuple[int, int] | None) -> tuple[dict[str, str], ...]:
    return tuple(z for _, z in read_list(datei))
