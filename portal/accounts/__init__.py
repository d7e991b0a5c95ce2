"""People who sign in: the user (an e-mail address, no user name), the door (codes by e-mail) and the start page."""
