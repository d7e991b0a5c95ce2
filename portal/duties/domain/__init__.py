"""Verbs on reports of barriers."""

from portal.duties.domain.reports import close_report, erase, reopen_report, submit_report

__all__ = ["close_report", "erase", "reopen_report", "submit_report"]
