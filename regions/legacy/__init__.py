"""Pages of the ministry's old portal, saved as text: reading, parsing, classifying and reporting. No models here."""
