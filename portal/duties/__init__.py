"""What the law wants of a public body: imprint, privacy, accessibility, a way to report barriers, contact."""
