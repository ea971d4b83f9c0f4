"""The gate of publication: which municipalities' new figures may pass, and what keeps the whole publication back.

Belongs here: judging what the checks found. Does not belong here: running checks (steps/checks.py), building the file
(release.py), the rows of those held back (carry_over.py). A check violated by rows of one municipality holds back that
municipality alone; one that names no municipality holds back everybody.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from pipelines.eingang.own_state import fehlende
from pipelines.foundation.messages import ALLE, Meldung, aus_dict, aus_text
from pipelines.foundation.storage import Ablage
from pipelines.stamm.admitted import ausgefallene
from pipelines.steps.broken_partitions import verletzte_partitionen
from pipelines.steps.checks import SCHEMAPRUEFUNG, gemerkte, load_checks, pruefsumme
from pipelines.steps.left_out import ausgelassene
from pipelines.veroeffentlichung.audit_gate import gehaltene
from pipelines.veroeffentlichung.unlisted import unlisted
from schemas.tabellen.registry import VEROEFFENTLICHT

ORTE_GENANNT = 3
PROTOKOLL = "protokoll.pruefung"  # written after all others, so it cannot say what its own check found
THEMA = "zurueckgehalten"


class NichtVeroeffentlicht(Exception):
    """The gate stays shut; the text names the failed checks in German. The last publication is untouched."""


@dataclass(frozen=True)
class Torstand:
    """What keeps figures from publication: `alle` everybody's, `je_kommune` those of one municipality."""

    alle: tuple[Meldung, ...]
    je_kommune: Mapping[str, tuple[Meldung, ...]]

    @property
    def gehalten(self) -> tuple[str, ...]:
        return tuple(sorted(self.je_kommune))

    def und(self, weitere: Mapping[str, Meldung]) -> "Torstand":
        """The same with further municipalities held back."""
        return Torstand(
            self.alle, {**self.je_kommune, **{k: (*self.je_kommune.get(k, ()), m) for k, m in weitere.items()}}
        )

    def meldungen(self) -> list[Meldung]:
        """Everything that keeps figures back, for everybody first."""
        return [*self.alle, *(m for k in self.gehalten for m in self.je_kommune[k])]


def torstand(ablage: Ablage, ohne: tuple[str, ...] = ()) -> Torstand:
    """Judge the tables as they are: nothing passes that was not checked in exactly this state, or failed a check.

    `ohne`: tables that are not written yet.
    """
    ergebnisse = {e["pruefung"]: e for e in gemerkte(ablage)}
    noetig = {p.name: (p.schema, p.tabelle) for p in load_checks()}
    noetig |= {f"{SCHEMAPRUEFUNG}_{t.schema}_{t.name}": (t.schema, t.name) for t in VEROEFFENTLICHT}
    alle = unlisted()
    je_kommune: dict[str, list[Meldung]] = {}
    for m in [
        *ausgefallene(ablage), *ausgelassene(ablage), *verletzte_partitionen(ablage), *fehlende(ablage), *gehaltene(ablage),
    ]:  # fmt: skip
        je_kommune.setdefault(m.kommune, []).append(m)
    for name, (schema, tabelle) in sorted(noetig.items()):
        voll = f"{schema}.{tabelle}"
        if voll in ohne:
            continue
        if name not in ergebnisse:
            alle.append(aus_text(ALLE, voll, name, f"Prüfung {name}: noch nie ausgeführt"))
        elif ergebnisse[name]["pruefsumme"] != pruefsumme(ablage, schema, tabelle):
            alle.append(aus_text(ALLE, voll, name, f"Prüfung {name}: {voll} wurde nach der Prüfung verändert"))
        elif ergebnisse[name]["sperrt"]:
            for m in verletzungen(ergebnisse[name]):
                (alle if m.kommune == ALLE else je_kommune.setdefault(m.kommune, [])).append(m)
    return Torstand(tuple(alle), {k: tuple(m) for k, m in je_kommune.items()})


def verletzungen(ergebnis: Mapping[str, object], schwere: str = "fehler") -> list[Meldung]:
    """What a remembered check found of one severity, one message for each municipality."""
    orte: dict[str, list[str]] = {}
    for kommune, ort, wie in ergebnis["faelle"]:  # type: ignore[attr-defined]
        if wie == schwere:
            orte.setdefault(kommune, []).append(ort)
    meldungen = []
    for kommune, liste in sorted(orte.items()):
        mehr = f" … und {len(liste) - ORTE_GENANNT} weitere" if len(liste) > ORTE_GENANNT else ""
        faelle = "1 Fall" if len(liste) == 1 else f"{len(liste)} Fälle"
        kopf = f"Prüfung »{ergebnis['titel']}« – verletzt ({faelle}) in {ergebnis['tabelle']}"
        erwartet = f"Erwartet: {ergebnis['erwartet']}."
        text = f"{kopf}: {'; '.join(liste[:ORTE_GENANNT])}{mehr}. {erwartet}"
        # Which cells of the register they are is told in the secure zone only.
        aussen = f"{kopf}; welche, nennt intern/meldungen.txt. {erwartet}" if ergebnis.get("zellen", True) else None
        meldungen.append(
            aus_dict({"schwere": schwere, "kommune": kommune, "quelle": ergebnis["tabelle"],
                      "thema": ergebnis["pruefung"], "text": text, "draussen": aussen})
        )  # fmt: skip
    return meldungen


def check_gate(ablage: Ablage) -> Torstand:
    """What is held back, if at least one municipality's figures (or none needs to) may pass.

    Raises: NichtVeroeffentlicht if all must stay as they are.
    """
    return let_through(ablage, torstand(ablage))


def let_through(ablage: Ablage, stand: Torstand) -> Torstand:
    """The state of the gate, if anybody's figures may pass.

    Raises: NichtVeroeffentlicht if all must stay as they are.
    """
    import pyarrow.parquet as pq

    gebaut = pq.read_table(ablage.tabelle("stamm", "kommune"), columns=["kommune"])["kommune"].to_pylist()
    if stand.alle or (stand.gehalten and not set(gebaut) - set(stand.gehalten)):
        zeilen = [m.zeile() for m in stand.meldungen()]
        raise NichtVeroeffentlicht(
            "Die Veröffentlichung wurde angehalten, die letzte bleibt gültig:\n" + "\n".join(zeilen)
        )
    return stand
