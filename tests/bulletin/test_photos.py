"""Photos lie beside the log: each once, under the hash of what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from command import jiaohao, refusal, write_config
from photo_files import picture_file

from server.store import tables
from server.store.database import Database
from server.web.accounts import Accounts, Role
from server.web.photos import Photos
from server.web.picture import NoPictureError


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    opened.prepare()
    yield opened
    opened.close()


def test_same_picture_is_one_photo(database: Database) -> None:
    photos = Photos(database, "h")
    first = photos.add(picture_file((480, 600)))
    assert photos.add(picture_file((480, 600))) == first
    other = photos.add(picture_file((400, 500)))
    assert other != first
    found = photos.find(first)
    assert found is not None
    media_type, data = found
    assert (media_type, data[:3]) == ("image/jpeg", b"\xff\xd8\xff")
    assert photos.missing([first, other, "0" * 32]) == {"0" * 32}


def test_photo_is_its_halls_alone(database: Database) -> None:
    photo = Photos(database, "h").add(picture_file((480, 600)))
    other = Photos(database, "other")
    assert other.find(photo) is None
    assert other.add(picture_file((480, 600))) == photo
    assert other.find(photo) is not None


def test_what_is_no_picture_is_refused_by_name(database: Database) -> None:
    with pytest.raises(NoPictureError):
        Photos(database, "h").add(b"GIF89a")


def test_account_replaced_for_a_new_password_keeps_its_photo(database: Database) -> None:
    accounts = Accounts(database, "h")
    who = {"name": "陈晓兰", "number": "0307", "post": "经办岗", "role": Role.CLERK}
    accounts.add("chen", "pw12345", **who)
    assert accounts.set_photo("chen", "0f" * 16)
    assert not accounts.set_photo("nobody", "0f" * 16)
    accounts.add("chen", "another", **who)
    found = accounts.find("chen")
    assert found is not None
    assert found.clerk.photo == "0f" * 16


def test_command_gives_a_photo_or_says_in_one_line_why_not(tmp_path: Path) -> None:
    config = str(write_config(tmp_path))
    letter, photo = tmp_path / "letter.jpg", tmp_path / "photo.jpg"
    letter.write_text("a letter", encoding="utf-8")
    photo.write_bytes(picture_file((480, 600)))
    add = ("staff", "add", "--config", config, "chen", "--name", "陈晓兰", "--password", "pw12345")
    assert jiaohao(*add).returncode == 0
    told = jiaohao("staff", "photo", "--config", config, "chen", str(photo))
    assert re.fullmatch(r"chen: /photos/[0-9a-f]{32}\n", told.stdout), told
    assert refusal("staff", "photo", "--config", config, "chen", str(tmp_path / "none.jpg")).endswith(
        "No such file or directory"
    )
    assert (
        refusal("staff", "photo", "--config", config, "chen", str(letter))
        == f"{letter} is no JPEG, PNG or WebP picture"
    )
    assert refusal("staff", "photo", "--config", config, "liu", str(photo)) == "nobody has the account liu"


def test_photo_that_is_uploaded_again_is_new_again(database: Database) -> None:
    """The form in which it is named may not have been saved yet."""
    photos = Photos(database, "h")
    again, never = photos.add(picture_file((480, 600))), photos.add(picture_file((400, 500)))
    long_ago = tables.photo.update().values(added_at=tables.photo.c.added_at - 25 * 3600 * 1_000_000)
    database.write(lambda connection: connection.execute(long_ago))
    other = Photos(database, "other").add(picture_file((400, 500)))
    photos.add(picture_file((480, 600)))
    photos.forget_all_but([])
    assert photos.missing([again, never]) == {never}
    assert Photos(database, "other").find(other) is not None
