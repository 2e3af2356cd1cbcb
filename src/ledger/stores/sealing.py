"""The seal over what no entry shows of a ledger's settings; apart from the schema, for who only reads hashes nothing."""

from hashlib import sha256


def seal(secret: bytes, created: str) -> bytes:
    """Return what shows that neither was changed by accident: whoever means to can make it anew."""
    return sha256(b"engagement-ledger/settings/v1\n" + created.encode() + b"\n" + secret).digest()
