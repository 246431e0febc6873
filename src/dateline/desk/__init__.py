"""The desk: the web application over a record, where people read, compare, decide and publish."""
