"""The index of messages names every message there is, once, with what to do about it.

Belongs here: that nothing is missing in docs/meldungen.md. Does not belong here: whether it is current (make check).
"""

import ast
import re
from collections import Counter

import pytest

from pipelines.foundation.check_files import CHECKS
from pipelines.foundation.findings import Code
from pipelines.pages.meldungen import ZIEL, load_advice, render
from tests.defs.test_import_directions import modules

# The place of the name of a message: Meldung(severity, municipality, source, name, …), aus_text(municipality, source, name, …).
STELLE = {"Meldung": 3, "aus_text": 2}


def named_in_code() -> set[str]:
    """Names that messages are given in the program, as texts or as constants of their module."""
    gefunden: set[str] = set()
    for datei in modules().values():
        baum = ast.parse(datei.read_text(encoding="utf-8"))
        konstanten = {
            z.targets[0].id: z.value.value
            for z in baum.body
            if isinstance(z, ast.Assign) and isinstance(z.targets[0], ast.Name) and isinstance(z.value, ast.Constant)
        }
        for ruf in (k for k in ast.walk(baum) if isinstance(k, ast.Call) and isinstance(k.func, ast.Name)):
            stelle = STELLE.get(ruf.func.id)
            if stelle is None or len(ruf.args) <= stelle:
                continue
            wert = ruf.args[stelle]
            name = wert.value if isinstance(wert, ast.Constant) else konstanten.get(getattr(wert, "id", ""))
            gefunden |= {name} if isinstance(name, str) else set()
    return gefunden


def indexed() -> Counter[str]:
    return Counter(re.findall(r"^\| `([a-z_]+)` \|", render(), re.MULTILINE))


def test_every_message_is_in_the_index() -> None:
    pruefungen = {d.stem for d in CHECKS.rglob("[!_]*.sql")}
    namen = {c.value for c in Code} | pruefungen | named_in_code()
    assert {"viele_gebiete", "umriss_fehlt", "zurueckgezogen", "korrektur_wartet"} <= named_in_code()
    assert namen - set(indexed()) == set()


def test_no_advice_is_for_a_message_that_is_none() -> None:
    assert set(load_advice()) - {c.value for c in Code} - named_in_code() <= {
        "angriff",
        "zurueckgehalten",
        "unbekannter_kanal",
    }


@pytest.mark.parametrize("name", sorted(load_advice()))
def test_an_advice_is_a_sentence(name: str) -> None:
    assert re.fullmatch(r"[A-ZÄÖÜ].{15,}\.", load_advice()[name])


def test_the_page_is_current() -> None:
    assert ZIEL.read_text(encoding="utf-8") == render()
