"""Are claims that another program made faithful to the text? Each field, with the reason.

In:   a text that was read, claims.   Out: Vetted.
Knows nothing of: disk, network, who made the claims, whether anything is so.
"""

from sayso.vet.page import Page
from sayso.vet.proposals import Given, Proposal, of_record, proposals
from sayso.vet.vetted import Field, Vetted
from sayso.vet.vetting import vet

__all__ = ["Field", "Given", "Page", "Proposal", "Vetted", "of_record", "proposals", "vet"]
