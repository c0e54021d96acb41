"""Notification workflows in Python for Novu."""
