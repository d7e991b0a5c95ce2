"""The directory of coworking spaces: find one, see when it is open and what it costs, ask for a trial day."""
