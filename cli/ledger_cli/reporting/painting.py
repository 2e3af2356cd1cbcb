"""The letters of a calendar that is drawn, in colours that say nothing which the letters do not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ledger_cli.printing.output import styled

if TYPE_CHECKING:
    from collections.abc import Mapping

_WEEK = re.compile(r"^([ \d]\d [A-Z][a-z]{2} \d{4}  )([A-Z.-](?: [A-Z.-]){6})(.*)$")
COLOURS: Mapping[str, str] = {"C": "yellow", "B": "bold", "O": "cyan"}


def painted(line: str) -> str:
    """Return a line of a picture with the letters of its days in colours; any other line as it is."""
    week = _WEEK.match(line)
    if week is None:
        return line
    days = (styled(day, COLOURS[day]) if day in COLOURS else day for day in week[2].split(" "))
    return f"{week[1]}{' '.join(days)}{week[3]}"
