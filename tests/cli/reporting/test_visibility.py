"""Nothing of an entry that is withheld leaves in a shared report: no text of it, no id, no hash, in any form of any report."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from contextlib import suppress
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_cli.reporting.rendering import rendered
from ledger_cli.reporting.wanted import Form
from ledger_projections.replaying.snapshot import snapshot
from ledger_projections.reports import REPORTS, Asked, report
from ledger_projections.tables import TABLES

from ledger.calendars import instant
from ledger.drafts import Draft
from ledger.errors import Refused
from ledger.events import type_named
from ledger.merkle import leaf_hash
from ledger.replay import TODAY
from ledger.values import Position
from tests.histories import LATER, Step, Told, read, steps

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ledger.canonical import JSON
    from ledger.journal import Reader

FORMS: tuple[Form, ...] = get_args(Form)
OPENING = ("policy-set", "account-opened", "engagement-opened")
SAID = {"dispute": "D1", "subject": "milestone:M1", "first": "milestone:M1", "second": "milestone:M2", "entries": "yes"}
BUSY: list[Step] = [
    *(("drafted", 0, 0), ("signed", 0, 0), ("signed", 1, 0), ("owed", 0, 2), ("foreseen", 0, 1), ("reported", 0, 0)),
    *(("acknowledged", 0, 0), ("news", 0, 3), ("told", 0, 0), ("asked", 1, 0), ("disputed", 0, 0), ("late", 0, 0)),
    *(("position-stated", 0, 0), ("aware", 4, 2), ("annotated", 2, 0), ("withdraw", 3, 0), ("work-started", 1, 0)),
]
"""A little of everything that reports speak of."""


class Secretive(Told):
    """A ledger of texts unlike each other; *secrets* say in turn what is private (1), privileged (2), neither (0)."""

    def __init__(self, secrets: Sequence[int] = (0,)) -> None:
        self._secrets, self._count = secrets, 0
        super().__init__()

    def record(self, kind: str, subject: str, data: Mapping[str, JSON], days: int = 0, *, aware: bool = False) -> None:
        """Record one event, its texts marked with a number of their own, and hidden if its turn has come."""
        self._count += 1
        self.clock.now += timedelta(hours=3)
        turn = 0 if kind in OPENING else self._secrets[self._count % len(self._secrets)]
        when = instant(self.clock.now - timedelta(days=days))
        marked = {name: _marked(kind, name, value, self._count) for name, value in data.items()}
        draft = Draft(kind, subject, marked, occurred=when, aware=when if aware else None, privileged=turn == 2)
        with suppress(Refused):
            is_private = turn == 1 and kind != "entry-corrected"  # a correction is as private as what it corrects
            self.ledger.record(draft._replace(visibility="private") if is_private else draft)

    def hide(self, position: int, *, privileged: bool = False) -> None:
        """Mark an entry that is there as private, or as privileged, by a correction."""
        entry = read(self.journal.since(Position(position - 1), 1)[0])
        change = {"path": "visibility", "after": '"private"'}
        if privileged:
            change = {"path": "privileged", "after": "true"}
        data: dict[str, Any] = {"entry": entry["id"], "kind": "amend", "reason": "r", "changes": [change]}
        self.record("entry-corrected", str(entry["subject"]), data)


def _marked(kind: str, name: str, value: JSON, number: int) -> JSON:
    field = type_named(kind).fields.get(name)
    if not isinstance(value, str) or field is None or not field.erasable or name == "alias":
        return value
    return f"{value} zq{number}qz"


def withheld_rows(reader: Reader) -> Iterator[Mapping[str, Any]]:
    """Yield the entries that no shared report may show, as the table of entries has them."""
    rows = snapshot(reader, TODAY, LATER, [TABLES["entries"]])["entries"]
    hidden = [row for row in rows if row["visibility"] == "private" or row["privileged"]]
    ids = {row["id"] for row in hidden}
    yield from hidden
    yield from (row for row in rows if row["type"] == "entry-corrected" and row["data"]["entry"] in ids)


def traces(reader: Reader, position: int) -> Iterator[str]:
    """Yield what would give the entry at *position* away: its id, its hashes, the digests of its texts, and the texts."""
    stored = reader.at(Position(position))
    assert stored
    attributes = json.loads(stored.raw)
    yield from (attributes["id"], leaf_hash(stored.raw).hex(), sha256(stored.raw).hexdigest())
    yield from attributes["data"].get("_sd", ())
    for disclosure in reader.disclosures([stored.position]).get(stored.position, ()):
        content = json.loads(urlsafe_b64decode(disclosure + b"=="))
        yield from (content[0], *(text for text in _texts(content[-1]) if "zq" in text))


def _texts(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            yield from (text for each in value.values() for text in _texts(each))
        case list():
            yield from (text for each in value for text in _texts(each))


def engagements(reader: Reader) -> list[str]:
    """Return the ids of the engagements of a ledger."""
    return [name for kind, _, name in (head.stream.partition("/") for head in reader.streams()) if kind == "engagement"]


def files(reader: Reader, engagement: str) -> Iterator[tuple[str, Form, str]]:
    """Yield every report of an engagement in every form, but those that are refused."""
    for name in REPORTS:
        with suppress(Refused):
            made = report(reader, Asked(name, engagement, int(reader.head()), LATER, SAID))
            yield from ((name, form, rendered(made, form)) for form in FORMS)


@given(
    steps,
    st.lists(st.sampled_from((0, 0, 1, 2)), min_size=1, max_size=6),
    st.lists(st.tuples(st.integers(9, 40), st.booleans()), max_size=5),
)
@settings(max_examples=12, deadline=None)
def test_nothing_of_what_is_withheld_occurs_in_any_form_of_any_report(
    taken: list[Step], secrets: list[int], hidden: list[tuple[int, bool]]
) -> None:
    history = Secretive(secrets)
    for step in (*BUSY, *taken):
        history.take(step)
    reader = history.journal
    for which, privileged in hidden:
        history.hide(1 + which % reader.head(), privileged=privileged)
    secret = {trace: row["position"] for row in withheld_rows(reader) for trace in traces(reader, row["position"])}

    found = [
        (name, form, secret[trace])
        for engagement in engagements(reader)
        for name, form, text in files(reader, engagement)
        for trace in secret
        if trace in text
    ]

    assert found == []


NAMED: dict[str, tuple[tuple[str, ...], bool, list[str]]] = {
    "nothing is named": ((), False, []),
    "the private one is named": (("private",), False, ["private"]),
    "the privileged one is named": (("privileged",), False, ["privileged"]),
    "all that is private is named": ((), True, ["private"]),
    "all that is private, and the privileged one": (("privileged",), True, ["private", "privileged"]),
}


@pytest.mark.parametrize(("named", "private", "expected"), NAMED.values(), ids=NAMED)
def test_what_is_named_is_shown_and_nothing_else(named: tuple[str, ...], private: bool, expected: list[str]) -> None:
    history = Secretive()
    for step in BUSY:
        history.take(step)
    secret = {
        "private": _newest(history.journal, "slip-foreseen"),
        "privileged": _newest(history.journal, "news-learned"),
    }
    for name, position in secret.items():
        history.hide(position, privileged=name == "privileged")

    (engagement,) = engagements(history.journal)
    asked = Asked("chronology", engagement, int(history.journal.head()), LATER, private=private)
    made = report(history.journal, asked._replace(named=tuple(sorted(secret[name] for name in named))))

    text = rendered(made, "json")
    assert [
        name for name, position in secret.items() if any(t in text for t in traces(history.journal, position))
    ] == expected
    assert {each.position for each in made.stamp.withheld} & {*secret.values()} == {
        position for name, position in secret.items() if name not in expected
    }


def test_what_is_withheld_is_counted_and_said_with_its_position_and_its_reason() -> None:
    history = Secretive()
    for step in BUSY:
        history.take(step)
    slip, news = (_newest(history.journal, kind) for kind in ("slip-foreseen", "news-learned"))
    history.hide(slip)
    history.hide(news, privileged=True)
    (engagement,) = engagements(history.journal)

    made = report(history.journal, Asked("chronology", engagement, int(history.journal.head()), LATER))

    reasons = {int(each.position): each.reason for each in made.stamp.withheld}
    head = int(history.journal.head())
    wanted = {slip: "private", news: "privileged", head - 1: f"corrects #{slip}", head: f"corrects #{news}"}
    assert {position: reasons.get(position) for position in wanted} == wanted
    assert f"{len(reasons)} entries are withheld: #{slip}" in rendered(made, "text")


def test_a_policy_that_is_private_counts_and_is_not_shown() -> None:
    history = Secretive()
    for step in BUSY:
        history.take(step)
    policy = _newest(history.journal, "policy-set")
    history.hide(policy)
    (engagement,) = engagements(history.journal)

    made = report(history.journal, Asked("delays", engagement, int(history.journal.head()), LATER))

    assert made.stamp.zone == "Europe/London"
    assert {each.reason for each in made.stamp.withheld if each.position == policy} == {
        "private, though time is measured by it"
    }


def test_an_engagement_whose_opening_is_private_is_not_told_without_it() -> None:
    history = Secretive()
    opened = _newest(history.journal, "engagement-opened")
    history.hide(opened)
    (engagement,) = engagements(history.journal)
    asked = Asked("chronology", engagement, int(history.journal.head()), LATER)

    with pytest.raises(Refused, match=f"#{opened}, which opened the engagement, is private"):
        report(history.journal, asked)
    assert report(history.journal, asked._replace(named=(opened,))).sections


def _newest(reader: Reader, kind: str) -> int:
    """Return the position of the newest entry of a type."""
    entries = [(stored.position, read(stored)) for stored in reader.since(Position(0), 1_000)]
    return next(int(position) for position, entry in reversed(entries) if str(entry["type"]).endswith(f".{kind}.v1"))


def test_an_answer_to_an_entry_that_is_withheld_stands_without_its_number_and_its_id() -> None:
    history = Secretive()
    for step in BUSY:
        history.take(step)
    word = _newest(history.journal, "slip-reported")
    history.hide(word)
    (engagement,) = engagements(history.journal)

    made = report(history.journal, Asked("chronology", engagement, int(history.journal.head()), LATER))

    answer = f"#{_newest(history.journal, 'communication-acknowledged')}"
    (line,) = (line for line in made.sections[0].rows if line.cells[0] == answer)
    assert "acknowledged an entry that is withheld" in line.cells[made.sections[0].columns.index("What")]


@pytest.mark.parametrize("hidden", ["milestone-agreed", "slip-foreseen", "slip-reported", "agreement-drafted"])
@pytest.mark.parametrize("name", ["case", "who-knew"])
def test_a_report_stands_without_what_others_refer_to(name: str, hidden: str) -> None:
    history = Secretive()
    for step in BUSY:
        history.take(step)
    history.hide(_newest(history.journal, hidden))
    if hidden == "milestone-agreed":
        history.hide(_newest(history.journal, hidden) - 1)
    (engagement,) = engagements(history.journal)
    asked = Asked(name, engagement, int(history.journal.head()), LATER, SAID)

    with suppress(Refused):  # that nothing of it may be told is an answer too
        assert report(history.journal, asked).sections
