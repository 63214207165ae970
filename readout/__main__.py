"""`python -m readout` is the command `readout`."""

from __future__ import annotations

import sys

from readout.shell import main

sys.exit(main())
