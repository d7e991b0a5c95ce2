"""Settings: `environment` reads and checks the variables, `base` builds Django's settings from them, `test` is for tests."""
