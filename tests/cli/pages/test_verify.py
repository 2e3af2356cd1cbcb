"""A page of pictures is made again from the ledger as it stood then: the same bytes, and whatever is changed in it is found."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from tests.pictured import busy
from tests.transcripts import Terminal

if TYPE_CHECKING:
    from pathlib import Path

NORTHWIND, INDEX, ALONE = "pages/northwind.html", "pages/index.html", "alone/northwind.html"


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    """Return a terminal at which pages were written, before another engagement was opened and more was recorded."""
    folder = tmp_path_factory.mktemp("verify")
    world = busy(folder)
    world.record("engagement-opened", "engagement/harbour", account="acme", alias="harbour")
    terminal = Terminal(folder.resolve(), settings={"ENGAGE_LEDGER": "ledger.db"})
    terminal.at("2025-06-27T17:00")
    terminal.runs(
        "engage report --html pages",
        "engage report northwind --html alone",
        "engage report northwind --html past --as-known-on 2025-05-20",
        "engage report --html known --as-known-on 2025-05-20 --reader consultant",
    )
    terminal.at("2025-08-20T09:00")
    world.record("engagement-opened", "engagement/later", account="acme", alias="later")
    assert terminal.run("engage delivered northwind M2").code == 0
    return terminal


@pytest.mark.parametrize(
    "name", [NORTHWIND, INDEX, "pages/harbour.html", ALONE, "past/northwind.html", "known/index.html"]
)
def test_a_page_verifies_after_later_entries(terminal: Terminal, name: str) -> None:
    answer = terminal.run(f"engage verify-report {name}")

    assert (answer.code, answer.out.partition(":")[0]) == (0, "The same, byte for byte"), answer.out + answer.err


CHANGES = {
    "the title": (NORTHWIND, r"<title>northwind", "<title>southwind"),
    "a word of its heading": (NORTHWIND, r"(<h2 id=\"milestones\">)\w+", r"\1None"),
    "a sentence with a number": (NORTHWIND, r"(<p class=\"said\">[^0-9]*)\d", r"\g<1>7"),
    "a cell of a table": (NORTHWIND, r"(<td[^>]*>(?:<div>)?)client told", r"\1client asked"),
    "an entry of the trail": (NORTHWIND, r"told client sponsor of S1", "told client sponsor of S2"),
    "where a link leads": (NORTHWIND, r'href="#e(\d)', r'href="#e9\1'),
    "what needs attention": (
        NORTHWIND,
        r"(<section class=\"attention[^>]*>\n<h2[^>]*>)[^<]+",
        r"\1Nothing needs attention",
    ),
    "where a mark stands": (NORTHWIND, r'(<svg.*?transform="translate\()\d', r"\g<1>9"),
    "what a mark says": (NORTHWIND, r'aria-label="[^"]*client told of S1', 'aria-label="client told of S9'),
    "a mark taken away": (NORTHWIND, r"<a href=\"#e\d+\" aria-label=.*?</a>", ""),
    "the style": (NORTHWIND, r"<style>", "<style>.attention{display:none}"),
    "its policy": (NORTHWIND, r"default-src 'none'", "default-src *"),
    "a script": (NORTHWIND, r"</body>", "<script>alert(1)</script></body>"),
    "the root in its stamp": (NORTHWIND, r"(<dt>Root</dt><dd>).", r"\1!"),
    "how much is withheld": (NORTHWIND, r"\d entries are withheld", "0 entries are withheld"),
    "a title in the list": (INDEX, r">northwind<", ">southwind<"),
    "a number in the list": (INDEX, r"(<td data-label=\"Needs\"><div>)\d", r"\g<1>8"),
    "an engagement in the list": (INDEX, r"<tr><th scope=\"row\"><a href=\"harbour.*?</tr>", ""),
    "the way back": (ALONE, r"<h1>", '<p class="crumb"><a href="index.html">All engagements</a></p>\n<h1>'),
}


@pytest.mark.parametrize(("name", "found", "instead"), CHANGES.values(), ids=CHANGES)
def test_what_is_changed_in_a_page_is_found(terminal: Terminal, name: str, found: str, instead: str) -> None:
    page = (terminal.folder / name).read_text("utf-8")
    changed, count = re.subn(found, instead, page, count=1, flags=re.DOTALL)
    (terminal.folder / "changed.html").write_text(changed, "utf-8")

    answer = terminal.run("engage verify-report changed.html")

    assert (count, changed == page) == (1, False)
    assert (answer.code, answer.out[:15]) == (5, "Does not verify")


def test_a_page_of_a_time_that_none_can_be_made_of_does_not_verify(terminal: Terminal) -> None:
    page = (terminal.folder / NORTHWIND).read_text("utf-8")
    as_of = re.compile(r"(as_of&quot;: &quot;)[^&]*")
    (terminal.folder / "ahead.html").write_text(as_of.sub(r"\g<1>9999-12-31T00:00:00.000000Z", page), "utf-8")

    answer = terminal.run("engage verify-report ahead.html")

    assert answer.code == 5
    assert "the report says that it is as of 9999-12-31T00:00:00.000000Z, and none can be made" in answer.err


def test_where_only_a_drawing_differs_that_is_said_and_does_not_verify(terminal: Terminal) -> None:
    page = (terminal.folder / ALONE).read_text("utf-8")
    (terminal.folder / "drawn.html").write_text(re.sub(r'font-size="12px"', 'font-size="13px"', page), "utf-8")

    answer = terminal.run("engage verify-report drawn.html --json")

    assert answer.code == 5
    said = json.loads(answer.out)
    assert (said["same"], said["only_drawings"], said["form"]) == (False, True, "html")
    assert "Only drawings differ" in terminal.run("engage verify-report drawn.html").out


@pytest.mark.parametrize(
    ("found", "instead"),
    [(r"</main>", "<svg><text>All is well.</text></svg></main>"), (r"<svg\b.*?</svg>", "")],
    ids=["one more", "one less"],
)
def test_a_drawing_that_nobody_drew_and_one_that_is_gone_are_more_than_other_fonts(
    terminal: Terminal, found: str, instead: str
) -> None:
    page = (terminal.folder / ALONE).read_text("utf-8")
    changed, count = re.subn(found, instead, page, count=1, flags=re.DOTALL)
    (terminal.folder / "drawn.html").write_text(changed, "utf-8")

    answer = terminal.run("engage verify-report drawn.html --json")

    assert (answer.code, count, json.loads(answer.out)["only_drawings"]) == (5, 1, False)


@pytest.mark.parametrize("form", ["json", "text"])
def test_a_page_is_no_other_file(terminal: Terminal, tmp_path: Path, form: str) -> None:
    page = (terminal.folder / ALONE).read_text("utf-8")
    asked = json.loads(re.findall(r'name="engagement-ledger-report" content="([^"]*)"', page)[0].replace("&quot;", '"'))
    text = json.dumps({"engagement-ledger-report": asked})
    (tmp_path / "file").write_text(text if form == "json" else f"engagement-ledger-report {json.dumps(asked)}\n")

    assert terminal.run(f"engage verify-report {tmp_path / 'file'}").code in {3, 4}


@pytest.mark.parametrize(
    ("found", "instead"), [("&quot;reader&quot;:", "&quot;writer&quot;:"), ("director", "directr")]
)
def test_a_page_for_nobody_is_no_page(terminal: Terminal, found: str, instead: str) -> None:
    page = (terminal.folder / ALONE).read_text("utf-8")
    (terminal.folder / "nobody.html").write_text(page.replace(found, instead), "utf-8")

    assert terminal.run("engage verify-report nobody.html").code in {3, 4}


def test_a_list_for_nobody_is_refused_for_that(terminal: Terminal) -> None:
    page = (terminal.folder / INDEX).read_text("utf-8")
    (terminal.folder / "nobody.html").write_text(page.replace("director", "directr"), "utf-8")

    assert 'No reader "directr"' in terminal.run("engage verify-report nobody.html").err


@pytest.mark.parametrize("where", ['""', "' '"])
def test_a_folder_without_a_name_is_refused(terminal: Terminal, where: str) -> None:
    before = {path.name for path in terminal.folder.iterdir()}

    answer = terminal.run(f"engage report --html {where}")

    assert answer.code == 2
    assert "--html names the folder that pages are written into, and it is empty" in answer.err
    assert {path.name for path in terminal.folder.iterdir()} == before
