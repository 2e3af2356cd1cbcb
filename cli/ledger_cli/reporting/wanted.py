"""How a report is wanted: of which moment, with what that is private, in which form, and who is shown it."""

from __future__ import annotations

from functools import update_wrapper
from typing import TYPE_CHECKING, Any, Literal

import click

from ledger.values.named import NamedTuple
from ledger_cli.printing.rows import FORMS
from ledger_cli.reading.past import Past, past

if TYPE_CHECKING:
    from collections.abc import Callable

Form = Literal["text", "json", "jsonl", "csv", "html"]


class Wanted(NamedTuple):
    """The options that every report has, as they were typed."""

    past: Past
    named: tuple[str, ...]
    """The entries that are shown although they are private or privileged."""
    private: bool
    form: Form
    file: str | None
    """Where a page goes."""
    shown_to: str | None


def reported(command: Callable[..., None]) -> Callable[..., None]:
    """Give *command* the options of a report, gathered in its parameter `wanted`."""

    def gathered(past: Past, **options: Any) -> None:  # noqa: ANN401 -- click's options
        names = ("as_json", "as_jsonl", "as_csv", "html", "named", "private", "shown_to")
        as_json, as_jsonl, as_csv, html, named, private, shown_to = (options.pop(name) for name in names)
        said: dict[Form, bool] = {"json": as_json, "jsonl": as_jsonl, "csv": as_csv, "html": html is not None}
        forms = [form for form, is_said in said.items() if is_said]
        if len(forms) > 1:
            raise click.UsageError(f"One of --json, --jsonl, --csv and --html, not {len(forms)}.")
        if shown_to and not forms:
            raise click.UsageError("What somebody is shown is a file: add --html FILE, --json, --jsonl or --csv.")
        form: Form = forms[0] if forms else "text"
        command(wanted=Wanted(past, named, private, form, html, shown_to), **options)

    update_wrapper(gathered, command)
    return _with_options(past(gathered))


def _with_options(command: Callable[..., None]) -> Callable[..., None]:
    for option in (
        click.option("--shown-to", metavar="NAME", help="Record whom this report was shown to, and which entries."),
        click.option("--private", is_flag=True, help="With what is private; what is privileged has to be named."),
        click.option("--with", "named", metavar="ENTRY", multiple=True, help="With this entry, private or privileged."),
        click.option("--html", metavar="FILE", help="Write one page to read and print, with numbered pages."),
        *(click.option(f"--{name}", f"as_{name}", is_flag=True, help=FORMS[name]) for name in [*FORMS][::-1]),
    ):
        command = option(command)
    return command
