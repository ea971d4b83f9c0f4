"""Every key that a layout may have is explained to those who write one.

Belongs here: keys of a layout against docs/layouts.md. Does not belong here: what a key does (tests/spec/lieferungen).
"""

import re
from typing import get_args

from pydantic import BaseModel

from pipelines.foundation.storage import WURZEL
from pipelines.stamm.quellen.layout import Layout


def keys(model: type[BaseModel], known: dict[str, str]) -> dict[str, str]:
    """Key → the model it belongs to, of a model and all models below it."""
    if model.__name__ not in known.values():
        for name, field in model.model_fields.items():
            known.setdefault(field.alias or name, model.__name__)
        for field in model.model_fields.values():
            for part in parts(field.annotation):
                keys(part, known)
    return known


def parts(annotation: object) -> list[type[BaseModel]]:
    """Models inside a type, such as those of a tuple."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for inner in get_args(annotation) for model in parts(inner)]


def test_every_key_of_a_layout_is_explained() -> None:
    page = (WURZEL / "docs" / "layouts.md").read_text(encoding="utf-8")
    all_keys = keys(Layout, {})
    assert {"datei", "trennzeichen", "auswahlsatz", "unvollstaendig", "toleranz"} <= {*all_keys}, (
        "models below are walked"
    )
    # In code, as a word of its own: `titel` in a sentence explains nothing.
    code = " ".join(re.findall(r"`[^`]+`|```.*?```", page, re.DOTALL))
    assert {key: model for key, model in all_keys.items() if not re.search(rf"\b{key}\b", code)} == {}
