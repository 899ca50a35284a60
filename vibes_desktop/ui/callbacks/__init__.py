"""The callbacks page."""
