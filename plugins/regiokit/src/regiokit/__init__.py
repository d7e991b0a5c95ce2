"""What regional marketplaces on Wagtail share; no domain words in here."""
