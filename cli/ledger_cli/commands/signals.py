"""`signals`: all that calls for somebody, for the morning and for the week, worst first (domain 3.7)."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

import click
from ledger_projections.alerts import RANKS
from ledger_projections.portfolio import PORTFOLIO

from ledger.errors import Unknown, near
from ledger_cli.morning.lines import shown
from ledger_cli.morning.needs import GLANCE, needs_of, weight
from ledger_cli.morning.rows import need_json
from ledger_cli.practices.recorded import PRACTICES
from ledger_cli.printing.columns import prose
from ledger_cli.printing.output import page, styled
from ledger_cli.printing.rows import listed, listing
from ledger_cli.reading.past import past
from ledger_cli.reading.tables import Reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger_cli.app import App
    from ledger_cli.morning.needs import Need
    from ledger_cli.printing.rows import Mode
    from ledger_cli.reading.past import Past

SIGNALS = (*RANKS, *PORTFOLIO)
A_SIGNAL = "A-"
"""How the name of each begins, and of no engagement."""
COLUMNS = (
    "urgency", "rank", "signal", "practice", "engagement_alias", "account_alias", "subject", "occurrence", "says", "also",
    "raised_at", "since", "deadline", "business_hours", "command", "positions", "entries",
)  # fmt: skip


@click.command()
@click.argument("engagement", required=False)
@click.option("--practice", metavar="P15", help="Only those of a practice.")
@click.option("--signal", metavar="A-…", help="Only those of a kind.")
@listed
@past
@click.pass_obj
def signals(
    app: App, *, engagement: str | None, practice: str | None, signal: str | None, mode: Mode, past: Past
) -> None:
    """List all that calls for somebody, worst first, each with its entries and the command that clears it.

    \b
    engage signals
    engage signals northwind --practice P15
    engage signals A-silence
    engage signals northwind --signal A-silence --csv
    engage signals --as-known-on 2025-06-10T08:30 --json
    """
    if engagement and engagement.startswith(A_SIGNAL) and signal is None:
        engagement, signal = None, engagement
    reading, kind, practice = Reading(app, past), _known(signal), _practice(practice)
    wanted = {"engagement": reading.engagement(engagement)["engagement"]} if engagement else {}
    needs = needs_of(reading, wanted, max(RANKS.values()), GLANCE if mode == "text" else ())
    found = [need for need in sorted(needs, key=_kind) if _matches(need, practice, kind)]
    if mode == "text":
        nothing = "Nothing of that kind calls for anybody." if practice or kind else "Nothing calls for anybody."
        page(_listed(found) if found else prose(nothing))
        return
    listing([_row(need) for need in found], COLUMNS, mode, about={"as_of": reading.as_of})


def _kind(need: Need) -> tuple[int, str, tuple[int, int, str, int]]:
    """Return what sorts by consequence: each kind of signal together, the gravest first."""
    return need.signal["rank"], need.signal["signal"], weight(need)


def _known(signal: str | None) -> str | None:
    """Return the name of a signal, however its letters were typed; refuse what is none."""
    if signal is None:
        return None
    names = {name.casefold(): name for name in SIGNALS}
    name = signal.casefold() if signal.casefold().startswith("a-") else f"a-{signal.casefold()}"
    if name not in names:
        raise Unknown("signal", signal, candidates=near(signal, SIGNALS), advice="engage signals")
    return names[name]


def _practice(practice: str | None) -> str | None:
    """Return the id of a practice, however its letter was typed; refuse what is none."""
    if practice is not None and practice.upper() not in PRACTICES:
        raise Unknown("practice", practice, advice="engage practices lists them.")
    return practice and practice.upper()


def _matches(need: Need, practice: str | None, signal: str | None) -> bool:
    is_of = practice is None or need.signal["practice"] == practice
    return is_of and (signal is None or need.signal["signal"] == signal)


def _row(need: Need) -> dict[str, Any]:
    return {**need_json(need), "practice": need.signal["practice"], "occurrence": need.signal["occurrence"]}


def _listed(needs: Sequence[Need]) -> list[str]:
    """Return the needs under the signal that each is, with the practice that asks for it."""
    lines = []
    for signal, same in groupby(needs, key=lambda need: (need.signal["signal"], need.signal["practice"])):
        lines += [styled(f"{signal[0]}  {signal[1]}", "bold"), *shown([*same]), ""]
    return lines[:-1]
