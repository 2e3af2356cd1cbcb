"""Whatever people write stays data: tables hold it as it was said, and nothing that it asks for happens."""

from pathlib import Path

import pytest
from ledger_projections.readmodel.store import current
from ledger_projections.tables import TABLES

from tests.views import World, london

HOSTILE = {
    "sql": "'); DROP TABLE requests; --",
    "direction": "invoice\u202etxt.exe",
    "formula": "=cmd|' /C calc'!A0",
    "markup": "<script>alert(1)</script>",
    "terminal": "\x1b]0;owned\x07\x1b[2J",
    "newlines": "R1\nR2\r\nR3",
    "format": "{0} %s ${HOME} $(id)",
    "reference": "milestone:M2 obligation:O1 contact:c1",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_stays_what_was_said(tmp_path: Path, text: str) -> None:
    world, line = World(tmp_path).begin().at("2025-06-02T09:00"), "".join(text.splitlines())
    one_line = "".join(c for c in line if c.isprintable() or c == "\u202e") or "-"
    world.record("contact-added", "account/acme", side="client", level="manager", name=one_line, role=one_line)
    world.record("obligation-agreed", obligation_id="O1", kind="access", due="2025-06-20", title=one_line, owner="c3")
    world.record("request-received", from_contact="c3", kind="question", channel="call", text=text)
    world.record("holding-reply-sent", request_id="R1", channel="call", promised_by="2025-06-03", reason=text)
    world.record("request-answered", request_id="R1", channel="call", answer=text)
    world.record(
        "contact-made", kind="call", direction="inbound", purpose="other", participants=["c3", "c2"], substance=text
    )

    with current(tmp_path / "ledger.db", tmp_path / "projections.db", london("2025-06-02T09:00")) as tables:
        (asked,), (owed,) = tables.rows("requests"), tables.rows("obligations")
        (met,) = tables.rows("contacts", "contact = 'c3' AND engagement IS NOT NULL")
        counts = {name: len(tables.rows(name)) for name in TABLES}

    assert [asked[name] for name in ("text", "reason", "answer")] == [text] * 3
    assert [asked["who"], owed["title"], owed["owner_name"], met["name"], met["role"]] == [one_line] * 5
    assert (counts["requests"], counts["contacts_daily"], counts["milestones"]) == (1, 1, 0)
