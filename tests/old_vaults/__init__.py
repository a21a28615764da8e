"""Vaults of every schema that was ever released, as files (habit 19). They are never written again."""
