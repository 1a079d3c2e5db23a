"""Numbers by which staff sign in at keypads: one person's, kept as hashes, given on the command line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from command import refusal, write_config
from hall_server import HallServer
from sqlalchemy import select

from server.store import tables
from server.store.database import Database
from server.web.accounts import Accounts, Role
from server.web.keypad_codes import CodesAway, CodeUnusable, KeypadCodes

HALL = "qinghe"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    made = Database(database_url)
    made.prepare()
    accounts = Accounts(made, HALL)
    for username, name in (("chen", "陈晓兰"), ("liu", "刘伟")):
        accounts.add(username, "pw12345", name=name, number="0307", post="", role=Role.CLERK)
    yield made
    made.close()


@pytest.fixture
def codes(database: Database) -> KeypadCodes:
    return KeypadCodes(database, HALL, "a salt")


def owner(codes: KeypadCodes, code: str) -> str | None:
    found = codes.owner(code)
    return found.username if found else None


def test_a_code_finds_its_owner_and_nobody_elses_does(codes: KeypadCodes) -> None:
    codes.give("chen", "04711")
    assert [owner(codes, code) for code in ("04711", "4711", "047110", "")] == ["chen", None, None, None]
    codes.give("chen", "8642")
    assert [owner(codes, code) for code in ("04711", "8642")] == [None, "chen"]


def test_no_two_people_have_one_code(codes: KeypadCodes) -> None:
    codes.give("chen", "4711")
    codes.give("chen", "4711")
    with pytest.raises(CodeUnusable, match="somebody else"):
        codes.give("liu", "4711")
    assert owner(codes, "4711") == "chen"


@pytest.mark.parametrize("code", ["123", "123456789", "12a4", "", "١٢٣٤", "1234\n"])
def test_a_code_is_four_to_eight_digits(codes: KeypadCodes, code: str) -> None:
    with pytest.raises(CodeUnusable, match="4 to 8 digits"):
        codes.give("chen", code)


def test_only_accounts_have_codes(codes: KeypadCodes) -> None:
    with pytest.raises(CodeUnusable, match="wang"):
        codes.give("wang", "4711")


def test_the_database_does_not_tell_the_code_and_another_servers_salt_does_not_find_it(
    database: Database, codes: KeypadCodes
) -> None:
    codes.give("chen", "4711")
    (kept,) = database.read(
        lambda c: c.execute(select(tables.staff.c.keypad_code).where(tables.staff.c.username == "chen")).one()
    )
    assert "4711" not in kept
    assert owner(KeypadCodes(database, HALL, "another salt"), "4711") is None
    assert owner(KeypadCodes(database, "another hall", "a salt"), "4711") is None


def test_a_new_password_leaves_the_code(database: Database, codes: KeypadCodes) -> None:
    codes.give("chen", "4711")
    Accounts(database, HALL).add("chen", "new-pw", name="陈晓兰", number="0307", post="", role=Role.LEADER)
    assert owner(codes, "4711") == "chen"


def test_who_is_signed_in_where_outlives_the_server(database: Database, codes: KeypadCodes) -> None:
    codes.sign_in(3, "chen")
    codes.sign_in(4, "liu")
    codes.sign_in(3, "liu")
    assert KeypadCodes(database, HALL, "a salt").signed_in() == {3: "liu", 4: "liu"}
    codes.sign_in(4, None)
    assert codes.signed_in() == {3: "liu"}


def test_a_database_that_is_gone_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(CodesAway):
        KeypadCodes(Database(f"sqlite:///{tmp_path / 'empty.db'}"), HALL, "a salt").owner("4711")


def test_codes_are_given_on_the_command_line(tmp_path: Path) -> None:
    hall = HallServer(tmp_path)
    assert "chen" in hall.run("staff", "keypad", "chen", "24680")
    secret = (tmp_path / "secret").read_text(encoding="utf-8").strip()
    found = KeypadCodes(Database(hall.database_url), hall.hall_id, secret).owner("24680")
    assert found is not None
    assert found.name == "陈晓兰"


def test_a_code_that_cannot_be_is_refused_in_a_sentence(tmp_path: Path) -> None:
    config = write_config(
        tmp_path,
        lambda settings: settings["server"].update(database=f"sqlite:///{tmp_path / 'hall.db'}", data=str(tmp_path)),
    )
    assert refusal("staff", "keypad", "--config", str(config), "chen", "12") == "a keypad code has 4 to 8 digits"
    assert refusal("staff", "keypad", "--config", str(config), "chen", "24680") == "nobody has the account chen"
