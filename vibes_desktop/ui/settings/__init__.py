"""Profiles, privacy and appearance."""
