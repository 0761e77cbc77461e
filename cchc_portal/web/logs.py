"""Logs: JSON lines with a request number; ids and statuses, never what people wrote."""

import logging
import sys
import time
import uuid

import structlog
from flask import Flask, Response, g, request

log = structlog.get_logger()


def set_up_logs(app: Flask) -> None:
    """Write the application's log to standard error and number its requests."""
    logging.basicConfig(stream=sys.stderr, format="%(message)s", level=logging.WARNING)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    app.jinja_env.globals["request_number"] = request_number
    app.before_request(_begin)
    app.after_request(_finish)


def request_number() -> str:
    """Return the number under which the running request stands in the log; people read it out when they ask for help."""
    return str(structlog.contextvars.get_contextvars().get("request", ""))


def _begin() -> None:
    g.began = time.perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request=uuid.uuid4().hex[:12])


def _finish(answer: Response) -> Response:
    # The path's pattern, not the path: addresses carry what people search for.
    rule = request.url_rule.rule if request.url_rule else "-"
    took = round((time.perf_counter() - g.began) * 1000)
    answer.headers["X-Request-ID"] = request_number()
    log.info("answered", method=request.method, rule=rule, status=answer.status_code, ms=took)
    return answer
