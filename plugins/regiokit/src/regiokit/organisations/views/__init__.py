"""Self-service of organisations. To whoever does not act for an organisation, it does not exist."""
