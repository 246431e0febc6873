"""Which claims speak of one event, which reports copy one another, and what follows from that."""
