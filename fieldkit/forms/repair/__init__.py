"""Common faults of real forms, repaired on request in a copy, with a list of what was changed.

`bench` holds the sheets while they are worked on, `steps` names the repairs in their order, `files` reads and
writes the workbook. What cannot be repaired without guessing what its author meant is left, and named.
"""
