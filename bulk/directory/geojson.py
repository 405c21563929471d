"""Missions for maps: GeoJSON (RFC 7946)."""

from collections.abc import Sequence
from typing import Any

import orjson

from bulk.columns.grammar import day_write_precise, hours_write
from bulk.selectors.directory import Entry


def feature_collection(entries: Sequence[Entry]) -> bytes:
    """The file; a mission without coordinates is a feature without geometry."""
    return orjson.dumps({"type": "FeatureCollection", "features": [_feature(entry) for entry in entries]})


def _feature(entry: Entry) -> dict[str, Any]:
    has_place = entry.latitude is not None and entry.longitude is not None
    return {
        "type": "Feature",
        "id": entry.id,
        "geometry": {"type": "Point", "coordinates": [entry.longitude, entry.latitude]} if has_place else None,
        "properties": {
            "key": entry.key,
            "locale": entry.locale,
            "title": entry.title,
            "direction": entry.direction,
            "kind": entry.kind,
            "status": entry.status,
            "statusSince": day_write_precise(entry.status_since, entry.now.precision) or None,
            "statusUntil": entry.status_until,
            "announcedStatus": entry.announced.status if entry.announced else "",
            "announcedFrom": entry.announced.since if entry.announced else None,
            "announcedUntil": entry.announced.until if entry.announced else None,
            "country": entry.country,
            "countryCode": entry.country_code,
            "city": entry.city,
            "address": entry.address,
            "addressText": entry.address_text,
            "district": entry.district,
            "timeZone": entry.time_zone,
            "workingLanguages": entry.languages.replace(",", " ").split(),
            "head": entry.head,
            "contacts": [{"kind": kind, "purpose": purpose, "value": value} for kind, purpose, value in entry.contacts],
            "services": [
                {"kind": service.kind, "conditions": service.conditions, "bookingUrl": service.booking_url}
                for service in entry.services
            ],
            "openingHours": hours_write((row.service, row.weekday, row.opens, row.closes) for row in entry.openings),
        },
    }
