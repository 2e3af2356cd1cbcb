"""A report is made again from the ledger as it stood then: the same bytes after any later entry, and no byte may differ."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_cli.checking.report import check_report
from ledger_cli.reporting.rendering import rendered
from ledger_projections.reports import Asked, report

from ledger.errors import LedgerError, Refused
from tests.cli.reporting.test_visibility import BUSY, FORMS, SAID, engagements
from tests.histories import LATER, Step, Told, steps
from tests.transcripts import FOLDER, Terminal, play

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

COMMANDS = {
    "chronology": "engage chronology northwind --since 2025-06-01",
    "schedule": "engage schedule northwind D1",
    "case": "engage case northwind D1 --as-known-on 2025-08-04",
}
WAYS = {"html": "--html {name}", "json": "--json > {name}", "csv": "--csv > {name}", "text": "> {name}"}
FILES = [f"{name}.{form}" for name in COMMANDS for form in WAYS]


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    """Return a terminal at which each report was made in each form, before more was recorded and corrected."""
    terminal = Terminal(tmp_path_factory.mktemp("story"))
    play(FOLDER / "st1.txt", terminal)
    terminal.at("2025-08-05T09:00")
    for name, command in COMMANDS.items():
        for form, way in WAYS.items():
            answer = terminal.run(f"{command} {way.format(name=f'{name}.{form}')}")
            assert answer.code == 0, answer.err
    terminal.at("2025-08-20T09:00")
    for line in (
        "engage correct 15 --at 2025-06-10T10:05 --because 'clock was wrong' --evidence vendor.eml",
        "engage dispute --position D1 M2 --by provider 'You were told on 11 June.'",
        "engage delivered M2",
    ):
        answer = terminal.run(line)
        assert answer.code == 0, line + answer.err
    return terminal


@pytest.mark.parametrize("name", FILES)
def test_a_report_verifies_after_later_entries(terminal: Terminal, name: str) -> None:
    answer = terminal.run(f"engage verify-report {name}")

    assert (answer.code, answer.out.partition(":")[0]) == (0, "The same, byte for byte")


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_which_one_word_was_changed_does_not_verify(terminal: Terminal, name: str) -> None:
    path = terminal.folder / name
    changed = path.read_text("utf-8").replace("vendor interface late", "vendor interface on time")
    (terminal.folder / f"forged-{name}").write_text(changed, "utf-8")

    answer = terminal.run(f"engage verify-report forged-{name} --json")

    if name.startswith("schedule.html"):
        assert changed != path.read_text("utf-8")
    found = json.loads(answer.out)
    (first, *_) = found["differences"]
    assert (answer.code, found["same"]) == (5, False)
    assert "vendor interface on time" in first["file"]
    assert "vendor interface late" in first["ledger"]
    assert changed.split("\n")[first["line"] - 1] == first["file"]


CHANGES: dict[str, Callable[[str], str]] = {
    "a line is missing": lambda text: text.replace("\n", "", 1) if text.startswith("{") else text.rpartition("\n")[0],
    "a line was added": lambda text: text + "and more\n",
    "line ends of another system": lambda text: text.replace("\n", "\r\n"),
    "a mark of the order of bytes is asked for": lambda text: text[:-1],
}


@pytest.mark.parametrize("name", ["chronology.html", "chronology.json", "chronology.text"])
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_no_byte_may_differ(terminal: Terminal, change: Callable[[str], str], name: str) -> None:
    changed = terminal.folder / f"changed-{name}"
    changed.write_bytes(change((terminal.folder / name).read_text("utf-8")).encode())

    answer = terminal.run(f"engage verify-report changed-{name}")

    assert answer.code == 5, answer.out


ASKED = {
    "report": "chronology", "engagement": "k7h2", "position": 3, "as_of": LATER, "options": {}, "known_on": None,
    "true_on": None, "trust_claimed": False, "named": [], "private": False,
}  # fmt: skip
HOSTILE: dict[str, bytes] = {
    "nothing": b"",
    "no text": b"\xff\xfe\x00",
    "a picture": b"\x89PNG\r\n\x1a\n",
    "JSON that is no report": b'{"a": 1}',
    "deep JSON": b'{"engagement-ledger-report":' + b"[" * 100_000,
    "a question that is no object": b'{"engagement-ledger-report": []}',
    "a page without a question": b"<!doctype html><title>x</title>",
    "a table without a question": b"engagement-ledger-report,\n",
    "an open quotation mark": b'engagement-ledger-report,"{\n',
    "a number of 5,000 digits": b'{"engagement-ledger-report": ' + b"9" * 5_000 + b"}",
    "a text without a question": b"Chronology: x\nengagement-ledger-report \n",
    "a text whose question is a list": b"Chronology: x\nengagement-ledger-report []\n",
    "a text whose question is not the last line": b"engagement-ledger-report {}\nx\n",
    "a text whose question asks nothing": b"engagement-ledger-report {}\n",
    "a text whose question asks what nobody can": b'engagement-ledger-report {"when": 1}\n',
    "a question twice": b'{"engagement-ledger-report": {}, "engagement-ledger-report": {}}',
    **{
        f"{field} is {value!r:.20}": json.dumps({"engagement-ledger-report": {**ASKED, field: value}}).encode()
        for field, value in (
            ("report", "../../etc/passwd"), ("report", "no-such"), ("report", 3), ("engagement", "x/../y"), ("engagement", ""),
            ("position", 0), ("position", -1), ("position", True), ("position", 1.5), ("as_of", "now"), ("as_of", "2025-06-06"),
            ("as_of", "9999-99-99T99:99:99.000000Z"), ("options", []), ("options", {"a b": "c"}), ("options", {"a": 1}),
            ("options", {"a": "x" * 5_000}), ("known_on", "x"), ("named", [3, 2]), ("named", ["a"]), ("named", [0]),
            ("private", "yes"), ("trust_claimed", 1), ("more", 1),
        )
    },
}  # fmt: skip


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_a_file_that_is_no_report_is_refused(terminal: Terminal, content: bytes) -> None:
    (terminal.folder / "hostile").write_bytes(content)

    answer = terminal.run("engage verify-report hostile")

    assert (answer.code, answer.out) == (3, ""), answer.err


@pytest.mark.parametrize("name", ["missing.html", "."])
def test_a_file_that_cannot_be_read_is_refused(terminal: Terminal, name: str) -> None:
    assert terminal.run(f"engage verify-report {name}").code == 3


def test_a_report_of_entries_that_this_ledger_does_not_have_does_not_verify(terminal: Terminal) -> None:
    told = json.loads((terminal.folder / "chronology.json").read_text("utf-8"))
    told["engagement-ledger-report"]["position"] = 900
    (terminal.folder / "beyond.json").write_text(json.dumps(told), "utf-8")

    answer = terminal.run("engage verify-report beyond.json")

    assert answer.code == 5
    assert "made at entry #900, and this ledger ends at #" in answer.err


def test_a_report_of_another_ledger_is_refused(terminal: Terminal, tmp_path: Path) -> None:
    other = Terminal(tmp_path)
    other.at("2025-03-03T09:00")
    for line in (
        "engage init",
        "engage open other --account Other",
        "engage contact Ann --by call 'We spoke of it all.'",
    ):
        other.run(line)
    told = json.loads((terminal.folder / "chronology.json").read_text("utf-8"))
    told["engagement-ledger-report"]["position"] = 3
    (tmp_path / "theirs.json").write_text(json.dumps(told), "utf-8")

    answer = other.run("engage verify-report theirs.json")

    assert answer.code == 3
    assert "No engagement" in answer.err


def test_a_text_that_was_erased_since_is_told_by_its_line(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    play(FOLDER / "st1.txt", terminal)
    terminal.at("2025-08-05T09:00")
    terminal.run("engage chronology northwind --json > then.json")
    assert terminal.run("engage erase 14 why --ground request --yes").code == 0

    answer = terminal.run("engage verify-report then.json")

    assert answer.code == 5
    assert "vendor interface late" in answer.out
    assert "or a text has been erased since" in answer.out.replace("\n", " ")


@given(steps, steps)
@settings(max_examples=8, deadline=None)
def test_every_report_in_every_form_is_the_same_bytes_after_any_later_entries(
    before: list[Step], after: list[Step]
) -> None:
    history = Told()
    for step in (*BUSY, *before):
        history.take(step)
    made = []
    for engagement in engagements(history.journal):
        for name in ("case", "chronology", "schedule", "notices", "signatures"):
            asked = Asked(name, engagement, int(history.journal.head()), LATER, SAID)
            try:
                told = report(history.journal, asked)
            except Refused:
                continue
            made += [rendered(told, form).encode() for form in FORMS if form != "text"]
    for step in after:
        if step[0] != "erased":
            history.take(step)

    assert [check_report(history.journal, content).differ for content in made] == [[]] * len(made)


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "ignore")))
def test_any_bytes_are_refused_or_read(content: bytes) -> None:
    history = Told()

    with pytest.raises(LedgerError):
        check_report(history.journal, content)


def test_a_byte_that_is_no_text_is_named_by_its_line(terminal: Terminal) -> None:
    content = (terminal.folder / "chronology.html").read_bytes()
    (terminal.folder / "byte.html").write_bytes(content.replace(b"vendor interface late", b"vendor interface l\xe1te"))

    answer = terminal.run("engage verify-report byte.html")

    assert answer.code == 5
    assert "vendor interface l\N{REPLACEMENT CHARACTER}te" in answer.out
    assert answer.out.startswith("Does not verify: 1 line of the file is not what this ledger says of the chronology")


def test_of_a_line_that_was_put_in_only_that_line_differs(terminal: Terminal) -> None:
    lines = (terminal.folder / "case.text").read_text("utf-8").split("\n")
    (terminal.folder / "put-in").write_text("\n".join([*lines[:9], "and more", *lines[9:]]), "utf-8")

    found = json.loads(terminal.run("engage verify-report put-in --json").out)

    assert found["differences"] == [{"line": 10, "file": "and more", "ledger": ""}]


def test_what_differs_is_shown_however_long_the_line(terminal: Terminal) -> None:
    path = terminal.folder / "case.html"
    long = max(path.read_text("utf-8").split("\n"), key=len)
    (terminal.folder / "end.html").write_text(
        path.read_text("utf-8").replace(long, long[:-9] + "#" + long[-8:]), "utf-8"
    )

    answer = terminal.run("engage verify-report end.html")

    assert f"{long[-20:-9]}#{long[-8:]}" in answer.out
    assert long[-20:] in answer.out


@pytest.mark.parametrize("change", [lambda text: text.replace("\n", "\r\n"), lambda text: "\ufeff" + text])
def test_what_a_mail_program_did_to_the_ends_of_lines_is_called_that(
    terminal: Terminal, change: Callable[[str], str]
) -> None:
    changed = change((terminal.folder / "chronology.html").read_text("utf-8"))
    (terminal.folder / "sent.html").write_bytes(changed.encode())

    answer = terminal.run("engage verify-report sent.html")

    assert answer.code == 5
    assert answer.out.startswith(
        "Does not verify, byte for byte; only the ends of its lines, or the mark at its beginning, differ"
    )


def test_a_page_that_is_there_already_is_not_written_over_and_the_option_is_named(terminal: Terminal) -> None:
    answer = terminal.run("engage schedule northwind D1 --html case.html")

    assert (answer.code, answer.err) == (
        3,
        '"case.html" is there already, and says something else.\n  Name another place: --html\n',
    )
