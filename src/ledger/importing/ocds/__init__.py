"""Releases of the Open Contracting Data Standard 1.1 as claims: what each says beyond those before it (ADR 14)."""

from ledger.importing.ocds.planning import OcdsPlanner
from ledger.importing.ocds.releases import Release, Releases

__all__ = ["OcdsPlanner", "Release", "Releases"]
