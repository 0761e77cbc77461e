"""Commands: one file per group over the same operations as the pages."""

from flask import Flask

from cchc_portal.cli import demo, directive, events, initiative, search, server, user


def init_app(app: Flask) -> None:
    """Add the portal's commands to `flask --app wsgi`."""
    app.cli.add_command(demo.group)
    app.cli.add_command(directive.group)
    app.cli.add_command(initiative.group)
    app.cli.add_command(events.group)
    app.cli.add_command(search.group)
    app.cli.add_command(server.serve)
    app.cli.add_command(server.worker)
    app.cli.add_command(user.group)
