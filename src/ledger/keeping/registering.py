"""The keys of the ledger: made, registered with a proof that we have them, replaced, revoked (design 2.4, 2.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.checkpoint import Possession, check_possession, prove_possession
from ledger.drafts import Draft
from ledger.errors import Duplicate, LedgerError, Refused, Unknown, near
from ledger.keys import SignerKey, VerifierKey, format_base64, parse_base64
from ledger.names import PRACTICE

if TYPE_CHECKING:
    from collections.abc import Callable

    from ledger.drafts import Receipt
    from ledger.events import ActorKeyRegistered
    from ledger.facts import Fact
    from ledger.keeping.keyring import Keyring
    from ledger.practice import Practice
    from ledger.service import Ledger

LEDGER = "ledger"
"""The holder of the keys that checkpoints are signed with."""


def register(ledger: Ledger, keyring: Keyring, entropy: Callable[[int], bytes], now: str) -> Receipt:
    """Make the first key of *ledger* and register it, valid from *now*; refuse where there is one.

    A key whose file is there, and which was never registered, is the one that a process made before it was killed.
    """
    with keyring.alone():
        active = registered(ledger.names.practice)
        if active:
            raise Duplicate(
                f"The ledger has key {active[0].event.key_id} already.",
                advice="Another in its place: engage key replace",
            )
        return _recorded(ledger, _unregistered(ledger, keyring, entropy), now, replaces=None)


def replace(ledger: Ledger, keyring: Keyring, entropy: Callable[[int], bytes], now: str) -> Receipt:
    """Make a key in the place of the newest one: until that is revoked, checkpoints are signed with both."""
    with keyring.alone():
        active = registered(ledger.names.practice)
        if not active:
            raise Refused("The ledger has no key to replace.", advice="engage key new")
        key = _unregistered(ledger, keyring, entropy)
        return _recorded(ledger, key, now, replaces=active[-1].event.key_id)


def revoke(ledger: Ledger, keyring: Keyring, key_id: str) -> tuple[Receipt, bool]:
    """Record that nobody is to trust a key any more, and delete it; return whether its private half was here."""
    with keyring.alone():
        keys = ledger.names.practice.keys
        if key_id not in keys:
            raise Unknown("key", key_id, candidates=near(key_id, keys), advice="engage key list")
        (receipt,) = ledger.record(
            Draft("actor-key-registered", PRACTICE, {**keys[key_id].event.plain, "revoked": True})
        )
        return receipt, keyring.remove(key_id)


def registered(practice: Practice) -> list[Fact[ActorKeyRegistered]]:
    """Return the keys of the ledger that stand, the newest last."""
    return [fact for fact in practice.keys.values() if fact.event.holder == LEDGER and not fact.event.revoked]


def trusted(practice: Practice, origin: str) -> list[VerifierKey]:
    """Return the keys that the ledger says are its own, each with the proof that whoever registered it had it."""
    found = []
    for fact in registered(practice):
        said = possession(fact.event, origin)
        check_possession(said, parse_base64(fact.event.possession))
        found.append(said.key)
    return found


def proven(event: ActorKeyRegistered, origin: str) -> bool:
    """Return whether the possession of a key was proved."""
    try:
        check_possession(possession(event, origin), parse_base64(event.possession))
    except LedgerError:
        return False
    return True


def possession(event: ActorKeyRegistered, origin: str) -> Possession:
    """Return what the holder of a key said when it was registered."""
    key = VerifierKey(origin, parse_base64(event.public_key))
    return Possession(origin, event.holder, key, event.valid_from, event.replaces)


def key_ids(keyring: Keyring) -> set[str]:
    """Return the ids of the private keys that are here."""
    return {key.verifier.key_id.hex() for key in keyring.signers()}


def _unregistered(ledger: Ledger, keyring: Keyring, entropy: Callable[[int], bytes]) -> SignerKey:
    known = ledger.names.practice.keys
    for key in keyring.signers():
        if key.verifier.key_id.hex() not in known:
            return key
    key = SignerKey.generate(ledger.journal.origin, entropy)
    keyring.add(key)
    return key


def _recorded(ledger: Ledger, key: SignerKey, now: str, replaces: str | None) -> Receipt:
    said = Possession(ledger.journal.origin, LEDGER, key.verifier, now, replaces)
    data = {
        "key_id": key.verifier.key_id.hex(),
        "holder": said.holder,
        "public_key": format_base64(said.key.public),
        "possession": format_base64(prove_possession(said, key)),
        "valid_from": said.valid_from,
    }
    (receipt,) = ledger.record(
        Draft("actor-key-registered", PRACTICE, {**data, **({"replaces": replaces} if replaces else {})})
    )
    return receipt
