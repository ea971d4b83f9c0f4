"""Counts the uses of a socket by an audit hook of the interpreter, from the start of this process to its end.

`python -m tests.faults.sockets NOTES refresh --data FOLDER` runs that command; `… NOTES connect` connects once, to be counted.
"""

import contextlib
import socket
import sys
from pathlib import Path

EVENTS = ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto")


def count(notes: Path) -> None:
    """Write down every use of a socket from now on."""

    def hook(event: str, _: object) -> None:
        if event in EVENTS:
            with notes.open("a", encoding="utf-8") as f:
                f.write(f"{event}\n")

    sys.addaudithook(hook)


if __name__ == "__main__":
    count(Path(sys.argv[1]))
    if sys.argv[2] == "connect":
        with contextlib.suppress(OSError), socket.socket() as s:
            s.connect(("127.0.0.1", 9))
    else:
        from pipelines.cli import main

        main(sys.argv[2:])
