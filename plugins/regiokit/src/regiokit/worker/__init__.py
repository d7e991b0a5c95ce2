"""The worker: sends the outbox and runs what plugins declare to run again and again."""

from regiokit.worker.running import failed_tasks, last_beat, run

__all__ = ["failed_tasks", "last_beat", "run"]
