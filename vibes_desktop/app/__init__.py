"""Builds every object once, by hand, and runs Qt: the only room that knows everyone."""
