"""The mean of two runs' weights (Wortsman et al. 2022): `python -m training.average FIRST SECOND -o FOLDER`.

In:   two folders that train.py wrote, the second begun from the first.   Out: a folder to start from or to export.
Knows nothing of: data.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import torch


def main() -> None:
    """Weights that only the second has stay as they are there."""
    ap = argparse.ArgumentParser(description=main.__doc__)
    ap.add_argument("first", type=Path)
    ap.add_argument("second", type=Path)
    ap.add_argument("-o", "--out", type=Path, required=True)
    ap.add_argument("--share", type=float, default=0.5, help="of the first")
    args = ap.parse_args()
    first, second = (torch.load(folder / "average.pt") for folder in (args.first, args.second))
    for name, own in second.items():
        if name in first and first[name].shape == own.shape:
            second[name] = args.share * first[name] + (1 - args.share) * own
    args.out.mkdir(parents=True, exist_ok=True)
    torch.save(second, args.out / "average.pt")
    shutil.copy(args.second / "labels.json", args.out)


if __name__ == "__main__":
    main()
