"""How the ledger itself is kept: its keys, its checkpoints, proofs of its entries, and texts erased for good."""

from ledger.keeping.keyring import Keyring
from ledger.keeping.registering import key_ids, register, registered, replace, revoke, trusted
from ledger.keeping.signing import Signed, sign

__all__ = ["Keyring", "Signed", "key_ids", "register", "registered", "replace", "revoke", "sign", "trusted"]
