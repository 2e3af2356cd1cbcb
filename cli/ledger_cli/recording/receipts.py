"""What a command says after it has recorded: what it was, what follows from it, and how to take it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ledger.errors import LedgerError
from ledger.values.named import NamedTuple
from ledger_cli.printing.columns import cell_width, hung
from ledger_cli.printing.output import document, terminal_width
from ledger_cli.printing.safe import safe
from ledger_cli.printing.times import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from ledger_projections.readmodel.store import ReadModel

    from ledger.drafts import Receipt
    from ledger_cli.app import App

MOST_LINES = 40
"""More entries than these are counted, not shown."""
TAKE_BACK = "Take back: engage undo"


class After(NamedTuple):
    """What follows from what was recorded: sentences, and what to do next."""

    says: Sequence[str] = ()
    next: str = ""


def nothing_follows(model: ReadModel) -> After:
    """Return what follows from an act that changes nothing else."""
    return After()


def recorded(
    app: App,
    receipts: Sequence[Receipt],
    *,
    as_json: bool,
    after: Callable[[ReadModel], After] = nothing_follows,
    undoable: bool = True,
) -> None:
    """Say what was recorded, what follows from it (*after*), and how to take it back."""
    receipts = [*app.introduced, *receipts]
    model = _model(app, receipts)
    rows = {row["position"]: row for row in _trail(model, receipts)}
    follows, flags = after(model), flagged(model, receipts)
    if as_json:
        answer = [{"new": receipt.new, **rows.get(receipt.position, {})} for receipt in receipts]
        document({"recorded": answer, "says": list(follows.says), "next": follows.next, "flags": flags})
        return
    for line in _lines(app, receipts, rows):
        click.echo("\n".join(hung(line, first="")))
    for sentence in (*follows.says, *flags):
        click.echo("\n".join(hung(safe(sentence))))
    opened = any(receipt.event is not None and receipt.event.opens for receipt in receipts)
    back = TAKE_BACK if not opened and undoable and any(receipt.new for receipt in receipts) else ""
    for line in _beside([part for part in (safe(follows.next), back) if part]):
        click.echo(f"  {line}")


def described(app: App, row: Mapping[str, Any]) -> str:
    """Return a row of the audit trail in words: what, when, who may see it."""
    moment = row.get("occurred") or row.get("recorded")
    when = say(str(moment), app.zone) if moment else ""
    return f"{safe(str(row.get('what', '')))}  ({when}, {row.get('visibility')})"


def flagged(model: ReadModel, receipts: Sequence[Receipt]) -> list[str]:
    """Return what the flags say of the entries that were recorded."""
    found = [
        row for receipt in receipts[:MOST_LINES] for row in model.rows("flags", "position = ?", (receipt.position,))
    ]
    said = (f"Flagged {row['flag']}: {row['detail']}." for row in found if not row["is_cured"])
    return list(dict.fromkeys(said))  # a gift is flagged in each engagement it came close to a decision of


def _lines(app: App, receipts: Sequence[Receipt], rows: Mapping[int, Mapping[str, Any]]) -> Iterator[str]:
    for receipt in receipts[:MOST_LINES]:
        head = "Recorded" if receipt.new else "Already recorded as"
        yield f"{head} #{receipt.position}  {described(app, rows.get(receipt.position, {}))}"
    if len(receipts) > MOST_LINES:
        newest = max(receipt.position for receipt in receipts)
        new = sum(receipt.new for receipt in receipts)
        yield f"… {len(receipts):,} in all, {new:,} of them new, up to #{newest}"


def _beside(commands: Sequence[str]) -> Sequence[str]:
    """Return what to do next in one line, or a line each where the terminal is too narrow: a command is not folded."""
    line, width = "      ".join(commands), terminal_width()
    return [line][: len(commands)] if width is None or cell_width(line) + 2 <= width else commands


def _model(app: App, receipts: Sequence[Receipt]) -> ReadModel:
    try:
        return app.model()
    except LedgerError:
        # Nobody should record twice because the tables could not be written.
        click.echo(f"Recorded {', '.join(f'#{receipt.position}' for receipt in receipts)}, and then:", err=True)
        raise


def _trail(model: ReadModel, receipts: Sequence[Receipt]) -> list[dict[str, Any]]:
    wanted = [receipt.position for receipt in receipts]
    if not wanted:
        return []
    if max(wanted) - min(wanted) < len(set(wanted)) + 100:
        return model.rows("entries", "position BETWEEN ? AND ?", (min(wanted), max(wanted)))
    return [row for position in wanted for row in model.rows("entries", "position = ?", (position,))]
