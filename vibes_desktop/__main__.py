"""`python -m vibes_desktop` is the command `vibes-desktop`."""

from vibes_desktop.cli.main import main

raise SystemExit(main())
