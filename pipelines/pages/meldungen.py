"""`docs/meldungen.md`: every message of the program by its name, what it means, what to do; `--pruefen` fails if not current.

Belongs here: that page, from the rules of reading, the heads of the checks and meldungen.yaml. Does not belong here: a rule.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import yaml

from pipelines.eingang.lieferung.titles import TITEL
from pipelines.foundation.check_files import DOOR_CHECKS, KINDS, CheckFile, read_check_files, tables_with_checks
from pipelines.foundation.findings import Code
from pipelines.foundation.storage import WURZEL
from schemas.page import write_or_compare

ZIEL = WURZEL / "docs" / "meldungen.md"
RAT = Path(__file__).with_suffix(".yaml")
KOPF = """\
# Verzeichnis der Meldungen

Erzeugt mit `make doku` aus den Regeln des Lesens, den Köpfen der Prüfungen (`sql/pruefungen/`) und
`pipelines/pages/meldungen.yaml`; nicht von Hand ändern.

Jede Zeile in `data/intern/meldungen.txt` und in `protokoll.pruefung` nennt eine dieser Kennungen. Was auf dem Bildschirm
steht und was dann gilt, sagt [das Handbuch](handbuch.md#was-tun-wenn-).
"""
ARTEN = {
    "tabelle": "Prüfungen gelieferter Tabellen", "massnahme": "Prüfungen von Maßnahmenblättern",
    "open_sdg": "Prüfungen eines Open-SDG-Ordners",
}  # fmt: skip


def load_advice() -> dict[str, str]:
    """Name of a rule or message → what to do."""
    rat: dict[str, str] = yaml.safe_load(RAT.read_text(encoding="utf-8"))
    return rat


def _as_cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _load_door_checks() -> dict[str, list[CheckFile]]:
    return {art: list(read_check_files(DOOR_CHECKS / art)) for art in KINDS}


def _load_table_checks() -> Iterator[tuple[str, CheckFile]]:
    """(table, check) of every check before publication."""
    for tabelle in tables_with_checks():
        for datei in read_check_files(tabelle.folder, ("sperrt",)):
            yield f"{tabelle.schema}.{tabelle.table}", datei


def _tell_findings(explained: set[str]) -> Iterator[str]:
    rat = load_advice()
    yield "## Beim Lesen einer Lieferung\n\n| Kennung | In Ordnung ist | Was zu tun ist |\n|---|---|---|"
    for code in Code:
        if code.value not in explained:
            yield f"| `{code.value}` | {_as_cell(TITEL[code.value])} | {_as_cell(rat[code.value])} |"


def _tell_others() -> Iterator[str]:
    rat = load_advice()
    yield "\n## Zum ganzen Datenordner\n\n| Kennung | Was zu tun ist |\n|---|---|"
    codes = {c.value for c in Code}
    for name in sorted(set(rat) - codes):
        yield f"| `{name}` | {_as_cell(rat[name])} |"


def render() -> str:
    """The whole page."""
    tueren, tabellen = _load_door_checks(), list(_load_table_checks())
    erklaert = {c.name for liste in tueren.values() for c in liste} | {c.name for _, c in tabellen}
    teile = [KOPF, *_tell_findings(erklaert)]
    for art, liste in tueren.items():
        teile.append(f"\n## {ARTEN[art]}\n\n| Kennung | In Ordnung ist | Schwere | Erwartet |\n|---|---|---|---|")
        teile += [f"| `{c.name}` | {_as_cell(c.titel)} | {c.schwere.value} | {_as_cell(c.erwartet)} |" for c in liste]
    teile.append(
        "\n## Vor der Veröffentlichung\n\nVerletzt halten sie die genannten Kommunen zurück, wenn ihre Schwere fehler ist.\n\n"
        "| Kennung | Tabelle | In Ordnung ist | Schwere | Erwartet |\n|---|---|---|---|---|"
    )
    teile += [
        f"| `{c.name}` | `{tabelle}` | {_as_cell(c.titel)} | {c.schwere.value} | {_as_cell(c.erwartet)} |"
        for tabelle, c in tabellen
    ]
    return "\n".join([*teile, *_tell_others()]) + "\n"


if __name__ == "__main__":
    sys.exit(write_or_compare(ZIEL, render, sys.argv[1:]))
