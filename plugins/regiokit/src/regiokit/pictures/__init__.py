"""Pictures that people upload: refused by their header, cleaned of everything but what is seen, owned by an organisation."""

from regiokit.pictures.checking import PictureRefused
from regiokit.pictures.cleaning import clean_upload

__all__ = ["PictureRefused", "clean_upload"]
