"""The verbs of the plugin: opening hours, prices, publishing, trial days."""
