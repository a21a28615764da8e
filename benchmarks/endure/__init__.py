"""Endurance: one module a protocol (`vault-and-bundles.md`, figures to be shown), driving the real services.

They sit at the same desks as the stories in `tests/stories`, and need what the tests need.
"""
