"""Coverage-guided fuzzing of every parser of bytes from outside (protocol R5): `run.py fuzz`."""
