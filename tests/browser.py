"""A real headless Chromium, driven through its debugging pipe: no further package is needed.

`browser` and `page` are fixtures for any test: `from browser import browser, page`. Without
Chromium the tests are skipped and say so; with CJMINE_BROWSER_REQUIRED=1 they fail.
"""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_PATIENCE = 60.0
# Chromium reads from descriptor 3 and writes to 4. Both pipes are copied to numbers that neither
# has first, so that no copy closes the other pipe.
_START = (
    "import os, sys\nread, write = map(int, sys.argv[1:3])\nfree = max(read, write, 4) + 1\n"
    "os.dup2(read, free); os.dup2(write, free + 1); os.dup2(free, 3); os.dup2(free + 1, 4)\n"
    "os.execvp(sys.argv[3], sys.argv[3:])\n"
)
_BOXES = """[...document.querySelectorAll(%s)].map(one => {
  const box = one.getBoundingClientRect();
  return [one.textContent, box.x + scrollX, box.y + scrollY, box.width, box.height];
})"""


@dataclass(frozen=True)
class Box:
    """Where something stands on the page, in pixels from its top left corner."""

    label: str
    x: float
    y: float
    width: float
    height: float

    def overlaps(self, other: Box, slack: float = 1.0) -> bool:
        """Whether two boxes share more than a seam of `slack` pixels."""
        return (
            min(self.x + self.width, other.x + other.width) - max(self.x, other.x) > slack
            and min(self.y + self.height, other.y + other.height) - max(self.y, other.y) > slack
        )


class Browser:
    """One Chromium without a profile, a window or a network."""

    def __init__(self, program: str) -> None:
        self._profile = tempfile.mkdtemp(prefix="cjmine-browser-")
        ours, theirs = os.pipe(), os.pipe()
        typed = [
            *(program, "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run"),
            *("--disable-background-networking", "--disable-dev-shm-usage", "--hide-scrollbars"),
            *(
                "--disable-component-update",
                "--remote-debugging-pipe",
                f"--user-data-dir={self._profile}",
            ),
        ]
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START, str(theirs[0]), str(ours[1]), *typed, "about:blank"],
            pass_fds=(theirs[0], ours[1]),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        os.close(theirs[0])
        os.close(ours[1])
        self._read, self._write = ours[0], theirs[1]
        self._buffer = b""
        self._number = 0
        self.events: list[dict[str, Any]] = []

    def call(self, method: str, session: str | None = None, **params: Any) -> dict[str, Any]:
        """Ask for something and wait for the answer; events that come meanwhile are kept."""
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": params}
        if session is not None:
            message["sessionId"] = session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self._write, data) :]
        while True:
            found = self._next(_PATIENCE)
            if found.get("id") == self._number:
                if "error" in found:
                    raise RuntimeError(f"{method}: {found['error']['message']}")
                result: dict[str, Any] = found["result"]
                return result
            self.events.append(found)

    def wait_for(self, method: str, session: str) -> None:
        """Wait for an event of a page, which may have come already."""
        while not any(
            one["method"] == method and one.get("sessionId") == session for one in self.events
        ):
            self.events.append(self._next(_PATIENCE))

    def listen(self, seconds: float) -> None:
        """Keep the events of a while."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            try:
                self.events.append(self._next(left))
            except TimeoutError:
                return

    def _next(self, patience: float) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            if not select.select([self._read], [], [], patience)[0]:
                raise TimeoutError("the browser says nothing")
            data = os.read(self._read, 1 << 20)
            if not data:
                raise RuntimeError("the browser has ended")
            self._buffer += data
        message, _, self._buffer = self._buffer.partition(b"\0")
        found: dict[str, Any] = json.loads(message)
        return found

    def close(self) -> None:
        """End the browser and forget its profile."""
        try:
            self.call("Browser.close")
        except (RuntimeError, OSError, TimeoutError):
            self._process.kill()
        self._process.wait(_PATIENCE)
        os.close(self._read)
        os.close(self._write)
        shutil.rmtree(self._profile, ignore_errors=True)


class Page:
    """One tab: what it asked for, what it complained about, what it shows."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._target = browser.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = browser.call("Target.attachToTarget", targetId=self._target, flatten=True)[
            "sessionId"
        ]
        for domain in ("Page", "Network", "Runtime", "Log"):
            self.call(f"{domain}.enable")
        self.resize(1280, 900)

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """Ask this page for something."""
        return self._browser.call(method, self.session, **params)

    def open(self, file: Path, scripts: bool = True) -> None:
        """Load a file from disk, on request with all scripts of the page disabled."""
        self.call("Emulation.setScriptExecutionDisabled", value=not scripts)
        self._browser.events.clear()
        self.call("Page.navigate", url=file.resolve().as_uri())
        self._browser.wait_for("Page.loadEventFired", self.session)

    def resize(self, width: int, height: int) -> None:
        """The size of the window in pixels."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=height, deviceScaleFactor=1, mobile=False,
        )  # fmt: skip

    def prefer(self, scheme: str, media: str = "") -> None:
        """Dark or light, on a screen or in print."""
        self.call(
            "Emulation.setEmulatedMedia",
            media=media,
            features=[{"name": "prefers-color-scheme", "value": scheme}],
        )

    def evaluate(self, script: str) -> Any:
        """The value of an expression on the page; promises are waited for."""
        found = self.call(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        if "exceptionDetails" in found:
            raise RuntimeError(str(found["exceptionDetails"]))
        return found["result"].get("value")

    def requests(self) -> list[str]:
        """Everything that was asked for since `open`, the page itself included."""
        self._browser.listen(0.2)
        return [
            event["params"]["request"]["url"] for event in self._events("Network.requestWillBeSent")
        ]

    def complaints(self) -> list[str]:
        """Errors, warnings and refusals (such as of a policy) since `open`."""
        self._browser.listen(0.2)
        told = [str(one["params"]) for one in self._events("Runtime.exceptionThrown")]
        told += [str(one["params"]) for one in self._events("Log.entryAdded")]
        told += [
            str(one["params"])
            for one in self._events("Runtime.consoleAPICalled")
            if one["params"]["type"] in ("error", "warning", "assert")
        ]
        return told

    def dialogs(self) -> int:
        """How many `alert`s and the like were shown."""
        return len(self._events("Page.javascriptDialogOpening"))

    def _events(self, method: str) -> list[dict[str, Any]]:
        return [
            one
            for one in self._browser.events
            if one["method"] == method and one.get("sessionId") == self.session
        ]

    def press(self, key: str, code: int, shift: bool = False) -> None:
        """Press a key: Tab is 9, Enter 13, space 32, arrow right 39."""
        text = {"Enter": "\r", " ": " "}.get(key)
        more = {"text": text} if text else {}
        for kind in ("keyDown" if text else "rawKeyDown", "keyUp"):
            self.call(
                "Input.dispatchKeyEvent",
                type=kind, key=key, code=key, windowsVirtualKeyCode=code,
                modifiers=8 if shift else 0, **(more if kind == "keyDown" else {}),
            )  # fmt: skip

    def boxes(self, selector: str = "text") -> list[Box]:
        """The boxes of all elements that a selector finds, such as all texts of a picture."""
        return [Box(*one) for one in self.evaluate(_BOXES % json.dumps(selector))]

    def screenshot(self, file: Path, full: bool = True) -> None:
        """What the page looks like, as PNG."""
        found = self.call("Page.captureScreenshot", captureBeyondViewport=full)
        file.write_bytes(base64.b64decode(found["data"]))

    def pdf(self, file: Path) -> None:
        """What the page prints."""
        found = self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=False)
        file.write_bytes(base64.b64decode(found["data"]))

    def axe(self) -> list[tuple[str, str, list[str]]]:
        """What axe-core finds: impact, rule and the elements."""
        self.evaluate((files("axe_core_python") / "axe.min.js").read_text("utf-8"))
        found = self.evaluate("axe.run().then(found => found.violations)")
        return [
            (one["impact"], one["id"], [node["html"][:200] for node in one["nodes"]])
            for one in found
        ]

    def close(self) -> None:
        """Close the tab."""
        self._browser.call("Target.closeTarget", targetId=self._target)


def program() -> str | None:
    """Chromium or its like, where it is installed."""
    return next((found for name in _NAMES if (found := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests of a worker."""
    found = program()
    if found is None:
        if os.environ.get("CJMINE_BROWSER_REQUIRED") == "1":
            pytest.fail("CJMINE_BROWSER_REQUIRED=1, but no Chromium is installed")
        pytest.skip("no Chromium is installed")
    started = Browser(found)
    yield started
    started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh tab."""
    opened = Page(browser)
    yield opened
    opened.close()
