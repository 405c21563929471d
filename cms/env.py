"""The process environment, read in this file only.

Settings import ``env`` and name each variable once; README.md lists them. A ``.env`` file beside ``manage.py`` is
read when it exists; real environment variables win over it.
"""

from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
_dotenv = BASE_DIR / ".env"
if _dotenv.is_file():
    env.read_env(str(_dotenv))
