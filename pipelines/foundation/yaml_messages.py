"""What pydantic and the YAML parser say about a configuration file → German reasons a layman can act on.

Belongs here: the words of a reason, and which of several findings are one. Does not belong here: reading the file and
naming the line (yaml_file.py).
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from pydantic_core import ErrorDetails

from pipelines.foundation.names import unsichtbare

Pfad = tuple[str | int, ...]
LAENGSTES = 60  # characters shown of a value that was found

# Forms the models ask for, in words; a test keeps this list complete.
FORMEN = {
    r"^(\d{5}|\d{8})$": "8 Ziffern (Kreis: 5), in Anführungszeichen",
    r"^[a-z][a-z0-9_]*$": "Kleinbuchstaben a–z, Ziffern und Unterstrich, mit einem Buchstaben am Anfang, ohne Umlaute",
    r"^[a-z0-9_]*\*?$": "die Kennung eines Indikators, ihr Anfang mit *, oder *",
    r"^[A-Z]{1,3}\d{1,2}$": "ein bis drei Großbuchstaben und eine Nummer, z. B. F1",
    r"^[A-Z]{1,3}\d{0,2}\.[a-z]$": "der Code des Handlungsfelds, ein Punkt und ein Kleinbuchstabe, z. B. F1.a",
    r"^[a-z][a-z0-9_]*(\.[A-Z]{1,3}\d{1,2})?$": "die Kennung eines Konzepts, wahlweise mit Handlungsfeld, z. B. muster_2024.F1",
    r"^[A-Z]{1,3}[1-9]\d*$": "die Adresse einer Zelle, z. B. B3",
    r"^\d{2}-\d{2}$": "Monat und Tag, z. B. \"12-31\", in Anführungszeichen",
    r"^https?://\S+$": "eine Adresse ohne Leerzeichen, die mit https:// oder http:// beginnt",
    r"^https://[^\s]+/$": "eine Adresse ohne Leerzeichen, die mit https:// beginnt und mit / endet",
    r"^[^@\s]+@[^@\s]+\.[a-z]{2,}$": "eine E-Mail-Adresse, z. B. statistik@example.org",
    r"^[A-Za-z][A-Za-z0-9_-]+$": "eine Kennung aus Buchstaben, Ziffern, - und _, z. B. openNRW",
    r"\w": "ein Text, der nicht leer ist",
    r"\.$": "ein Satz mit Punkt am Ende",
}  # fmt: skip

_ERWARTET = {
    "string": "Text", "int": "eine ganze Zahl", "float": "eine Zahl", "bool": "true oder false",
    "list": "eine Liste", "dict": "ein Block mit Schlüsseln", "date": "ein Datum JJJJ-MM-TT",
    "model": "ein Block mit Schlüsseln", "tuple": "eine Liste", "none": "nichts",
}  # fmt: skip
_ALTERNATIVE = re.compile(
    r"(int|float|str|bool|none|date|(tuple|list|dict|set|constrained|function|lax|literal|nullable)\W.*)"
)

_YAML = (
    ("cannot start any token", "mit diesem Zeichen darf hier nichts beginnen; Werte mit @, `, % gehören in Anführungszeichen"),
    ("could not find expected ':'", "hier oder in der Zeile davor fehlt ein Doppelpunkt mit einem Leerzeichen danach"),
    ("mapping values are not allowed", "hier darf kein »Schlüssel: Wert« stehen; die Einrückung ist falsch, oder ein Text mit "
     "Doppelpunkt steht ohne Anführungszeichen"),
    ("expected ',' or ']'", "in einer Liste [ … ] fehlt ein Komma oder die schließende Klammer"),
    ("expected ',' or '}'", "in einem Block { … } fehlt ein Komma oder die schließende Klammer"),
    ("expected '-' indicator", "in dieser Liste beginnt eine Zeile nicht mit »- «, oder ihre Einrückung ist falsch"),
    ("block sequence entries are not allowed", "eine Liste mit »- « beginnt in einer eigenen Zeile"),
    ("expected key", "hier wird ein Schlüssel erwartet; wohl ist die Einrückung falsch oder eine Anführung nicht geschlossen"),
    ("<block end>", "die Einrückung passt nicht zu den Zeilen davor"),
    ("unexpected end of stream", "die Datei endet mitten in einer Anführung oder Klammer"),
    ("unexpected document", "»---« oder »...« gehört nicht hierher"),
    ("another document", "die Datei enthält mit »---« ein zweites Dokument; erlaubt ist eines"),
    ("unknown escape", "in \"…\" ist \\ ein Sonderzeichen; bitte '…' verwenden"),
    ("undefined alias", "ein Wert mit * am Anfang gehört in Anführungszeichen"),
    ("recursive", "ein Verweis (*name) führt auf sich selbst"),
    ("duplicate anchor", "ein Anker (&name) ist zweimal vergeben"),
    ("alphabetic or numeric", "ein Wert mit * oder & am Anfang gehört in Anführungszeichen"),
    ("constructor for the tag", "Angaben mit ! am Anfang sind nicht erlaubt; als Text gehören sie in Anführungszeichen"),
    ("tag", "ein Wert mit ! am Anfang gehört in Anführungszeichen"),
    ("unhashable", "ein Schlüssel darf keine Liste und kein Block sein"),
)  # fmt: skip


def yaml_grund(problem: str | None, zeile: int, text: str) -> str:
    """Why the parser stopped at this line (counted from 1), in German; signs nobody sees are named."""
    problem = problem or ""
    deutsch = next((d for e, d in _YAML if e in problem), "die Zeile ist nicht zu lesen")
    grund = problem if "»" in problem else deutsch
    umfeld = text.split("\n")[max(zeile - 2, 0) : zeile]
    if any(re.match(r" *\t", z) for z in umfeld):
        return "die Zeile ist mit einem Tabulator eingerückt; YAML kennt nur Leerzeichen"
    fremd = sorted({name for z in umfeld for name in unsichtbare(z)})
    return grund + (f"; dort steht ein unsichtbares Zeichen: {', '.join(fremd)}" if fremd else "")


def show(wert: object) -> str:
    """A value found in YAML as its author knows it, not as Python writes it."""
    if wert is None:
        return "nichts"
    if isinstance(wert, bool):
        return "true" if wert else "false"
    if isinstance(wert, dict):
        return "ein Block mit Schlüsseln" if wert else "ein leerer Block"
    if isinstance(wert, list | tuple):
        return "eine Liste" if wert else "eine leere Liste"
    text = wert.isoformat() if isinstance(wert, date) else str(wert)
    text = text if len(text) <= LAENGSTES else text[:LAENGSTES] + "…"
    return f"»{text}«" if isinstance(wert, str) else text


def stelle(pfad: Pfad, bekannt: Callable[[Pfad], bool]) -> Pfad:
    """The path without what pydantic adds for the alternatives of a value (`kopfzeile.tuple[int, ...]`)."""
    rein: Pfad = ()
    for teil in pfad:
        if isinstance(teil, int) or not _ALTERNATIVE.fullmatch(teil) or bekannt((*rein, teil)):
            rein = (*rein, teil)
    return rein


def gruende(
    fehler: list[ErrorDetails], bekannt: Callable[[Pfad], bool], aehnlich: Callable[[str], str | None]
) -> list[tuple[Pfad, str]]:
    """(path, reason) of each thing to mend: alternatives of one value are one, a list short of what it lost is none."""
    ergebnis: dict[Pfad, list[ErrorDetails]] = {}
    for e in fehler:
        ergebnis.setdefault(stelle(e["loc"], bekannt), []).append(e)
    folge = [
        p for p, es in ergebnis.items()
        if all(e["type"] == "too_short" for e in es) and any(q != p and q[: len(p)] == p for q in ergebnis)
    ]  # fmt: skip
    return [(pfad, text) for pfad, es in ergebnis.items() if pfad not in folge for text in _texte(es, aehnlich)]


def _texte(fehler: list[ErrorDetails], aehnlich: Callable[[str], str | None]) -> list[str]:
    """The reasons at one place. Of alternatives the one that fits in kind counts; if none does, all are offered."""
    genauer = [e for e in fehler if _art(e) is None]
    if not genauer and len(fehler) > 1:
        return [_oder(fehler)]
    return [_grund(e, aehnlich) for e in genauer or fehler]


def _art(fehler: ErrorDetails) -> str | None:
    """What a value should have been, if the kind of value is what is wrong."""
    if not fehler["type"].endswith(("_type", "_parsing", "_from_float")):
        return None
    return next((wort for stamm, wort in _ERWARTET.items() if fehler["type"].startswith(stamm)), None)


def _oder(fehler: list[ErrorDetails]) -> str:
    worte = list(dict.fromkeys(w for e in fehler if (w := _art(e))))
    return f"Gefunden: {show(fehler[0].get('input'))}. Erwartet: {' oder '.join(worte)}."


def _grund(fehler: ErrorDetails, aehnlich: Callable[[str], str | None]) -> str:
    art, gefunden, ctx = fehler["type"], fehler.get("input"), fehler.get("ctx", {})
    if art == "missing":
        return "Der Schlüssel fehlt."
    if art == "extra_forbidden":
        name = str(fehler["loc"][-1])
        vorschlag = aehnlich(name)
        return f"Der Schlüssel »{name}« ist unbekannt." + (f" Ähnlich: »{vorschlag}«." if vorschlag else "")
    if art in ("literal_error", "enum"):
        return f"{show(gefunden)} ist nicht erlaubt. Erlaubt: {ctx.get('expected')}.".replace(" or ", " oder ")
    if art == "string_pattern_mismatch":
        form = FORMEN.get(str(ctx.get("pattern")), f"die Form {ctx.get('pattern')}")
        return f"{show(gefunden)} hat nicht die verlangte Form. Erwartet: {form}."
    if art == "value_error":
        return str(ctx.get("error", fehler["msg"]))
    if art.endswith(("too_short", "too_long")):
        return f"Gefunden: {show(gefunden)}. Erwartet: {_menge(art, ctx)}."
    if art.startswith(("greater", "less")):
        worte = {"ge": "mindestens", "le": "höchstens", "gt": "größer als", "lt": "kleiner als"}
        grenzen = ", ".join(f"{worte.get(k, k)} {v}" for k, v in ctx.items())
        return f"{gefunden} liegt außerhalb des Erlaubten ({grenzen})."
    wort = next((w for stamm, w in _ERWARTET.items() if art.startswith(stamm)), None)
    if gefunden is None and wort == _ERWARTET["model"] and not fehler["loc"]:
        return "Die Datei ist leer. Erwartet: ein Block mit Schlüsseln; ein kommentiertes Beispiel schreibt monitoring new."
    hinweis = ""
    if wort == "Text" and isinstance(gefunden, date):
        hinweis = " Ein Datum gehört hier in Anführungszeichen."
    elif wort == "Text" and type(gefunden) in (int, float):
        hinweis = " Schlüssel mit führender Null gehören in Anführungszeichen."
    return f"Gefunden: {show(gefunden)}. Erwartet: {wort or 'ein anderer Wert'}.{hinweis}"


def _menge(art: str, ctx: dict[str, Any]) -> str:
    wort, zahl = (
        ("mindestens", ctx.get("min_length")) if art.endswith("short") else ("höchstens", ctx.get("max_length"))
    )
    if art.startswith("string"):
        return f"{wort} {zahl} Zeichen"
    return f"{wort} {'ein Eintrag' if zahl == 1 else f'{zahl} Einträge'}"
