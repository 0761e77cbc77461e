"""The table of abbreviations and synonyms that the Office keeps."""
