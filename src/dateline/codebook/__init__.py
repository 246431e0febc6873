"""Domain knowledge as data: event types, cues, hedges, actors, places, weapons, units."""
