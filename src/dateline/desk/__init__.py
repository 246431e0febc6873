"""The desk: the web application over a record."""
