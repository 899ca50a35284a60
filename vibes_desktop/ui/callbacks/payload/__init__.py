"""The pane in which one payload is read, and the sheets that lead from it."""
