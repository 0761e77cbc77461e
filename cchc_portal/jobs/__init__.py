"""Running work outside the request."""

from cchc_portal.jobs.queue import (
    WAKE,
    enqueue,
    init_app,
    job,
    require_reachable,
    run_worker,
    schedule,
    wake_after_commit,
    wake_for,
)

__all__ = [
    "WAKE",
    "enqueue",
    "init_app",
    "job",
    "require_reachable",
    "run_worker",
    "schedule",
    "wake_after_commit",
    "wake_for",
]
