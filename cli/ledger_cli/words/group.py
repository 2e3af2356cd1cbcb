"""The words of `engage` as click knows them: each is found when it is called, and its module alone is loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ledger_cli.app import App
from ledger_cli.words.catalogue import GROUPS, MODULES, RECORDING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WIDEST = 78
"""So many characters of words stand on a line of the help, beside the moment they belong to."""


class Words(click.Group):
    """A group whose commands are imported when they are called: a command pays for itself alone."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the words, in the order of the help."""
        return list(MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load the command called *cmd_name*."""
        module = MODULES.get(cmd_name)
        if module is None:
            return None
        from importlib import import_module

        loaded, name = import_module(f"ledger_cli.commands.{module}"), cmd_name.replace("-", "_")
        command: click.Command = getattr(loaded, name, None) or getattr(loaded, f"{name}_")  # open_: not Python's own
        return _completing(command) if ctx.resilient_parsing else command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; a word that is none is refused with those that stand near."""
        if args and args[0] not in MODULES and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = " or ".join(get_close_matches(args[0], MODULES, n=2))
            raise click.UsageError(f'There is no word "{args[0]}".' + (f" Did you mean {near}?" if near else ""))
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Call a word; where it was typed wrongly, say of which word that is: click forgets it where a value is missing."""
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            if error.ctx is None and ctx.invoked_subcommand:
                error.ctx = click.Context(self, info_name=ctx.invoked_subcommand, parent=ctx)
            raise

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the words grouped by moment."""
        formatter.write("Keep the record of an engagement that both sides can trust.\n\n")
        for moment, words in GROUPS.items():
            for number, line in enumerate(_folded(words)):
                formatter.write(f"  {'' if number else moment:<16} {line}\n")
        formatter.write("\n  engage WORD --help has examples.  engage demo tells a story on a scratch ledger.\n")
        formatter.write(
            "  --ledger PATH (or ENGAGE_LEDGER) names the ledger; ENGAGE_ENGAGEMENT the engagement you work on.\n"
        )


def _folded(words: Sequence[str]) -> Iterator[str]:
    """Yield *words* in lines that fit a terminal of 100 columns."""
    line = ""
    for word in words:
        if len(line) + len(word) > WIDEST:
            yield line
            line = ""
        line = f"{line}  {word}" if line else word
    yield line


def _completing(command: click.Command) -> click.Command:
    """Prepare *command* for a shell that asks what may come next."""
    from ledger_cli.words.completing import complete_names

    return complete_names(command)


@click.group(cls=Words, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--ledger", "path", envvar="ENGAGE_LEDGER", metavar="PATH", help="The ledger: a folder or a file.")
@click.version_option(package_name="engagement-ledger", prog_name="engage")
@click.pass_context
def engage(ctx: click.Context, path: str | None) -> None:
    """Keep the record of an engagement that both sides can trust."""
    app = ctx.ensure_object(App)
    app.path_given = path
    app.is_recording = ctx.invoked_subcommand in RECORDING
    ctx.call_on_close(app.close)
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
