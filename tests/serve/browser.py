"""A real browser at a real server, for what only a browser can tell; skipped where there is none.

A test module tells its case; the tab at its desk is a fixture of all (conftest)::

    pytestmark = needs_chromium

    @pytest.fixture(scope="module")
    def case(tmp_path_factory): return a_case(...)

    def test_something(tab): go(tab, "/")
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from sayso.serve.app import make
from sayso.serve.run import listen
from tests.serve.client import TOKEN

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
PATIENCE = 30_000  # milliseconds: how long anything takes is no law, and other work may have the machine
expect.set_options(timeout=PATIENCE)
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")


@contextmanager
def served(case: Path, *, reviewer: str | None = None) -> Iterator[str]:
    """The address of a server of ``case``, which ends with the block."""
    listening = listen("127.0.0.1", 0)
    port = listening.getsockname()[1]
    app = make(case, token=TOKEN, port=port, reviewer=reviewer)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=lambda: server.run(sockets=[listening]))
    thread.start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


@contextmanager
def opened(at: str) -> Iterator[Page]:
    """A tab with a session at the desk; it has let go of nothing that the pages complained of (`complaints`)."""
    with sync_playwright() as playwright:
        browser: Browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"], headless=True
        )
        context: BrowserContext = browser.new_context(
            viewport={"width": 1280, "height": 900}, reduced_motion="reduce", base_url=at
        )
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(f"/?token={TOKEN}")
        page.wait_for_url(f"{at}/")
        yield page
        browser.close()


@contextmanager
def complaints(page: Page) -> Iterator[list[str]]:
    """What the browser complains of within the block: errors, broken policy, requests to anywhere else."""
    found: list[str] = []

    def on_request(url: str) -> None:
        if not url.startswith(("http://127.0.0.1", "data:", "blob:")):
            found.append(url)

    page.on("console", lambda message: found.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("request", lambda request: on_request(request.url))
    yield found


def go(page: Page, path: str) -> None:
    """Opens a page and waits until its scripts have begun."""
    page.goto(path)
    page.locator("body[data-ready]").wait_for()
