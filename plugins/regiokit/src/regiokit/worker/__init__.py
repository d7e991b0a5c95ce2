"""The worker: sends the outbox and runs what plugins declare to run again and again."""

from regiokit.worker.running import last_beat, run

__all__ = ["last_beat", "run"]
