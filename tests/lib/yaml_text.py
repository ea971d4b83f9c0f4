"""Literal cases as YAML, read by the fast loader: all files of cases are read whenever tests are collected.

Belongs here: reading. Does not belong here: what the cases say (beside the tests that run them).
"""

from typing import Any

import yaml

from pipelines.foundation.yaml_file import LADER


def load_yaml(text: str) -> Any:
    return yaml.load(text, Loader=LADER)
