"""The looks that Streamlit does not offer: style sheets that go by what it calls its own parts.

It promises none of these names, so all of them stand here, each with why it is needed;
``tests/pages/test_streamlit.py`` says which of them a new version no longer has.
"""

from geodata.reading.tokens import PANEL_PX, PAPER, css

ACCENT, INK, DONE = (f"var(--hg-{name})" for name in ("accent", "ink", "done"))

# What the sheets below take hold of, and why: names of elements and, with "st" alone, classes.
PARTS = {
    "stMainBlockContainer": "the page beside the sidebar leaves too much room around it",
    "stMarkdownContainer": "each paragraph of the heading pulls up what follows",
    "stCaptionContainer": "its grey is too light for all to read (4.04:1)",
    "stVerticalBlock": "the map has no distance to what stands above and below it",
    "stIconMaterial": "on a phone the way to today fits on its line without the icon alone",
    "stSidebarContent": "on a phone the panel of the map is a sheet at the foot of the screen",
    "stSidebarUserContent": "with less room around what stands in it",
    "stElementContainer": "and the bar it is pulled by stays at its top",
    "stSidebar": "a slide has the screen to itself",
    "stExpandSidebarButton": "so it has nothing that brings the sidebar back",
    "stSidebarHeader": "the room above the panel is as high as a title",
    "stApp": "on paper it is light, which Streamlit's dark theme is not",
    "stHeader": "nor the bar with the screens, below which elsewhere nothing is seen that scrolls",
    "stElementToolbar": "a printed page has no buttons of a table",
    "stExpander": "nor what is folded",
    "stLayoutWrapper": "that bar takes no room from the screen below it",
    "stElementToolbarButton": "Streamlit's own file of a table has no sentence above it and might "
    "hold formulas",
}

# Above every screen the way to the others, in the place of Streamlit's own bar, beside its button
# for the panel; on a phone at the foot of the screen, within reach of a thumb.
BAR = """<style>
header[data-testid=stHeader]{background:var(--hg-paper)}
[data-testid=stLayoutWrapper]:has(>.st-key-bar){position:absolute;top:0;left:.8rem;
right:calc(var(--find,0rem) + 1.4rem);width:auto;height:3.75rem;z-index:999991}
@media (min-width:641px){body:has([data-testid=stSidebar][data-collapsed=true])
[data-testid=stLayoutWrapper]:has(>.st-key-bar){left:3.6rem}}
.st-key-bar{height:100%;flex-wrap:nowrap}
.st-key-bar a>span:has([data-testid=stIconMaterial]){display:none}
.st-key-bar button{min-height:0;border:0;background:none}
@media (max-width:640px){
[data-testid=stLayoutWrapper]:has(>.st-key-bar.st-key-bar){position:fixed;top:auto;bottom:0;left:0;
right:0;height:3.5rem;background:var(--hg-paper);border-top:1px solid var(--hg-line);
overflow-x:auto}
.st-key-bar{gap:0}
.st-key-bar>*{flex:1 0 3.5rem;min-width:0}
.st-key-bar a{flex-direction:column;gap:0;padding:.2rem 0}
.st-key-bar p{font-size:.66rem;line-height:1.1;white-space:normal;text-align:center}
.st-key-bar a>span:has([data-testid=stIconMaterial]){display:flex;flex:none;height:1.4rem;
font-size:1.25rem;line-height:1}
div[data-testid=stMainBlockContainer][data-testid]{padding-bottom:4.4rem}
}
@media print{.st-key-bar{display:none}}
</style>"""

# Paper is light, whatever the screen is.
FRAME = f"""<style>{css()}
[data-testid=stMainBlockContainer]{{padding:4.4rem 1.4rem 2rem}}
h3,p{{overflow-wrap:anywhere}}
[data-testid=stCaptionContainer]{{
color:color-mix(in srgb,currentcolor 76%,transparent);opacity:1}}
.stApp :is(a,button,summary):focus-visible{{outline:2px solid {ACCENT};outline-offset:1px}}
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

# The box that finds stands in the bar with the screens, at the same place on each; the bar leaves
# room for it: as much as its icon needs, where there is no more. While one types, its list lies
# over all else, a passport too.
FIND = """<style>
:root{--find:clamp(15rem,24vw,21rem)}
.st-key-find{position:fixed;top:.62rem;right:1rem;width:var(--find);z-index:999992}
.st-key-find:focus-within{z-index:999993}
@media (min-width:769px) and (max-width:1240px){:root{--find:2.6rem}
.st-key-find:focus-within{width:20rem}}
@media (max-width:768px){.st-key-find{left:3.4rem;right:.7rem;width:auto}
:root[data-sheet] .st-key-find{left:.7rem}}
@media print{.st-key-find{display:none}}
</style>"""

# On a phone the heading leaves the screen to what stands below it.
HEADING = """<style>@media (max-width:640px){
[data-testid=stMainBlockContainer]{padding:3.5rem .8rem 1rem}
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
.st-key-unit :is([data-testid=stMarkdownContainer],[data-testid=stCaptionContainer]){{margin:0}}
.st-key-unit p{{margin:0;line-height:1.4}}
.st-key-unit h3{{font-size:1.35rem;line-height:1.25;padding:0}}
.st-key-unit h4{{font-size:1.15rem;line-height:1.3;padding:0}}
.st-key-unit h5{{font-size:1rem;line-height:1.3;padding:0}}
.st-key-unit button{{min-height:0;text-align:left;justify-content:flex-start}}
.st-key-unit_neighbours button{{padding:.1rem .5rem}}
.st-key-unit_neighbours button p{{font-size:.85rem}}
.st-key-unit ul{{list-style:none;margin:0;padding:0}}
.hg-kinds li{{display:grid;grid-template-columns:1fr auto;margin:0 0 .4rem;font-size:.9rem}}
.hg-kinds :is(div,small){{grid-column:1/3}}
.hg-kinds div{{display:flex;height:10px;border:1px solid var(--hg-frame);border-radius:2px}}
.hg-kinds .hg-unknown{{background-image:
repeating-linear-gradient(135deg,var(--hg-hatch) 0 2px,transparent 2px 6px)}}
.hg-kinds small{{color:var(--hg-quiet);line-height:1.35}}
@media (max-width:640px){{
:root{{--map-height:calc(100vh - 3.75rem - 5.4rem)}}
div[data-testid=stMainBlockContainer]{{padding:3.75rem 0 0}}
.st-key-phone_answer{{display:flex;flex:none;padding:0 .8rem .4rem}}
.st-key-phone_answer p{{line-height:1.3;margin:0}}
}}</style>"""

# On a phone the map has the screen, and panel and passport are sheets at its foot (``map.sheet``),
# above the bar with the screens. All of it hangs on the script's mark at the root of the page.
SHEET = """<style>
.hg-handle,.st-key-to_list{display:none}
@media (max-width:640px){
:root[data-sheet]{--foot:3.5rem;--peek:9rem;--half:46dvh;--full:calc(100dvh - var(--foot) - 3rem);
--stop:var(--peek);--own:var(--half);--top:3.4rem;
--map-height:calc(100dvh - var(--foot) - var(--peek) - var(--top))}
:root[data-sheet]:has(.st-key-unit){--peek:15rem}
:root[data-sheet=half]{--stop:var(--half)}
:root[data-sheet=full]{--stop:var(--full)}
:root[data-passport=peek]{--own:var(--peek)}
:root[data-passport=full]{--own:var(--full)}
:root[data-sheet]:has(.st-key-passport){
--map-height:calc(100dvh - var(--foot) - var(--half) - var(--top))}
:root[data-sheet] header[data-testid=stHeader],
:root[data-sheet] .st-key-phone_answer,
:root[data-sheet] [data-testid=stLayoutWrapper]:has(>.st-key-title),
:root[data-sheet=peek] .st-key-answer>:first-child:has([data-testid=stCaptionContainer]),
:root[data-sheet] [data-testid=stSidebarHeader]{display:none}
:root[data-sheet] div[data-testid=stMainBlockContainer][data-testid]{padding-top:var(--top);
padding-bottom:calc(var(--foot) + var(--peek) + 1rem)}
:root[data-sheet] section[data-testid=stSidebar][data-testid]{position:fixed!important;left:0;
right:0;top:auto;bottom:var(--foot);width:100%!important;min-width:0!important;
max-width:none!important;transform:none!important;height:var(--stop)!important;z-index:999980}
:root[data-sheet] section[data-testid=stSidebar][data-testid],
:root[data-sheet] .st-key-passport.st-key-passport{
background:var(--hg-paper);border-top:1px solid var(--hg-line);border-radius:14px 14px 0 0;
box-shadow:0 -4px 16px var(--hg-shadow);transition:height .2s}
:root[data-sheet] .st-key-passport.st-key-passport{bottom:var(--foot);height:var(--own);
padding-top:0}
:root[data-sheet] .hg-pulled.hg-pulled.hg-pulled.hg-pulled{transition:none!important;
height:min(var(--pulled),var(--full))!important}
:root[data-sheet] [data-testid=stSidebarContent]{height:100%;width:100%;padding:0!important}
:root[data-sheet] [data-testid=stSidebarUserContent]{padding:0 1rem 1rem}
[data-testid=stElementContainer]:has(.hg-handle){position:sticky;top:0;z-index:3;
background:var(--hg-paper);flex:none}
:root[data-sheet] .hg-handle{display:block;width:100%;height:1.6rem;padding:0;border:0;
background:none;touch-action:none;cursor:grab}
.hg-handle::before{content:"";display:block;width:2.6rem;height:.3rem;margin:auto;
border-radius:1rem;background:var(--hg-frame)}
.st-key-to_list{display:flex}
:root[data-sheet] [data-testid=stSidebarUserContent] [data-testid=stVerticalBlock]{gap:.6rem}
:root[data-sheet] .st-key-answer h3{font-size:1.2rem;padding:0 0 .3rem}
}
@media (max-width:640px) and (prefers-reduced-motion:reduce){
:root[data-sheet] section[data-testid=stSidebar][data-testid],
:root[data-sheet] .st-key-passport.st-key-passport{transition:none}}
</style>"""

# The passport lies over the panel, on a phone over the lower half of the screen: the map, and the
# site in it, stay where they are. It scrolls by itself.
PASSPORT = f"""<style>.hg-handle{{display:none}}
.st-key-passport{{
position:fixed;left:0;top:2.5rem;bottom:0;width:{PANEL_PX}px;z-index:999991;overflow-y:auto;
padding:.6rem 1rem 1rem;background:var(--hg-paper);border-right:1px solid var(--hg-line);
box-shadow:4px 0 16px var(--hg-shadow)}}
@media (max-width:640px){{:root{{--map-height:calc(50vh - 3.75rem)}}
.st-key-passport{{top:auto;bottom:3.5rem;right:0;width:auto;height:46vh;padding:.3rem 1rem 1rem;
border-right:0;border-top:3px solid {ACCENT};
box-shadow:0 -4px 16px var(--hg-shadow)}}
.st-key-phone_answer{{display:none!important}}}}</style>"""

# What is at work turns.
VISITS = """<style>
.st-key-visits_work [data-testid=stIconMaterial]{display:inline-block;
animation:hg-work 1.2s linear infinite}
@keyframes hg-work{to{transform:rotate(1turn)}}
@media (prefers-reduced-motion:reduce){
.st-key-visits_work [data-testid=stIconMaterial]{animation:none}}
</style>"""
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

# Nothing but the slide. All sizes follow the screen (--u is a hundredth of its width at 16:9), so
# that a slide fits without scrolling and no letter of 1920 × 1080 is below 20 px; on a phone held
# upright a slide is scrolled. All slides lie upon each other; which is seen says `talk.js`.
SLIDES = f"""<style>
:root{{--u:min(1vw,1.778vh);--bar:calc(3*var(--u));--side:calc(2.2*var(--u));
--map-height:calc(100vh - var(--bar));--map-edge:0}}
[data-testid=stSidebar],[data-testid=stExpandSidebarButton],
header[data-testid=stHeader],.st-key-bar{{display:none}}
.st-key-talk{{position:fixed!important;inset:0;z-index:99;background:var(--hg-paper)}}
[class*=st-key-slide_]{{position:absolute!important;inset:0 0 var(--bar);overflow:auto;
visibility:hidden}}
.hg-slide{{box-sizing:border-box;min-height:calc(100vh - var(--bar));display:grid;
grid-template:auto auto minmax(0,1fr) auto/24% minmax(0,1fr);
padding:calc(1.6*var(--u)) var(--side);column-gap:calc(2*var(--u));
font-size:calc(1.55*var(--u));line-height:1.35}}
.hg-about,.hg-slide h2,.hg-sentences{{grid-column:1/3}}
.hg-slide :is(p,ul,ol,h2){{margin:0;padding:0;list-style:none}}
.hg-slide :is(p,ul,ol,li,td,th){{font-size:inherit;line-height:inherit}}
.hg-about{{color:var(--hg-quiet);display:flex;flex-wrap:wrap;gap:0 calc(1.2*var(--u))}}
.hg-about mark{{background:var(--hg-alert);color:var(--hg-on-alert);font-weight:600;
padding:0 .6em;border-radius:.2em}}
.hg-slide h2{{font-size:calc(2.4*var(--u))!important;line-height:1.2;font-weight:700;
color:{ACCENT};padding:calc(.3*var(--u)) 0 calc(1.1*var(--u));overflow-wrap:anywhere}}
.hg-number{{display:flex;flex-direction:column;align-items:flex-start}}
.hg-number>b{{font-size:calc(5*var(--u));line-height:1.05;color:{ACCENT};
font-variant-numeric:tabular-nums}}
.hg-number>span:not(.hg-verdict){{font-weight:600;color:{ACCENT}}}
.hg-number .hg-verdict{{margin:calc(.7*var(--u)) 0}}
.hg-picture{{min-width:0;display:grid;align-content:space-evenly;gap:calc(.6*var(--u))}}
.hg-sentences{{padding-top:calc(1.2*var(--u));display:grid;gap:.3em;font-size:calc(1.75*var(--u))}}
.hg-slide .hg-bullet{{height:calc(1.3*var(--u))}}
:is(.hg-answers,.hg-shares,.hg-quiet){{display:grid;gap:calc(.45*var(--u))}}
.hg-quiet{{gap:calc(.3*var(--u))}}
:is(.hg-answers,.hg-shares) li{{display:grid;grid-template-columns:minmax(0,1fr) auto;
gap:calc(.4*var(--u)) calc(1.2*var(--u));align-items:center;margin:0}}
.hg-answers li{{grid-template-columns:minmax(0,1fr) 13em}}
.hg-answers .hg-verdict{{justify-self:start}}
:is(.hg-answers,.hg-shares) b{{font-variant-numeric:tabular-nums}}
.hg-shares .hg-bullet,.hg-steps p{{grid-column:1/3}}
.hg-slide .hg-shares{{font-size:calc(1.8*var(--u));gap:calc(1.3*var(--u))}}
.hg-slide .hg-answers{{font-size:calc(1.7*var(--u))}}
.hg-slide .hg-steps p{{font-size:calc(1.55*var(--u))}}
.hg-steps span{{font-weight:600}}
.hg-slide .hg-keys{{font-size:calc(1.2*var(--u));padding:0}}
.hg-quiet{{color:var(--hg-quiet)}}
.hg-tiles{{display:grid;grid-template-columns:repeat(4,minmax(0,1fr));gap:calc(1*var(--u))}}
.hg-tiles li{{border:1px solid var(--hg-frame);border-left-width:calc(.9*var(--u));display:flex;
flex-direction:column;justify-content:center;min-height:calc(11*var(--u));
font-size:calc(1.6*var(--u))!important;
padding:calc(.5*var(--u)) calc(.9*var(--u))!important}}
.hg-cells{{width:100%;border-collapse:collapse;font-size:calc(1.65*var(--u))}}
.hg-cells :is(th,td){{text-align:left;vertical-align:top;border:0;
border-bottom:1px solid var(--hg-line);padding:calc(.8*var(--u)) calc(.8*var(--u));color:inherit}}
.hg-cells th{{background:{ACCENT};color:var(--hg-on-accent);font-weight:600}}
.hg-cells td:not(:first-child){{font-variant-numeric:tabular-nums}}
.hg-over{{position:fixed;left:calc(1.2*var(--u));top:calc(1.2*var(--u));width:30%;min-height:0;
max-height:calc(100vh - var(--bar) - 2.4*var(--u));overflow:auto;display:block;
padding:calc(1.2*var(--u)) calc(1.5*var(--u));background:var(--hg-paper);
border-radius:calc(.4*var(--u));box-shadow:0 2px 12px var(--hg-shadow)}}
.hg-over h2{{font-size:calc(2*var(--u))!important}}
.hg-notes{{display:none;font-size:calc(1.25*var(--u));line-height:1.4}}
:root[data-notes=yes] .hg-notes{{display:block;position:fixed;left:0;right:0;bottom:var(--bar);
max-height:45vh;overflow:auto;box-sizing:border-box;padding:calc(1.1*var(--u)) var(--side);
background:var(--hg-ink);color:var(--hg-paper)}}
.hg-notes :is(ul,li){{margin:0;padding:0;list-style:none;font-size:inherit;line-height:inherit}}
@media (max-width:640px){{:root{{--u:10.5px;--bar:56px;--side:12px;--map-height:62vh}}
[class*=st-key-slide_]{{padding-bottom:12px}}
.hg-slide{{display:block;min-height:0;padding:12px var(--side)}}
.hg-slide h2{{padding-bottom:8px}}
.hg-number{{padding-bottom:12px}}
.hg-answers li{{grid-template-columns:minmax(0,1fr) auto}}
.hg-answers .hg-bullet{{grid-column:1/3}}.hg-answers .hg-verdict{{grid-column:1/3}}
.hg-tiles{{grid-template-columns:1fr 1fr}}
.hg-cells{{font-size:13px}}.hg-cells :is(th,td){{padding:4px 5px}}
.hg-over{{position:static;width:auto;box-shadow:none}}
[class*=st-key-slide_]:has(.hg-over){{flex-direction:column-reverse;justify-content:flex-end}}
.hg-notes{{font-size:14px}}}}
</style>"""


def seen_slide(at: int, total: int) -> str:
    """Return what shows the slide that the page's script names, and one before it has run."""
    first = f":root:not([data-slide]) .st-key-slide_{at}"
    seen = (f":root[data-slide='{n}'] .st-key-slide_{n}" for n in range(1, total + 1))
    return f"<style>{','.join((first, *seen))}{{visibility:visible}}</style>"


# The answer stands in the panel, on a phone above the list, with the way to what stands below it.
EVIDENCE = f"""<style>
div[data-testid=stMainBlockContainer]{{padding-top:4.6rem}}
[data-testid=stMainBlockContainer]>[data-testid=stVerticalBlock]{{gap:0}}
[data-testid=stSidebar] [data-testid=stSidebarHeader]{{height:1.2rem;padding:0}}
.st-key-title h4{{font-size:1.05rem;padding:0;color:{ACCENT}}}
.st-key-answer h3{{font-size:1.45rem;line-height:1.25;padding:.1rem 0 .5rem}}
:is(.st-key-title,.st-key-answer,.st-key-phone_answer) [data-testid=stMarkdownContainer]{{
margin-bottom:0}}
:is(.st-key-heading,.st-key-facts) p{{font-size:.85rem;line-height:1.4}}
[class*=st-key-record_] [data-testid=stMarkdownContainer]{{margin-bottom:0}}
[class*=st-key-record_] [data-testid=stMarkdownContainer] p{{margin:0}}
[class*=st-key-record_] [data-testid=stVerticalBlock]{{gap:.35rem}}
[class*=st-key-record_] a{{padding-left:0;height:auto}}
[class*=st-key-record_] a p{{white-space:normal}}
.st-key-record_known{{gap:1rem}}
.st-key-record_known h3{{font-size:1.2rem;padding:.2rem 0}}
.st-key-record_ways,.st-key-phone_answer{{display:none}}
@media (max-width:768px){{
div[data-testid=stMainBlockContainer]{{padding-top:4.1rem}}
.st-key-record_ways,.st-key-phone_answer{{display:flex}}
.st-key-record_ways{{margin-bottom:.8rem}}
.st-key-record_files{{gap:.4rem}}
.st-key-phone_answer{{flex:none;padding-bottom:.4rem}}
.st-key-phone_answer p{{line-height:1.3;margin:0}}}}
</style>"""

# In the panel beside a map: what the answer says in full, short lists, choices that stand close.
PANEL = """<style>
.st-key-title p{font-size:.85rem;line-height:1.35}
.st-key-answer p{font-size:.9rem;line-height:1.4;margin:0}
.st-key-answer .hg-bullet{margin-bottom:.5rem}
.st-key-w_gap_vintage button{padding:0 .2rem}
.st-key-w_gap_vintage button p{font-size:.82rem;white-space:nowrap}
.st-key-short_list button{min-height:0;padding:.2rem 0;text-align:left;justify-content:flex-start}
.st-key-short_list button p{font-size:.9rem}
.st-key-short_choices{flex-wrap:nowrap}
.st-key-short_choices>*{flex:1 1 0;min-width:0}
.st-key-v_sources button{padding:.1rem .55rem;min-height:0}
.st-key-v_sources button p{font-size:.82rem}
.st-key-short_notes p{font-size:.82rem;line-height:1.4}
[class*=st-key-pick_] [data-testid=stCaptionContainer]{margin:0}
[class*=st-key-pick_] button{min-height:0;padding:.2rem 0}
[data-testid=stElementToolbarButton]:has([aria-label^="Download as CSV"]){display:none}
</style>"""
