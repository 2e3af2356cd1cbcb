"""A version of the letter, or a draft of one, as a page: its parts, its signatures, and where all of it comes from."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING

from ledger.calendars import instant
from ledger.standing import missing_parts
from ledger_cli.letter.blocks import Grid, Heading, Page, Paragraph
from ledger_cli.letter.prose import blocks
from ledger_cli.letter.said import TEXT_PARTS, recorded, shared
from ledger_cli.letter.wording import listed, names_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from ledger.journal import Reader
    from ledger.standing import Known
    from ledger_cli.letter.batch import Letter
    from ledger_cli.letter.blocks import Block
    from ledger_cli.letter.said import Said
    from ledger_cli.letter.wording import Names

NO_DOCUMENT = (
    "This page is a rendering of what the ledger has recorded of the letter. It is not the document that was signed."
)


def version_page(known: Known, reader: Reader, version: int, zone: ZoneInfo) -> Page:
    """Return *version* as the ledger at *reader* has recorded it, for both sides to read: what is private is left out.

    It is the same page as long as nothing more is recorded.
    """
    said = shared(known, recorded(known, reader, version))
    names = names_of(said, zone)
    document = str(said.agreement["document_sha256"])
    source = [
        ("What this is", f"{NO_DOCUMENT} That document is known by its hash alone."),
        ("Document", f"SHA-256 {document}"),
        ("Version", f"{version}, drafted in entry {known.engagement.drafts[version].entry.position}"),
        ("Ledger", reader.origin),
        ("Position", f"{reader.head()} entries"),
        ("Root", b64encode(reader.root()).decode()),
    ]
    standing = [_versions(known, version, names), *_lacking(known, said), *_corrected(known, version)]
    return Page(_title(known), standing, [*blocks(said, names), *_signatures(known, version, names)], source)


def draft_page(known: Known, letter: Letter, name: str, raw: bytes, zone: ZoneInfo) -> Page:
    """Return the *letter* in the file *name*, which holds *raw*: nothing of it need be recorded."""
    said = letter.said
    names = names_of(said, zone)
    hashed = sha256(raw).hexdigest()
    same = [version for version, fact in known.engagement.drafts.items() if fact.event.document_sha256 == hashed]
    what = (
        f"This page is a rendering of {name}. That file is the very document of version {same[-1]}: its hash is the one "
        "recorded."
        if same
        else f"This page is a rendering of the draft {name}. Nothing of it is recorded, and nobody has signed it."
    )
    source = [("What this is", what), ("File", f"SHA-256 {hashed}")]
    standing = [f"Version {same[-1]}." if same else "A draft.", *_lacking(known, said)]
    return Page(_title(known), standing, [*blocks(said, names)], source)


def _title(known: Known) -> str:
    opened = known.engagement.opened
    name = opened and (opened.event.title or opened.event.alias)
    account = known.account.opened and known.account.opened.event.name
    return ": ".join(filter(None, ("Letter of agreement", ", ".join(filter(None, (name, account))))))


def _versions(known: Known, version: int, names: Names) -> str:
    """Say how a version stands: in force and since when, replaced, or unsigned."""
    signed, newest = known.signed_by_both, max(known.signed_by_both, default=None)
    amends = known.engagement.drafts[version].event.amends
    amended = f", which amends version {amends}" if amends else ""
    if version not in signed:
        state = known.signing(version)
        return f"Version {version}{amended}: {state}. It binds nobody until both have signed."
    since = names.moment(instant(signed[version]))
    if version == newest:
        return f"Version {version}{amended}: signed by both, in force since {since}."
    return f"Version {version}{amended}: signed by both on {since}. Version {newest} has taken its place."


def _lacking(known: Known, said: Said) -> Iterator[str]:
    """Yield what a complete agreement would have, and this one has not (M17)."""
    sensitive = bool(known.engagement.opened and known.engagement.opened.event.sensitive)
    lacks = missing_parts(said.agreement["parts"], sensitive=sensitive)
    if lacks:
        yield f"It lacks {listed(lacks)}."
    if said.lost:
        where = listed([part for part in TEXT_PARTS if part in said.lost])
        yield f"Texts were erased, or are withheld from this copy{f': {where}' if where else ''}."


def _corrected(known: Known, version: int) -> Iterator[str]:
    by = [f"#{fact.entry.position}" for fact in known.engagement.drafts[version].corrections]
    if by:
        yield f"The record of it was corrected in {listed(by)}; the document itself was not."


def _signatures(known: Known, version: int, names: Names) -> Iterator[Block]:
    yield Heading("Signatures")
    signed = [fact for fact in known.engagement.signatures if fact.event.version == version]
    if not signed:
        yield Paragraph("Nobody has signed yet.")
        return
    rows = [
        [
            f"the {fact.event.signed_for}",
            names.person(fact.event.signatory),
            names.moment(fact.when),
            fact.event.method.replace("_", " "),
            f"{fact.event.document_sha256[:16]}…",
            "yes" if known.counts_signature(fact) else "no: without authority to sign",
        ]
        for fact in signed
    ]
    yield Grid("Signatures so far", ("For", "By", "When", "How", "Document", "Counts"), rows)
