// The legend: what the colours, marks and shapes mean, with the counts the app sends.
"use strict";

hg.icon = function (look, kind, symbol) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "-1.3 -1.3 2.6 2.6");
  svg.setAttribute("aria-hidden", "true");
  /** @type {(points: Spot[], attributes: Record<string, string | number>) => void} */
  const add = (points, attributes) => {
    const line = document.createElementNS(space, attributes.fill === "none" ? "polyline" : "polygon");
    line.setAttribute("points", points.map((p) => p.join(",")).join(" "));
    for (const [name, value] of Object.entries(attributes)) line.setAttribute(name, String(value));
    svg.appendChild(line);
  };
  add(look.shapes[kind], { fill: symbol.fill, stroke: symbol.edge, "stroke-width": 0.18 });
  for (const stroke of look.marks[symbol.mark]) {
    add(stroke.map(([x, y]) => [x * look.markSize, y * look.markSize]),
      { fill: "none", stroke: symbol.ink, "stroke-width": 0.2, "stroke-linecap": "round" });
  }
  return svg;
};

// A legend in full: the app sends counts alone, what they are called and how they are grouped the page
// knows. A row may be counted and not drawn on this map.
hg.worded = function (look, texts, legend) {
  /** @type {<T extends { kind: string }>(entry: T) => T & { label: string }} */
  const named = (entry) => ({ ...entry, label: texts.kinds[entry.kind] });
  const groups = legend.groups.map((block) => {
    const { axis } = block;
    const rows = block.rows.filter((row) => row.drawn !== false).map(({ key, count }) => {
      const status = key.replace(/^stage-/, "");
      return { key, count, axis, status, label: texts.statuses[axis][status] };
    });
    const parts = Object.entries(look.groups[axis]).map(([group, among]) => {
      const inside = rows.filter((row) => among.includes(row.status));
      return { label: texts.groups[axis][group], keys: inside.map((row) => row.key), count: inside.reduce((n, row) => n + row.count, 0) };
    }).filter((part) => part.keys.length);
    return { ...block, rows, parts };
  });
  return { ...legend, groups, kinds: legend.kinds.map(named), things: (legend.things ?? []).map(named),
    signs: (legend.signs ?? []).map((sign) => ({ ...sign, label: texts.signs[sign.entry] })) };
};

hg.legend = function (look, texts, choose) {
  const box = hg.part("hg-legend");
  const narrow = window.matchMedia("(max-width: 640px), (max-width: 768px) and (max-height: 480px)").matches;
  box.dataset.open = narrow ? "no" : "yes";
  const gathered = hg.text("p", texts.rings);
  gathered.hidden = true;
  // One and the same in every legend: what was unfolded stays so.
  const terms = document.createElement("details");
  terms.appendChild(hg.text("summary", texts.terms));
  const meanings = terms.appendChild(document.createElement("dl"));
  for (const [name, meaning] of texts.glossary) meanings.append(hg.text("dt", name), hg.text("dd", meaning));
  // The statuses of a group are folded away where rings show groups alone, and where someone folds them.
  let rings = true;
  /** @type {Map<string, boolean>} */
  const byHand = new Map();
  /** @type {(() => void)[]} */
  let groups = [];
  /** @type {Pick<State, "kinds" | "statuses">} */
  let chosen = { kinds: null, statuses: null };
  /** @type {(about: "kinds" | "statuses", key: string) => boolean} */
  const isOn = (about, key) => !chosen[about] || chosen[about].includes(key);

  /** @param {Sign} symbol @param {string} label @param {number} count @param {string[]} keys @param {boolean} on @param {"statuses" | "kinds"} about */
  function row(symbol, label, count, keys, on, about = "statuses", kind = "supermarket") {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "hg-row";
    button.dataset.status = keys.join(" ");
    button.setAttribute("aria-pressed", String(on));
    button.title = texts.isolate;
    button.appendChild(hg.icon(look, kind, symbol));
    button.appendChild(hg.text("span", label, "hg-label"));
    button.appendChild(hg.text("b", String(count)));
    button.addEventListener("click", () => choose(about, keys));
    return button;
  }

  // A group in its colour; below it, with their marks, those of its statuses that occur.
  /** @param {HTMLElement} fold @param {LegendBlock} block @param {LegendPart} group */
  function part(fold, block, group) {
    const rows = block.rows.filter((entry) => group.keys.includes(entry.key));
    const on = rows.some((entry) => isOn("statuses", entry.key));
    const symbol = look.symbols[rows[0].axis][rows[0].status];
    if (rows.length === 1) {
      fold.appendChild(row(symbol, group.label, group.count, group.keys, on));
      return;
    }
    const head = fold.appendChild(hg.text("div", "", "hg-group"));
    head.appendChild(row({ ...symbol, mark: "none" }, group.label, group.count, group.keys, on));
    const within = fold.appendChild(hg.text("div", ""));
    rows.filter((entry) => entry.count).forEach((entry) => {
      const one = row(look.symbols[entry.axis][entry.status], entry.label, entry.count, [entry.key], isOn("statuses", entry.key));
      one.classList.add("hg-within");
      within.appendChild(one);
    });
    if (within.firstChild) head.appendChild(more(within, group, on && !rows.every((entry) => isOn("statuses", entry.key))));
  }

  // What folds and unfolds the statuses of a group; of which “some” alone are shown, they stay in sight.
  /** @param {HTMLElement} within @param {LegendPart} group @param {boolean} some */
  function more(within, group, some) {
    const button = document.createElement("button"), key = group.keys.join(" ");
    button.type = "button";
    button.className = "hg-more";
    button.dataset.group = key;
    button.title = texts.more;
    button.setAttribute("aria-label", `${texts.more}: ${group.label}`);
    const set = () => {
      within.hidden = !(byHand.get(key) ?? (some || !rings));
      button.setAttribute("aria-expanded", String(!within.hidden));
    };
    button.addEventListener("click", () => { byHand.set(key, Boolean(within.hidden)); set(); });
    groups.push(set);
    set();
    return button;
  }

  // What there is: each kind as it is drawn, and what else a symbol says.
  /** @param {HTMLElement} fold @param {WordedLegend} legend */
  function inventory(fold, legend) {
    for (const { kind, label, count } of legend.things) {
      fold.appendChild(row(look.entries[kind].listed, label, count, [kind], isOn("kinds", kind), "kinds", kind));
    }
    const signs = fold.appendChild(hg.text("div", "", "hg-shapes"));
    for (const { entry, label, count } of legend.signs) {
      const item = signs.appendChild(hg.text("div", "", "hg-shade"));
      item.appendChild(hg.icon(look, "supermarket", look.entries.industrial_park[entry]));
      item.appendChild(hg.text("span", label, "hg-label"));
      item.appendChild(hg.text("b", String(count)));
    }
  }

  /** @param {{ kind: string, label: string }} entry */
  function shape(entry) {
    const item = hg.text("span", "", "hg-shape");
    item.appendChild(hg.icon(look, entry.kind, look.shapeOnly));
    item.appendChild(hg.text("span", entry.label));
    return item;
  }

  /** @param {{ shade: string, label: string, count: number }} entry */
  function shade(entry) {
    const item = hg.text("div", "", "hg-shade");
    item.dataset.shade = entry.shade;
    const space = "http://www.w3.org/2000/svg";
    const svg = item.appendChild(document.createElementNS(space, "svg"));
    const patch = svg.appendChild(document.createElementNS(space, "rect"));
    const drawn = { x: 0.5, y: 2.5, width: 17, height: 13, stroke: hg.base.frame, fill: hg.fill(look.shades[entry.shade]) };
    for (const [name, value] of Object.entries(drawn)) patch.setAttribute(name, String(value));
    item.appendChild(hg.text("span", entry.label, "hg-label"));
    item.appendChild(hg.text("b", String(entry.count)));
    return item;
  }

  // Where next to no height is left, at 400 %, the legend is folded, so that a map is left.
  const low = matchMedia("(max-height: 200px)");
  function makeRoom() {
    if (!low.matches) return;
    box.dataset.open = "no";
    box.querySelector("details")?.removeAttribute("open");
  }
  low.addEventListener("change", makeRoom);
  makeRoom();

  return {
    // Whether the map shows rings in place of symbols, which the legend then explains.
    gathered: function (yes) {
      gathered.hidden = !yes;
      rings = yes;
      groups.forEach((set) => set());
    },
    show: function (counted, { kinds, statuses }) {
      const legend = hg.worded(look, texts, counted);
      const active = document.activeElement;
      const { status, group } = active instanceof HTMLElement && box.contains(active) ? active.dataset : {};
      box.replaceChildren();
      groups = [];
      chosen = { kinds, statuses };
      const fold = document.createElement("details");
      fold.open = box.dataset.open === "yes";
      fold.addEventListener("toggle", () => { box.dataset.open = fold.open ? "yes" : "no"; });
      fold.appendChild(hg.text("summary", legend.title));
      if (legend.shades) {
        fold.appendChild(hg.text("h2", legend.shades.title));
        legend.shades.rows.forEach((entry) => fold.appendChild(shade(entry)));
      }
      if (counted.things) inventory(fold, legend);
      for (const block of legend.groups) {
        if (block.title) fold.appendChild(hg.text("h2", block.title));
        block.parts.forEach((group) => part(fold, block, group));
        if (block.empty) fold.appendChild(hg.text("p", block.empty));
      }
      const shapes = hg.text("div", "", "hg-shapes");
      legend.kinds.forEach((entry) => shapes.appendChild(shape(entry)));
      if (legend.kinds.length) fold.appendChild(shapes);
      fold.appendChild(gathered);
      legend.notes.forEach((note) => fold.appendChild(hg.text("p", note)));
      fold.appendChild(terms);
      box.appendChild(fold);
      // Who works with the keyboard stays on what was pressed.
      const again = box.querySelector(status ? `[data-status="${status}"]` : `[data-group="${group}"]`);
      if (again instanceof HTMLElement) again.focus();
    },
  };
};
