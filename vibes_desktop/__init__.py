"""Vibes Desktop: subscriber records and callbacks of the Vibes Mobile Engagement Platform."""

__version__ = "0.1.0"
