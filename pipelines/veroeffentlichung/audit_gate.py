"""The attack as a gate: nobody's figures are published that tell what they hide.

Belongs here: attacking the built file beside the releases that stay readable, what is remembered of it, what is said of it. Does
not belong here: the attack (geheimhaltung/angriff) and the other checks (gate.py). Which cells fell is written down in the secure
zone alone; messages say how many.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from pipelines.foundation.messages import Meldung, aus_dict, aus_text, read_state
from pipelines.foundation.storage import WURZEL, Ablage, execute, sql
from pipelines.geheimhaltung.angriff.audit import Audit, check_datei, ergebnisse_from_json, ergebnisse_to_json
from pipelines.geheimhaltung.angriff.read import Judgement, RegisterKind
from pipelines.steps.checks import pruefsumme
from pipelines.steps.sql_step import register_views
from pipelines.veroeffentlichung.archive import ARCHIV, veroeffentlichungen
from pipelines.veroeffentlichung.bericht.numbers import ganz
from schemas.tabellen.registry import VEROEFFENTLICHT

THEMA = "angriff"
OHNE_ANGRIFF = {"rundung": "gerundet", "cellkey": "mit dem Cell-Key-Verfahren verändert"}
ORDNER = Path("geheimhaltung") / "angriff"
MERKZETTEL = "angriff.json"
REGELN = "select profil, regel, kategorie, ergebnis_mh from stamm.regel"


def attack(ablage: Ablage, datei: Path, ohne: Collection[str] = (), gehalten: Collection[str] = ()) -> list[Audit]:
    """Attack a built file together with every release of the archive but those that leave it (`ohne`).

    Who is held back (`gehalten`) shows figures that are public already. What fell is written to
    intern/geheimhaltung/angriff/<kommune>.txt; unchanged figures are not attacked again.
    """
    archiv = {
        k: pfad
        for k in veroeffentlichungen(ablage)
        if k not in ohne and (pfad := ablage.marts / ARCHIV / k / ablage.publikation.name).exists()
    }
    ergebnisdatei = ablage.intern / ORDNER / "ergebnisse.json"
    bekannt = ergebnisse_from_json(ergebnisdatei.read_bytes()) if ergebnisdatei.is_file() else []
    ergebnisse = check_datei(datei, archiv, bekannt, gehalten, arten=read_kinds(ablage))
    with ablage.neu(ergebnisdatei) as neu:
        neu.write_text(
            ergebnisse_to_json([*(e for e in bekannt if e.kommune in gehalten), *ergebnisse]), encoding="utf-8"
        )
    for kommune in sorted({e.kommune for e in ergebnisse}):
        zeilen = [f"{e.stichtag}: {z}" for e in ergebnisse if e.kommune == kommune for z in e.zeilen]
        with ablage.neu(zellenliste(ablage, kommune)) as neu:
            neu.write_text("\n".join([*zeilen, ""]), encoding="utf-8")
    return ergebnisse


def read_kinds(ablage: Ablage) -> dict[tuple[str, str], tuple[RegisterKind, ...]]:
    """Kinds of persons of every extract counted, without their numbers: what the attack knows beside the file."""
    arten: dict[tuple[str, str], list[RegisterKind]] = defaultdict(list)
    with ablage.arbeitsdatenbank() as con:
        register_views(ablage, con, [("bevoelkerung", "artenwuerfel"), ("stamm", "regel")])
        regeln = {(p, r): Judgement(p, r, k, e) for p, r, k, e in execute(con, REGELN)}
        for kommune, stichtag, text, generation, mehrstaatig, auslaender, alter, geschlechter in execute(
            con, sql("queries/geheimhaltung/artenliste")
        ):
            urteile = tuple(regeln[p, r] for p, _, r in (teil.partition("=") for teil in text.split()))
            arten[kommune, str(stichtag)].append(
                RegisterKind(urteile, generation, mehrstaatig, auslaender, tuple(alter), tuple(geschlechter))
            )
    return {ort: tuple(liste) for ort, liste in arten.items()}


def zellenliste(ablage: Ablage, kommune: str) -> Path:
    """File of the secure zone that names the cells of a municipality which can be found out."""
    return ablage.intern / ORDNER / f"{kommune}.txt"


def gebrochene(ergebnisse: Iterable[Audit]) -> dict[str, Meldung]:
    """One message for each municipality whose hidden figures can be found out: how many, never which."""
    je: dict[str, list[Audit]] = {}
    for e in ergebnisse:
        if not e.holds:
            je.setdefault(e.kommune, []).append(e)
    return {
        kommune: aus_text(kommune, "veroeffentlichung", THEMA, _satz(kommune, liste)) for kommune, liste in je.items()
    }


def _satz(kommune: str, ergebnisse: list[Audit]) -> str:
    tage = ", ".join(e.stichtag for e in ergebnisse)
    wo = f"intern/{ORDNER}/{kommune}.txt (geschützter Bereich)"
    if all(e.geht_nicht_auf for e in ergebnisse):
        was = "Die Zahlen des Registers widersprechen einander, ein Angriff darauf lässt sich nicht rechnen"
        erwartet = "Zahlen, die aufgehen"
    else:
        anzahl = sum(e.gebrochen for e in ergebnisse)
        zahlen = "1 geschützte Zahl lässt" if anzahl == 1 else f"{anzahl} geschützte Zahlen lassen"
        was = f"{zahlen} sich aus der fertigen Veröffentlichung bestimmen oder zu eng eingrenzen"
        erwartet = "keine"
    return (
        f"Stichtag {tage}: {was}. Erwartet: {erwartet}. Die Kommune behält ihre zuletzt veröffentlichten Zahlen. "
        f"Welche Zellen es sind und wodurch, steht in {wo}; bitte den Umfang (veroeffentlichung.umfang) verkleinern oder "
        "den Fehler mit dieser Datei melden, ohne sie weiterzugeben."
    )


def _stand(ablage: Ablage) -> str:
    """What a verdict depends on: the tables built, the releases beside them, the attack itself."""
    summe = hashlib.sha256(repr(veroeffentlichungen(ablage)).encode())
    for datei in sorted((WURZEL / "pipelines" / ORDNER).glob("*.py")):
        summe.update(datei.read_bytes())
    for t in (t for t in VEROEFFENTLICHT if t.schema != "protokoll"):
        summe.update(f"{t.voll}{pruefsumme(ablage, t.schema, t.name)}".encode())
    return summe.hexdigest()


def remember_held(ablage: Ablage, meldungen: Mapping[str, Meldung]) -> None:
    """Remember whom the attack holds back, for as long as the tables are as they are now."""
    inhalt = {"stand": _stand(ablage), "meldungen": [m.als_dict() for _, m in sorted(meldungen.items())]}
    with ablage.neu(ablage.intern / "stand" / MERKZETTEL) as neu:
        neu.write_text(json.dumps(inhalt, ensure_ascii=False), encoding="utf-8")


def stay_valid(ablage: Ablage) -> None:
    """Publishing changed the archive, which a verdict depends on: it was about what is published now, and holds on."""
    zettel: dict[str, Any] | None = read_state(ablage.intern / "stand" / MERKZETTEL, None, ("stand", "meldungen"))
    if zettel:
        remember_held(ablage, {m["kommune"]: aus_dict(m) for m in zettel["meldungen"]})


def gehaltene(ablage: Ablage) -> list[Meldung]:
    """Whom the last attack holds back; none if anything was built since."""
    zettel: dict[str, Any] | None = read_state(ablage.intern / "stand" / MERKZETTEL, None, ("stand", "meldungen"))
    if not zettel or not zettel["meldungen"] or zettel["stand"] != _stand(ablage):
        return []
    return [aus_dict(m) for m in zettel["meldungen"]]


OHNE_REGISTER = "Aus einem Auszug des Melderegisters enthält diese Veröffentlichung hier keine Zahlen."
OHNE_PRUEFUNG = "Ob Zahlen aus Auszügen des Melderegisters geprüft geheim gehalten sind, ist hier nicht vermerkt."


def bescheinigungssatz(manifest: dict[str, Any] | None, kommune: str) -> str:
    """What a report says of the attack on its figures."""
    scheine = [s for s in (manifest or {}).get("geheimhaltung", []) if s["kommune"] == kommune]
    if not scheine:
        return OHNE_REGISTER if manifest else OHNE_PRUEFUNG
    if methode := next((m for s in scheine if (m := OHNE_ANGRIFF.get(s.get("methode", "")))), None):
        return (
            f"Die Anzahlen aus dem Register sind {methode}, nicht einzelne verborgen. Der Angriff, mit dem verborgene Zahlen vor "
            "der Veröffentlichung geprüft werden, entscheidet darüber nicht; was das Verfahren leistet und wo seine Grenzen "
            "sind, steht im Handbuch."
        )
    if not all(s["bestanden"] for s in scheine):
        return (
            "Die Zahlen des Registers stammen aus einer früheren Veröffentlichung; ihre Geheimhaltung besteht die heutige "
            "Prüfung nicht. Bitte nicht weitergeben."
        )
    verborgen = sum(s["verborgene_zahlen"] for s in scheine)
    enge = [s["engstes_intervall"] for s in scheine if s["engstes_intervall"] is not None]
    tage = "1 Stichtag" if len(scheine) == 1 else f"{len(scheine)} Stichtagen"
    ergebnis = f"; jede kann mindestens {ganz(int(min(enge)) + 1)} Werte haben" if enge else ""
    return (
        "Vor der Veröffentlichung ist versucht worden, die geschützten Zahlen aus allem zu errechnen, was veröffentlicht ist und "
        f"im Archiv steht (ein Angriff zur Probe): {ganz(verborgen)} geschützte Zahlen an {tage}{ergebnis}. Was jemand über "
        "einzelne Personen ohnehin weiß, kann keine solche Probe prüfen."
    )


def verfahrenssatz(manifest: dict[str, Any] | None, kommune: str) -> str:
    """How that was tried, for the chapter on method; empty where nothing was."""
    scheine = [s for s in (manifest or {}).get("geheimhaltung", []) if s["kommune"] == kommune]
    if not scheine or any(OHNE_ANGRIFF.get(s.get("methode", "")) for s in scheine):
        return ""
    return (
        f"Verfahren des Angriffs: {scheine[0]['verfahren']}; {ganz(sum(s['lineare_programme'] for s in scheine))} lineare "
        f"Programme in {ganz(max(1, round(sum(s['sekunden'] for s in scheine))))} Sekunden."
    )
