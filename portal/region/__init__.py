"""The region profile: names, contacts, law of the Land, theme; menus and context of every page."""
