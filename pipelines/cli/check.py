"""`monitoring check`: a delivery is checked, its findings are printed, nothing is stored.

Belongs here: its options and what is printed. Does not belong here: checking
(pipelines/refresh/check_file.py and what that calls).
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.cli.call import DATENFEHLER, Daten, open_ablage
from pipelines.foundation.findings import KonfigurationsFehler, Schwere
from pipelines.foundation.storage import Ablage

if TYPE_CHECKING:
    from pipelines.refresh.check_file import Einzelergebnis


def check(
    file: Annotated[
        Path, typer.Argument(help="Die zu prüfende Datei, oder ein Ordner im Open-SDG-Aufbau.", metavar="DATEI")
    ],
    kommune: Annotated[
        str | None, typer.Option("--kommune", help="Die Kommune, deren Gebiete und Layouts gelten.")
    ] = None,
    quelle: Annotated[
        str | None, typer.Option("--quelle", help="melderegister oder die id einer Tabelle oder Indikatorlieferung.")
    ] = None,
    layout: Annotated[
        Path | None, typer.Option("--layout", help="Ein Layout als YAML-Datei, statt dem einer Kommune.")
    ] = None,
    zurueck: Annotated[
        bool,
        typer.Option(
            "--zurueck", help="Die Lieferung mit Anmerkungen und einen Mailtext zum Zurückschicken schreiben."
        ),
    ] = False,
    bis_zum_tor: Annotated[
        bool,
        typer.Option(
            "--bis-zum-tor",
            help="Auch zur Probe bauen, was damit veröffentlicht würde, und alle Prüfungen davor ausführen (dauert länger).",
        ),
    ] = False,
    data: Daten = None,
) -> None:
    """Eine Lieferung prüfen; veröffentlicht nichts und speichert nichts."""
    ablage = open_ablage(data)
    if bis_zum_tor and (kommune is None or layout is not None or file.is_dir()):
        raise KonfigurationsFehler(
            "--bis-zum-tor braucht --kommune und das Layout aus deren kommune.yaml: gebaut wird, was eine Aktualisierung baut."
        )
    if file.is_dir():
        _check_folder(file)
        return
    from pipelines.refresh.check_file import check_file

    einzeln = check_file(ablage, file, kommune, quelle, layout)
    ergebnis = einzeln.ergebnis
    _print_ergebnis(file, einzeln)
    if zurueck:
        _write_reply(file, einzeln)
    if not ergebnis.angenommen:
        print("Die Lieferung würde abgewiesen; nichts davon würde eingelesen.")
    if ergebnis.fehler:
        raise typer.Exit(DATENFEHLER)
    print("Keine Fehler.")
    if bis_zum_tor:
        _check_up_to_gate(ablage, einzeln)


def _print_ergebnis(datei: Path, einzeln: "Einzelergebnis") -> None:
    """The findings, the worst first, and the counts."""
    ergebnis = einzeln.ergebnis
    if einzeln.hinweis:
        print(einzeln.hinweis)
    for befund in sorted(ergebnis.befunde, key=lambda b: list(Schwere).index(b.schwere)):
        print(befund.text())
    b = ergebnis.bilanz
    print(
        f"{datei.name}: {b.gelesen} Zeilen gelesen, {b.uebernommen} brauchbar, {b.ausserhalb} außerhalb, "
        f"{b.abgewiesen} abgewiesen." + (" Synthetische Daten." if ergebnis.synthetisch else "")
    )
    if ergebnis.pruefungen is not None:
        eine, viele = (
            ("eine Maßnahme", "Maßnahmen") if ergebnis.lieferung.art == "massnahmen" else ("eine Zahl", "Zahlen")
        )
        zahlen = eine if ergebnis.zahlen == 1 else f"{ergebnis.zahlen} {viele}"
        print(f"{zahlen} gelesen, {len(ergebnis.pruefungen)} Prüfungen gelaufen.")


def _check_up_to_gate(ablage: Ablage, einzeln: "Einzelergebnis") -> None:
    from pipelines.definitions import build
    from pipelines.orchestration.trial_build import build_trial

    probe = build_trial(ablage, list(einzeln.lieferungen), build)
    for meldung in probe.meldungen:
        print(meldung.zeile())
    if not probe.veroeffentlicht:
        print(f"So nicht zu veröffentlichen: {einzeln.kommune} würde zurückgehalten. Gespeichert wurde nichts.")
        raise typer.Exit(DATENFEHLER)
    print("Zur Probe gebaut: damit kann veröffentlicht werden. Gespeichert wurde nichts.")


def _check_folder(ordner: Path) -> None:
    from pipelines.eingang.open_sdg.check_folder import check_folder, is_open_sdg

    if not is_open_sdg(ordner):
        raise KonfigurationsFehler(
            f"Der Ordner {ordner} hat nicht den Aufbau data/indicator_*.csv mit meta/*.md. Einzelne Dateien bitte einzeln prüfen."
        )
    ergebnis = check_folder(ordner)
    for befund in sorted(ergebnis.befunde, key=lambda b: list(Schwere).index(b.schwere)):
        print(befund.text())
    print(f"{ordner.name}: {ergebnis.dateien} Dateien, {ergebnis.zeilen} Zeilen geprüft.")
    if any(b.schwere is Schwere.fehler for b in ergebnis.befunde):
        raise typer.Exit(DATENFEHLER)
    print("Keine Fehler.")


def _write_reply(datei: Path, einzeln: "Einzelergebnis") -> None:
    from datetime import date

    from pipelines.eingang.reply.annotated_workbook import Rueckgabeangaben, write_reply

    if einzeln.ergebnis.lieferung.art == "melderegister":
        raise KonfigurationsFehler(
            "Ein Registerauszug wird nicht zurückgeschrieben: Die Mappe enthielte Personendaten."
        )
    b = einzeln.ergebnis.bilanz
    angaben = Rueckgabeangaben(
        titel=einzeln.titel, kommune=einzeln.kommune, geprueft_am=date.today(), zeilen_gelesen=b.gelesen,
        zeilen_uebernommen=b.uebernommen, ausserhalb=b.ausserhalb, abgewiesen=b.abgewiesen,
        angenommen=einzeln.ergebnis.angenommen, zahlen=einzeln.ergebnis.zahlen,
        pruefungen=einzeln.pruefungen(),
    )  # fmt: skip
    for pfad in write_reply(datei, einzeln.ergebnis.befunde, Path.cwd(), angaben):
        print(f"Zum Zurückschicken: {pfad}")
