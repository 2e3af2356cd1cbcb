"""What a command lacks is asked for on a terminal, a short question a line; elsewhere it is refused with what to type."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import click

from ledger.errors import LedgerError, Unknown
from ledger.values.named import NamedTuple
from ledger_cli.printing.safe import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ledger.dialogue import Dialogue
    from ledger_cli.app import App


class Lacking(click.UsageError):
    """Something is missing and there is nobody to ask; *advice* is the command that says it all."""

    def __init__(self, message: str, advice: str) -> None:
        super().__init__(message)
        self.advice = advice


class Left(click.ClickException):
    """Whoever was asked went away instead."""

    exit_code, advice = 2, ""

    def __init__(self) -> None:
        super().__init__("Nothing was recorded.")


def unknown(app: App, state: Dialogue) -> str | None:
    """Return no answer: none is likelier than others."""
    return None


class Need(NamedTuple):
    """Something that a verb cannot do without.

    *flag* is how it is typed: `WHO` is a word, `--from WHO` an option, whose value is *said*. Of *among* an answer is
    one; *likely* is the answer of an empty line; *check* raises a LedgerError for an answer that will not do.
    """

    asks: str
    flag: str
    said: str | None = None
    likely: Callable[[App, Dialogue], str | None] = unknown
    check: Callable[[App, Dialogue, str], object] | None = None
    among: Sequence[str] = ()

    @property
    def worded(self) -> bool:
        """Whether it is a word of the command, not an option."""
        return not self.flag.startswith("--")


def answered(app: App, state: Dialogue, need: Need) -> str:
    """Return what somebody at the terminal answers, asked until it will do."""
    likely = need.likely(app, state)
    question = f"{need.asks}{_choice(need.among)}{f' [{likely}]' if likely else ''}"
    prompt = question
    while True:
        answer = _one_of(asked(app, prompt) or likely or "", need.among)
        try:
            if answer and need.check is not None:
                need.check(app, state, answer)
        except LedgerError as error:
            prompt = f"{error.message} {question}"
            continue
        if answer:
            return answer


def asked(app: App, prompt: str) -> str:
    """Return what is typed after *prompt*; raise Left if whoever was asked leaves, or nobody is there."""
    if app.ask is None:
        raise Left
    try:
        return app.ask(f"{safe(prompt)} ").strip()
    except (EOFError, KeyboardInterrupt) as leaving:
        raise Left from leaving


def confirmed(app: App, question: str) -> bool:
    """Return whether whoever sits at the terminal says yes, by an empty line too."""
    while True:
        answer = asked(app, f"{question} [Y/n]").casefold()
        if answer in {"", "y", "yes", "n", "no"}:
            return answer[:1] != "n"


def meant(app: App, find: Callable[[str], str], name: str) -> str:
    """Return what *find* finds for *name*, or for the one name near it, if that was meant."""
    try:
        return find(name)
    except Unknown as error:
        if app.ask is None or len(error.candidates) != 1 or not confirmed(app, error.message):
            raise
        return find(error.candidates[0])


def refuse(app: App, words: Sequence[str], missing: Sequence[Need]) -> NoReturn:
    """Refuse a command that lacks *missing*; *words* are those it has."""
    asks = " ".join(need.asks for need in missing)
    raise Lacking(f"Something is missing. {asks}", " ".join(_whole(app.typed, words, missing)))


def _whole(typed: Sequence[str], words: Sequence[str], missing: Sequence[Need]) -> Iterator[str]:
    """Yield the command as it was *typed*, with a placeholder for each thing missing: words stand before options."""
    verb = click.get_current_context().info_name or ""
    start = typed.index(verb) + 1 if verb in typed else 0
    after = max((place + 1 for place, word in enumerate(typed) if place >= start and word in words), default=start)
    first = [need.flag for need in missing if need.flag == "ENGAGEMENT"]
    placeholders = [need.flag for need in missing if need.worded and need.flag != "ENGAGEMENT"]
    yield "engage"
    yield from map(_quoted, typed[:start])
    yield from first
    yield from map(_quoted, typed[start:after])
    yield from placeholders
    yield from map(_quoted, typed[after:])
    yield from (need.flag for need in missing if not need.worded)


def _choice(among: Sequence[str]) -> str:
    return f" ({', '.join(among)})" if among else ""


def _one_of(answer: str, among: Sequence[str]) -> str:
    """Return the one of *among* that *answer* begins; nothing, so that it is asked again, where it begins none or two."""
    if not among or answer in among:
        return answer
    found = [choice for choice in among if answer and choice.startswith(answer.casefold())]
    return found[0] if len(found) == 1 else ""


def _quoted(word: str) -> str:
    import shlex

    plain = shlex.quote(word)
    return plain if plain == word or '"' in word or set(word) & set("$`\\!") else f'"{word}"'
