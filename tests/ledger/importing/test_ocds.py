"""Contracting releases through the command: what each becomes, what is odd and said, what is refused and where."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from ledger.entry import decode
from ledger.values import Position
from tests.importing import Desk, at_a_desk

Json = dict[str, Any]

BUYER = {"id": "B", "name": "Borough", "roles": ["buyer"], "contactPoint": {"email": "b@borough.example"}}
FIRM = {"id": "F", "name": "Firm", "roles": ["supplier"]}
SIGNED: Json = {
    "id": "k-1",
    "title": "Bridge",
    "status": "active",
    "value": {"amount": 12000.50, "currency": "GBP"},
    "period": {"endDate": "2012-06-30T23:59:00Z"},
    "dateSigned": "2010-05-01T09:00:00Z",
    "milestones": [{"id": "1", "title": "Deck", "dueDate": "2011-01-31T17:00:00Z"}],
}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return at_a_desk(tmp_path)


def release(name: str, date: str, **says: Any) -> Json:
    return {"ocid": "ocds-zz-1", "id": name, "date": date, "tag": ["contract"], **says}


FIRST = release("r1", "2010-05-10T10:00:00Z", parties=[BUYER, FIRM], contracts=[SIGNED])


def imported(desk: Desk, *releases: object, options: str = "") -> Json:
    """Import *releases* as one package and return the account of it."""
    answer = desk.run(f"engage import ocds {desk.write('r.json', json.dumps({'releases': releases}))} --json {options}")
    assert answer.code in {0, 3}, answer.err
    said: Json = json.loads(answer.out) if answer.out else {"error": answer.err}
    return said


def again(date: str, **changed: Any) -> Json:
    """Return a later release that says *changed* of the contract."""
    return release(f"r-{date}", f"{date}T10:00:00Z", contracts=[{"id": "k-1", **changed}])


def made(desk: Desk, after: int) -> Sequence[tuple[str, Json]]:
    """Return the types and the data of what was recorded after position *after*."""
    return desk.said()[after:]


def test_a_contract_is_an_engagement_for_its_buyer(desk: Desk) -> None:
    assert imported(desk, FIRST)["entries"] == {
        "account-opened": 1,
        "agreement-drafted": 1,
        "agreement-signed": 2,
        "contact-added": 2,
        "engagement-opened": 1,
        "entry-annotated": 1,
        "milestone-agreed": 1,
    }


def test_every_entry_is_a_claim_of_its_release(desk: Desk) -> None:
    imported(desk, FIRST)

    with desk.reading() as reader:
        entries = [decode(*stored) for stored in reader.since(Position(2), 100)]
    claims = {tuple(entry.text(name) for name in ("claimedtime", "correlationid", "causationid")) for entry in entries}
    assert claims == {("2010-05-10T10:00:00.000000Z", "ocds-zz-1", "r1")}
    assert {(entry.party, entry.text("provenance"), entry.text("aware")) for entry in entries} == {
        ("client", "import", None)
    }


def test_names_titles_and_descriptions_are_erasable_and_not_in_the_bytes(desk: Desk) -> None:
    imported(desk, FIRST)

    with desk.reading() as reader:
        raw = b"".join(stored.raw for stored in reader.since(Position(2), 100))
    assert [word for word in (b"Borough", b"Firm", b"Bridge", b"Deck", b"b@borough.example") if word in raw] == []


CHANGES: Sequence[tuple[str, Json, Sequence[tuple[str, Json]]]] = [
    ("the same again", {"title": "Bridge", "status": "active"}, []),
    (
        "another due date",
        {"milestones": [{"id": "1", "dueDate": "2011-03-31T17:00:00Z"}]},
        [
            (
                "milestone-rescheduled",
                {"from_due": "2011-01-31T17:00:00.000000Z", "to_due": "2011-03-31T17:00:00.000000Z"},
            )
        ],
    ),
    (
        "met",
        {"milestones": [{"id": "1", "status": "met", "dateMet": "2011-01-20"}]},
        [("milestone-delivered", {"milestone_id": "M1"}), ("milestone-judged", {"verdict": "accepted", "by": "c1"})],
    ),
    ("partly met", {"milestones": [{"id": "1", "status": "partiallyMet"}]}, [("milestone-delivered", {})]),
    ("not met", {"milestones": [{"id": "1", "status": "notMet"}]}, [("milestone-judged", {"verdict": "rejected"})]),
    (
        "another value",
        {"value": {"amount": 13000, "currency": "GBP"}},
        [
            ("amendment-proposed", {"from_version": 1, "new_version": 2}),
            ("agreement-drafted", {"version": 2, "amends": 1}),
        ],
    ),
    (
        "an amendment, signed anew",
        {"dateSigned": "2010-07-01", "amendments": [{"id": "A1", "date": "2010-07-01", "rationale": "Longer"}]},
        [
            ("amendment-proposed", {"reason": "Amendment A1 (2010-07-01): Longer", "changes": []}),
            ("agreement-drafted", {"version": 2}),
            ("agreement-signed", {"version": 2, "signed_for": "client"}),
            ("agreement-signed", {"version": 2, "signed_for": "provider"}),
        ],
    ),
    (
        "another date of signing",
        {"dateSigned": "2010-05-02"},
        [("entry-corrected", {"kind": "amend"}), ("entry-corrected", {"kind": "amend"})],
    ),
    ("not signed after all", {"dateSigned": None}, [("entry-corrected", {"kind": "withdraw"})] * 2),
    ("ended", {"status": "terminated"}, [("entry-annotated", {"text": "Status as published: terminated"})]),
    (
        "a document",
        {"documents": [{"id": "9", "title": "Plan", "url": "https://x.example/p.pdf"}]},
        [("entry-annotated", {"text": "Document as published: Plan\nhttps://x.example/p.pdf"})],
    ),
]


@pytest.mark.parametrize(("changed", "becomes"), [case[1:] for case in CHANGES], ids=[case[0] for case in CHANGES])
def test_a_later_release_adds_what_it_changes(desk: Desk, changed: Json, becomes: Sequence[tuple[str, Json]]) -> None:
    imported(desk, FIRST)
    before = len(desk.said())

    imported(desk, again("2010-08-01", **changed))

    added = made(desk, before)
    assert [name for name, _ in added] == [name for name, _ in becomes]
    for (_, data), (_, expected) in zip(added, becomes, strict=True):
        assert {name: data.get(name) for name in expected} == expected


@pytest.mark.parametrize(
    ("signed", "says"),
    [
        ("2015-06-10T16:43:12Z", "signed 2015-06-10, 1,857 days after the release that says so (2010-05-10)."),
        ("2009-05-01", "signed 2009-05-01, 365 days before the award (2010-05-01)."),
        ("2050-01-01", "dateSigned 2050-01-01 lies in the future: it stands without a date."),
    ],
)
def test_a_signature_that_is_oddly_dated_is_recorded_and_said(desk: Desk, signed: str, says: str) -> None:
    award = {"id": "a-1", "date": "2010-05-01", "suppliers": [{"id": "F"}]}
    contract = {**SIGNED, "awardID": "a-1", "dateSigned": signed}

    account = imported(desk, {**FIRST, "awards": [award], "contracts": [contract]})

    assert account["entries"]["agreement-signed"] == 2
    assert any(says in note for note in account["notes"])
    flags = [json.loads(line) for line in desk.run("engage table flags --jsonl").out.splitlines()]
    assert [flag["flag"] for flag in flags].count("without-authority") == 2


@pytest.mark.parametrize(
    ("signed", "said"),
    [
        (
            "2010-05-12T10:00:00Z",
            "is dated Wed 12 May 2010 11:00, 2.00 days after its original says that it was written",
        ),
        ("2010-05-10T09:00:00Z", ""),
    ],
)
def test_a_signature_dated_after_its_own_release_is_said_wherever_signatures_are_shown(
    desk: Desk, signed: str, said: str
) -> None:
    imported(desk, {**FIRST, "contracts": [{**SIGNED, "dateSigned": signed}]})

    answer = desk.run("engage signatures --trust-claimed --as-known-on 2010-05-11")

    assert answer.code == 0
    assert (said in answer.out) if said else ("its original says" not in answer.out)


def test_what_is_not_read_is_counted_by_its_path(desk: Desk) -> None:
    work = {"transactions": [{"id": "1"}, {"id": "2"}], "milestones": [{"id": "x"}]}
    bidder = {"id": "T", "name": "Bidder", "roles": ["tenderer"], "address": {"region": "here"}}

    notes = imported(
        desk,
        {
            **FIRST,
            "tender": {"id": "t"},
            "parties": [BUYER, FIRM, bidder],
            "contracts": [{**SIGNED, "implementation": work}],
        },
    )["notes"]

    assert notes == [
        "Left out: 2 contracts/implementation/transactions, 1 milestones (without dueDate), 1 parties (on neither side), "
        "1 parties/address, 1 tender."
    ]


def test_a_party_without_a_role_any_more_stays_a_contact(desk: Desk) -> None:
    imported(desk, FIRST)

    account = imported(desk, release("r2", "2010-08-01T10:00:00Z", parties=[{**FIRM, "roles": []}]))

    assert account["entries"] == {"entry-corrected": 1}


def test_a_list_that_is_taken_back_is_counted(desk: Desk) -> None:
    imported(desk, FIRST)

    notes = imported(desk, again("2010-08-01", milestones=None))["notes"]

    assert notes == ["Left out: 1 contracts/milestones (null)."]


def test_releases_come_in_the_order_of_their_dates_whatever_the_files(desk: Desk) -> None:
    later = again("2010-08-01", title="Longer bridge")

    imported(desk, later, FIRST)

    assert [data["version"] for name, data in desk.said() if name == "agreement-drafted"] == [1, 2]


def test_a_record_and_a_bare_release_are_read_too(desk: Desk) -> None:
    record = {"records": [{"ocid": "ocds-zz-1", "releases": [FIRST]}]}

    answer = desk.run(f"engage import ocds {desk.write('record.json', json.dumps(record))}")
    bare = desk.run(f"engage import ocds {desk.write('bare.json', json.dumps(FIRST))}")

    assert answer.out.splitlines()[0] == "record.json: 1 release"
    assert "already there            1" in bare.out


def linking(*names: str) -> str:
    """Return a record that only links to releases, as publishers write it: the address of the package, then the id."""
    links = [{"url": f"https://x.example/package.json#{name}", "date": "2010-05-10T10:00:00Z"} for name in names]
    return json.dumps({"records": [{"ocid": "ocds-zz-1", "releases": links}]})


def test_a_record_beside_the_releases_that_it_links_to_adds_nothing(desk: Desk) -> None:
    desk.write("record.json", linking("r1"))
    desk.write("r.json", json.dumps({"releases": [FIRST]}))

    answer = desk.run("engage import ocds record.json r.json")

    assert (answer.code, answer.out.splitlines()[0]) == (0, "2 files: 2 releases")
    assert "nothing to record        1  1 linked to and read here" in answer.out


@pytest.mark.parametrize(
    ("name", "ocid"), [("r2", "ocds-zz-1"), ("r1", "ocds-zz-2")], ids=["another release", "that of another process"]
)
def test_a_link_to_what_is_not_read_is_refused_with_where_it_stands(desk: Desk, name: str, ocid: str) -> None:
    desk.write("record.json", linking(name))
    desk.write("r.json", json.dumps({"releases": [{**FIRST, "ocid": ocid}]}))

    answer = desk.run("engage import ocds record.json r.json")

    assert (answer.code, answer.err.splitlines()[:3]) == (3, [
        f"Release (record.json /records/0/releases/0): only a link to https://x.example/package.json#{name}",
        "Nothing was recorded.",
        "  Import that file too, in the same call; or leave this one out.",
    ])  # fmt: skip


def test_an_older_release_that_says_something_new_is_refused(desk: Desk) -> None:
    imported(desk, FIRST, again("2010-08-01", title="Longer bridge"))

    refused = imported(desk, again("2010-06-01", title="Shorter bridge"), options="--keep-going")["refused"]

    assert 'it is older than release "r-2010-08-01" (2010-08-01), which is in the ledger' in refused[0]["reason"]


def test_a_release_that_changes_under_its_id_is_refused(desk: Desk) -> None:
    imported(desk, FIRST)

    changed = {**FIRST, "contracts": [{**SIGNED, "title": "Tunnel"}]}

    assert 'with the id "r1" was read that says something else' in imported(desk, changed)["error"]
    assert 'with the id "r1" was read that says something else' in imported(desk, {**FIRST}, changed)["error"]


def without(name: str) -> Json:
    return {key: value for key, value in FIRST.items() if key != name}


REFUSED: list[tuple[str, str | bytes | Json, str]] = [
    ("no JSON", "{", "r.json: Not JSON: Expecting property name"),
    ("not UTF-8", b'{"a": "\xff"}', "r.json: Not UTF-8: byte 8 is 0xff."),
    ("no release", "[]x", "r.json: Not JSON: Extra data"),
    ("something else", '{"a": 1}', "r.json: it holds no release."),
    ("nested without end", "[" * 100_000, "r.json: Nested deeper than anything here is."),
    ("no ocid", without("ocid"), "(r.json): it has no ocid."),
    ("no date", without("date"), "it has no date."),
    (
        "a date without a zone",
        {**FIRST, "date": "2010-05-10T10:00:00"},
        '/date: "2010-05-10T10:00:00" is no date with a zone.',
    ),
    ("a day for a date", {**FIRST, "date": "2010-05-10"}, '/date: "2010-05-10" is no date with a time.'),
    ("a date to come", {**FIRST, "date": "2050-05-10T10:00:00Z"}, "lies in the future."),
    ("a contract without id", {**FIRST, "contracts": [{"title": "x"}]}, "/contracts/0: it has no id."),
    ("an id twice", {**FIRST, "contracts": [SIGNED, SIGNED]}, '/contracts/1: the id "k-1" stands twice in this list.'),
    ("nobody to buy", {**FIRST, "parties": [FIRM]}, "/buyer: nobody is named whom the contract is for."),
    ("a text as a list", {**FIRST, "contracts": "all"}, '/contracts: "all" is no list.'),
    (
        "no number",
        json.dumps(FIRST).replace("12000.5", "NaN"),
        "/contracts/0/value/amount: NaN is no number.",
    ),
    (
        "less than nothing",
        {**FIRST, "contracts": [{**SIGNED, "value": {"amount": -1, "currency": "GBP"}}]},
        "/contracts/0/value/amount: -1 is no amount of money.",
    ),
    (
        "a key twice",
        json.dumps(FIRST).replace('"dateSigned"', '"title": "Other", "dateSigned"'),
        '/contracts/0: "title" stands twice in one object.',
    ),
    (
        "half a character",
        json.dumps({**FIRST, "contracts": [{**SIGNED, "title": "\ud800"}]}),
        "/contracts/0/title: half a character",
    ),
    (
        "a broken date of signing",
        {**FIRST, "contracts": [{**SIGNED, "dateSigned": "spring"}]},
        '/contracts/0/dateSigned: "spring" is no date with a zone.',
    ),
    (
        "a link",
        {"releases": [{"url": "https://x.example/r.json"}]},
        "(r.json /releases/0): only a link to https://x.example/r.json",
    ),
]


@pytest.mark.parametrize(("content", "says"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_what_cannot_be_read_is_refused_by_release_and_path(desk: Desk, content: str | bytes | Json, says: str) -> None:
    before = desk.root
    written = json.dumps(content) if isinstance(content, dict) else content

    answer = desk.run(f"engage import ocds {desk.write('r.json', written)}")

    assert (answer.code, desk.root) == (3, before)
    assert says in answer.err.splitlines()[0] + answer.err


def test_what_is_refused_leaves_the_others_in_with_keep_going(desk: Desk) -> None:
    account = imported(desk, FIRST, again("2010-08-01", dateSigned="spring"), options="--keep-going")

    assert (account["recorded"], len(account["refused"])) == (1, 1)


def test_a_dry_run_records_nothing(desk: Desk) -> None:
    before = desk.root

    assert imported(desk, FIRST, options="--dry-run")["recorded"] == 1
    assert desk.root == before


def hostile(text: str) -> Json:
    """Return a release that says *text* wherever a text may stand."""
    contract = {
        **SIGNED,
        "title": text,
        "description": text,
        "status": text,
        "milestones": [{"id": text.strip()[:30] or "x", "title": text, "dueDate": "2011-01-31", "status": text}],
    }
    party = {**BUYER, "name": text, "contactPoint": {"name": text, "email": text}}
    return {**FIRST, "parties": [party, FIRM], "contracts": [contract]}


@pytest.mark.parametrize(
    "text", ["\x1b[2J\x07", "a\u202egpj.exe", "\u0000\u0000", "x" * 100_000, "=1+1", "  ", "line\nline"]
)
def test_hostile_texts_are_kept_and_never_move_a_cursor(desk: Desk, text: str) -> None:
    answer = desk.run(f"engage import ocds {desk.write('r.json', json.dumps(hostile(text)))} --keep-going")

    shown = answer.out + answer.err + desk.run("engage log").out
    assert "our fault" not in answer.err
    assert [sign for sign in ("\x1b", "\u202e", "\x07", "\x00") if sign in shown] == []


def test_a_file_of_ten_megabytes_is_read(desk: Desk) -> None:
    padded = {**FIRST, "planning": {"rationale": "x" * 10_000_000}}

    assert imported(desk, padded)["recorded"] == 1


def test_two_processes_of_one_buyer_share_its_account(desk: Desk) -> None:
    other = {**FIRST, "ocid": "ocds-zz-2", "id": "r9"}

    account = imported(desk, FIRST, other)

    assert (account["entries"]["account-opened"], account["entries"]["engagement-opened"]) == (1, 2)


def test_an_erased_party_is_not_brought_back(desk: Desk) -> None:
    imported(desk, FIRST)
    assert desk.run("engage erase 4 all --ground request --yes").code == 0
    before = len(desk.said())

    imported(desk, release("r2", "2010-09-01T10:00:00Z", parties=[BUYER, FIRM]))

    assert len(desk.said()) == before
