"""``python -m guide``: the same as the command ``traad``."""

import sys

from guide.cli import main

sys.exit(main())
