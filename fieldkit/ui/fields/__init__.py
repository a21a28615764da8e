"""One file a kind of answer. A field shows a value, and says with `answered` when a person gave another."""
