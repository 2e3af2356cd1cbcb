"""Pictures of an engagement: what each shows, in a heading, in sentences, and in rows that are its marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger_projections.pictures import cadences, contacts, delays, gaps, milestones, news, satisfaction
from ledger_projections.pictures.picture import Picture
from ledger_projections.reports.making import covered

if TYPE_CHECKING:
    from ledger_projections.reports.source import Source

__all__ = ["PICTURES", "Picture", "pictures"]

PICTURES = (milestones, delays, news, cadences, satisfaction, gaps, contacts)
"""What was promised, then what was said, then who was heard."""


def pictures(source: Source) -> list[Picture]:
    """Return every picture of the engagement, of what *source* may show."""
    made = (module.picture(source) for module in PICTURES)
    return [picture._replace(section=covered(source.excerpt, picture.section)) for picture in made]
