"""One commit at the edge: an answer below 400 commits, everything else rolls back."""

from flask import Flask, Response
from flask import request as flask_request

from cchc_portal.core.db import db, write_intent
from cchc_portal.web.frame import Templates

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class Portal(Flask):
    """The application; its requests are units of work."""

    jinja_environment = Templates

    def full_dispatch_request(self) -> Response:
        """Answer; requests that may write take the write lock with their first query."""
        if flask_request.method in SAFE_METHODS:
            return super().full_dispatch_request()
        with write_intent():
            return super().full_dispatch_request()

    def dispatch_request(self) -> Response:
        """Run the view, then commit or roll back; a failing commit is an error like any other."""
        answer = self.make_response(super().dispatch_request())
        if flask_request.method in SAFE_METHODS or answer.status_code >= 400:  # noqa: PLR2004
            db.session.rollback()
        else:
            db.session.commit()
        return answer
