"""The manifest of the valid release: what it says of itself.

Belongs here: reading it, cheaply: it is asked in every night. Does not belong here: writing it (release.py).
"""

from typing import Any

from pipelines.foundation.messages import read_state
from pipelines.foundation.storage import Ablage

MANIFEST = ("veroeffentlichung",)  # what every manifest says


def letztes_manifest(ablage: Ablage) -> dict[str, Any] | None:
    """Manifest of the release that is valid now, or None before the first (or where it is damaged beyond repair, see seal.py)."""
    manifest: dict[str, Any] | None = read_state(ablage.marts / "manifest.json", None, MANIFEST)
    return manifest
