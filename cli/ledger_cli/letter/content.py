"""What a version says, put as the lines of a letter: the inverse of reading one."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from ledger_cli.asking.typed import money_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ledger_cli.letter.moment import Reading
    from ledger_cli.letter.said import Fields, Said

    Table = dict[str, Any]


def content(said: Said, reading: Reading) -> Table:
    """Return the tables and lines of a letter that says what *said* says, its times as *reading* reads them."""
    draft, names = said.agreement, called(said)
    erased = [part for part in draft["parts"] if part in said.lost]
    return _given({
        "currency": draft["currency"],
        "value": _money(draft.get("value")),
        "drafted_by": draft["drafted_by"],
        "calendar": draft["calendar"],
        "day_cap": draft.get("day_cap"),
        "erased": erased,
        "notices": [_renamed(notice, within_bh="within_hours") for notice in draft["notices"]],
        "scope": _scope(draft, erased),
        "timeframe": draft.get("timeframe"),
        "evaluation": _renamed(draft.get("evaluation"), cadence_id="cadence"),
        "compensation": _compensation(draft.get("compensation")),
        "relationship": _relationship(draft.get("relationship"), names),
        "confidentiality": draft.get("confidentiality"),
        "retention": _renamed(draft.get("retention"), from_on="from", to_on="to"),
        "milestones": [_milestone(fields, reading) for fields in said.milestones.values()],
        "obligations": [_obligation(fields, names, reading) for fields in said.obligations.values()],
        "cadences": [_cadence(fields, names) for fields in said.cadences.values()],
        "contacts": [_contact(fields, names[name]) for name, fields in said.people.items()],
    })  # fmt: skip


def called(said: Said) -> Mapping[str, str]:
    """Return what each person is called: the name, or the id where it was erased or means somebody else too."""
    people = said.people.items()
    words = {
        contact: {str(card[key]).casefold() for key in ("name", "role") if key in card} for contact, card in people
    }
    often = Counter(word for theirs in words.values() for word in theirs)
    clear = {contact: card.get("name", "") for contact, card in people}
    return {contact: name if often[name.casefold()] == 1 else contact for contact, name in clear.items()}


def _scope(draft: Fields, erased: list[str]) -> Table | None:
    scope = draft.get("scope") or {}
    worded = {result["result_id"]: result for result in scope.get("results", ())}
    results = [
        _given({
            "id": result["result_id"],
            "statement": worded.get(result["result_id"], {}).get("statement"),
            "measure": worded.get(result["result_id"], {}).get("measure"),
            **{name: value for name, value in result.items() if name != "result_id"},
        })
        for result in draft["results"]
    ]  # fmt: skip
    if not scope and "scope" not in erased and not results:
        return None
    lists = {"in": scope.get("in_scope"), "out": scope.get("out_of_scope"), "skills": scope.get("skills")}
    return {**_given(lists), "results": results} if results else _given(lists)


def _compensation(pay: Fields | None) -> Table | None:
    if pay is None:
        return None
    bonuses = [
        {"result": bonus["result_id"], "threshold": bonus["threshold"], "amount": _money(bonus["amount"])}
        for bonus in pay.get("bonuses", ())
    ]
    expenses = [_given({**expense, "cap": _money(expense.get("cap"))}) for expense in pay.get("expenses", ())]
    paid = {"basis": pay["basis"], "amount": _money(pay.get("amount")), "day_rate": _money(pay.get("day_rate"))}
    return _given({**paid, "bonuses": bonuses, "expenses": expenses})


def _relationship(relation: Fields | None, names: Mapping[str, str]) -> Table | None:
    if relation is None:
        return None
    people = [names.get(contact, contact) for contact in relation["counterparts"]]
    return _given({"mode": relation["mode"], "counterparts": people, "rules": relation["rules"]})


def _milestone(fields: Fields, reading: Reading) -> Table:
    return _given({
        "id": fields["milestone_id"],
        "title": fields.get("title"),
        "due": reading.local(fields["due"]),
        "depends_on": fields.get("depends_on"),
        "criteria": fields.get("acceptance_criteria"),
        "starts": fields.get("starts_on"),
        "effort_days": fields.get("effort_days"),
    })  # fmt: skip


def _obligation(fields: Fields, names: Mapping[str, str], reading: Reading) -> Table:
    return _given({
        "id": fields["obligation_id"],
        "title": fields.get("title"),
        "kind": fields["kind"],
        "due": reading.local(fields["due"]),
        "owner": names.get(fields.get("owner", ""), fields.get("owner")),
        "blocks": fields.get("blocks"),
    })  # fmt: skip


def _cadence(fields: Fields, names: Mapping[str, str]) -> Table:
    return _given({
        "id": fields["cadence_id"],
        "kind": fields["kind"],
        "rrule": fields["rrule"],
        "starts": fields["starts"],
        "calendar": fields["calendar"],
        "tolerance_days": fields.get("tolerance_bd"),
        "audience": [names.get(contact, contact) for contact in fields.get("audience", ())],
    })  # fmt: skip


def _contact(fields: Fields, name: str) -> Table:
    may = fields["may"]
    return _given({
        "name": name,
        "side": fields["side"],
        "level": fields["level"],
        "role": fields.get("role") if fields.get("role") != name else None,
        **{key: fields.get(key) for key in ("email", "responsible_for", "accountable_for")},
        "may": list(may),
        "limit": _money(next((terms["limit"] for terms in may.values() if "limit" in terms), None)),
    })  # fmt: skip


def _renamed(fields: Fields | None, **names: str) -> Table | None:
    return None if fields is None else {names.get(key, key): value for key, value in fields.items()}


def _money(money: Any) -> str | None:  # noqa: ANN401 -- Money, or nothing
    return money_text(money) if money else None


def _given(values: Mapping[str, Any]) -> Table:
    """Return *values* without those that say nothing."""
    return dict(_said(values))


def _said(values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    return ((name, value) for name, value in values.items() if value not in (None, [], {}))
