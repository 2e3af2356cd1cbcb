"""A chart drawn as SVG that stands in a page: no script, no style, nothing fetched; its marks are links (SVG 2, 16.2)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from ledger_cli.picturing.spec import Spec

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
GONE = ("role", "style", "class", "pointer-events")
"""Attributes that say nothing here, or that the page does not allow."""
PLACES = {"d", "transform", "x", "y", "x2", "y2"}
_FINE = re.compile(r"(\.\d\d)\d+")
"""Nobody sees a thousandth of a pixel."""


def drawn(spec: Spec, labelled_by: str) -> str:
    """Return the chart of *spec* as an element of HTML that the element *labelled_by* names."""
    import vl_convert

    root = ET.fromstring(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]))  # noqa: S314 -- we drew it
    _clean(root)
    root.set("role", "group")
    root.set("aria-labelledby", labelled_by)
    ET.register_namespace("", SVG)
    return ET.tostring(root, encoding="unicode")


def _clean(element: ET.Element) -> None:
    """Take away what only its maker needs, and make its marks links that say what they are."""
    for child in list(element):
        if child.get("d") == "" or child.get("display") == "none":
            element.remove(child)
        elif child.tag == f"{{{SVG}}}a":
            _link(child)
        else:
            _clean(child)
    for name in [name for name in element.attrib if name in GONE or name.startswith("aria-")]:
        del element.attrib[name]
    for name in PLACES & element.attrib.keys():
        element.set(name, _FINE.sub(r"\1", element.attrib[name]))


def _link(link: ET.Element) -> None:
    """Give a link the name of its mark, which a mouse is shown too."""
    where = link.attrib.pop(f"{{{XLINK}}}href").partition("#")[2]
    said = link[0].get("aria-label", "")
    _clean(link[0])
    link.set("href", f"#{where}")
    link.set("aria-label", said)
    title = ET.Element(f"{{{SVG}}}title")
    title.text = said
    link.insert(0, title)
