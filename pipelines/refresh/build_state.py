"""When the marts are older than what they rest on, and how the last build ended.

Belongs here: the state of a build. Does not belong here: what of raw/ is new (news.py).
"""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from pipelines.eingang.lieferung.fingerprint import content, konfigurationsstand
from pipelines.eingang.lieferung.record import letzte_saetze
from pipelines.foundation.checksums import checksum, codeversion
from pipelines.foundation.config_files import is_there, listed
from pipelines.foundation.messages import Meldung, aus_dict, read_state
from pipelines.foundation.storage import Ablage
from pipelines.refresh.fristen import verstrichene_enden
from pipelines.stamm.kommune import Kommune, load_all
from pipelines.stamm.konzept.termine import faelligkeiten
from pipelines.stamm.referenz import gueltig

VORLAUF = timedelta(days=90)  # a deadline is announced that long before, as in sql/marts/konzept/berichtspflicht.sql


def fristen(ablage: Ablage, heute: date) -> list[str]:
    """State of every report duty: a day on which one of them falls due is news, the days between are not."""
    staende = []
    for kommune in load_all(ablage)[0].values():
        try:
            staende += _fristen_von(kommune, heute)
        except Exception as fehler:  # told by the step that writes the configuration, which leaves this one out
            staende.append(f"{kommune.id}|{type(fehler).__name__}")
    return staende


def _fristen_von(kommune: Kommune, heute: date) -> list[str]:
    return [
        f"{kommune.id}|{fassung.konzept}|{f.bericht}|{f.faellig_am}|{f.faellig_am < heute}"
        for fassung in (kommune.konzept.konzepte if kommune.konzept else ())
        for f in faelligkeiten(fassung, heute + VORLAUF)
        if f.faellig_am is not None and f.faellig_am <= heute + VORLAUF
    ]


def baustand(ablage: Ablage, heute: date | None = None) -> str:
    """What the marts depend on: every record of a delivery, every cube, every configuration, the code, deadlines passed.

    `heute`: the day to judge deadlines by, as the marts do (UTC).
    """
    tag = heute or datetime.now(UTC).date()
    staende = sorted((ablage.intern / "stand" / "gezaehlt").glob("*.txt"))
    konfiguration = sorted(
        d
        for n in ("kommune.yaml", "gebiete.csv", "konzept.yaml", "gebiete.geojson")
        for d in listed(ablage.roh, f"*/{n}")
    )
    saetze = [f"{'|'.join(k)}|{z['fingerabdruck']}|{z['status']}" for k, z in sorted(letzte_saetze(ablage).items())]
    return checksum(
        [
            codeversion().encode(),
            *(d.name.encode() + content(d) for d in staende),
            *(content(d) for d in konfiguration),
            *(konfigurationsstand(ablage, d.parent).encode() for d in konfiguration),
            *(content(d) for d in [gueltig(ablage.roh, "indikatoren.yaml")] if is_there(d)),
            *(s.encode() for s in fristen(ablage, tag)),
            *(s.encode() for s in verstrichene_enden(ablage, tag)),
            *(s.encode() for s in saetze),
        ]
    )


@dataclass(frozen=True)
class Bau:
    """How the last finished build ended: published or refused by a check; `befunde` says what held figures back.

    A build that ended in any other way is not remembered: the next refresh does it again.
    """

    stand: str = ""
    befunde: tuple[Meldung, ...] = ()
    veroeffentlicht: bool = True
    gehalten: tuple[str, ...] = ()


def letzter_bau(ablage: Ablage) -> Bau:
    """The last build that was published or refused; one that never was if there is none or its record is damaged."""
    felder = ("stand", "befunde", "veroeffentlicht", "gehalten")
    inhalt = read_state(ablage.intern / "stand" / "gebaut.json", None, felder)
    if inhalt is None:
        return Bau()
    befunde = tuple(aus_dict(m) for m in inhalt["befunde"])
    return Bau(inhalt["stand"], befunde, inhalt["veroeffentlicht"], tuple(inhalt["gehalten"]))


def remember_bau(ablage: Ablage, bau: Bau) -> None:
    """Remember a finished build by the state it was built from (as it was before the build: what came since is news)."""
    inhalt = {"stand": bau.stand, "befunde": [m.als_dict() for m in bau.befunde],
              "veroeffentlicht": bau.veroeffentlicht, "gehalten": list(bau.gehalten)}  # fmt: skip
    with ablage.neu(ablage.intern / "stand" / "gebaut.json") as neu:
        neu.write_text(json.dumps(inhalt, ensure_ascii=False), encoding="utf-8")
