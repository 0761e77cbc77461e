"""The door for every server and for `flask --app wsgi`."""

import sys

from cchc_portal import create_app
from cchc_portal.config import BadSetting

try:
    app = create_app()
except BadSetting as refused:
    sys.exit(f"Error: {refused}")
