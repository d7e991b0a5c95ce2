"""`{% translate "…" %}` for words that stand in the template: looked up once for each language, not for each page.

Load it behind `i18n`, whose tag it replaces: `{% load i18n regiokit_texts %}`. A list page has about sixty such words.
"""

from django import template
from django.template.base import Node
from django.templatetags import i18n
from django.utils.translation import get_language

register = template.Library()


class ConstantText(Node):
    """Words of a template in the language of the request."""

    child_nodelists = ()

    def __init__(self, node: i18n.TranslateNode):
        # Django's node works the words out; where they go is said here.
        self.asvar, node.asvar = node.asvar, None
        self.node, self.words = node, {}

    def render(self, context) -> str:
        """Return the words, or put them into the variable that the tag names."""
        language = get_language()
        if (words := self.words.get(language)) is None:
            words = self.words[language] = self.node.render(context)
        if self.asvar:
            context[self.asvar] = words
            return ""
        return words


@register.tag
def translate(parser, token) -> Node:
    """Read the tag as Django does; whatever is more than plain words stays Django's."""
    node = i18n.do_translate(parser, token)
    words = node.filter_expression
    plain = words.var.literal is not None and not words.filters and not node.noop and not node.message_context
    return ConstantText(node) if plain else node
