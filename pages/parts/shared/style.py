"""The looks that Streamlit does not offer: style sheets that go by what it calls its own parts.

It promises none of these names, so all of them stand here, each with why it is needed;
``tests/pages/test_streamlit.py`` says which of them a new version no longer has.
"""

import streamlit as st

from pages.parts.shared.private import DeltaGenerator

# What the sheets below take hold of, and why: names of elements and, with "st" alone, classes.
PARTS = {
    "stMainBlockContainer": "the page beside the sidebar leaves too much room around it",
    "stMarkdownContainer": "each paragraph of the heading and of a slide pulls up what follows",
    "stCaptionContainer": "captions of a slide grow with the screen; a phone has no room for them",
    "stMarkdownBadge": "the verdicts on a slide grow with the screen",
    "stVerticalBlock": "so do the distances between the parts of a slide",
    "stIconMaterial": "on a phone the way to today fits on its line without the icon alone",
    "stSidebar": "a slide has the screen to itself",
    "stExpandSidebarButton": "so it has nothing that brings the sidebar back",
    "stHeader": "nor the bar with the screens",
    "stElementToolbarButton": "Streamlit's own file of a table has no sentence above it and might "
    "hold formulas",
}

FRAME = """<style>
[data-testid=stMainBlockContainer]{padding:4.4rem 1.4rem 2rem}
h3,p{overflow-wrap:anywhere}
</style>"""

# On a phone the heading leaves the screen to what stands below it.
HEADING = """<style>@media (max-width:640px){
[data-testid=stMainBlockContainer]{padding:2.2rem .8rem 1rem}
.st-key-heading [data-testid=stMarkdownContainer]{margin-bottom:0}
.st-key-heading h4{font-size:.95rem;padding:0}
.st-key-heading p{font-size:.75rem;line-height:1.3;margin:0}
.st-key-heading button{min-height:0}
.st-key-day_seen{flex-wrap:nowrap!important}
.st-key-day_seen button p{white-space:nowrap}
.st-key-day_seen [data-testid=stIconMaterial]{display:none}
}</style>"""

# On a phone the passport lies over the lower half of the screen, else it would open unseen below
# the map; it scrolls by itself.
PASSPORT = """<style>@media (max-width:640px){.st-key-passport{
position:fixed;left:0;right:0;bottom:0;z-index:90;max-height:52vh;overflow-y:auto;
padding:.3rem 1rem 1rem;background:#fff;border-top:3px solid #0b4f8a;
box-shadow:0 -4px 16px rgb(31 41 51/.25)}}</style>"""

# On a desk the whole map is seen below the sentence that it proves.
GAP_MAP = """<style>
.st-key-gap_map{--map-height:clamp(460px,calc(100vh - 318px),1000px)}
[data-testid=stMainBlockContainer] h5{padding:0 0 .5rem}
@media (max-width:640px){[data-testid=stMainBlockContainer] h5{font-size:.95rem}}
[data-testid=stElementToolbarButton]:has([aria-label^="Download as CSV"]){display:none}
</style>"""

# The maps beside something else: as high as the screen leaves room for.
VISIT_MAP = "<style>.st-key-visits{--map-height:clamp(320px,64vh,620px)}</style>"
PLACE_PICKER = "<style>.st-key-placing{--map-height:clamp(320px,60vh,560px)}</style>"

# Nothing but the slide. All sizes follow the screen (--u is 16 px at 1600 × 900), so that a slide
# fits without scrolling; only on a phone held upright a long one is scrolled. The way on stays.
SLIDES = """<style>
:root{--u:clamp(9px,min(1vw,1.78vh),28px);--bar:calc(3.8*var(--u));--side:calc(2.4*var(--u));
--room:calc(100vh - 11.4*var(--u));--map-height:var(--room)}
[data-testid=stSidebar],[data-testid=stExpandSidebarButton],
header[data-testid=stHeader]{display:none}
[data-testid=stMainBlockContainer]{padding:calc(1.4*var(--u)) var(--side) var(--bar)}
.st-key-slide,.st-key-slide [data-testid=stVerticalBlock]{gap:calc(.7*var(--u))}
.st-key-slide [data-testid=stMarkdownContainer]{margin-bottom:0}
.st-key-slide [data-testid=stMarkdownContainer] :is(p,li){
font-size:calc(1.4*var(--u));line-height:1.35;margin:0}
.st-key-slide [data-testid=stCaptionContainer] :is(p,li){
font-size:calc(1.15*var(--u));line-height:1.3}
.st-key-slide .stMarkdownBadge{font-size:calc(1.4*var(--u))!important}
.st-key-slide h2{font-size:calc(2.2*var(--u))!important;padding:0}
.st-key-slide h3{font-size:calc(2.5*var(--u))!important;padding:0}
.st-key-slide table :is(th,td){
font-size:calc(1.5*var(--u));padding:calc(.5*var(--u)) calc(.6*var(--u))}
.st-key-saying{min-height:var(--room);justify-content:center}
.st-key-saying h3{font-size:calc(3.6*var(--u))!important;line-height:1.4;margin:0 auto;
max-width:34em}
.st-key-moves{position:fixed;left:0;right:0;bottom:0;z-index:9;background:#fff;overflow:hidden;
height:var(--bar);padding:0 var(--side);border-top:1px solid #cbd2d9;align-content:center}
.st-key-moves p{font-size:max(12px,var(--u));margin:0}
.st-key-moves [data-testid=stMarkdownContainer]{margin-bottom:0}
.st-key-moves button{min-height:0;height:calc(2.6*var(--u))}
@media (max-width:640px){:root{--u:10px;--bar:56px;--side:12px;--room:calc(100vh - 192px)}
.st-key-moves button{height:36px}.st-key-moves [data-testid=stCaptionContainer]{display:none}
.st-key-saying h3{font-size:1.7rem!important}}
</style>"""


def beside(*, shown: bool) -> list[DeltaGenerator]:
    """Return a wide column and one beside it, which has no width while nothing is shown in it.

    The same two either way, and Streamlit knows no column without width: what stands in the wide
    one keeps its place in the page and is not loaded anew.
    """
    return st.columns([2.2, 1] if shown else [1, 0.0001], gap="small")
