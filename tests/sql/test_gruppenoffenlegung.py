"""That all or none of a group share a trait tells it of each of them: what the office is told, and which zeros it may hide."""

from pathlib import Path
from typing import Any

import pytest

from pipelines.foundation.findings import Schwere
from pipelines.foundation.storage import Ablage
from pipelines.geheimhaltung.group_disclosure import DATEI, gruppenmeldungen
from pipelines.stamm.schutz import Schutz
from pipelines.steps.sql_step import sql_steps
from tests.lib.literal_tables import ORTE, decide, lay, lay_ort, lay_umfang, read

MASSE = ("einwohner", "auslaender", "deutsche_mit_mh", "personen_mit_mh", "unentscheidbar")
Zahlen = tuple[int, int, int, int, int]
NORD: Zahlen = (200, 60, 40, 100, 0)


def build(
    ordner: Path, sued: Zahlen, *nullen: str, mindestzeile: int = 30, staaten: dict[str, int] | None = None
) -> Ablage:
    """A town of two districts under definition p, its cells decided; `sued` are the counts of the second."""
    ablage = Ablage(ordner).create_folders()
    lay_ort(ablage, ("auslaender", "A", "Ausländer", "mit"))
    lay(ablage, "stamm.geheime_null", *({"tabelle": t, "begruendung": "weil die Gruppe klein ist"} for t in nullen))
    stadt = tuple(a + b for a, b in zip(NORD, sued, strict=True))
    orte = {"01": NORD, "02": sued, "10": stadt, "00": stadt}
    zeilen = [{"gebiet_id": g, **dict(zip(MASSE, z, strict=True))} for g, z in orte.items()]
    lay(ablage, "bevoelkerung.migrationshintergrund", *zeilen)
    for staat, n in (staaten or {}).items():
        lay(ablage, "bevoelkerung.staatsangehoerigkeit",
             *({"gebiet_id": g, "staat": s, "personen": p} for g, e in orte.items()
               for s, p in (("insgesamt", e[0]), (staat, n if g != "01" else 0))))  # fmt: skip
    lay_umfang(ablage, mindestzeile=mindestzeile)
    decide(ablage)
    next(s for s in sql_steps() if s.name == "gruppenoffenlegung").write(ablage)
    return ablage


def gruppen(ablage: Ablage) -> list[tuple[Any, ...]]:
    """Groups found in the second district."""
    return [
        (z["gruppe"], z["merkmal"], z["personen"], z["anteil"])
        for z in read(ablage, "geheimhaltung.gruppenoffenlegung")
        if z["gebiet_id"] == "02"
    ]


@pytest.mark.parametrize(
    ("sued", "erwartet"),
    [
        ((100, 40, 20, 60, 0), []),
        ((100, 0, 20, 20, 0), [("Einwohner", "ausländisch", 100, 0)]),
        ((100, 0, 0, 0, 0), [("Einwohner", "ausländisch", 100, 0), ("Einwohner", "mit Migrationshintergrund", 100, 0)]),
        ((100, 40, 60, 100, 0), [("Einwohner", "mit Migrationshintergrund", 100, 1)]),
        ((100, 60, 0, 60, 0), [("Personen mit Migrationshintergrund", "deutsch", 60, 0)]),
        # Nobody lives there: nobody is told of.
        ((0, 0, 0, 0, 0), []),
    ],
    ids=["mixed", "no_foreigner", "nobody_with_mh", "all_with_mh", "no_german_with_mh", "empty"],
)
def test_groups_of_whom_all_or_none_have_a_trait_are_found(tmp_path: Path, sued: Zahlen, erwartet: list[Any]) -> None:
    assert gruppen(build(tmp_path, sued)) == erwartet


def test_rows_of_few_inhabitants_show_no_breakdown_and_are_not_listed(tmp_path: Path) -> None:
    assert gruppen(build(tmp_path, (29, 0, 10, 10, 0))) == []


def decided(ablage: Ablage, gebiet: str) -> dict[str, bool]:
    return {
        z["art"]: z["geheim"]
        for z in read(ablage, "geheimhaltung.entscheidung")
        if z["gebiet_id"] == gebiet and z["art"] in MASSE
    }


def test_zeros_are_published_by_default(tmp_path: Path) -> None:
    assert not any(decided(build(tmp_path, (100, 0, 20, 20, 0)), "02").values())


def test_zeros_of_a_mart_are_hidden_where_the_office_says_so_with_what_would_tell_them(tmp_path: Path) -> None:
    """Foreigners of Süd would follow from those of the town and Nord, and from persons with MH and Germans among them."""
    ablage = build(tmp_path, (100, 0, 20, 20, 0), "migrationshintergrund")
    sued = decided(ablage, "02")
    assert sued["auslaender"]
    assert not sued["einwohner"]
    assert sued["personen_mit_mh"] or sued["deutsche_mit_mh"]
    assert any(decided(ablage, g)["auslaender"] for g in ORTE if g in ("00", "01", "10"))
    assert gruppen(ablage) == []


def test_a_zero_where_nobody_lives_is_no_secret(tmp_path: Path) -> None:
    ablage = build(tmp_path, (0, 0, 0, 0, 0), "migrationshintergrund")
    assert not any(decided(ablage, "02").values())


def test_zeros_of_another_mart_stay(tmp_path: Path) -> None:
    ablage = build(tmp_path, (100, 0, 20, 20, 0), "staatsangehoerigkeit")
    assert not decided(ablage, "02")["auslaender"]


def test_the_office_gets_a_list_and_a_hint_that_names_no_group(tmp_path: Path) -> None:
    ablage = build(tmp_path, (100, 0, 20, 20, 0))
    (meldung,) = gruppenmeldungen(ablage)
    assert meldung.schwere is Schwere.hinweis
    assert "schutz.nullen" in meldung.text
    assert "100" not in (meldung.draussen or "100")
    liste = (ablage.intern / DATEI).read_text(encoding="utf-8")
    assert '"02";"insgesamt";"insgesamt";"Einwohner";"ausländisch"' in liste


@pytest.mark.parametrize(
    ("angaben", "nennt"),
    [
        ({"nullen": [{"tabelle": "bezugsland"}]}, "begruendung"),
        ({"nullen": [{"tabelle": "bezugsland", "begruendung": "darum"}]}, "begruendung"),
        ({"nullen": [{"tabelle": "segregation", "begruendung": "weil die Gruppen klein sind"}]}, "tabelle"),
        ({"nullen": [{"tabelle": "bezugsland", "begruendung": "weil die Gruppen klein sind"}] * 2}, "zweimal"),
        ({"nullen": [{"tabelle": "bezugsland", "begruendung": "weil die Gruppen klein sind"}], "verfahren": "rundung"},
         "sperrung"),
    ],
)  # fmt: skip
def test_hiding_zeros_needs_a_mart_that_has_some_and_a_reason(angaben: dict[str, Any], nennt: str) -> None:
    with pytest.raises(ValueError, match=nennt):
        Schutz.model_validate({"begruendung": "b", **angaben})
