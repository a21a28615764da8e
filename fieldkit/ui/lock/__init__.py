"""How the program stops showing, and stops knowing: cover, lock, and what watches for both."""
