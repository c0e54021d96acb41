"""Whom the shop's emails come from."""

from novu_framework.steps import EmailAddress

ORDERS = EmailAddress(email="orders@birch-and-bloom.example", name="Birch & Bloom")
NEWS = EmailAddress(email="news@birch-and-bloom.example", name="Birch & Bloom")
