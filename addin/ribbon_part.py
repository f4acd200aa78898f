"""The ribbon of one add-in file put into another: parts below customUI/, and the link to them."""

import io
import re
import zipfile
from pathlib import Path

LINKS = "_rels/.rels"
CONTENT_TYPES = "[Content_Types].xml"
FOLDER = "customUI/"
_EXTENSIBILITY = re.compile(rb"<Relationship\b[^>]*?/ui/extensibility\"[^>]*?/>")
_DEFAULT = re.compile(rb"<Default\b[^>]*?Extension=\"(\w+)\"[^>]*?/>")


def with_ribbon(addin: Path, model: Path) -> bytes:
    """The bytes of `addin` with the ribbon of `model`, in place of one that it has."""
    with zipfile.ZipFile(model) as source:
        links = _EXTENSIBILITY.findall(source.read(LINKS))
        parts = {name: source.read(name) for name in source.namelist() if name.startswith(FOLDER)}
        types = _types(source.read(CONTENT_TYPES))
    made = io.BytesIO()
    with zipfile.ZipFile(addin) as target, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for name in target.namelist():
            if name.startswith(FOLDER):
                continue
            content = target.read(name)
            if name == LINKS:
                content = _with_links(content, links)
            elif name == CONTENT_TYPES:
                content = _with_types(content, types, parts)
            out.writestr(name, content)
        for name, content in parts.items():
            out.writestr(name, content)
    return made.getvalue()


def _with_links(content: bytes, links: list[bytes]) -> bytes:
    kept = _EXTENSIBILITY.sub(b"", content)
    # Ids of their own: those of the model may be taken.
    renamed = [
        re.sub(rb'\bId="[^"]*"', b'Id="lexpRibbon%d"' % number, link)
        for number, link in enumerate(links, 1)
    ]
    return kept.replace(b"</Relationships>", b"".join(renamed) + b"</Relationships>")


def _types(content: bytes) -> dict[bytes, bytes]:
    return {match[1].lower(): match[0] for match in _DEFAULT.finditer(content)}


def _with_types(content: bytes, types: dict[bytes, bytes], parts: dict[str, bytes]) -> bytes:
    """The types of files with those of the ribbon's pictures."""
    known = _types(content)
    endings = {name.rpartition(".")[2].lower().encode() for name in parts}
    added = [types[each] for each in sorted(endings - set(known)) if each in types]
    return re.sub(rb"(<Types\b[^>]*>)", lambda match: match[1] + b"".join(added), content, count=1)
