"""Releases that a record only links to (OCDS 1.1): the address of a package, `#`, and the id of the release.

{"url": "https://publisher.example/package.json#r1", "date": "2010-05-10T10:00:00Z", "tag": ["contract"]}
"""

from __future__ import annotations

from ledger.errors import LedgerError, Malformed
from ledger.importing.ocds.nodes import Node
from ledger.importing.ocds.reading import line
from ledger.values.named import NamedTuple


class Link(NamedTuple):
    """One link: it adds nothing where the release is read from another file, else it is refused."""

    where: str
    ocid: str
    id: str
    refusal: LedgerError


def is_link(node: Node) -> bool:
    """Return whether *node* is no release, only a link to one."""
    return isinstance(node.value, dict) and "url" in node.value and "ocid" not in node.value


def linked(node: Node, where: str, ocid: object) -> Link:
    """Return the link at *node*, in the record of the process *ocid*."""
    url = line(str(node.value["url"]))
    advice = "Import that file too, in the same call; or leave this one out."
    refusal = Malformed(f"only a link to {url}", field=node.path, advice=advice)
    return Link(where, str(ocid), url.partition("#")[2], refusal)
