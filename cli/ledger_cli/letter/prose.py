"""A version of the letter in readable prose: the seven parts, what is promised, who may do what (P02 to P08)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger_projections.wording import money_words

from ledger_cli.letter.blocks import GONE, MISSING, Grid, Heading, Items, Paragraph
from ledger_cli.letter.promised import cadences, milestones, obligations, people
from ledger_cli.letter.wording import Names, listed, plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ledger_cli.letter.blocks import Block
    from ledger_cli.letter.said import Fields, Said

NOTICES = {
    "slip": "A date that will not be met",
    "bad_news": "Bad news",
    "client_delay": "A delay of what the client owes",
}
BASES = {
    "flat": "A flat fee",
    "per_diem": "A rate for each day",
    "retainer": "A retainer",
    "mixed": "A fee and a rate together",
}
MODES = {
    "advisor": "The provider advises; what is done is decided by the client.",
    "change_authority": "The provider may make changes in the organisation of the client.",
}


def blocks(said: Said, names: Names) -> Iterator[Block]:
    """Yield the parts of a letter in their order."""
    parts: Mapping[str, tuple[str, Callable[[Said, Any, Names], Iterator[Block]]]] = {
        "scope": ("1. Scope and results", _scope),
        "timeframe": ("2. Time frame", _timeframe),
        "evaluation": ("3. Evaluation", _evaluation),
        "compensation": ("4. Compensation", _compensation),
        "relationship": ("5. Relationship and authority", _relationship),
        "confidentiality": ("6. Confidentiality and indemnity", _confidentiality),
        "retention": ("7. Retention", _retention),
    }
    after: Mapping[str, Callable[[Said, Names], Iterator[Block]]] = {
        "timeframe": lambda said, names: _both(milestones(said, names), obligations(said, names)),
        "evaluation": cadences,
        "relationship": people,
    }
    for part, (title, wording) in parts.items():
        yield Heading(title)
        fields = said.agreement.get(part)
        if part in said.lost:
            yield Paragraph(GONE)
        elif fields is None:
            yield Paragraph(MISSING)
        if fields is not None or part == "scope":
            yield from wording(said, fields or {}, names)
        if part in after:
            yield from after[part](said, names)
    yield from _notices(said)


def _scope(said: Said, scope: Fields, names: Names) -> Iterator[Block]:
    if scope:
        yield Items("In scope", scope["in_scope"] or [MISSING])
        yield Items("Out of scope", scope["out_of_scope"] or [MISSING])
    if "skills" in scope:
        yield Items("Skills that it takes", scope["skills"])
    worded = {result["result_id"]: result for result in scope.get("results", ())}
    rows = [_result(result, worded.get(result["result_id"], {})) for result in said.agreement["results"]]
    if rows:
        yield Grid(
            "Results that both expect",
            ("Result", "Statement", "How it is measured", "Target", "Measure stated by"),
            rows,
        )


def _result(result: Fields, words: Fields) -> list[str]:
    target = f"{result['target']} {result.get('unit', '')}".strip() if "target" in result else "none"
    stated = f"the {result['measure_stated_by']}" if "measure_stated_by" in result else "nobody: it has no measure yet"
    return [result["result_id"], words.get("statement", GONE), words.get("measure", GONE), target, stated]


def _timeframe(said: Said, timeframe: Fields, names: Names) -> Iterator[Block]:
    yield Paragraph(f"The work is expected to be complete by {names.moment(timeframe['completion'])}.")


def _evaluation(said: Said, evaluation: Fields, names: Names) -> Iterator[Block]:
    yield Paragraph(
        f"Both sides look at the progress together: {evaluation['format']}. "
        f"They do so in the rhythm {evaluation['cadence_id']}."
    )


def _rates(pay: Fields) -> str:
    amount = money_words(pay["amount"]) if "amount" in pay else ""
    rate = money_words(pay["day_rate"]) if "day_rate" in pay else ""
    if pay["basis"] == "per_diem" and amount and rate:
        return f"A rate of {rate} for each day, {amount} in all"
    return f"{BASES[pay['basis']]}{f' of {amount}' if amount else ''}{f', {rate} for a day' if rate else ''}"


def _compensation(said: Said, pay: Fields, names: Names) -> Iterator[Block]:
    value = said.agreement.get("value")
    whole = f" The agreement is worth {money_words(value)} in all." if value and value != pay.get("amount") else ""
    cap = said.agreement.get("day_cap")
    most = f" At most {cap} {plural('day', cap)} are worked." if cap else ""
    yield Paragraph(f"{_rates(pay)}.{whole}{most}")
    if pay["bonuses"]:
        yield Items("Bonuses", [_bonus(bonus) for bonus in pay["bonuses"]])
    if pay["expenses"]:
        yield Items("Expenses", [_expense(expense) for expense in pay["expenses"]])


def _bonus(bonus: Fields) -> str:
    return f"{money_words(bonus['amount'])} when result {bonus['result_id']} reaches {bonus['threshold']}"


def _expense(expense: Fields) -> str:
    paid = "included in the fee" if expense["included"] else "paid on top of the fee"
    cap = f", up to {money_words(expense['cap'])}" if "cap" in expense else ""
    return f"{expense['kind']}: {paid}{cap}"


def _relationship(said: Said, relation: Fields, names: Names) -> Iterator[Block]:
    yield Paragraph(MODES[relation["mode"]])
    people = listed([names.person(contact) for contact in relation["counterparts"]])
    if people:
        yield Paragraph(f"The provider works with {people}.")
    if relation["rules"]:
        yield Items("Basic rules", relation["rules"])


def _confidentiality(said: Said, part: Fields, names: Names) -> Iterator[Block]:
    clause = f" (clause {part['clause']})" if "clause" in part else ""
    yield Paragraph(
        f"What either side learns of the other stays between them{clause}."
        if part["applies"]
        else f"No confidentiality is agreed{clause}."
    )
    extent = f", {part['indemnity_extent']}" if "indemnity_extent" in part else ""
    yield Paragraph(
        f"The client indemnifies the provider{extent}." if part["indemnity"] else f"No indemnity is agreed{extent}."
    )


def _retention(said: Said, part: Fields, names: Names) -> Iterator[Block]:
    days = f"{part['notice_days']} {plural('day', part['notice_days'])}"
    alone = " Meanwhile the provider works for nobody else." if part["exclusive"] else ""
    yield Paragraph(
        f"The client retains the provider from {names.moment(part['from_on'])} to {names.moment(part['to_on'])}; "
        f"either side may end it with notice of {days}.{alone}"
    )


def _notices(said: Said) -> Iterator[Block]:
    yield Heading("Notices")
    rows = [
        [
            NOTICES[n["on"]],
            f"within {n['within_bh']} business {plural('hour', n['within_bh'])}",
            n.get("clause", "none"),
        ]
        for n in said.agreement["notices"]
    ]
    if rows:
        yield Grid(
            "How soon the other side hears, counted from when it is known", ("Of what", "How soon", "Clause"), rows
        )
    else:
        yield Paragraph(MISSING)


def _both(*parts: Iterator[Block]) -> Iterator[Block]:
    for part in parts:
        yield from part
