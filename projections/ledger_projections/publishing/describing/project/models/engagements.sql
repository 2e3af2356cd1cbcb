-- One row an engagement: where it stands, and how many slips nobody has told yet.
select
    status.engagement,
    status.engagement_alias,
    status.account_alias,
    status.state,
    status.version_in_force,
    count(slips.slip) filter (where slips.state = 'undisclosed') as undisclosed_slips,
    count(slips.slip) as slips
from {{ source("ledger", "engagement_status") }} as status
left join {{ source("ledger", "slips") }} as slips
    on slips.engagement = status.engagement and not slips.tombstone
where not status.tombstone
group by all
