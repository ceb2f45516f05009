"""`python -m eval.origins`: see README.md."""

from __future__ import annotations

import argparse
import sys

from eval.origins.stories import complaints, load


def main() -> int:
    """Checks the stories."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--check", action="store_true", help="only look for what breaks the rules")
    ap.parse_args()
    found = [line for part in ("dev", "test") for story in load(part) for line in complaints(story)]
    print(*found, sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
