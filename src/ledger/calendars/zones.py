"""Zones by their IANA names, and wall time in them."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from ledger.errors import Malformed

# Files that systems keep beside the zones; each means something else on another machine.
_NO_ZONES = frozenset({"localtime", "posixrules", "Factory"})


def parse_zone(name: object) -> ZoneInfo:
    """Find the zone of an IANA name such as Europe/London; never one that depends on this machine."""
    if isinstance(name, str) and name and name not in _NO_ZONES:
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise _unknown(name) from error
    raise _unknown(str(name))


def _unknown(name: str) -> Malformed:
    from difflib import get_close_matches  # only a mistake pays for it

    near = get_close_matches(name, sorted(available_timezones() - _NO_ZONES), n=3)
    advice = f"Did you mean {' or '.join(near)}?" if near else "Write an IANA name such as Europe/London."
    return Malformed(f"Unknown zone {name!r}.", field="zone", advice=advice)
