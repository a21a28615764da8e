"""What can be wrong with an expression, when it is read and when it runs."""

from fieldkit.domain.errors import ForeignFault


class ExpressionFault(ForeignFault):
    """An expression cannot be read: `expression.syntax`, `.too_long`, `.too_deep`, `.unknown_function` …"""


class EvaluationFault(ExpressionFault):
    """An expression that was read cannot be answered for these values, such as a pattern that is none."""
