"""The files that translators exchange with other tools: XLIFF, PO, TMX and TBX. Nothing here reads the database."""
