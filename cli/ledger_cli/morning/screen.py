"""What needs somebody now, worst first, each with the command that clears it (domain 3.7).

Nothing is imported here that a glance can do without.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger_cli.morning.counts import newest_entry, open_engagements
from ledger_cli.morning.lines import fitting
from ledger_cli.morning.needs import GLANCE, SENTENCE, coming, name_of, needs_of, standing_rows, when
from ledger_cli.printing.columns import prose
from ledger_cli.printing.output import page
from ledger_cli.printing.safe import safe
from ledger_cli.printing.times import brief, local
from ledger_cli.reading.tables import Reading

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger_cli.app import App
    from ledger_cli.morning.asked import Asked
    from ledger_cli.morning.needs import Need
    from ledger_cli.reading.past import Past

    Row = dict[str, Any]

PUT_RIGHT = 5
"""How many corrections the status of one engagement shows: the newest."""
STANDS: Mapping[str, tuple[str, str]] = {
    "A-single-contact": ("{name} hangs on one person", "{count} engagements hang on one person"),
    "A-dependency": ("{says}, {name}", "{count} clients bring more than our policy allows"),
}
"""What stands, of one and of several."""


def show(reading: Reading, asked: Asked, needs: Sequence[Need], wanted: Mapping[str, object]) -> None:
    """Print the screen of *needs*; of a check, needs alone, if there are any."""
    if not asked.check:
        page(_screen(reading, asked, needs, wanted))
    elif needs:  # for cron, which mails whatever is said
        page(fitting(needs, asked))


def screen(app: App, asked: Asked) -> list[str]:
    """Return the lines of a screen of now."""
    reading = Reading(app, asked.past)
    wanted = {"engagement": reading.engagement(asked.engagement)["engagement"]} if asked.engagement else {}
    return _screen(reading, asked, needs_of(reading, wanted, columns=GLANCE), wanted)


def _screen(reading: Reading, asked: Asked, needs: Sequence[Need], wanted: Mapping[str, object]) -> list[str]:
    past, engagements = asked.past, open_engagements(reading, wanted)
    if not needs:
        said = prose(_nothing(reading, past, coming(reading, wanted), engagements, asked.engagement))
        return [*_asked(reading, past), *said, *_standing(reading, wanted), *_corrected(reading, wanted)]
    quiet = len({row["engagement"] for row in engagements} - {need.signal["engagement"] for need in needs})
    rest = [f"{_counted(quiet, 'engagement')} {'has' if quiet == 1 else 'have'} nothing due."] if quiet else []
    return [
        *_asked(reading, past),
        *prose(_header(reading, past, engagements)),
        "",
        *fitting(needs, asked, [*rest, *_standing(reading, wanted)]),
        *_corrected(reading, wanted),
    ]


def _standing(reading: Reading, wanted: Mapping[str, object]) -> list[str]:
    """Return in one sentence what stands for months and calls for nobody today."""
    found = standing_rows(reading, wanted, SENTENCE)
    parts = []
    for signal, (one, several) in STANDS.items():
        same = [row for row in found if row["signal"] == signal]
        if len(same) == 1:
            parts.append(one.format(name=safe(name_of(same[0])), says=safe(same[0]["says"])))
        elif same:
            parts.append(several.format(count=f"{len(same):,}"))
    return prose(f"For the week: {' · '.join(parts)}: engage signals") if parts else []


def _corrected(reading: Reading, wanted: Mapping[str, object]) -> list[str]:
    """Return what was put right in the one engagement that was asked for, newest first: both values stay to be seen."""
    if not wanted:
        return []
    rows = reading.rows("entries", {"type": "entry-corrected", **wanted}, order="position")[::-1]
    if not rows:
        return []
    from ledger_cli.in_words.corrections import correction_words

    told = [correction_words(row, brief(row["recorded_now"], reading.zone, reading.as_of)) for row in rows[:PUT_RIGHT]]
    more = len(rows) - len(told)
    said = [*told, *([f"and {more} more: engage log --type entry-corrected"] if more else [])]
    return ["", "Put right so far:", *(line for words in said for line in prose(f"  {safe(words)}"))]


def _header(reading: Reading, past: Past, engagements: Sequence[Row]) -> str:
    day, clock = local(reading.as_of, reading.zone)
    city = str(reading.zone).rpartition("/")[2].replace("_", " ")
    counts = f"{_engagements(engagements)} · {_entries(reading, past)}"
    return f"{day:%A} {day.day} {day:%B} {day.year}, {clock} {city} · {counts}"


def _nothing(reading: Reading, past: Past, ahead: Row | None, engagements: Sequence[Row], name: str | None) -> str:
    if not engagements and not past.asked and name:
        return f"Nothing needs you: {safe(name)} is closed.  What happened: engage log {safe(name)}"
    if not engagements and not past.asked:
        return "Nothing needs you: there is no open engagement.  Begin one: engage open ALIAS --account NAME"
    words = f"Nothing needs you. {_engagements(engagements)} · {_entries(reading, past)}"
    if ahead is None:
        return f"{words}."
    due = "" if " due " in ahead["says"] else f", {when(reading, ahead['deadline'])}"
    return f"{words} · next: {safe(ahead['engagement_alias'] or '')} {safe(ahead['says'])}{due}."


def _entries(reading: Reading, past: Past) -> str:
    count, newest = newest_entry(reading, past)
    if newest is None:
        return "no entries"
    return f"{_counted(count, 'entry', 'entries')}, last {when(reading, newest['recorded'])} (#{newest['position']})"


def _asked(reading: Reading, past: Past) -> list[str]:
    """Return what was asked for, if it is not simply now: a report of the past says so (domain 5, trap 4)."""
    if not past.asked:
        return []
    asked = [("As known on", reading.known_on), ("as true on", reading.true_on)]
    words = [f"{word} {reading.said(moment)}" for word, moment in asked if moment]
    words += ["imports taken as known when their originals say"] if past.trust_claimed else []
    sentence = ", ".join(words)
    return [f"{sentence[:1].upper()}{sentence[1:]}."]


def _engagements(are_open: Sequence[Row]) -> str:
    return _counted(len(are_open), "engagement") if are_open else "no open engagement"


def _counted(number: int, noun: str, plural: str = "") -> str:
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
