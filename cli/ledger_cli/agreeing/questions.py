"""What a guided letter of agreement asks: the people, then the seven parts, in a consultant's words (P02 to P09, P17)."""

from __future__ import annotations

from typing import Literal

from ledger.values.named import NamedTuple
from ledger_cli.asking.granting import SCOPES
from ledger_cli.letter.people import LEVELS, SIDES
from ledger_cli.letter.promises import KINDS

Kind = Literal[
    "text", "words", "day", "due", "amount", "decimal", "number", "flag", "choice", "person", "people", "rhythm"
]


class Question(NamedTuple):
    """One line of the letter: how it is asked, an *example*, and the answer of an empty line, if there is a *likely* one."""

    key: str
    asks: str
    kind: Kind = "text"
    example: str = ""
    likely: str = ""
    among: tuple[str, ...] = ()
    needed: bool = False


class Group(NamedTuple):
    """A table of the letter, or as many as there are (*each* names one): what it is about, and its questions."""

    path: str
    title: str
    says: str
    questions: tuple[Question, ...]
    each: str = ""
    usual: bool = True
    """Whether there mostly is one."""
    letter: str = ""
    """What the ids of its tables begin with, which are given out: M for M1, M2."""


GROUPS = (
    Group("", "The frame", "One currency for the whole agreement.", (
        Question("currency", "Which currency?", example="GBP", likely="GBP", needed=True),
        Question("value", "What is it worth in all?", "amount", "18400.00 GBP"),
    )),
    Group("contacts", "People", "Who stands on either side, and what each may do. Somebody on each side signs.", (
        Question("name", "Who?", example="Client sponsor", needed=True),
        Question("side", "On which side?", "choice", among=SIDES, likely="client", needed=True),
        Question("level", "At which level?", "choice", among=LEVELS, likely="executive", needed=True),
        Question("role", "In which role?", example="theatre director"),
        Question("may", "What may they do?", "words", likely="sign", among=SCOPES),
    ), each="person"),
    Group("scope", "Part 1: scope and results", "A clear definition of the work, and of what both expect to attain.", (
        Question("in", "What is in? Several with ; between them.", "words", "move the autumn season", needed=True),
        Question("out", "What is out, so that nobody has to ask later?", "words", "ticket sales"),
        Question("skills", "Which skills does it take?", "words", "rigging"),
    )),
    Group("scope.results", "Part 1: results", "What will be different, and how the client measures it.", (
        Question("statement", "What will be so when you are done?", example="The season opens on the night.", needed=True),
        Question("measure", "How is that measured?", example="days between announced and actual opening", needed=True),
        Question("target", "Which number is good enough?", "decimal", "0"),
        Question("unit", "In which unit?", example="days"),
        Question("measure_stated_by", "Who said how it is measured?", "choice", among=SIDES, likely="client"),
    ), each="result", letter="R"),
    Group("timeframe", "Part 2: time frame", "When all of it is expected to be complete.", (
        Question("completion", "Complete by when?", "day", "2025-08-29", needed=True),
    )),
    Group("milestones", "Part 2: milestones", "What you deliver by when. A day means its close of business.", (
        Question("title", "What is delivered?", example="dress rehearsal", needed=True),
        Question("due", "By when?", "due", "2025-06-27", needed=True),
        Question("criteria", "When is it accepted?", example="One full run with the house crew."),
        Question("depends_on", "Which milestones come first?", "words", "M1"),
    ), each="milestone", letter="M"),
    Group("obligations", "Part 2: what the client owes", "What you need from them by when: access, decisions, material.", (
        Question("title", "What do they owe?", example="keys of the hall", needed=True),
        Question("kind", "Of which kind?", "choice", among=("deliverable", "decision", "access", "support"),
                 likely="deliverable", needed=True),
        Question("due", "By when?", "due", "2025-05-02", needed=True),
        Question("owner", "Who of them owes it?", "person", "Client sponsor"),
        Question("blocks", "Which milestones wait for it?", "words", "M2"),
    ), each="obligation", letter="O"),
    Group("cadences", "Part 3: rhythms", "How often you report, and how often both look at it together.", (
        Question("id", "What is it called for short?", example="quarterly", needed=True),
        Question("kind", "Of which kind?", "choice", among=KINDS, likely="review", needed=True),
        Question("rrule", "How often, at what time, and from which day on?", "rhythm",
                 "every Friday 17:00 from 2025-03-14", needed=True),
        Question("audience", "For whom?", "people", "Client sponsor"),
    ), each="rhythm"),
    Group("evaluation", "Part 3: evaluation", "In what form both look at the progress.", (
        Question("format", "How do you look at it together?", example="one page, then an hour together", needed=True),
        Question("cadence", "In which rhythm of those above?", example="quarterly", needed=True),
    )),
    Group("compensation", "Part 4: compensation", "A flat fee, a rate for the day, or both.", (
        Question("basis", "On which basis?", "choice", among=("flat", "per_diem", "retainer", "mixed"), likely="flat",
                 needed=True),
        Question("amount", "How much in all?", "amount", "18400.00 GBP"),
        Question("day_rate", "How much for a day?", "amount", "800.00 GBP"),
    )),
    Group("compensation.bonuses", "Part 4: bonuses", "What is paid when a result is attained.", (
        Question("result", "On which result?", example="R1", needed=True),
        Question("threshold", "From which number on?", "decimal", "0", needed=True),
        Question("amount", "How much?", "amount", "1000.00 GBP", needed=True),
    ), each="bonus", usual=False),
    Group("compensation.expenses", "Part 4: expenses", "Travel, material: in the fee, or paid on top of it.", (
        Question("kind", "What for?", example="travel", needed=True),
        Question("included", "Is it in the fee?", "flag", likely="no", needed=True),
        Question("cap", "Up to how much?", "amount", "600.00 GBP"),
    ), each="kind of expense", usual=False),
    Group("relationship", "Part 5: relationship and authority", "With whom you work, and whether you may change things.", (
        Question("mode", "Do you advise, or may you make changes?", "choice", among=("advisor", "change_authority"),
                 likely="advisor", needed=True),
        Question("counterparts", "With whom do you work?", "people", "Client sponsor"),
        Question("rules", "Which basic rules hold?", "words", "call before you write"),
    )),
    Group("confidentiality", "Part 6: confidentiality and indemnity", "What stays between you, and who stands in for damage.", (
        Question("applies", "Is there a duty of confidence?", "flag", likely="yes", needed=True),
        Question("clause", "In which clause?", example="9"),
        Question("indemnity", "Are you indemnified?", "flag", likely="yes"),
        Question("indemnity_extent", "To what extent?", example="as for the client's own employees"),
    )),
    Group("retention", "Part 7: retention, if there is one", "Until when you are kept, so that both can plan.", (
        Question("from", "Kept from when?", "day", "2025-09-01", needed=True),
        Question("to", "Until when?", "day", "2026-02-27", needed=True),
        Question("notice_days", "With how many days of notice?", "number", "30", "30", needed=True),
        Question("exclusive", "May you work for nobody else meanwhile?", "flag", likely="no"),
    )),
    Group("notices", "Notices", "How soon, in business hours, the other side hears what it must know.", (
        Question("on", "Of what?", "choice", among=("slip", "bad_news", "client_delay"), likely="slip", needed=True),
        Question("within_hours", "Within how many business hours of knowing?", "decimal", "16", "16", needed=True),
        Question("clause", "In which clause?", example="7.2"),
    ), each="notice"),
)  # fmt: skip
