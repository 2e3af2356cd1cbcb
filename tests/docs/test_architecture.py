"""No module of the ledger can be forgotten where pyproject.toml lists them all."""

import tomllib

from tests.places import ROOT


def test_every_module_but_the_stores_is_forbidden_to_know_eventsourcing() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    (contract,) = (c for c in contracts if c["name"] == "only the stores know eventsourcing")
    inside = (p.stem for p in (ROOT / "src" / "ledger").iterdir() if p.suffix == ".py" or (p / "__init__.py").exists())
    modules = {f"ledger.{name}" for name in inside if name not in {"__init__", "stores"}}

    assert {*contract["source_modules"]} == modules | {"ledger_cli", "ledger_projections"}
