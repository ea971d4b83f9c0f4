"""Every kind of finding has a title in words: no report shows a code such as geburtsort_ergaenzt."""

from pipelines.eingang.lieferung.titles import TITEL
from pipelines.eingang.massnahmen.checks import load_massnahmen_checks
from pipelines.eingang.tabelle.checks import load_lieferung_checks
from pipelines.foundation.findings import Code


def test_every_code_is_titled_once() -> None:
    eigene = {p.name for p in (*load_lieferung_checks(), *load_massnahmen_checks())}
    assert {c.value for c in Code} - eigene == {*TITEL}
    assert len({*TITEL.values()}) == len(TITEL)
    assert not [t for t in TITEL.values() if "_" in t or t.endswith(".")]
