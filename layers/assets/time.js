// Time: a slider over the quarters of the programme, put away behind one button. Looking at a
// quarter asks nothing of the app; letting go tells it the day. With “compare” a second thumb
// chooses an earlier day to be seen beside it (swipe.js). Not here: what a day looks like (page.js).
"use strict";

// The groups of the legend's first block with their counts – or what else it counts by day.
hg.tally = function (look, texts, counted) {
  const legend = hg.worded(look, texts, counted), block = legend.groups[0];
  const rows = block
    ? block.parts.map((part) => {
      const { axis, status } = block.rows.filter((row) => part.keys.includes(row.key))[0];
      return { label: part.label, count: part.count, status, symbol: { ...look.symbols[axis][status], mark: "none" } };
    }).filter((row) => row.status !== "not-applicable")
    : legend.signs.map((sign) => ({ ...sign, symbol: look.entries.industrial_park[sign.entry] }));
  const list = hg.text("ul", "", "hg-tally");
  for (const { label, count, symbol } of rows) {
    const item = list.appendChild(hg.text("li", ""));
    item.title = label;
    item.appendChild(hg.icon(look, "supermarket", symbol));
    item.appendChild(hg.text("span", label));
    item.appendChild(hg.text("b", String(count)));
  }
  return list;
};

hg.days = (text) => Date.parse(text) / 864e5;

// One thumb on the axis, as a range in days that only stands on the stops; “moved” is called while
// it is dragged or stepped, “left” once it is let go.
hg.thumb = function (label, moved, left) {
  const input = document.createElement("input");
  input.type = "range";
  input.setAttribute("aria-label", label);
  /** @type {Record<string, number>} */
  const steps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -4, PageUp: 4, Home: -1e3, End: 1e3 };
  /** @type {ReturnType<typeof setTimeout> | null} */
  let pending = null;
  /** @type {(wait: number) => void} */
  const settle = (wait) => {
    clearTimeout(pending ?? undefined);
    pending = setTimeout(() => { pending = null; left(); }, wait);
  };
  input.addEventListener("input", () => moved({ near: Number(input.value) }));
  for (const end of ["change", "pointerup"]) input.addEventListener(end, () => settle(30));
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && pending) settle(0);
    if (!(event.key in steps)) return;
    event.preventDefault();
    clearTimeout(pending ?? undefined);
    pending = setTimeout(() => {}, 0);  // held down: not let go yet
    moved({ steps: steps[event.key] });
  });
  input.addEventListener("keyup", (event) => event.key in steps && settle(900));
  input.addEventListener("blur", () => pending && settle(0));
  return Object.assign(input, { busy: () => pending !== null });
};

hg.time = function (map, look, all, days, get, repaint, tell) {
  const texts = all.time;
  // The last message; nothing is asked before there is one.
  const said = /** @type {State & { time: TimeState }} */ ({});
  // What is looked at, where it is not as told.
  /** @type {{ right: string | null, left: string | null | undefined }} */
  const looked = { right: null, left: undefined };
  /** @type {Axis} */
  let axis;  // once it is loaded
  /** @type {ReturnType<typeof setInterval> | null} */
  let playing = null;
  let loaded = "", opened = false;

  // --- what stands where ---------------------------------------------------------------------

  /** @type {Record<string, string>} */
  const icons = { play: "M4 2.5v11l9-5.5z", pause: "M4 3h3v10H4zM9 3h3v10H9z", back: "M10 3L5 8l5 5", on: "M6 3l5 5-5 5",
    close: "M3.5 3.5l9 9M12.5 3.5l-9 9", clock: "M8 1.8a6.2 6.2 0 1 0 .01 0zM8 4.6V8l2.4 1.6" };
  /** @type {(button: Element, name: string) => void} */
  const draw = (button, name) => {
    const filled = name === "play" || name === "pause";
    button.innerHTML = `<svg viewBox="0 0 16 16" aria-hidden="true" fill="${filled ? "currentColor" : "none"}"
      stroke="${filled ? "none" : "currentColor"}" stroke-width="1.7"><path d="${icons[name]}"/></svg>`;
  };
  /** @param {string} icon @param {string} label @param {() => void} pressed @param {string} [text] */
  function button(icon, label, pressed, text) {
    const made = hg.text("button", "");
    made.type = "button";
    if (icon) draw(made, icon);
    if (text) made.appendChild(hg.text("span", text));
    else made.setAttribute("aria-label", label);
    made.title = label;
    made.addEventListener("click", pressed);
    return made;
  }

  const opener = button("clock", texts.time, () => open(true), texts.time);
  opener.id = "hg-time-open";
  opener.setAttribute("aria-expanded", "false");
  L.DomEvent.disableClickPropagation(opener);
  const control = new L.Control({ position: "bottomleft" });
  control.onAdd = () => opener;

  const box = document.body.appendChild(hg.text("section", ""));
  box.id = "hg-time";
  box.hidden = true;
  box.setAttribute("aria-label", texts.time);
  const head = box.appendChild(hg.text("div", "", "hg-time-head"));
  const player = button("play", texts.play, () => (playing ? pause() : play()));
  const back = button("back", texts.back, () => step(-1)), on = button("on", texts.on, () => step(1));
  const now = hg.text("p", "", "hg-time-day"), counts = hg.text("div", "", "hg-time-counts");
  const beside = button("", texts.compare, () => compare(!at().before), texts.compare);
  const closer = button("close", texts.close, () => open(false));
  head.append(player, back, on, now, counts, beside, closer);
  const track = box.appendChild(hg.text("div", "", "hg-time-track"));
  const ground = track.appendChild(hg.text("div", "", "hg-time-axis"));
  const right = hg.thumb(texts.day, (to) => move("right", to), () => letGo("right"));
  const left = hg.thumb(texts.other, (to) => move("left", to), () => letGo("left"));
  left.className = "hg-earlier";
  track.append(left, right);
  now.setAttribute("role", "status");

  // --- days ------------------------------------------------------------------------------------

  // The days that the thumbs can stand on: the quarters', and those that the address asked for.
  /** @returns {Stop[]} */
  function stops() {
    const asked = said.time ? [told(), said.time.compare].filter((one) => !!one) : [];
    const every = axis ? axis.stops : [];
    return [...every, ...asked.filter((one) => !every.some((stop) => stop.as_of === one.as_of))]
      .sort((a, b) => (a.as_of < b.as_of ? -1 : 1));
  }

  /** @type {() => Stop} */
  const told = () => ({ as_of: said.time.as_of, text: said.time.text, day: said.day, vintage: said.vintage,
    unit: said.unit, legend: said.legend });
  /** @type {(day: string) => Stop | undefined} */
  const stop = (day) => stops().find((one) => one.as_of === day);

  // What is on the map: the day looked at, and “before”, the one beside it.
  /** @returns {Stop & { before: Stop | null }} */
  function at() {
    const on = stop(looked.right || said.time.as_of) ?? told();
    const now = looked.right ? on : { words: on.words, ...told() };
    const before = looked.left === undefined ? said.time.compare : looked.left && stop(looked.left);
    return { ...now, before: before && before.as_of < now.as_of ? before : null };
  }

  /** @param {Stop[]} list @param {number} day */
  function nearest(list, day) {
    return list.reduce((a, b) => (Math.abs(hg.days(b.as_of) - day) < Math.abs(hg.days(a.as_of) - day) ? b : a));
  }

  /** @param {"left" | "right"} which @param {Moved} to */
  function move(which, { near, steps = 0 }) {
    pause();
    const { as_of, before } = at(), from = which === "left" && before ? before.as_of : as_of;
    let list = stops();
    if (which === "left") list = list.filter((one) => one.as_of < as_of);
    else if (before) list = list.filter((one) => one.as_of > before.as_of);
    const here = list.findIndex((one) => one.as_of === from);
    const next = near === undefined ? list[Math.max(0, Math.min(list.length - 1, here + steps))] : nearest(list, near);
    looked[which] = next.as_of;
    repaint();
  }

  /** @param {number} steps */
  function step(steps) {
    move("right", { steps: steps });
    letGo("right");
  }

  /** @param {"left" | "right"} which */
  function letGo(which) {
    const { as_of, before } = at();
    if (which === "left") tell({ compare: before ? before.as_of : "" });
    else if (as_of !== said.time.as_of) tell({ day: as_of });
  }

  // A year before, or as long before as there is.
  /** @param {boolean} wanted */
  function compare(wanted) {
    const { as_of } = at(), list = stops().filter((one) => one.as_of < as_of);
    looked.left = wanted && list.length ? nearest(list, hg.days(as_of) - 365).as_of : null;
    repaint();
    letGo("left");
    (wanted ? left : beside).focus();
  }

  // --- playing -----------------------------------------------------------------------------------

  const still = window.matchMedia("(prefers-reduced-motion: reduce)");

  function play() {
    const list = stops(), { as_of, before } = at();
    const from = before ? list.findIndex((one) => one.as_of > before.as_of) : 0;
    if (as_of === list[list.length - 1].as_of) looked.right = list[from].as_of;
    playing = setInterval(() => {
      const here = list.findIndex((one) => one.as_of === at().as_of);
      if (here + 1 < list.length) looked.right = list[here + 1].as_of;
      else pause();
      repaint();
    }, 1100);
    repaint();
  }

  function pause() {
    if (!playing) return;
    clearInterval(playing);
    playing = null;
    letGo("right");
    refresh();
  }
  document.addEventListener("visibilitychange", () => document.hidden && pause());

  // --- open, closed, drawn -------------------------------------------------------------------------

  /** @param {boolean} wanted */
  function open(wanted) {
    pause();
    opened = wanted;
    if (!wanted) Object.assign(looked, { left: null });
    show();
    repaint();
    (wanted ? (axis ? right : closer) : opener).focus();
    tell({ time: wanted });
  }

  // The map is as much lower as the slider is high, so that nothing lies beneath it; it sees that itself.
  function show() {
    document.body.dataset.time = opened ? "open" : "";
    opener.setAttribute("aria-expanded", String(opened));
    opener.hidden = opened;
    box.hidden = !opened;
  }

  /** @param {[string, string]} files */
  function load(files) {
    loaded = String(files);
    Promise.all(files.map(get)).then(([letters, scenes]) => {
      if (loaded !== String(files)) return;
      for (const [name, day] of Object.entries(letters)) days[name] ??= Promise.resolve(day);
      const first = !axis && document.activeElement === closer;
      axis = scenes;
      drawAxis();
      repaint();
      if (first) right.focus();
    }).catch(() => {
      loaded = "";
      now.textContent = texts.failed;
    });
  }

  /** @type {(day: string) => number} */
  const part = (day) => (hg.days(day) - hg.days(axis.first)) / (hg.days(axis.last) - hg.days(axis.first)) * 100;

  /** @param {string} className @param {string} from @param {string | null} to @param {string} title @param {string} [text] */
  function place(className, from, to, title, text) {
    const made = ground.appendChild(hg.text("span", text || "", className));
    made.style.left = part(from) + "%";
    if (to) made.style.width = part(to) - part(from) + "%";
    made.title = title;
    return made;
  }

  function drawAxis() {
    ground.replaceChildren();
    place("hg-time-none", axis.first, axis.windows[0][0], texts.before);
    for (const [first, last, decision] of axis.windows) place("hg-time-window", first, last, decision, decision);
    for (const [day, kind, title] of axis.marks) place("hg-time-" + kind, day, null, title);
    const most = Math.max(...axis.quarters.map(([, , events]) => events), 1);
    for (const [first, last, events, words] of axis.quarters) {
      place("hg-time-tick", first, null, "");
      if (first.endsWith("-01-01")) place("hg-time-year", first, null, "", first.slice(0, 4));
      if (!events) continue;
      const dot = place("hg-time-dot", first, last, words).appendChild(hg.text("i", ""));
      dot.style.width = dot.style.height = 4 + 11 * Math.sqrt(events / most) + "px";
    }
    for (const input of [left, right]) Object.assign(input, { min: hg.days(axis.first), max: hg.days(axis.last) });
  }

  // What the thumbs, the line above them and the buttons say of the day looked at.
  function refresh() {
    const looking = at(), { before } = looking, list = stops();
    /** @type {(one: Stop) => string} */
    const words = (one) => [one.text, one.words].filter(Boolean).join(", ");
    for (const { input, one } of [{ input: right, one: looking }, { input: left, one: before }]) {
      input.hidden = !one || !axis;
      if (!one) continue;
      input.value = String(hg.days(one.as_of));
      input.setAttribute("aria-valuetext", words(one));
    }
    track.dataset.two = before ? "yes" : "no";
    now.replaceChildren(hg.text("b", looking.text), hg.text("span", axis ? looking.words || "" : texts.loading));
    counts.replaceChildren(hg.tally(look, all, looking.legend));
    counts.hidden = Boolean(before);  // they stand at the two days' names
    draw(player, playing ? "pause" : "play");
    player.setAttribute("aria-label", playing ? texts.pause : texts.play);
    player.hidden = still.matches;
    beside.title = before ? texts.leave : texts.compare;
    beside.replaceChildren(hg.text("span", beside.title));
    beside.setAttribute("aria-pressed", String(Boolean(before)));
    const here = list.findIndex((one) => one.as_of === looking.as_of);
    back.disabled = !axis || here <= 0 || Boolean(before && list[here - 1].as_of <= before.as_of);
    on.disabled = !axis || here + 1 >= list.length;
    beside.disabled = !before && (!axis || here <= 0);
    player.disabled = !axis;
  }

  const busy = () => playing !== null || right.busy() || left.busy() || right.matches(":active") || left.matches(":active");

  return {
    // A message came. What it says of the day goes before what is looked at, unless that is still
    // being chosen.
    took: function (state) {
      const was = said.time, is = state.time;
      Object.assign(said, state);
      if (!is) return;
      if (!opener.parentNode) control.addTo(map);
      if (is.as_of === looked.right || (was && was.as_of !== is.as_of && !busy())) looked.right = null;
      const other = is.compare ? is.compare.as_of : null, earlier = was && was.compare ? was.compare.as_of : null;
      if (other === looked.left || (was && other !== earlier && !busy())) looked.left = undefined;
      if ((is.files || is.compare) && !was && !opened) {
        opened = true;
        show();
        if (!is.files) tell({ time: true });
      }
      if (is.files && String(is.files) !== loaded) load(is.files);
    },
    // The state as it is looked at.
    at: function (state) {
      if (!state.time) return state;
      refresh();
      return { ...state, ...at() };
    },
  };
};
