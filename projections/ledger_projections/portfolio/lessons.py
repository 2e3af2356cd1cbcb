"""The unhappiest answers of all, of which nobody has written down what they teach (P45)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger_projections.portfolio.found import Found, named, newest, of_private

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger_projections.portfolio.gathered import Gathered

    Row = dict[str, Any]

FEWEST = 4
"""Of fewer answers there is no quarter."""


def unlearned(gathered: Gathered) -> Iterator[Found]:
    """Yield a signal for each answer in the lowest quarter of all that no lesson names as its source."""
    answers = gathered.part("answer")
    if len(answers) < FEWEST:
        return
    scores = sorted(row["amount"] for row in answers)
    quarter = scores[-(-len(scores) // 4) - 1]
    learned = {(row["stream"], row["words"]) for row in gathered.part("lesson")}
    of_all = [newest(answers), *of_private(answers)]
    for row in answers:
        if row["amount"] <= quarter and not any((row["stream"], name) in learned for name in _names(row)):
            yield _found(row, len(scores), [row, *of_all])


def _found(row: Row, n: int, rows: Sequence[Row]) -> Found:
    on = named(row) if row["engagement"] is not None else f"account/{named(row)}"
    score = f"{row['amount']:.1f}".removesuffix(".0")
    return Found(
        "A-unlearned",
        "P45",
        row["stream"],
        row,
        f"entry:{row['entry']}",
        row["since"],
        says=f"#{row['position']} {score} of 100, in the lowest quarter of {n} answers, with no lesson",
        also=f"round {row['state']}",
        command=f"engage record lesson-recorded --on {on} --source {_names(row)[0]}",
        occurrence=row["state"],
        positions=[row["position"]],
        rows=rows,
    )


def _names(row: Row) -> list[str]:
    """Return what a lesson may call an answer by: the request it answers, or its entry."""
    return [*([row["words"]] if row["words"] else []), f"entry:{row['entry']}"]
