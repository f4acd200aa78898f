"""XML elements as text, one spelling whatever library made them.

openpyxl builds its elements with lxml where that is installed and with the standard
library where it is not, and the two write the same element in different bytes. This
writer walks either kind, so the file does not depend on what else is installed.
"""

from xml.etree import ElementTree

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_OFFICE = "http://schemas.openxmlformats.org/"
MAIN_NAMESPACE = _OFFICE + "spreadsheetml/2006/main"
XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"
RELATIONSHIP_NAMESPACE = _OFFICE + "officeDocument/2006/relationships"
ART_NAMESPACE = _OFFICE + "drawingml/2006/main"
CHART_NAMESPACE = _OFFICE + "drawingml/2006/chart"
DRAWING_NAMESPACE = _OFFICE + "drawingml/2006/spreadsheetDrawing"
CORE_PROPERTIES_NAMESPACE = _OFFICE + "package/2006/metadata/core-properties"
DUBLIN_CORE_NAMESPACE = "http://purl.org/dc/elements/1.1/"
DUBLIN_CORE_TERMS_NAMESPACE = "http://purl.org/dc/terms/"
SCHEMA_INSTANCE_NAMESPACE = "http://www.w3.org/2001/XMLSchema-instance"

# The customary prefixes. `dcterms` must be this word: core.xml names it inside a value.
_PREFIXES = {
    MAIN_NAMESPACE: "",
    _OFFICE + "package/2006/relationships": "",
    _OFFICE + "package/2006/content-types": "",
    _OFFICE + "officeDocument/2006/extended-properties": "",
    _OFFICE + "officeDocument/2006/docPropsVTypes": "vt",
    CORE_PROPERTIES_NAMESPACE: "cp",
    DUBLIN_CORE_NAMESPACE: "dc",
    DUBLIN_CORE_TERMS_NAMESPACE: "dcterms",
    SCHEMA_INSTANCE_NAMESPACE: "xsi",
    RELATIONSHIP_NAMESPACE: "r",
    ART_NAMESPACE: "a",
    CHART_NAMESPACE: "c",
    DRAWING_NAMESPACE: "xdr",
}


def escaped(text: str) -> str:
    """Text as it stands between tags or in a quoted attribute."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    if '"' in text:
        text = text.replace('"', "&quot;")
    return text


def attribute(name: str, text: str | None) -> str:
    """An attribute with the space before it; nothing for None."""
    if text is None:
        return ""
    return f' {name}="{escaped(text).replace(chr(10), "&#10;")}"'


def part_text(root) -> str:
    """A whole part of the package: the declaration, the root and its namespaces."""
    pieces = []
    namespaces = {}
    _write(root, pieces.append, namespaces)
    declared = "".join(
        f' xmlns{":" if prefix else ""}{prefix}="{uri}"' for uri, prefix in namespaces.items()
    )
    return f"{DECLARATION}{pieces[0]}{declared}{''.join(pieces[1:])}"


def canonical(part: bytes | str) -> str:
    """A part that openpyxl hands over as text already, in our spelling."""
    return part_text(ElementTree.fromstring(part))


def _write(element, write, namespaces) -> None:
    name = _name(element.tag, namespaces)
    write(f"<{name}")
    attributes = "".join(
        attribute(_name(key, namespaces), value) for key, value in element.attrib.items()
    )
    text = element.text
    if text is None and not len(element):
        write(f"{attributes}/>")
        return
    write(f"{attributes}>{escaped(text) if text else ''}")
    for child in element:
        _write(child, write, namespaces)
        if child.tail:
            write(escaped(child.tail))
    write(f"</{name}>")


def _name(tag: str, namespaces: dict[str, str]) -> str:
    if tag[0] != "{":
        return tag
    uri, local = tag[1:].split("}")
    if uri == XML_NAMESPACE:
        return f"xml:{local}"  # the one prefix that is never declared
    prefix = _PREFIXES[uri]
    namespaces[uri] = prefix
    return f"{prefix}:{local}" if prefix else local
