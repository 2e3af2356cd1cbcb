-- How much warning was given of slips, by the month in which it was given (M01, M02, M03).
select
    date_trunc('month', told_at at time zone 'UTC') as month,
    count(*) as slips,
    median(lead_bd) as median_lead_bd,
    median(delay_bh) as median_delay_bh,
    median(share) as median_share
from {{ source("ledger", "slips") }}
where told_at is not null and not tombstone
group by 1
