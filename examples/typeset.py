"""Sets 11-report-basin-weekly.pdf as a small magazine page would be set: running heads, hyphens, page breaks.

In:   the text below.   Out: the PDF beside this file, the same bytes on every run.
Knows nothing of: sayso. Run it only after changing the text.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from reportlab.lib.pagesizes import A5  # type: ignore[import-untyped]
from reportlab.pdfbase.pdfmetrics import stringWidth  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

OUT = Path(__file__).with_name("11-report-basin-weekly.pdf")
WIDTH, HEIGHT = A5
MARGIN, TOP, BOTTOM = 52.0, HEIGHT - 74.0, 62.0
ROMAN, BOLD, ITALIC, SIZE, LEADING = "Times-Roman", "Times-Bold", "Times-Italic", 10.0, 13.2
MAGAZINE, ISSUE, FIRST_PAGE = "The Sarvel Basin Weekly", "28 September 2019", 14
MADE = "1569567600"  # Friday 27 September 2019, 07:00 UTC: the day before the issue

TITLE = "Observers fix the hour of the Talmeer blast, but not the hand"
AUTHOR = "Lio Sandrell"
# "¶ " opens a paragraph's own line of bold type (a crosshead).
TEXT = """
PELL. The explosion that destroyed a grain silo in the river port of Talmeer happened at nineteen minutes and
forty seconds past midnight on 6 September, give or take twenty seconds, according to a preliminary report by
the Sarvel Basin Observer Mission, which says it is unable to tell who, if anyone, brought it about.

The report, dated 26 September and numbered SBOM/2019/41, runs to eleven pages. It was delivered to both
parties on Thursday and has been seen by this magazine. Ambassador Tolla Fenwright, who heads the mission,
confirmed that the copy was genuine and would not discuss it. “It says what it says,” she told the Weekly,
“and it has taken some care not to say the rest.”

¶ Forty minutes

The hour rests on a seismic station at Lindmoor Polytechnic, 38 kilometres from the port, whose record shows
“a single impulsive event and no other between sunset and dawn”, the report says. That contradicts the
Ministry of Defence in Castrel, which has maintained since the first day that the terminal blew up at about
11:40 p.m. on 5 September, twenty minutes before the truce took effect. In paragraph 17 the observers note
that the ministry “was invited to share the technical means to which it had referred, and has not yet done
so”.

A film of nine seconds, posted on the network Loopline at 00:31 that night, agrees with the needle. “Did
anyone else hear that? Engine, then BANG, silo’s on fire,” wrote the account that posted it, @talmeer_nights.
The illuminated clock of the customs house can be seen behind the smoke. The observers consider the film
authentic “with reservations”: the account, opened in August, has not replied to their messages, nor to ours.

¶ Sixteen names

Annex 2 of the report gives the names of sixteen dead and three missing. Observers spoke with the families of
all sixteen, the annex says, and compared their names with the hospital’s register, which had fourteen on 7
September; two of the wounded have died since. The figure of three dead, to which the Ministry of Defence has
held, “refers to members of the port guard only”. An extract from the civil register that listed four is
described as “not a count of deaths”.

“Sixteen is the number,” said Dr. Lenna Ombry, the director of Talmeer District Hospital, when she was reached
by telephone on Friday. “It was never a matter of opinion.”

¶ A wing without a number

On the cause the observers are more guarded. They have been given a hand-sized piece of a wing and an electric
motor which, according to the River Guard, had been found on the roof of the harbour office on the morning
after the blast. The report identifies them as coming from a KR-2, a light unmanned aircraft. The army bought
sixty of these in 2016, budget papers show; the River Guard is believed to have taken about a dozen when the
depot on Orma Island fell to it in March 2018. The serial plate is missing. As the observers were not present
when the parts were found, the report concludes, “their provenance cannot be established”.

The ruin of Silo No. 4 is said to be “consistent with a dust explosion following an ignition at or near roof
level”. What ignited the dust is left open. The extraction fan had been out of order for three days, a fact
that the operator, Northquay Grain, has confirmed to the mission. In the store on the north quay, to which
observers were admitted on the 12th, they found a swept floor, a coil of rope and traces of a nitrate
compound, “as used in fertiliser and in propellants”.

Nor does the army’s paperwork settle the matter. The flight logs of the 3rd River Brigade, which show every
aircraft in its hangar from 21:05, were supplied as print-outs; the mission’s request for the underlying data
“remains under consideration”. The ministry’s aerial photographs of two lorries beside the store are judged to
be genuine. What the lorries carried, the report does not say.

¶ One page, two readings

Both sides declared themselves content. “The observers looked for an Ordavian drone and did not find one,” the
Minister of Defence, Adra Quellin, said in Castrel. Ruvo Tarnack, the spokesman for the River Guard, said that
the mission had “found the hour, and the hour accuses”. A diplomat who follows the talks, and who asked not to
be named so as to be able to go on following them, said each party was reading with one eye shut. “It’s the
first thing they have done together since Pell,” the diplomat added.

The Castrel Courier, which on 9 September quoted a security official as saying that a drone flight had been
approved in the capital, said in a note to readers that it stood by its report. The mission asked to meet the
official and was told by the newspaper, according to paragraph 31, that “he no longer wishes to be met”. The
ministry’s inquiry, due within thirty days, has not been published.

One small matter has been cleared up. Nela Torvish, a baker on Quay Street, told the observers that a sentence
attributed to her by the Eastbank Crier, in which the noise came “from the direction of Orma Island”, was not
hers. “I said ‘Kestle Hill’ to the agency, and I’d say it again,” she told the Weekly. “It is where the street
points. I never said who.” The Crier’s editor acknowledged “a slip in the editing” and denied that it had been
meant.

The council of the Assembly of Inland States will meet on 4 October to decide whether the customs clause
applies. Ms. Fenwright has promised a final report before the end of the year. She is understood to have asked
both parties for the same two things, data and patience, and to have been offered the second.

This article is fiction, written as an example for sayso.
"""
HYPHENS = """
ac-knowl-edged ad-mit-ted au-then-tic con-cludes con-firmed con-sid-er con-sid-er-a-tion con-sis-tent con-tra-dicts
de-clared de-scribed di-rec-tion di-rec-tor ed-it-ing es-tab-lished ex-plo-sion ex-trac-tion fer-tiliser fol-low-ing
gen-uine guard-ed han-gar har-bour hos-pi-tal il-lu-mi-nat-ed im-pul-sive in-quiry kilo-me-tres main-tained mem-bers
mes-sages mid-night min-istry net-work news-pa-per num-bered ob-servers op-er-a-tor pa-per-work para-graph
pho-tographs pre-lim-i-nary pres-ent pro-pel-lants prov-e-nance pub-lished re-mains re-port re-quest read-ers
reg-is-ter res-er-va-tions se-cu-ri-ty seis-mic sen-tence Sep-tem-ber sta-tion sup-plied tech-ni-cal tele-phone
ter-mi-nal twen-ty un-der-ly-ing un-der-stood un-manned wound-ed
"""
BREAKS = {word.replace("-", ""): word.split("-") for word in HYPHENS.split()}


def splits(word: str) -> Iterator[tuple[str, str]]:
    """The places where ``word`` may be broken, longest head first: ("twenty-", "three"), ("re-", "port,")."""
    if "-" in word.strip("-"):
        head, tail = word.split("-", 1)
        yield head + "-", tail
    bare = word.strip("“”‘’.,;:?!")
    parts = BREAKS.get(bare.lower() if bare.lower() in BREAKS else bare, [])
    before = word.index(bare)
    for count in range(len(parts) - 1, 0, -1):
        at = before + len("".join(parts[:count]))
        yield word[:at] + "-", word[at:]


def lines(paragraph: str, font: str, size: float) -> list[str]:
    """Greedy line breaking that fills each line as far as the hyphens allow."""
    done, line, words = [], "", paragraph.split()
    while words:
        word = words.pop(0)
        longer = f"{line} {word}".strip()
        if stringWidth(longer, font, size) <= WIDTH - 2 * MARGIN:
            line = longer
            continue
        for head, tail in splits(word):
            if stringWidth(f"{line} {head}", font, size) <= WIDTH - 2 * MARGIN:
                line, word = f"{line} {head}", tail
                break
        done.append(line)
        line = ""
        words.insert(0, word)
    return [*done, line]


class Press:
    """Puts one line under the other and turns the page when it is full."""

    def __init__(self) -> None:
        self.canvas = Canvas(str(OUT), pagesize=A5, invariant=1)
        self.canvas.setTitle(TITLE)
        self.canvas.setAuthor(AUTHOR)
        self.canvas.setSubject(f"{MAGAZINE}, {ISSUE}")
        self.page = FIRST_PAGE
        self.frame()

    def frame(self) -> None:
        """Running head and page number."""
        self.canvas.setFont(ITALIC, 8.5)
        self.canvas.drawString(MARGIN, HEIGHT - 46, MAGAZINE)
        self.canvas.drawRightString(WIDTH - MARGIN, HEIGHT - 46, ISSUE)
        self.canvas.line(MARGIN, HEIGHT - 51, WIDTH - MARGIN, HEIGHT - 51)
        self.canvas.drawCentredString(WIDTH / 2, 36, str(self.page))
        self.y = TOP

    def put(self, text: str, font: str = ROMAN, size: float = SIZE, gap: float = 5.0) -> None:
        for line in lines(text, font, size):
            if self.y < BOTTOM:
                self.canvas.showPage()
                self.page += 1
                self.frame()
            self.canvas.setFont(font, size)
            self.canvas.drawString(MARGIN, self.y, line)
            self.y -= LEADING if size == SIZE else size * 1.2
        self.y -= gap


def main() -> None:
    os.environ["SOURCE_DATE_EPOCH"] = MADE  # where reportlab takes the creation date from
    press = Press()
    press.put(TITLE, BOLD, 17, gap=6)
    press.put(f"By {AUTHOR}", ITALIC, SIZE, gap=9)
    for paragraph in TEXT.strip().split("\n\n"):
        if paragraph.startswith("¶ "):
            press.put(paragraph[2:], BOLD, SIZE, gap=1)
        else:
            press.put(paragraph)
    press.canvas.save()


if __name__ == "__main__":
    main()
