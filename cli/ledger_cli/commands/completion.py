"""`completion`: what makes a shell complete the words of `engage`, and the names in the ledger."""

from __future__ import annotations

import os

import click

SHELLS = ("bash", "zsh", "fish")
ASKED_BY = "_ENGAGE_COMPLETE"
"""The variable by which a shell asks what may come next: click's own, for a program of this name."""


@click.command()
@click.argument("shell", type=click.Choice(SHELLS), required=False)
def completion(*, shell: str | None) -> None:
    """Print what makes a shell complete words, options and the ledger's own names.

    \b
    eval "$(engage completion bash)"                                    in ~/.bashrc
    eval "$(engage completion zsh)"                                     in ~/.zshrc, after compinit
    engage completion fish > ~/.config/fish/completions/engage.fish     once
    """
    from click.shell_completion import get_completion_class

    from ledger_cli.words.group import engage

    name = shell or os.path.basename(os.environ.get("SHELL", ""))
    made = get_completion_class(name) if name in SHELLS else None
    if made is None:
        raise click.UsageError("Which shell? engage completion bash, zsh or fish")
    click.echo(made(engage, {}, "engage", ASKED_BY).source())
