"""What every plugin keeps."""

from coworking.plugin import plugin
from regiokit.testing.contract import PluginContract


class TestContract(PluginContract):
    """The contract of regiokit."""

    plugin = plugin
