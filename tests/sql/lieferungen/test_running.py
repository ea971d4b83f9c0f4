"""Running the checks: severity, time, circles, and a printed table that is sound.

Each fault is found where it is, its sound neighbour is left alone.
"""

from dataclasses import replace
from unittest.mock import patch

from pipelines.eingang.tabelle import checks as lieferungspruefung
from pipelines.eingang.tabelle.checks import (
    load_lieferung_checks,
)
from pipelines.foundation.check_files import DOOR_CHECKS, check_names
from pipelines.foundation.findings import Code, Schwere
from tests.lib.lieferung_checks import (
    DREI,
    STADT,
    Pruefer,
    gebiete,
    holds,
    tafel,
    zelle,
)


def test_every_check_has_a_code_and_a_header() -> None:
    assert set(check_names(DOOR_CHECKS / "tabelle")) <= {c.value for c in Code}
    assert len(check_names(DOOR_CHECKS / "tabelle")) == 21


def test_severity_of_the_layout_wins(check: Pruefer) -> None:
    zeilen = tafel({"einwohner": [100, 200, 301, 650]}, DREI)
    b = check.fund("summe_gebiete", zeilen, pruefungen={"summe_gebiete": "hinweis"})
    assert b.schwere is Schwere.hinweis


def test_an_area_without_a_key_makes_no_endless_circle(check: Pruefer) -> None:
    zeilen = [zelle("", 500), *tafel({"einwohner": [1000, 2000, 3500]}, f"01 02 {STADT}", 3)]
    assert "zu_gross" not in check(zeilen)


def test_a_check_that_does_not_end_is_interrupted_and_said(check: Pruefer) -> None:
    (langsam,) = (p for p in load_lieferung_checks() if p.name == "rundung")
    ohne_ende = replace(
        langsam, text="select count(*) from range(100000000000) as a(i), range(1000) as b(k) where i % 7 = k"
    )
    with (
        patch.object(lieferungspruefung, "HOECHSTENS_SEKUNDEN", 0.5),
        patch("tests.lib.lieferung_checks.load_lieferung_checks", lambda: (ohne_ende,)),
    ):
        (b,) = check(tafel({"einwohner": [1, 2, 3]}), nur="rundung")["zu_gross"]
    assert b.schwere is Schwere.fehler
    holds(b, langsam.titel, "nach 0.5 Sekunden nicht fertig")
    check.says_nothing(tafel({"einwohner": [1, 2, 3]}), nur="rundung")


def test_lünens_printed_table_is_sound(check: Pruefer) -> None:
    zahlen = [(6417, 538, 1453), (959, 72, 211), (19265, 4344, 8072), (3839, 894, 1813), (5425, 816, 2497),
              (7488, 563, 1845), (2989, 636, 1224), (10004, 2302, 4382), (7896, 1258, 2546), (2212, 50, 313),
              (9727, 467, 1848), (7014, 895, 2682), (4580, 424, 1293), (87815, 13259, 30179)]  # fmt: skip
    orte = [f"{n:02d}" for n in range(1, 14)]
    spalten: dict[str, list[object]] = dict(
        zip(("einwohner", "auslaender", "personen_mit_mh"), map(list, zip(*zahlen, strict=True)), strict=True)
    )
    check.says_nothing(tafel(spalten, " ".join([*orte, STADT])), orte=gebiete(*orte), summenzeile="Lünen")
