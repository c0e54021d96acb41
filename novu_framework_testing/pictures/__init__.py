"""Pictures of emails, as Chromium draws them, and what differs between two of them: the extra `browser`.

`email` takes them, `comparison` tells what differs, `words` says it.
"""
