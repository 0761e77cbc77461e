"""Finding things in Vietnamese: analysis, engines, what is searchable, the pages."""
