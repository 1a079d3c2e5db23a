"""What sessions are signed with: made once, whole, for its owner alone, and never something guessable."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from server.web.security import SecretError, secret_key


@pytest.fixture(autouse=True)
def _no_secret_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JIAOHAO_SECRET_KEY", raising=False)


def test_it_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    data = tmp_path / "data"
    secret = secret_key(data)
    assert len(secret) >= 32
    assert secret_key(data) == secret
    assert [path.name for path in data.iterdir()] == ["secret"]
    assert stat.S_IMODE((data / "secret").stat().st_mode) == 0o600


@pytest.mark.parametrize("content", ["", "\n", "a" * 31, " " * 40])
def test_a_short_file_is_refused_by_its_name(tmp_path: Path, content: str) -> None:
    (tmp_path / "secret").write_text(content, encoding="ascii")
    with pytest.raises(SecretError, match="secret is shorter than 32"):
        secret_key(tmp_path)


@pytest.mark.parametrize("given", ["", "hunter2", "a" * 31])
def test_a_short_one_in_the_environment_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("JIAOHAO_SECRET_KEY", given)
    with pytest.raises(SecretError, match="JIAOHAO_SECRET_KEY"):
        secret_key(tmp_path)


def test_a_long_one_in_the_environment_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIAOHAO_SECRET_KEY", "b" * 32)
    assert secret_key(tmp_path) == "b" * 32
    assert list(tmp_path.iterdir()) == []
