"""`jiaohao simulate --forecast`: anybody can see how far off told waits are, without a hall."""

from __future__ import annotations

import json

import pytest
from command import jiaohao

SHORT = ("simulate", "--forecast", "--hall", "lunch", "--learn", "1", "--days", "1", "--seed", "3")


def test_a_table_says_how_far_off_the_waits_of_a_hall_are_beside_an_oracle_and_two_rules() -> None:
    said = jiaohao(*SHORT)
    assert said.returncode == 0, said.stderr
    head, row, empty, over_all, *_ = said.stdout.splitlines()
    columns = ["tickets", "mean wait", "oracle", "ours", "ratio", "within p90", "bias", "ahead x average", "les"]
    assert [head.index(column) for column in columns] == sorted(head.index(column) for column in columns)
    assert row.startswith("lunch ")
    assert empty == ""
    scripted = jiaohao(*SHORT, "--json")
    assert scripted.returncode == 0, scripted.stderr
    found = json.loads(scripted.stdout)
    (figures,) = found["halls"]
    assert figures["hall"] == "lunch"
    assert figures["tickets"] > 20
    assert 0 < figures["ours"] < min(figures["ahead"], figures["les"])
    assert figures["ratio"] == pytest.approx(figures["ours"] / figures["oracle"], abs=0.01) == found["mean_ratio"]
    shown = row.replace(" %", "").split()[1:]
    assert [float(word) for word in shown[:5]] == pytest.approx(
        [figures[name] for name in ("tickets", "mean_wait", "oracle", "ours", "ratio")], abs=0.051
    )
    assert float(shown[5]) == pytest.approx(figures["within_p90"] * 100, abs=0.51)
    assert over_all == f"ratio over all: geometric mean {shown[4]}, worst {shown[4]}"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--forecast", "--base", "http://127.0.0.1:8000"), "--base does not go with --forecast"),
        (("--hall", "lunch"), "--hall is for --forecast"),
    ],
)
def test_an_option_that_would_have_no_effect_is_refused(words: tuple[str, ...], why: str) -> None:
    done = jiaohao("simulate", *words)
    assert done.returncode == 2
    assert why in done.stderr
    assert done.stdout == ""
