"""People who sign in: the user with an e-mail address instead of a name, the door (codes by e-mail) and the start page."""
