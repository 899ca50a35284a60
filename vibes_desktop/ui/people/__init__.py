"""The record page: look up, edit, review, add."""
