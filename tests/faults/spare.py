"""What a try need not do again: choosing hidden cells of a family that was met before, drawing pictures of the interface.

Belongs here: computing that touches no file of the data folder, so that no fault could meet it. Does not belong here: anything
that reads or writes there. A parent spares it for all its children.
"""

import hashlib
import os
import pickle
from pathlib import Path
from typing import Any

from pipelines.geheimhaltung import entscheidung
from pipelines.orchestration import publication_assets


def spare(folder: Path) -> None:
    """Let every child of this process find in `folder` what another one computed."""
    folder.mkdir(parents=True, exist_ok=True)
    publication_assets.draw_plots = lambda *_: {}
    choose = entscheidung.choose_by_size

    def known(t: Any, kinder: Any, schwelle: int, vorher: frozenset[int] = frozenset()) -> Any:
        asked = pickle.dumps((_state(t), kinder, schwelle, sorted(vorher)))
        file = folder / f"{hashlib.sha256(asked).hexdigest()}.pickle"
        if not file.exists():
            answer = choose(t, kinder, schwelle, vorher)
            aside = file.with_name(f"{file.name}.{os.getpid()}")
            aside.write_bytes(pickle.dumps((_state(t), answer)))
            os.replace(aside, file)
            return answer
        state, answer = pickle.loads(file.read_bytes())
        vars(t).update(state)
        return answer

    entscheidung.choose_by_size = known


def _state(t: Any) -> dict[str, Any]:
    """What a family is; not until when the choice must be done."""
    return {name: value for name, value in vars(t).items() if name != "frist"}
