"""Three years of a real portfolio, through the command; docs/portfolio.md says what comes out, and this holds it.

`python -m tests.docs.test_portfolio` writes the answers into the page anew, where the files are (LEDGER_REAL_DATA).
"""

import csv
import json
import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest

from ledger.entry import decode
from ledger.values import Position
from ledger.values.slugs import own_slug
from tests.importing import Desk
from tests.places import DOCS, REAL_DATA, ROOT
from tests.transcripts import matches

PAGE = DOCS / "portfolio.md"
DATA = REAL_DATA / "gmpp"
YEARS = ("2019", "2020", "2021")
NOT_THERE = "the portfolio is not here: LEDGER_REAL_DATA names the folder it is in"
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason=NOT_THERE)


def a_desk(folder: Path) -> Desk:
    """Sit down with the files and their mappings in the folder, without a ledger."""
    desk = Desk(folder)
    desk.at("2026-11-20T09:00")
    for year in YEARS:
        (folder / f"uk_{year}.csv").symlink_to(DATA / f"uk_{year}.csv")
        (folder / f"{year}.toml").write_text((ROOT / "examples" / "gmpp" / f"{year}.toml").read_text())
    return desk


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = a_desk(tmp_path_factory.mktemp("portfolio"))
    desk.run("engage init --zone Europe/London")
    for year in YEARS:
        desk.run(f"engage import csv uk_{year}.csv --map {year}.toml --keep-going")
    return desk


def answered(desk: Desk, page: str) -> str:
    """Return *page* with what its commands answer now."""

    def block(match: re.Match[str]) -> str:
        commands = [line for line in match[1].splitlines() if line.startswith("$ ")]
        said = [[command, *map(_masked, desk.run(command[2:]).lines), ""] for command in commands]
        return "```console\n" + "\n".join(line for lines in said for line in lines).rstrip("\n") + "\n```"

    return BLOCK.sub(block, page)


def test_the_page_says_what_the_commands_say(tmp_path: Path) -> None:
    page = PAGE.read_text(encoding="utf-8")

    now = answered(a_desk(tmp_path), page)

    told, wanted = now.splitlines(), page.splitlines()
    assert [line for line, was in zip(told, wanted, strict=True) if not matches(was, line)] == []


def test_every_row_of_every_year_is_accounted_for(desk: Desk) -> None:
    for year in YEARS:
        said = json.loads(desk.run(f"engage import csv uk_{year}.csv --map {year}.toml --dry-run --json").out)
        prose = [row for row in rows(year) if not re.fullmatch(r"[0-9.-]+", row["end_date"])]

        assert (said["rows"], len(said["refused"]), said["already_there"]) == (
            len(list(rows(year))),
            len(prose),
            len(list(rows(year))) - len(prose),
        )


def test_seventeen_end_dates_are_prose_and_refused(desk: Desk) -> None:
    refused = [
        refusal["reason"]
        for year in YEARS
        for refusal in json.loads(desk.run(f"engage import csv uk_{year}.csv --map {year}.toml --dry-run --json").out)[
            "refused"
        ]
    ]

    assert len(refused) == 17
    assert all("column end_date" in reason and reason.endswith("is no date.") for reason in refused)


def test_the_events_are_those_counted_by_hand(desk: Desk) -> None:
    counted = {day: Counter[str]() for day in ("2018-09-30", "2019-09-30", "2021-03-31")}
    with desk.reading() as reader:
        for stored in reader.since(Position(0), 10_000):
            entry = decode(*stored)
            if entry.text("provenance") == "import" and not entry.type.endswith("-opened.v1"):
                counted[str(entry.text("claimedtime"))][entry.type.split(".")[1]] += 1

    assert list(counted.values()) == list(expected().values())


def test_a_second_import_in_any_order_adds_nothing(desk: Desk) -> None:
    before = desk.root

    for year in reversed(YEARS):
        desk.run(f"engage import csv uk_{year}.csv --map {year}.toml --keep-going")

    assert desk.root == before


@pytest.mark.parametrize(("day", "slips"), [("2018-12-31", 0), ("2019-12-31", 26), ("2021-12-31", 45)])
def test_what_was_known_at_the_end_of_a_year(desk: Desk, day: str, slips: int) -> None:
    known = desk.run(f"engage table slips --as-known-on {day} --trust-claimed --jsonl").out.splitlines()

    assert len(known) == slips


def test_without_trust_nothing_was_known_before_it_was_imported(desk: Desk) -> None:
    assert desk.run("engage table slips --as-known-on 2021-12-31 --jsonl").out == ""


def rows(year: str) -> Iterator[Mapping[str, str]]:
    """Yield the rows of a year, read without any code of ours."""
    with (DATA / f"uk_{year}.csv").open(encoding="cp1252", errors="replace", newline="") as source:
        yield from csv.DictReader(source, delimiter=";" if year == "2021" else ",")


def expected() -> Mapping[str, Counter[str]]:
    """Count the events by hand: the README of the data, applied to dictionaries."""
    names: dict[str, str] = {}
    standing: dict[str, tuple[date, date]] = {}
    counts = {year: Counter[str]() for year in YEARS}
    for year in YEARS:
        for row in rows(year):
            stated = _day(row["end_date"])
            if stated is None:
                continue
            project = names.get(row.get("project_number", "").casefold()) or RENAMED.get(
                row["project_name"], row["project_name"]
            )
            project = own_slug(project)
            names[row.get("project_number", "").casefold() or project] = project
            kind, standing[project] = _event(stated, *standing.get(project, (None, None)))
            counts[year][kind] += 1
    return counts


def _masked(line: str) -> str:
    """Return *line* without what differs between two runs."""
    line = re.sub(r"\b\d+\.\d+ s\b", "… s", line)
    return re.sub(r"(engagements/|Root |root\": \")[^\s\")]+", r"\1…", line)


RENAMED = {
    "Great Western Route Modernisation (GWRM) including electrification": "Great Western Route Modernisation",
    "Customs Declaration Services": "CUSTOMS DECLARATION SERVICES (CDS) Programme",
    "Prisoner Escort and Custody Services (PECS) Generation 4 Programme": "Prisoner Escort and Custody Services (PECS) "
    "Generation 4",
}


def _event(d: date, due: date | None, last: date | None) -> tuple[str, tuple[date, date]]:
    if due is None or last is None:
        return "milestone-agreed", (d, d)
    if d == last:
        return "status-report-sent", (due, d)
    if d > due:
        return "slip-reported", (due, d)
    return ("slip-averted", (due, d)) if d == due else ("milestone-rescheduled", (d, d))


def _day(text: str) -> date | None:
    if match := re.fullmatch(r"(\d\d)\.(\d\d)\.(\d\d)", text):
        return date(2000 + int(match[3]), int(match[2]), int(match[1]))
    return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        PAGE.write_text(answered(a_desk(Path(scratch).resolve()), PAGE.read_text(encoding="utf-8")), encoding="utf-8")
