"""`docs/datenwoerterbuch.md` from the vocabulary; `--pruefen` fails if the file does not say what the vocabulary says."""

import sys
from pathlib import Path

from schemas.model import Tabelle
from schemas.page import write_or_compare
from schemas.tabellen.ansichten import ANSICHTEN
from schemas.tabellen.registry import VEROEFFENTLICHT

ZIEL = Path(__file__).resolve().parents[1] / "docs" / "datenwoerterbuch.md"


def _zelle(text: str) -> str:
    return text.replace("|", "\\|")


def _abschnitt(t: Tabelle) -> str:
    kopf = f"## {t.voll}\n\n**{t.titel}.** {t.beschreibung}\n\nEine Zeile je: `{'`, `'.join(t.schluessel)}`.\n"
    if t.warnungen:
        kopf += "\n" + "\n".join(f"> {w}" for w in t.warnungen) + "\n"
    zeilen = [
        f"| `{s.name}` | {s.typ} | {s.einheit or '–'} | {'ja' if s.name in t.leer_erlaubt else 'nein'} | "
        f"{_zelle(s.titel)}: {_zelle(s.beschreibung)}"
        + (f" Werte: {', '.join(f'`{w}`' for w in s.werte)}." if s.werte else "")
        + (f" Quelle: {_zelle(s.quelle)}." if s.quelle else "")
        + " |"
        for s in t.spalten
    ]
    return (
        kopf
        + "\n| Spalte | Typ | Einheit | darf fehlen | Bedeutung |\n|---|---|---|---|---|\n"
        + "\n".join(zeilen)
        + "\n"
    )


def datenwoerterbuch() -> str:
    """The whole data dictionary as Markdown."""
    einleitung = (
        "# Datenwörterbuch\n\nErzeugt aus `schemas/` mit `make doku`; nicht von Hand ändern. Dieselben Texte stehen als "
        "`COMMENT` an jeder Tabelle und Spalte der DuckDB-Datei und in `dim.spalte`.\n"
    )
    return "\n".join([einleitung, *(_abschnitt(t) for t in (*VEROEFFENTLICHT, *ANSICHTEN))])


if __name__ == "__main__":
    sys.exit(write_or_compare(ZIEL, datenwoerterbuch, sys.argv[1:]))
