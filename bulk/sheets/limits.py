"""How large a table may be."""

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, slots=True)
class SheetLimits:
    """Bytes of the file; rows, columns and characters of a cell; and of XLSX, which is a zip, its bytes when unpacked
    and how often a part of it may be larger than it is packed."""

    upload_bytes: int = 20 * 1024 * 1024
    rows: int = 20_000
    columns: int = 100
    cell: int = 32_767
    unpacked_bytes: int = 200 * 1024 * 1024
    ratio: int = 200

    @classmethod
    def in_force(cls) -> "SheetLimits":
        """Those of the setting ``DIWAN_SHEET_LIMITS``."""
        return cls(**settings.DIWAN_SHEET_LIMITS)
