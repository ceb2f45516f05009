"""numpy, which is loaded at its first use: what only asks for help, or shows what is kept, does without it.

In:   nothing.   Out: the module `numpy` as ``np``.
Knows nothing of: who uses it.
"""

from __future__ import annotations

import sys
from importlib.util import LazyLoader, find_spec, module_from_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
elif "numpy" in sys.modules:
    np = sys.modules["numpy"]
else:
    spec = find_spec("numpy")
    spec.loader = LazyLoader(spec.loader)
    np = sys.modules["numpy"] = module_from_spec(spec)
    spec.loader.exec_module(np)

__all__ = ["np"]
