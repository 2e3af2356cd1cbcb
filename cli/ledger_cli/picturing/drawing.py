"""A chart drawn as SVG that stands in a page: no script, no style, nothing fetched; its marks are links (SVG 2, 16.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from ledger_cli.picturing.spec import Spec

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
GONE = ("role", "style", "class", "pointer-events")
"""Attributes that say nothing here, or that the page does not allow."""


def drawn(spec: Spec, labelled_by: str) -> str:
    """Return the chart of *spec* as an element of HTML that the element *labelled_by* names."""
    import vl_convert

    root = ET.fromstring(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]))  # noqa: S314 -- we drew it
    del root.attrib["class"]
    root.set("role", "group")
    root.set("aria-labelledby", labelled_by)
    return _written(root)


def _written(root: ET.Element) -> str:
    """Return *root* without what only its maker needs, its marks as links that say what they are."""
    _cleaned(root, top=True)
    ET.register_namespace("", SVG)
    return ET.tostring(root, encoding="unicode").replace("\n", " ")


def _cleaned(element: ET.Element, *, top: bool = False) -> None:
    for child in list(element):
        if child.tag == f"{{{SVG}}}a":
            _link(child)
        elif not (child.get("d") == "" or child.get("display") == "none"):
            _cleaned(child)
            continue
        else:
            element.remove(child)
    if not top:
        for name in [name for name in element.attrib if name in GONE or name.startswith("aria-")]:
            del element.attrib[name]


def _link(link: ET.Element) -> None:
    """Make a mark a link of its own name, which a mouse shows too."""
    where = link.attrib.pop(f"{{{XLINK}}}href").partition("#")[2]
    mark = link[0]
    said = mark.get("aria-label", "")
    for name in [name for name in mark.attrib if name in GONE or name.startswith("aria-")]:
        del mark.attrib[name]
    link.set("href", f"#{where}")
    link.set("aria-label", said)
    title = ET.Element(f"{{{SVG}}}title")
    title.text = said
    link.insert(0, title)
