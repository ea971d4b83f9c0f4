"""All commands of `monitoring`, and those of few words: refresh, demo, new, report, serve, backup, restore.

Belongs here: their options, what they print, the order of the commands. Does not belong here: checking a delivery (check.py),
explaining (explain.py), exit codes and faults (call.py).
"""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.cli.call import DATENFEHLER, Daten, Kommunen, open_ablage, run_without_traceback
from pipelines.cli.check import check
from pipelines.cli.explain import explain
from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.foundation.storage import Ablage

if TYPE_CHECKING:
    from pipelines.refresh.outcome import Auftrag

app = typer.Typer(
    name="monitoring", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
    help="Integrationsmonitoring: Melderegister, Stadtteiltabellen und Maßnahmen zu einer DuckDB-Datei.",
)  # fmt: skip


def refresh(
    kommune: Kommunen = None,
    force: Annotated[bool, typer.Option("--force", help="Alles neu rechnen, auch was unverändert ist.")] = False,
    data: Daten = None,
) -> None:
    """Alles Neue einlesen, prüfen und veröffentlichen."""
    ablage = open_ablage(data)
    from pipelines.refresh.closing import schlusszeilen
    from pipelines.refresh.news import neuigkeiten
    from pipelines.refresh.notify import tell_office
    from pipelines.refresh.outcome import offene_meldungen

    nur = tuple(kommune or ())
    with ablage.sperre():
        ablage.clean_up()  # also where nothing is new: a killed process left persons there
        neu = neuigkeiten(ablage, nur, force)
        auftrag = offene_meldungen(ablage, neu) if neu.nichts else _execute(ablage, nur, force)
    for text in auftrag.meldungen:
        print(text)
    if auftrag.nichts_getan:
        print("Nichts Neues: alle Lieferungen, Definitionen und Marts sind auf dem Stand.")
    schluss = schlusszeilen(ablage, auftrag)
    for text in schluss:
        print(text)
    if ungesagt := tell_office(auftrag, schluss):
        print(ungesagt)
    if auftrag.meldungen:
        raise typer.Exit(DATENFEHLER)


def _execute(ablage: Ablage, nur: tuple[str, ...], force: bool) -> "Auftrag":
    import dagster as dg
    from rich.console import Console

    from pipelines.definitions import build
    from pipelines.orchestration.run_history import heal_run_history
    from pipelines.orchestration.verteilung import create_distributor
    from pipelines.refresh.run import refresh_all

    geheilt = heal_run_history(Path(os.environ["MONITORING_LAUFZUSTAND"]))
    konsole = Console(highlight=False)
    with konsole.status("Vorbereiten …") as anzeige, dg.DagsterInstance.get() as instanz:

        def tell(text: str) -> None:
            anzeige.update(text)
            konsole.print(text, markup=False, soft_wrap=True)

        auftrag = refresh_all(ablage, build(ablage), instanz, nur, force, tell, verteiler=create_distributor(instanz))
    auftrag.befunde += geheilt
    return auftrag


def demo(
    personen: Annotated[int | None, typer.Option("--personen", min=100, help="So viele Einwohner.")] = None,
    kommune: Kommunen = None,
    data: Daten = None,
) -> None:
    """Synthetische Registerauszüge schreiben (erzeugt, keine echten Personen)."""
    ablage = open_ablage(data)
    from pipelines.demo.extract import write_demo
    from pipelines.demo.margins import DemoFehler

    namen = kommune or sorted(p.parent.name for p in ablage.roh.glob("*/demo.yaml"))
    if not namen:
        raise KonfigurationsFehler(
            f"Keine Kommune in {ablage.roh} hat eine demo.yaml (Randsummen, aus denen ein Auszug erzeugt wird). Ein "
            "kommentiertes Beispiel ist data/raw/luenen/demo.yaml; eigene Auszüge gehören nach raw/KOMMUNE/melderegister/."
        )
    try:
        for name in namen:
            for pfad in write_demo(ablage.daten, name, personen):
                print(f"{pfad} (synthetisch)")
    except DemoFehler as fehler:
        raise KonfigurationsFehler(str(fehler)) from None


def new(
    kommune: Annotated[str, typer.Argument(help="Kurzname: Kleinbuchstaben, Ziffern, Unterstrich.")],
    aus: Annotated[
        Path | None, typer.Option("--aus", help="Eine Tabelle, aus der ein Layout vorgeschlagen wird.", metavar="DATEI")
    ] = None,
    massnahmen: Annotated[
        bool, typer.Option("--massnahmen", help="Die Mappe zum Stand der Maßnahmen schreiben.")
    ] = False,
    konzept: Annotated[str | None, typer.Option("--konzept", help="Nur mit --massnahmen: id des Konzepts.")] = None,
    mit_stand: Annotated[
        bool, typer.Option("--mit-stand", help="Nur mit --massnahmen: den veröffentlichten Stand eintragen.")
    ] = False,
    data: Daten = None,
) -> None:
    """Den Ordner einer neuen Kommune mit kommentierten Beispielen anlegen, oder einen Entwurf aus einer Datei."""
    ablage = open_ablage(data, neu=not massnahmen)
    if massnahmen:
        if aus is not None:
            raise KonfigurationsFehler("--aus und --massnahmen gehen nicht zusammen.")
        from pipelines.scaffold.massnahmen import create_massnahmen_workbook, naechste_schritte

        print(create_massnahmen_workbook(ablage, kommune, konzept, None, mit_stand))
        print(naechste_schritte(ablage, kommune))
        return
    if konzept is not None or mit_stand:
        raise KonfigurationsFehler("--konzept und --mit-stand gelten nur mit --massnahmen.")
    from pipelines.scaffold.kommune import create

    neu = create(ablage, kommune, aus)
    for zeile in (*neu.files, *neu.said):
        print(zeile)


def report(
    kommune: Kommunen = None,
    vorlage: Annotated[
        str | None,
        typer.Option(
            "--vorlage",
            help="Stattdessen eine Ratsvorlage (DOCX, PDF): monitoring, zwischenbericht, "
            "abschlussbericht oder zweijahresbericht.",
            metavar="ART",
        ),
    ] = None,
    nummer: Annotated[str, typer.Option("--nummer", help="Nur mit --vorlage: Nummer der Vorlage.")] = "",
    gremium: Annotated[str, typer.Option("--gremium", help="Nur mit --vorlage: Auszug für dieses Gremium.")] = "",
    handlungsfeld: Annotated[
        list[str] | None,
        typer.Option("--handlungsfeld", help="Nur mit --vorlage: nur dieses Handlungsfeld; mehrfach möglich."),
    ] = None,
    sprache: Annotated[
        str,
        typer.Option(
            "--sprache",
            help="Das Wichtigste (mit --vorlage alles) in dieser Sprache: en (Englisch) oder leicht (einfache Sprache).",
            metavar="SPRACHE",
        ),
    ] = "de",
    data: Daten = None,
) -> None:
    """Die Berichte aus der veröffentlichten Datei neu schreiben, oder eine Ratsvorlage für eine Kommune."""
    ablage = open_ablage(data)
    from pipelines.veroeffentlichung.bericht.aussagen.sprachen import check_sprache
    from pipelines.veroeffentlichung.bericht.write import BerichteFehlen, write_berichte
    from pipelines.veroeffentlichung.published_file import check_version
    from pipelines.veroeffentlichung.seal import is_whole_but_reports, seal

    if not ablage.publikation.exists():
        raise KonfigurationsFehler(
            f"Es gibt noch keine Veröffentlichung ({ablage.publikation}). Zuerst: monitoring refresh"
        )
    if vorlage is None and (nummer or gremium or handlungsfeld):
        raise KonfigurationsFehler("--nummer, --gremium und --handlungsfeld gelten nur mit --vorlage.")
    check_sprache(sprache)
    check_version(ablage.publikation)
    if vorlage is not None:
        _write_ratsvorlagen(ablage, vorlage, (nummer, gremium, tuple(handlungsfeld or ()), sprache), kommune or [])
        return
    with ablage.sperre():
        try:
            pfade = write_berichte(ablage, tuple(kommune or ()), (sprache,))
            if is_whole_but_reports(ablage):
                seal(ablage)
        except BerichteFehlen as grund:
            for meldung in grund.meldungen:
                print(meldung.zeile())
            raise typer.Exit(DATENFEHLER) from None
    for pfad in pfade:
        print(pfad)


def _write_ratsvorlagen(
    ablage: Ablage, art: str, auswahl: tuple[str, str, tuple[str, ...], str], kommunen: list[str]
) -> None:
    from pipelines.veroeffentlichung.bericht.ratsvorlage.choice import Vorlagenwahl, choose_art
    from pipelines.veroeffentlichung.bericht.ratsvorlage.write import write_ratsvorlagen

    wahl = Vorlagenwahl(choose_art(art), *auswahl)
    if not kommunen:
        raise KonfigurationsFehler("--vorlage braucht --kommune: für wen?")
    with ablage.sperre():
        pfade = write_ratsvorlagen(ablage, wahl, kommunen)
    for pfad in pfade:
        print(pfad)


def backup(
    ziel: Annotated[Path, typer.Argument(help="Datei der Sicherung, außerhalb des Datenordners.", metavar="DATEI")],
    data: Daten = None,
) -> None:
    """Den ganzen Datenordner in eine Datei sichern (enthält Personendaten; Modus 0600)."""
    ablage = open_ablage(data)
    from pipelines.refresh.backup import backup as sichern

    anzahl = sichern(ablage, ziel)
    print(f"{ziel}: {anzahl} Dateien gesichert. Die Datei enthält Personendaten und den Schlüssel der Pseudonyme.")


def restore(
    quelle: Annotated[Path, typer.Argument(help="Datei, die monitoring backup schrieb.", metavar="DATEI")],
    data: Daten = None,
) -> None:
    """Eine Sicherung in einen leeren Datenordner zurückholen; jede Datei wird vorher geprüft."""
    from pipelines.refresh.backup import restore as zurueckholen

    ablage = Ablage(data)
    anzahl = zurueckholen(ablage, quelle)
    print(f"{ablage.daten}: {anzahl} Dateien zurückgeholt. Weiter mit: monitoring refresh --data {ablage.daten}")


def serve(
    port: Annotated[int, typer.Option("--port", help="Port auf 127.0.0.1.")] = 3000,
    data: Daten = None,
) -> None:
    """Die Dagster-Oberfläche mit Zeitplan und Sensor (wie make ui)."""
    open_ablage(data)
    from pipelines.orchestration.run_history import heal_run_history
    from pipelines.orchestration.serve import run_server

    for meldung in heal_run_history(Path(os.environ["MONITORING_LAUFZUSTAND"])):
        print(meldung.text)
    raise typer.Exit(run_server(port))


# In the order of `monitoring --help`.
for _befehl in (refresh, check, explain, demo, new, report, serve, backup, restore):
    app.command()(_befehl)


def main(argumente: list[str] | None = None) -> None:
    """Entry point of the console script."""
    sys.exit(run_without_traceback(lambda: app(args=argumente)))
