"""What editors write: home, news, guides, plain pages, and the live entries of plugins between them."""
