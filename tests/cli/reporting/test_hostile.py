"""Whatever people write stays a text in a report: no markup, no formula, no command of a terminal, no style."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from ledger_cli.printing.pages import POLICY, quoted
from ledger_cli.reporting.rendering import rendered
from ledger_projections.reports import Asked, Report, report

from ledger.calendars import instant
from tests.views import World

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "attribute": '" onmouseover="alert(1)" x=\'',
    "style": "</style><script>alert(1)</script>",
    "css": '"; } body { display: none } /* \\',
    "comment": "--><img src=x onerror=alert(1)>",
    "formula": "=HYPERLINK(1)",
    "plus": "+1+cmd|' /C calc'!A0",
    "at": "@SUM(1+1)",
    "direction": "invoice\u202etxt.exe",
    "entity": "&lt;b&gt; &#x27;",
    "reference": "#15 #999999999999999999999",
    "heading": "engagement-ledger-report",
    "a day": "Mon 3 Mar 2025 <b>",
}
TAGS = {
    *("html", "head", "meta", "title", "style", "body", "main", "section", "footer", "h1", "h2", "p", "pre", "br", "a"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td", "dl", "dt", "dd", "div", "span"),
}
NAMES = {
    *("lang", "charset", "http-equiv", "content", "name", "class", "id", "scope", "data-label", "href", "role"),
    "aria-labelledby",
}


class Seen(HTMLParser):
    """What a browser would see of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: dict[str, set[str]] = {}
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            self.attributes.setdefault(name, set()).add(value or "")

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@pytest.fixture(params=list(HOSTILE.values()), ids=list(HOSTILE))
def hostile(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Report]:
    """Return a text and the file of a dispute in which it stands wherever people may write."""
    text: str = request.param
    world = World(tmp_path).begin().at("2025-06-02T09:00")
    evidence = [{"sha256": "a" * 64, "bytes": 3, "media_type": "text/plain", "name": text}]
    world.record("contact-added", "account/acme", side="client", level="manager", name=text, role=text)
    world.record("milestone-agreed", milestone_id="M2", due="2025-06-27", title=text)
    slip = {"milestone_id": "M2", "forecast": "2025-07-18"}
    foreseen = world.record("slip-foreseen", why=text, evidence=evidence, aware="2025-06-02", **slip)
    world.record("slip-reported", slip_id="S1", to=["c3"], impact=text, **slip)
    change = {"path": "data.why", "after": json.dumps(f"{text} {text}")}
    world.record("entry-corrected", entry=world.entry(foreseen), kind="amend", changes=[], text_changes=[change],
                 reason=text, evidence=evidence)  # fmt: skip
    items = [{"item_id": "late", "about": ["milestone:M2"]}]
    world.record("dispute-raised", raised_by="client", items=items, claims=[{"item_id": "late", "text": text}])
    world.record("position-stated", dispute_id="D1", item_id="late", stated_by="provider", position=text)
    name = next(h.stream for h in world.journal.streams() if h.stream.startswith("engagement/")).partition("/")[2]
    asked = Asked("case", name, int(world.journal.head()), instant(world.now), {"dispute": "D1"})
    return text, report(world.journal, asked)


def test_a_page_holds_no_markup_that_is_not_ours(hostile: tuple[str, Report]) -> None:
    _, made = hostile
    page = rendered(made, "html")
    seen = Seen(page)

    assert seen.tags <= TAGS
    assert set(seen.attributes) <= NAMES
    assert all(re.fullmatch(r"#e\d+", href) for href in seen.attributes["href"])
    assert POLICY in seen.attributes["content"]
    assert page.count("<style>") == page.count("</style>") == 1
    assert "http" not in page.replace("http-equiv", "")
    assert "\u202e" not in page


def test_a_table_holds_no_cell_that_a_spreadsheet_runs(hostile: tuple[str, Report]) -> None:
    _, made = hostile
    cells = [cell for row in csv.reader(io.StringIO(rendered(made, "csv"))) for cell in row]

    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r")) and not _is_number(cell)] == []


@pytest.mark.parametrize("form", ["text", "json", "csv", "html"])
def test_no_form_holds_what_a_terminal_obeys(hostile: tuple[str, Report], form: str) -> None:
    _, made = hostile

    assert re.findall(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", rendered(made, form)) == []  # type: ignore[arg-type]  # one of the forms


def test_a_document_holds_the_text_as_it_was_said(hostile: tuple[str, Report]) -> None:
    text, made = hostile

    document = json.loads(rendered(made, "json"))

    (row,) = next(s for s in document["sections"] if s["heading"].startswith("Dispute"))["rows"]
    assert row["values"]["claim"] == row["values"]["provider_position"] == text


@pytest.mark.parametrize("text", [*HOSTILE.values(), "\n", "\0", "\\", "é", "</style>"])
def test_a_text_in_a_style_ends_where_it_ends(text: str) -> None:
    assert re.fullmatch(r'"(?:[A-Za-z0-9 .,:#]|\\[0-9a-f]{6})*"', quoted(text))


def _is_number(cell: str) -> bool:
    return cell[1:].replace(".", "", 1).isdecimal()
