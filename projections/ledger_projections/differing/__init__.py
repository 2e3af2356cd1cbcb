"""What is known otherwise at one moment than at another, of all that the tables show, and by which entries (domain 3.5)."""

from ledger_projections.differing.causes import Cause, Trail
from ledger_projections.differing.difference import Change, Difference, Moments, difference
from ledger_projections.differing.subjects import SUBJECTS, TABLES, Field, Subject

__all__ = ["SUBJECTS", "TABLES", "Cause", "Change", "Difference", "Field", "Moments", "Subject", "Trail", "difference"]
