"""A worker, as the local engine starts it: `python -m sayso.bulk read|link [ACTORS...]`

In:   what to do, tables of actors.   Out: what bulk.worker says.
Knows nothing of: people, who start `sayso extract`.
"""

import sys

from sayso.bulk.worker import main

if __name__ == "__main__":
    try:
        trade, *others = sys.argv[1:]
        main("link" if trade == "link" else "read", *others)
    except (BrokenPipeError, KeyboardInterrupt):  # who started us is gone: the shard will be done again
        sys.exit(1)
