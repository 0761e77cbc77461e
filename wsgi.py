"""The door for every server and for `flask --app wsgi`."""

from cchc_portal import create_app

app = create_app()
