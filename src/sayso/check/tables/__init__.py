"""Evidence tables as people have them: conflict events, sanctions lists. A format is known by what is in the file.

In:   files.   Out: Tables with rows that can be named, what they cover and cannot tell; error values, notices.
Knows nothing of: claims.
"""

from sayso.check.tables.files import File
from sayso.check.tables.loading import load
from sayso.check.tables.rows import Coverage, Designation, DyadYear, ViolentEvent
from sayso.check.tables.table import Table

__all__ = ["Coverage", "Designation", "DyadYear", "File", "Table", "ViolentEvent", "load"]
