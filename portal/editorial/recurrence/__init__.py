"""Repetition of events: the rule (RFC 5545), the days it gives, and how people say it."""

from portal.editorial.recurrence.expansion import last_day, occurrence_days
from portal.editorial.recurrence.rules import (
    Rule,
    WrongRule,
    days_text,
    parse_days,
    parse_rule,
    validate_days,
    validate_rule,
)
from portal.editorial.recurrence.schedule import Occurrence, Schedule
from portal.editorial.recurrence.words import rule_words

__all__ = [
    "Occurrence",
    "Rule",
    "Schedule",
    "WrongRule",
    "days_text",
    "last_day",
    "occurrence_days",
    "parse_days",
    "parse_rule",
    "rule_words",
    "validate_days",
    "validate_rule",
]
