"""How the database came to its present shape: one file a step, each with its mark in one transaction."""

from fieldkit.storage.migrations.upgrade import PROJECTIONS, run

__all__ = ["PROJECTIONS", "run"]
