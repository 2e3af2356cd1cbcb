"""An entry: a CloudEvents 1.0 event in RFC 8785 canonical JSON, whose exact bytes are stored, hashed and proved.

    {"actor":"a1","aware":"2025-06-06T08:00:00.000000Z","data":{"_sd":["…","…","…"],"causes":[],
    "forecast":"2025-07-18","milestone_id":"M2","slip_id":"S1"},"id":"01974…","occurred":"2025-06-06T08:00:00.000000Z","party":"provider",
    "provenance":"cli","recordedtime":"2025-06-06T08:20:00.000000Z","source":"ledger.example/engagements/q3r7…",
    "specversion":"1.0","streamversion":31,"subject":"engagement/k7h2…","type":"engagement.slip-foreseen.v1",
    "visibility":"shared"}

The *proposal* of an entry is the entry without `recordedtime` and `streamversion`: those two the store adds, under its lock.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

import orjson

from ledger import canonical
from ledger.canonical import JSON
from ledger.errors import Malformed, Tampered, TooLarge
from ledger.values import EntryId, Position, Stream
from ledger.values.named import NamedTuple

LARGEST_ENTRY = 65_535
"""C2SP tlog-tiles entry bundles carry 16-bit lengths."""
LARGEST_DISCLOSURE = 2**20
LARGEST_BATCH = 100_000
FINISH = 80
"""The most bytes that `recordedtime` and `streamversion` add to a proposal."""

_MOMENT = r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d\.\d{6}Z)?"
_LINE = r"[^\x00-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]{1,200}"
_UUID7 = r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
REQUIRED: Mapping[str, str] = {
    "specversion": r"1\.0",
    "id": _UUID7,
    "source": r"[a-z0-9][a-z0-9./-]{2,120}",
    "type": r"[a-z]+\.[a-z0-9]+(-[a-z0-9]+)*\.v[1-9]\d{0,3}",
    "subject": r"(engagement|account)/[a-z0-9]{4,32}|practice",
    "actor": r"a[1-9]\d{0,8}",
    "party": r"provider|client",
    "visibility": r"shared|private",
    "provenance": r"cli|api|import",
}
OPTIONAL: Mapping[str, str] = {
    "occurred": _MOMENT,
    "aware": _MOMENT,
    "claimedtime": _MOMENT,
    "claimedactor": _LINE,
    "onbehalfof": r"[ac][1-9]\d{0,8}",
    "sourcekey": r"[0-9a-f]{64}",
    "causationid": _LINE,
    "correlationid": _LINE,
    "signature": r"[A-Za-z0-9+/]+={0,2}",
    "signerkey": _LINE,
}
_FORMS = {**REQUIRED, **OPTIONAL}
_RECORDED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)
_MEMBERS = frozenset(_FORMS) | {"data", "privileged"}


class Proposal(NamedTuple):
    """What somebody wants recorded: the attributes but two, and the disclosures in the order of their digests."""

    attributes: Mapping[str, JSON]
    disclosures: Sequence[bytes] = ()

    @property
    def id(self) -> EntryId:
        """The entry's id."""
        return EntryId(str(self.attributes["id"]))

    @property
    def stream(self) -> Stream:
        """The stream it goes to."""
        return Stream(str(self.attributes["subject"]))

    def check(self) -> bytes:
        """Return the canonical bytes of the proposal; refuse one that no entry may be made of."""
        check_attributes(self.attributes)
        raw = canonical.encode(self.attributes)
        size = len(raw) + FINISH
        if size > LARGEST_ENTRY:
            raise TooLarge(f"The entry would take {size:,} bytes; the most is {LARGEST_ENTRY:,}.", advice="Split it.")
        if any(len(disclosure) > LARGEST_DISCLOSURE for disclosure in self.disclosures):
            raise TooLarge(
                f"A text is larger than {LARGEST_DISCLOSURE:,} bytes.", advice="Keep the file, give its hash."
            )
        return raw


class Entry:
    """One entry of the log as it stands in its bytes, at its position (from 1).

    Its attributes were checked when they were written, or decoded: what each of them is, is taken from there. *raw* are
    its bytes where a projection read it; nothing where they are not at hand.
    """

    __slots__ = ("attributes", "position", "raw")

    def __init__(self, position: int, attributes: Mapping[str, Any], raw: bytes = b"") -> None:
        self.position: Position = position  # type: ignore[assignment]  # calling a NewType costs as much as the rest
        self.attributes, self.raw = attributes, raw

    @property
    def id(self) -> EntryId:
        """The entry's id: a UUIDv7."""
        name: EntryId = self.attributes["id"]
        return name

    @property
    def type(self) -> str:
        """The stored name of the event type."""
        name: str = self.attributes["type"]
        return name

    @property
    def stream(self) -> Stream:
        """The stream the entry belongs to."""
        subject: Stream = self.attributes["subject"]
        return subject

    @property
    def version(self) -> int:
        """The entry's number in its stream, from 1."""
        version: int = self.attributes["streamversion"]
        return version

    @property
    def recorded(self) -> str:
        """When it was written down: a claim of the store's clock."""
        recordedtime: str = self.attributes["recordedtime"]
        return recordedtime

    @property
    def actor(self) -> str:
        """Who recorded it."""
        actor: str = self.attributes["actor"]
        return actor

    @property
    def party(self) -> str:
        """Whose knowledge it is."""
        party: str = self.attributes["party"]
        return party

    @property
    def data(self) -> Mapping[str, JSON]:
        """The event's own plain fields, and `_sd`."""
        data: Mapping[str, JSON] = self.attributes["data"]
        return data

    def text(self, name: str) -> str | None:
        """Return an optional attribute, such as `occurred`, `aware`, `claimedtime` or `sourcekey`."""
        value: str | None = self.attributes.get(name)
        return value


def encode(attributes: Mapping[str, JSON]) -> bytes:
    """Return the bytes of an entry; refuse what `decode` would not read."""
    _check_finished(attributes)
    raw = canonical.encode(attributes)
    if len(raw) > LARGEST_ENTRY:
        raise TooLarge(f"The entry takes {len(raw):,} bytes; the most is {LARGEST_ENTRY:,}.")
    return raw


def decode(position: int, raw: bytes) -> Entry:
    """Read *raw*; refuse what `encode` would not write."""
    if len(raw) > LARGEST_ENTRY:
        raise TooLarge(f"{len(raw):,} bytes are no entry; the most is {LARGEST_ENTRY:,}.")
    attributes = canonical.decode(raw)
    _check_finished(attributes)
    return Entry(position, attributes)


def kept_entry(position: int, raw: bytes) -> Entry:
    """Read *raw* as a store keeps it: it was checked when it was written, and `engage verify` checks it again."""
    try:
        return Entry(position, orjson.loads(raw))
    except orjson.JSONDecodeError as error:
        raise Tampered(position, f"its bytes are no JSON: {error}.", advice="engage verify") from error


def check_attributes(attributes: Mapping[str, JSON]) -> None:
    """Refuse attributes that are missing, unknown, or not of their form (design 2.1)."""
    for name in REQUIRED:
        if name not in attributes:
            raise Malformed(f'An entry lacks its attribute "{name}".', field=name)
    for name, value in attributes.items():
        if name not in _MEMBERS:
            raise Malformed(f'An entry has no attribute "{name}".', field=name)
        if name in _FORMS and not (type(value) is str and _is_of_form(name, value)):
            raise Malformed(f'The attribute {name} cannot be "{value}".', field=name)
    if attributes.get("privileged", True) is not True:
        raise Malformed('"privileged" is true or left out.', field="privileged")
    if type(attributes.get("data")) is not dict:
        raise Malformed("An entry's data is an object.", field="data")


@lru_cache(4096)
def _is_of_form(name: str, value: str) -> bool:
    """Return whether *value* has the form of attribute *name*: most values of a log come again and again."""
    return _form(name).fullmatch(value) is not None


@cache
def _form(name: str) -> re.Pattern[str]:
    """Compile a form once it is asked for: what is recorded has half of them (1 ms for all)."""
    return re.compile(_FORMS[name], re.ASCII)


def _check_finished(attributes: Mapping[str, JSON]) -> None:
    rest = dict(attributes)
    recorded, version = rest.pop("recordedtime", None), rest.pop("streamversion", None)
    if type(recorded) is not str or not _RECORDED.fullmatch(recorded):
        raise Malformed(f'The attribute recordedtime cannot be "{recorded}".', field="recordedtime")
    if type(version) is not int or version < 1:
        raise Malformed(f'The attribute streamversion cannot be "{version}".', field="streamversion")
    check_attributes(rest)
