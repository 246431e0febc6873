"""One report to its reading: named steps, composed in read.py."""
