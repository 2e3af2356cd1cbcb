"""A package installed as an installer leaves it, without one: its modules, and the `.dist-info` that names them."""

from __future__ import annotations

import shutil
import sys
import tomllib
from contextlib import contextmanager
from importlib import invalidate_caches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def install(project: Path, site: Path) -> None:
    """Install what *project*'s pyproject.toml describes, and the modules beside it, into *site*."""
    about = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    info = site / f"{about['name'].replace('-', '_')}-{about['version']}.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {about['name']}\nVersion: {about['version']}\n")
    groups = about["entry-points"].items()
    named = (line for group, entries in groups for line in (f"[{group}]", *(f"{k} = {v}" for k, v in entries.items())))
    (info / "entry_points.txt").write_text("\n".join([*named, ""]))
    for module in project.glob("*.py"):
        shutil.copy(module, site)


@contextmanager
def installed(site: Path) -> Iterator[None]:
    """Let Python find what is in *site*, and forget it afterwards."""
    known = set(sys.modules)
    sys.path.append(str(site))
    invalidate_caches()
    try:
        yield
    finally:
        sys.path.remove(str(site))
        for name in set(sys.modules) - known:
            if str(getattr(sys.modules[name], "__file__", None)).startswith(str(site)):
                del sys.modules[name]
