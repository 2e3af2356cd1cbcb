"""The drafts of one release: all of them claims of its date, by its publisher, about its process."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import uuid_utils

from ledger.calendars import day_number, earliest
from ledger.drafts import Draft, Source

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger.canonical import JSON
    from ledger.importing.ocds.releases import Release
    from ledger.values.records import Evidence

BUYERS = "client"
"""Whose knowledge a release is: buyers publish."""


def key(*names: str) -> bytes:
    """Return the original under which a thing of a process is known again, whichever release names it."""
    return json.dumps(["ocds", *names]).encode()


def release_key(release: Release) -> Source:
    """Return the source of the first entry of *release*: one that was recorded has been read before."""
    return Source(b"ocds release" + release.digest)


class Drafting:
    """Collects the drafts of *release*, and what somebody should look at; *now* is the latest there can have been."""

    def __init__(self, release: Release, now: str) -> None:
        self.release, self._now = release, now
        self.drafts: list[Draft] = []
        self.notes: list[str] = []
        self._part = 0

    def add(
        self,
        event_type: str,
        subject: str,
        data: Mapping[str, JSON | None],
        *,
        occurred: str | None = None,
        known_by: bytes | None = None,
        visibility: str | None = None,
    ) -> str:
        """Add a draft and return the id of its entry; *known_by* is the original of a thing that is named again."""
        release, entry = self.release, str(uuid_utils.uuid7())
        self.drafts.append(
            Draft(
                event_type,
                subject,
                {name: value for name, value in data.items() if value is not None},
                occurred=occurred,
                party=BUYERS,
                visibility=visibility,
                id=entry,
                correlationid=release.ocid,
                causationid=release.id,
                claimedtime=release.date,
                claimedactor=release.origin.publisher,
                source=Source(known_by) if known_by else self._source(),
            )
        )
        return entry

    def amend(
        self,
        subject: str,
        entry: str,
        texts: Mapping[str, tuple[JSON | None, JSON | None]],
        plain: Mapping[str, tuple[JSON | None, JSON | None]] | None = None,
    ) -> None:
        """Correct *entry*: *texts* and *plain* hold what each path was and is."""
        data: dict[str, JSON] = {
            "entry": entry,
            "kind": "amend",
            "reason": self.reason,
            "changes": changes(plain or {}),
        }
        if texts:
            data["text_changes"] = changes(texts)
        self.add("entry-corrected", subject, data)

    def withdraw(self, subject: str, entry: str) -> None:
        """Withdraw *entry*, which the publisher no longer says."""
        self.add("entry-corrected", subject, {"entry": entry, "kind": "withdraw", "reason": self.reason})

    def past(self, moment: str | None, what: str) -> str | None:
        """Return *moment*, or None where it lies in the future: nothing has happened then yet."""
        if moment and earliest(moment) > self._now:
            self.note(f"{what} {moment} lies in the future: it stands without a date.")
            return None
        return moment

    def note(self, says: str) -> None:
        """Say something that somebody should look at."""
        self.notes.append(f"{self.release.where}: {says}")

    @property
    def reason(self) -> str:
        """Why something said before is said otherwise."""
        return f"Release {self.release.id} says otherwise."

    @property
    def evidence(self) -> Sequence[Evidence]:
        """The file that says so, by its hash."""
        origin = self.release.origin
        one: dict[str, Any] = {"sha256": origin.sha256, "bytes": origin.size, "media_type": "application/json"}
        one |= {"name": self.release.id} | ({"locator": origin.uri} if origin.uri else {})
        return [one]  # type: ignore[list-item]  # a TypedDict, put together

    def _source(self) -> Source:
        self._part += 1
        return release_key(self.release)._replace(part=self._part - 1)


def changes(paths: Mapping[str, tuple[JSON | None, JSON | None]]) -> list[dict[str, JSON]]:
    """Return the changes of *paths*, each from what it was to what it is, as JSON texts."""
    found = []
    for path, (before, after) in paths.items():
        sides = {"before": before, "after": after}
        written = {side: json.dumps(value, ensure_ascii=False) for side, value in sides.items() if value is not None}
        found.append({"path": path, **written})
    return found  # type: ignore[return-value]  # texts are JSON


def days_between(earlier: str, later: str) -> int:
    """Return how many days *later* is after *earlier*, as their days are written."""
    return day_number(later[:10]) - day_number(earlier[:10])
