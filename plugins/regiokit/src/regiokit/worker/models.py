"""What the worker remembers."""

from django.db import models


class WorkerBeat(models.Model):
    """When something ran last: the worker itself (`worker`) and each periodic task by its dotted path. UTC."""

    name = models.CharField(max_length=200, primary_key=True)
    ran_at = models.DateTimeField()
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        app_label = "regiokit"

    def __str__(self):
        return self.name
