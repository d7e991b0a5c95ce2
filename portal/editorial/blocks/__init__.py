"""The blocks that editors build pages from. Levels of headings follow from the place, never from a choice."""

from wagtail.blocks import StreamBlock

from portal.editorial.blocks.live import LiveEntriesBlock
from portal.editorial.blocks.media import DownloadBlock, LinkListBlock, PictureBlock
from portal.editorial.blocks.text import FactBlock, HeadingBlock, QuoteBlock, StepsBlock, TextBlock


class BodyBlock(StreamBlock):
    """All blocks of a page's text."""

    heading = HeadingBlock()
    text = TextBlock()
    picture = PictureBlock()
    quote = QuoteBlock()
    fact = FactBlock()
    steps = StepsBlock()
    links = LinkListBlock()
    download = DownloadBlock()
    live = LiveEntriesBlock()


__all__ = ["BodyBlock"]
