"""Mails that are never lost: written to the outbox with the change that causes them, sent by the worker."""

from regiokit.mail.composing import queue

__all__ = ["queue"]
