"""Figures are called what a reader who knows no formula would call them; what is private of all of them is said once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.transcripts import Terminal


@pytest.fixture
def desk(tmp_path: Path) -> Terminal:
    desk = Terminal(tmp_path)
    desk.at("2025-03-03T09:00")
    lines = [
        "engage init --zone Europe/London",
        "engage open northwind --account Northwind",
        "engage person northwind Sponsor --side client --level executive",
    ]
    for kind in ("good", "bad"):
        lines += [f'engage {kind}-news northwind "it is so" --told sponsor --aware 2025-02-28'] * 3
    lines += ['engage request northwind sponsor "Which hall?" --private', "engage answer R1 --private"]
    for line in lines:
        assert desk.run(line).code == 0, line
    return desk


def test_news_parity_is_said_in_words(desk: Terminal) -> None:
    names = [
        line.split("  ")[1].strip()
        for line in desk.run("engage metrics northwind M07").out.splitlines()
        if line[:2] == "  "
    ]

    assert names[:5] == [
        "good news told after",
        "bad news told after",
        "good news counted",
        "bad news counted",
        "bad news takes longer by",
    ]
    assert "slower than our policy allows" in names


def test_what_is_private_of_a_whole_metric_is_said_once(desk: Terminal) -> None:
    out = desk.run("engage metrics northwind M06").out

    assert "M06 Response time · private" in out
    assert out.count("private") == 1
