"""What other programs and other cases hand over: recognised by content, checked, and taken into a case.

In:   files, a case.   Out: what was taken in; error values for what was not, with what to do.
Knows nothing of: where files lie, how a case keeps anything.
"""

from sayso.imports.extractions import Extracted
from sayso.imports.recognise import START, recognise
from sayso.imports.taking import Desk, Taken, take, take_brat

__all__ = ["START", "Desk", "Extracted", "Taken", "recognise", "take", "take_brat"]
