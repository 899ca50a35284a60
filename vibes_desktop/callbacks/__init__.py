"""The analyst's work without a screen."""
