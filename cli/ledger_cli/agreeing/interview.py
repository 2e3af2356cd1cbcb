"""One conversation about a letter of agreement: what it lacks is asked, each answer checked at once (P01 to P09, P17)."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

import click

from ledger.errors import LedgerError, Malformed
from ledger_cli.agreeing.file import blaming, drafts_of, reading_of
from ledger_cli.asking.about import known_of
from ledger_cli.asking.missing import asked
from ledger_cli.letter.template import moved
from ledger_cli.printing.safe import safe

if TYPE_CHECKING:
    from ledger.values import Stream
    from ledger_cli.agreeing.draft import Draft
    from ledger_cli.agreeing.questions import Group, Question
    from ledger_cli.app import App

LEAVE_OUT = "skip"
HOW = (
    "Enter takes what stands in [brackets], or leaves a line out; skip leaves out a line, and at its first one a part.",
    "Several go with ; between them. Ctrl-C stops: what was answered is kept.",
)


class Interview:
    """One conversation about one letter."""

    def __init__(self, app: App, stream: Stream, draft: Draft) -> None:
        self.app, self.stream, self.draft = app, stream, draft
        self.known = known_of(app, stream)
        self.reading = reading_of(app, draft.path.parent)
        self._typed: dict[str, str] = {}
        """What was typed for each line of a table that will not do as a whole: its likely answers the next time."""

    def ask_all(self) -> None:
        """Ask for each group that the letter lacks, and for what is missing in those it has."""
        from ledger_cli.agreeing.questions import GROUPS

        for line in HOW:
            tell(line)
        done = [group for group in GROUPS if self.draft.tables(group) and not self.draft.open_tables(group)]
        if done:
            tell(f"Answered before: {', '.join(group.title for group in done)}.")
        for group in GROUPS:
            if group not in done and self._worth(group):
                tell("", group.title, f"  {group.says}")
                self._ask_group(group)
                self.draft.keep()
                self._say_missing()

    def summarise(self) -> None:
        """Show the whole letter line by line, and what it lacks."""
        from ledger_cli.letter.changes import all_lines

        tell("", "This is the letter:")
        for line in all_lines(self.draft.content):
            tell(f"  {line.where}: {line.after}")
        self._say_missing()

    def _ask_group(self, group: Group) -> None:
        tables, unfinished = self.draft.tables(group), self.draft.open_tables(group)
        for table in unfinished:
            self._ask_table(group, table)
        if group.each:
            while self._another(group):
                self._ask_table(group, self.draft.begin(group))
        elif not tables:
            self._ask_table(group, self.draft.begin(group))

    def _worth(self, group: Group) -> bool:
        """Return whether a group can be asked: what stands below another is not without it."""
        above = group.path.rpartition(".")[0]
        return not above or above in self.draft.content

    def _another(self, group: Group) -> bool:
        """Return whether there is one, or one more: the first is likely where it is usual, another is not."""
        first = not self.draft.tables(group)
        likely = first and group.usual
        prompt = f"{f'Is there any {group.each}' if first else f'Another {group.each}'}? [{'Y/n' if likely else 'y/N'}]"
        return (asked(self.app, f"  {prompt}").casefold() or ("y" if likely else "n")) in {"y", "yes"}

    def _ask_table(self, group: Group, table: dict[str, Any]) -> None:
        """Ask the lines of one table until the letter with it will do; leave it out where its first line is skipped."""
        while True:
            if group.letter:
                table.setdefault("id", self._next_id(group))
            first, *others = group.questions
            if not self._ask(group, first, table) and first.needed:
                self.draft.drop(group, table)
                self._typed.clear()
                return
            for question in others:
                self._ask(group, question, table)
            if (wrong := self._wrong()) is None:
                self._typed.clear()
                return
            tell(f"  {wrong.message}", *([f"  {wrong.advice}"] if wrong.advice else []), "  Once more, then.")
            for question in group.questions:
                table.pop(question.key, None)

    def _ask(self, group: Group, question: Question, table: dict[str, Any]) -> bool:
        """Ask one line until its answer will do; return whether it is there now."""
        from ledger_cli.agreeing.answers import answered

        if question.key in table:
            return True
        likely = self._likely(group, question)
        example = moved(question.example, self.app.clock().date())
        hint = f" [{likely}]" if likely else f" (such as {example})" if example else ""
        choice = f" ({', '.join(question.among)})" if question.among else ""
        while True:
            text = asked(self.app, f"  {question.asks}{choice}{hint}") or likely
            self._typed[question.key] = text
            if text.casefold() == LEAVE_OUT or (not text and not question.needed):
                return False
            try:
                if not text:
                    raise Malformed("The part needs this line.", advice="skip leaves it out.")
                table.update(answered(question, text, self.reading, self._people))
            except LedgerError as error:
                tell(f"    {error.message}", *([f"    {error.advice}"] if error.advice else []))
            else:
                return True

    def _next_id(self, group: Group) -> str:
        taken = {table.get("id") for table in self.draft.tables(group)} | {
            *self.known.engagement.things.get(group.each, {})
        }
        return next(name for number in count(1) if (name := f"{group.letter}{number}") not in taken)

    def _likely(self, group: Group, question: Question) -> str:
        """Return the answer of an empty line: what the question has, or the rhythm of reviews that was just agreed."""
        reviews = [table["id"] for table in self.draft.content.get("cadences", ()) if table.get("kind") == "review"]
        known = str(reviews[0]) if question.key == "cadence" and reviews else question.likely
        return self._typed.get(question.key, known)

    @property
    def _people(self) -> dict[str, list[str]]:
        """What the people of the account and of the letter are called, by the name the letter has for them."""
        from ledger.names import called

        known = {texts[0] if texts else name: texts for name, texts in called(self.known.account).items()}
        drafted = [card for card in self.draft.content.get("contacts", ()) if "name" in card]
        return {**known, **{card["name"]: [card["name"], card.get("role", card["name"])] for card in drafted}}

    def _wrong(self) -> LedgerError | None:
        """Return why the letter so far would be refused, if it would."""
        from ledger_cli.letter import read_letter
        from ledger_cli.letter.before import before
        from ledger_cli.recording.envelope import Envelope

        raw = self.draft.text.encode()
        try:
            letter = read_letter(self.draft.path, raw, self.reading, before(self.known))
            with blaming(letter):
                self.app.ledger.check(*drafts_of(self.app, Envelope(), self.stream, letter))
        except LedgerError as error:
            where = error.message.startswith(f"{self.draft.path.name}, line")
            return Malformed(error.message.partition(": ")[2] if where else error.message, advice=error.advice)
        return None

    def _say_missing(self) -> None:
        opened = self.known.engagement.opened
        lacks = self.draft.lacks(sensitive=bool(opened and opened.event.sensitive))
        tell(f"  Still missing: {', '.join(lacks)}." if lacks else "  Nothing is missing for a complete agreement.")


def tell(*lines: str) -> None:
    """Print *lines*, harmless on a terminal."""
    for line in lines:
        click.echo(safe(line))
