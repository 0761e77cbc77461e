"""The door for every server and for `flask --app wsgi`."""

import gc
import sys

gc.disable()  # what is loaded stays; looking through it for rubbish again and again takes a fifth of the start

from cchc_portal import create_app  # noqa: E402
from cchc_portal.config import BadSetting  # noqa: E402

try:
    app = create_app()
except BadSetting as refused:
    sys.exit(f"Error: {refused}")

gc.freeze()
gc.enable()
