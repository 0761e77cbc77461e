"""Báo cáo: official documents and registers made from what the portal holds."""
