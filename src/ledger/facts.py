"""A fact: an entry read as what it says, with the corrections that stand on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar, cast

import orjson

from ledger import events
from ledger.calendars import shifted
from ledger.disclosures import disclosed
from ledger.entry import check_attributes
from ledger.errors import Malformed
from ledger.events import EntryCorrected, Event, NewsLearned, SlipForeseen
from ledger.values.named import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ledger.entry import Entry
    from ledger.values.records import Change

E = TypeVar("E", bound=Event, covariant=True)
F = TypeVar("F", bound=Event)


class Fact(NamedTuple, Generic[E]):
    """What *entry* says: its *event* and clocks as corrected, and the *corrections* that made them so, oldest first."""

    entry: Entry
    event: E
    occurred: str | None
    aware: str | None
    visibility: str
    privileged: bool
    corrections: tuple[Fact[EntryCorrected], ...] = ()
    withdrawn: bool = False
    offset_seconds: int = 0
    """How far the clock was off that wrote it down (design 2.4)."""

    @property
    def recorded(self) -> str:
        """When it was written down, by a clock that was right."""
        written = self.entry.recorded
        return shifted(written, self.offset_seconds) if self.offset_seconds else written

    @property
    def when(self) -> str:
        """When it was so, as far as anybody said; else when it was written down."""
        return self.occurred or self.entry.text("claimedtime") or self.recorded

    @property
    def withdrawn_by(self) -> Fact[EntryCorrected] | None:
        """The correction that withdrew it, if it is withdrawn: what was corrected in it since withdraws nothing."""
        gone = (each for each in reversed(self.corrections) if each.event.kind == "withdraw")
        return next(gone, None) if self.withdrawn else None

    def saying(self, event: F) -> Fact[F]:
        """Return this fact, known to say *event*, which it says."""
        return cast("Fact[F]", self)


def read_fact(entry: Entry, disclosures: Sequence[bytes] = ()) -> Fact[Event]:
    """Read *entry* as it was first recorded, with the texts that *disclosures* hold."""
    attributes = entry.attributes
    return Fact(
        entry,
        events.read(entry.type, entry.data, disclosed(disclosures) if disclosures else None),
        entry.text("occurred"),
        entry.text("aware"),
        str(attributes["visibility"]),
        "privileged" in attributes,
    )


def corrected(facts: Sequence[Fact[Event]]) -> list[Fact[Event]]:
    """Return *facts* as corrected: amended ones changed, withdrawn ones marked; the last correction of a path wins."""
    corrections: dict[str, list[Fact[EntryCorrected]]] = {}
    for fact in facts:
        if isinstance(fact.event, EntryCorrected):
            corrections.setdefault(fact.event.entry, []).append(fact)  # type: ignore[arg-type]  # narrowed by its event
    if not corrections:
        return list(facts)
    return [_amended(fact, corrections.get(fact.entry.id, ())) for fact in facts]


def in_effect(facts: Sequence[Fact[Event]]) -> list[Fact[Event]]:
    """Return the corrected facts that still stand."""
    return [fact for fact in corrected(facts) if not fact.withdrawn]


def _amended(fact: Fact[Event], corrections: Iterable[Fact[EntryCorrected]]) -> Fact[Event]:
    for correction in corrections:
        match correction.event.kind:
            case "amend":
                changes = [*correction.event.changes, *(correction.event.text_changes or ())]
                fact = amend(fact, changes)
            case "withdraw" | "reinstate":
                fact = fact._replace(withdrawn=correction.event.kind == "withdraw")
        fact = fact._replace(corrections=(*fact.corrections, correction))
    return fact


def amend(fact: Fact[Event], changes: Iterable[Change]) -> Fact[Event]:
    """Return *fact* with *changes* made to it."""
    fields = {name: getattr(fact.event, name) for name in fact.event.fields}
    for change in changes:
        value = orjson.loads(change["after"]) if "after" in change else None
        match change["path"]:
            case "occurred":
                fact = fact._replace(occurred=value)
            case "aware":
                fact = fact._replace(aware=value)
            case "visibility":
                fact = fact._replace(visibility=str(value))
            case "privileged":
                fact = fact._replace(privileged=value is True)
            case path:
                fields[path.removeprefix("data.")] = value
    return fact._replace(event=type(fact.event).trusted(fields))


def amended(fact: Fact[Event], correction: EntryCorrected) -> Fact[Event]:
    """Return *fact* as *correction* amends it; refuse a path that cannot change, and what would then be malformed."""
    for change in correction.changes:
        _check_path(fact, change, erasable=False)
    for change in correction.text_changes or ():
        _check_path(fact, change, erasable=True)
    result = amend(fact, [*correction.changes, *(correction.text_changes or ())])
    _check_event(result.event)
    _check_envelope(result)
    return result


def _check_path(fact: Fact[Event], change: Change, *, erasable: bool) -> None:
    path = change["path"]
    name = path.removeprefix("data.")
    spec = fact.event.fields.get(name) if name != path else None
    if name != path and spec is None:
        raise Malformed(f'{fact.event.short_name} has no field "{name}" to correct.', field=path)
    if erasable != (spec is not None and spec.erasable):
        raise Malformed(f"{path} is corrected in {'changes' if erasable else 'text_changes'}.", field=path)
    if path == "privileged" and change.get("after", "true") not in {"true", "false"}:
        raise Malformed("privileged is true or false.", field=path)
    if "after" not in change and not (spec.optional if spec else path != "visibility"):
        raise Malformed(f"{path} cannot be taken away.", field=path)


def _check_event(event: Event) -> None:
    read = type(event).reread(event.data)
    for name, value in read.data.items():
        if getattr(event, name) != value:
            raise Malformed(f"{name} is not in its canonical form: write {value}.", field=f"data.{name}")


def _check_envelope(fact: Fact[Event]) -> None:
    if fact.aware is None and isinstance(fact.event, SlipForeseen | NewsLearned):
        raise Malformed(f"{fact.event.short_name} lacks aware: when it came to be known.", field="aware")
    changed = {"occurred": fact.occurred, "aware": fact.aware, "visibility": fact.visibility}
    rest = {k: v for k, v in fact.entry.attributes.items() if k not in {*changed, "recordedtime", "streamversion"}}
    check_attributes({**rest, **{name: value for name, value in changed.items() if value is not None}})
