"""The command line `monitoring`: refresh, check, explain, demo, new, report, serve.

Belongs here: arguments, exit codes, what is printed. Heavy libraries are imported where a command needs them. Exit codes:
0 done · 1 the data has errors (German, one a line) · 2 wrong usage or configuration. No traceback reaches a user.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipelines.ablage import WURZEL, Ablage, Gesperrt
from pipelines.fehler import KonfigurationsFehler, LieferungAbgewiesen, Schwere

if TYPE_CHECKING:
    from pipelines.lieferung import Auftrag

DATENFEHLER, FALSCHER_AUFRUF = 1, 2

app = typer.Typer(
    name="monitoring", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
    help="Integrationsmonitoring: Melderegister, Stadtteiltabellen und Maßnahmen zu einer DuckDB-Datei.",
)  # fmt: skip

Daten = Annotated[
    Path | None, typer.Option("--data", help="Datenordner (sonst $MONITORING_DATA oder ./data).", show_default=False)
]
Kommunen = Annotated[list[str] | None, typer.Option("--kommune", help="Nur diese Kommune; mehrfach möglich.")]


def _ablage(daten: Path | None) -> Ablage:
    ordner = daten or (Path(os.environ["MONITORING_DATA"]) if os.environ.get("MONITORING_DATA") else Path("data"))
    ablage = Ablage(ordner)
    if not ablage.roh.is_dir():
        raise KonfigurationsFehler(
            f"Der Datenordner {ablage.daten} hat keinen Unterordner raw. "
            "Bitte im Projektordner aufrufen oder --data ORDNER angeben."
        )
    os.environ["MONITORING_DATA"] = str(ablage.daten)
    os.environ.setdefault("DAGSTER_HOME", str(WURZEL))
    # Another data folder keeps its own run history: its partitions are not those of the project's folder.
    eigene = WURZEL / ".dagster" if ablage.daten == WURZEL / "data" else ablage.intern / "dagster"
    os.environ.setdefault("MONITORING_LAUFZUSTAND", str(eigene))
    ablage.anlegen()
    Path(os.environ["MONITORING_LAUFZUSTAND"]).mkdir(parents=True, exist_ok=True)
    return ablage


@app.command()
def refresh(
    kommune: Kommunen = None,
    force: Annotated[bool, typer.Option("--force", help="Alles neu rechnen, auch was unverändert ist.")] = False,
    data: Daten = None,
) -> None:
    """Alles Neue einlesen, prüfen und veröffentlichen."""
    ablage = _ablage(data)
    from pipelines.lieferung import neuigkeiten, offene_meldungen
    from pipelines.veroeffentlichung.duckdb_datei import letztes_manifest

    nur = tuple(kommune or ())
    with ablage.sperre():
        neu = neuigkeiten(ablage, nur, force)
        auftrag = offene_meldungen(ablage, neu) if neu.nichts else _ausfuehren(ablage, nur, force)
    for text in [*auftrag.warnungen, *auftrag.meldungen]:
        print(text)
    if auftrag.nichts_getan:
        print("Nichts Neues: alle Lieferungen, Definitionen und Marts sind auf dem Stand.")
    manifest = letztes_manifest(ablage)
    if manifest:
        print(f"Veröffentlichung {manifest['veroeffentlichung']}: {ablage.publikation}")
        print(f"Bericht: {ablage.marts / 'bericht' / 'index.html'}")
    if auftrag.meldungen:
        raise typer.Exit(DATENFEHLER)


def _ausfuehren(ablage: Ablage, nur: tuple[str, ...], force: bool) -> "Auftrag":
    import dagster as dg
    from rich.console import Console

    from pipelines.aktualisieren import aktualisiere
    from pipelines.definitions import baue

    konsole = Console(highlight=False)
    with konsole.status("Vorbereiten …") as anzeige, dg.DagsterInstance.get() as instanz:

        def melde(text: str) -> None:
            anzeige.update(text)
            konsole.print(text, markup=False, soft_wrap=True)

        return aktualisiere(ablage, baue(ablage), instanz, nur, force, melde)


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="Die zu prüfende Datei.", metavar="DATEI")],
    kommune: Annotated[str, typer.Option("--kommune", help="Die Kommune, deren Gebiete und Layouts gelten.")],
    quelle: Annotated[str | None, typer.Option("--quelle", help="melderegister oder die id einer Tabelle.")] = None,
    data: Daten = None,
) -> None:
    """Eine Lieferung prüfen; veröffentlicht nichts und speichert nichts."""
    ablage = _ablage(data)
    from pipelines.einzelpruefung import pruefe_einzeln

    ergebnis = pruefe_einzeln(ablage, file, kommune, quelle)
    for befund in sorted(ergebnis.befunde, key=lambda b: list(Schwere).index(b.schwere)):
        print(befund.text())
    b = ergebnis.bilanz
    print(
        f"{file.name}: {b.gelesen} Zeilen gelesen, {b.uebernommen} brauchbar, {b.ausserhalb} außerhalb, "
        f"{b.abgewiesen} abgewiesen." + (" Synthetische Daten." if ergebnis.synthetisch else "")
    )
    if not ergebnis.angenommen:
        print("Die Lieferung würde abgewiesen; nichts davon würde eingelesen.")
    if ergebnis.fehler:
        raise typer.Exit(DATENFEHLER)
    print("Keine Fehler.")


@app.command()
def explain(
    kommune: Annotated[str, typer.Option("--kommune", help="Die Kommune.")],
    stichtag: Annotated[str, typer.Option("--stichtag", help="JJJJ-MM-TT eines eingelesenen Auszugs.")],
    pid: Annotated[
        str, typer.Option("--pid", help="pid wie im Auszug; ohne diese Angabe wird danach gefragt.", prompt="pid")
    ],
    data: Daten = None,
) -> None:
    """Für eine Person zeigen, wie jede Definition entscheidet und warum; nur im geschützten Bereich, speichert nichts."""
    ablage = _ablage(data)
    from pipelines.bevoelkerung.erklaerung import erklaere, nicht_gefunden

    text = erklaere(ablage, kommune, stichtag, pid)
    print(text or nicht_gefunden(kommune, stichtag))
    if text is None:
        raise typer.Exit(DATENFEHLER)


@app.command()
def demo(
    personen: Annotated[int | None, typer.Option("--personen", min=100, help="So viele Einwohner.")] = None,
    kommune: Kommunen = None,
    data: Daten = None,
) -> None:
    """Synthetische Registerauszüge schreiben (erzeugt, keine echten Personen)."""
    ablage = _ablage(data)
    from pipelines.demo import DemoFehler, schreibe_demo

    namen = kommune or sorted(p.parent.name for p in ablage.roh.glob("*/demo.yaml"))
    if not namen:
        raise KonfigurationsFehler(f"Keine Kommune in {ablage.roh} hat eine demo.yaml.")
    try:
        for name in namen:
            for pfad in schreibe_demo(ablage.daten, name, personen):
                print(f"{pfad} (synthetisch)")
    except DemoFehler as fehler:
        raise KonfigurationsFehler(str(fehler)) from None


@app.command()
def new(
    kommune: Annotated[str, typer.Argument(help="Kurzname: Kleinbuchstaben, Ziffern, Unterstrich.")],
    data: Daten = None,
) -> None:
    """Den Ordner einer neuen Kommune mit kommentierten Beispielen anlegen."""
    ablage = _ablage(data)
    from pipelines.neue_kommune import lege_an

    for pfad in lege_an(ablage, kommune):
        print(pfad)
    print("Bitte die Angaben in kommune.yaml und gebiete.csv anpassen, dann: monitoring refresh")


@app.command()
def report(kommune: Kommunen = None, data: Daten = None) -> None:
    """Die Berichte aus der veröffentlichten Datei neu schreiben."""
    ablage = _ablage(data)
    from pipelines.veroeffentlichung.bericht import schreibe_berichte

    if not ablage.publikation.exists():
        raise KonfigurationsFehler(
            f"Es gibt noch keine Veröffentlichung ({ablage.publikation}). Zuerst: monitoring refresh"
        )
    with ablage.sperre():
        for pfad in schreibe_berichte(ablage, tuple(kommune or ())):
            print(pfad)


@app.command()
def serve(
    port: Annotated[int, typer.Option("--port", help="Port auf 127.0.0.1.")] = 3000,
    data: Daten = None,
) -> None:
    """Die Dagster-Oberfläche mit Zeitplan und Sensor (wie make ui)."""
    _ablage(data)
    from pipelines.oberflaeche import starte

    raise typer.Exit(starte(port))


def _ohne_traceback(arbeit: Callable[[], Any]) -> int:
    """Run a command and turn every fault into German text and an exit code."""
    try:
        arbeit()
    except SystemExit as ende:  # typer ends so: 0, the code of typer.Exit, or 2 for wrong usage
        return ende.code if isinstance(ende.code, int) else FALSCHER_AUFRUF
    except LieferungAbgewiesen as fehler:
        print("\n".join(b.text() for b in fehler.befunde))
        return DATENFEHLER
    except (KonfigurationsFehler, Gesperrt) as fehler:
        print(str(fehler), file=sys.stderr)
        return FALSCHER_AUFRUF
    except KeyboardInterrupt:
        print("Abgebrochen; die letzte Veröffentlichung ist unverändert.", file=sys.stderr)
        return FALSCHER_AUFRUF
    except Exception as fehler:
        # The text of an unknown fault may quote rows of a register: only its type is shown.
        print(
            f"Unerwarteter Fehler ({type(fehler).__name__}). Die letzte Veröffentlichung ist unverändert. "
            "Für Einzelheiten: MONITORING_FEHLERSUCHE=1 setzen (nur auf dem Rechner der Statistikstelle).",
            file=sys.stderr,
        )
        if os.environ.get("MONITORING_FEHLERSUCHE"):
            raise
        return FALSCHER_AUFRUF
    return 0


def haupt(argumente: list[str] | None = None) -> None:
    """Entry point of the console script."""
    sys.exit(_ohne_traceback(lambda: app(args=argumente)))
