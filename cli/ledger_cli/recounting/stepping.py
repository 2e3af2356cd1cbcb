"""A replay entry by entry, as somebody at the terminal asks for the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.errors import Unknown
from ledger_cli.asking.missing import Left, asked
from ledger_cli.printing.output import echo, page
from ledger_cli.printing.safe import safe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger_cli.app import App
    from ledger_cli.recounting.steps import Steps

KEYS = "Enter next · b back · g NUMBER go to · q quit"


def step_through(app: App, steps: Steps, chosen: Sequence[int]) -> None:
    """Show the *chosen* steps one by one as somebody at the terminal asks for them; all of them, where nobody is."""
    if app.ask is None:
        page([line for number in chosen for line in (*steps.lines(number), "")][:-1])
        return
    at = 0
    while 0 <= at < len(chosen):
        for line in (*steps.lines(chosen[at]), ""):
            echo(f"{line}\n")
        at = _next(app, steps, chosen, at)


def _next(app: App, steps: Steps, chosen: Sequence[int], at: int) -> int:
    """Return which step is asked for after the one at *at*; beyond the last to leave."""
    try:
        word, _, rest = asked(app, f"{at + 1} of {len(chosen)}  {KEYS}:").partition(" ")
        match word:
            case "b":
                return max(at - 1, 0)
            case "q":
                return len(chosen)
            case "g":
                return min(max(steps.numbered(rest.strip()) - chosen[0], 0), len(chosen) - 1)
            case _:
                return at + 1
    except Left:
        return len(chosen)
    except Unknown as unknown:
        echo(f"{safe(str(unknown))}\n")
        return _next(app, steps, chosen, at)
