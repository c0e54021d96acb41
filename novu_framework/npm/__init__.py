"""What npm packages answer, quirk by quirk: a folder or file for each package, and `ecmascript` for JavaScript itself.

Nothing here knows what it is used for. Read it when an answer has to equal JavaScript's.
"""
