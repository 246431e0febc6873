"""From the claims and reports of a store to what they share: copies, links and events."""
