"""The moment of the past that is asked for: the options of a replay."""

from __future__ import annotations

from functools import update_wrapper
from typing import TYPE_CHECKING, Any

from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable


class Past(NamedTuple):
    """The moment of the past that was asked for, as it was typed; nothing for now."""

    as_known_on: str | None = None
    as_true_on: str | None = None
    trust_claimed: bool = False

    @property
    def asked(self) -> bool:
        """Whether it is not simply now."""
        return bool(self.as_known_on or self.as_true_on or self.trust_claimed)


def past(command: Callable[..., None]) -> Callable[..., None]:
    """Give *command* the options of a replay, gathered in its parameter `past`."""
    import click

    def gathered(**options: Any) -> None:  # noqa: ANN401 -- click's options
        names = ("as_known_on", "as_true_on", "trust_claimed")
        command(past=Past(**{name: options.pop(name) for name in names}), **options)

    update_wrapper(gathered, command)
    for option in (
        click.option("--trust-claimed", is_flag=True, help="Take imports as known when their originals say."),
        click.option("--as-true-on", metavar="WHEN", help="What was so by then, as far as it is known."),
        click.option("--as-known-on", metavar="WHEN", help="What was recorded by then."),
    ):
        gathered = option(gathered)
    return gathered
