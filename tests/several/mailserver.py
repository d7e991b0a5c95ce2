"""A mail server (SMTP, RFC 5321) that takes every mail and remembers who sent what under which Message-ID."""

import socketserver
import threading
from collections import Counter
from collections.abc import Callable
from email import message_from_bytes, policy


class MailServer(socketserver.ThreadingTCPServer):
    """Listens on a free port of this machine.

    `at_moment` is called with each command as it comes, and with "TAKEN" when a letter is here but not yet confirmed.
    """

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.lock = threading.Lock()
        self.letters = []
        self.at_moment: Callable[[str], None] = lambda moment: None

    @property
    def url(self) -> str:
        """Return what EMAIL_URL takes."""
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def counts(self) -> Counter:
        """Return how often each Message-ID arrived."""
        with self.lock:
            return Counter(letter["Message-ID"] for letter in self.letters)

    def to(self, address: str) -> list:
        """Return the letters to this address, oldest first."""
        with self.lock:
            return [letter for letter in self.letters if letter["To"] == address]

    def take(self, content: bytes) -> None:
        """Remember one letter."""
        letter = message_from_bytes(content, policy=policy.default)
        with self.lock:
            self.letters.append(letter)
        self.at_moment("TAKEN")

    def handle_error(self, request, client_address):
        """A worker that was killed leaves its conversation in the middle; that is no error here."""


class _Conversation(socketserver.StreamRequestHandler):
    def handle(self):
        self._say("220 ready")
        while line := self.rfile.readline():
            word = line.strip().upper()[:4].decode(errors="replace")
            self.server.at_moment(word)
            if word == "DATA":
                self._say("354 go on")
                content = self._content()
                if content is None:
                    return
                self.server.take(content)
                self._say("250 taken")
            elif word == "QUIT":
                self._say("221 good bye")
                return
            else:
                self._say("250 ok")

    def _content(self) -> bytes | None:
        """Return the letter, or None when its sender was gone before the end."""
        lines = []
        while line := self.rfile.readline():
            if line == b".\r\n":
                return b"".join(lines)
            lines.append(line[1:] if line.startswith(b"..") else line)
        return None

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())
