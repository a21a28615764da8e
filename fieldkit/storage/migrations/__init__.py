"""How the database came to its present shape: one file a step, each with its mark in one transaction."""

from fieldkit.storage.migrations.upgrade import run

__all__ = ["run"]
