"""Do to a file of translations what a translation tool does, and look at what is stored."""

import copy
import io
import zipfile
from collections.abc import Callable
from typing import Any

import polib
from lxml import etree
from wagtail_localize.models import StringTranslation

from translations.exchange.units import Format

Change = Callable[[str], str]


def rows() -> list[dict[str, Any]]:
    """Every column of every stored translation: equal when not one row changed."""
    return list(StringTranslation.objects.order_by("pk").values())


def translated(data: bytes, form: Format, change: Change) -> bytes:
    """The file with each source, words changed and tags kept, as its translation; a zip with all its files so."""
    if data.startswith(b"PK"):
        made = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(made, "w") as after:
            for name in before.namelist():
                content = before.read(name)
                after.writestr(name, content if name == "manifest.json" else translated(content, form, change))
        return made.getvalue()
    return _po(data, change) if form is Format.PO else _xliff(data, form, change)


def _po(data: bytes, change: Change) -> bytes:
    po = polib.pofile(data.decode())
    for entry in po:
        # Words stand between tags and entities, which stay.
        entry.msgstr = html_changed(entry.msgid, change)
    return str(po).encode()


def html_changed(html: str, change: Change) -> str:
    """``html`` with its words changed and its tags kept."""
    root = etree.fromstring(f"<x>{html}</x>")
    _words(root, change)
    text = etree.tostring(root, encoding="unicode")
    return text.removeprefix("<x>").removesuffix("</x>")


def _words(root: Any, change: Change) -> None:
    for element in root.iter():
        element.text = change(element.text) if element.text else element.text
        if element is not root:
            element.tail = change(element.tail) if element.tail else element.tail


def _xliff(data: bytes, form: Format, change: Change) -> bytes:
    root = etree.fromstring(data)
    name = etree.QName(root).namespace
    for source in root.iter(f"{{{name}}}source"):
        parent = source.getparent()
        for old in parent.findall(f"{{{name}}}target"):
            parent.remove(old)
        target = copy.deepcopy(source)
        target.tag, target.tail = f"{{{name}}}target", "\n"
        _words(target, change)
        if form is Format.XLIFF12:
            target.attrib.clear()
            target.set("state", "translated")
        else:
            parent.set("state", "translated")
        source.addnext(target)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)
