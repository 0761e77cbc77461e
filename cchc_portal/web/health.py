"""Addresses for machines that watch the portal."""

from flask import Blueprint, Response, current_app
from sqlalchemy import text

from cchc_portal.core.db import db
from cchc_portal.web.security import limiter, public

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@public
@limiter.exempt
def alive() -> Response:
    """Say that the process answers."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
@public
@limiter.exempt
def ready() -> Response:
    """Say whether the database answers and the data folder can be written."""
    probe = current_app.config["DATA_DIR"] / ".probe"
    db.session.execute(text("SELECT 1"))
    try:
        probe.write_bytes(b"ok")
        probe.unlink()
    except OSError:
        return Response("data folder not writable\n", 503, mimetype="text/plain")
    return Response("ready\n", mimetype="text/plain")
