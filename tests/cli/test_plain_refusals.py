"""What can be mended is said in one line with exit code 2, and nobody's password is in it."""

from __future__ import annotations

import socket
import stat
from pathlib import Path

import pytest
from command import jiaohao, refusal, write_config
from hall_server import free_port
from sqlalchemy import text

from server.store.database import Database


def test_a_taken_port_is_named(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        config = write_config(tmp_path, lambda settings: settings["server"].update(port=port))
        line = refusal("serve", "--config", str(config))
        assert line == f"cannot listen on 127.0.0.1 port {port}: Address already in use"
        assert str(port) in refusal("demo", "--port", str(port), "--data", str(tmp_path / "demo"))
    assert not (tmp_path / "demo" / "devices").exists()


@pytest.mark.parametrize("words", [("serve",), ("db", "upgrade"), ("db", "current")])
def test_a_database_that_is_down_is_named_without_its_password(tmp_path: Path, words: tuple[str, ...]) -> None:
    address = f"127.0.0.1:{free_port()}/hall"
    config = write_config(
        tmp_path, lambda settings: settings["server"].update(database=f"postgresql://hall:geheim@{address}")
    )
    line = refusal(*words, "--config", str(config))
    assert address in line
    assert "geheim" not in line


@pytest.mark.parametrize("words", [("serve",), ("db", "upgrade")])
def test_a_schema_of_a_newer_version_is_left_alone(tmp_path: Path, words: tuple[str, ...]) -> None:
    config = write_config(tmp_path)
    assert jiaohao("db", "upgrade", "--config", str(config)).returncode == 0
    database = Database(f"sqlite:///{tmp_path / 'data' / 'hall.db'}")
    database.write(lambda connection: connection.execute(text("UPDATE alembic_version SET version_num = '9999'")))
    database.close()
    assert "run the newer jiaohao" in refusal(*words, "--config", str(config))


def test_a_short_secret_is_named(tmp_path: Path) -> None:
    config = write_config(tmp_path)
    assert "JIAOHAO_SECRET_KEY" in refusal("serve", "--config", str(config), JIAOHAO_SECRET_KEY="hunter2")
    (tmp_path / "data" / "secret").touch()
    assert str(tmp_path / "data" / "secret") in refusal("serve", "--config", str(config))


def test_a_folder_that_cannot_be_is_named(tmp_path: Path) -> None:
    config = write_config(tmp_path)
    (tmp_path / "data").touch()
    assert str(tmp_path / "data") in refusal("db", "current", "--config", str(config))


def test_a_missing_configuration_is_named(tmp_path: Path) -> None:
    assert "absent.yaml" in refusal("serve", "--config", str(tmp_path / "absent.yaml"))


def test_the_halls_data_is_its_owners_alone(tmp_path: Path) -> None:
    assert jiaohao("db", "upgrade", "--config", str(write_config(tmp_path))).returncode == 0
    made = [tmp_path / "data", *(tmp_path / "data").rglob("*")]
    assert len(made) > 1
    assert [path for path in made if stat.S_IMODE(path.stat().st_mode) & 0o077] == []
