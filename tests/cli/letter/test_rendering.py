"""A letter as Markdown and HTML: no text of anybody's is markup, the bytes are the same for the same position."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from ledger_cli.letter import read_letter
from ledger_cli.letter.before import nothing
from ledger_cli.letter.blocks import Block, Grid, Heading, Items, Page, Paragraph
from ledger_cli.letter.html import html
from ledger_cli.letter.markdown import markdown
from ledger_cli.letter.moment import Reading
from ledger_cli.letter.rendering import draft_page
from ledger_cli.printing.safe import safe
from markdown_it import MarkdownIt

from ledger.account import Account
from ledger.engagement import Engagement
from ledger.practice import Practice
from ledger.standing import Known
from tests.places import VECTORS
from tests.strategies import texts
from tests.transcripts import Terminal

LONDON = ZoneInfo("Europe/London")
TAGS = {"html", "head", "meta", "title", "style", "body", "main", "footer", "h1", "h2", "h3", "p", "ul", "li", "table",
        "caption", "thead", "tbody", "tr", "th", "td", "em", "br", "dl", "div", "dt", "dd"}  # fmt: skip
BLOCKS = {
    "heading",
    "paragraph",
    "inline",
    "bullet_list",
    "list_item",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "hr",
}
ATTRIBUTES = {"lang", "charset", "http-equiv", "content", "name", "class", "scope", "data-label"}
HOSTILE = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</style></main>", '" onmouseover="x', "&lt;b&gt;&#x41;",
    "](https://evil.example) [x](javascript:alert(1))", "![x](http://evil.example/x.png)", "www.evil.example a@evil.example",
    "a | b \\| c", "`code` ``` ~~~", "*a* _b_ **c** ~~d~~", "# one", "> two", "- three", "+ four", "5. five", "6) six", "===",
    "---", "    indented", "\\", "$x$ ^1^ [^1]", "\x1b[2J\x07\x9b", "\u202egnp.exe\u2066", "\u200b\ufeff", "a\r\nb", "a\tb",
    "<https://evil.example>", "http://evil.example", "{{ 7*7 }}", "| --- |",
)  # fmt: skip


class Seen(HTMLParser):
    """What a browser would see of a page: its tags, their attributes, its texts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take in a tag."""
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        """Take in a text."""
        self.texts.append(data)


def page_of(text: str) -> Page:
    """Return a page that has *text* in every place a text can have."""
    blocks: list[Block] = [
        Heading(text),
        Paragraph(text),
        Items("Some", [text]),
        Grid(text, ("A", "B"), [(text, text)]),
    ]
    return Page(text, [text], blocks, [("Term", text)])


def drafted() -> Page:
    """Return the letter of the template as a page."""
    raw = files("ledger_cli.letter").joinpath("template.toml").read_bytes()
    reading = Reading(datetime(2025, 3, 3, 9, tzinfo=UTC), LONDON, Path())
    letter = read_letter(Path("letter.toml"), raw, reading, nothing(Account()))
    return draft_page(Known(Engagement(), Account(), Practice()), letter, "letter.toml", raw, LONDON)


def shown(text: str) -> str:
    """Return *text* as a page shows it, its spaces aside."""
    return "".join(safe(text).split())


def check_html(text: str) -> None:
    """Fail unless the HTML of *text* is nothing but that text, as often as it stands there."""
    seen = Seen(html(page_of(text)))

    assert seen.tags <= TAGS
    assert seen.attributes <= ATTRIBUTES
    assert "".join("".join(seen.texts).split()).count(shown(text)) >= 8


def check_markdown(text: str) -> None:
    """Fail unless the Markdown of *text* is nothing but that text, in the places it was put."""
    tokens = MarkdownIt("gfm-like", {"linkify": False, "html": True}).parse(markdown(page_of(text)))
    inline = [child for token in tokens for child in token.children or ()]
    kinds = {token.type.removesuffix("_open").removesuffix("_close") for token in tokens}
    plain = "".join("".join(child.content for child in token.children or ()) for token in tokens)

    assert kinds <= BLOCKS
    assert {child.type for child in inline} <= {"text", "text_special", "strong_open", "strong_close", "hardbreak"}
    assert [token.type for token in tokens].count("list_item_open") == 2
    assert "".join(plain.split()).count(shown(text)) >= 8


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_shown_and_nothing_else(text: str) -> None:
    check_html(text)
    check_markdown(text)


@given(texts.filter(str.strip))
def test_any_text_is_shown_and_nothing_else(text: str) -> None:
    check_html(text)
    check_markdown(text)


@pytest.mark.parametrize("text", ["http://evil.example", "WWW.evil.example", "mailto:a@evil.example", "a@evil.example"])
def test_markdown_makes_no_link_of_what_looks_like_one(text: str) -> None:
    assert not re.search(r"(?i)(https?|mailto):|www\.|[^\\]@", markdown(page_of(text)))


def test_a_page_fetches_nothing_and_runs_nothing() -> None:
    page = html(drafted())

    assert "default-src 'none'" in page
    assert not re.search(r"(?i)<script|<link|<img|<iframe|url\(|@import|src=|href=|javascript:", page)


@pytest.mark.parametrize(("name", "render"), [("letter.html", html), ("letter.md", markdown)], ids=["html", "markdown"])
def test_the_letter_of_the_template_is_rendered_as_ever(name: str, render: object) -> None:
    assert callable(render)
    assert render(drafted()) == (VECTORS / name).read_text(encoding="utf-8")


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    made = Terminal(tmp_path)
    made.at("2025-03-03T09:00")
    lines = ["engage init --zone Europe/London", 'engage open northwind --account "Northwind"']
    lines += ["engage agreed --template > letter.toml", "engage agreed letter.toml", "engage signed --by lead"]
    made.runs(*lines, "engage signed --by sponsor --at 2025-03-03")
    return made


@pytest.mark.parametrize("form", ["md", "html", "toml"])
def test_the_same_position_gives_the_same_bytes(terminal: Terminal, form: str) -> None:
    then = terminal.run(f"engage letter --format {form}")
    terminal.at("2027-01-01T12:00")

    assert terminal.run(f"engage letter --format {form}") == then
    assert then.code == 0


def test_a_version_that_is_not_there_is_not_taken_for_another(terminal: Terminal) -> None:
    answer = terminal.run("engage letter northwind --version 0")

    assert (answer.code, answer.out) == (3, "")
    assert answer.err.startswith('No version of the agreement "0".')


def test_the_footer_carries_position_and_root(terminal: Terminal) -> None:
    root = terminal.run("engage verify").out.split("\n")[1].removeprefix("Root ")

    footer = terminal.run("engage letter").out.rpartition("\n---\n")[2]

    assert f"- Root: {root}\n" in footer
    assert "- Position: 18 entries\n" in footer


def test_a_file_that_was_signed_is_said_to_be_the_document(terminal: Terminal) -> None:
    other = (terminal.folder / "letter.toml").read_text(encoding="utf-8") + "# talk\n"
    (terminal.folder / "other.toml").write_text(other, encoding="utf-8")

    pages = [terminal.run(f"engage letter {name}").out for name in ("letter.toml", "other.toml")]

    assert "That file is the very document of version 1" in pages[0]
    assert "Nothing of it is recorded, and nobody has signed it." in pages[1]


def test_a_signature_without_authority_is_said_not_to_count(terminal: Terminal) -> None:
    terminal.run("engage person Trainee --side client --level operational")
    terminal.run("engage signed --version 1 --by trainee")

    assert "no: without authority to sign" in terminal.run("engage letter").out


def test_what_is_private_is_left_out_of_the_page_and_named_to_who_asks_for_it(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    terminal.runs(
        "engage init",
        "engage open northwind --account acme",
        "engage agreed --template > letter.toml",
        "engage agreed northwind letter.toml",
        'engage agreed M70 "our own date" --due 2025-07-01 --private',
        'engage agreed O70 "what we hope for" --due 2025-07-01 --private',
        'engage person "our informant" --side client --level manager --private',
    )

    answers = [terminal.run(f"engage letter northwind --format {form}") for form in ("md", "html")]
    ours = terminal.run("engage letter northwind --format toml").out

    for secret in ("M70", "O70", "our own date", "what we hope for", "our informant"):
        assert [secret in answer.out for answer in answers] == [False, False]
    assert "Left out, for they are private: M70, O70, our informant." in answers[0].err
    assert "our own date" in ours  # the file to change: what it left out would be let go
