"""Agents that are written with another library: the history in, answers and approvals of tools out. A page for each library.

Nothing of a library is imported unless its page is.
"""
