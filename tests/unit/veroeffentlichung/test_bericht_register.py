"""Report and workbook on facts of the register and flows: what stands there, and what is said where nothing is linked."""

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from pipelines.veroeffentlichung.bericht.write import write_berichte
from tests.unit.veroeffentlichung.test_bericht import AGS, STICHTAGE, Seite, mustertabellen, publish

GEMEINSAM = {
    "kommune": "luenen", "stichtag": STICHTAGE[-1], "gebiet_id": AGS, "geschlecht": "insgesamt", "gebiet": "Lünen",
    "ebene": "gemeinde", "status": "ok", "hinweise": [], "beispieldaten": False, "datenstand": date(2021, 7, 5),
    "lieferung_id": "luenen-register", "veroeffentlichung": "2021-08-01.1",
}  # fmt: skip
MERKMALE = [
    GEMEINSAM | {"merkmal": "aufenthaltsdauer", "auspraegung": a, "auspraegung_name": n, "grundgesamtheit": "auslaender",
                 "geschlecht": x, "personen": p, "anteil": p / 13259 if p else None, "status": "ok" if p else "geheim",
                 "hinweise": [] if p else ["geheim"]}
    for a, n, je in (("00-00", "unter 1 Jahr", (523, 257, 266)), ("15+", "15 Jahre und länger", (2907, 1445, None)))
    for x, p in zip(("insgesamt", "w", "m"), je, strict=True)
]  # fmt: skip
BEWEGUNGEN = [
    GEMEINSAM | {"bewegung": b, "bewegung_name": b, "gruppe": "insgesamt", "stichtag_vorher": date(2020, 12, 31), "tage": 181,
                 "personen": p, "anteil": q}
    for b, p, q in (("geburt", 428, 0.005), ("zuzug", 1269, 0.0145), ("sterbefall", 572, 0.0065), ("fortzug", 1092, 0.012),
                    ("einbuergerung", 97, 97 / 12839))
]  # fmt: skip


def berichte(tmp_path: Path, **tabellen: list[dict[str, Any]]) -> tuple[str, Path]:
    """(text of the page, its workbook)."""
    ablage = publish(tmp_path, mustertabellen() | {f"marts.{name}": zeilen for name, zeilen in tabellen.items()})
    write_berichte(ablage)
    ordner = ablage.marts / "bericht"
    return " ".join(Seite((ordner / "luenen.html").read_text(encoding="utf-8")).text.split()), ordner / "luenen.xlsx"


def test_facts_and_flows_stand_on_the_page_and_in_the_workbook(tmp_path: Path) -> None:
    text, mappe = berichte(tmp_path, registermerkmal=MERKMALE, bewegung=BEWEGUNGEN)
    assert "Aufenthalt in Deutschland, Anteil aller Ausländer:innen" in text
    assert "unter 1 Jahr 523 3,9 % 257 266" in text
    assert "15 Jahre und länger 2.907 21,9 % 1.445 •" in text
    assert "31.12.2020 bis 30.06.2021 428 572 1.269 1.092 97 0,8 %" in text
    assert "verknüpft Auszüge verschiedener Stichtage nicht" not in text
    buch = openpyxl.load_workbook(mappe, read_only=True)
    personen = [z[8] for z in buch["Bewegungen"].iter_rows(values_only=True) if z[0] == "Lünen"]
    assert sorted(personen) == [97, 428, 572, 1092, 1269]


def test_where_nothing_is_linked_the_report_says_so(tmp_path: Path) -> None:
    text, mappe = berichte(tmp_path, registermerkmal=MERKMALE)
    assert "Lünen verknüpft Auszüge verschiedener Stichtage nicht" in text
    assert "Bewegungen" not in openpyxl.load_workbook(mappe, read_only=True).sheetnames


def test_without_an_extract_there_is_no_such_section(tmp_path: Path) -> None:
    text, _ = berichte(tmp_path)
    assert "was das Register sonst sagt" not in text
