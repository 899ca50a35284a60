"""What is kept on disk: settings, the journal of edits, drafts."""
