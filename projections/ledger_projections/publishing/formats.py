"""The formats that tables are published in: the module that writes each, and the package it takes."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, cast

from ledger.errors import Refused, Unknown, near
from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from ledger_projections.publishing.content import Content

EXTRA = "pip install 'engagement-ledger[publish]'"


class Format(NamedTuple):
    """A format: the *module* here that writes it, and the *packages* that it takes beside our own."""

    module: str
    packages: tuple[str, ...] = ()

    @property
    def lacks(self) -> list[str]:
        """The packages that are not installed."""
        return [package for package in self.packages if find_spec(package) is None]


FORMATS: Mapping[str, Format] = {
    "sqlite": Format("as_sqlite"),
    "csv": Format("as_csv"),
    "jsonl": Format("as_jsonl"),
    "parquet": Format("as_parquet", ("pyarrow",)),
    "duckdb": Format("as_duckdb", ("duckdb", "pyarrow")),
    "xlsx": Format("as_xlsx", ("xlsxwriter",)),
}
"""Every format by its name, in the order they are written."""


def chosen(names: Iterable[str]) -> list[str]:
    """Return the formats *names* asks for, in our order; refuse one that is none, or that lacks its package."""
    wanted = set(names)
    for name in sorted(wanted):
        if name not in FORMATS:
            raise Unknown("format", name, candidates=near(name, FORMATS), advice=f"There are: {', '.join(FORMATS)}.")
        if lacks := FORMATS[name].lacks:
            raise Refused(f"{name} takes {' and '.join(lacks)}, which is not installed.", advice=EXTRA)
    return [name for name in FORMATS if name in wanted]


def at_hand() -> Sequence[str]:
    """Return the formats whose packages are installed."""
    return [name for name, form in FORMATS.items() if not form.lacks]


def writer(name: str) -> Callable[[Path, Content], None]:
    """Return what writes the format *name* into a folder."""
    module = import_module(f"ledger_projections.publishing.{FORMATS[name].module}")
    return cast("Callable[[Path, Content], None]", module.write)
