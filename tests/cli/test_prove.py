"""What `engage prove` hands out convinces strangers' software, as docs/proof.md says, and nothing that was changed does."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ledger.proofs.test_proof import go_checker
from tests.places import DOCS
from tests.transcripts import Answer, Terminal

PAGE = DOCS / "proof.md"
ORIGIN = "provider.example/engagements/q3r7"


@pytest.fixture
def desk(tmp_path: Path) -> Terminal:
    """Return a desk with a ledger, a key, and news at #5, twice put otherwise, under a checkpoint."""
    terminal = Terminal(tmp_path)
    for words in (
        f"init --zone Europe/London --origin {ORIGIN}",
        "open northwind --account Northwind",
        'bad-news northwind "The interface is late." --aware 2025-01-06',
        "key new",
        "checkpoint",
        "prove 5 --texts --out shown",
    ):
        answer = terminal.run(f"engage {words}")
        assert answer.code == 0, answer
    return terminal


def key_of(desk: Terminal) -> str:
    return str(json.loads(desk.run("engage key list --json").out)["keys"][0]["verifier"])


def by_the_page(desk: Terminal, *files: str) -> Answer:
    """Run the program that docs/proof.md gives to the other side."""
    (program,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    words = [sys.executable, "-c", program, key_of(desk), *files]
    alone = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    ran = subprocess.run(words, cwd=desk.folder / "shown", capture_output=True, text=True, check=False, env=alone)
    return Answer(ran.stdout, ran.stderr, ran.returncode)


def test_the_program_of_the_page_takes_what_was_handed_out(desk: Terminal) -> None:
    answer = by_the_page(desk, "5.tlog-proof", "5.json", "5.texts")

    assert answer.out == f"entry #5 of 6 is in {ORIGIN}\nsummary The interface is late.\n", answer.err


@pytest.mark.parametrize("name", ["5.tlog-proof", "5.json", "5.texts"])
def test_the_program_of_the_page_refuses_what_was_changed(name: str, desk: Terminal) -> None:
    file = desk.folder / "shown" / name
    raw = file.read_bytes()
    for at in range(24, len(raw) - 1, len(raw) // 4):
        file.write_bytes(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :])

        assert by_the_page(desk, "5.tlog-proof", "5.json", "5.texts").code != 0, at


def test_go_takes_what_was_handed_out(desk: Terminal, tmp_path_factory: pytest.TempPathFactory) -> None:
    go: Callable[..., str] = go_checker(tmp_path_factory, key_of(desk))
    shown = desk.folder / "shown"
    note = (desk.folder / "checkpoint-6.txt").read_text(encoding="utf-8")

    answer = go(note, (shown / "5.tlog-proof").read_text(encoding="utf-8"), (shown / "5.json").read_bytes())

    assert answer == " ".join(note.split("\n")[1:3])


def test_the_files_stay_as_they_were_handed_out(desk: Terminal) -> None:
    (desk.folder / "shown" / "5.json").write_text("{}")

    answer = desk.run("engage prove 5 --out shown")

    assert (answer.code, (desk.folder / "shown" / "5.json").read_text()) == (3, "{}")


def test_handing_out_the_same_twice_changes_nothing(desk: Terminal) -> None:
    before = {path: path.stat().st_mtime_ns for path in (desk.folder / "shown").iterdir()}

    assert desk.run("engage prove 5 --texts --out shown").code == 0
    assert {path: path.stat().st_mtime_ns for path in (desk.folder / "shown").iterdir()} == before


def test_what_is_private_is_shown_only_where_that_is_said(desk: Terminal) -> None:
    desk.run('engage bad-news northwind "They may not pay." --aware 2025-01-06 --private')
    desk.run("engage checkpoint")

    refused, shown = desk.run("engage prove 8 --out shown"), desk.run("engage prove 8 --out shown --private")

    assert (refused.code, refused.err.split("\n")[0], shown.code) == (3, "#8 is private.", 0)


def test_whom_it_was_shown_to_is_recorded_with_the_hash_of_the_proof(desk: Terminal) -> None:
    desk.run('engage prove 5 --out shown --to "Client counsel"')

    (row,) = json.loads(desk.run("engage log --type evidence-issued --json").out)["rows"]

    ran = subprocess.run(
        ["sha256sum", desk.folder / "shown" / "5.tlog-proof"], capture_output=True, text=True, check=True
    )
    assert (row["data"]["form"], row["data"]["sha256"], row["data"]["size"]) == ("proof", ran.stdout.split(" ")[0], 6)
    assert row["what"] == "proof to Client counsel, of 6 entries, 0 withheld"


def test_hostile_names_and_files_are_answered_in_a_sentence(desk: Terminal) -> None:
    (desk.folder / "\x1b[2J.txt").write_text("\x1b[31mred\n\n— x y\n")
    (desk.folder / "folder").mkdir()
    (desk.folder / "latin.txt").write_bytes(b"\xff\xfe")
    asked = ["verify --against \x1b[2J.txt", "verify --against folder", "verify --against latin.txt",
             "verify --against checkpoint-6.txt --key \x1b[31m+c74f20a3+AAAA", "checkpoint --out folder",
             "prove 5 --out checkpoint-6.txt", "prove \x1b[31m"]  # fmt: skip

    answers = [desk.run(f"engage {words}") for words in asked]

    assert [answer.code for answer in answers] == [3] * len(asked)
    assert [answer for answer in answers if "\x1b" in answer.out + answer.err or "our fault" in answer.err] == []


def test_who_looks_at_an_entry_sees_what_others_can_hold_its_time_against(desk: Terminal) -> None:
    before = desk.run("engage show 5").out
    desk.run('engage prove 5 --to "Client counsel" --out for-counsel')

    assert "others hold" not in before
    assert "others hold       the root of 6 entries, with it, since " in desk.run("engage show 5").out
    assert "others hold       only the first 6 entries, without this one" in desk.run("engage show 8").out
    assert json.loads(desk.run("engage show 5 --json").out)["held"]["by"]["size"] == 6
