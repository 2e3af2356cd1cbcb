"""Tables imported through the command: every row accounted for, a second import adds nothing, names that change."""

import json
from pathlib import Path

import pytest

from tests.importing import MAPPING, TABLE, Desk, at_a_desk

NUMBERED = MAPPING.replace('title = "{name}"', 'title = "{name}"\ncorrelationid = "{number}"').replace(
    'firm = "firm"', 'firm = "firm"\nnumber = { column = "number", required = false }'
)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return at_a_desk(tmp_path)


def account(desk: Desk, content: str, options: str = "", *, mapping: str = MAPPING) -> dict[str, int]:
    """Return the counts of an import."""
    said = json.loads(desk.csv(content, f"--json {options}", mapping=mapping).out)
    named = {name: said[name] for name in ("rows", "recorded", "already_there", "nothing_to_record")}
    return named | {"refused": len(said["refused"])}


def kinds(desk: Desk) -> list[str]:
    return [kind for kind, _ in desk.said()]


def later(content: str, day: str = "2025-09-30", *, mapping: str = MAPPING) -> tuple[str, str]:
    """Return the file of a later year."""
    return content, mapping.replace("2024-09-30", day)


def test_a_row_opens_its_account_and_its_engagement_once_and_agrees_the_date(desk: Desk) -> None:
    desk.csv(TABLE)

    opened = ["engagement-opened", "milestone-agreed"]
    assert kinds(desk) == ["account-opened", *opened, *opened]
    assert desk.said()[-1][1]["due"] == "2040-12-31"


def test_a_second_import_adds_nothing(desk: Desk) -> None:
    desk.csv(TABLE)
    before = desk.root

    counts = account(desk, TABLE)

    assert counts == {"rows": 2, "recorded": 0, "already_there": 2, "nothing_to_record": 0, "refused": 0}
    assert desk.root == before


def test_a_row_unchanged_a_year_later_is_another_original(desk: Desk) -> None:
    desk.csv(TABLE)
    content, mapping = later(TABLE)

    desk.csv(content, mapping=mapping)

    assert kinds(desk)[-2:] == ["status-report-sent", "status-report-sent"]


def test_five_years_of_one_project(desk: Desk) -> None:
    for year, end in enumerate(("30.06.26", "31.07.26", "31.08.26", "30.06.26", "31.05.26"), 2021):
        desk.csv(f"project,firm,end\nHarbour,Acme,{end}\n", mapping=MAPPING.replace("2024", str(year)))

    assert kinds(desk)[2:] == [
        "milestone-agreed",
        "slip-reported",
        "slip-reported",
        "slip-averted",
        "milestone-rescheduled",
    ]
    assert desk.said()[-1][1] == {"milestone_id": "M1", "from_due": "2026-06-30", "to_due": "2026-05-31"}


def test_two_rows_of_one_project_in_one_file_are_two_statements(desk: Desk) -> None:
    counts = account(desk, "project,firm,end\nQuay,Acme,30.06.26\nQuay,Acme,30.06.26\nQuay,Acme,31.07.26\n")

    assert (counts["recorded"], kinds(desk)[2:]) == (3, ["milestone-agreed", "status-report-sent", "slip-reported"])


def test_a_refused_row_refuses_all_and_says_how_many(desk: Desk) -> None:
    before = desk.root

    answer = desk.csv(TABLE + "Mole,Acme,soon\nPier,Acme,later\n")

    assert answer.code == 3
    assert answer.err.splitlines() == [
        'Row 4, column end: "soon" is no date.  (2 rows are refused)',
        "Nothing was recorded.",
        "  See what is refused: --dry-run    Record the other 2: --keep-going",
    ]
    assert desk.root == before


def test_keep_going_records_the_rest_and_names_every_refused_row(desk: Desk) -> None:
    answer = desk.csv(TABLE + "Mole,Acme,soon\n\nPier,Acme\n", "--keep-going")

    assert (answer.code, answer.err.splitlines()) == (
        3,
        ['Row 4, column end: "soon" is no date.', "Row 6: 2 cells, where the header has 3."],
    )
    assert answer.out.splitlines()[1:] == [
        "  recorded                 2  1 account-opened, 2 engagement-opened, 2 milestone-agreed",
        "  already there            0",
        "  nothing to record        1  1 blank",
        "  refused                  2",
    ]


def test_a_dry_run_records_nothing_and_says_the_same(desk: Desk) -> None:
    before = desk.root

    tried = desk.csv(TABLE + "Mole,Acme,soon\n", "--dry-run")
    assert desk.root == before
    done = desk.csv(TABLE + "Mole,Acme,soon\n", "--keep-going")

    assert tried.out.replace("would be recorded", "recorded        ").split() == done.out.split()
    assert tried.err == done.err


def test_a_row_that_was_refused_is_recorded_once_the_mapping_understands_it(desk: Desk) -> None:
    desk.csv(TABLE + "Mole,Acme,2027-01-31\n", "--keep-going", mapping=MAPPING.replace(', "%Y-%m-%d"', ""))

    counts = account(desk, TABLE + "Mole,Acme,2027-01-31\n")

    assert counts == {"rows": 3, "recorded": 1, "already_there": 2, "nothing_to_record": 0, "refused": 0}


def test_a_cell_that_means_not_given_states_nothing(desk: Desk) -> None:
    mapping = MAPPING.replace(
        "century = 2000", 'century = 2000, required = false, not_given = { patterns = ["(?i)n/?a"] }'
    )

    desk.csv("project,firm,end\nQuay,Acme,N/A\n", mapping=mapping)

    assert kinds(desk) == ["account-opened", "engagement-opened"]


def test_prose_in_an_optional_column_is_refused_all_the_same(desk: Desk) -> None:
    mapping = MAPPING.replace("century = 2000", 'century = 2000, required = false, not_given = ["n/a"]')

    answer = desk.csv("project,firm,end\nQuay,Acme,when it is ready\n", mapping=mapping)

    assert answer.err.startswith('Row 2, column end: "when it is ready" is no date.')


def test_a_year_of_two_digits_without_a_century_is_refused(desk: Desk) -> None:
    answer = desk.csv(TABLE, mapping=MAPPING.replace(", century = 2000", ""))

    assert answer.err.startswith('Row 2, column end: "30.06.26" does not say its century.')


def test_an_engagement_is_found_again_by_its_number_under_another_name(desk: Desk) -> None:
    desk.csv("project,firm,end,number\nArmour MBT,MOD,30.06.26,MOD_1\n", mapping=NUMBERED)
    content, mapping = later("project,firm,end,number\nArmour Main Battle Tank,MOD,30.06.26,mod_1\n", mapping=NUMBERED)

    desk.csv(content, mapping=mapping)

    assert kinds(desk)[1:] == ["engagement-opened", "milestone-agreed", "status-report-sent"]


def test_a_new_name_is_an_old_one_where_the_mapping_says_so(desk: Desk) -> None:
    desk.csv(TABLE)
    content, mapping = later("project,firm,end\nOld Quay Walls,Acme,31.12.40\n")

    desk.csv(content, mapping=mapping + '\n[renamed]\n"Old Quay Walls" = "Quay"\n')

    assert kinds(desk)[-1] == "status-report-sent"


def test_a_name_that_resembles_another_is_new_and_said_to_resemble_it(desk: Desk) -> None:
    desk.csv("project,firm,end\nCrossrail Programme,Acme,30.06.26\n")
    content, mapping = later("project,firm,end\nCrossrail Programm,Acme,30.06.26\n")

    answer = desk.csv(content, mapping=mapping)

    assert kinds(desk)[-2:] == ["engagement-opened", "milestone-agreed"]
    assert answer.err == (
        'Row 2: "crossrail-programm" is new; it resembles "crossrail-programme". If it is that: [renamed].\n'
    )


def test_a_number_and_a_name_that_say_two_things_are_refused(desk: Desk) -> None:
    desk.csv("project,firm,end,number\nQuay,MOD,30.06.26,N1\nPier,MOD,30.06.26,N2\n", mapping=NUMBERED)
    content, mapping = later("project,firm,end,number\nPier,MOD,30.06.26,N1\n", mapping=NUMBERED)

    answer = desk.csv(content, mapping=mapping)

    assert answer.err.startswith('Row 2: The number N1 is that of engagement "quay", the name that of "pier".')


EVENTS = (
    MAPPING
    + """
[[event]]
type = "news-learned"
subject = "engagement"
when = "rating"
aware = "2024-09-30"
data = { polarity = "{rating}", summary = "Rated for {name}" }
"""
)
RATED = EVENTS.replace(
    'firm = "firm"',
    'firm = "firm"\nrating = { column = "rating", type = "word", required = false, words = { Red = "bad", Green = "good" } }',
)


def test_a_row_makes_the_events_of_the_mapping_where_their_column_says_something(desk: Desk) -> None:
    desk.csv("project,firm,end,rating\nQuay,Acme,30.06.26,Red\nPier,Acme,30.06.26,\n", mapping=RATED)

    news = [data for kind, data in desk.said() if kind == "news-learned"]
    assert [(each["polarity"], each["summary"]) for each in news] == [("bad", "Rated for Quay")]


def test_a_mapping_that_grows_adds_only_what_is_new(desk: Desk) -> None:
    content = "project,firm,end,rating\nQuay,Acme,30.06.26,Red\n"
    desk.csv(content)

    counts = account(desk, content, mapping=RATED)

    assert (counts["recorded"], kinds(desk)[3:]) == (1, ["news-learned"])


def test_an_import_is_the_claim_of_its_file_and_never_says_when_we_knew(desk: Desk) -> None:
    desk.csv(TABLE)
    with desk.reading() as reader:
        newest = reader.since(reader.head() - 1, 1)[0].raw.decode()  # type: ignore[arg-type]  # a position is a number

    assert all(
        part in newest for part in ('"provenance":"import"', '"claimedtime":"2024-09-30"', '"occurred":"2024-09-30"')
    )
    assert '"aware"' not in newest


ACCOUNTED = "project,firm,end\nQuay,Acme,30.06.26\n\nPier,Acme,soon\nMole,Acme,30.06.27\nshort\n"


@pytest.mark.parametrize("options", ["--keep-going", "--dry-run"])
def test_the_counts_add_up_to_the_rows_read(desk: Desk, options: str) -> None:
    desk.csv("project,firm,end\nMole,Acme,30.06.27\n")

    counts = account(desk, ACCOUNTED, options)

    assert counts == {"rows": 5, "recorded": 1, "already_there": 1, "nothing_to_record": 1, "refused": 2}
