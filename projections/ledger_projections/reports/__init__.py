"""Reports: what the ledger says of an engagement, in sections of sentences and tables that can be made again."""

from ledger_projections.reports.asked import Asked
from ledger_projections.reports.form import Line, Report, Section
from ledger_projections.reports.making import REPORTS, report
from ledger_projections.reports.source import Source
from ledger_projections.reports.stamp import Stamp
from ledger_projections.reports.withheld import Withheld

__all__ = ["REPORTS", "Asked", "Line", "Report", "Section", "Source", "Stamp", "Withheld", "report"]
