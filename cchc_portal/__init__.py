"""The portal of administrative reform initiatives of a ward office."""

from cchc_portal.app import create_app

__all__ = ["create_app"]
