"""Bytes of one format to reports, one module a format."""
