"""The sixty-two practices: the line that is printed for each records it, and the table that is named shows it."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from ledger_cli.practices.recorded import GROUPS, PRACTICES, Practice
from ledger_cli.practices.shown import SIGNALS, shown
from ledger_projections.alerts import RANKS
from ledger_projections.flagging import FLAGS
from ledger_projections.metrics import METRICS
from ledger_projections.portfolio import PORTFOLIO
from ledger_projections.readmodel.store import current
from ledger_projections.replaying.snapshot import snapshot
from ledger_projections.tables import TABLES

from docs.reference import practising
from ledger.events import TYPES
from ledger.replay import TODAY
from tests.histories import LATER
from tests.projections.tables.test_incremental import busy
from tests.transcripts import Answer, Terminal
from tests.views import HASH, PARTS, World, london

BEGUN = (
    "engage init --zone Europe/London --holidays GB-ENG",
    "engage open northwind --account northwind-theatre",
    'engage record account-opened --on account/harbour-trust --kind organisation --alias harbour-trust --name "Harbour Trust"',
    "engage record contact-added --on account/harbour-trust --side client --level executive --name Director --role director",
    'engage record actor-added --name "Business partner"',
)
"""What stands before the first line: a ledger, an engagement, a letter, a prospect, a partner who approves."""
PLAN = {
    "type": "account-plan-approved",
    "subject": "account/northwind-theatre",
    "data": {
        "version": 1,
        "drafted_by": "a1",
        "approved_by": "a2",
        "valid_until": "2026-06-30",
        "objectives": [{"objective_id": "G1", "aligned_to": "touring", "shared": True}],
    },
}


class Recorded(NamedTuple):
    """The entries that a line recorded, and the positions that each of its tables stood on right after."""

    entries: Sequence[Mapping[str, Any]]
    shown: Mapping[str, set[int]]


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    """Return a terminal at which the story was begun."""
    terminal = Terminal(tmp_path_factory.mktemp("practices"))
    terminal.at("2025-03-03T09:00")  # when the letter was printed: it has the dates of its week
    done(terminal.run("engage agreed --template > letter.toml"), "template")
    terminal.at("2025-06-02T09:00")
    for line in BEGUN:
        done(terminal.run(line), line)
    (terminal.folder / "plan.txt").write_text("the plan", encoding="utf-8")
    (terminal.folder / "plan.jsonl").write_text(json.dumps(PLAN), encoding="utf-8")
    return terminal


@pytest.fixture(scope="module")
def recorded(terminal: Terminal) -> Mapping[str, Recorded]:
    """Return the entries that each distinct line of the practices recorded, once all were run, in order."""
    found: dict[str, Recorded] = {}
    for hour, line in enumerate(dict.fromkeys(practice.line for practice in PRACTICES.values())):
        terminal.at(f"2025-06-{3 + hour // 8:02d}T{9 + hour % 8:02d}:30")
        if "v2.toml" in line:
            _change_the_letter(terminal)
        before = len(log(terminal))
        done(terminal.run(line), line)
        tables = {practice.table for practice in PRACTICES.values() if practice.line == line}
        found[line] = Recorded(log(terminal)[before:], {name: stood_on(terminal, name) for name in tables})
    return found


def done(answer: Answer, line: str) -> Answer:
    """Return the answer to a line that must succeed."""
    assert answer.code == 0, f"{line}\n{answer.out}{answer.err}"
    return answer


def stood_on(terminal: Terminal, table: str) -> set[int]:
    """Return the positions of the entries that the rows of *table* stand on now."""
    rows = json.loads(done(terminal.run(f"engage table {table} --json"), table).out)["rows"]
    return {position for row in rows for position in row.get("positions", [row.get("position")])}


def log(terminal: Terminal) -> Sequence[Mapping[str, Any]]:
    """Return all entries, as the log prints them."""
    entries: Sequence[Mapping[str, Any]] = json.loads(done(terminal.run("engage table entries --json"), "table").out)[
        "rows"
    ]
    return entries


def _change_the_letter(terminal: Terminal) -> None:
    letter = done(terminal.run("engage letter northwind --format toml"), "letter").out
    assert "2025-08-29" in letter
    (terminal.folder / "v2.toml").write_text(letter.replace("2025-08-29", "2025-09-30"), encoding="utf-8")


@pytest.mark.parametrize("practice", PRACTICES.values(), ids=PRACTICES)
def test_the_line_records_the_practice_and_the_table_shows_it(
    practice: Practice, terminal: Terminal, recorded: Mapping[str, Recorded]
) -> None:
    line = recorded[practice.line]
    made = [entry for entry in line.entries if entry["type"] in practice.types]

    assert {entry["type"] for entry in made} == set(practice.types)
    assert {entry["position"] for entry in made} & (line.shown[practice.table] | stood_on(terminal, practice.table))


def test_there_are_sixty_two_practices_of_types_and_tables_that_are_there() -> None:
    assert list(PRACTICES) == [f"P{number:02d}" for number in range(1, 63)]
    assert {name for practice in PRACTICES.values() for name in practice.types} <= set(TYPES)
    assert {practice.table for practice in PRACTICES.values()} <= set(TABLES)
    assert sum(len(group) for group in GROUPS.values()) == len(PRACTICES)


def test_the_attitudes_have_notes_and_no_score() -> None:
    assert [practice.id for practice in PRACTICES.values() if "no score" in practice.note] == [
        "P51",
        "P52",
        "P58",
        "P62",
    ]


ASKED: Mapping[str, str] = {
    "P01": "M17", "P04": "M09", "P05": "A-day-cap M16", "P07": "M17", "P08": "P08", "P09": "M16 A-unsigned-work", "P11": "P11",
    "P12": "P12 out-of-scope-without-amendment", "P14": "M05", "P15": "M01 M02 M03 A-undisclosed-slip", "P16": "P16",
    "P17": "M15 A-client-overdue-unnotified", "P18": "A-check-obligation", "P19": "A-overcommitted", "P20": "P20",
    "P21": "P21", "P22": "M06", "P23": "M06", "P24": "M10", "P25": "M09 P25", "P26": "A-silence P26", "P27": "M13",
    "P28": "P28", "P29": "M13", "P30": "A-neglected", "P31": "M07", "P32": "M08 A-needs-retraction", "P33": "P33",
    "P34": "M14 A-unraised",
    "P35": "P35", "P36": "concern-without-client-view", "P37": "A-concern-open", "P38": "M09", "P39": "P39", "P40": "P40",
    "P41": "M11 unsealed", "P42": "missing-exit-feedback", "P43": "M22 A-action-due", "P44": "M12 A-adverse-trend",
    "P45": "P45", "P46": "A-assumption-untested", "P47": "P47", "P48": "P48", "P49": "A-without-authority", "P50": "M18",
    "P53": "P53", "P54": "P54", "P55": "A-no-plan P55", "P56": "A-dependency", "P57": "M20 gift-near-decision", "P59": "P59",
    "P60": "P60", "P61": "M21",
}  # fmt: skip
"""What each practice asks to see (domain, part 1), where it is more than rows of a table."""


@pytest.mark.parametrize("practice", ASKED)
def test_what_a_practice_asks_to_see_is_shown(practice: str) -> None:
    found = shown(practice)

    names = {*found.signals, *(metric.id for metric in found.metrics), *found.flags}
    assert set(ASKED[practice].split()) <= names


def test_every_signal_is_of_a_practice_and_every_practice_of_a_metric_is_there() -> None:
    assert {signal for signals in SIGNALS.values() for signal in signals} == {*RANKS, *PORTFOLIO}
    assert {practice for metric in METRICS for practice in metric.practices} <= set(PRACTICES)
    assert {rule.practice for rule in FLAGS.values()} <= {*PRACTICES, "M19"}


def test_a_signal_that_is_raised_names_a_practice_that_lists_it(tmp_path: Path) -> None:
    journal = busy(tmp_path).journal

    rows = snapshot(journal, TODAY, LATER, [TABLES["signals"]])["signals"]

    assert len({row["signal"] for row in rows}) > 9
    assert [row for row in rows if row["signal"] not in SIGNALS[row["practice"]]] == []


def test_every_practice_that_has_figures_or_signals_is_held_by_tests_that_say_so() -> None:
    bare = [practice.id for practice in PRACTICES.values() if not practising.tests_of(practice)]

    assert [practice for practice in bare if practice in ASKED] == []


def agreed(world: World, engagement: str, minor: int) -> None:
    """Have both sides sign an engagement that is worth so much."""
    subject, value = f"engagement/{engagement}", {"currency": "GBP", "minor": minor}
    world.record("agreement-drafted", subject, version=1, drafted_by="provider", document_sha256=HASH, currency="GBP",
                 calendar="default", parts=PARTS, notices=[], results=[], value=value)  # fmt: skip
    for side, who in (("provider", "c2"), ("client", "c1")):
        world.record("agreement-signed", subject, version=1, signed_for=side, signatory=who, document_sha256=HASH,
                     method="email")  # fmt: skip


def portfolio(folder: Path) -> World:
    """Return a world of two clients, 900 pounds to 300; of one engagement that is closed; one amendment, one review."""
    world = World(folder).begin()
    world.record("account-opened", "account/apex", kind="organisation", alias="apex", name="Apex")
    for side in ("client", "provider"):
        world.record("contact-added", "account/apex", side=side, level="senior", name=side, role=side)
    for who in ("c1", "c2"):
        world.record("authority-changed", "account/apex", contact=who, scope="sign", granted=True, valid_from="2025-03-03",
                     granted_by=who)  # fmt: skip
    for name, account in (("pilot", "apex"), ("old", "apex")):
        world.record("engagement-opened", f"engagement/{name}", account=account, alias=name)
    for name, minor in (("northwind", 90_000), ("pilot", 30_000), ("old", 500_000)):
        agreed(world, name, minor)
    world.record("engagement-closed", "engagement/old", reason="mutual", results=[], open_obligations=[])
    world.record("amendment-proposed", from_version=1, new_version=2, proposed_by="client", changes=[])
    world.draft(2)
    world.record("amendment-declined", new_version=2, declined_by="provider")
    world.record("review-held", attendees=["c1", "c2"], scale={"min": "0", "max": "10"}, decision="continue",
                 needs_met_provider="8", needs_met_client="6.5")  # fmt: skip
    return world


ANSWERS: Mapping[str, Sequence[tuple[object, ...]]] = {
    "P10": [("client", 1, 1)],
    "P38": [(london("2025-03-03T08:00"), 80.0, 65.0)],
    "P56": [("acme", "GBP", 0.75), ("apex", "GBP", 0.25)],
}


@pytest.mark.parametrize("practice", practising.QUERIES)
def test_a_query_answers_what_a_practice_asks(practice: str, tmp_path: Path) -> None:
    portfolio(tmp_path)

    with current(tmp_path / "ledger.db", tmp_path / "projections.db", LATER):
        db = sqlite3.connect(tmp_path / "projections.db")
        found = db.execute(practising.QUERIES[practice]).fetchall()
        db.close()

    assert found == ANSWERS[practice]
