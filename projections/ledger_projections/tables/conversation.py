"""What people say to each other, most of a log: tables of what was agreed and became of it say nothing of it."""

from ledger.events import (
    AvailabilityDeclared,
    ConcernFelt,
    ConcernRaised,
    ConcernResolved,
    ContactMade,
    EntryAnnotated,
    Event,
    FeedbackGiven,
    FeedbackReceived,
    FeedbackRequested,
    HoldingReplySent,
    IdeaDecided,
    IdeaOffered,
    NewsLearned,
    NewsReported,
    NewsVerified,
    PreferenceRecorded,
    RequestAnswered,
    RequestReceived,
    RequestSent,
    SelfAssessed,
)

CONVERSATION: frozenset[type[Event]] = frozenset({
    AvailabilityDeclared, ConcernFelt, ConcernRaised, ConcernResolved, ContactMade, EntryAnnotated, FeedbackGiven,
    FeedbackReceived, FeedbackRequested, HoldingReplySent, IdeaDecided, IdeaOffered, NewsLearned, NewsReported, NewsVerified,
    PreferenceRecorded, RequestAnswered, RequestReceived, RequestSent, SelfAssessed,
})  # fmt: skip
"""Neither a report of how things stand nor that something arrived: slips are told by those."""
ASKED: frozenset[type[Event]] = frozenset({HoldingReplySent, RequestAnswered, RequestReceived, RequestSent})
NEWS: frozenset[type[Event]] = frozenset({NewsLearned, NewsReported, NewsVerified})
CONCERNS: frozenset[type[Event]] = frozenset({ConcernFelt, ConcernRaised, ConcernResolved})
"""What a table of one kind of talk is made of: of the rest it says nothing either."""
