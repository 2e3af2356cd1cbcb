"""What a letter promises, as tables: milestones, what the client owes, rhythms, and who may do what (P03, P04, P06, P17)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger_projections.wording import money_words

from ledger_cli.letter.blocks import GONE, Grid
from ledger_cli.letter.rhythm import in_words
from ledger_cli.letter.wording import listed, plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger_cli.letter.blocks import Block
    from ledger_cli.letter.said import Fields, Said
    from ledger_cli.letter.wording import Names

KINDS = {"report": "status report", "review": "review together", "feedback": "feedback", "check_in": "check-in",
         "account_review": "review of the account"}  # fmt: skip
SCOPES = {"sign": "sign", "accept": "accept what is delivered", "instruct": "instruct", "spend": "spend",
          "receive_notice": "receive notices", "inform": "inform", "make_changes": "make changes"}  # fmt: skip
NONE = "none"


def milestones(said: Said, names: Names) -> Iterator[Block]:
    """Yield what the provider delivers by when: as agreed first, and as in force."""
    headings = ("Milestone", "Title", "Agreed first", "In force", "Accepted when", "After")
    rows = [_milestone(said, names, name, fields) for name, fields in said.milestones.items()]
    if rows:
        yield Grid("Milestones: a day means its close of business", headings, rows)


def obligations(said: Said, names: Names) -> Iterator[Block]:
    """Yield what the client owes by when."""
    rows = [
        [
            name,
            text(said, name, fields, "title"),
            fields["kind"],
            names.moment(fields["due"]),
            names.person(fields["owner"]) if "owner" in fields else "the client",
            listed(fields["blocks"]) or NONE,
        ]
        for name, fields in said.obligations.items()
    ]
    if rows:
        yield Grid("What the client owes", ("Obligation", "Title", "Kind", "Due", "Owed by", "Waiting for it"), rows)


def cadences(said: Said, names: Names) -> Iterator[Block]:
    """Yield the rhythms, in words."""
    rows = [
        [
            name,
            KINDS[fields["kind"]],
            in_words(fields["rrule"], fields["starts"]),
            names.moment(fields["starts"][:10]),
            listed([names.person(contact) for contact in fields["audience"]]) or NONE,
            _tolerance(fields.get("tolerance_bd", 1)),
        ]
        for name, fields in said.cadences.items()
    ]
    if rows:
        yield Grid("Rhythms", ("Rhythm", "What", "When", "From", "For whom", "Late after"), rows)


def people(said: Said, names: Names) -> Iterator[Block]:
    """Yield who stands on either side, and what each may do."""
    rows = [
        [names.person(name), text(said, name, card, "role"), f"the {card['side']}", card["level"], _may(card, names)]
        for name, card in said.people.items()
    ]
    if rows:
        yield Grid("People, and what they may do", ("Name", "Role", "Side", "Level", "May"), rows)


def text(said: Said, name: str, fields: Fields, field: str) -> str:
    """Return the text of an erasable field, or that it was erased, or that there is none."""
    return str(fields.get(field) or (GONE if f"{name}.{field}" in said.lost else "not said"))


def _milestone(said: Said, names: Names, name: str, fields: Fields) -> list[str]:
    criteria = text(said, name, fields, "acceptance_criteria")
    begins = f"; begins {names.moment(fields['starts_on'])}" if "starts_on" in fields else ""
    effort = fields.get("effort_days")
    takes = f"; {effort} {plural('day', effort)} of work" if effort else ""
    return [
        name,
        text(said, name, fields, "title"),
        names.moment(fields["baseline"]),
        f"{names.moment(fields['due'])}{begins}{takes}",
        criteria,
        listed(fields["depends_on"]) or NONE,
    ]


def _tolerance(days: int) -> str:
    return f"{days} business {plural('day', days)}"


def _may(card: Fields, names: Names) -> str:
    """Return what a person may do, those of the same terms together."""
    scopes: dict[str, list[str]] = {}
    for scope, terms in card["may"].items():
        scopes.setdefault(_terms(terms, names), []).append(SCOPES[scope])
    return "; ".join(f"{listed(said)}{terms}" for terms, said in scopes.items()) or "nothing in particular"


def _terms(terms: Fields, names: Names) -> str:
    limit = f" up to {money_words(terms['limit'])}" if "limit" in terms else ""
    since = f" from {names.moment(terms['valid_from'])}" if "valid_from" in terms else ""
    until = f" until {names.moment(terms['valid_until'])}" if "valid_until" in terms else ""
    return f"{limit}{since}{until}"
