"""Addresses for machines that watch the portal."""

from flask import Blueprint, Response, current_app
from sqlalchemy import func, select

from cchc_portal.audit import SetAside
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
    """Say whether the database answers and the data folder can be written, and what waits for an operator."""
    probe = current_app.config["DATA_DIR"] / ".probe"
    waiting = db.session.scalar(select(func.count()).select_from(SetAside))
    try:
        probe.write_bytes(b"ok")
        probe.unlink()
    except OSError:
        return Response("data folder not writable\n", 503, mimetype="text/plain")
    aside = f"{waiting} events set aside: flask --app wsgi events set-aside\n" if waiting else ""
    return Response(f"ready\n{aside}", mimetype="text/plain")
