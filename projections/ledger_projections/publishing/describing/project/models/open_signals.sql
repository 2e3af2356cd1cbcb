-- What needs attention: signals that are raised and not cleared at the time the tables were evaluated at.
select signals.*
from {{ source("ledger", "signals") }} as signals
cross join {{ source("ledger", "freshness") }} as freshness
where signals.raised_at <= freshness.as_of
  and (signals.cleared_at is null or signals.cleared_at > freshness.as_of)
  and not signals.tombstone
