"""Whom the shop's emails come from."""

from novu_framework.steps import EmailAddress

# "and", since the sanitiser takes every text of an email for HTML: "&" would arrive as "&amp;".
ORDERS = EmailAddress(email="orders@birch-and-bloom.example", name="Birch and Bloom")
NEWS = EmailAddress(email="news@birch-and-bloom.example", name="Birch and Bloom")
