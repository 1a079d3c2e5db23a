"""An engine under a told clock, and a whole server under one."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any, TextIO

import pytest
import requests
import yaml
from loaded import LoadedProcess
from told_morning import Morning, ToldClock

from server.config import Settings, load_settings
from server.engine import HallEngine
from server.report.day_report import day_report
from server.report.messages import ReportTodayOut
from server.store.database import Database
from server.store.lease import lease_for

ROOT = Path(__file__).parents[2]


def settings_in(folder: Path, database: str | None = None) -> Path:
    """The sample configuration, kept in `folder`, without devices that would be looked for on the network."""
    content = yaml.safe_load((ROOT / "config.yaml").read_text(encoding="utf-8"))
    content |= {"kiosks": [], "pads": [], "keypads": [], "strips": []}
    content["server"] = {"port": 0, "database": database or f"sqlite:///{folder / 'hall.db'}", "data": str(folder)}
    file = folder / "config.yaml"
    file.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return file


@dataclass
class ToldHall:
    """A hall whose day can be told, and then asked for its report."""

    engine: HallEngine
    settings: Settings
    clock: ToldClock
    database: Database

    @property
    def morning(self) -> Morning:
        return Morning(self.engine.do, self.engine.read, self.clock)

    def report(self, day: date) -> ReportTodayOut:
        def ask(connection: Any) -> ReportTodayOut:
            return day_report(
                connection,
                plan=self.engine.plan,
                settings=self.settings,
                day=day,
                at=self.clock(),
                devices=[],
            )

        return self.engine.query(ask)


@pytest.fixture
def told_hall(tmp_path: Path, database_url: str) -> Iterator[ToldHall]:
    """Once on SQLite, once on PostgreSQL."""
    settings = load_settings(settings_in(tmp_path, database_url))
    database = Database(settings.server.database)
    database.prepare()
    clock = ToldClock()
    nonces = count()
    engine = HallEngine(
        settings.plan(),
        database,
        lease_for(database, settings.hall.id),
        clock=clock,
        nonce=lambda: f"nonce{next(nonces)}",
    )
    engine.start()
    assert engine.wait_until_serving(20)
    yield ToldHall(engine, settings, clock, database)
    engine.stop()
    database.close()


@dataclass(frozen=True)
class ToldServer:
    """A server at 10:24 of the busy morning; the accounts `leader` and `clerk` have the password `pw12345`."""

    base: str
    process: LoadedProcess
    told: TextIO

    def stop(self) -> None:
        """In peace; once is enough."""
        self.told.close()
        assert self.process.wait(timeout=20) == 0

    def session(self, username: str | None = None) -> requests.Session:
        session = requests.Session()
        if username is not None:
            answer = session.post(f"{self.base}/api/v1/login", json={"username": username, "password": "pw12345"})
            assert answer.status_code == 200
        return session


@contextmanager
def _told_server(folder: Path) -> Iterator[ToldServer]:
    config = settings_in(folder)
    script = Path(__file__).with_name("told_server.py")
    stdin, told = os.pipe()
    said, stdout = os.pipe()
    process = LoadedProcess(str(script), str(config), stdin=stdin, stdout=stdout)
    os.close(stdin)
    os.close(stdout)
    with os.fdopen(said, encoding="utf-8") as lines, os.fdopen(told, "w", encoding="utf-8") as words:
        ready = lines.readline()
        assert ready, "the server ended before it was ready"
        server = ToldServer(json.loads(ready)["base"], process, words)
        yield server
        server.stop()


@pytest.fixture
def told_server(tmp_path: Path) -> Iterator[ToldServer]:
    with _told_server(tmp_path) as server:
        yield server


@pytest.fixture(scope="module")
def read_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToldServer]:
    """The same for a whole module, for tests that change nothing of it."""
    with _told_server(tmp_path_factory.mktemp("told")) as server:
        yield server
