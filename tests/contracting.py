"""Contracting releases for tests: generated ones, a ledger that imports them, and what it says mapped back to OCDS.

What is mapped back is read from the state alone; nothing of the importer is used.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from ocdsmerge import Merger

from ledger.calendars import default_calendar, instant, normalise_instant, parse_instant
from ledger.drafts import Draft, Identity
from ledger.events import EntryAnnotated
from ledger.importing import Counts, record_all
from ledger.importing.ocds import OcdsPlanner, Releases
from ledger.replay import Replay
from ledger.service import Ledger
from ledger.standing import Known, due_in_force
from ledger.testing.fakes import MemoryJournal, SetClock

Json = dict[str, Any]

OCID = "ocds-zz-1"
CONTRACT = "k-1"
ALIAS = "ocds-zz-1-k-1"
CALENDAR: Any = default_calendar("Europe/London", country="GB", subdivision="ENG", years=[2025])
OMITTED: Mapping[tuple[str, ...], str] = {
    ("id",): "omitWhenMerged",
    ("date",): "omitWhenMerged",
    ("tag",): "omitWhenMerged",
    ("parties", "roles"): "wholeListMerge",
}
"""The rules of OCDS 1.1 for the fields that are compared; the schema itself would be fetched from the network."""
MERGER = Merger(merge_rules=dict(OMITTED))


def in_memory() -> Ledger:
    """Make a ledger that imports."""
    clock = SetClock("2026-11-22T09:00:00Z")
    ledger = Ledger(MemoryJournal(clock), Identity("lead@example.org", "Lead"), clock=clock, provenance="import")
    ledger.record(Draft("policy-set", "practice", {"calendars": [CALENDAR], "valid_from": "2025-01-01"}))
    return ledger


def imported(ledger: Ledger, *packages: object) -> Counts:
    """Import *packages*, each a file; refuse none."""
    files = [(f"{number}.json", json.dumps(one).encode()) for number, one in enumerate(packages)]
    counts = record_all(ledger, Releases(files), OcdsPlanner(ledger).plan)
    assert counts.refused == []
    return counts


# ---- what the ledger says, as OCDS


def stands(ledger: Ledger, alias: str, ocid: str, date: str) -> Json | None:
    """Return what was known of a contract on *date*; None before it was known."""
    known = ledger.replay(alias, Replay(known_on=normalise_instant(date), trust_claimed=True))
    if not known.engagement.drafts:
        return None
    return {**_terms(known), "milestones": dict(_milestones(known, date)), "parties": _parties(known, ocid)}


def _terms(known: Known) -> Json:
    draft = max(known.engagement.drafts.items())[1].event
    stated = json.loads((draft.note or "").splitlines()[0].partition(": ")[2])
    signatures = known.engagement.signatures
    newest = max((fact.event.version for fact in signatures), default=0)
    signed = {fact.occurred for fact in signatures if fact.event.version == newest}
    assert len(signed) <= 1, "both sides signed on one date"
    facts = known.engagement.facts.values()
    remarks = [fact.event.text or "" for fact in facts if isinstance(fact.event, EntryAnnotated)]
    status = next((text.rpartition(": ")[2] for text in reversed(remarks) if text.startswith("Status")), None)
    return {
        "title": stated.get("title"),
        "status": None if status == "none any more" else status,
        "value": draft.value and (Decimal(draft.value["minor"]) / 100, draft.value["currency"]),
        "start": stated.get("period", {}).get("startDate"),
        "end": draft.timeframe and draft.timeframe["completion"],
        "signed": next(iter(signed), None),
    }


def _milestones(known: Known, date: str) -> Iterator[tuple[str, Json]]:
    for name, milestone in known.engagement.milestones.items():
        due = due_in_force(known, milestone, parse_instant(normalise_instant(date)))
        last: dict[int, tuple[str, str | None]] = {
            fact.entry.position: ("partiallyMet", fact.occurred) for fact in milestone.delivered
        }
        met = milestone.delivered[-1].occurred if milestone.delivered else None
        for judged in milestone.judged:
            rejected = judged.event.verdict == "rejected"
            last[judged.entry.position] = ("notMet", None) if rejected else ("met", met)
        status = last[max(last)] if last else ("scheduled", None)
        yield name[1:], {"due": due and due.due, "status": status[0], "met": status[1]}


def _parties(known: Known, ocid: str) -> Json:
    """Return the parties on a side; one that has lost its role stays a contact, and is none of them."""
    return {
        (fact.event.note or "").split(" of ")[0].removeprefix("Party "): (
            fact.event.name,
            fact.event.role,
            fact.event.side,
        )
        for fact in known.account.contacts.values()
        if fact.entry.text("correlationid") == ocid and _side({"roles": (fact.event.role or "").split(", ")})
    }


# ---- what an independent merge says, in the same words


def compiled(releases: Sequence[Json], contract: str = CONTRACT) -> Json | None:
    """Return what ocdsmerge makes of *releases*, as far as the ledger holds it; None while there is no contract."""
    return told(MERGER.create_compiled_release(list(releases)), contract)


def told(release: Json, contract: str) -> Json | None:
    """Return the part of a compiled release that the ledger holds."""
    one = next((one for one in release.get("contracts", ()) if one["id"] == contract), None)
    if one is None:
        return None
    value, period = one.get("value", {}), one.get("period", {})
    return {
        "title": one.get("title"),
        "status": one.get("status"),
        "value": (Decimal(str(value["amount"])), value["currency"]) if len(value) == 2 else None,
        "start": period.get("startDate"),
        "end": period["endDate"][:10] if "endDate" in period else None,
        "signed": moment(one.get("dateSigned")),
        "milestones": {m["id"]: _milestone(m) for m in one.get("milestones", ()) if "dueDate" in m},
        "parties": {p["id"]: _party(p) for p in release.get("parties", ()) if _side(p)},
    }


def moment(text: str | None) -> str | None:
    """Bring a moment to the form of the ledger, by the standard library alone."""
    if text is None or len(text) == 10:
        return text
    return instant(parse_instant(normalise_instant(text)))


def _milestone(stated: Json) -> Json:
    status = stated.get("status", "scheduled")
    status = "met" if status == "scheduled" and "dateMet" in stated else status
    met = moment(stated.get("dateMet")) if status in {"met", "partiallyMet"} else None
    return {"due": moment(stated["dueDate"]), "status": status, "met": met}


def _party(stated: Json) -> tuple[str, str, str]:
    return stated.get("name") or stated["id"], ", ".join(stated["roles"]), str(_side(stated))


def _side(stated: Json) -> str | None:
    roles = set(stated.get("roles", ()))
    if roles & {"buyer", "procuringEntity", "payer"}:
        return "client"
    return "provider" if roles & {"supplier", "payee"} else None


# ---- releases by chance

_DAYS = [f"20{year:02}-{month:02}-15T10:00:00Z" for year in (9, 10, 11, 13) for month in (1, 6, 12)]
_day = st.sampled_from([*_DAYS, "2012-02-29", "2010-07-01T02:00:00+02:00"])
_status = st.sampled_from(["scheduled", "met", "partiallyMet", "notMet"])
_milestones_stated = st.lists(
    st.fixed_dictionaries(
        {"id": st.sampled_from(["1", "2.0", "c"])},
        optional={
            "title": st.sampled_from(["Deck", "Rails"]),
            "dueDate": _day,
            "status": _status | st.none(),
            "dateMet": _day | st.none(),
        },
    ),
    max_size=3,
    unique_by=lambda one: one["id"],
)
_contracts = st.fixed_dictionaries(
    {"id": st.just(CONTRACT)},
    optional={
        "title": st.sampled_from(["Bridge", "Longer bridge"]) | st.none(),
        "status": st.sampled_from(["pending", "active", "terminated"]) | st.none(),
        "value": st.fixed_dictionaries({"amount": st.sampled_from([10, 10.5, 12000]), "currency": st.just("GBP")}),
        "period": st.fixed_dictionaries({}, optional={"startDate": st.sampled_from(_DAYS), "endDate": _day}),
        "dateSigned": _day | st.none(),
        "milestones": _milestones_stated,
        "amendments": st.lists(
            st.fixed_dictionaries(
                {"id": st.sampled_from(["A", "B"])}, optional={"date": _day, "rationale": st.just("More")}
            ),
            max_size=2,
            unique_by=lambda one: one["id"],
        ),
    },
)
_roles = st.sampled_from([["buyer"], ["buyer", "payer"], ["supplier"], ["supplier", "tenderer"], ["tenderer"]])
_parties_stated = st.lists(
    st.fixed_dictionaries(
        {"id": st.sampled_from(["P", "Q"]), "name": st.sampled_from(["Pat & Co", "Quay"]), "roles": _roles}
    ),
    max_size=2,
    unique_by=lambda one: one["id"],
)
BUYER: Json = {"id": "B", "name": "Borough", "roles": ["buyer"]}


@st.composite
def processes(draw: st.DrawFn) -> list[Json]:
    """Draw the releases of one process, oldest first, some of the same date; each says what it likes."""
    dates = sorted(draw(st.lists(st.sampled_from(_DAYS), min_size=1, max_size=6)))
    releases: list[Json] = []
    for number, date in enumerate(dates):
        release: Json = {"ocid": OCID, "id": f"r{number}", "date": date, "tag": ["contract"], "language": "en"}
        parties = draw(_parties_stated)
        release["parties"] = [*([BUYER] if number == 0 else []), *parties]
        if draw(st.booleans()) or number == len(dates) - 1:
            release["contracts"] = [draw(_contracts)]
        if draw(st.booleans()):
            release["planning"] = {"rationale": "as ever"}
        releases.append(release)
    return releases
