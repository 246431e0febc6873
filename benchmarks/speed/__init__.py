"""How fast Dateline reads, and in how much memory."""
