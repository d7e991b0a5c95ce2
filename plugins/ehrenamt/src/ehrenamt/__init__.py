"""The volunteering marketplace: associations post what they need, citizens find and answer it."""
