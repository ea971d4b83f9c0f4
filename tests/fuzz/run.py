"""Damages one file of a small data folder, reads it as `monitoring check` and `monitoring refresh` would, and judges.

Belongs here: what is damaged, what reading may come to. May: a German reason, findings, a sound delivery. May not: any other
exception, a fault »nobody foresaw«, rows lost without a word, ten seconds, a gigabyte. Run:
`python -m tests.fuzz.run COUNT [FIRST_SEED [NOTES]]`; NOTES: a file that gets one line of JSON for tests/faults/page.py.
"""

import json
import random
import re
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from pipelines.definitionen.decide import entscheidung
from pipelines.demo.margins import DemoFehler, read_default
from pipelines.eingang.lieferung.find import find_deliveries
from pipelines.eingang.lieferung.fingerprint import Checksums
from pipelines.eingang.lieferung.outside import draussen
from pipelines.foundation.findings import Code, KonfigurationsFehler, LieferungAbgewiesen
from pipelines.foundation.storage import Ablage
from pipelines.refresh.check_file import check_file
from pipelines.refresh.check_referenz import _pruefer
from pipelines.stamm.admitted import load_admitted
from pipelines.stamm.katalog.load import load_katalog
from pipelines.stamm.konzept.load import load_konzept
from pipelines.stamm.profile.profil import load_profil
from pipelines.veroeffentlichung.archive import load_rules
from tests.conftest import create_data_folder, create_kleinstadt, einwohnerschaft, write_auszug
from tests.fuzz.damage import JSON, RARE, TEXT, WORKBOOK, YAML, Damage
from tests.lib.outlines import collection, feature, square

SECONDS, MEGABYTES = 10.0, 1024.0
PROGRESS = 500  # seeds after which one line says how far it is
MARK = re.compile(
    r"\b[PA]00[01]\d\d\b"
)  # identifiers of the persons: what is shown outside the office must not hold one
BIRTHDAYS = {p["geburtsdatum"] for p in einwohnerschaft(120)}
THRESHOLD = 5  # of the small town's kommune.yaml


@dataclass(frozen=True)
class Target:
    """A file that is damaged, and how it is read; `judge` returns what was wrong."""

    name: str
    file: Path
    damages: tuple[Damage, ...]
    judge: Callable[[Ablage, Path], list[str]]


@dataclass
class Verdict:
    """What one damaged file came to."""

    seed: int
    target: str
    wrong: list[str] = field(default_factory=list)
    kind: str = ""


def _delivery(kommune: str) -> Callable[[Ablage, Path], list[str]]:
    def judge(ablage: Ablage, file: Path) -> list[str]:
        wrong = []
        result = check_file(ablage, file, kommune, None).ergebnis
        b = result.bilanz
        if b.gelesen != b.uebernommen + b.ausserhalb + b.abgewiesen:
            wrong.append(f"verloren: {b}")
        wrong += [f"unerwartet: {f.text()}" for f in result.befunde if f.code is Code.unerwartet]
        if not result.angenommen and not result.fehler:
            wrong.append("abgewiesen ohne einen Fehler")
        if kommune == "kleinstadt":
            outside = [f.text() for f in draussen(result.befunde, THRESHOLD)]
            wrong += [f"Wert einer Person in einer Meldung nach außen: {t}" for t in outside if _of_a_person(t)]
        return wrong

    return judge


def _of_a_person(text: str) -> bool:
    return bool(MARK.search(text)) or any(day in text for day in BIRTHDAYS)


def _configuration(ablage: Ablage, file: Path) -> list[str]:
    """Whatever is wrong with one municipality's files, the others load; its own fault is a reason in German.

    Of the damaged one no delivery is found outside of its own folder, whatever the configuration says.
    """
    kommunen, faults = load_admitted(ablage)
    wrong = [] if "kleinstadt" in {*kommunen, *faults} else ["die andere Kommune fehlt"]
    own = kommunen.get(file.parent.name)
    if own is None:
        return wrong
    load_konzept(own.ordner)
    for delivery in find_deliveries(ablage, own, Checksums(ablage), []):
        if not delivery.pfad.resolve().is_relative_to(own.ordner.resolve()):
            wrong.append(f"eine Lieferung außerhalb des Ordners: {delivery.pfad}")
    return wrong


def _definition(ablage: Ablage, file: Path) -> list[str]:
    """A definition that loads is a statement that counts, and nothing else than that."""
    profil = load_profil(file)
    with duckdb.connect() as con:
        trees = con.execute("select json_serialize_sql($s)", {"s": entscheidung([profil])}).fetchall()
    wrong = _configuration(ablage, file)
    tree = json.loads(trees[0][0])
    return (
        wrong if not tree["error"] and len(tree["statements"]) == 1 else [*wrong, f"keine Abfrage: {str(tree)[:300]}"]
    )


def _list(ablage: Ablage, file: Path) -> list[str]:
    """A shared list, judged by who judges it in a refresh."""
    name = str(file.relative_to(ablage.referenz))
    _pruefer(ablage)[name](file)
    return []


def _rules(ablage: Ablage, _: Path) -> list[str]:
    load_rules(ablage)
    return []


def _margins(ablage: Ablage, file: Path) -> list[str]:
    read_default(ablage.daten, file.parent.name)
    return []


def _catalogue(ablage: Ablage, _: Path) -> list[str]:
    load_katalog(ablage)
    return []


def targets(data: Path) -> list[Target]:
    """What can be damaged in a data folder made by `folder`."""
    raw = data / "raw"
    deliveries = [
        *sorted(raw.glob("*/tabellen/*.*")), *sorted(raw.glob("*/indikatoren/*.*")), *sorted(raw.glob("*/massnahmen/*.xlsx")),
        *sorted(raw.glob("kleinstadt/melderegister/*.csv")) * 6,
    ]  # fmt: skip
    found = [
        Target(
            f"{f.parents[1].name}/{f.name}", f, WORKBOOK if f.suffix == ".xlsx" else TEXT, _delivery(f.parents[1].name)
        )
        for f in deliveries
    ]
    configurations = [
        f for n in ("kommune.yaml", "konzept.yaml") for f in sorted(raw.glob(f"*/{n}")) if f.parent.name != "kleinstadt"
    ]
    found += [Target(f"{f.parent.name}/{f.name}", f, YAML, _configuration) for f in configurations * 2]
    found += [
        Target(f"{f.parent.name}/{f.name}", f, TEXT, _configuration) for f in sorted(raw.glob("[!k]*/gebiete.csv"))
    ]
    found += [
        Target(f"{f.parent.name}/{f.name}", f, JSON, _configuration) for f in sorted(raw.glob("*/gebiete.geojson"))
    ]
    lists = raw / "referenz"
    found += [Target(f.name, f, YAML, _definition) for f in sorted((lists / "profile").glob("*.yaml"))]
    found.append(Target("indikatoren.yaml", lists / "indikatoren.yaml", YAML, _catalogue))
    found += [
        Target(f.name, f, YAML, _list) for f in (*sorted((lists / "quellen").glob("*.yaml")), lists / "brueche.yaml")
    ]
    found += [Target(f.name, f, TEXT, _list) for f in (lists / "staaten.csv", lists / "geburtsorte.csv")]
    found.append(Target("veroeffentlichung.yaml", lists / "veroeffentlichung.yaml", YAML, _rules))
    found += [Target(f"{f.parent.name}/{f.name}", f, YAML, _margins) for f in sorted(raw.glob("*/demo.yaml"))]
    return found


def folder(place: Path) -> Path:
    """The shipped municipalities without their extracts, one of them with outlines, and a small town with an extract."""
    data = create_data_folder(place / "data", ("luenen", "steinfurt", "mettmann", "neuss", "neumuenster"))
    lines = (data / "raw" / "neuss" / "gebiete.csv").read_text(encoding="utf-8").splitlines()[1:]
    squares = collection(*(feature(line.split(";")[0], square(n, 0)) for n, line in enumerate(lines)))
    (data / "raw" / "neuss" / "gebiete.geojson").write_text(json.dumps(squares, indent=1), encoding="utf-8")
    register = create_kleinstadt(data) / "melderegister"
    write_auszug(register / "2021-06-30.csv", einwohnerschaft(120))
    return data


def _memory(what: str) -> float:
    """Memory of this process in MB: now (VmRSS) or at most (VmHWM)."""
    found = re.search(rf"{what}:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    assert found is not None
    return int(found[1]) / 1024


def _forget_peak() -> float:
    """Let the most be what it is now, which is returned: else one large file would hide all that follow."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return _memory("VmRSS")


def attempt(data: Path, all_targets: list[Target], seed: int) -> Verdict:
    """Damage one file by the seed, read it, put the sound one back."""
    rng = random.Random(seed)
    target = rng.choice(all_targets)
    sound = target.file.read_bytes()
    damages = RARE if target.damages is WORKBOOK and rng.random() < 0.01 else target.damages
    broken = sound
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        damage = rng.choice(damages)
        try:
            broken = damage(broken, rng)
        except Exception:  # an earlier damage left no workbook that could be damaged further
            if broken is sound:
                raise
            break
    target.file.write_bytes(broken)
    verdict = Verdict(seed, target.name)
    start, ablage = time.process_time(), Ablage(data)
    before = _forget_peak()
    try:
        verdict.wrong += target.judge(ablage, target.file)
        verdict.kind = "gelesen"
    except (KonfigurationsFehler, LieferungAbgewiesen, DemoFehler) as reason:
        verdict.kind = type(reason).__name__
        if not str(reason).strip() and isinstance(reason, KonfigurationsFehler):
            verdict.wrong.append("ein Fehler ohne Text")
    except Exception:
        verdict.wrong.append(traceback.format_exc(limit=-6))
    finally:
        target.file.write_bytes(sound)
    if (passed := time.process_time() - start) > SECONDS:
        verdict.wrong.append(f"{passed:.1f} Sekunden Rechenzeit")
    if (grown := _memory("VmHWM") - before) > MEGABYTES:
        verdict.wrong.append(f"{grown:.0f} MB Speicher")
    return verdict


def run(seeds: range, tell: Callable[[str], None] = lambda _: None) -> list[Verdict]:
    """One verdict a seed."""
    with tempfile.TemporaryDirectory(prefix="fuzz_") as name:
        data = folder(Path(name))
        all_targets = targets(data)
        verdicts = []
        for seed in seeds:
            verdicts.append(attempt(data, all_targets, seed))
            if len(verdicts) % PROGRESS == 0:
                print(f"{time.strftime('%H:%M:%S')} {len(verdicts)} von {len(seeds)}", file=sys.stderr, flush=True)
            if verdicts[-1].wrong:
                tell(f"Saat {seed}, {verdicts[-1].target}:\n" + "\n".join(verdicts[-1].wrong))
        shutil.rmtree(data)
    return verdicts


if __name__ == "__main__":
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    done = run(range(first, first + int(sys.argv[1])), lambda text: print(text, flush=True))
    print(Counter(v.kind or "falsch" for v in done), f"{sum(bool(v.wrong) for v in done)} falsch von {len(done)}")
    if len(sys.argv) > 3:
        outcome = {"fuzz": {"count": len(done), "first": first, "wrong": sum(bool(v.wrong) for v in done)}}
        with Path(sys.argv[3]).open("a", encoding="utf-8") as notes:
            notes.write(json.dumps(outcome) + "\n")
    sys.exit(any(v.wrong for v in done))
