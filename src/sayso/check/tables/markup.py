"""XML of unknown origin, one element at a time: no entity is expanded, nothing is fetched, memory stays small.

In:   a file, the tags wanted.   Out: those elements in order; Unreadable.
Knows nothing of: what the elements mean.
"""

from __future__ import annotations

from collections.abc import Iterator

# lxml ships no types
from lxml import etree  # type: ignore[import-untyped]

from sayso.check.tables.files import File
from sayso.errors import Unreadable


def root(file: File) -> etree._Element | None:
    """The root element with its attributes, or None where the file does not begin as XML."""
    start = file.start(4096)
    if not start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None
    try:
        with file.open() as stream:
            for _, element in etree.iterparse(stream, events=("start",), resolve_entities=False, no_network=True):
                return element
    except etree.XMLSyntaxError:
        return None
    return None


def elements(file: File, *tags: str) -> Iterator[etree._Element]:
    """The elements of some tags, whatever their namespace. Each is emptied once the next is asked for."""
    wanted = [f"{{*}}{tag}" for tag in tags]
    try:
        with file.open() as stream:
            parsed = etree.iterparse(
                stream, events=("end",), tag=wanted, resolve_entities=False, no_network=True, load_dtd=False
            )
            for _, element in parsed:
                if element.getroottree().docinfo.doctype:
                    raise Unreadable(f"{file.name}: has a DOCTYPE, which no list of this kind has; it is not read")
                yield element
                parent = element.getparent()
                element.clear()
                while parent is not None and (before := element.getprevious()) is not None:
                    parent.remove(before)
    except etree.XMLSyntaxError as error:
        raise Unreadable(f"{file.name}: XML that breaks off or breaks its rules ({error.msg})") from error


def words(element: etree._Element, tag: str) -> str:
    """The text of the first child of this name, white space made plain; "" without one."""
    found = element.find(f"{{*}}{tag}")
    return " ".join((found.text or "").split()) if found is not None else ""


def all_words(element: etree._Element, *path: str) -> tuple[str, ...]:
    """The texts of all elements at this path that have one."""
    found = element.iterfind("/".join(f"{{*}}{tag}" for tag in path))
    return tuple(text for e in found if (text := " ".join((e.text or "").split())))
