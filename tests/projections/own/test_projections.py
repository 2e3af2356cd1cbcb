"""Tables of one's own: whatever is wrong with one is a sentence about that one, and nothing of others' runs unasked."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import ledger_projections
import pytest

from tests.own_files import ALL, BROKEN, CALLED, CASES, SOUND
from tests.places import DOCS
from tests.transcripts import Terminal


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    """The demo, told once; the tables of one's own are in `own`."""
    terminal = Terminal(tmp_path_factory.mktemp("own"), settings={"ENGAGE_SETTINGS": "own"})
    terminal.at("2025-09-01T09:00")
    assert terminal.run("engage demo --keep ledger > told").code == 0
    return terminal


@pytest.fixture
def own(story: Terminal) -> Path:
    """The folder of one's own tables, with nothing in it."""
    folder = story.folder / "own" / "projections"
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.iterdir():
        path.unlink()
    return folder


@pytest.mark.parametrize(("code", "why"), CASES.values(), ids=CASES)
def test_what_is_not_sound_is_said_with_its_file_and_the_others_are_made(
    code: str, why: str, story: Terminal, own: Path
) -> None:
    (own / "broken.py").write_text(f"{BROKEN}{code}\n")
    (own / "sound.py").write_text(SOUND)

    checked = story.run("engage projections check")
    made = story.run("engage table sound --json")

    assert checked.code == 6
    assert "Not sound: ~/own/projections/broken.py\n" in checked.err
    assert why in checked.err
    assert "sound: 1 row  (~/own/projections/sound.py)" in checked.out
    assert [row["said"] for row in json.loads(made.out)["rows"]] == ["engagement-opened"]


def test_whoever_asks_for_a_table_that_is_not_sound_is_told_why(story: Terminal, own: Path) -> None:
    (own / "unread.py").write_text("TABLE = 1 +")
    (own / "failing.py").write_text(f"{BROKEN}TABLE = table(rows=lambda view: 1 / 0)")

    unread, failing, other = (story.run(f"engage table {name}") for name in ("unread", "broken", "brokn"))

    assert [answer.code for answer in (unread, failing, other)] == [3, 3, 3]
    assert unread.err.startswith("Your tables cannot be read: SyntaxError")
    assert failing.err.startswith(
        'Your table "broken" cannot be made: ZeroDivisionError: division by zero, line 17 (~/'
    )
    assert other.err.split("\n  ") == [
        'No table "brokn". Did you mean broken?',
        "Not all of your own can be read: engage projections check\n",
    ]
    assert story.run("engage table").err == "Not all of your own can be read: engage projections check\n"


def test_what_code_of_ones_own_prints_is_talk_and_no_data(story: Terminal, own: Path) -> None:
    (own / "sound.py").write_text(SOUND.replace("def rows(view):", "print('read')\ndef rows(view):\n    print('made')"))

    answer = story.run("engage table sound --json")

    assert len(json.loads(answer.out)["rows"]) == 1
    assert answer.err.split() == ["read", "made"]


def test_the_list_says_whose_each_table_is(story: Terminal, own: Path) -> None:
    (own / "sound.py").write_text(SOUND)
    (own / "_helpers.py").write_text("raise ValueError")

    listed = json.loads(story.run("engage projections list --json").out)["rows"]

    whose = {row["table"]: (row["whose"], row["made"]) for row in listed}
    assert whose["slips"] == ("the ledger", "with each entry")
    assert whose["metrics"] == ("the ledger", "when asked for")
    assert whose["sound"] == ("~/own/projections/sound.py", "when asked for")
    assert "sound" in [row["table"] for row in json.loads(story.run("engage table --json").out)["rows"]]


def test_a_table_that_spoils_what_it_is_given_spoils_no_other(story: Terminal, own: Path) -> None:
    vandal = "def rows(view):\n    view.state.history.clear()\n    return []\nTABLE = table(rows=rows)"
    (own / "a_vandal.py").write_text(f"{BROKEN}{vandal}")
    (own / "sound.py").write_text(SOUND)

    assert story.run("engage projections check").out.splitlines() == [
        "broken: 0 rows  (~/own/projections/a_vandal.py)",
        "sound: 1 row  (~/own/projections/sound.py)",
    ]


def test_what_is_sound_is_published_and_what_is_not_is_said(story: Terminal, own: Path) -> None:
    (own / "broken.py").write_text(f"{BROKEN}TABLE = table(rows=lambda view: 1 / 0)")
    (own / "sound.py").write_text(SOUND)
    (own / "unread.py").write_text("TABLE = 1 +")

    answer = story.run("engage publish --to reports --format sqlite,csv,jsonl")

    current = story.folder / "reports" / "current"
    assert answer.code == 0
    assert [line.partition(" (~/")[0] for line in answer.err.splitlines()] == [
        "Left out: Your tables cannot be read: SyntaxError: invalid syntax, line 1",
        'Left out: Your table "broken" cannot be made: ZeroDivisionError: division by zero, line 17',
    ]
    assert json.loads((current / "jsonl" / "sound.jsonl").read_text())["said"] == "engagement-opened"
    assert "sound,said,text,,0,The type.," in (current / "csv" / "data_dictionary.csv").read_text()
    assert json.loads((current / "stamp.json").read_text())["tables"]["sound"] == 1
    assert not (current / "csv" / "broken.csv").exists()


def test_nothing_private_is_published_by_a_table_of_ones_own(story: Terminal, own: Path) -> None:
    (own / "all_of_it.py").write_text(ALL)
    assert story.run('engage good-news northwind "Between us" --private').code == 0

    told = json.loads(story.run("engage table everything --json").out)["rows"]
    assert story.run("engage publish --to shown --format jsonl").code == 0

    published = (story.folder / "shown" / "current" / "jsonl" / "everything.jsonl").read_text()
    assert "private" in {row["said"] for row in told}
    assert {json.loads(line)["said"] for line in published.splitlines()} == {"shared"}


RUN = "import pathlib; pathlib.Path('ran').touch(); TABLES = []"


def test_nothing_beside_a_ledger_is_ever_run(story: Terminal, own: Path) -> None:
    for folder in ("ledger", "."):
        (story.folder / folder / "projections").mkdir()
        (story.folder / folder / "projections" / "evil.py").write_text(RUN)

    asked = ("table", "projections check", "projections list", "table evil", "publish --to out --format csv", "verify")
    answers = [story.run(f"engage {words}") for words in asked]

    assert [answer.code for answer in answers] == [0, 0, 0, 3, 0, 0]
    assert not (story.folder / "ran").exists()


def test_whoever_records_or_reads_our_tables_runs_nothing_of_ones_own(story: Terminal, own: Path) -> None:
    (own / "own.py").write_text(RUN)

    for words in ("status", "table slips", "table metrics", "table data_dictionary --where table_name=slips",
                  'good-news northwind "The vendor delivered"', "log", "projections rebuild"):  # fmt: skip
        assert story.run(f"engage {words}").code == 0, words
    assert not (story.folder / "ran").exists()
    story.run("engage table")
    assert (story.folder / "ran").exists()


@pytest.mark.skipif(os.getuid() != 0, reason="only root gives files to others")
def test_a_file_of_somebody_else_is_not_run(story: Terminal, own: Path) -> None:
    (own / "sound.py").write_text(SOUND)
    os.chown(own / "sound.py", 65534, 65534)

    assert "others may write ~/own/projections/sound.py" in story.run("engage projections check").err


def test_a_file_that_anybody_may_write_is_not_run(story: Terminal, own: Path) -> None:
    (own / "sound.py").write_text(SOUND)
    (own / "sound.py").chmod(0o666)

    assert "others may write ~/own/projections/sound.py" in story.run("engage projections check").err


def test_a_package_that_lies_where_one_stands_is_not_installed(
    story: Terminal, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    info = story.folder / "sent-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: sent\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[ledger.projections]\nsent = sent:TABLE\n")
    monkeypatch.syspath_prepend(str(story.folder))

    assert story.run("engage projections check").code == 0


@pytest.mark.parametrize(
    ("entry", "why"),
    {
        "nowhere:TABLE": "ModuleNotFoundError: No module named 'nowhere'",
        "json:TABLE": "AttributeError: module 'json' has no attribute 'TABLE'",
        "json:loads": "a function is named where a Table should be",
        "json": "it names no TABLE, and no TABLES",
        "not a name": "AttributeError",
    }.items(),
)
def test_what_a_package_names_wrongly_is_said_with_the_package(
    entry: str, why: str, story: Terminal, own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    info = tmp_path / "late-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: late\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[ledger.projections]\nlate = {entry}\n")
    (own / "sound.py").write_text(SOUND)
    monkeypatch.syspath_prepend(str(tmp_path))

    checked = story.run("engage projections check")

    assert "Not sound: package late 1.0, entry point late\n" in checked.err
    assert why in checked.err
    assert checked.out.startswith("sound: 1 row")
    assert story.run("engage table late").err.startswith("Your tables cannot be read: ")


def test_the_page_says_what_each_name_is_for() -> None:
    page = (DOCS / "own-projections.md").read_text(encoding="utf-8")
    (table,) = re.findall(r"\| what \| for \|\n(.*?)\n\n", page, re.DOTALL)

    named = [name for line in table.splitlines()[1:] for name in re.findall(r"`(\w+)", line.split("|")[1])]
    assert sorted(named) == sorted(ledger_projections.__all__)


def test_everything_that_the_page_names_can_be_called_as_it_says(story: Terminal, own: Path) -> None:
    (own / "called.py").write_text(CALLED)

    (row,) = json.loads(story.run("engage table called --json").out)["rows"]

    assert row["said"] == "S1 M2 client sponsor 2025-06-11T09:05:00.000000Z True shared"
    assert row["counted"] >= 2


def test_what_the_package_names_is_there_and_nothing_else() -> None:
    assert [name for name in dir(ledger_projections) if getattr(ledger_projections, name) is None] == []
    assert set(dir(ledger_projections)) == set(ledger_projections.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        ledger_projections.nothing  # noqa: B018 -- asking is the test


def test_no_word_that_duckdb_reserves_can_be_a_name() -> None:
    duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed")
    from ledger_projections.own.reserved import RESERVED_BY_SQL

    found = duckdb.sql("SELECT keyword_name FROM duckdb_keywords() WHERE keyword_category = 'reserved'").fetchall()

    assert {word for (word,) in found} <= RESERVED_BY_SQL
