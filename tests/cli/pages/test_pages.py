"""`engage report --html`: a page of pictures for each engagement, and one that lists them; whole, safe, nothing recorded."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from ledger_cli.picturing.files import file_name
from ledger_cli.picturing.foot import NAME

from ledger.stores.reading import SqliteReader
from tests.pictured import HTML, busy, check_page, marks, read
from tests.transcripts import Terminal
from tests.views import World

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree import ElementTree as ET

NOW = "2025-06-27T17:00"
HOSTILE = "</style></title><script>alert(1)</script>]]>&\" onload='x' \u202egnp.exe"


def at_the_end(folder: Path, text: str = "plain") -> Terminal:
    """Return a terminal before the busy ledger in *folder*, after a second, quiet engagement was opened."""
    world = busy(folder, text)
    world.record("engagement-opened", "engagement/harbour", account="acme", alias="harbour", title=text)
    terminal = Terminal(folder.resolve(), settings={"ENGAGE_LEDGER": "ledger.db"})
    terminal.at(NOW)
    return terminal


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    return at_the_end(tmp_path_factory.mktemp("pages"))


@pytest.fixture(scope="module")
def pages(terminal: Terminal) -> Mapping[str, str]:
    """Return the pages for the director, by the names of their files."""
    answer = terminal.run("engage report --html pages")
    assert (answer.code, answer.out) == (0, ""), answer.err
    assert answer.err == "Wrote pages/index.html and 2 pages beside it, for the director\n"
    return {path.name: path.read_text("utf-8") for path in (terminal.folder / "pages").iterdir()}


def test_there_is_a_page_for_each_engagement_and_one_that_lists_them(pages: Mapping[str, str]) -> None:
    assert set(pages) == {"index.html", "northwind.html", "harbour.html"}


def test_every_page_runs_nothing_fetches_nothing_and_leads_nowhere_else(pages: Mapping[str, str]) -> None:
    for page in pages.values():
        check_page(page, set(pages))


def test_every_mark_of_a_picture_leads_to_its_entry_in_the_trail(pages: Mapping[str, str]) -> None:
    tree = check_page(pages["northwind.html"], set(pages))

    rows = {element.attrib["id"]: words(element) for element in tree.iter(f"{HTML}tr") if "id" in element.attrib}
    found = marks(tree)
    assert len(found) > 70
    assert {mark.attrib["href"].removeprefix("#") for mark in found} <= set(rows)
    assert all(mark.attrib["aria-label"] for mark in found)
    told = next(mark for mark in found if "client told of S1" in mark.attrib["aria-label"])
    assert "told client sponsor of S1" in rows[told.attrib["href"].removeprefix("#")]


def test_beside_every_drawing_stands_a_table_of_the_same_rows(pages: Mapping[str, str]) -> None:
    tree = read(pages["northwind.html"])

    drawn = [section for section in tree.iter(f"{HTML}section") if section.attrib["class"] == "picture"]
    assert len(drawn) == 7
    for section in drawn:
        labels = {mark.attrib["aria-label"] for mark in marks(section)}
        assert len([*section.iter(f"{HTML}tbody")]) == bool(labels)
        assert not labels or len([*section.iter(f"{HTML}tr")]) - 1 >= len(labels)


def test_the_list_has_the_worst_first_and_leads_to_every_page(pages: Mapping[str, str]) -> None:
    rows = [*read(pages["index.html"]).iter(f"{HTML}tr")][1:]

    assert [link.attrib["href"] for row in rows for link in row.iter(f"{HTML}a")] == ["northwind.html", "harbour.html"]
    assert "M2 slip S2 not told" in words(rows[0])


def test_a_page_bears_its_stamp(terminal: Terminal, pages: Mapping[str, str]) -> None:
    with SqliteReader(terminal.folder / "ledger.db") as reader:
        head = int(reader.head())
    page = read(pages["northwind.html"])

    said = json.loads(next(m.attrib["content"] for m in page.iter(f"{HTML}meta") if m.attrib.get("name") == NAME))
    foot = words(next(page.iter(f"{HTML}footer")))
    assert (said["reader"], said["position"], said["withheld"]) == ("director", head, 5)
    assert said["as_of"] == "2025-06-27T16:00:00.000000Z"
    assert said["root"] in foot
    for term in ("Ledger", "Position", "As known on", "As true on", "Judged at", "Withheld", "Made for", "Not here"):
        assert term in foot
    assert "5 entries are withheld" in foot


def test_what_is_private_reaches_no_page_unless_its_reader_may_see_it_or_it_is_named(terminal: Terminal) -> None:
    pages = {
        way: written(terminal, f"engage report northwind --html {way} {more}")
        for way, more in (("shared", ""), ("all", "--reader consultant"), ("one", f"--with {felt(terminal)}"))
    }

    assert [way for way, page in pages.items() if "felt, not raised" in page] == ["all", "one"]
    assert [way for way, page in pages.items() if "Widest in 2025-06" in page] == ["all"]


def test_pages_of_the_past_are_what_was_known_then(terminal: Terminal) -> None:
    page = written(terminal, "engage report northwind --html past --as-known-on 2025-04-01")

    assert "No milestone has been agreed" in page
    assert "What was recorded by Tue 1 Apr 2025." in page


def test_what_was_not_known_then_has_no_page(terminal: Terminal) -> None:
    assert terminal.run("engage report --html early --as-known-on 2025-04-01").err == (
        "Wrote early/index.html and 1 page beside it, for the director\n"
    )
    refused = terminal.run("engage report harbour --html early --as-known-on 2025-04-01")

    assert refused.code == 3
    assert "was not known then" in refused.err


def test_the_same_question_is_the_same_page_to_the_byte(terminal: Terminal, pages: Mapping[str, str]) -> None:
    again = terminal.run("engage report --html again")

    assert again.code == 0
    assert {path.name: path.read_text("utf-8") for path in (terminal.folder / "again").iterdir()} == pages


def test_an_engagement_that_is_private_has_no_page_and_an_earlier_one_is_taken_away(tmp_path: Path) -> None:
    world = World(tmp_path).begin()
    opened = world.record("engagement-opened", "engagement/harbour", account="acme", alias="harbour")
    terminal = Terminal(tmp_path.resolve(), settings={"ENGAGE_LEDGER": "ledger.db"})
    terminal.at("2025-03-03T09:00")
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "mine.html").write_text("<p>my own page</p>")
    assert terminal.run("engage report --html pages").code == 0
    assert (tmp_path / "pages" / "harbour.html").exists()

    private = "--visibility private --because 'only for us'"
    assert terminal.run(f"engage correct {opened.position} {private}").code == 0
    assert terminal.run("engage report --html pages").code == 0

    assert {path.name for path in (tmp_path / "pages").iterdir()} == {"index.html", "northwind.html", "mine.html"}
    listed = (tmp_path / "pages" / "index.html").read_text("utf-8")
    assert "1 more is private, and not shown to this reader." in listed
    assert "harbour" not in listed


def test_writing_pages_records_nothing(terminal: Terminal) -> None:
    with SqliteReader(terminal.folder / "ledger.db") as reader:
        before = reader.head()
        assert terminal.run("engage report --html quiet").code == 0

        assert reader.head() == before


RECORDED = ("--to sponsor", "--summary all", "--no-change", "--private", "--at 2025-06-01", "--account acme", "--json")


@pytest.mark.parametrize("more", RECORDED)
def test_what_would_be_recorded_is_refused_beside_pages(terminal: Terminal, more: str) -> None:
    answer = terminal.run(f"engage report northwind --html refused {more}")

    assert answer.code == 2
    assert "--html writes pages and records nothing" in answer.err
    assert not (terminal.folder / "refused").exists()


@pytest.mark.parametrize("more", ["--reader lawyer", "--with 12", "--as-known-on 2025-06-01"])
def test_what_is_about_pages_is_refused_where_a_report_is_recorded(terminal: Terminal, more: str) -> None:
    answer = terminal.run(f"engage report northwind --to sponsor {more}")

    assert answer.code == 2
    assert "add --html DIR" in answer.err


def test_a_reader_that_there_is_none_of_is_refused(terminal: Terminal) -> None:
    answer = terminal.run("engage report --html refused --reader directr")

    assert answer.code == 3
    assert "Did you mean director?" in answer.err


def test_without_what_draws_pages_it_is_said_how_to_get_it(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)

    answer = terminal.run("engage report --html refused")

    assert answer.code == 3
    assert "pip install 'engagement-ledger[report]'" in answer.err


def test_pages_are_written_over_pages_and_over_nothing_else(terminal: Terminal) -> None:
    folder = terminal.folder / "mine"
    folder.mkdir()
    (folder / "northwind.html").write_text("<p>my own page</p>")

    answer = terminal.run("engage report northwind --html mine")

    assert answer.code == 3
    assert "is no page of this command" in answer.err
    assert (folder / "northwind.html").read_text() == "<p>my own page</p>"
    assert [path.name for path in folder.iterdir()] == ["northwind.html"]


def test_a_folder_that_is_none_is_refused(terminal: Terminal) -> None:
    (terminal.folder / "file").write_text("not a folder")

    assert terminal.run("engage report --html file").code == 3


def test_a_ledger_without_engagements_says_so(tmp_path: Path) -> None:
    World(tmp_path)
    terminal = Terminal(tmp_path.resolve(), settings={"ENGAGE_LEDGER": "ledger.db"})

    answer = terminal.run("engage report --html pages")

    assert answer.code == 3
    assert "There is no engagement to show." in answer.err


@pytest.mark.parametrize(
    ("title", "taken", "name"),
    [
        ("northwind", (), "northwind"),
        ("../../etc/passwd", (), "etc-passwd"),
        ("Büro 9", (), "b-ro-9"),
        ("\u202e..", (), "engagement"),
        ("index", (), "index-2"),
        ("a", ("a", "a-2"), "a-3"),
        ("x" * 300, (), "x" * 60),
    ],
)
def test_the_name_of_a_file_is_plain_and_its_own(title: str, taken: tuple[str, ...], name: str) -> None:
    assert file_name(title, taken) == name


def test_what_others_wrote_stays_a_text(tmp_path: Path) -> None:
    terminal = at_the_end(tmp_path, HOSTILE)

    assert terminal.run("engage report --html pages --reader consultant").code == 0

    pages = {path.name: path.read_text("utf-8") for path in (tmp_path / "pages").iterdir()}
    assert len(pages) == 3
    for page in pages.values():
        tree = check_page(page, set(pages))
        assert "<script>alert(1)</script>" in words(tree)
        assert "\u202e" not in page


def written(terminal: Terminal, line: str) -> str:
    """Return the page that *line* writes."""
    answer = terminal.run(line)
    assert answer.code == 0, answer.err
    path = Path(answer.err.removeprefix("Wrote ").strip())
    return (terminal.folder / path).read_text("utf-8")


def felt(terminal: Terminal) -> int:
    """Return the number of the entry that is private, and says what somebody felt."""
    rows = json.loads(terminal.run("engage table entries --json").out)["rows"]
    return int(next(row["position"] for row in rows if row["type"] == "concern-felt"))


def words(element: ET.Element) -> str:
    """Return all text in an element."""
    return "".join(element.itertext())
