"""The main job: everything that is new, delivery by delivery, then the marts.

Belongs here: the order of work of `monitoring refresh`, the nightly schedule and the sensor. Each delivery is a run of its
own (one that fails stops no other); all of them run in this process, because starting one costs seconds.
"""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

import dagster as dg

from pipelines.eingang.own_state import heal
from pipelines.foundation.config_files import one_state
from pipelines.foundation.findings import Abgebrochen, KonfigurationsFehler, Schwere, stoerungswort, unerwartet
from pipelines.foundation.messages import ALLE, Meldung, aus_befund, aus_dict, aus_text, ohne_wiederholung
from pipelines.foundation.storage import Ablage
from pipelines.geheimhaltung.depth import tell_depth
from pipelines.geheimhaltung.group_disclosure import gruppenmeldungen
from pipelines.refresh.build_state import Bau, baustand, letzter_bau, remember_bau
from pipelines.refresh.deletion import delete_persons
from pipelines.refresh.interrupt import is_interrupt
from pipelines.refresh.news import Neuigkeiten, neuigkeiten, waits_for_reading
from pipelines.refresh.outcome import Auftrag, offene_meldungen
from pipelines.refresh.stale import stale_steps
from pipelines.steps.checks import SCHEMAPRUEFUNG, gemerkte
from pipelines.steps.left_out import ausgelassene
from pipelines.veroeffentlichung.archive import load_rules
from pipelines.veroeffentlichung.figure_state import tell_damaged_states
from pipelines.veroeffentlichung.gate import Torstand, torstand, verletzungen
from pipelines.veroeffentlichung.manifest import letztes_manifest
from pipelines.veroeffentlichung.release import complete
from pipelines.veroeffentlichung.seal import heal_publication, is_whole
from pipelines.veroeffentlichung.waiting import wartemeldungen
from pipelines.veroeffentlichung.withdraw import is_protected, tell_once, ungeschuetzte, withdraw

Melder = Callable[[str], None]
Verteiler = Callable[["Laeufer", Sequence[tuple[str, str]]], bool]  # has deliveries (kind, partition) read elsewhere
J_REGISTER = "melderegister_einlesen"
J_TABELLEN = "tabellen_einlesen"
J_INDIKATOREN = "indikatoren_einlesen"
J_MASSNAHMEN = "massnahmen_einlesen"
J_MARTS = "marts_bauen"
JOBS = {"melderegister": J_REGISTER, "tabellen": J_TABELLEN, "indikatoren": J_INDIKATOREN, "massnahmen": J_MASSNAHMEN}
MARKE_AUFTRAG = "monitoring/auftrag"
MARKE_UNVERAENDERTES_BLEIBT = "monitoring/unveraendertes_bleibt"
# Metadata of a failure that says it was a decision: by the gate of publication, or because of a configuration.
TOR, ABGELEHNT = "tor", "abgelehnt"
BERICHTE = "berichte"  # metadata of a failure: the messages on reports that could not be written, as JSON
VEROEFFENTLICHT = "veroeffentlichung__integrationsmonitoring"
K_STAMM = dg.AssetKey(["stamm", "stammdaten"])
VEROEFFENTLICHEN = (
    dg.AssetKey(["veroeffentlichung", "integrationsmonitoring"]),
    dg.AssetKey(["veroeffentlichung", "bericht"]),
)
# What these steps refuse stands in the record of the delivery and is reported from there.
EINLESEN = ("eingang__melderegister", "eingang__stadtteiltabelle", "eingang__indikatortabelle", "eingang__massnahme")
# What steps do that are no table of SQL.
SCHRITTE = {
    "stamm.stammdaten": "Konfiguration und Referenzlisten lesen",
    "eingang.melderegister": "Registerauszug einlesen",
    "eingang.stadtteiltabelle": "Tabelle einlesen",
    "eingang.indikatortabelle": "Indikatorlieferung einlesen",
    "eingang.massnahme": "Maßnahmenblatt einlesen",
    "bevoelkerung.wuerfel": "Registerauszug zählen",
    "veroeffentlichung.integrationsmonitoring": "veröffentlichen",
    "veroeffentlichung.bericht": "Berichte schreiben",
}
STILL = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


def refresh_all(
    ablage: Ablage,
    definitionen: dg.Definitions,
    instanz: dg.DagsterInstance,
    nur: tuple[str, ...] = (),
    erzwingen: bool = False,
    tell: Melder = lambda _: None,
    auftrag_id: str = "refresh",
    verteiler: Verteiler | None = None,
) -> Auftrag:
    """Do everything that is new, deliveries on other machines with a `verteiler`; faults of the data become messages.

    Raises: KonfigurationsFehler for an unknown municipality, Gesperrt if another process is building, Abgebrochen if this one
    shall end.
    """
    with ablage.sperre(), one_state(ablage.roh), ablage.clean_up_around():
        auftrag = Auftrag(befunde=[*heal(ablage), *_regelmeldungen(ablage)])
        complete(ablage)  # what a killed process left half published
        withdraw(ablage, ungeschuetzte(ablage))
        auftrag.befunde += [*heal_publication(ablage), *tell_damaged_states(ablage)]
        neu = neuigkeiten(ablage, nur, erzwingen)
        register_partitions(instanz, neu)
        lauf = Laeufer(definitionen, instanz, auftrag, {MARKE_AUFTRAG: auftrag_id}, alles=erzwingen)
        gelungen = _ingest(lauf, neu, tell, verteiler)
        for partition in neu.nur_zaehlen:
            tell(f"Zählen: {partition}")
            if lauf(J_REGISTER, partition, [dg.AssetKey(["bevoelkerung", "wuerfel"])]) is Ende.fertig:
                auftrag.gezaehlt += 1
        anders = erzwingen or gelungen or auftrag.gezaehlt or letzter_bau(ablage).stand != baustand(ablage)
        anders = anders or not is_whole(ablage)
        if anders and not neu.bau_wartet and not waits_for_reading(ablage, neu):
            tell("Marts bauen, prüfen, veröffentlichen")
            build_marts(ablage, lauf)
        delete_persons(ablage, neu.kommunen.values())
        auftrag.befunde += [*_rueckzugsmeldungen(ablage, tell), *wartemeldungen(ablage)]
        offen = offene_meldungen(ablage, neu)
        auftrag.befunde = ohne_wiederholung([*auftrag.befunde, *offen.befunde])
        if not auftrag.gebaut:
            auftrag.veroeffentlicht, auftrag.gehalten = offen.veroeffentlicht, offen.gehalten
        return auftrag


def _regelmeldungen(ablage: Ablage) -> list[Meldung]:
    """Wrong rules of the archive: figures are published all the same, but nothing is deleted."""
    try:
        load_rules(ablage)
    except KonfigurationsFehler as grund:
        return [aus_text(ALLE, "referenz", "konfiguration", str(grund))]
    return []


def _rueckzugsmeldungen(ablage: Ablage, tell: Melder) -> list[Meldung]:
    """Releases that left the archive, told once; and, every time, that the valid one is not protected."""
    meldungen = []
    if text := tell_once(ablage):
        tell(text)
        meldungen.append(Meldung(Schwere.hinweis, ALLE, "archiv", "zurueckgezogen", text))
    gueltig = letztes_manifest(ablage)
    if gueltig and not is_protected(gueltig):
        text = (
            f"Die gültige Veröffentlichung {gueltig['veroeffentlichung']} entstand ohne die heutige Geheimhaltung. "
            "Erwartet: eine neue; bis die Fehler behoben sind, bitte nichts aus marts weitergeben."
        )
        meldungen.append(aus_text(ALLE, "archiv", "zurueckgezogen", text))
    return meldungen


def build_marts(ablage: Ablage, lauf: "Laeufer", ohne: tuple[dg.AssetKey, ...] = ()) -> None:
    """Build and publish, but for the steps in `ohne`; done only if published or refused by a check, and with everybody."""
    stand = baustand(ablage)
    vorher = len(lauf.auftrag.befunde)
    if lauf.alles:
        ende = lauf(J_MARTS, auswahl=lauf.schritte(J_MARTS, ohne) if ohne else None)
    elif (
        ende := lauf(J_MARTS, auswahl=[K_STAMM])
    ) is Ende.fertig:  # what changed is seen once the configuration is written
        geaendert = [dg.AssetKey(s.key) for s in stale_steps(ablage)]
        ende = lauf(J_MARTS, auswahl=[*geaendert, *(k for k in VEROEFFENTLICHEN if k not in ohne)])
    auftrag = lauf.auftrag
    auftrag.gebaut = True
    auftrag.veroeffentlicht = ende is Ende.fertig or VEROEFFENTLICHT in lauf.gelungen
    auftrag.befunde += _pruefmeldungen(ablage, lauf.verletzt)
    auftrag.befunde += tell_depth(ablage) + gruppenmeldungen(ablage)
    tor = torstand(ablage) if auftrag.veroeffentlicht or lauf.am_tor else Torstand((), {})
    auftrag.gehalten = tor.gehalten
    auftrag.befunde = [*auftrag.befunde[:vorher], *ohne_wiederholung([*auftrag.befunde[vorher:], *tor.meldungen()])]
    if ende is not Ende.unerwartet and not ausgelassene(ablage):
        befunde = tuple(auftrag.befunde[vorher:])
        remember_bau(ablage, Bau(stand, befunde, auftrag.veroeffentlicht, auftrag.gehalten))


def _pruefmeldungen(ablage: Ablage, namen: list[str]) -> list[Meldung]:
    """What the checks that ran and failed found, from their records: each severity and municipality one message.

    A check of the office's duties (`sperrt: nein`) fails visibly as a warning: sound figures are published all the same.
    """
    meldungen = []
    for e in gemerkte(ablage):
        if e["pruefung"] in namen:
            for schwere in Schwere:
                gemildert = schwere is Schwere.fehler and not e["sperrt"]
                for m in verletzungen(e, schwere.value):
                    meldungen.append(replace(m, schwere=Schwere.warnung) if gemildert else m)
    return meldungen


def register_partitions(instanz: dg.DagsterInstance, neu: Neuigkeiten) -> None:
    """Register a partition for every delivery found, so that it can be chosen in the UI."""
    for art in JOBS:
        gefunden = {li.partition for li in neu.alle if li.art == art}
        # Persons stay staged when their extract is gone.
        schluessel = sorted(gefunden | set(neu.nur_zaehlen if art == "melderegister" else ()))
        if schluessel:
            instanz.add_dynamic_partitions(art, schluessel)


def _ingest(lauf: "Laeufer", neu: Neuigkeiten, tell: Melder, verteiler: Verteiler | None = None) -> bool:
    """Read every new delivery; returns whether any was stored."""
    gelungen = False
    # Small tables first: an extract of millions must not keep them waiting.
    reihenfolge = sorted({(li.art == "melderegister", li.art, li.partition) for li in neu.neu})
    if verteiler is not None and reihenfolge:
        tell(f"Einlesen: {len(reihenfolge)} Lieferungen verteilt")
        return verteiler(lauf, [(art, partition) for _, art, partition in reihenfolge])
    for nummer, (_, art, partition) in enumerate(reihenfolge, start=1):
        tell(f"Einlesen {nummer}/{len(reihenfolge)}: {art} {partition}")
        gelungen |= lauf(JOBS[art], partition) is Ende.fertig
        lauf.auftrag.gelesen += 1
    return gelungen


def schrittname(schritt: str) -> str:
    """What a step does, in words; `schritt` is its key, `schema.table`."""
    return SCHRITTE.get(schritt, f"Tabelle {schritt} rechnen und prüfen")


def _ursache(fehler: Any) -> str:
    """The type of what went wrong first: around it lie Dagster's own errors, which say nothing. Of its text only an errno."""
    while fehler is not None and fehler.cause is not None:
        fehler = fehler.cause
    art = (fehler.cls_name if fehler else None) or "unbekannter Art"
    nummer = re.search(r"\[Errno (\d+)\]", fehler.message or "") if fehler else None
    return f"{art}, {stoerungswort(int(nummer[1]))}" if nummer else art


class Ende(Enum):
    """How a run ended: done, refused because of what was delivered or configured, or by a fault nobody foresaw."""

    fertig = "fertig"
    abgelehnt = "abgelehnt"
    unerwartet = "unerwartet"


@dataclass
class Laeufer:
    """Runs jobs in this process; faults of their steps become messages, and stop no later run."""

    definitionen: dg.Definitions
    instanz: dg.DagsterInstance
    auftrag: Auftrag
    marken: dict[str, str]
    alles: bool = True  # whether steps over unchanged inputs run, too
    verletzt: list[str] = field(default_factory=list)  # names of the checks that failed in the last run, as remembered
    am_tor: bool = False  # whether the last run was stopped at the gate of publication
    gelungen: set[str] = field(default_factory=set)  # steps of the last run that succeeded

    def __call__(self, job: str, partition: str | None = None, auswahl: list[dg.AssetKey] | None = None) -> Ende:
        self.verletzt, self.am_tor, self.gelungen = [], False, set()
        kommune = partition.rsplit("_", 1)[0] if partition else ALLE
        try:
            ergebnis = self.definitionen.resolve_job_def(job).execute_in_process(
                instance=self.instanz, partition_key=partition, tags=self.marken_des_laufs(), run_config=STILL,
                raise_on_error=False, asset_selection=auswahl,
            )  # fmt: skip
        except Exception as fehler:
            befund = unerwartet(partition or "Marts", f"Lauf {job}", fehler)
            self.auftrag.befunde.append(aus_befund(befund, kommune, job))
            return Ende.unerwartet
        if any(is_interrupt(e) for e in ergebnis.all_events):
            raise Abgebrochen
        for e in ergebnis.get_asset_check_evaluations():
            if not e.passed:
                schema, name = e.asset_key.path[0], e.asset_key.path[-1]
                self.verletzt.append(
                    f"{SCHEMAPRUEFUNG}_{schema}_{name}" if e.check_name == SCHEMAPRUEFUNG else e.check_name
                )
        self.gelungen = {e.step_key for e in ergebnis.all_events if e.is_step_success and e.step_key}
        enden = [self._fehlschlag(e, kommune, ergebnis.run_id) for e in ergebnis.all_events if e.is_step_failure]
        if ergebnis.success:
            return Ende.fertig
        return Ende.unerwartet if Ende.unerwartet in enden else Ende.abgelehnt

    def marken_des_laufs(self) -> dict[str, str]:
        return self.marken if self.alles else {**self.marken, MARKE_UNVERAENDERTES_BLEIBT: "ja"}

    def schritte(self, job: str, ohne: tuple[dg.AssetKey, ...]) -> list[dg.AssetKey]:
        """The steps of a job without some."""
        alle = self.definitionen.resolve_job_def(job).asset_layer.executable_asset_keys
        return sorted(set(alle) - set(ohne))

    def _fehlschlag(self, ereignis: dg.DagsterEvent, kommune: str, lauf: str) -> Ende:
        """What a failed step says; of a fault nobody foresaw only its type, because its text may quote rows."""
        daten = ereignis.step_failure_data
        schritt = (ereignis.step_key or "").replace("__", ".")
        if (eigener := daten.user_failure_data) is not None:
            if ereignis.step_key in EINLESEN and "Befunde" in eigener.metadata:
                return Ende.abgelehnt  # stands in the record of the delivery
            if BERICHTE in eigener.metadata:
                self.auftrag.befunde += [aus_dict(m) for m in json.loads(str(eigener.metadata[BERICHTE].value))]
                return Ende.unerwartet
            self.am_tor |= TOR in eigener.metadata
            abgelehnt = bool({TOR, ABGELEHNT} & set(eigener.metadata))
            if not self.am_tor:  # what the gate found is asked of the gate
                text = eigener.description or ""
                self.auftrag.befunde.append(aus_text(kommune, schritt, "veroeffentlichung", text))
            return Ende.abgelehnt if abgelehnt else Ende.unerwartet
        if daten.error and daten.error.cls_name == "DagsterAssetCheckFailedError":
            return Ende.abgelehnt  # the check itself is reported
        text = (
            f"Beim Schritt »{schrittname(schritt)}« trat ein unerwarteter Fehler auf ({_ursache(daten.error)}); die nächste "
            f"Aktualisierung versucht es wieder. Einzelheiten zeigt die Oberfläche (monitoring serve), Lauf {lauf[:8]}."
        )
        self.auftrag.befunde.append(aus_text(kommune, schritt, "unerwartet", text))
        return Ende.unerwartet
