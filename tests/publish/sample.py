"""One fictional document of realistic length, marked, with every case the dossier must show."""

from __future__ import annotations

from typing import Any

from sayso.records import Ledger, Notice

from .ledgers import ledger

TEXT = """\
Who fired on the quay at Ostrava Bay?

[furniture|What's hot · Weather · Subscribe]

[content 1|Nobody in this town agrees on the night of 12 May.] [content 2|Eleven people were carried from the \
fish market on the old quay, and the ferry office behind it burned until morning.] [content 3|How does a harbour \
with two garrisons and a radar mast not see where a shell comes from?]

[source 4|Brigadier Tomas Reyk], who commands the northern garrison, [cue 4|denied] on [said 4|13 May] that \
[content 4|any battery under his orders had fired that night]. "[content 5|We have no guns that reach the quay],"  \
[source 5|he] [cue 5|told] [addressee 5|reporters] at the harbour gate. "[content 5|We have never had them.]"

[cue 6|According to] [source 6|Mara Ilves], who covers the coast for [outlet 6|the Sund Courier], \
[content 6|[source 7|two officers of the southern garrison] [cue 7|say] that [content 7|[source 8|a duty log] \
[cue 8|shows] [content 8|nine outgoing rounds between 02:10 and 02:25]]]. The log itself has not been published.

[source 9|The Ministry of Coasts] [cue 9|accused] [content 9|the northern garrison of shelling the market "to \
empty the quay before the vote"]. [source 10|A government adviser], who asked not to be named, [cue 10|said] \
[content 10|the order [repeat 1|"may have come from much higher than the brigadier"]]. \
[source 11|The garrison's press office] [cue 11|called] [content 11|the accusation] "[content 11|a fairy tale \
with a stamp on it]".

[source 12|Residents] [cue 12|say] [content 12|they heard the shells leave before they heard them land], which \
would place the guns close by. [source 13|Ines Aldo], 61, who sells nets, [cue 13|remembers] it differently. \
"[content 13|One came from the sea. I saw the light on the water first],"[cue 13| she said].

[content 14|The southern garrison] [cue 14|is said] to [content 14|have moved a battery to the chapel hill in \
April]. [content 15|A second battery was reportedly seen on the mole.] [source 16|The Lantern Group], a watchdog, \
[cue 16|warned] in [said 16|a report of 2 June] that [content 16|further strikes on the harbour could follow before \
the vote on 20 June].

"[content 17|Where are the fragments?]" [cue 17|asked] [source 17|Councillor Pia Holm]. "[content 18|Give us the \
fragments and this argument ends in an hour.]" [source 19|Reyk's deputy] [cue 19|promised] [addressee 19|the \
council] [content 19|a full list of ammunition "within the week"]; [content 20|none had come when this text was \
closed].

[source 21|The Sund Courier] [cue 21|reported] on [said 21|3 June] that [content 21|[source 22|the ministry] \
[cue 22|believes] [content 22|the log to be genuine], while [source 23|Holm] [cue 23|doubts] [content 23|that it \
can be read at all]]. [source 24|The ministry] [cue 24|would not say] [content 24|who had handed it over].

The order, in the adviser's words, [repeat 1|"may have come from much higher than the brigadier"]. [content 25|It \
appears that nobody will be asked under oath.]

[furniture|Close]
"""

DETAILS: dict[int, dict[str, Any]] = {
    1: {"kind": "authorial"},
    2: {"kind": "authorial"},
    3: {"kind": "authorial", "speech_act": "ask", "factuality": "Uu"},
    4: {"name": "Tomas Reyk", "speech_act": "deny", "factuality": "CT-", "said_at": "2031-05-13"},
    5: {"name": "Tomas Reyk", "kind": "direct", "score": 0.97},
    6: {"name": "Mara Ilves"},
    7: {"name": "two officers", "type": "armed_group", "anonymous": True, "via": 6},
    8: {"name": "a duty log", "type": "document", "via": 7, "score": 0.71},
    9: {"name": "Ministry of Coasts", "type": "government", "kind": "mixed", "speech_act": "accuse"},
    10: {"name": "a government adviser", "anonymous": True, "kind": "mixed", "factuality": "PS+"},
    11: {"name": "garrison's press office", "type": "organisation", "kind": "mixed", "speech_act": "deny"},
    12: {"name": "residents", "type": "people"},
    13: {"name": "Ines Aldo", "kind": "direct"},
    14: {"factuality": "Uu"},
    15: {"factuality": "PR+"},
    16: {"name": "Lantern Group", "type": "organisation", "speech_act": "predict", "factuality": "PS+"},
    17: {"name": "Pia Holm", "kind": "direct", "speech_act": "ask", "factuality": "Uu"},
    18: {"kind": "direct", "speech_act": "order", "factuality": "Uu"},
    19: {"name": "Reyk's deputy", "anonymous": True, "kind": "mixed", "speech_act": "promise"},
    20: {"kind": "authorial"},
    21: {"name": "Sund Courier", "type": "outlet", "speech_act": "report", "said_at": "2031-06-03"},
    22: {"name": "Ministry of Coasts", "type": "government", "speech_act": "believe", "via": 21},
    23: {"name": "Pia Holm", "speech_act": "doubt", "factuality": "PR-", "via": 21},
    24: {"name": "Ministry of Coasts", "type": "government", "speech_act": "deny", "factuality": "Uu"},
    25: {"kind": "authorial", "factuality": "PR+"},
}
DETAILS[16]["said_at"] = "2031-06-02"


def sample() -> Ledger:
    return ledger(
        TEXT,
        DETAILS,
        notices=(Notice(stage="read", message="decoded as windows-1252; the file does not say"),),
        title="Who fired on the quay at Ostrava Bay?",
        outlet="The Meridian Post",
        author="Jonas Verel",
        published="2031-06-05",
        path="examples/quay.txt",
    )
