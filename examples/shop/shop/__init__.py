"""Birch & Bloom, a small shop for plants and pots."""
