"""A second reader: a language model proposes claims, and those that vet finds faithful are taken.

In:   a document as the reader read it, settings, answers.   Out: Second: the ledger with what was added; what was not.
Knows nothing of: the network and the disk, which `endpoint` and `kept` hold for the application layer.
"""

from sayso.second.joining import Second, second_reading
from sayso.second.settings import Settings, settings

__all__ = ["Second", "Settings", "second_reading", "settings"]
