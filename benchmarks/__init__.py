"""Benchmarks of quality and speed; each takes a folder of data that is not part of the project."""
