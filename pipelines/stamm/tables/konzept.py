"""Integrationskonzepte as tables: `stamm.konzept` and what hangs on it, for the SQL of the marts to join with.

Belongs here: konzept.yaml → rows. Does not belong here: what the file may say (stamm/konzept/models.py), goals and target groups
(ziel.py) and the status of measures.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from pipelines.stamm.konzept.load import load_konzept
from pipelines.stamm.konzept.models import Fassung, Zuordnung, normalform
from pipelines.stamm.konzept.termine import faelligkeiten, monate_spaeter
from schemas.tabellen.stamm import STAMM
from schemas.types import arrow_schemata

OHNE_VORLAGE = "-"  # a body dealt with the concept itself, and no paper is named
VORSCHAU_MONATE = 24  # how far ahead repeated report duties are listed

SCHEMATA_KONZEPT = arrow_schemata(
    STAMM,
    "konzept",
    "handlungsfeld",
    "handlungsfeld_alias",
    "leitziel",
    "massnahme",
    "leitziel_indikator",
    "vorlage",
    "beratung",
    "gremium",
    "berichtspflicht",
    "bericht_abgegeben",
    "foerderung",
    "handlungsfeld_zuordnung",
    "heute",
)

Zeilen = dict[str, list[dict[str, Any]]]


def _pflichten(fassung: Fassung, bis: date, heute: date) -> list[dict[str, Any]]:
    """One row a due date; bodies by name, in the order in which the concept lists them."""
    pflichten = {p.bericht: p for p in fassung.berichtspflichten}
    zeilen = []
    for f in faelligkeiten(fassung, bis, heute):
        p = pflichten[f.bericht]
        zeilen.append(
            {"bericht": f.bericht, "nummer": f.nummer, "faellig_am": f.faellig_am, "titel": p.titel,
             "gremien": [g.name for g in fassung.gremien if g.gremium in p.gremien], "regel": p.regel,
             "grund": f.grund or None, "verantwortlich": p.verantwortlich, "herkunft": p.herkunft}
        )  # fmt: skip
    return zeilen


def _zuordnung(z: Zuordnung) -> dict[str, Any]:
    (von_konzept, von), (nach_konzept, nach) = Zuordnung.teile(z.von), Zuordnung.teile(z.nach)
    return {"von_konzept": von_konzept, "von_handlungsfeld": von, "nach_konzept": nach_konzept, "nach_handlungsfeld": nach,
            "zuordnung": z.art, "vorschlag": z.vorschlag, "herkunft": z.herkunft}  # fmt: skip


def _beratungen(fassung: Fassung) -> list[dict[str, Any]]:
    """Every body that deals with a paper, in its order; OHNE_VORLAGE where the concept names body and day but no paper."""
    ohne = [g for g in fassung.gremien if g.behandlung or g.termin]
    return [
        {**b.model_dump(), "vorlage_nr": v.vorlage, "reihenfolge": n, "herkunft": v.herkunft}
        for v in fassung.vorlagen for n, b in enumerate(v.beratung, start=1)
    ] + [
        {"vorlage_nr": OHNE_VORLAGE, "reihenfolge": n, "gremium": g.gremium, "behandlung": g.behandlung, "termin": g.termin,
         "ergebnis": None, "herkunft": fassung.herkunft}
        for n, g in enumerate(ohne, start=1)
    ]  # fmt: skip


def _leitzielindikatoren(fassung: Fassung) -> list[dict[str, Any]]:
    """Indicators of every goal, in the concept's own words or as ids; a proposal of this project only where it names none."""
    return [
        {"leitziel": z.code, "indikator": i, "vorschlag": i not in z.indikatoren}
        for z in fassung.leitziele
        for i in dict.fromkeys((*z.indikatoren, *z.indikatoren_vorschlag))
    ]


def _zeilen_fassung(fassung: Fassung, bis: date, heute: date) -> Zeilen:
    """All rows of one version, without the columns kommune and konzept."""
    liste = {
        "nicht_erhoben",
        "gremien",
        "vorlagen",
        "handlungsfelder",
        "leitziele",
        "massnahmen",
        "berichtspflichten",
        "abgegeben",
        "foerderung",
        "zuordnung",
    }
    return {
        "konzept": [
            {
                **fassung.model_dump(exclude={"konzept", *liste}),
                "nicht_erhoben": [*fassung.nicht_erhoben],
                "nicht_erhoben_grund": " ".join(dict.fromkeys(fassung.nicht_erhoben.values())) or None,
            }
        ],
        "handlungsfeld": [
            {**f.model_dump(exclude={"code"}), "handlungsfeld": f.code, "reihenfolge": n}
            for n, f in enumerate(fassung.handlungsfelder, start=1)
        ],
        "handlungsfeld_alias": [
            {"handlungsfeld": f.code, "alias": name, "normalform": form}
            for f in fassung.handlungsfelder
            for form, name in {normalform(n): n for n in (*f.aliase, f.name, f.code)}.items()
        ],
        "leitziel_indikator": _leitzielindikatoren(fassung),
        "leitziel": [
            {**z.model_dump(exclude={"code", "ziele", "indikatoren_vorschlag"}), "leitziel": z.code}
            for z in fassung.leitziele
        ],
        "massnahme": [
            {
                **m.model_dump(exclude={"nr", "zielgruppe", "vorlage"}),
                "massnahme_nr": m.nr,
                "titel_norm": normalform(m.titel),
                "vorlage_nr": m.vorlage,
            }
            for m in fassung.massnahmen
        ],
        "gremium": [
            {"gremium": g.gremium, "name": g.name, "reihenfolge": n} for n, g in enumerate(fassung.gremien, start=1)
        ],
        "vorlage": [
            {**v.model_dump(exclude={"vorlage", "beratung"}), "vorlage_nr": v.vorlage} for v in fassung.vorlagen
        ],
        "beratung": _beratungen(fassung),
        "berichtspflicht": _pflichten(fassung, bis, heute),
        "bericht_abgegeben": [a.model_dump(exclude={"genauigkeit"}) for a in fassung.abgegeben],
        "foerderung": [g.model_dump() for g in fassung.foerderung],
    }


def zeilen_konzept(kommunen: Iterable[tuple[str, Path]], heute: date | None = None) -> Zeilen:
    """Rows of every table of SCHEMATA_KONZEPT from the folders (kommune, folder); one without konzept.yaml adds none.

    Raises: KonfigurationsFehler if a konzept.yaml is wrong.
    """
    tag = heute or datetime.now(UTC).date()
    zeilen: Zeilen = {name: [] for name in SCHEMATA_KONZEPT}
    zeilen["heute"].append({"heute": tag})
    for kommune, ordner in kommunen:
        konzept = load_konzept(ordner)
        for fassung in konzept.konzepte if konzept else ():
            kopf = {"kommune": kommune, "konzept": fassung.konzept}
            for name, eigene in _zeilen_fassung(fassung, monate_spaeter(tag, VORSCHAU_MONATE), tag).items():
                zeilen[name] += [{**kopf, **z} for z in eigene]
            zeilen["handlungsfeld_zuordnung"] += [{"kommune": kommune, **_zuordnung(z)} for z in fassung.zuordnung]
    return zeilen
