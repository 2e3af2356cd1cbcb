"""The colours of pages: whatever is written or drawn stands out from what lies behind it, by day and by night (WCAG 2.2)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from ledger_cli.printing.pages import styles

if TYPE_CHECKING:
    from collections.abc import Mapping

DARK = "@media screen and (prefers-color-scheme: dark) {"
SHEETS = ("printing/pages.css", "picturing/style.css")
TEXT, MARK = 4.5, 3.0
"""Success criteria 1.4.3 and 1.4.11."""
PAIRS = [
    *((fore, back, TEXT) for fore in ("ink", "soft", "link") for back in ("paper", "lift")),
    *(("paper", back, TEXT) for back in ("blue", "rust", "teal", "grey", "heat3", "heat4")),
    *(("ink", back, TEXT) for back in ("heat1", "heat2")),
    *((mark, "paper", MARK) for mark in ("blue", "rust", "teal", "grey")),
]


def colours(scheme: str) -> Mapping[str, str]:
    """Return the colours of a page by their names."""
    found: dict[str, str] = {}
    for sheet in map(styles, SHEETS):
        day, _, rest = sheet.partition(DARK)
        for rules in (day, rest.partition("\n}")[0]) if scheme == "dark" else (day,):
            found.update(re.findall(r"--(\w+): (#[0-9a-f]{3,6})\b", rules))
    return found


def luminance(colour: str) -> float:
    """Return the relative luminance of `#rgb` or `#rrggbb`."""
    digits = colour.removeprefix("#")
    whole = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
    parts = [int(whole[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("fore", "back", "least"), PAIRS)
def test_it_stands_out(fore: str, back: str, least: float, scheme: str) -> None:
    named = colours(scheme)

    dark, light = sorted(luminance(named[name]) for name in (fore, back))
    assert (light + 0.05) / (dark + 0.05) >= least


def test_the_scale_of_the_calendar_runs_one_way() -> None:
    for scheme, falls in (("light", True), ("dark", False)):
        steps = [luminance(colours(scheme)[f"heat{number}"]) for number in (1, 2, 3, 4)]

        assert steps == sorted(steps, reverse=falls)
