"""Pictures and documents of the editors, with what the portal may do with them."""
