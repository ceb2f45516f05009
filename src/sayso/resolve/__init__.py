"""Fill a claim's inner fields: who its words speak of, when, how sure, and who does what to whom.

In:   Claims of one document, Parsed, Syntax, word lists.   Out: Claims with entities, times, factuality and events.
Knows nothing of: other documents, the network, the disk.
"""

from sayso.resolve.document import Resolved, resolve
from sayso.resolve.knowledge import Knowledge

__all__ = ["Knowledge", "Resolved", "resolve"]
