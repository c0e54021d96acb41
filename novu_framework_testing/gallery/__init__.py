"""What there is: every notification of an app with the content that was accepted for it, without running anything."""

from novu_framework_testing.gallery.contents import (
    AcceptedContent,
    Gallery,
    GalleryStep,
    GalleryWorkflow,
    gallery_of,
)
from novu_framework_testing.gallery.document import render, write_gallery

__all__ = [
    "AcceptedContent",
    "Gallery",
    "GalleryStep",
    "GalleryWorkflow",
    "gallery_of",
    "render",
    "write_gallery",
]
