"""The first page, by role; reads queries, owns no table."""
