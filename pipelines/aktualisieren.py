"""The main job: everything that is new, delivery by delivery, then the marts.

Belongs here: the order of work of `monitoring refresh`, the nightly schedule and the sensor. Each delivery is a run of its
own (one that fails stops no other); all of them run in this process, because starting one costs seconds.
"""

from collections.abc import Callable

import dagster as dg

from pipelines.ablage import Ablage
from pipelines.lieferung import Auftrag, Neuigkeiten, merke_bau, neuigkeiten, offene_meldungen
from pipelines.veroeffentlichung.archiv import lade_regeln

Melder = Callable[[str], None]
J_REGISTER = "melderegister_einlesen"
J_TABELLEN = "tabellen_einlesen"
J_INDIKATOREN = "indikatoren_einlesen"
J_MASSNAHMEN = "massnahmen_einlesen"
J_MARTS = "marts_bauen"
JOBS = {"melderegister": J_REGISTER, "tabellen": J_TABELLEN, "indikatoren": J_INDIKATOREN, "massnahmen": J_MASSNAHMEN}
MARKE_AUFTRAG = "monitoring/auftrag"
# What these steps refuse stands in the record of the delivery and is reported from there.
EINLESEN = ("eingang__melderegister", "eingang__stadtteiltabelle", "eingang__indikatortabelle", "eingang__massnahme")
STILL = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


def aktualisiere(
    ablage: Ablage,
    definitionen: dg.Definitions,
    instanz: dg.DagsterInstance,
    nur: tuple[str, ...] = (),
    erzwingen: bool = False,
    melde: Melder = lambda _: None,
    auftrag_id: str = "refresh",
) -> Auftrag:
    """Do everything that is new. Faults of the data become messages; the rest goes on.

    Raises: KonfigurationsFehler for an unknown municipality, Gesperrt if another process is building.
    """
    with ablage.sperre():
        ablage.aufraeumen()
        lade_regeln(ablage)  # wrong rules of publication are told before any work is done
        neu = neuigkeiten(ablage, nur, erzwingen)
        auftrag = Auftrag()
        melde_partitionen_an(instanz, neu)
        marken = {MARKE_AUFTRAG: auftrag_id}
        _einlesen(definitionen, instanz, neu, auftrag, melde, marken)
        for partition in neu.nur_zaehlen:
            melde(f"Zählen: {partition}")
            wuerfel = [dg.AssetKey(["bevoelkerung", "wuerfel"])]
            if not _laufe(definitionen, instanz, J_REGISTER, marken, auftrag, partition, wuerfel):
                continue
            auftrag.gezaehlt += 1
        if neu.bauen:
            melde("Marts bauen, prüfen, veröffentlichen")
            vorher = len(auftrag.meldungen)
            _laufe(definitionen, instanz, J_MARTS, marken, auftrag)
            merke_bau(ablage, auftrag.meldungen[vorher:])
            auftrag.gebaut = True
        ablage.aufraeumen()
        offen = offene_meldungen(ablage, neu)
        auftrag.meldungen += [m for m in offen.meldungen if m not in auftrag.meldungen]
        auftrag.warnungen += [m for m in offen.warnungen if m not in auftrag.warnungen]
        return auftrag


def melde_partitionen_an(instanz: dg.DagsterInstance, neu: Neuigkeiten) -> None:
    """Register a partition for every delivery found, so that it can be chosen in the UI."""
    for art in JOBS:
        schluessel = sorted({li.partition for li in neu.alle if li.art == art})
        if schluessel:
            instanz.add_dynamic_partitions(art, schluessel)


def _einlesen(
    definitionen: dg.Definitions,
    instanz: dg.DagsterInstance,
    neu: Neuigkeiten,
    auftrag: Auftrag,
    melde: Melder,
    marken: dict[str, str],
) -> None:
    # Small tables first: an extract of millions must not keep them waiting.
    reihenfolge = sorted({(li.art == "melderegister", li.art, li.partition) for li in neu.neu})
    for nummer, (_, art, partition) in enumerate(reihenfolge, start=1):
        melde(f"Einlesen {nummer}/{len(reihenfolge)}: {art} {partition}")
        _laufe(definitionen, instanz, JOBS[art], marken, auftrag, partition)
        auftrag.gelesen += 1


def _laufe(
    definitionen: dg.Definitions,
    instanz: dg.DagsterInstance,
    job: str,
    marken: dict[str, str],
    auftrag: Auftrag,
    partition: str | None = None,
    auswahl: list[dg.AssetKey] | None = None,
) -> bool:
    """Run one job in this process; faults of steps and checks become messages."""
    ergebnis = definitionen.resolve_job_def(job).execute_in_process(
        instance=instanz, partition_key=partition, tags=marken, run_config=STILL, raise_on_error=False,
        asset_selection=auswahl,
    )  # fmt: skip
    for e in ergebnis.get_asset_check_evaluations():
        # What the checks of a delivery found stands in its record.
        if not e.passed and (e.blocking or e.asset_key.path[0] != "eingang"):
            faelle = e.metadata.get("Zeilen") or e.metadata.get("Verletzungen")
            text = str(faelle.value) if faelle else ""
            zeile = f"Prüfung {'/'.join(e.asset_key.path)}: {e.description or e.check_name}. {_erste_zeilen(text)}"
            haelt_an = e.blocking and e.severity == dg.AssetCheckSeverity.ERROR
            (auftrag.meldungen if haelt_an else auftrag.warnungen).append(zeile)
    for ereignis in ergebnis.all_events:
        if ereignis.is_step_failure:
            auftrag.meldungen += _fehlschlag(ereignis, ergebnis.run_id)
    return ergebnis.success


def _fehlschlag(ereignis: dg.DagsterEvent, lauf: str) -> list[str]:
    """What a failed step says; of a fault nobody foresaw only its type, because its text may quote rows."""
    daten = ereignis.step_failure_data
    if daten.user_failure_data is not None:
        return [] if ereignis.step_key in EINLESEN else (daten.user_failure_data.description or "").splitlines()
    name = daten.error.cls_name if daten.error else "unbekannt"
    if name == "DagsterAssetCheckFailedError":
        return []  # the check itself has already been reported
    return [
        f"Unerwarteter Fehler im Schritt {ereignis.step_key} ({name}). Einzelheiten zeigt die Oberfläche "
        f"(monitoring serve), Lauf {lauf[:8]}."
    ]


def _erste_zeilen(markdown: str) -> str:
    """The places named in a check's table of offending rows, on one line."""
    zeilen = [z.strip("| ").split(" | ") for z in markdown.splitlines()]
    if len(zeilen) < 3:
        return ""
    kopf = zeilen[0]
    spalte = kopf.index("ort") if "ort" in kopf else len(kopf) - 1
    orte = [z[spalte] for z in zeilen[2:] if len(z) > spalte]
    mehr = f" … und {len(orte) - 5} weitere" if len(orte) > 5 else ""
    return "; ".join(orte[:5]) + mehr
