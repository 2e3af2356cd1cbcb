"""Public holidays as calendar exceptions, for `policy-set` to write into the log."""

from collections.abc import Iterable, Sequence

from ledger.calendars.opening import WEEKDAYS
from ledger.errors import Malformed

Json = dict[str, object]


def exceptions_for(country: str, subdivision: str | None, years: Iterable[int]) -> list[Json]:
    """List the public holidays of *country* (ISO 3166-1) and *subdivision* (ISO 3166-2, its last part), all closed."""
    import holidays

    known = holidays.list_supported_countries(include_aliases=True)
    if country not in known:
        raise _unknown("country", country, sorted(known))
    if subdivision is not None and subdivision not in known[country]:
        raise _unknown(f"subdivision of {country}", subdivision, sorted(known[country]))
    found = holidays.country_holidays(country, subdiv=subdivision, years=sorted(set(years)), expand=False)
    return [{"day": day.isoformat(), "open": []} for day in sorted(found)]


def default_calendar(
    zone: str,
    *,
    country: str | None = None,
    subdivision: str | None = None,
    years: Iterable[int] = (),
    open_from: str = "09:00",
    open_to: str = "17:00",
) -> Json:
    """Write the `Calendar` JSON named default: Monday to Friday, closed on the holidays of *country*."""
    if country is None and subdivision is not None:
        raise Malformed(f"Subdivision {subdivision!r} of no country.", field="country", advice="Name the country too.")
    week = [{"weekday": day, "from_time": open_from, "to_time": open_to} for day in WEEKDAYS[:5]]
    exceptions = exceptions_for(country, subdivision, years) if country is not None else []
    return {"calendar": "default", "zone": zone, "open": week, "exceptions": exceptions}


def _unknown(kind: str, name: str, known: Sequence[str]) -> Malformed:
    from difflib import get_close_matches  # only a mistake pays for it

    near = get_close_matches(name.upper(), known, n=3, cutoff=0.5) or known
    listed = ", ".join(near[:20]) + (", ..." if len(near) > 20 else "")
    advice = f"Known: {listed}." if known else "None is known: leave it out."
    return Malformed(f"Unknown {kind}: {name!r}.", field=kind.partition(" ")[0], advice=advice)
