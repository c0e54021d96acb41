"""What the npm packages behind the TypeScript framework answer, quirk by quirk: a folder or file for each package.

Nothing here knows Novu. Read it when an answer has to equal JavaScript's; the subject is outside of it.
"""
