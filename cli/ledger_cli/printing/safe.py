"""Text from others, made harmless before a terminal sees it: nothing moves the cursor, nothing turns the line."""

from __future__ import annotations

_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_JOINERS = {"\u200d", "\u200c"}
"""Format characters that words and emoji are written with."""


def safe(text: str, *, lines: bool = False) -> str:
    r"""Return *text* with every character that could move the cursor or hide another shown as `\x1b` or `\u202e`.

    With *lines* a line feed stays one; otherwise it is shown as `⏎`.
    """
    if text.isprintable():  # nothing hidden is: all this asks is asked of a whole text at once
        return text
    return "".join(_shown(character, lines=lines) for character in text)


def hidden(character: str) -> bool:
    """Return whether a terminal may do something with *character* other than show it."""
    import unicodedata  # here: what people write seldom hides anything

    return unicodedata.category(character) in _HIDDEN and character not in _JOINERS


def _shown(character: str, *, lines: bool) -> str:
    if character == "\n":
        return "\n" if lines else "⏎"
    if character == "\t":
        return " "
    if not hidden(character):
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"
