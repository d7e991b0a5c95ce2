"""What waits for staff: one declared source for each kind of thing (`regiokit.plugin.Waiting`), one board for a person.

A source is a callable that takes `Asked` and returns `Found`, with one query at any size (`find`). Hosts show the board
where they like, for example with `WaitingPanel` on the first page of the Wagtail admin.
"""

from regiokit.waiting.board import OWN, Board, board_for
from regiokit.waiting.finding import Asked, Decision, Found, Line, find
from regiokit.waiting.reviews import reviews_of

__all__ = ["OWN", "Asked", "Board", "Decision", "Found", "Line", "board_for", "find", "reviews_of"]
