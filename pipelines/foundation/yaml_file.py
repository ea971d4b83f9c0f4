"""YAML file → validated object, with German errors that name file, line, key and reason.

Belongs here: reading any configuration file of the data folder. Does not belong here: what a file may say (that is in
the pydantic models beside their use).
"""

import unicodedata
from collections import OrderedDict
from collections.abc import Callable
from copy import deepcopy
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError
from rapidfuzz import fuzz, process

from pipelines.foundation import config_files
from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.foundation.yaml_messages import Pfad, gruende, yaml_grund

LADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C one is ten times faster, where the wheel has it
HOECHSTENS_WERTE = 200_000  # in one file; the longest shipped one has 3,215
AEHNLICH_AB = 70  # rapidfuzz score (0–100) from which a name is offered as "did you mean"


class Modell(BaseModel):
    """Base of every configuration model: unknown keys are errors, values are not changed after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


M = TypeVar("M", bound=BaseModel)
READ_FILES = 256  # files whose validated content is remembered


def aehnlich(gefunden: str, erlaubt: list[str]) -> str | None:
    """The most similar allowed name, or None. A slip of the pen counts more than a name that contains the other."""
    treffer = process.extractOne(gefunden, erlaubt, scorer=_naehe, processor=str.casefold, score_cutoff=AEHNLICH_AB)
    return treffer[0] if treffer else None


def _naehe(a: str, b: str, *, score_cutoff: float | None = None) -> float:
    naehe = max(fuzz.ratio(a, b), 0.9 * fuzz.WRatio(a, b))
    return naehe if score_cutoff is None or naehe >= score_cutoff else 0.0


def kurzpfad(datei: Path) -> str:
    """`luenen/kommune.yaml` instead of the absolute path: what a person recognises."""
    return "/".join(datei.parts[-2:])


def check_datei(datei: Path) -> None:
    """Refuse what has a file's name and is none: a folder cannot be read, and reading a pipe would never end.

    Raises: KonfigurationsFehler. A missing file is left to whoever opens it.
    """
    if not config_files.has_snapshot_of(datei) and datei.exists() and not datei.is_file():
        raise KonfigurationsFehler(
            f"{kurzpfad(datei)}: Das ist {'ein Ordner' if datei.is_dir() else 'keine gewöhnliche Datei'}. Erwartet wird eine "
            "Datei dieses Namens."
        )


def _zeilen(knoten: yaml.Node | None, pfad: Pfad, ziel: dict[Pfad, int]) -> None:
    if knoten is None:
        return
    ziel.setdefault(pfad, knoten.start_mark.line + 1)
    if isinstance(knoten, yaml.MappingNode):
        for schluessel, wert in knoten.value:
            unter = (*pfad, schluessel.value)
            if unter in ziel:
                problem = f"der Schlüssel »{schluessel.value}« steht doppelt"
                raise yaml.MarkedYAMLError(problem=problem, problem_mark=schluessel.start_mark)
            ziel[unter] = schluessel.start_mark.line + 1
            _zeilen(wert, unter, ziel)
    elif isinstance(knoten, yaml.SequenceNode):
        for nummer, wert in enumerate(knoten.value):
            _zeilen(wert, (*pfad, nummer), ziel)


def read_yaml(datei: Path) -> tuple[Any, dict[Pfad, int]]:
    """Content of a YAML file and the line of every key in it.

    Raises: KonfigurationsFehler if the file is missing, not UTF-8, not YAML or endlessly large.
    """
    check_datei(datei)
    text = ""
    try:
        text = unicodedata.normalize("NFC", config_files.read_text(datei))
        inhalt, zeilen = _geparst(text)
        return deepcopy(inhalt), dict(zeilen)  # what is remembered must not be changed by whoever asked
    except FileNotFoundError:
        raise KonfigurationsFehler(f"{kurzpfad(datei)}: Die Datei fehlt ({datei}).") from None
    except OSError as fehler:
        raise KonfigurationsFehler(
            f"{kurzpfad(datei)}: Die Datei lässt sich nicht lesen ({fehler.strerror})."
        ) from None
    except RecursionError:
        raise KonfigurationsFehler(f"{kurzpfad(datei)}: Die Datei ist zu tief verschachtelt.") from None
    except UnicodeDecodeError as fehler:
        raise KonfigurationsFehler(
            f"{kurzpfad(datei)}: Die Datei ist nicht in UTF-8 gespeichert (Byte {fehler.start}). Bitte als UTF-8 speichern."
        ) from None
    except yaml.MarkedYAMLError as fehler:
        zeile = fehler.problem_mark.line + 1 if fehler.problem_mark else 1
        raise KonfigurationsFehler(
            f"{kurzpfad(datei)}, Zeile {zeile}: kein gültiges YAML ({yaml_grund(fehler.problem, zeile, text)}). "
            "Bitte Einrückung, Doppelpunkte und Anführungszeichen prüfen."
        ) from None
    except yaml.reader.ReaderError as fehler:
        raise KonfigurationsFehler(
            f"{kurzpfad(datei)}: An Stelle {fehler.position} steht ein Zeichen, das YAML nicht erlaubt."
        ) from None
    except ValueError:
        zeile, wert = _unmoegliches_datum(config_files.read_text(datei))
        raise KonfigurationsFehler(f"{kurzpfad(datei)}, Zeile {zeile}: Das Datum {wert} gibt es nicht.") from None


# Each step of a run loads the configuration anew, so that none works with an old one; parsing is what costs.
@lru_cache(maxsize=256)
def _geparst(text: str) -> tuple[Any, dict[Pfad, int]]:
    wurzel = yaml.compose(text, Loader=LADER)
    _groesse(wurzel, {})
    inhalt = yaml.load(text, Loader=LADER)  # noqa: S506 - both are safe loaders
    zeilen: dict[Pfad, int] = {}
    _zeilen(wurzel, (), zeilen)
    return inhalt, zeilen


def _groesse(knoten: yaml.Node | None, bekannt: dict[int, int | None]) -> int:
    """How many values a document has, each reference counted with all it brings: ten lines can name a thousand millions."""
    if not isinstance(knoten, yaml.CollectionNode):
        return 1
    if id(knoten) not in bekannt:
        bekannt[id(knoten)] = None  # being counted
        teile = knoten.value if isinstance(knoten, yaml.SequenceNode) else [w for _, w in knoten.value]
        summe = 1 + sum(_groesse(t, bekannt) for t in teile)
        if summe > HOECHSTENS_WERTE:
            grund = f"durch Verweise (»*name«) entstehen hier mehr als {HOECHSTENS_WERTE} Werte"
            raise yaml.MarkedYAMLError(problem=grund, problem_mark=knoten.start_mark)
        bekannt[id(knoten)] = summe
    elif bekannt[id(knoten)] is None:
        raise yaml.MarkedYAMLError(problem="recursive", problem_mark=knoten.start_mark)
    return bekannt[id(knoten)] or 0


def _unmoegliches_datum(text: str) -> tuple[int, str]:
    """Line and text of the first value that looks like a date and is none."""
    stapel = [yaml.compose(text, Loader=yaml.SafeLoader)]
    gesehen: set[int] = set()  # an anchor may hold itself
    while stapel:
        knoten = stapel.pop(0)
        if id(knoten) in gesehen:
            continue
        gesehen.add(id(knoten))
        if isinstance(knoten, yaml.ScalarNode) and knoten.tag == "tag:yaml.org,2002:timestamp":
            try:
                yaml.safe_load(knoten.value)
            except ValueError:
                return knoten.start_mark.line + 1, knoten.value
        elif isinstance(knoten, yaml.SequenceNode):
            stapel += knoten.value
        elif isinstance(knoten, yaml.MappingNode):
            stapel += [wert for _, wert in knoten.value]
    return 1, "in dieser Datei"


def ort(datei: Path, zeilen: dict[Pfad, int], pfad: Pfad) -> str:
    """`luenen/kommune.yaml, Zeile 12, quellen.tabellen[0].profil`; the nearest known line above a missing key."""
    bekannt = next((pfad[:n] for n in range(len(pfad), -1, -1) if pfad[:n] in zeilen), ())
    name = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in pfad).lstrip(".")
    return f"{kurzpfad(datei)}, Zeile {zeilen.get(bekannt, 1)}" + (f", {name}" if name else "")


def check(datei: Path, inhalt: Any, zeilen: dict[Pfad, int], modell: type[M]) -> M:
    """Validate what was read; all errors at once.

    Raises: KonfigurationsFehler, one line an error, each with file, line, key and reason.
    """
    try:
        return modell.model_validate(inhalt)
    except ValidationError as fehler:
        namen = sorted({str(p[-1]) for p in _alle_felder(modell)})
        funde = gruende(fehler.errors(), zeilen.__contains__, lambda name: aehnlich(name, namen))
        texte = [f"{ort(datei, zeilen, pfad)}: {grund}" for pfad, grund in funde]
        # The library keeps what a model raised where nobody collects it: with its traceback, all of the process at its end.
        for einer in fehler.errors():
            if isinstance(ursache := einer.get("ctx", {}).get("error"), BaseException):
                ursache.__traceback__ = None
    raise KonfigurationsFehler("\n".join(texte))


def remembered(read: Callable[[Path], M]) -> Callable[[Path], M]:
    """Remember what was read of a file for as long as its bytes are the same; for readers of that file alone.

    Each step of a run loads the configuration anew, so that none works with an old one; validating is what costs.
    """
    known: OrderedDict[Path, tuple[bytes, M]] = OrderedDict()

    @wraps(read)
    def read_if_changed(datei: Path) -> M:
        check_datei(datei)
        before = _bytes(datei)
        if before is not None and datei in known and known[datei][0] == before:
            known.move_to_end(datei)
            return known[datei][1]
        value = read(datei)
        if before is not None and _bytes(datei) == before:  # nobody wrote it while it was read
            known[datei] = (before, value)
            while len(known) > READ_FILES:
                known.popitem(last=False)
        return value

    return read_if_changed


def _bytes(datei: Path) -> bytes | None:
    try:
        return config_files.read_bytes(datei)
    except OSError:
        return None  # told by the reader


def _alle_felder(modell: type[BaseModel]) -> list[Pfad]:
    import typing

    felder: list[Pfad] = []
    for name, feld in modell.model_fields.items():
        felder.append((feld.alias or name,))
        stapel = [feld.annotation]
        while stapel:
            typ = stapel.pop()
            stapel.extend(typing.get_args(typ))
            if isinstance(typ, type) and issubclass(typ, BaseModel) and typ is not modell:
                felder.extend(_alle_felder(typ))
    return felder


def load(datei: Path, modell: type[M]) -> M:
    """Read and validate a YAML file.

    Raises: KonfigurationsFehler with file, line, key and reason.
    """
    inhalt, zeilen = read_yaml(datei)
    return check(datei, inhalt, zeilen, modell)
