"""Options of a word that has several forms: what one of them takes says nothing of another."""

from __future__ import annotations

import click


def refuse(what: str, **options: object) -> None:
    """Refuse the *options* that were said, for they say nothing of *what*."""
    if wrong := [f"--{option.replace('_', '-')}" for option, said in options.items() if said]:
        raise click.UsageError(f"{what} takes no {' and no '.join(wrong)}.")
