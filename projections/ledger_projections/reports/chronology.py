"""The chronology: what happened, entry by entry in the order of the log, with everybody's clocks side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.calendars import is_day
from ledger.facts import corrected
from ledger_projections.about import about
from ledger_projections.reports.beside import STREAMS, beside, stream_words
from ledger_projections.reports.form import Line, Section
from ledger_projections.reports.telling import told_of
from ledger_projections.reports.voices import corrections_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ledger.events import Event
    from ledger.facts import Fact
    from ledger_projections.reports.source import Source
    from ledger_projections.reports.telling import Told

    Facts = Sequence[Fact[Event]]

TITLE = "Chronology"
COLUMNS = (
    *("Entry", "Stream", "Happened", "Known", "Told", "Acknowledged", "Written down", "Hours after", "Grade", "What"),
    *("By", "Source", "Evidence", "Corrected by"),
)
TOGETHER = (
    *(
        ("Entry", "Stream"),
        ("Happened",),
        ("Known",),
        ("Told", "Acknowledged"),
        ("Written down", "Grade", "By", "Source"),
    ),
    ("What", "Evidence", "Corrected by"),
)
LABELS = {"Acknowledged": "acknowledged", "Grade": "grade", "By": "by", "Corrected by": "corrected by"}
SOURCES = {"cli": "typed", "api": "by a program", "import": "imported"}
READING = (
    "In the order of the ledger, which is the order of writing. Where a value was corrected, the first stands before the "
    "arrow and the one that holds now behind it. Grade, of what an entry said first: written down within a day (A), a week "
    "(B), a month (C) or later (D) of knowing. A day without a time is a day."
)


def sections(source: Source) -> Iterator[Section]:
    """Yield the chronology of what was asked about, and the evidence that goes with it."""
    options = source.asked.options
    refs = [ref for ref in options.get("subject", "").split(",") if ref]
    yield from chronology(source, refs, options.get("since"), options.get("until"))


def chronology(
    source: Source, refs: Sequence[str] = (), since: str | None = None, until: str | None = None
) -> Iterator[Section]:
    """Yield the chronology of what is about *refs*, or of everything, that happened from *since* to *until*."""
    history = source.view.state.history
    facts = corrected(history)
    wanted = about(history, refs) if refs else {fact.entry.id for fact in history}
    shown = [
        (first, now)
        for first, now in zip(history, facts, strict=True)
        if now.entry.id in wanted and _within(source, now, since, until)
    ]
    others = beside(source, [now for _, now in shown], everything=not refs)
    shown += [pair for pair in others if _within(source, pair[1], since, until)]
    shown.sort(key=lambda pair: pair[0].entry.position)
    rows = [_line(source, first, now, told_of(now, facts)) for first, now in shown]
    words, by = ({line.cells[COLUMNS.index(name)] for line in rows} for name in ("Source", "By"))
    said = [_scope(source, refs, since, until, [now for _, now in shown]), *([READING] if shown else [])]
    said += [f"Each of them is {next(iter(words))}."] if len(words) == 1 else []
    said += [f"Each was written down by {next(iter(by))}."] if len(by) == 1 else []
    same = {name for name, found in (("Source", words), ("By", by)) if len(found) == 1}
    together = [[name for name in names if name not in same] for names in TOGETHER]
    yield Section("What happened", said, COLUMNS, rows, together=together, labels=LABELS)
    yield from _evidence(source, [now for _, now in shown])


def _within(source: Source, fact: Fact[Event], since: str | None, until: str | None) -> bool:
    """Return whether *fact* was so from *since* to *until*, both instants; of a day it is enough to touch them."""
    begins = ends = fact.when
    if is_day(fact.when):
        begins, ends = f"{fact.when}T00:00:00.000000Z", f"{fact.when}T23:59:59.999999Z"
    return (since is None or ends >= since) and (until is None or begins <= until)


def _scope(source: Source, refs: Sequence[str], since: str | None, until: str | None, shown: Facts) -> str:
    of = f" about {', '.join(ref.partition(':')[2] for ref in refs)}" if refs else ""
    span = f" from {source.said(since)}" if since else ""
    span += f" to {source.said(until)}" if until else ""
    streams = [stream_words(fact) for fact in shown]
    entries = "1 entry" if streams.count("") == 1 else f"{streams.count('')} entries"
    others = [f"{streams.count(words)} {words}" for words in STREAMS.values() if words and words in streams]
    more = f", with {' and '.join(others)}" if others else ""
    return f"{entries} of {source.alias}{of}{span}{more}."


def _line(source: Source, first: Fact[Event], now: Fact[Event], told: Told) -> Line:
    row = source.entries[int(now.entry.position)]
    by = [int(correction.entry.position) for correction in now.corrections]
    cells = (
        f"#{now.entry.position}",
        stream_words(now),
        source.changed(first.occurred, now.occurred),
        source.changed(first.aware, now.aware),
        *(_noted(source, fact) for fact in told),
        source.changed(row["recorded"], row["recorded_now"]),
        "" if row["lag_hours"] is None else f"{row['lag_hours']}{' by date' if row['lag_by_date'] else ''}",
        f"{row['grade'] or ''}{', after the dispute' if row['after_dispute'] else ''}",
        row["what"] + (f"\n{also}" if (also := source.also(first)) else ""),
        row["actor_name"] or row["actor"],
        _provenance(source, row),
        "\n".join(f"sha256 {file['sha256'][:16]}…" for file in now.event.evidence or ()),
        corrections_words(now.corrections) + (", withdrawn" if now.withdrawn else ""),
    )
    beside = [int(fact.entry.position) for fact in told if fact]
    return Line(cells, (int(now.entry.position), *beside, *by), now.withdrawn, _values(row, now, told))


def _noted(source: Source, fact: Fact[Event] | None) -> str:
    return f"{source.said(fact.when)} (#{fact.entry.position})" if fact else ""


def _provenance(source: Source, row: dict[str, Any]) -> str:
    word = "our word" if row["party"] == "provider" else "the client's word"
    how = SOURCES.get(row["provenance"], row["provenance"])
    claimed = [source.said(row["claimedtime"]), row["claimedactor"]]
    claims = " by ".join(filter(None, claimed))
    return f"{word}, {how}" + (f"; the original says {claims}" if claims else "")


def _values(row: dict[str, Any], now: Fact[Event], told: Told) -> dict[str, Any]:
    names = ("position", "id", "type", "occurred", "occurred_now", "aware", "aware_now", "recorded", "recorded_now")
    more = ("lag_hours", "lag_by_date", "grade", "after_dispute", "actor", "party", "provenance", "claimedtime")
    return {
        "stream": str(now.entry.stream).partition("/")[0],
        **{name: row[name] for name in (*names, *more, "claimedactor", "leaf_hash", "corrected_by", "withdrawn")},
        "told": told.told and told.told.when,
        "acknowledged": told.acknowledged and told.acknowledged.when,
        "evidence": [file["sha256"] for file in now.event.evidence or ()],
    }


def _evidence(source: Source, facts: Iterable[Fact[Event]]) -> Iterator[Section]:
    """Yield the files that the entries name, each by its hash: the ledger keeps the hash, whoever holds the file shows it."""
    rows = []
    for fact in facts:
        for file in fact.event.evidence or ():
            name = str(file.get("name") or file.get("locator") or "a file")
            cells = (f"#{fact.entry.position}", name, f"{file['bytes']:,}", file["media_type"], file["sha256"])
            rows.append(Line(cells, (int(fact.entry.position),), values={"sha256": file["sha256"]}))
    if rows:
        said = "The ledger keeps the hash of each file, not the file: whoever shows one can be checked with sha256sum."
        yield Section("Evidence", (said,), ("Entry", "File", "Bytes", "Kind", "SHA-256"), rows)
