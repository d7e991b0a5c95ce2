"""What the office does: `granting` sets up groups, collections and workflow, `letters` writes to staff."""
