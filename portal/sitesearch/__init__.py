"""One search box over pages and everything that plugins find."""
