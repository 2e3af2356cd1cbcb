"""What happens in the story of one slip, told as it was recorded: the facts of a dispute about who knew what when."""

from __future__ import annotations

from ledger.drafts import Identity
from ledger.values.named import NamedTuple

LEAD = Identity("delivery-lead@provider.example", "delivery lead")


class Step(NamedTuple):
    """A command, the time it is given (London), what a teller says before it, who gives it, and how it is to end."""

    at: str
    command: str
    says: str = ""
    who: Identity = LEAD
    code: int = 0


STEPS = (
    Step(
        "2025-03-03T09:00",
        "engage init --zone Europe/London --holidays GB-ENG --origin {origin}",
        "A ledger, with the hours that count.",
    ),
    Step("2025-03-03T09:05", 'engage open northwind --account "Northwind Theatre"'),
    Step(
        "2025-03-03T09:30",
        "engage agreed northwind letter.toml",
        "The letter of agreement: a slip is to be told within 16 business hours.",
    ),
    Step("2025-03-03T10:00", "engage signed northwind --version 1 --by lead"),
    Step("2025-03-05T15:00", "engage signed northwind --version 1 --by sponsor"),
    Step(
        "2025-06-06T09:20",
        'engage slipped northwind M2 --forecast 2025-07-18 --aware 09:00 --because "vendor interface late"',
        "Three months on, a date will not be met.",
    ),
    Step("2025-06-10T08:30", "engage status", "Two business days later nobody has told the client."),
    Step(
        "2025-06-10T11:00", 'engage bad-news northwind "The hall is double-booked on 18 July." --severity 4 --about M2'
    ),
    Step("2025-06-10T11:20", "engage told N1 sponsor --by call"),
    Step("2025-06-11T10:05", "engage told S1 sponsor --by email"),
    Step("2025-06-12T16:41", "engage ack {slip-reported} --by sponsor --at 16:40"),
    Step(
        "2025-06-16T10:00",
        'engage agreed northwind letter-2.toml --because "notice within 16 hours is too short" --yes',
        "Version 2 asks for notice within 40 business hours.",
    ),
    Step("2025-06-16T10:05", "engage signed northwind --version 2 --by lead"),
    Step("2025-06-18T12:00", "engage signed northwind --version 2 --by sponsor"),
    Step(
        "2025-07-02T09:15",
        'engage correct {slip-foreseen} --aware 2025-06-03T14:20 --because "vendor e-mail found" --evidence vendor.eml',
        "An old e-mail turns up: we knew three days earlier. The first value stays to be seen.",
    ),
    Step("2025-07-18T16:30", "engage delivered northwind M2 --evidence rehearsal.txt"),
    Step("2025-08-04T11:00", 'engage dispute northwind --raised-by client --item M2 "We heard of the delay too late."'),
    Step("2025-08-04T11:05", "engage status northwind", "Where it stands."),
    Step("2025-08-04T11:06", "engage log northwind", "Who recorded what, and when."),
    Step(
        "2025-08-04T11:07",
        "engage replay northwind --as-known-on 2025-06-30 --diff",
        "What we knew on 30 June, and what changed since.",
    ),
    Step("2025-08-04T11:08", "engage verify", "Nothing was changed after it was recorded."),
)
