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

from pipelines.foundation.findings import (
    KonfigurationsFehler,
    LieferungAbgewiesen,
    Schwere,
    is_disturbance,
    stoerungsgrund,
)
from pipelines.foundation.storage import WURZEL, Ablage, Gesperrt

if TYPE_CHECKING:
    from pipelines.refresh.check_file import Einzelergebnis
    from pipelines.refresh.outcome import Auftrag

DATENFEHLER, FALSCHER_AUFRUF = 1, 2

app = typer.Typer(
    name="monitoring", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
    help="Integrationsmonitoring: Melderegister, Stadtteiltabellen und Maßnahmen zu einer DuckDB-Datei.",
)  # fmt: skip

Daten = Annotated[
    Path | None, typer.Option("--data", help="Datenordner (sonst $MONITORING_DATA oder ./data).", show_default=False)
]
Kommunen = Annotated[list[str] | None, typer.Option("--kommune", help="Nur diese Kommune; mehrfach möglich.")]


def _ablage(daten: Path | None, neu: bool = False) -> Ablage:
    """The data folder; with `neu` an empty or missing one is laid out with the reference lists."""
    ordner = daten or (Path(os.environ["MONITORING_DATA"]) if os.environ.get("MONITORING_DATA") else Path("data"))
    ablage = Ablage(ordner)
    if neu:
        from pipelines.scaffold.kommune import create_data_folder

        for pfad in create_data_folder(ablage):
            print(pfad)
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
    ablage.create_folders()
    # What Dagster keeps of every run is for the office only, whatever stands in it.
    laufzustand = Path(os.environ["MONITORING_LAUFZUSTAND"])
    laufzustand.mkdir(parents=True, exist_ok=True, mode=0o700)
    laufzustand.chmod(0o700)
    return ablage


@app.command()
def refresh(
    kommune: Kommunen = None,
    force: Annotated[bool, typer.Option("--force", help="Alles neu rechnen, auch was unverändert ist.")] = False,
    data: Daten = None,
) -> None:
    """Alles Neue einlesen, prüfen und veröffentlichen."""
    ablage = _ablage(data)
    from pipelines.refresh.closing import schlusszeilen
    from pipelines.refresh.news import neuigkeiten
    from pipelines.refresh.outcome import offene_meldungen

    nur = tuple(kommune or ())
    with ablage.sperre():
        neu = neuigkeiten(ablage, nur, force)
        auftrag = offene_meldungen(ablage, neu) if neu.nichts else _execute(ablage, nur, force)
    for text in auftrag.meldungen:
        print(text)
    if auftrag.nichts_getan:
        print("Nichts Neues: alle Lieferungen, Definitionen und Marts sind auf dem Stand.")
    for text in schlusszeilen(ablage, auftrag):
        print(text)
    if auftrag.meldungen:
        raise typer.Exit(DATENFEHLER)


def _execute(ablage: Ablage, nur: tuple[str, ...], force: bool) -> "Auftrag":
    import dagster as dg
    from rich.console import Console

    from pipelines.definitions import build
    from pipelines.refresh.run import refresh_all

    konsole = Console(highlight=False)
    with konsole.status("Vorbereiten …") as anzeige, dg.DagsterInstance.get() as instanz:

        def tell(text: str) -> None:
            anzeige.update(text)
            konsole.print(text, markup=False, soft_wrap=True)

        return refresh_all(ablage, build(ablage), instanz, nur, force, tell)


@app.command()
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
    ablage = _ablage(data)
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
    if einzeln.hinweis:
        print(einzeln.hinweis)
    for befund in sorted(ergebnis.befunde, key=lambda b: list(Schwere).index(b.schwere)):
        print(befund.text())
    b = ergebnis.bilanz
    print(
        f"{file.name}: {b.gelesen} Zeilen gelesen, {b.uebernommen} brauchbar, {b.ausserhalb} außerhalb, "
        f"{b.abgewiesen} abgewiesen." + (" Synthetische Daten." if ergebnis.synthetisch else "")
    )
    if ergebnis.pruefungen is not None:
        zahlen = "eine Zahl" if ergebnis.zahlen == 1 else f"{ergebnis.zahlen} Zahlen"
        print(f"{zahlen} gelesen, {len(ergebnis.pruefungen)} Prüfungen gelaufen.")
    if zurueck:
        _write_reply(file, einzeln)
    if not ergebnis.angenommen:
        print("Die Lieferung würde abgewiesen; nichts davon würde eingelesen.")
    if ergebnis.fehler:
        raise typer.Exit(DATENFEHLER)
    print("Keine Fehler.")
    if bis_zum_tor:
        _check_up_to_gate(ablage, einzeln)


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


@app.command()
def explain(
    kommune: Annotated[str | None, typer.Option("--kommune", help="Die Kommune.")] = None,
    stichtag: Annotated[
        str | None, typer.Option("--stichtag", help="JJJJ-MM-TT eines eingelesenen Auszugs oder der Zahl.")
    ] = None,
    pid: Annotated[
        str | None, typer.Option("--pid", help="pid wie im Auszug; ohne diese Angabe wird danach gefragt.")
    ] = None,
    wert: Annotated[
        str | None,
        typer.Option(
            "--wert", metavar="SCHLÜSSEL", help="Eine veröffentlichte Zahl: »tabelle: spalte=wert; spalte=wert …«."
        ),
    ] = None,
    tabelle: Annotated[str | None, typer.Option("--tabelle", help="Nur mit --wert: die Tabelle.")] = None,
    kennzahl: Annotated[
        str | None, typer.Option("--kennzahl", help="Nur mit --wert: die Spalte, oder die Kennung des Indikators.")
    ] = None,
    veroeffentlichung: Annotated[
        str | None, typer.Option("--veroeffentlichung", help="Nur mit --wert: eine frühere Veröffentlichung.")
    ] = None,
    data: Daten = None,
) -> None:
    """Zeigen, wie eine veröffentlichte Zahl zustande kam, oder wie jede Definition über eine Person entscheidet und warum."""
    ablage = _ablage(data)
    if wert is None:
        if tabelle or kennzahl or veroeffentlichung:
            raise KonfigurationsFehler("--tabelle, --kennzahl und --veroeffentlichung gelten nur mit --wert.")
        if kommune is None or stichtag is None:
            raise KonfigurationsFehler(
                "Bitte --kommune und --stichtag angeben (eine Person) oder --wert (eine veröffentlichte Zahl)."
            )
        _explain_person(ablage, kommune, stichtag, pid if pid is not None else typer.prompt("pid"))
        return
    if pid is not None:
        raise KonfigurationsFehler("--pid und --wert gehen nicht zusammen.")
    from pipelines.veroeffentlichung.explain.key import read_key
    from pipelines.veroeffentlichung.explain.lookup import explain_wert

    search = read_key(wert, tabelle, kennzahl)
    for spalte, angabe in (("kommune", kommune), ("stichtag", stichtag)):
        if angabe is not None and search.bedingungen.setdefault(spalte, angabe) != angabe:
            raise KonfigurationsFehler(f"--{spalte} und --wert nennen Verschiedenes.")
    auskunft = explain_wert(ablage, search, veroeffentlichung)
    print(auskunft.text)
    if not auskunft.gefunden:
        raise typer.Exit(DATENFEHLER)


def _explain_person(ablage: Ablage, kommune: str, stichtag: str, pid: str) -> None:
    from pipelines.bevoelkerung.explain_person import explain_case, nicht_gefunden

    text = explain_case(ablage, kommune, stichtag, pid)
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
    from pipelines.demo.extract import DemoFehler, write_demo

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


@app.command()
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
    ablage = _ablage(data, neu=not massnahmen)
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
    for pfad in neu:
        print(pfad)
    if neu[0].name.startswith("entwurf_"):
        print("Der Entwurf wird nicht gelesen. Bitte prüfen und in kommune.yaml übernehmen.")
    else:
        print("Bitte die Angaben in kommune.yaml und gebiete.csv anpassen, dann: monitoring refresh")


@app.command()
def report(kommune: Kommunen = None, data: Daten = None) -> None:
    """Die Berichte aus der veröffentlichten Datei neu schreiben."""
    ablage = _ablage(data)
    from pipelines.veroeffentlichung.bericht.write import BerichteFehlen, write_berichte

    if not ablage.publikation.exists():
        raise KonfigurationsFehler(
            f"Es gibt noch keine Veröffentlichung ({ablage.publikation}). Zuerst: monitoring refresh"
        )
    with ablage.sperre():
        try:
            pfade = write_berichte(ablage, tuple(kommune or ()))
        except BerichteFehlen as grund:
            for meldung in grund.meldungen:
                print(meldung.zeile())
            raise typer.Exit(DATENFEHLER) from None
    for pfad in pfade:
        print(pfad)


@app.command()
def serve(
    port: Annotated[int, typer.Option("--port", help="Port auf 127.0.0.1.")] = 3000,
    data: Daten = None,
) -> None:
    """Die Dagster-Oberfläche mit Zeitplan und Sensor (wie make ui)."""
    _ablage(data)
    from pipelines.orchestration.serve import starte

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
        if is_disturbance(fehler):
            print(
                f"Eine Störung kam dazwischen ({stoerungsgrund(fehler)}). Die letzte Veröffentlichung ist unverändert. Bitte "
                "Platz und Rechte auf dem Datenträger prüfen und den Befehl wiederholen.",
                file=sys.stderr,
            )
        else:
            print(
                f"Unerwarteter Fehler ({type(fehler).__name__}). Die letzte Veröffentlichung ist unverändert. "
                "Für Einzelheiten: MONITORING_FEHLERSUCHE=1 setzen (nur auf dem Rechner der Statistikstelle).",
                file=sys.stderr,
            )
        if os.environ.get("MONITORING_FEHLERSUCHE"):
            raise
        return FALSCHER_AUFRUF
    return 0


def main(argumente: list[str] | None = None) -> None:
    """Entry point of the console script."""
    sys.exit(_ohne_traceback(lambda: app(args=argumente)))
