"""Whether a file is UTF-8 is what Python's own decoder says of its bytes, wherever they are cut into chunks."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.eingang.grid import text_file

# Letters of one to four bytes, halves of them, surrogates, too long forms, bytes that exist nowhere.
TEILE = (
    b"a",
    b"\n",
    "ä".encode(),
    "€".encode(),
    "🙂".encode(),
    b"\xc3",
    b"\xa4",
    b"\xed\xa0\x80",
    b"\xc0\xaf",
    b"\xff",
    b"\xf0\x9f",
)


@settings(
    max_examples=300, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(teile=st.lists(st.sampled_from(TEILE), min_size=1, max_size=12), groesse=st.integers(1, 9))
def test_the_decision_is_the_decoder_s_at_every_size_of_chunks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, teile: list[bytes], groesse: int
) -> None:
    inhalt = b"".join(teile)
    datei = tmp_path / "x.csv"
    datei.write_bytes(inhalt)
    monkeypatch.setattr(text_file, "STUECK", groesse)
    gefunden = text_file.examine(datei)
    fremd = _find_first_fault(inhalt)
    assert gefunden.erste_fremde_zeile == fremd
    assert gefunden.kodierung in (("utf-8",) if fremd is None else ("windows-1252", "unlesbar"))


def _find_first_fault(inhalt: bytes) -> int | None:
    """The line in which the decoder stops."""
    try:
        inhalt.decode("utf-8", errors="strict")
    except UnicodeDecodeError as fehler:
        return 1 + inhalt[: fehler.start].count(b"\n")
    return None
