"""Events as KML 2.2 (OGC 07-147r2), with the same geometries as GeoJSON and the columns as extended data."""

from collections.abc import Sequence
from datetime import date
from xml.etree.ElementTree import Element, SubElement, tostring

from dateline.export.columns import EVENTS, Cell
from dateline.export.delimited import SEPARATOR
from dateline.export.geojson import geometry
from dateline.export.plain import xml_plain
from dateline.model.event import Event

_SPACE = "http://www.opengis.net/kml/2.2"


def kml(events: Sequence[Event]) -> bytes:
    """Return a KML document in UTF-8 with one Placemark an event; text is never read as markup."""
    root = Element("kml", xmlns=_SPACE)
    document = SubElement(root, "Document")
    SubElement(document, "name").text = "Dateline events"
    for event, row in zip(events, EVENTS.rows(events), strict=True):
        _placemark(document, event, row)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _placemark(document: Element, event: Event, row: dict[str, Cell]) -> None:
    # An XML id may not begin with a digit.
    mark = SubElement(document, "Placemark", id=f"event-{event.id}")
    SubElement(mark, "name").text = xml_plain(event.title)
    if event.earliest or event.latest:
        span = SubElement(mark, "TimeSpan")
        if event.earliest:
            SubElement(span, "begin").text = event.earliest.isoformat()
        if event.latest:
            SubElement(span, "end").text = event.latest.isoformat()
    data = SubElement(mark, "ExtendedData")
    for name, cell in row.items():
        if cell is not None and cell != ():
            SubElement(SubElement(data, "Data", name=name), "value").text = xml_plain(_written(cell))
    shape = geometry(event.place)
    if shape is None:
        return
    if shape["type"] == "Point":
        point = SubElement(mark, "Point")
        SubElement(point, "coordinates").text = _coordinates([shape["coordinates"]])
    elif shape["type"] == "Polygon":
        _polygon(mark, shape["coordinates"][0])
    else:
        several = SubElement(mark, "MultiGeometry")
        for (ring,) in shape["coordinates"]:
            _polygon(several, ring)


def _polygon(parent: Element, ring: list[list[float]]) -> None:
    outer = SubElement(SubElement(parent, "Polygon"), "outerBoundaryIs")
    SubElement(SubElement(outer, "LinearRing"), "coordinates").text = _coordinates(ring)


def _coordinates(positions: list[list[float]]) -> str:
    return " ".join(f"{lon},{lat}" for lon, lat in positions)


def _written(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, tuple):
        return SEPARATOR.join(cell)
    return cell.isoformat() if isinstance(cell, date) else str(cell)
