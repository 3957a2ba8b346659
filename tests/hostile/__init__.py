"""Mails that mean harm, made by kind from a seed, and what must not come of them."""
