"""The value types that events are made of: each is its own JSON value, with the form it must have.

A field's Python value *is* its JSON value, so that what is validated, what is stored and what is read are one thing.
The forms are handed to pydantic when it asks; nothing here imports it, for every command pays for what it imports.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, NewType, TypeVar

EntryId = NewType("EntryId", str)
Position = NewType("Position", int)
Stream = NewType("Stream", str)

T = TypeVar("T")


class Form:
    """The form of a text: a pattern and a length; *also* names the calendar type it must be valid as."""

    def __init__(self, pattern: str = "", *, least: int = 1, most: int = 200, also: str = "") -> None:
        self.pattern, self.least, self.most, self.also = pattern, least, most, also

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Mapping[str, Any]:  # noqa: ANN401 -- pydantic's protocol
        text: dict[str, Any] = {"type": "str", "strict": True, "min_length": self.least, "max_length": self.most}
        if self.pattern:
            text["pattern"] = self.pattern
        if not self.also:
            return text
        return {"type": "chain", "steps": [text, {"type": self.also, "strict": False}]}


class Whole:
    """A whole number between *least* and *most*, both included."""

    def __init__(self, least: int, most: int = 2**53 - 1) -> None:
        self.least, self.most = least, most

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Mapping[str, Any]:  # noqa: ANN401 -- pydantic's protocol
        return {"type": "int", "strict": True, "ge": self.least, "le": self.most}


class Mark:
    """What a field is to the log: *word* is `erasable`, `identity` or `minted`."""

    def __init__(self, word: str) -> None:
        self.word = word


Erasable = Annotated[T | None, Mark("erasable")]
"""Kept outside the entry's bytes, so that it can be erased; None once it is. No decision and no metric reads it."""
Identity = Annotated[T, Mark("identity")]
"""Identifies the fact: asked again with the same content it answers nothing new, with other content it is refused."""
Minted = Annotated[T, Mark("minted")]
"""An identity that the ledger gives out itself, the next number of its kind."""

# [0-9], never \d: to pydantic-core that is any decimal digit of Unicode, and one number would have two spellings
_LINE = r"^[^\p{Cc}\x{2028}\x{2029}]*[^\s\p{Cc}][^\p{Cc}\x{2028}\x{2029}]*$"
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_INSTANT = _DAY + r"T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z"
_DECIMAL = r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,9})?"

Str = Annotated[str, Form(_LINE)]
"""One line, 1 to 200 characters, not blank."""
Text = Annotated[str, Form(r"\S", most=20_000)]
"""1 to 20,000 characters, not blank."""
Slug = Annotated[str, Form(r"^[a-z0-9][a-z0-9-]{0,62}$")]
Dec = Annotated[str, Form(rf"^{_DECIMAL}$")]
"""A decimal number as text, without exponent."""
Amount = Annotated[str, Form(r"^(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,9})?$")]
"""A decimal number as text that is not negative."""
Day = Annotated[str, Form(rf"^{_DAY}$", also="date")]
Instant = Annotated[str, Form(rf"^{_INSTANT}$", also="datetime")]
"""RFC 3339 in UTC with microseconds: instants compare as text."""
Due = Annotated[Day | Instant, "due"]
"""A day means close of business on that day, in the agreement's calendar."""
Local = Annotated[str, Form(rf"^{_DAY}T[0-9]{{2}}:[0-9]{{2}}$", also="datetime")]
"""A wall-clock time in the zone of the calendar named beside it."""
Clock = Annotated[str, Form(r"^(?:[01][0-9]|2[0-4]):[0-5][0-9]$")]
Currency = Annotated[str, Form(r"^[A-Z]{3}$")]
Sha256 = Annotated[str, Form(r"^[0-9a-f]{64}$")]
Version = Annotated[int, Whole(1, 9_999)]
Count = Annotated[int, Whole(0)]
Percent = Annotated[int, Whole(0, 100)]
Base64 = Annotated[str, Form(r"^[A-Za-z0-9+/]+={0,2}$", most=4_000)]
TreeHash = Annotated[str, Form(r"^[A-Za-z0-9+/]{43}=$")]
"""A hash of the tree (RFC 6962) in base64."""
Digest = Annotated[str, Form(r"^[A-Za-z0-9_-]{43}$")]
"""The digest of a disclosure, as it stands in `data._sd`."""

Party = Literal["provider", "client"]
Channel = Literal["meeting", "call", "email", "message", "letter", "visit", "portal", "other"]
Part = Literal["scope", "timeframe", "evaluation", "compensation", "relationship", "confidentiality", "retention"]

PolicyName = Literal[
    "slip_notice_bh",
    "parity_delta_bh",
    "gift_limit",
    "gift_near_days",
    "floor",
    "hard_floor",
    "ewma_lambda",
    "trend_p",
    "self_max_age_days",
    "silence_bd",
    "first_feedback_bd",
    "no_answer_bd",
    "unraised_bd",
    "concern_open_bd",
    "due_next_bd",
    "check_obligation_bd",
    "action_bd",
    "dependency_share",
    "overcommitted",
    "regular_minutes",
]

_NAMED = r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}"
MilestoneId = Annotated[str, Form(r"^M[A-Za-z0-9][A-Za-z0-9._-]{0,38}$")]
ObligationId = Annotated[str, Form(r"^O[A-Za-z0-9][A-Za-z0-9._-]{0,38}$")]
ResultId = Annotated[str, Form(rf"^{_NAMED}$")]
CadenceId = Annotated[str, Form(rf"^{_NAMED}$")]
ObjectiveId = Annotated[str, Form(rf"^{_NAMED}$")]
SlipId = Annotated[str, Form(r"^S[1-9][0-9]{0,8}$")]
NewsId = Annotated[str, Form(r"^N[1-9][0-9]{0,8}$")]
FeedbackId = Annotated[str, Form(r"^F[1-9][0-9]{0,8}$")]
DisputeId = Annotated[str, Form(r"^D[1-9][0-9]{0,8}$")]
RequestId = Annotated[str, Form(r"^R[1-9][0-9]{0,8}$")]
ConcernId = Annotated[str, Form(r"^C[1-9][0-9]{0,8}$")]
ActionId = Annotated[str, Form(r"^A[1-9][0-9]{0,8}$")]
ReviewId = Annotated[str, Form(r"^V[1-9][0-9]{0,8}$")]
GiftId = Annotated[str, Form(r"^G[1-9][0-9]{0,8}$")]
IdeaId = Annotated[str, Form(r"^I[1-9][0-9]{0,8}$")]
AssumptionId = Annotated[str, Form(r"^H[1-9][0-9]{0,8}$")]
ContactId = Annotated[str, Form(r"^c[1-9][0-9]{0,8}$")]
ActorId = Annotated[str, Form(r"^a[1-9][0-9]{0,8}$")]
Person = Annotated[str, Form(r"^[ac][1-9][0-9]{0,8}$")]
"""An actor or a contact."""
Holder = Annotated[str, Form(r"^(?:ledger|[ac][1-9][0-9]{0,8}|account/[a-z0-9]{4,32}#contact:c[1-9][0-9]{0,8})$")]
"""Whoever a key belongs to: the ledger itself, an actor, a contact of an account."""
KeyId = Annotated[str, Form(_LINE)]
Amendment = Annotated[int, Whole(1, 9_999)]
"""The version that an amendment proposes: it need not have been drafted yet."""
EntryPosition = Annotated[int, Whole(1)]
AccountId = Annotated[str, Form(r"^[a-z0-9]{4,32}$")]
EngagementId = Annotated[str, Form(r"^[a-z0-9]{4,32}$")]
EntryRef = Annotated[str, Form(r"^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")]
"""The id of an entry: a UUIDv7 (RFC 9562 §5.7)."""

KINDS: Mapping[str, str] = {
    "MilestoneId": "milestone",
    "ObligationId": "obligation",
    "CadenceId": "cadence",
    "ResultId": "result",
    "SlipId": "slip",
    "NewsId": "news",
    "FeedbackId": "feedback",
    "DisputeId": "dispute",
    "RequestId": "request",
    "ConcernId": "concern",
    "ActionId": "action",
    "ReviewId": "review",
    "GiftId": "gift",
    "IdeaId": "idea",
    "AssumptionId": "assumption",
    "ObjectiveId": "objective",
    "ContactId": "contact",
    "ActorId": "actor",
    "AccountId": "account",
    "EngagementId": "engagement",
    "Version": "version",
    "Amendment": "amendment",
    "EntryRef": "entry",
    "EntryPosition": "position",
    "KeyId": "key",
    "Person": "person",
    "Holder": "person",
    "Commitment": "ref",
}
"""The annotation that names a thing, and the kind of thing it names."""

PREFIXES: Mapping[str, str] = {
    "slip": "S",
    "news": "N",
    "feedback": "F",
    "dispute": "D",
    "contact": "c",
    "actor": "a",
    "request": "R",
    "concern": "C",
    "action": "A",
    "review": "V",
    "gift": "G",
    "idea": "I",
    "assumption": "H",
}
"""The letter that minted ids of a kind begin with."""

Ref = Annotated[
    str,
    Form(
        r"^(?:account/[a-z0-9]{4,32}#)?(?:version|part|milestone|obligation|result|slip|request|news|concern|action|dispute"
        r"|item|review|cadence|feedback|idea|assumption|gift|objective|contact|entry):[A-Za-z0-9][A-Za-z0-9._-]{0,62}$",
        most=140,
    ),
]
"""`milestone:M2` in the same stream, or `account/<id>#contact:c1`."""
Commitment = Annotated[str, Form(r"^(?:milestone|obligation|cadence):[A-Za-z0-9][A-Za-z0-9._-]{0,62}$")]
"""A Ref to something that can be let go."""
