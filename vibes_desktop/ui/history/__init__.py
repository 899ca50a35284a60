"""The page of changes made here."""
