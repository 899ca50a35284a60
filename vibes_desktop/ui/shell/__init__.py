"""The window: rail, bars, command palette, errors."""
