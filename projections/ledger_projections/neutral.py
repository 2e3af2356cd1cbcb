"""Texts that a spreadsheet would run, and the apostrophe in a CSV file that keeps it from that (OWASP, CSV injection).

What a program may skip before it looks for a formula does not hide one. A text that begins with an apostrophe gets one
too, so that whoever takes one away has every text as it was.
"""

from __future__ import annotations

BEGINS = "=+-@\uff1d\uff0b\uff0d\uff20"
"""What a formula begins with, in wide forms too."""
SKIPPED = "".join(
    chr(code)
    for first, last in [(0x01, 0x20), (0x7F, 0xA0), (0xAD, 0xAD), (0x1680, 0x1680), (0x180E, 0x180E), (0x2000, 0x200F),
                        (0x2028, 0x202F), (0x205F, 0x2064), (0x2066, 0x206F), (0x3000, 0x3000), (0xFEFF, 0xFEFF)]
    for code in range(first, last + 1)
)  # fmt: skip
"""Controls, spaces, and what has no width: nobody sees them before a formula. No text of an entry holds U+0000."""
ALONE = "\t\r\n'"
"""What gets an apostrophe whatever follows."""


def neutral(text: str) -> str:
    """Return *text* as it may stand in a CSV file."""
    risky = text.startswith(tuple(ALONE)) or text.lstrip(SKIPPED).startswith(tuple(BEGINS))
    return f"'{text}" if risky else text
