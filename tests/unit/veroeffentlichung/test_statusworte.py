"""Every code of the vocabulary has words: in the report, in `explain --wert`, and in the handbook."""

import re
from datetime import date
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

from pipelines.foundation.storage import SQL, Ablage
from pipelines.indikatoren.rechnung_sql import rechnung_sql
from pipelines.stamm.katalog.load import load_katalog
from pipelines.steps.checks import check_schema
from pipelines.steps.sql_step import sql_steps
from pipelines.veroeffentlichung.bericht.numbers import ERKLAERUNGEN, status_wort
from pipelines.veroeffentlichung.explain.text import _kopf
from schemas.model import HINWEISE
from schemas.spalten.common import SPALTEN
from tests.conftest import ROH
from tests.lib.literal_tables import lay

HANDBUCH = Path(__file__).parents[3] / "docs" / "handbuch.md"


@pytest.mark.parametrize("code", HINWEISE)
def test_every_code_has_words_in_report_explain_and_handbook(code: str) -> None:
    wort, erklaerung = ERKLAERUNGEN[code]
    assert "_" not in wort
    assert erklaerung.endswith(".")
    assert status_wort(code) == wort
    zahl = {"gebiet_id": "01", "gebiet": "Nord", "stichtag": date(2021, 6, 30), "wert": None, "status": "keine_daten",
            "hinweise": [code, f"{code}:auslaender"], "tabelle": "marts.t", "spalte": "wert", "veroeffentlichung": "v",
            "schluessel": "kommune=k", "bezeichnung": "Zahl"}  # fmt: skip
    text = _kopf(zahl, {})
    assert f"Ausländer: {wort}" in text
    assert "_" not in code or code == "keine_daten" or code not in text
    abschnitt = HANDBUCH.read_text(encoding="utf-8").split("## Was status und hinweise sagen")[1].split("\n## ")[0]
    assert f"`{code}`" in abschnitt


def test_the_code_of_a_further_figure_is_told_with_its_name() -> None:
    assert status_wort("geheim:auslaender") == "Ausländer: geschützt"
    assert status_wort("zu_klein:anteil_mh_max") == "Anteil mit MH, höchstens: Grundzahl zu klein"


def test_every_code_a_statement_writes_is_in_the_vocabulary() -> None:
    """Codes stand in lists (`codes([…])`, `list_filter([…], …)`) as the result of a `case`."""
    texte = [s.text for s in sql_steps() if s.schema in ("geheimhaltung", "marts")]
    texte.append(rechnung_sql(load_katalog(Ablage(ROH.parent))))
    makros = "".join(f.read_text(encoding="utf-8") for f in (SQL / "macros").glob("*.sql"))
    gefunden = {*re.findall(r"then '([a-z_]+)' end\b", makros)}
    for text in texte:
        for liste in sqlglot.parse_one(text, read="duckdb").find_all(exp.Array):
            for wenn in liste.find_all(exp.If):
                wert = wenn.args.get("true")
                # The comparison of data states first lists the names of hidden counts.
                if isinstance(wert, exp.Literal) and wert.is_string and wert.this not in SPALTEN:
                    gefunden.add(wert.this)
    assert {"gedruckt_weicht_ab", "ueber_hundert", "zeichen_spaeter"} <= gefunden, "the search itself works"
    assert {code.partition(":")[0] for code in gefunden} <= {*HINWEISE}  # `code:column` names the figure


def test_a_published_code_without_words_is_found(tmp_path: Path) -> None:
    ablage = Ablage(tmp_path).create_folders()
    lay(ablage, "eingang.lieferung", {})
    gut = {"wert": 1.0, "gedruckt": "1", "staat": "insgesamt", "profil": "-"}
    lay(ablage, "marts.tabellenwert", gut | {"hinweise": ["quelle_gerundet", "zu_klein:anteil"]})
    assert check_schema(ablage, "marts", "tabellenwert").bestanden
    lay(ablage, "marts.tabellenwert", gut | {"hinweise": ["quelle_gerundet", "geraten"]})
    (fall,) = check_schema(ablage, "marts", "tabellenwert").zeilen
    assert fall["ort"].startswith("hinweise: code_unbekannt (1 Zeilen)")
