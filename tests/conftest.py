"""What all tests share: a hall's server and Chromium. Their workings are in tests/support."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from chromium import Browsers, OpenPage, pages
from hall_server import HallServer, StartHall
from playwright.sync_api import sync_playwright
from postgres import PostgresServer

# What commands say is compared in English; tests/cli/test_language.py asks for Chinese.
os.environ["JIAOHAO_LANG"] = "en"

hypothesis.settings.register_profile("steady", deadline=None, derandomize=True, database=None)
hypothesis.settings.register_profile("explore", deadline=None, print_blob=True)
hypothesis.settings.load_profile("steady")  # `make explore` asks pytest for the other one


@pytest.fixture
def start_hall(tmp_path: Path) -> Iterator[StartHall]:
    """Starts halls with the account signed in; keywords replace sections of config.yaml."""
    servers: list[HallServer] = []

    def start(**changes: Any) -> HallServer:
        folder = tmp_path / f"hall{len(servers)}"
        folder.mkdir()
        server = HallServer(folder, **changes)
        servers.append(server)
        server.start()
        server.login()
        return server

    yield start
    for server in servers:
        server.kill()


@pytest.fixture(scope="session")
def browsers() -> Iterator[Browsers]:
    """One Playwright for the whole run: a second one in the same thread refuses to start."""
    with sync_playwright() as driver:
        opened = Browsers(driver)
        yield opened
        opened.close()


@pytest.fixture
def open_page(browsers: Browsers) -> Iterator[OpenPage]:
    """`open_page(url, (width, height))`: a page of its own, held to the rules of tests/support/chromium."""
    with pages(browsers) as opener:
        yield opener


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """One PostgreSQL for the whole run; whoever needs a database takes a new one."""
    server = PostgresServer()
    yield server
    server.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database: every test that asks for it runs on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'hall.db'}"
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.new_database()
