"""Chromium as a reader uses it: open a page, click what is seen, look, take a picture.

Belongs here: driving the browser over its own pipe, without a driver or a network. Does not belong here: what a page must show.
"""

import atexit
import base64
import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FRIST = 600.0
# The middle of the first visible element that a selector finds and whose text contains the words; scrolled into view.
STELLE = """(() => {
  const alle = [...document.querySelectorAll(%s)].filter((e) => e.textContent.includes(%s) && e.getClientRects().length);
  if (!alle.length) return null;
  alle[0].scrollIntoView({block: "center"});
  const r = alle[0].getClientRects()[0];
  return [r.left + r.width / 2, r.top + r.height / 2];
})()"""


class BrowserError(Exception):
    """What the browser refused, or what it did not find."""


class Chromium:
    """The program, which is asked over a pipe; starting it takes longer than most pages."""

    def __init__(self, ordner: Path) -> None:
        hin, self._schreiben = os.pipe()
        self._lesen, zurueck = os.pipe()
        befehl = [str(CHROMIUM), "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run",
                  "--remote-debugging-pipe", f"--user-data-dir={ordner}", "about:blank"]  # fmt: skip

        def place_pipes() -> None:  # the browser reads from 3 and writes to 4
            os.dup2(hin, 203)
            os.dup2(zurueck, 204)
            os.dup2(203, 3)
            os.dup2(204, 4)

        self._prozess = subprocess.Popen(befehl, stderr=subprocess.DEVNULL, preexec_fn=place_pipes, close_fds=False)
        os.close(hin)
        os.close(zurueck)
        self._rest, self._nummer = b"", 0

    def put(self, methode: str, werte: dict[str, Any], sitzung: str) -> int:
        """Ask something; its answer bears the number that comes back."""
        self._nummer += 1
        nachricht = {"id": self._nummer, "method": methode, "params": werte}
        nachricht |= {"sessionId": sitzung} if sitzung else {}
        os.write(self._schreiben, json.dumps(nachricht).encode() + b"\0")
        return self._nummer

    def read(self) -> dict[str, Any]:
        """The next message."""
        while b"\0" not in self._rest:
            stueck = os.read(self._lesen, 1 << 20)
            if not stueck:
                raise BrowserError("the browser ended")
            self._rest += stueck
        text, self._rest = self._rest.split(b"\0", 1)
        nachricht: dict[str, Any] = json.loads(text)
        return nachricht

    def close(self) -> None:
        self._prozess.terminate()
        self._prozess.wait(timeout=600)
        os.close(self._schreiben)
        os.close(self._lesen)


@cache
def run_chromium() -> Chromium:
    """One for all pages of this process, with a folder of its own; it ends with it."""
    ordner = tempfile.TemporaryDirectory(prefix="browser_", ignore_cleanup_errors=True)
    atexit.register(ordner.cleanup)
    chromium = Chromium(Path(ordner.name))
    atexit.register(chromium.close)
    return chromium


class Browser:
    """One page that knows nothing of those before. `clicks` counts what a reader did; `requests` are addresses that are no file,
    `errors` what scripts threw."""

    def __init__(self, chromium: Chromium) -> None:
        self._chromium, self._sitzung = chromium, ""
        self.clicks, self.requests, self.errors = 0, [], []  # type: int, list[str], list[str]
        self._umgebung = self._ask("Target.createBrowserContext")["browserContextId"]
        ziel = self._ask("Target.createTarget", url="about:blank", browserContextId=self._umgebung)["targetId"]
        self._sitzung = self._ask("Target.attachToTarget", targetId=ziel, flatten=True)["sessionId"]
        for bereich in ("Page", "Runtime", "Network"):
            self._ask(f"{bereich}.enable")

    def _ask(self, methode: str, **werte: Any) -> dict[str, Any]:
        nummer = self._chromium.put(methode, werte, self._sitzung)
        while True:
            antwort = self._read()
            if antwort.get("id") == nummer:
                if "error" in antwort:
                    raise BrowserError(f"{methode}: {antwort['error']['message']}")
                ergebnis: dict[str, Any] = antwort["result"]
                return ergebnis

    def _read(self) -> dict[str, Any]:
        """The next message; what is only told on the way is remembered."""
        nachricht = self._chromium.read()
        if nachricht.get("sessionId", "") != self._sitzung:
            return nachricht
        if nachricht.get("method") == "Network.requestWillBeSent":
            adresse = nachricht["params"]["request"]["url"]
            if not adresse.startswith(("file:", "data:", "about:")):
                self.requests.append(adresse)
        if nachricht.get("method") == "Runtime.exceptionThrown":
            self.errors.append(str(nachricht["params"]["exceptionDetails"].get("exception", {}).get("description")))
        return nachricht

    def resize(self, breite: int, hoehe: int) -> None:
        """A screen of this size; narrow ones are telephones."""
        self._ask(
            "Emulation.setDeviceMetricsOverride", width=breite, height=hoehe, deviceScaleFactor=1, mobile=breite < 600
        )

    def open(self, adresse: str) -> None:
        self._ask("Page.navigate", url=adresse)
        self._settle()

    def _settle(self) -> None:
        """Wait until the page is there and drawn."""
        frist = time.monotonic() + FRIST
        while time.monotonic() < frist:
            try:
                if self.run("document.readyState") == "complete":
                    self.run("new Promise((f) => requestAnimationFrame(() => setTimeout(f, 60)))")
                    return
            except BrowserError:  # the page is being replaced
                time.sleep(0.02)
        raise BrowserError("the page does not come to an end")

    def run(self, skript: str) -> Any:
        """Value of an expression in the page."""
        antwort = self._ask("Runtime.evaluate", expression=skript, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in antwort:
            raise BrowserError(str(antwort["exceptionDetails"]))
        return antwort["result"].get("value")

    def click(self, auswahl: str, worte: str = "") -> None:
        """Click the first visible element of a selector with these words, with the mouse, where it is seen."""
        stelle = self.run(STELLE % (json.dumps(auswahl), json.dumps(worte)))
        if stelle is None:
            raise BrowserError(f"nothing to click: {auswahl} »{worte}«")
        for art in ("mousePressed", "mouseReleased"):
            self._ask("Input.dispatchMouseEvent", type=art, x=stelle[0], y=stelle[1], button="left", clickCount=1)
        self.clicks += 1
        self._settle()

    def choose(self, auswahl: str, worte: str) -> None:
        """Choose the option of these words in a list: two clicks, one to open it and one on the option."""
        wert = f"""(() => {{ const s = document.querySelector({json.dumps(auswahl)});
            const o = [...s.options].find((x) => x.textContent.trim() === {json.dumps(worte)});
            if (!o) return false;
            s.value = o.value;
            s.dispatchEvent(new Event("change", {{bubbles: true}}));
            return true; }})()"""
        if not self.run(wert):
            raise BrowserError(f"no such option: {auswahl} »{worte}«")
        self.clicks += 2
        self._settle()

    def is_in_view(self, worte: str) -> bool:
        """Whether the words stand on the part of the page that is seen."""
        return bool(
            self.run(f"""[...document.querySelectorAll("body *")].some((e) => {{
            if (e.children.length && e.localName !== "li" && e.localName !== "tr") return false;
            if (!e.textContent.includes({json.dumps(worte)})) return false;
            const r = e.getBoundingClientRect();
            return r.height > 0 && r.top >= 0 && r.bottom <= innerHeight;
        }})""")
        )

    def take_picture(self, ziel: Path) -> Path:
        daten = self._ask("Page.captureScreenshot", format="png")["data"]
        ziel.write_bytes(base64.b64decode(daten))
        return ziel

    def close(self) -> None:
        self._sitzung = ""
        self._ask("Target.disposeBrowserContext", browserContextId=self._umgebung)


@contextmanager
def browse(breite: int = 1300, hoehe: int = 1000) -> Iterator[Browser]:
    """A page with a screen of this size, closed at the end."""
    browser = Browser(run_chromium())
    try:
        browser.resize(breite, hoehe)
        yield browser
    finally:
        browser.close()
