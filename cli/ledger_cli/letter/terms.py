"""The seven parts of the letter, as the fields of AgreementDrafted (P02 to P08)."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from ledger_cli.letter.part import present
from ledger_cli.letter.said import TEXT_PARTS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from ledger.canonical import JSON
    from ledger_cli.letter.part import Table
    from ledger_cli.letter.people import People

PARTS = ("scope", "timeframe", "evaluation", "compensation", "relationship", "confidentiality", "retention")


def terms(letter: Table, people: People, raw: bytes) -> dict[str, JSON]:
    """Return what the letter says of the agreement, but for its version."""
    from ledger_cli.asking.files import read_file

    document = letter.file("document")
    content = read_file(document, "Name the document that is signed.") if document else raw
    erased = letter.words("erased")
    results, stated = _results(letter, worded="scope" not in erased)
    tables = {part: letter.table(part) for part in PARTS}
    makers: Mapping[str, Callable[[Table], Mapping[str, JSON]]] = {
        "scope": lambda table: _scope(table, stated),
        "timeframe": lambda table: {"completion": table.must("completion", table.day("completion"))},
        "evaluation": _evaluation,
        "compensation": _compensation,
        "relationship": lambda table: _relationship(table, people),
        "confidentiality": _confidentiality,
        "retention": _retention,
    }
    made: dict[str, JSON] = {}
    for part, table in tables.items():
        if table is not None:
            made[part] = makers[part](table)
            table.done()
    _check_erased(letter, erased, made)
    return {
        "drafted_by": letter.text("drafted_by", among=("provider", "client")) or "provider",
        "document_sha256": sha256(content).hexdigest(),
        "currency": _currency(letter),
        "calendar": letter.text("calendar") or "default",
        "parts": [part for part in PARTS if part in made or part in erased],
        "notices": _notices(letter),
        "results": results,
        **present({"value": letter.amount("value"), "day_cap": letter.decimal("day_cap")}),
        **{part: said for part, said in made.items() if part not in erased},
    }


def _check_erased(letter: Table, erased: Iterable[str], made: Collection[str]) -> None:
    """Refuse to call erased what cannot be, or what is said all the same."""
    for part in erased:
        if part not in TEXT_PARTS:
            raise letter.error("erased", f'"{part}" cannot be erased.', f"There are: {', '.join(TEXT_PARTS)}.")
        if part in made and part != "scope":
            raise letter.error(part, "is said to be erased.", f'Take it out of erased = ["{part}"].')


def _currency(letter: Table) -> str:
    from ledger.values.currencies import is_currency

    code: str = letter.must("currency", letter.text("currency"))
    if not is_currency(code):
        raise letter.error("currency", f'"{code}" is no currency of ISO 4217.', 'Write "GBP".')
    return code


def _notices(letter: Table) -> list[JSON]:
    notices: list[JSON] = []
    for table in letter.tables("notices"):
        on = table.must("on", table.text("on", among=("slip", "bad_news", "client_delay")))
        within = table.must("within_hours", table.decimal("within_hours"))
        notices.append({"on": on, "within_bh": within, **present({"clause": table.text("clause")})})
        table.done()
    return notices


def _results(letter: Table, *, worded: bool) -> tuple[list[JSON], list[JSON]]:
    """Return the results as they are decided on, and as they are worded."""
    scope = letter.table("scope")
    results: list[JSON] = []
    stated: list[JSON] = []
    for table in scope.tables("results") if scope else ():
        name = table.must("id", table.text("id"))
        measured = {
            "target": table.decimal("target"),
            "unit": table.text("unit"),
            "measure_stated_by": table.text("measure_stated_by", among=("provider", "client")),
            "client_goal": table.text("client_goal"),
        }
        results.append({"result_id": name, **present(measured)})
        if worded:
            words = {key: table.must(key, table.text(key)) for key in ("statement", "measure")}
            stated.append({"result_id": name, **words})
        table.done()
    return results, stated


def _scope(table: Table, stated: list[JSON]) -> Mapping[str, JSON]:
    list(table.tables("results"))  # asked for: they were read before
    scope: dict[str, JSON] = {"in_scope": table.words("in"), "out_of_scope": table.words("out"), "results": stated}
    skills = table.words("skills")
    return {**scope, "skills": skills} if skills else scope


def _evaluation(table: Table) -> Mapping[str, JSON]:
    return {
        "format": table.must("format", table.text("format")),
        "cadence_id": table.must("cadence", table.text("cadence")),
    }


def _compensation(table: Table) -> Mapping[str, JSON]:
    bonuses: list[JSON] = []
    for bonus in table.tables("bonuses"):
        made = {
            "result_id": bonus.must("result", bonus.text("result")),
            "threshold": bonus.must("threshold", bonus.decimal("threshold")),
            "amount": bonus.must("amount", bonus.amount("amount")),
        }
        bonuses.append(made)
        bonus.done()
    expenses: list[JSON] = []
    for expense in table.tables("expenses"):
        kind, included = expense.must("kind", expense.text("kind")), expense.flag("included")
        expenses.append({"kind": kind, "included": bool(included), **present({"cap": expense.amount("cap")})})
        expense.done()
    basis = table.must("basis", table.text("basis", among=("flat", "per_diem", "retainer", "mixed")))
    paid = present({"amount": table.amount("amount"), "day_rate": table.amount("day_rate")})
    return {"basis": basis, **paid, "bonuses": bonuses, "expenses": expenses}


def _relationship(table: Table, people: People) -> Mapping[str, JSON]:
    return {
        "mode": table.must("mode", table.text("mode", among=("advisor", "change_authority"))),
        "counterparts": [people.find(table, "counterparts", name) for name in table.words("counterparts")],
        "rules": table.words("rules"),
    }


def _confidentiality(table: Table) -> Mapping[str, JSON]:
    words = {"clause": table.text("clause"), "indemnity_extent": table.text("indemnity_extent")}
    return {
        "applies": table.must("applies", table.flag("applies")),
        "indemnity": bool(table.flag("indemnity")),
        **present(words),
    }


def _retention(table: Table) -> Mapping[str, JSON]:
    return {
        "from_on": table.must("from", table.day("from")),
        "to_on": table.must("to", table.day("to")),
        "notice_days": table.must("notice_days", table.number("notice_days")),
        "exclusive": bool(table.flag("exclusive")),
    }
