"""The directory of missions as files for the public: GeoJSON, CSV, vCard, iCalendar, and sheets to print."""
