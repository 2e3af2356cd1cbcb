"""What is typed for one line of a letter, checked as the letter itself would be, and made the value that stands there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ledger.errors import Malformed
from ledger.names import pick
from ledger_cli.asking.granting import scopes
from ledger_cli.letter.part import Table
from ledger_cli.letter.rhythm import parse_rhythm
from ledger_cli.letter.source import Source

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger_cli.agreeing.questions import Question
    from ledger_cli.letter.moment import Reading

    Names = Mapping[str, Sequence[str]]

_DECIMAL = re.compile(r"-?\d+(?:\.\d+)?")
_YES, _NO = {"y", "yes", "true"}, {"n", "no", "false"}


class _Typed(Source):
    """Answers at a terminal: there is no file and no line to name."""

    def error(self, path: Sequence[str | int], what: str, advice: str = "") -> Malformed:
        """Return the refusal of an answer."""
        return Malformed(f"That {what}" if what.startswith(("is ", "lacks ")) else what, advice=advice)


def answered(question: Question, text: str, reading: Reading, people: Names) -> dict[str, Any]:
    """Return the lines that the answer *text* makes; raise Malformed where it will not do."""
    key = question.key
    match question.kind:
        case "rhythm":
            return _rhythm(text, reading)
        case "words" | "people":
            words = [word.strip() for word in text.split(";") if word.strip()]
            words = scopes(",".join(words)) if question.among else words
            return {key: [pick(people, word) for word in words] if question.kind == "people" else words}
        case "person":
            return {key: pick(people, text)}
        case "flag":
            return {key: _flag(text)}
        case _:
            return {key: _checked(question, text, reading)}


def _checked(question: Question, text: str, reading: Reading) -> Any:  # noqa: ANN401 -- what stands in a line
    key, value = question.key, int(text) if question.kind == "number" and text.isdecimal() else text
    table = Table(_Typed("", {}, {}), (), {key: value}, reading)
    match question.kind:
        case "day":
            return table.day(key)
        case "due":
            return reading.local(str(table.due(key)))
        case "amount":
            table.amount(key)
        case "number":
            table.number(key)
        case "decimal":
            if not _DECIMAL.fullmatch(text):
                raise Malformed(f'"{text}" is no number.', advice="Write 16 or 0.5.")
        case _:
            table.text(key, among=question.among)
    return value


def _flag(text: str) -> bool:
    if text.casefold() not in _YES | _NO:
        raise Malformed(f'"{text}" is neither yes nor no.')
    return text.casefold() in _YES


def _rhythm(text: str, reading: Reading) -> dict[str, Any]:
    """Return the rule and the first time it names, from the day that is said on, else from today."""
    words, _, day = text.partition(" from ")
    rule, clock = parse_rhythm(words)
    since = reading.moment(day.strip() or "today")
    return {"rrule": rule, "starts": first_time(rule, f"{since[:10]}T{clock}")}


def first_time(rule: str, starts: str) -> str:
    """Return the first wall-clock time that *rule* names, from *starts* on."""
    from datetime import datetime, timedelta

    from ledger.calendars import Calendar, occurrences

    # a clock on the wall has no zone: that of UTC never moves
    opening = [{"weekday": "mo", "from_time": "09:00", "to_time": "17:00"}]
    wall = Calendar.parse({"calendar": "wall", "zone": "UTC", "open": opening, "exceptions": []})
    until = datetime.fromisoformat(f"{starts}+00:00") + timedelta(days=1_500)
    found = next(iter(occurrences(rule, starts, wall, until)), None)
    return found.strftime("%Y-%m-%dT%H:%M") if found else starts
