"""A report as one JSON document: its words, and beside each line what a program can use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger_cli.printing.output import json_document
from ledger_cli.reporting.about import NAME, question, withheld

if TYPE_CHECKING:
    from ledger_projections.reports import Report, Section


def text(report: Report) -> str:
    """Return *report* as JSON."""
    stamp = {**report.stamp._asdict(), "withheld": [_withheld(each) for each in report.stamp.withheld]}
    document = {
        NAME: report.asked.written(),
        "title": report.title,
        "question": question(report),
        "stamp": stamp,
        "withheld": withheld(report),
        "sections": [_section(section) for section in report.sections],
    }
    return f"{json_document(document)}\n"


def _withheld(each: Any) -> dict[str, Any]:  # noqa: ANN401 -- a Withheld, whose id is not shown
    return {"position": each.position, "reason": each.reason}


def _section(section: Section) -> dict[str, Any]:
    rows = [
        {
            "cells": dict(zip(section.columns, line.cells, strict=True)),
            "values": dict(line.values),
            "entries": list(line.entries),
            "withdrawn": line.struck,
        }
        for line in section.rows
    ]
    picture = {"picture": list(section.picture)} if section.picture else {}
    said = {"heading": section.heading, "said": list(section.said), "entries": list(section.entries), **picture}
    return {**said, "columns": list(section.columns), "rows": rows}
