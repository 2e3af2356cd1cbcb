"""An example of each type of event that `record` takes: what is typed after its name, tried by a test."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_SHA256 = "9f2c0a51d3b84e6790c1a2f4e5d6b7889f2c0a51d3b84e6790c1a2f4e5d6b788"

EXAMPLES: Mapping[str, str] = {
    "engagement-opened": "--on harbour --account northwind-theatre --alias harbour",
    "agreement-drafted": f"--version 2 --drafted-by provider --document-sha256 {_SHA256} --currency GBP "
    "--calendar default --parts scope,timeframe --notices '[]' --results '[]'",
    "agreement-signed": f"--version 1 --signed-for client --signatory sponsor --document-sha256 {_SHA256} --method email",
    "amendment-proposed": "--from-version 1 --new-version 2 --proposed-by client "
    """--changes '{"path": "data.timeframe", "after": "{\\"completion\\": \\"2025-09-30\\"}"}'""",
    "amendment-declined": '--new-version 3 --declined-by provider --reason "The hall is let in October."',
    "work-started": '--basis letter-of-intent --value "4200 GBP"',
    "work-recorded": "--from-on 2025-06-02 --to-on 2025-06-04 --days 3 --milestone-id M2",
    "result-measured": "--result-id openings --value 3 --measured-by client",
    "engagement-paused": '--by client --resume-expected-on 2025-09-01 --reason "The house is dark in August."',
    "engagement-resumed": "--by client",
    "engagement-closed": """--reason completed --results '[{"result_id": "openings", "verdict": "attained"}]' """
    "--open-obligations O4",
    "milestone-agreed": '--milestone-id M3 --due 2025-09-12 --title "first night"',
    "slip-foreseen": "--milestone-id M2 --forecast 2025-07-18 --aware 09:00",
    "slip-reported": "--milestone-id M2 --forecast 2025-07-18 --to sponsor --channel email",
    "slip-averted": '--slip-id S1 --how "A second crew came."',
    "milestone-rescheduled": "--milestone-id M2 --from-due 2025-06-27 --to-due 2025-07-18 --agreed-by sponsor",
    "milestone-delivered": '--milestone-id M2 --summary "A full run with the house crew."',
    "milestone-judged": "--milestone-id M2 --verdict accepted --by sponsor",
    "commitment-released": "--released M2 --agreed-by sponsor",
    "obligation-agreed": '--obligation-id O5 --kind access --due 2025-06-20 --title "keys of the hall"',
    "obligation-delay-notified": "--obligation-id O4 --new-date 2025-06-24 --by sponsor",
    "obligation-fulfilled": "--obligation-id O4 --by sponsor",
    "assumption-recorded": '--statement "The hall is free in June." --test-by 2025-06-13',
    "assumption-tested": '--assumption-id H1 --verdict held --how "The hall confirmed it by mail."',
    "cadence-agreed": "--cadence-id monthly --kind review --rrule FREQ=MONTHLY;BYMONTHDAY=1 "
    "--starts 2025-07-01T10:00 --calendar default --audience sponsor",
    "contact-made": "--kind call --direction outbound --purpose chase --participants sponsor --about O4 "
    '--substance "Asked when the plans will come."',
    "request-received": '--from-contact sponsor --kind question --channel call --text "When do we open?"',
    "request-sent": '--to sponsor --kind document --channel email --text "Please send the stage plans."',
    "holding-reply-sent": '--request-id R1 --channel email --promised-by fri --reason "The director is away."',
    "request-answered": '--request-id R1 --channel call --answer "On 12 September."',
    "status-report-sent": "--cadence-id weekly --to sponsor --no-change yes",
    "communication-acknowledged": "--acknowledges 9 --by sponsor --channel email",
    "preference-recorded": "--contact sponsor --channel email --detail-level summary --source asked",
    "availability-declared": '--person me --from-on 2025-08-04 --to-on 2025-08-15 --reason "On holiday."',
    "news-learned": '--polarity good --summary "The vendor delivered early." --aware yesterday',
    "news-verified": '--news-id N1 --verdict confirmed --method "Asked the hall."',
    "news-reported": "--news-id N1 --to sponsor --channel call",
    "review-held": "--attendees sponsor --attendees director --scale 0-10 --needs-met-provider 7 "
    "--needs-met-client 8 --decision continue",
    "feedback-requested": '--wave 2025-q2 --to sponsor --instrument "three questions by mail" '
    "--dimensions trust,speed --scale 0-10",
    "feedback-received": "--wave 2025-q2 --from-contact sponsor --scale 0-10 --scores trust=8,speed=7 --solicited yes",
    "feedback-given": '--to sponsor --text "You decide fast, and late in the week."',
    "self-assessed": "--scale 0-10 --scores trust=8,speed=7",
    "action-agreed": '--trigger C1 --owner me --due fri --what "Cut a second set of keys."',
    "action-completed": '--action-id A1 --outcome "Both sets are in the safe."',
    "lesson-recorded": '--source C1 --lesson "Ask for the keys in the first week." --applies-to touring',
    "contact-added": '--side client --level manager --name "Ada Reed" --role "stage manager"',
    "authority-changed": "--contact sponsor --scope instruct --granted yes --valid-from today --granted-by sponsor",
    "contact-departed": "--contact sponsor --leaves-on 2025-11-28",
    "account-opened": '--on harbour-trust --kind organisation --alias harbour-trust --name "Harbour Trust"',
    "client-fit-assessed": "--scale 0-10 --criteria market=8,size=6 --verdict fit",
    "account-plan-approved": "--version 1 --drafted-by me --approved-by me --valid-until 2026-06-30 "
    """--objectives '{"objective_id": "tour", "aligned_to": "touring", "shared": true}'""",
    "gift-recorded": '--direction to-us --counterpart sponsor --our-person me --value "180 GBP" --estimated no '
    '--kind hospitality --decision declined --what "Two opera tickets."',
    "prospect-declined": '--on northwind-theatre --reason "We know nothing of ice shows." --referred-to "Frost and Sons"',
    "idea-offered": '--to sponsor --text "Let schools in on Mondays."',
    "idea-decided": "--idea-id I1 --outcome adopted",
    "knowledge-noted": '--topic customers --text "Half of them are members."',
    "exit-considered": '--pain 60 --benefit 40 --reasons "They pay late."',
    "exit-decided": '--decision stay --plan "A shorter term of payment."',
    "concern-felt": '--topic cooperation --about O4 --intuition yes --text "Nobody looks for the plans."',
    "concern-raised": '--topic cooperation --raised-by provider --to sponsor --text "Without plans no rehearsal." '
    '--client-view "Their architect is ill." --client-view-stated yes',
    "concern-resolved": "--concern-id C1 --outcome resolved --confirmed yes",
    "dispute-raised": """--raised-by client --items '{"item_id": "delay", "about": ["milestone:M2"]}'""",
    "position-stated": '--dispute-id D1 --item-id 1-m2 --stated-by provider --position "You were told on 2 June."',
    "dispute-closed": "--dispute-id D1 --outcome settled",
    "actor-added": '--name "Ada Reed" --email ada@provider.example',
    "capacity-stated": "--from-on 2025-06-09 --to-on 2025-06-13 --days 4",
    "reserves-stated": "--months 5.5",
    "entry-corrected": """--entry 9 --kind withdraw --reason "Recorded twice." --changes '[]'""",
    "entry-annotated": '--entry 9 --text "He asked twice."',
}
