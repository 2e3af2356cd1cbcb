"""The value types that have fields of their own. Only pydantic and the type checker read them, so only they pay (3 ms)."""

from typing import Annotated, Literal, NotRequired

from typing_extensions import TypedDict  # pydantic asks for this one before Python 3.12

from ledger.values import (
    Amount,
    CadenceId,
    Clock,
    ContactId,
    Count,
    Currency,
    Day,
    Dec,
    Digest,
    EntryRef,
    Form,
    ObjectiveId,
    Party,
    PolicyName,
    Ref,
    ResultId,
    Sha256,
    Slug,
    Str,
    Text,
    Whole,
)


class Money(TypedDict):
    """An amount in the minor unit of its currency (ISO 4217); never negative."""

    currency: Currency
    minor: Annotated[int, Whole(0)]


class Evidence(TypedDict):
    """A file that is kept elsewhere, known by its hash."""

    sha256: Sha256
    bytes: Annotated[int, Whole(0)]
    media_type: Str
    name: NotRequired[Str]
    locator: NotRequired[Str]


class Scale(TypedDict):
    """The lowest and the highest score that can be given."""

    min: Dec
    max: Dec


class Score(TypedDict):
    """One dimension and its score."""

    dimension: Slug
    score: Dec


class Cause(TypedDict):
    """Who or what caused a slip, from a day to a day, both included."""

    party: Literal["provider", "client", "third_party", "unknown"]
    from_on: Day
    to_on: NotRequired[Day]


class Notice(TypedDict):
    """A notice that the agreement asks for, in business hours after awareness."""

    on: Literal["slip", "bad_news", "client_delay"]
    within_bh: Amount
    clause: NotRequired[Str]


class Change(TypedDict):
    """A path and its value before and after, as JSON text."""

    path: Annotated[str, Form(r"^(?:occurred|aware|visibility|privileged|data\.[a-z_][a-z0-9_]*)$")]
    before: NotRequired[Annotated[str, Form(most=60_000)]]
    after: NotRequired[Annotated[str, Form(most=60_000)]]


class Result(TypedDict):
    """A result of the assignment; without *measure_stated_by* it has no measure."""

    result_id: ResultId
    target: NotRequired[Dec]
    unit: NotRequired[Str]
    measure_stated_by: NotRequired[Party]
    client_goal: NotRequired[ObjectiveId]


class StatedResult(TypedDict):
    """The words of a result, and how it is measured."""

    result_id: ResultId
    statement: Text
    measure: Text


class Scope(TypedDict):
    """Part 1 of the letter (P02)."""

    in_scope: list[Str]
    out_of_scope: list[Str]
    results: list[StatedResult]
    skills: NotRequired[list[Str]]


class Timeframe(TypedDict):
    """Part 2 (P03)."""

    completion: Day


class Evaluation(TypedDict):
    """Part 3 (P04)."""

    format: Str
    cadence_id: CadenceId


class Bonus(TypedDict):
    """What is paid when a result reaches its threshold."""

    result_id: ResultId
    threshold: Dec
    amount: Money


class Expense(TypedDict):
    """A kind of expense: included in the fee or not, and up to what."""

    kind: Str
    included: bool
    cap: NotRequired[Money]


class Pay(TypedDict):
    """Part 4 (P05)."""

    basis: Literal["flat", "per_diem", "retainer", "mixed"]
    amount: NotRequired[Money]
    day_rate: NotRequired[Money]
    bonuses: list[Bonus]
    expenses: list[Expense]


class Relation(TypedDict):
    """Part 5 (P06)."""

    mode: Literal["advisor", "change_authority"]
    counterparts: list[ContactId]
    rules: list[Str]


class Confid(TypedDict):
    """Part 6 (P07)."""

    applies: bool
    clause: NotRequired[Str]
    indemnity: bool
    indemnity_extent: NotRequired[Str]


class Retention(TypedDict):
    """Part 7, optional (P08)."""

    from_on: Day
    to_on: Day
    notice_days: Count
    exclusive: bool


class Interval(TypedDict):
    """Open from one wall-clock time to another."""

    from_time: Clock
    to_time: Clock


class Opening(TypedDict):
    """A weekday and the hours it is open."""

    weekday: Literal["mo", "tu", "we", "th", "fr", "sa", "su"]
    from_time: Clock
    to_time: Clock


class ExceptionDay(TypedDict):
    """A day with hours of its own; none of them is a holiday."""

    day: Day
    open: list[Interval]


class CalendarData(TypedDict):
    """Business time as written into the log."""

    calendar: Slug
    zone: Str
    open: list[Opening]
    exceptions: list[ExceptionDay]


class Policy(TypedDict):
    """One policy and its value."""

    policy: PolicyName
    value: Str


class ResultVerdict(TypedDict):
    """How a result stood when the engagement closed."""

    result_id: ResultId
    verdict: Literal["attained", "not_attained", "waived"]


class DisputeItem(TypedDict):
    """One thing in dispute and what it is about."""

    item_id: Slug
    about: list[Ref]


class Claim(TypedDict):
    """The words of one item of a dispute."""

    item_id: Slug
    text: Text


class Benefits(TypedDict):
    """What each side has from the engagement, in words."""

    provider: Text
    client: Text


class Objective(TypedDict):
    """An objective of an account plan, and the objective of our own business that it serves."""

    objective_id: ObjectiveId
    aligned_to: Slug
    shared: bool


class StatedObjective(TypedDict):
    """The words of an objective."""

    objective_id: ObjectiveId
    text: Text


class Erased(TypedDict):
    """A text that was erased: the entry it went with, its field and its digest."""

    entry: EntryRef
    field: Str
    digest: Digest
