"""The record: what was published, what was read, what people decided; append-only."""
