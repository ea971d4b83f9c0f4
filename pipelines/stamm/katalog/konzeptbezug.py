"""What a konzept.yaml says about figures, held against the catalogue, the areas and the definitions.

Belongs here: goals and target groups that name what nobody knows, goals that stand twice, Handlungsfelder the catalogue names.
Does not belong here: what the file may say (stamm/konzept/models.py, stamm/konzept/ziel.py) and what the catalogue may say
(katalog.py).
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.foundation.yaml_file import aehnlich, ort, read_yaml
from pipelines.foundation.yaml_messages import Pfad
from pipelines.stamm.katalog.herleitung import Wuerfel
from pipelines.stamm.katalog.katalog import FAKTOREN, GRUPPEN, Katalog, unbekannt
from pipelines.stamm.katalog.load import DATEI, Fehler
from pipelines.stamm.konzept.load import load_konzept
from pipelines.stamm.konzept.models import Fassung, Konzept
from pipelines.stamm.konzept.ziel import Reihe, Ziel, Zielgruppe
from schemas.spalten.zeitreihe import GRUPPE_MUSTER

ZAEHLT = "anzahl"
T = TypeVar("T", Ziel, Zielgruppe)


class Reihenschluessel(NamedTuple):
    """What identifies a series; `-` stands for any definition."""

    indikator: str
    gebiet_id: str
    profil: str
    gruppe: str
    geschlecht: str


class Genannt(NamedTuple, Generic[T]):
    """Something numeric a concept names: its place in the version, the Leitziel or measure it belongs to, the thing."""

    pfad: Pfad
    bei: str
    was: T


def reihenschluessel(reihe: Reihe, ags: str) -> Reihenschluessel:
    """The series meant, with area and definition spelled out."""
    return Reihenschluessel(reihe.indikator, reihe.gebiet or ags, reihe.profil or "-", reihe.gruppe, reihe.geschlecht)


def ziele_von(fassung: Fassung) -> Iterator[Genannt[Ziel]]:
    """Every numeric goal, with its Leitziel."""
    for i, leitziel in enumerate(fassung.leitziele):
        for j, ziel in enumerate(leitziel.ziele):
            yield Genannt(("leitziele", i, "ziele", j), leitziel.code, ziel)


def zielgruppen_von(fassung: Fassung) -> Iterator[Genannt[Zielgruppe]]:
    """The target group of every measure that names one, with the measure's number."""
    for i, massnahme in enumerate(fassung.massnahmen):
        if massnahme.zielgruppe:
            yield Genannt(("massnahmen", i, "zielgruppe"), massnahme.nr, massnahme.zielgruppe)


def _reihe(reihe: Reihe, katalog: Katalog, gebiete: Collection[str], profile: Collection[str]) -> Iterator[Fehler]:
    """What of a series does not exist."""
    indikator = katalog.nach_id.get(reihe.indikator)
    if indikator is None:
        yield ("indikator",), unbekannt("Den Indikator", reihe.indikator, katalog.nach_id)
    else:
        je_staat = isinstance(indikator.herleitung, Wuerfel) and indikator.herleitung.je == "staat"
        bekannt = [g for g, (gl, _) in GRUPPEN.items() if gl in (None, *indikator.gliederungen)]
        if reihe.gruppe not in bekannt and not (je_staat and re.fullmatch(GRUPPE_MUSTER, reihe.gruppe)):
            yield ("gruppe",), unbekannt(f"Bei »{indikator.id}« die Gruppe", reihe.gruppe, bekannt)
        geschlechter = "geschlecht" in indikator.gliederungen
        if reihe.geschlecht != "insgesamt" and not geschlechter:
            yield ("geschlecht",), f"»{indikator.id}« ist nicht nach Geschlecht gegliedert."
    if reihe.gebiet is not None and reihe.gebiet not in gebiete:
        # Hundreds of areas are no help; the most similar one is.
        vorschlag = aehnlich(reihe.gebiet, sorted(gebiete))
        hinweis = f"Ähnlich: »{vorschlag}«." if vorschlag else "Gemeint ist eine gebiet_id aus gebiete.csv."
        yield ("gebiet",), f"Das Gebiet »{reihe.gebiet}« gibt es nicht. {hinweis}"
    if reihe.profil is not None and reihe.profil not in profile:
        yield ("profil",), unbekannt("Die Definition", reihe.profil, profile)


def _ziele(fassung: Fassung, katalog: Katalog, ags: str) -> Iterator[Fehler]:
    """Goals that stand twice in a version, and values that cannot be."""
    gesehen: dict[tuple[str, str, str, str, str], str] = {}
    for pfad, leitziel, ziel in ziele_von(fassung):
        schluessel = reihenschluessel(ziel, ags)
        if schluessel in gesehen:
            genannt = f"»{', '.join(schluessel)}« in »{fassung.konzept}«"
            yield pfad, f"Für {genannt} gibt es schon ein Ziel, bei {gesehen[schluessel]}."
        gesehen[schluessel] = leitziel
        indikator = katalog.nach_id.get(ziel.indikator)
        if indikator and ziel.zielwert < 0 and indikator.einheit in (ZAEHLT, *FAKTOREN):
            yield (*pfad, "zielwert"), f"{ziel.zielwert:g} kann »{indikator.id}« ({indikator.einheit}) nicht werden."


def _zielgruppen(fassung: Fassung, katalog: Katalog) -> Iterator[Fehler]:
    """Target groups whose size depends on a definition nobody named."""
    for pfad, _, gruppe in zielgruppen_von(fassung):
        indikator = katalog.nach_id.get(gruppe.indikator)
        if indikator and indikator.nach_definition and gruppe.profil is None:
            yield pfad, f"profil fehlt: »{indikator.id}« zählt je Definition von Migrationshintergrund verschieden."


def _feldfehler(katalog: Katalog, konzepte: Iterable[Konzept]) -> Iterator[tuple[str, str]]:
    """(version, text) of every code the catalogue names for a version that one of the concepts has, and that it lacks."""
    felder: dict[str, set[str]] = {}
    for konzept in konzepte:
        for f in konzept.konzepte:
            felder.setdefault(f.konzept, set()).update(feld.code for feld in f.handlungsfelder)
    for i in katalog.indikatoren:
        for fassung, codes in i.handlungsfelder.items():
            for code in codes:
                if fassung in felder and code not in felder[fassung]:
                    grund = unbekannt("Das Handlungsfeld", code, felder[fassung])
                    yield fassung, f"referenz/{DATEI}, {i.id}, handlungsfelder.{fassung}: {grund}"


def _vorschlaege(fassung: Fassung, katalog: Katalog) -> Iterator[Fehler]:
    """Indicators proposed for a goal that the catalogue does not have."""
    for i, leitziel in enumerate(fassung.leitziele):
        for j, indikator in enumerate(leitziel.indikatoren_vorschlag):
            if indikator not in katalog.nach_id:
                grund = unbekannt("Den Indikator", indikator, katalog.nach_id)
                yield ("leitziele", i, "indikatoren_vorschlag", j), grund


def check_handlungsfelder(katalog: Katalog, konzepte: Iterable[Konzept]) -> None:
    """Every code named for a version that one of the concepts has must be a field of it; other versions are not judged.

    Raises: KonfigurationsFehler naming indicator, version and code.
    """
    if fehler := [text for _, text in _feldfehler(katalog, konzepte)]:
        raise KonfigurationsFehler("\n".join(fehler))


def handlungsfeldfehler(katalog: Katalog, konzepte: Mapping[str, Konzept]) -> dict[str, KonfigurationsFehler]:
    """The same as the errors of those municipalities whose concept lacks the field: the others are not concerned."""
    fehler: dict[str, list[str]] = {}
    for fassung, text in _feldfehler(katalog, konzepte.values()):
        for kommune, konzept in konzepte.items():
            if fassung in (f.konzept for f in konzept.konzepte):
                fehler.setdefault(kommune, []).append(text)
    return {k: KonfigurationsFehler("\n".join(texte)) for k, texte in fehler.items()}


def check_konzept(
    katalog: Katalog, profile: Collection[str], ags: str, ordner: Path, gebiete: Collection[str]
) -> Konzept | None:
    """Every goal and target group of one municipality's konzept.yaml must name what exists; returns it, if there is one.

    Raises: KonfigurationsFehler, one line an error, each with file, line, key and reason.
    """
    konzept = load_konzept(ordner)
    if konzept is None:
        return None
    fehler: list[Fehler] = []
    for i, fassung in enumerate(konzept.konzepte):
        reihen: list[tuple[Pfad, Reihe]] = [(p, z) for p, _, z in (*ziele_von(fassung), *zielgruppen_von(fassung))]
        eigene = [((*p, *q), g) for p, r in reihen for q, g in _reihe(r, katalog, gebiete, profile)]
        eigene += [
            *_ziele(fassung, katalog, ags),
            *_zielgruppen(fassung, katalog),
            *_vorschlaege(fassung, katalog),
        ]
        fehler += [(("konzepte", i, *pfad), grund) for pfad, grund in eigene]
    datei = ordner / "konzept.yaml"
    _, zeilen = read_yaml(datei)
    if fehler:
        raise KonfigurationsFehler("\n".join(f"{ort(datei, zeilen, pfad)}: {grund}" for pfad, grund in fehler))
    return konzept
