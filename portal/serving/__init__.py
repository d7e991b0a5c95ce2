"""Serving from one command: what must be ready before (`preparation`), and what then runs (`processes`)."""
