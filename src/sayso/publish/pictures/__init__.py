"""Pictures of a case as SVG text: when, from where, who names whom, what adds up. Each tells the same in words.

In:   values of a case.   Out: SVG, the same for the same input in any order.
Knows nothing of: the page it stands in, but that documents and claims have their ids as anchors there.
"""

from sayso.publish.pictures.bars import bars, results
from sayso.publish.pictures.citations import citations
from sayso.publish.pictures.matrix import matrix
from sayso.publish.pictures.origins import origin_graph
from sayso.publish.pictures.timeline import timeline

__all__ = ["bars", "citations", "matrix", "origin_graph", "results", "timeline"]
