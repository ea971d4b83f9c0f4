"""Loading the catalogue, with German errors.

Belongs here: what only the whole file shows (references, cycles). Does not belong here: what one entry may say (katalog.py,
herleitung.py).
"""

from collections.abc import Iterator
from pathlib import Path

from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.foundation.storage import Ablage
from pipelines.foundation.yaml_file import check, ort, read_yaml, remembered
from pipelines.foundation.yaml_messages import Pfad
from pipelines.stamm.katalog.filter import Verweis, verweise
from pipelines.stamm.katalog.herleitung import ARTEN, Rechnung
from pipelines.stamm.katalog.katalog import GRUPPEN, Katalog, unbekannt
from pipelines.stamm.referenz import gueltig

DATEI = "indikatoren.yaml"
Fehler = tuple[Pfad, str]


def _verweise(katalog: Katalog) -> Iterator[Fehler]:
    """Names that occur twice, and names that nothing stands behind."""
    ids = [i.id for i in katalog.indikatoren]
    for n, i in enumerate(katalog.indikatoren):
        pfad = ("indikatoren", n)
        if i.id in ids[:n]:
            yield (*pfad, "id"), f"»{i.id}« steht doppelt."
        if i.thema not in katalog.themen:
            yield (*pfad, "thema"), unbekannt("Das Thema", i.thema, katalog.themen)
        for schluessel, was, werte, bekannt in (
            ("quelle", "Die Quelle", i.quelle, katalog.quellen),
            ("hinweise", "Der Hinweis", i.hinweise, katalog.hinweise),
            ("vorbild", "Das Vorbild", tuple(v.split()[0] for v in i.vorbild), katalog.vorbilder),
        ):
            fremd = ((k, w) for k, w in enumerate(werte) if w not in bekannt)
            yield from (((*pfad, schluessel, k), unbekannt(was, w, bekannt)) for k, w in fremd)
    genannt = {h for i in katalog.indikatoren for h in i.hinweise}
    for code in katalog.hinweise:
        if code not in genannt:
            yield ("hinweise", code), f"Den Hinweis »{code}« nennt kein Indikator."


def _formeln(katalog: Katalog) -> Iterator[Fehler]:
    """References of formulas: known indicators, groups these have, no cycle."""
    kanten = {i.id: verweise(i.herleitung.formel) for i in katalog.indikatoren if isinstance(i.herleitung, Rechnung)}
    for n, i in enumerate(katalog.indikatoren):
        pfad = ("indikatoren", n, "herleitung", "formel")
        for v in kanten.get(i.id, []):
            ziel = katalog.nach_id.get(v.indikator)
            if ziel is None:
                yield pfad, unbekannt("Den Indikator", v.indikator, katalog.nach_id)
            elif v.gruppe not in GRUPPEN or GRUPPEN[v.gruppe][0] not in (None, *ziel.gliederungen):
                erlaubt = [f"{v.indikator}.{g}" for g, (gl, _) in GRUPPEN.items() if gl in (None, *ziel.gliederungen)]
                yield pfad, unbekannt("Die Gruppe", f"{v.indikator}.{v.gruppe}", erlaubt)
        if kreis := _kreis(i.id, kanten):
            yield pfad, f"Die Formeln verweisen im Kreis: {' → '.join(kreis)}."


def _kreis(start: str, kanten: dict[str, list[Verweis]]) -> list[str]:
    """The shortest way from an indicator back to itself, or nothing."""
    wege = [[start]]
    for weg in wege:
        naechste = {v.indikator for v in kanten.get(weg[-1], [])}
        if start in naechste:
            return [*weg, start]
        wege += [[*weg, n] for n in sorted(naechste.difference(*wege))]
    return []


def load_katalog(ablage: Ablage) -> Katalog:
    """Load the catalogue. Raises: KonfigurationsFehler, one line an error, each with file, line, key and reason."""
    return read_katalog(gueltig(ablage.roh, DATEI))


@remembered
def read_katalog(datei: Path) -> Katalog:
    """The catalogue of one file. Raises: KonfigurationsFehler."""
    inhalt, zeilen = read_yaml(datei)
    # Errors of a herleitung carry its art in their path, the file does not.
    zeilen = zeilen | {(*p[:3], a, *p[3:]): z for p, z in zeilen.items() if p[2:3] == ("herleitung",) for a in ARTEN}
    katalog = check(datei, inhalt, zeilen, Katalog)
    if fehler := [*_verweise(katalog), *_formeln(katalog)]:
        raise KonfigurationsFehler("\n".join(f"{ort(datei, zeilen, pfad)}: {grund}" for pfad, grund in fehler))
    return katalog
