"""Serving from one command: what must be ready before (`preparation`), and the processes that then run (`processes`)."""
