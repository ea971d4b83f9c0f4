"""Every kind of finding has a title in words: no report shows a code such as geburtsort_ergaenzt."""

from pipelines.eingang.lieferung.titles import TITEL
from pipelines.eingang.massnahmen.checks import lade_massnahmenpruefungen
from pipelines.eingang.tabelle.checks import lade_lieferungspruefungen
from pipelines.foundation.findings import Code


def test_every_code_is_titled_once() -> None:
    eigene = {p.name for p in (*lade_lieferungspruefungen(), *lade_massnahmenpruefungen())}
    assert {c.value for c in Code} - eigene == {*TITEL}
    assert len({*TITEL.values()}) == len(TITEL)
    assert not [t for t in TITEL.values() if "_" in t or t.endswith(".")]
