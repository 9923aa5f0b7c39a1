// Leads through a talk: keys, a clicker, a finger, buttons; clock, notes and the black screen.
// Which slide is seen is said by attributes of the page, that its style sheet goes by: no rerun.
/** @type {Record<string, number>} */
const STEPS = {
  ArrowRight: 1, ArrowDown: 1, PageDown: 1, " ": 1, Enter: 1,
  ArrowLeft: -1, ArrowUp: -1, PageUp: -1, Backspace: -1, Home: -Infinity, End: Infinity,
};
const ARROWS = ["ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"];
const SWIPE = 60;  // pixels

// What the component's own page has.
/** @type {(within: Element, what: string) => HTMLElement} */
const element = (within, what) => /** @type {HTMLElement} */ (within.querySelector(what));

/** @param {HTMLElement} box @param {(at: number) => void} leave */
function lead(box, leave) {
  const page = document.documentElement;
  const nav = element(box, "nav");
  const dark = element(box, ".dark");
  /** @type {(name: string) => HTMLButtonElement} */
  const button = (name) => /** @type {HTMLButtonElement} */ (element(nav, `[data-do="${name}"]`));
  /** @type {Talk} */
  let data;
  /** @type {Touch | null} */
  let touch;

  const at = () => Number(page.dataset.slide);

  /** @param {number} to */
  function see(to) {
    const n = Math.min(Math.max(to, 1), data.total);
    page.dataset.slide = String(n);
    element(nav, "output").textContent = `${n}/${data.total}`;
    button("back").disabled = n === 1;
    button("on").disabled = n === data.total;
    return n;
  }

  // Only who leads writes the address: what is drawn once more after the end must not.
  /** @param {number} to */
  function go(to) {
    const n = see(to);
    const address = new URL(location.href);
    address.searchParams.set("slide", String(n));
    if (address.href !== location.href) history.replaceState(history.state, "", address);
  }

  /** @param {boolean} on */
  function black(on) {
    dark.hidden = !on;
    button("black").setAttribute("aria-pressed", String(on));
  }

  function notes() {
    const on = page.dataset.notes !== "yes";
    page.dataset.notes = on ? "yes" : "no";
    button("notes").setAttribute("aria-pressed", String(on));
  }

  function full() {
    if (document.fullscreenElement) document.exitFullscreen();
    else page.requestFullscreen?.().catch(() => {});  // a browser may refuse
  }

  /** @type {Record<string, () => unknown>} */
  const deeds = {
    back: () => go(at() - 1),
    on: () => go(at() + 1),
    notes,
    black: () => black(Boolean(dark.hidden)),
    full,
    end: () => leave(at()),
  };
  /** @type {Record<string, string>} */
  const letters = { n: "notes", b: "black", ".": "black", f: "full", Escape: "end" };

  // What a key means; nothing where one writes, or presses a button, or moves the map.
  /** @param {KeyboardEvent} event */
  function meaning(event) {
    const target = /** @type {Element} */ (event.composedPath()[0]);
    /** @type {(what: string) => boolean} */
    const inside = (what) => Boolean(target.closest?.(what));
    if (event.ctrlKey || event.altKey || event.metaKey) return null;
    if (inside("input, textarea, select, [contenteditable=true]")) return null;
    if ([" ", "Enter"].includes(event.key) && inside("button, a, summary")) return null;
    if (ARROWS.includes(event.key) && target.ownerDocument !== document) return null;
    if (event.key in STEPS) return () => go(at() + STEPS[event.key]);
    return deeds[letters[event.key.length === 1 ? event.key.toLowerCase() : event.key]] || null;
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    const deed = meaning(event);
    if (!deed) return;
    event.preventDefault();
    event.stopPropagation();
    if (dark.hidden) deed();
    else black(false);  // whatever was pressed: first there is light again
  }

  // A click into the map gives it the keys; those that it has no use for still lead the talk.
  function lost() {
    let focused = document.activeElement;
    while (focused?.shadowRoot) focused = focused.shadowRoot.activeElement;
    if (focused instanceof HTMLIFrameElement) focused.contentWindow?.addEventListener("keydown", key, true);
  }

  /** @param {TouchEvent} event */
  function down(event) {
    touch = event.touches.length === 1 ? event.touches[0] : null;
  }

  /** @param {TouchEvent} event */
  function up(event) {
    if (!touch) return;
    const { clientX, clientY } = event.changedTouches[0];
    const [x, y] = [clientX - touch.clientX, clientY - touch.clientY];
    if (Math.abs(x) > SWIPE && Math.abs(x) > 2 * Math.abs(y)) go(at() - Math.sign(x));
  }

  function tick() {
    const now = new Date();
    /** @type {(n: number) => string} */
    const two = (n) => String(n).padStart(2, "0");
    element(nav, "time").textContent = `${two(now.getHours())}:${two(now.getMinutes())}`;
  }

  nav.onclick = ({ target }) => target instanceof HTMLElement && deeds[target.dataset.do ?? ""]?.();
  dark.onclick = () => black(false);
  window.addEventListener("keydown", key, true);
  window.addEventListener("blur", lost);
  document.addEventListener("touchstart", down, { passive: true });
  document.addEventListener("touchend", up);
  const clock = setInterval(tick, 5000);
  tick();

  return {
    /** @param {Talk} given */
    show(given) {
      data = given;
      for (const name of Object.keys(deeds)) button(name).replaceChildren(data.names[name]);
      element(nav, ".facts").textContent = data.facts;
      const kept = Number(new URL(location.href).searchParams.get("slide"));
      see(at() || kept || data.at);
    },
    stop() {
      window.removeEventListener("keydown", key, true);
      window.removeEventListener("blur", lost);
      document.removeEventListener("touchstart", down);
      document.removeEventListener("touchend", up);
      clearInterval(clock);
      delete page.dataset.slide;
      delete page.dataset.notes;
    },
  };
}

/** @param {Component<Talk>} component */
export default function ({ data, parentElement, setTriggerValue }) {
  // Before it is drawn anew, as after a click on the map, it is stopped.
  const talk = lead(parentElement, (at) => setTriggerValue("leave", at));
  talk.show(data);
  return talk.stop;
}
