"""The looks that Streamlit does not offer: style sheets that go by what it calls its own parts.

It promises none of these names, so all of them stand here, each with why it is needed;
``tests/pages/test_streamlit.py`` says which of them a new version no longer has.
"""

from geodata.reading.tokens import PANEL_PX, PAPER, css

ACCENT, INK, DONE = (f"var(--hg-{name})" for name in ("accent", "ink", "done"))

# What the sheets below take hold of, and why: names of elements and, with "st" alone, classes.
PARTS = {
    "stMainBlockContainer": "the page beside the sidebar leaves too much room around it",
    "stMarkdownContainer": "each paragraph of the heading and of a slide pulls up what follows",
    "stCaptionContainer": "its grey is too light for all to read (4.04:1); on a slide it grows "
    "with the screen, and a phone has no room for it",
    "stMarkdownBadge": "the verdicts on a slide grow with the screen",
    "stVerticalBlock": "so do the distances between the parts of a slide",
    "stIconMaterial": "on a phone the way to today fits on its line without the icon alone",
    "stSidebar": "a slide has the screen to itself",
    "stExpandSidebarButton": "so it has nothing that brings the sidebar back",
    "stSidebarHeader": "the room above the panel is as high as a title",
    "stApp": "on paper it is light, which Streamlit's dark theme is not",
    "stHeader": "nor the bar with the screens",
    "stElementToolbar": "a printed page has no buttons of a table",
    "stExpander": "nor what is folded",
    "stElementToolbarButton": "Streamlit's own file of a table has no sentence above it and might "
    "hold formulas",
}

# Paper is light, whatever the screen is.
FRAME = f"""<style>{css()}
[data-testid=stMainBlockContainer]{{padding:4.4rem 1.4rem 2rem}}
h3,p{{overflow-wrap:anywhere}}
[data-testid=stCaptionContainer]{{
color:color-mix(in srgb,currentcolor 76%,transparent);opacity:1}}
.hg-bullet{{position:relative;height:14px;border:1px solid var(--hg-frame);border-radius:3px}}
.hg-bullet i{{position:absolute;top:0;bottom:0}}
.hg-yes{{left:0;background:{DONE}}}
.hg-open{{background:repeating-linear-gradient(135deg,var(--hg-hatch) 0 2px,
var(--hg-paper) 2px 6px)}}
.hg-bullet b{{position:absolute;top:-4px;bottom:-4px;width:3px;background:{INK}}}
@media print{{
body,.stApp{{background:{PAPER}!important;color:{INK}!important}}
:where(.stApp,.stApp *){{color-scheme:light!important}}
:where(.stApp :not([class*=hg-],.hg-bullet *,.hg-verdict *,.hg-keys *)){{
color:inherit!important;background-color:transparent!important}}
}}
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

# The map has the screen to itself, below the bar with the screens; what is said of it stands in
# the panel at its left, on a phone in a line above it. Lists follow below.
MAP_SCREEN = f"""<style>
div[data-testid=stMainBlockContainer]{{padding:3.75rem 0 0;max-width:none}}
:root{{--map-height:calc(100vh - 3.75rem - 3rem);--map-edge:0}}
.st-key-below{{padding:0 1.4rem 2rem}}
.st-key-phone_answer{{display:none}}
[data-testid=stMainBlockContainer]>[data-testid=stVerticalBlock]{{gap:0}}
.st-key-title h4{{font-size:1.05rem;padding:0;color:{ACCENT}}}
.st-key-title [data-testid=stMarkdownContainer],
.st-key-answer [data-testid=stMarkdownContainer],
.st-key-phone_answer [data-testid=stMarkdownContainer],
:is(.st-key-answer,.st-key-phone_answer) [data-testid=stCaptionContainer]{{margin-bottom:0}}
.st-key-heading p{{font-size:.85rem;line-height:1.4}}
.st-key-w_axis button{{padding:0 .2rem}}
.st-key-w_axis button p{{font-size:.82rem;white-space:nowrap}}
:is(.st-key-recent,.st-key-facts) p{{font-size:.85rem;line-height:1.4}}
.st-key-answer h3{{font-size:1.45rem;line-height:1.25;padding:.1rem 0 .5rem}}
[data-testid=stSidebar] [data-testid=stSidebarHeader]{{height:1.2rem;padding:0}}
@media (max-width:640px){{
:root{{--map-height:calc(100vh - 3.75rem - 5.4rem)}}
div[data-testid=stMainBlockContainer]{{padding:3.75rem 0 0}}
.st-key-phone_answer{{display:flex;flex:none;padding:0 .8rem .4rem}}
.st-key-phone_answer p{{line-height:1.3;margin:0}}
}}</style>"""

# The passport lies over the panel, on a phone over the lower half of the screen: the map, and the
# site in it, stay where they are. It scrolls by itself.
PASSPORT = f"""<style>.st-key-passport{{
position:fixed;left:0;top:3.75rem;bottom:0;width:{PANEL_PX}px;z-index:999991;overflow-y:auto;
padding:.6rem 1rem 1rem;background:var(--hg-paper);border-right:1px solid var(--hg-line);
box-shadow:4px 0 16px var(--hg-shadow)}}
@media (max-width:640px){{:root{{--map-height:calc(50vh - 3.75rem)}}
.st-key-passport{{top:auto;right:0;width:auto;height:50vh;padding:.3rem 1rem 1rem;
border-right:0;border-top:3px solid {ACCENT};
box-shadow:0 -4px 16px var(--hg-shadow)}}
.st-key-phone_answer{{display:none!important}}}}</style>"""

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

# The answer first: a sentence, then the targets as bars on one scale with the map beside them, on
# a narrow screen below. A target is chosen by a click anywhere on it.
BRIEFING = f"""<style>
div[data-testid=stMainBlockContainer]{{padding-top:3.9rem}}
.st-key-brief_head{{position:relative}}
.st-key-brief_head [data-testid=stMarkdownContainer]{{margin-bottom:0}}
.st-key-brief_head h4{{font-size:.95rem;padding:0 20rem 0 0;color:{ACCENT}}}
.st-key-brief_head h3{{font-size:1.9rem;line-height:1.2;padding:.5rem 0 .2rem}}
.st-key-brief_head p{{margin:0;line-height:1.4}}
.st-key-brief_head button{{min-height:0}}
.st-key-day_seen p{{font-size:.85rem}}
.st-key-brief_ways{{position:absolute;top:-.4rem;right:0;width:auto}}
.st-key-brief{{display:grid;grid-template-columns:minmax(0,58fr) minmax(0,42fr);gap:1.6rem}}
.st-key-brief_map{{--map-height:clamp(360px,calc(100vh - 300px),760px)}}
[class*=st-key-target_]{{position:relative;padding:.35rem .6rem .45rem;
border-left:4px solid transparent;border-bottom:1px solid var(--hg-thin)}}
[class*=st-key-target_]:has(.hg-on){{border-left-color:{ACCENT};
background:var(--hg-accent-paper)}}
[class*=st-key-target_]:has(button:hover){{background:var(--hg-panel)}}
[class*=st-key-w_target_]{{position:absolute!important;inset:0;z-index:1;width:auto!important;
height:auto!important}}
[class*=st-key-w_target_] :is(div,span,button){{width:100%;height:100%}}
[class*=st-key-w_target_] *{{color:transparent!important;overflow:hidden}}
.hg-line{{display:flex;justify-content:space-between;align-items:baseline;gap:1rem;font-weight:600;
line-height:1.3}}
.hg-count{{font-size:1.45rem;line-height:1.2;white-space:nowrap}}
.hg-count small{{font-size:1rem;font-weight:400}}
.hg-target .hg-bullet{{height:16px;margin:.4rem 0 .35rem}}
.hg-target p,.hg-keys{{margin:0;font-size:.9rem;line-height:1.4}}
.hg-facts~p{{color:var(--hg-quiet)}}
.hg-empty{{border-style:dashed}}
.hg-verdict{{display:inline-block;font-weight:600;padding:0 .5em 0 .35em;border-radius:1em;
border:1px solid currentColor;margin-right:.3em}}
.hg-verdict i{{font-style:normal;font-weight:700;display:inline-block;min-width:1em;
text-align:center}}
.hg-met{{color:var(--hg-met);background:var(--hg-met-paper)}}
.hg-not-met{{color:var(--hg-not-met);background:var(--hg-not-met-paper)}}
.hg-undetermined{{color:var(--hg-undetermined);background:var(--hg-undetermined-paper)}}
.hg-undefined,.hg-none{{color:var(--hg-quiet);background:var(--hg-panel)}}
.hg-scale{{display:flex;justify-content:space-between;margin:.1rem .6rem 0 calc(.6rem + 4px);
font-size:.8rem;color:var(--hg-quiet)}}
.hg-keys{{display:flex;gap:.4rem 1.2rem;flex-wrap:wrap;
padding-left:calc(.6rem + 4px);color:var(--hg-quiet)}}
.hg-keys span{{display:inline-flex;align-items:center;gap:.4em}}
.hg-keys i{{width:1.4em;height:.8em;border:1px solid var(--hg-frame)}}
.hg-keys .hg-goal{{width:3px;border:0;height:1.1em;background:{INK}}}
ol.hg-others,ol.hg-units,ol.hg-timeline,.hg-timeline ul{{list-style:none;margin:0;padding:0}}
ol.hg-others{{margin:.4rem 0 0 calc(.6rem + 4px)}}
.hg-others li{{font-size:.9rem;margin:0;color:var(--hg-soft)}}
.hg-units{{columns:2;column-gap:2.4rem}}
.hg-units li{{display:grid;grid-template-columns:minmax(0,11rem) minmax(0,1fr) 8.5rem;gap:.8rem;
align-items:center;margin:0;padding:.2rem 0;break-inside:avoid;font-size:.95rem}}
.hg-units .hg-text{{font-variant-numeric:tabular-nums}}
.hg-timeline li{{margin:0}}
.hg-timeline>li{{display:grid;grid-template-columns:9.5rem minmax(0,1fr);gap:1rem;padding:.35rem 0;
border-bottom:1px solid var(--hg-thin);break-inside:avoid}}
.hg-timeline time{{font-weight:600;font-variant-numeric:tabular-nums}}
.hg-timeline .hg-n{{color:var(--hg-quiet)}}
.hg-timeline details{{display:inline}}
.hg-timeline summary{{display:inline;cursor:pointer;color:{ACCENT};text-decoration:underline}}
.hg-names{{color:var(--hg-soft);overflow-wrap:anywhere}}
@media (max-width:1180px){{
.st-key-brief{{grid-template-columns:minmax(0,1fr)}}
.st-key-brief_map{{--map-height:clamp(360px,60vh,620px)}}
.hg-units{{columns:1}}}}
@media (max-width:640px){{
div[data-testid=stMainBlockContainer]{{padding:3.6rem .8rem 1rem}}
.st-key-brief_head h3{{font-size:1.35rem}}
.st-key-brief_head p{{font-size:.85rem}}
.st-key-brief_ways{{position:static;margin-top:.3rem}}
.st-key-brief_head button p{{white-space:nowrap}}
.st-key-brief_head h4{{padding:0;font-size:.8rem}}
.hg-count{{font-size:1.2rem}}
.hg-units li{{grid-template-columns:minmax(0,1fr) auto;gap:.1rem .8rem}}
.hg-units .hg-bullet{{grid-row:2;grid-column:1/3}}
.hg-timeline>li{{grid-template-columns:minmax(0,1fr);gap:0}}}}
@media print{{
@page{{margin:14mm}}
[data-testid=stSidebar],[data-testid=stExpandSidebarButton],header[data-testid=stHeader],
.st-key-brief_ways,.st-key-day_seen button,.st-key-brief_map p,.hg-timeline summary,
[data-testid=stElementToolbar],[data-testid=stExpander]{{display:none!important}}
div[data-testid=stMainBlockContainer]{{padding:0;max-width:none}}
.hg-bullet,.hg-bullet *,.hg-verdict,.hg-keys i,.st-key-brief_head span{{
-webkit-print-color-adjust:exact;print-color-adjust:exact}}
.st-key-brief{{display:block}}
.st-key-brief_map{{--map-height:560px;width:470px;break-inside:avoid;margin:4mm auto 0}}
.st-key-brief_more{{display:block}}
.st-key-brief_more>*{{margin-bottom:3mm}}
.st-key-brief_more>:has(h3){{break-after:avoid}}
[class*=st-key-target_]{{break-inside:avoid;padding-left:0;border-left:0;background:none!important}}
.hg-units{{columns:1}}
}}</style>"""

# Nothing but the slide. All sizes follow the screen (--u is 16 px at 1600 × 900), so that a slide
# fits without scrolling; only on a phone held upright a long one is scrolled. The way on stays.
SLIDES = """<style>
:root{--u:clamp(9px,min(1vw,1.78vh),28px);--bar:calc(3.8*var(--u));--side:calc(2.4*var(--u));
--room:calc(100vh - 11.4*var(--u));--map-height:var(--room)}
[data-testid=stSidebar],[data-testid=stExpandSidebarButton],
header[data-testid=stHeader]{display:none}
div[data-testid=stMainBlockContainer][data-testid]{
padding:calc(1.4*var(--u)) var(--side) var(--bar)}
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
.st-key-slide :is(.hg-target p,.hg-others li){font-size:calc(1.25*var(--u));line-height:1.3}
.st-key-slide .hg-line{font-size:calc(1.5*var(--u))}
.st-key-slide .hg-count{font-size:calc(2.1*var(--u))}
.st-key-slide .hg-count small{font-size:calc(1.5*var(--u))}
.st-key-slide .hg-bullet{height:calc(.9*var(--u));margin:calc(.25*var(--u)) 0}
.st-key-slide .hg-units li{font-size:calc(1.25*var(--u));padding:0;
grid-template-columns:minmax(0,30%) minmax(0,1fr) 30%}
.st-key-slide .hg-timeline :is(li,b){font-size:calc(1.3*var(--u));line-height:1.3}
.st-key-saying{min-height:var(--room);justify-content:center}
.st-key-saying h3{font-size:calc(3.6*var(--u))!important;line-height:1.4;margin:0 auto;
max-width:34em}
.st-key-moves{position:fixed;left:0;right:0;bottom:0;z-index:9;background:var(--hg-paper);
overflow:hidden;
height:var(--bar);padding:0 var(--side);border-top:1px solid var(--hg-line);align-content:center}
.st-key-moves p{font-size:max(12px,var(--u));margin:0}
.st-key-moves [data-testid=stMarkdownContainer]{margin-bottom:0}
.st-key-moves button{min-height:0;height:calc(2.6*var(--u))}
@media (max-width:640px){:root{--u:10px;--bar:56px;--side:12px;--room:calc(100vh - 192px)}
.st-key-moves button{height:36px}.st-key-moves [data-testid=stCaptionContainer]{display:none}
.st-key-saying h3{font-size:1.7rem!important}}
</style>"""


# The way to what stands beside the list is needed only where it stands below it: on a phone.
EVIDENCE = """<style>
[data-testid=stMainBlockContainer] h5{padding:0 0 .2rem}
[class*=st-key-record_] [data-testid=stMarkdownContainer]{margin-bottom:0}
[class*=st-key-record_] [data-testid=stMarkdownContainer] p{margin:0}
[class*=st-key-record_] [data-testid=stVerticalBlock]{gap:.35rem}
[class*=st-key-record_] a{padding-left:0;height:auto}
[class*=st-key-record_] a p{white-space:normal}
.st-key-record_known{gap:1rem}
.st-key-record_known h3{font-size:1.2rem;padding:.2rem 0}
.st-key-record_ways{display:none}
@media (max-width:640px){.st-key-record_ways{display:flex}
[data-testid=stMainBlockContainer][data-testid]{padding-top:3.9rem}
[data-testid=stMainBlockContainer] h5{font-size:.95rem}}
</style>"""
