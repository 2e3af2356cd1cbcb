"""One HTML page for people: no script, nothing fetched, every text escaped; read on a phone, in the dark, and printed."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from ledger_cli.printing.safe import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""What a browser may do with the page: show it, in its own style (Content Security Policy Level 3)."""


def page(
    title: str,
    body: Iterable[str],
    style: str = "",
    meta: Mapping[str, str] | None = None,
    *,
    sealed: bool = False,
) -> str:
    """Return a whole page of *body*, lines of HTML, in our style and its own; *meta* says more about it to programs.

    A page that is *sealed* is shown in this very style, and in no other that stands in it.
    """
    style = f"\n{styles('printing/pages.css')}{style}"
    policy = POLICY.replace("'unsafe-inline'", f"'sha256-{_hash(style)}'") if sealed else POLICY
    said = "".join(f'<meta name="{escape(name)}" content="{escape(value)}">\n' for name, value in (meta or {}).items())
    head = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
{said}<title>{escaped(title)}</title>
<style>{style}</style>
</head>
<body>
"""
    return head + "".join(f"{line}\n" for line in body) + "</body>\n</html>\n"


def escaped(text: str, *, lines: bool = False) -> str:
    """Return *text* so that a browser shows it as it is; with *lines* a line feed breaks the line."""
    return escape(safe(text, lines=lines)).replace("\n", "<br>")


def quoted(text: str) -> str:
    """Return *text* as a string of CSS that ends where it ends (CSS Syntax Module Level 3, 4.3.7)."""
    plain = (c if (c.isascii() and c.isalnum()) or c in " .,:#" else f"\\{ord(c):06x}" for c in safe(text))
    return f'"{"".join(plain)}"'


@cache
def styles(name: str) -> str:
    """Return the style sheet called *name*: `printing/pages.css`, or that of another package."""
    return files("ledger_cli").joinpath(name).read_text("utf-8")


def _hash(style: str) -> str:
    """Return the hash by which a policy knows a style (CSP Level 3, 2.3.1)."""
    return b64encode(sha256(style.encode()).digest()).decode()
