"""A report as one JSON document: its words, and beside each line what a program can use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger_cli.printing.output import json_document
from ledger_cli.reporting.about import NAME, question, withheld

if TYPE_CHECKING:
    from ledger_projections.reports import Report, Section


def text(report: Report) -> str:
    """Return *report* as JSON."""
    document = {**head(report), "sections": [_section(section) for section in report.sections]}
    return f"{json_document(document)}\n"


def head(report: Report) -> dict[str, Any]:
    """Return what *report* says of itself."""
    stamp = {**report.stamp._asdict(), "withheld": [_withheld(each) for each in report.stamp.withheld]}
    return {
        NAME: report.asked.written(),
        "title": report.title,
        "question": question(report),
        "stamp": stamp,
        "withheld": withheld(report),
    }


def rows_of(section: Section) -> list[dict[str, Any]]:
    """Return the lines of *section*."""
    return [
        {
            "cells": dict(zip(section.columns, line.cells, strict=True)),
            "values": dict(line.values),
            "entries": list(line.entries),
            "withdrawn": line.struck,
        }
        for line in section.rows
    ]


def said_of(section: Section) -> dict[str, Any]:
    """Return what *section* says before its lines."""
    picture = {"picture": list(section.picture)} if section.picture else {}
    return {"heading": section.heading, "said": list(section.said), "entries": list(section.entries), **picture}


def _withheld(each: Any) -> dict[str, Any]:  # noqa: ANN401 -- a Withheld, whose id is not shown
    return {"position": each.position, "reason": each.reason}


def _section(section: Section) -> dict[str, Any]:
    return {**said_of(section), "columns": list(section.columns), "rows": rows_of(section)}
