"""Everything behind the counts in its order, without Dagster: for tests that build a publication from literal tables."""

from collections.abc import Callable
from graphlib import TopologicalSorter

from pipelines.ablage import Ablage
from pipelines.geheimhaltung.entscheidung import schreibe_entscheidungen
from pipelines.geheimhaltung.familie import QUELLEN
from pipelines.indikatoren.schritte import FORMELSCHRITTE, fuehre_formeln_aus
from pipelines.indikatoren.trend import schreibe_trends
from pipelines.marts import fuehre_aus, schritte
from pipelines.veroeffentlichung.korrektur import schreibe_korrekturen
from pipelines.veroeffentlichung.revision import schreibe_revisionen

Schluessel = tuple[str, str]


def fuehre_alles_aus(ablage: Ablage, schemata: tuple[str, ...], ausserdem: tuple[str, ...] = ()) -> None:
    """Run every step of these schemas, those named in `ausserdem`, and what is no SQL file, each after what it reads."""
    wege: dict[Schluessel, tuple[list[Schluessel], Callable[[], object]]] = {}
    for s in schritte():
        if s.schema in schemata or s.name in ausserdem:
            wege[s.schema, s.name] = (list(s.quellen), lambda s=s: fuehre_aus(ablage, s))  # type: ignore[misc]
    for f in FORMELSCHRITTE:
        wege[f.schema, f.name] = (list(f.quellen), lambda f=f: fuehre_formeln_aus(ablage, f))  # type: ignore[misc]
    wege["geheimhaltung", "entscheidung"] = (list(QUELLEN), lambda: schreibe_entscheidungen(ablage))
    wege["geheimhaltung", "indikatorkorrektur"] = (
        [("geheimhaltung", "indikatorwert")],
        lambda: schreibe_korrekturen(ablage),
    )
    wege["marts", "indikator_trend"] = ([("marts", "indikator_zeitreihe")], lambda: schreibe_trends(ablage))
    marts = [k for k in wege if k[0] == "marts"]
    wege["protokoll", "revision"] = (marts, lambda: schreibe_revisionen(ablage))
    for kennung in TopologicalSorter({k: quellen for k, (quellen, _) in wege.items()}).static_order():
        if kennung in wege:
            wege[kennung][1]()
