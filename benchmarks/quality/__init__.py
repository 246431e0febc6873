"""What Dateline reads, scored against what careful readers recorded."""
