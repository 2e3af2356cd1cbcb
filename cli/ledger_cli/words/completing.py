"""What a shell is offered for a word: names in the ledger, by what the help of a command calls that word.

    [ENGAGEMENT] SLIP|MILESTONE WHO      an engagement if it is said, then a slip or a milestone, then a person
    MILESTONE,…                          several, with commas between

So the line of usage is the completion: a word that is called MILESTONE completes to milestones wherever it stands.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem
from click.types import StringParamType
from ledger_projections.readmodel.store import current

from ledger.errors import LedgerError
from ledger.events import TYPES
from ledger.values.named import NamedTuple
from ledger_cli.printing.safe import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ledger_projections.readmodel.store import ReadModel

    from ledger_cli.app import App

MOST = 50
"""More names than these nobody reads in a shell; the newest come first."""
_PLAIN = re.compile(r"[\w.@#-]+")
"""A word that no shell takes for anything else."""


class Kind(NamedTuple):
    """The table that names things of one kind, the column that holds the names, and the one that says what each is."""

    table: str
    name: str
    said: str


KINDS: Mapping[str, Kind] = {
    "MILESTONE": Kind("milestones", "milestone", "title"),
    "OBLIGATION": Kind("obligations", "obligation", "title"),
    "SLIP": Kind("slips", "slip", "title"),
    "NEWS": Kind("news", "news", "summary"),
    "REQUEST": Kind("requests", "request", "text"),
    "CONCERN": Kind("concerns", "concern", "text"),
    "ACTION": Kind("actions", "action", "what"),
    "ASSUMPTION": Kind("assumptions", "assumption", "statement"),
    "CADENCE": Kind("cadence_occurrences", "cadence", "kind"),
    "DISPUTE": Kind("disputes", "dispute", "claim"),
    "IDEA": Kind("ideas", "idea", "text"),
    "RESULT": Kind("results", "result", "statement"),
    "ENTRY": Kind("entries", "position", "what"),
}
"""What the words of usage stand for, where a table names it."""
FILES = {"FILE": "file", "MAP.toml": "file", "PATH": "file", "DIR": "dir"}
"""What the shell itself completes."""


class Names(StringParamType):
    """A text that completes to the names its metavar calls for."""

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem[str]]:
        """Return what may stand where *incomplete* does; nothing where there is no ledger to ask."""
        if param.metavar in FILES:
            return [CompletionItem(incomplete, type=FILES[param.metavar])]
        said = ctx.params.get("words") or ()
        try:
            with _model(ctx) as model:
                offer = Offer(model, said)
                slots = offer.slots(param.metavar or "") if param.name == "words" else [param.metavar or ""]
                return [item for slot in slots for item in offer.called(slot, incomplete)]
        except (LedgerError, OSError):
            return []


class Offer:
    """The names of the engagement that is meant by the words *said* so far."""

    def __init__(self, model: ReadModel, said: Sequence[str]) -> None:
        self._model, self._said = model, said
        rows = model.rows("engagement_status")
        self._engagements = {str(row["engagement_alias"] or row["engagement"]): row for row in rows}

    def slots(self, usage: str) -> list[str]:
        """Return what the next word may be, by a line of *usage*."""
        slots = usage.split()
        if slots[:1] != ["[ENGAGEMENT]"]:
            return slots[len(self._said) :][:1]
        if not self._said:
            return ["ENGAGEMENT", *(slots[1:2] if self._meant else [])]
        return slots[len(self._said) + (self._said[0] not in self._engagements) :][:1]

    def called(self, slot: str, incomplete: str) -> list[CompletionItem[str]]:
        """Return the names of all that a word called *slot* may be, which begin as *incomplete* does."""
        *before, begun = incomplete.split(",") if slot.endswith(",…") else [incomplete]
        found = [each for kind in slot.removesuffix(",…").strip("[]").split("|") for each in self._names(kind, begun)]
        fitting = [each for each in found if each[0].casefold().startswith(begun.casefold())][:MOST]
        return [CompletionItem(",".join([*before, name]), help=safe(said)[:60]) for name, said in fitting]

    def _names(self, kind: str, begun: str) -> Iterable[tuple[str, str]]:
        if kind == "ENGAGEMENT":
            return [(name, str(row["state"])) for name, row in self._engagements.items()]
        if kind == "TABLE":
            return [(name, "") for name in self._model.tables()]
        if kind in {"TYPE", "METRIC"}:
            return _given(kind)
        if kind == "WHO":
            return people(self._rows("contacts", "account", "contact", "name", "role"), begun)
        if kind not in KINDS:
            return []
        table, name, said = KINDS[kind]
        rows = self._rows(table, "engagement", name, said)
        return {str(row[name]): str(row[said] or "") for row in rows}.items()

    def _rows(self, table: str, whose: str, *columns: str) -> list[dict[str, Any]]:
        if self._meant is None:
            return []
        where, order = f"{whose} = ?", "last_position DESC"
        return self._model.rows(table, where, (self._meant[whose],), order=order, columns=columns)

    @property
    def _meant(self) -> Mapping[str, Any] | None:
        named = [*self._said[:1], os.environ.get("ENGAGE_ENGAGEMENT", "")]
        open_ones = [row for row in self._engagements.values() if row["state"] != "closed"]
        said = next((self._engagements[name] for name in named if name in self._engagements), None)
        return said or (open_ones[0] if len(open_ones) == 1 else None)


def people(rows: Sequence[Mapping[str, Any]], begun: str) -> list[tuple[str, str]]:
    """Return words that mean one person each: all that begin as *begun* does, else the last of the name, else the id."""
    words = {row["contact"]: _PLAIN.findall(f"{row['name'] or ''} {row['role'] or ''}".casefold()) for row in rows}
    count = Counter(word for said in words.values() for word in set(said))
    found = []
    for row in rows:
        own = [word for word in reversed(words[row["contact"]]) if count[word] == 1 and len(word) > 1]
        wanted = [word for word in own if begun and word.startswith(begun.casefold())] or own[:1] or [row["contact"]]
        found += [(word, str(row["name"] or "")) for word in dict.fromkeys(wanted)]
    return found


def complete_names(command: click.Command) -> click.Command:
    """Let the free texts of *command* complete to names; return it."""
    for param in command.params:
        if param.type is click.STRING:
            param.type = Names()
    return command


def _model(ctx: click.Context) -> ReadModel:
    root = ctx.find_root()
    app: App = root.obj
    app.path_given = root.params.get("path")
    return current(app.place, app.projections, app.now, note=lambda _: None)


def _given(kind: str) -> list[tuple[str, str]]:
    """Return names that stand in no ledger: of types of event, or of metrics."""
    if kind == "TYPE":
        return [(name, (each.__doc__ or "").partition("\n")[0]) for name, each in TYPES.items()]
    from ledger_projections.metrics import METRICS

    return [(metric.id, metric.title) for metric in METRICS]
