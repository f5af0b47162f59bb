"""Invented logs of a Dutch energy supplier, with planted truths that can be recomputed."""
