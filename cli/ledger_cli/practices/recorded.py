"""The sixty-two practices of serving a client, and the line that records each: what `engage practices` and its page say.

The lines are one story: a test runs them in this order and finds each in the table that is named beside it.
"""

from __future__ import annotations

from ledger.values.named import NamedTuple


class Practice(NamedTuple):
    """One practice: its *name*, the *line* that records it, the *types* of event that carry it, the *table* that shows it."""

    id: str
    name: str
    line: str
    types: tuple[str, ...]
    table: str
    note: str = ""


LETTER = "engage agreed northwind letter.toml"
NOT_SCORED = "An attitude: it has notes, and no score."

GROUPS: dict[str, tuple[Practice, ...]] = {
    "Agreement": (
        Practice("P01", "Written terms before work", LETTER, ("agreement-drafted",), "agreements"),
        Practice("P02", "Scope, and the results both expect", LETTER, ("agreement-drafted",), "results"),
        Practice(
            "P03", "A time frame",
            'engage agreed northwind M3 "first night" --due 2025-09-12 --after M2', ("milestone-agreed",), "milestones",
        ),
        Practice("P04", "How both evaluate progress, and how often", LETTER, ("cadence-agreed",), "cadence_occurrences"),
        Practice(
            "P05", "Compensation, and what is included",
            'engage started --days 3 --milestone M2 --value "2400 GBP"', ("work-recorded",), "entries",
            "What was agreed stands in `agreements`, each bonus beside its result in `results`.",
        ),
        Practice(
            "P06", "Relationship with the client's people, and authority",
            "engage person sponsor --may accept --granted-by sponsor", ("authority-changed",), "authorities",
        ),
        Practice("P07", "Confidentiality and indemnity", LETTER, ("agreement-drafted",), "agreements"),
        Practice("P08", "A guaranteed time frame", LETTER, ("agreement-drafted",), "agreements"),
        Practice(
            "P09", "No obligation until both have signed",
            "engage signed northwind --by sponsor", ("agreement-signed",), "agreements",
        ),
        Practice(
            "P10", "Terms negotiated between peers",
            'engage agreed northwind v2.toml --because "the vendor is late" --yes', ("amendment-proposed",), "agreements",
        ),
        Practice(
            "P11", "Terms that had to be clarified",
            'engage request sponsor "Does part 4 cover travel?" --kind clarification --part compensation',
            ("request-received",), "requests",
        ),
        Practice(
            "P12", "Not the client's every problem",
            'engage request sponsor "Move the bar to the foyer." --kind instruction --scope no --value "4200 GBP"',
            ("request-received",), "requests",
        ),
        Practice(
            "P13", "Either side may end it, or change its terms",
            "engage review --with sponsor --needs provider=7 client=8 --scale 0-10 --decision revise",
            ("review-held",), "reviews", "`engage close` ends it, each result marked.",
        ),
    ),
    "Delivery and warning": (
        Practice(
            "P14", "Meet dates",
            'engage delivered M1 --summary "plan of the hall" --evidence plan.txt', ("milestone-delivered",), "milestones",
        ),
        Practice(
            "P15", "Warn of a slip as early as possible",
            'engage slipped M2 --forecast 2025-07-18 --aware 09:00 --because "vendor interface late"',
            ("slip-foreseen",), "slips",
        ),
        Practice(
            "P16", "Consider what a delay does to the client",
            'engage told S1 sponsor --by email --impact "the hall is booked" --option "rehearse in the foyer"',
            ("slip-reported",), "slips",
        ),
        Practice(
            "P17", "What the client owes, and notice when it is late",
            "engage slipped O1 --forecast 2025-06-20", ("obligation-delay-notified",), "obligations",
        ),
        Practice(
            "P18", "Find out when the client cannot keep a date",
            'engage contact sponsor "asked for the test data" --purpose chase --about O1', ("contact-made",), "obligations",
            "That it was agreed, talked of or said to be late is a word of it: from the last of them the days are counted.",
        ),
        Practice(
            "P19", "Capacity",
            "engage record capacity-stated --from-on 2025-06-01 --to-on 2025-06-30 --days 18",
            ("capacity-stated",), "portfolio",
        ),
        Practice(
            "P20", "Get results",
            "engage record result-measured --result-id R1 --value 96 --measured-by client", ("result-measured",), "results",
        ),
        Practice(
            "P21", "Go on without waiting for directions",
            'engage request --ours sponsor "Who signs for the hall?" --blocks M2', ("request-sent",), "requests",
        ),
    ),
    "Responsiveness and systematic communication": (
        Practice("P22", "Answer as soon as possible", 'engage answer R1 "It does."', ("request-answered",), "requests"),
        Practice(
            "P23", "Say when you are not available, and why",
            'engage answer R2 --promise "fri 12:00" --because "the bookkeeper is away"', ("holding-reply-sent",), "requests",
            "`engage record availability-declared` says when one of us is away.",
        ),
        Practice(
            "P24", "Open communication about where you are",
            'engage contact sponsor "said where we are: get-in planned, lighting late"', ("contact-made",), "contacts_daily",
        ),
        Practice(
            "P25", "Reports regularly, on time, at the same time",
            'engage report --summary "Get-in planned, lighting on order."', ("status-report-sent",), "cadence_occurrences",
        ),
        Practice(
            "P26", "Silence is bad: no change is news", "engage report --no-change", ("status-report-sent",), "entries",
            "Silence is counted from a word of ours, the end of a hold or that of a rhythm of reports; before the first word,"
            " from nothing: `engage contact` or `engage report` begins it.",
        ),
        Practice(
            "P27", "You initiate",
            'engage contact sponsor "called to check in" --purpose check-in', ("contact-made",), "contacts_daily",
        ),
        Practice(
            "P28", "Ways to communicate that suit them",
            "engage record preference-recorded --contact sponsor --channel call --detail-level summary --source asked",
            ("preference-recorded",), "contacts",
        ),
        Practice(
            "P29", "Frequency, type and substance of contacts",
            'engage contact sponsor "walked through the get-in plan" --kind meeting --minutes 50 --about M2',
            ("contact-made",), "contacts_daily",
        ),
        Practice(
            "P30", "Existing clients are not neglected for new ones",
            'engage contact --account harbour-trust director "talked about next spring" --minutes 20',
            ("contact-made",), "contacts_daily",
        ),
    ),
    "News": (
        Practice(
            "P31", "Bad news as fast as good",
            'engage bad-news "The hall is double-booked." --told sponsor', ("news-learned", "news-reported"), "news",
        ),
        Practice(
            "P32", "Verify before reacting",
            'engage verified N1 "called the hall" --means "the get-in moves by a day"', ("news-verified",), "news",
        ),
        Practice(
            "P33", "No claim before it is so",
            'engage rejected M1 --by sponsor --because "the plan lacks the balcony"', ("milestone-judged",), "milestones",
            "A delivery without evidence is flagged.",
        ),
        Practice(
            "P34", "Raise issues before the client does",
            'engage concern --raised "The fee does not cover the balcony." --topic price --to sponsor --view "Not drawn."',
            ("concern-raised",), "concerns",
        ),
        Practice("P35", "Admit mistakes", "engage told N1 sponsor --our-fault", ("news-reported",), "news"),
        Practice(
            "P36", "From the client's perspective",
            'engage concern --raised "We fear for the date." --topic delivery --to sponsor --view "The season is sold."',
            ("concern-raised",), "concerns",
        ),
        Practice(
            "P37", "Differences are resolved",
            'engage concern --resolved C1 "The balcony is an extra."', ("concern-resolved",), "concerns",
        ),
    ),
    "Review, feedback, the gap": (
        Practice(
            "P38", "A review by both, for both",
            'engage review --with sponsor --needs provider=8 client=7 --gain-provider "a name" --gain-client "a hall"',
            ("review-held",), "reviews",
        ),
        Practice(
            "P39", "Ask for feedback",
            "engage feedback --ask sponsor --on trust,speed --scale 0-10", ("feedback-requested",), "entries",
        ),
        Practice(
            "P40", "Ask early, then often",
            "engage feedback --ask sponsor --on trust,speed --scale 0-10 --wave 2025-q3", ("feedback-requested",), "entries",
        ),
        Practice(
            "P41", "What we think against what they think",
            "engage self trust=8 speed=7 --scale 0-10", ("self-assessed",), "gaps",
        ),
        Practice(
            "P42", "A recap at the end, both ways",
            'engage feedback --given sponsor "You decide fast, and late." --closing', ("feedback-given",), "entries",
        ),
        Practice(
            "P43", "Feedback becomes a change",
            'engage action "Send the plan on Mondays." --after F1 --due 2025-06-27', ("action-agreed",), "actions",
        ),
        Practice(
            "P44", "Satisfaction in numbers",
            'engage feedback --from sponsor trust=6 speed=7 --scale 0-10 --verbatim "You told us late."',
            ("feedback-received",), "feedback",
        ),
        Practice(
            "P45", "Learn from the unhappiest",
            'engage record lesson-recorded --source F1 --lesson "Draw the balcony first."', ("lesson-recorded",), "lessons",
        ),
        Practice(
            "P46", "Challenge assumptions",
            'engage record assumption-recorded --statement "The vendor ships in June." --test-by 2025-06-20',
            ("assumption-recorded",), "assumptions",
        ),
        Practice(
            "P47", "Trust intuition, then confirm",
            'engage concern "Something is off with the producer." --intuition', ("concern-felt",), "concerns",
        ),
        Practice("P48", "How will the client measure results?", LETTER, ("agreement-drafted",), "results"),
    ),
    "People and authority": (
        Practice(
            "P49", "Who is who, and who may do what",
            'engage person "Stage manager" --side client --level manager --role "runs the rehearsals" --may instruct',
            ("contact-added", "authority-changed"), "contacts",
        ),
        Practice(
            "P50", "Not one person alone",
            'engage person "Stage manager" --leaves 2025-11-28 --successor sponsor', ("contact-departed",), "contacts",
        ),
        Practice(
            "P51", "Stay out of politics",
            'engage concern "Two departments want the hall." --topic people', ("concern-felt",), "concerns", NOT_SCORED,
        ),
        Practice(
            "P52", "An outsider needs doors opened",
            'engage agreed O2 "introduction to the house crew" --kind access --due 2025-06-20 --owner sponsor',
            ("obligation-agreed",), "obligations", NOT_SCORED,
        ),
    ),
    "The account": (
        Practice(
            "P53", "The ideal client",
            "engage record client-fit-assessed --on account/harbour-trust --scale 0-10 --criteria market=8 --verdict fit",
            ("client-fit-assessed",), "entries",
        ),
        Practice(
            "P54", "Refer on",
            'engage record prospect-declined --on account/harbour-trust --reason "No hall before 2027."',
            ("prospect-declined",), "entries",
        ),
        Practice(
            "P55", "A written, approved account plan",
            "engage record - < plan.jsonl", ("account-plan-approved",), "account_plans",
        ),
        Practice(
            "P56", "Not to need any client", "engage record reserves-stated --months 7", ("reserves-stated",), "portfolio",
        ),
        Practice(
            "P57", "Gifts and inducements",
            'engage gift "two opera tickets" --from sponsor --value "180 GBP" --declined', ("gift-recorded",), "gifts",
        ),
        Practice(
            "P58", "Learn the client's business",
            'engage record knowledge-noted --on account/northwind-theatre --topic customers --text "Half come by ferry."',
            ("knowledge-noted",), "entries", NOT_SCORED,
        ),
        Practice(
            "P59", "Anticipate, and bring ideas",
            'engage record idea-offered --to sponsor --text "A matinee for schools."', ("idea-offered",), "ideas",
        ),
        Practice("P60", "Common objectives", "engage record - < plan.jsonl", ("account-plan-approved",), "account_plans"),
        Practice(
            "P61", "An exit when pain outweighs benefit",
            'engage record exit-considered --on account/northwind-theatre --pain 30 --benefit 70 --reasons "Late payer."',
            ("exit-considered",), "entries",
            "The last two are those recorded last, whatever days they speak of.",
        ),
        Practice(
            "P62", "Know them, and let them feel important",
            'engage contact sponsor "congratulated her on the season" --purpose social', ("contact-made",), "contacts_daily",
            NOT_SCORED,
        ),
    ),
}  # fmt: skip
"""Every practice, by what it is about."""
PRACTICES = {practice.id: practice for group in GROUPS.values() for practice in group}
