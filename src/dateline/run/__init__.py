"""The one reading function, wrapped for many reports."""
