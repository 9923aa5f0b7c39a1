"""``python -m geodata``: the command line."""

import io
import sys

from geodata.commands.main import main

for stream in (sys.stdout, sys.stderr):
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8")  # Windows writes files in its own encoding
sys.exit(main())
