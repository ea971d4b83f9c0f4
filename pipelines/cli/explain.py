"""`monitoring explain`: one published figure, or how every definition decides about one person.

Belongs here: its options and which of the two is asked. Does not belong here: the answers (pipelines/veroeffentlichung/explain,
pipelines/bevoelkerung/explain_person.py).
"""

from typing import Annotated

import typer

from pipelines.cli.call import DATENFEHLER, Daten, open_ablage
from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.foundation.storage import Ablage


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
    ablage = open_ablage(data)
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
