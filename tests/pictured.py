"""An engagement of which every picture has something to show, and what is held of every page that shows it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import html5lib

from tests.views import World, london

if TYPE_CHECKING:
    from pathlib import Path

    from ledger.drafts import Receipt

HTML, SVG = "{http://www.w3.org/1999/xhtml}", "{http://www.w3.org/2000/svg}"
TEN = {"min": "0", "max": "10"}
WHERE = (f"{HTML}a", f"{SVG}a")


def busy(folder: Path, text: str = "plain") -> World:
    """Return a ledger as of Friday 27 June 2025, 17:00, in which *text* stands wherever people may write."""
    world = World(folder).begin().signed(1).at("2025-06-27T17:00")
    weekly: dict[str, Any] = {
        "kind": "report",
        "rrule": "FREQ=WEEKLY;BYDAY=FR",
        "starts": "2025-05-02T17:00",
        "calendar": "default",
    }
    world.record("cadence-agreed", cadence_id="weekly", audience=["c1"], agreement_version=1, **weekly)
    milestones(world, text)
    for day in ("2025-05-02T16:00", "2025-05-12T10:00", "2025-05-16T16:30"):
        happened(world, day, "status-report-sent", cadence_id="weekly", to=["c1"], summary=text)
    news(world, text)
    for number, (wave, score) in enumerate((("2025-03", 9), ("2025-04", 8), ("2025-05", 6), ("2025-06", 5))):
        heard(world, number, wave, score, text)
    happened(world, "2025-06-13T10:00", "concern-felt", topic="people", text=f"only for us: {text}")
    return world


def happened(world: World, local: str, event_type: str, /, **data: Any) -> Receipt:
    """Record what happened at a wall time in London."""
    return world.record(event_type, occurred=london(local), **data)


def milestones(world: World, text: str) -> None:
    """Record one milestone that moved and was delivered late, and one that somebody's lateness blocks."""
    for name, due in (("M1", "2025-05-16"), ("M2", "2025-06-06")):
        happened(
            world,
            "2025-04-01T09:00",
            "milestone-agreed",
            milestone_id=name,
            due=due,
            title=f"{name} {text}",
            agreement_version=1,
        )
    owed: dict[str, Any] = {
        "due": "2025-06-03",
        "blocks": ["M2"],
        "agreement_version": 1,
        "kind": "access",
        "title": text,
    }
    world.record("obligation-agreed", obligation_id="O1", **owed)
    own = {"party": "provider", "from_on": "2025-06-10", "to_on": "2025-06-12"}
    slip = {"milestone_id": "M1", "forecast": "2025-05-30"}
    happened(world, "2025-05-07T09:00", "slip-foreseen", aware=london("2025-05-06T10:00"), why=text, **slip)
    told: dict[str, Any] = {"slip_id": "S1", "to": ["c1"], "impact": text}
    happened(world, "2025-05-09T10:00", "slip-reported", **slip, **told)
    moved = {"milestone_id": "M1", "from_due": "2025-05-16", "to_due": "2025-05-30", "agreed_by": "c1"}
    happened(world, "2025-05-13T10:00", "milestone-rescheduled", **moved)
    evidence = [{"sha256": "a" * 64, "bytes": 3, "media_type": "text/plain"}]
    happened(world, "2025-06-03T12:00", "milestone-delivered", milestone_id="M1", evidence=evidence)
    late: dict[str, Any] = {"milestone_id": "M2", "forecast": "2025-07-01", "causes": [own], "why": text}
    happened(world, "2025-06-10T09:00", "slip-foreseen", aware=london("2025-06-10T09:00"), **late)
    happened(world, "2025-06-11T09:00", "obligation-fulfilled", obligation_id="O1")


def news(world: World, text: str) -> None:
    """Record good news told at once and bad news told a day later, four of each, and one that nobody was told."""
    for number in range(4):
        day = f"2025-05-{19 + number}"
        for polarity, wait in (("good", "09:00"), ("bad", "15:00")):
            learned = world.record(
                "news-learned", polarity=polarity, aware=london(f"{day}T09:00"), summary=f"{text} {number}"
            )
            happened(
                world, f"{day}T{wait}", "news-reported", news_id=str(getattr(learned.event, "news_id", "")), to=["c1"]
            )
    happened(world, "2025-06-26T16:00", "news-learned", polarity="bad", aware=london("2025-06-26T16:00"), summary=text)


def heard(world: World, number: int, wave: str, score: int, text: str) -> None:
    """Record what we think, what the client says a day later, and two contacts."""
    dimensions = ("trust", "pace")
    ours = [{"dimension": name, "score": "8"} for name in dimensions]
    theirs = [{"dimension": name, "score": str(score - at)} for at, name in enumerate(dimensions)]
    happened(world, f"2025-0{number + 3}-24T09:00", "self-assessed", scale=TEN, scores=ours)
    answer: dict[str, Any] = {"from_contact": "c1", "scale": TEN, "scores": theirs, "solicited": True, "verbatim": text}
    happened(world, f"2025-0{number + 3}-25T09:00", "feedback-received", wave=wave, **answer)
    for kind, direction in (("call", "outbound"), ("meeting", "inbound")):
        made: dict[str, Any] = {"kind": kind, "direction": direction, "purpose": "update", "participants": ["c1", "c2"]}
        happened(
            world,
            f"2025-0{number + 3}-25T10:00",
            "contact-made",
            substance=f"{text}: more than ten",
            minutes=30,
            **made,
        )


def read(page: str) -> ET.Element:
    """Return the tree of a page that is HTML without any fault."""
    found: ET.Element = html5lib.HTMLParser(strict=True).parse(page)
    return found


def check_page(page: str, besides: set[str] = frozenset()) -> ET.Element:  # type: ignore[assignment]  # none is none
    """Hold that *page* runs nothing, fetches nothing, and that what it points to is there, or among the pages *besides*."""
    tree = read(page)
    tags = {str(element.tag).rpartition("}")[2] for element in tree.iter()}
    assert not tags & {
        "script",
        "link",
        "iframe",
        "object",
        "embed",
        "img",
        "image",
        "foreignObject",
        "base",
        "form",
        "use",
    }
    names = {name for element in tree.iter() for name in element.attrib}
    assert not [name for name in names if name.startswith("on") or name in {"style", "src", "srcset", "action"}]
    assert not re.search(r"url\(|@import|https?:", "".join(tree.find(f".//{HTML}style").itertext()))  # type: ignore[union-attr]  # every page has one
    ids = [element.attrib["id"] for element in tree.iter() if "id" in element.attrib]
    assert len(ids) == len(set(ids))
    links = [element.attrib["href"] for element in tree.iter() if element.tag in WHERE]
    assert links
    assert {link for link in links if link.removeprefix("#") not in ids} <= besides
    return tree


def marks(tree: ET.Element) -> list[ET.Element]:
    """Return the marks of all pictures of a page: the links that stand in a drawing."""
    return [element for element in tree.iter() if element.tag == f"{SVG}a"]
