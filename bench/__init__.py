"""Measurements: the portal beside a bare program that does the least honest work for the same pages."""
