"""The command `engage`: every call ends in an exit code, every error in a sentence.

A plain `status`, which people and prompts ask for all day, is answered before click is even imported.
"""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

from ledger_cli.app import App

if TYPE_CHECKING:
    from collections.abc import Sequence

    import click


_NOTHING = "Nothing was recorded."
_REFUSED = {3, 4}
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}
_SHUT = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENAMETOOLONG, errno.ENOTDIR, errno.EISDIR, errno.ELOOP}


def run(args: Sequence[str] | None = None, app: App | None = None) -> None:
    """Run the command and end the process with its exit code."""
    sys.stdout = sys.stdout or _nowhere()  # a caller may have closed either
    sys.stderr = sys.stderr or _nowhere()
    code = outcome(args, app or App())
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):
            stream.flush()
    os._exit(code)  # all is closed and written: to take every module apart again would take 15 ms


def outcome(args: Sequence[str] | None, app: App) -> int:
    """Run the command and return its exit code; every error ends in a sentence, never in a traceback."""
    app.typed = words = sys.argv[1:] if args is None else list(args)
    try:
        code = _glanced(words, app) if "status" in words[:3] else _commanded(words, app)
        sys.stdout.flush()  # here, where a full disk can still be said; at exit Python would only complain
        return code
    except KeyboardInterrupt:
        return _stopped(app)
    except Exception as error:  # noqa: BLE001 -- the last line of defence: a sentence, never a traceback
        return _explained(error, app)
    finally:
        app.close()


def _glanced(words: Sequence[str], app: App) -> int:
    """Answer a plain `status`; hand everything else on."""
    from ledger_cli.morning.asked import plainly_asked
    from ledger_cli.morning.telling import tell

    asked = plainly_asked(words)
    if asked is None:
        return _commanded(words, app)
    app.path_given = asked.ledger
    tell(app, asked)
    return app.exit_code


def _commanded(words: Sequence[str], app: App) -> int:
    import click

    from ledger_cli.words.group import engage

    try:
        engage.main(args=list(words), prog_name="engage", standalone_mode=False, obj=app)
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.ClickException as error:
        return _usage(error)
    except click.Abort:
        return _stopped(app)
    except SystemExit:  # click leaves so when whoever read the answer has gone
        return _let_go(141)
    return app.exit_code


def _stopped(app: App) -> int:
    """Say what stands of what somebody interrupted."""
    return _said("Stopped." if app.done else f"Stopped. {_NOTHING}", _kept(app), 130)


def _usage(error: click.ClickException) -> int:
    context = getattr(error, "ctx", None)
    help_page = f"{context.command_path} --help" if context else "engage --help"
    return _said(error.format_message(), getattr(error, "advice", help_page), 2)


def _explained(error: Exception, app: App) -> int:
    from ledger.errors import LedgerError

    if isinstance(error, LedgerError):
        said = _refused(error.message, app) if error.exit_code in _REFUSED else error.message
        return _said(said, _kept(app) or error.advice, error.exit_code)
    if isinstance(error, BrokenPipeError):
        return _let_go(141)
    if isinstance(error, OSError) and error.errno in (_FULL | _SHUT if error.filename else _FULL):
        return _let_down(error, app)
    if isinstance(error, UnicodeEncodeError) and error.reason == "surrogates not allowed":
        what = f'"{error.object}" is not UTF-8'  # the system hands on such bytes as half of a character
        return _said(f"{what}.", _kept(app) or "Type it in a terminal, or give it another name, in UTF-8.", 3)
    kind = f"{type(error).__name__}: {error}"
    advice = _kept(app) or "Nothing was half written."
    return _said(f"This is our fault, not yours: {kind}", f"{advice} Please report it.", 1)


def _refused(message: str, app: App) -> str:
    """Say once that nothing was recorded, where something was to be."""
    if app.done or not app.is_recording or _NOTHING in message:
        return message
    return f"{message}{chr(10) if chr(10) in message else ' '}{_NOTHING}"


def _let_down(error: OSError, app: App) -> int:
    """Say what the machine would not do; what the store meets it says itself."""
    if error.filename is None:  # where the answer goes
        return _let_go(
            _said(f"The answer cannot be written: {error.strerror}.", _kept(app) or "Make room, and ask again.", 7)
        )
    advice = "Make room for it, or ask for the right to it, then try again."
    return _said(f'"{error.filename}" cannot be used: {error.strerror}.', _kept(app) or advice, 7)


def _kept(app: App) -> str:
    """Say what was recorded before the answer failed, so that nobody records it twice."""
    if not app.done:
        return ""
    last = f" to #{app.done[-1]}" if len(app.done) > 1 else ""
    then = app.unfinished or "only the answer failed, do not record it again."
    return f"Recorded #{app.done[0]}{last} all the same: {then}"


def _nowhere() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")


def _said(message: str, advice: str, code: int) -> int:
    from ledger_cli.printing.safe import safe

    with suppress(OSError):  # the code says it too
        print(safe(message, lines=True), file=sys.stderr)  # noqa: T201 -- talk, on standard error
        if advice:
            print(f"  {safe(advice, lines=True)}", file=sys.stderr)  # noqa: T201
    return code


def _let_go(code: int) -> int:
    """Return *code* with nothing left to write: where the answer went takes no more, and Python would complain at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code
