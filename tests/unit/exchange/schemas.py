"""The published schemas, ready to validate with."""

from functools import cache
from pathlib import Path

from lxml import etree

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "schemas"
_IMPORTED = (b"http://www.w3.org/2001/xml.xsd", b"informativeCopiesOf3rdPartySchemas/w3c/xml.xsd")
XLIFF_12, XLIFF_2, TMX, TBX = "xliff-core-1.2-strict.xsd", "xliff-core-2.0.xsd", "tmx14.rng", "tbx-basic.rng"


@cache
def schema(name: str) -> etree.XMLSchema | etree.RelaxNG:
    """A schema of the folder, which imports ``xml.xsd`` from there instead of from the network."""
    path = FOLDER / name
    data = path.read_bytes()
    for address in _IMPORTED:
        data = data.replace(address, (FOLDER / "xml.xsd").as_uri().encode())
    root = etree.fromstring(data, etree.XMLParser(no_network=True), base_url=str(path))
    return etree.RelaxNG(root) if path.suffix == ".rng" else etree.XMLSchema(root)


def assert_valid(data: bytes, name: str) -> None:
    schema(name).assertValid(etree.fromstring(data, etree.XMLParser(no_network=True, resolve_entities=False)))
