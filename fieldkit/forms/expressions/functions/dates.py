"""Functions on days and instants."""

import math
from datetime import UTC, datetime

from fieldkit.forms.expressions.environment import Environment
from fieldkit.forms.expressions.functions.table import Function, row
from fieldkit.forms.expressions.moments import (
    SECONDS_A_DAY,
    Moment,
    format_moment,
    of_day,
    of_instant,
    read_moment,
    read_time,
)
from fieldkit.forms.expressions.values import NAN, Value, moment_value, text_value


def _today(env: Environment) -> Moment:
    now = env.now()
    return of_day(now.date(), env.zone or UTC)


def _now(env: Environment) -> Moment:
    return of_instant(env.now(), env.zone or UTC)


def _date(env: Environment, value: Value) -> Value:
    moment = moment_value(value, env.zone or UTC)
    return moment if moment is not None else ""


def _date_time(env: Environment, value: Value) -> Value:
    moment = moment_value(value, env.zone or UTC)
    return moment if moment is not None else ""


def _decimal_date_time(env: Environment, value: Value) -> float:
    moment = moment_value(value, env.zone or UTC)
    return moment.days if moment is not None else NAN


def _decimal_time(env: Environment, value: Value) -> float:
    """The part of a day that a time, or an instant's time on the wall, has gone; a number's own fraction."""
    if isinstance(value, float):
        return value - math.floor(value) if math.isfinite(value) else NAN
    if isinstance(value, Moment):
        return _part_of_day(value.local)
    text = text_value(value).strip()
    clock = read_time(text)
    if clock is None:
        moment = read_moment(text, env.zone or UTC)
        return _part_of_day(moment.local) if moment is not None else NAN
    instant = datetime.combine(env.now().date(), clock[0], tzinfo=clock[1] or env.zone)
    return _part_of_day(instant.astimezone(env.zone))


def _part_of_day(local: datetime) -> float:
    seconds = local.hour * 3600 + local.minute * 60 + local.second + local.microsecond / 1e6
    return seconds / SECONDS_A_DAY


def _format(env: Environment, value: Value, pattern: str) -> str:
    moment = moment_value(value, env.zone or UTC)
    return format_moment(moment.local, pattern) if moment is not None else ""


FUNCTIONS: tuple[Function, ...] = (
    row("today", (0, 0), "v", "m", _today, changes=True),
    row("now", (0, 0), "v", "m", _now, changes=True),
    row("date", (1, 1), "v", "v", _date),
    row("date-time", (1, 1), "v", "v", _date_time),
    row("decimal-date-time", (1, 1), "v", "n", _decimal_date_time),
    row("decimal-time", (1, 1), "v", "n", _decimal_time),
    row("format-date", (2, 2), "vs", "s", _format),
    row("format-date-time", (2, 2), "vs", "s", _format),
)
