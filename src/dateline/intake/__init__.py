"""Inputs to reports: the walk finds the items in them, `read` takes each in; one module a format."""
