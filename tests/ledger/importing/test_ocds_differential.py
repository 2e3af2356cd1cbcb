"""The state replayed at each release's date is what an independent merge of the releases until then says (ocdsmerge)."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given, settings

from tests.contracting import (
    ALIAS,
    CONTRACT,
    MERGER,
    OCID,
    compiled,
    imported,
    in_memory,
    moment,
    processes,
    stands,
    told,
)
from tests.places import REAL_DATA

DATA = REAL_DATA / "ocds"
REAL = ("ocds-213czf-000-00001", "ocds-213czf-000-00001-contract-01")
real = pytest.mark.skipif(not DATA.is_dir(), reason="the releases are not here: LEDGER_REAL_DATA names their folder")

Json = dict[str, Any]


def last_of_each_date(releases: Sequence[Json]) -> Mapping[str, list[Json]]:
    """Return, by date, all releases until then."""
    return {one["date"]: [r for r in releases if r["date"] <= one["date"]] for one in releases}


@given(processes())
@settings(max_examples=150, deadline=None)
def test_the_replayed_state_is_the_compiled_release_of_each_date(releases: list[Json]) -> None:
    ledger = in_memory()
    imported(ledger, {"releases": list(reversed(releases))})

    for date, until in last_of_each_date(releases).items():
        assert stands_or_none(ledger, date) == compiled(until), date


@given(processes())
@settings(max_examples=60, deadline=None)
def test_releases_imported_one_by_one_make_the_same_ledger(releases: list[Json]) -> None:
    ledger = in_memory()
    for release in releases:
        imported(ledger, release)

    for date, until in last_of_each_date(releases).items():
        assert without_what_was_left_out(stands_or_none(ledger, date), until) == without_what_was_left_out(
            compiled(until), until
        ), date


@given(processes())
@settings(max_examples=60, deadline=None)
def test_importing_again_adds_nothing(releases: list[Json]) -> None:
    ledger = in_memory()
    imported(ledger, {"releases": releases})
    before = ledger.journal.root()

    imported(ledger, {"releases": releases})
    for release in releases:
        imported(ledger, release)

    assert ledger.journal.root() == before


@given(processes())
@settings(max_examples=60, deadline=None)
def test_the_history_of_each_field_is_that_of_the_versioned_release(releases: list[Json]) -> None:
    ledger = in_memory()
    imported(ledger, {"releases": releases})
    versioned = MERGER.create_versioned_release(releases)

    replayed = {date: stands_or_none(ledger, date) for date in last_of_each_date(releases)}
    for field, path in FIELDS.items():
        assert history(replayed, field) == in_versions(versioned, path), field


def stands_or_none(ledger: Any, date: str) -> Json | None:
    """Return what the ledger says on *date*; None where it has no such contract at all."""
    return stands(ledger, ALIAS, OCID, date)


def without_what_was_left_out(state: Json | None, releases: Sequence[Json]) -> Json | None:
    """Return *state* without the milestones of which something was said that is not kept from one import to the next.

    Those are what was said before there was a due date, the day on which one was met that is not met any more, and
    whether it was met by its status or by its day, of which one is taken back.
    """
    if state is None:
        return None
    stated = [m for release in releases for c in release.get("contracts", ()) for m in c.get("milestones", ())]
    lost = {m["id"] for m in stated if None in (m.get("status", ""), m.get("dateMet", ""))}
    for number in range(len(releases)):
        for contract in MERGER.create_compiled_release(list(releases[: number + 1])).get("contracts", ()):
            lost |= {m["id"] for m in contract.get("milestones", ()) if "dueDate" not in m}
            lost |= {m["id"] for m in contract.get("milestones", ()) if m.get("status") == "notMet" and "dateMet" in m}
    return {**state, "milestones": {name: one for name, one in state["milestones"].items() if name not in lost}}


FIELDS: Mapping[str, tuple[str, ...]] = {
    "title": ("title",),
    "status": ("status",),
    "signed": ("dateSigned",),
    "end": ("period", "endDate"),
    "start": ("period", "startDate"),
}
"""What a field of the mapped state is called in a contract."""


def history(replayed: Mapping[str, Json | None], field: str) -> list[tuple[str, str | None]]:
    """Return the dates at which *field* became something else, and what."""
    found: list[tuple[str, str | None]] = []
    for date, state in replayed.items():
        value = state[field] if state else None
        if value != (found[-1][1] if found else None):
            found.append((date, value))
    return found


def in_versions(versioned: Json, path: Sequence[str]) -> list[tuple[str, str | None]]:
    """Return the same of a versioned release: of versions of one date the last, of equal ones the first."""
    contract: Any = next((one for one in versioned.get("contracts", ()) if one["id"] == CONTRACT), {})
    for name in path:
        contract = contract.get(name, {})
    last: dict[str, str | None] = {}
    for version in contract or ():
        value = version["value"]
        last[version["releaseDate"]] = value if path == ("period", "startDate") else _as_held(value, path)
    found: list[tuple[str, str | None]] = []
    for date, value in last.items():
        if value != (found[-1][1] if found else None):
            found.append((date, value))
    return found


def _as_held(value: str | None, path: Sequence[str]) -> str | None:
    if path == ("dateSigned",):
        return moment(value)
    return value[:10] if value and path == ("period", "endDate") else value


# ---- the real releases


def real_releases() -> list[Json]:
    """Return the six real releases, oldest first."""
    return [json.loads(path.read_text())["releases"][0] for path in sorted(DATA.glob("ocds-*.json"))]


@real
def test_the_real_releases_replay_to_what_ocdsmerge_compiles() -> None:
    ledger, releases = in_memory(), real_releases()
    imported(ledger, *[json.loads(path.read_text()) for path in sorted(DATA.glob("ocds-*.json"), reverse=True)])

    for date, until in last_of_each_date(releases).items():
        assert stands(ledger, REAL[1], REAL[0], date) == compiled(until, REAL[1])


@real
def test_the_record_of_the_real_releases_adds_nothing_beside_them() -> None:
    files = [json.loads(path.read_text()) for path in sorted(DATA.glob("*.json"))]

    counts = imported(in_memory(), *files)

    assert (len(counts.refused), counts.recorded, counts.left_out["linked to and read here"]) == (0, 4, 6)


@real
def test_the_real_releases_replay_to_the_record_that_their_publisher_compiled() -> None:
    ledger = in_memory()
    imported(ledger, {"releases": real_releases()})
    record = json.loads((DATA / "record-withversions.json").read_text())["records"][0]
    versions = record["versionedRelease"]["contracts"][0]

    assert stands(ledger, REAL[1], REAL[0], "2026-01-01T00:00:00Z") == told(record["compiledRelease"], REAL[1])
    for field, path in FIELDS.items():
        first = versions[path[0]][path[1]][0] if len(path) > 1 else versions[path[0]][0]
        then = stands(ledger, REAL[1], REAL[0], first["releaseDate"])
        assert then is not None
        assert then[field] == (first["value"] if field == "start" else _as_held(first["value"], path))
