"""Readings to pages and files, one module a format."""
