// Two days side by side: left of a line that can be dragged the sites are painted as on an earlier
// day. Not here: which days (time.js).
"use strict";

hg.swipe = function (map, columns, look, sites, all) {
  const texts = all.time;
  const container = map.getContainer();
  /** @type {SitesLayer} */
  let layer;
  let on = false, part = 0.5, pointer = -1;

  const line = container.appendChild(hg.text("div", ""));
  line.id = "hg-swipe";
  line.appendChild(hg.text("i", ""));
  const handle = line.appendChild(hg.text("div", "⇔"));
  handle.tabIndex = 0;
  handle.setAttribute("role", "slider");
  handle.setAttribute("aria-valuemin", "0");
  handle.setAttribute("aria-valuemax", "100");
  const names = ["left", "right"].map((side) => {
    const name = container.appendChild(hg.text("div", "", "leaflet-control hg-named"));
    name.dataset.side = side;
    return name;
  });
  [line, ...names].forEach((element) => { element.hidden = true; });
  L.DomEvent.disableClickPropagation(line);

  // The part of the map that nothing lies over, from left to right.
  function room() {
    const legend = hg.part("hg-legend");
    const from = getComputedStyle(legend).position === "absolute" ? legend.offsetLeft + legend.offsetWidth : 0;
    return [from, map.getSize().x - from];
  }

  const x = () => { const [from, wide] = room(); return Math.round(from + part * wide); };

  /** @type {(layer: SitesLayer) => HTMLElement} */
  const pane = (layer) => /** @type {HTMLElement} */ (layer._canvas.parentNode);

  // What a layer shows is cut in its pane, which moves with the map.
  function clip() {
    if (!on) return;
    const [from] = room(), size = map.getSize(), middle = x();
    line.style.left = middle + "px";
    names[0].style.left = from + 10 + "px";
    handle.setAttribute("aria-valuenow", String(Math.round(100 * part)));
    for (const [cut, start, end] of /** @type {[SitesLayer, number, number][]} */ ([[layer, 0, middle], [sites, middle, size.x]])) {
      const a = map.containerPointToLayerPoint([start, 0]), b = map.containerPointToLayerPoint([end, size.y]);
      pane(cut).style.clipPath = `polygon(${a.x}px ${a.y}px, ${b.x}px ${a.y}px, ${b.x}px ${b.y}px, ${a.x}px ${b.y}px)`;
    }
  }

  /** @param {number} to */
  function moveTo(to) {
    part = Math.max(0, Math.min(1, to));
    clip();
    if (!line.hasPointerCapture(pointer)) sites._later();  // names make way for the line where it rests
  }

  /** @type {Record<string, number>} */
  const keys = { ArrowLeft: -0.02, ArrowDown: -0.02, ArrowRight: 0.02, ArrowUp: 0.02, PageDown: -0.1, PageUp: 0.1, Home: -1, End: 1 };
  handle.addEventListener("keydown", (event) => {
    if (!(event.key in keys)) return;
    event.preventDefault();
    event.stopPropagation();  // the map would move as well
    moveTo(part + keys[event.key]);
  });
  line.addEventListener("pointerdown", (event) => {
    pointer = event.pointerId;
    line.setPointerCapture(pointer);
    event.preventDefault();
    handle.focus();
  });
  line.addEventListener("lostpointercapture", () => moveTo(part));
  line.addEventListener("pointermove", (event) => {
    if (!line.hasPointerCapture(event.pointerId)) return;
    const [from, wide] = room();
    moveTo((event.clientX - container.getBoundingClientRect().left - from) / wide);
  });
  map.on("move zoom resize viewreset", clip);
  // Drawn together, so that names of places keep clear of both.
  sites.on("drawn", () => { if (on) layer._draw(); });

  function add() {
    layer = new SitesLayer(columns, look, sites.rings.units);
    map.addLayer(layer);
  }

  /** @param {HTMLElement} element @param {Looked | Stop} day @param {boolean} counted */
  function named(element, day, counted) {
    element.replaceChildren(hg.text("b", day.text ?? ""));
    if (counted) element.appendChild(hg.tally(look, all, day.legend));
  }

  return {
    // “at” is what is on the map and “at.before” the earlier day, if there is one.
    show: function (at, letters, keeps) {
      const { before } = at;
      on = Boolean(before);
      document.body.dataset.before = before ? before.as_of : "";
      [line, ...names].forEach((element) => { element.hidden = !on; });
      if (!before) {
        pane(sites).style.clipPath = "";
        if (layer) layer.select(() => false);
        return;
      }
      if (!layer) add();
      layer.rings.allowed = sites.rings.allowed;
      layer.setDay(letters ?? "", at.axis);
      layer.select(keeps(layer));
      // A count of other units than those on the map is none of what is seen.
      named(names[0], before, !at.unit || before.unit === at.unit);
      named(names[1], at, true);
      handle.setAttribute("aria-label", texts.swipe.replace("{left}", before.text).replace("{right}", at.text ?? ""));
      clip();
    },
    // The layer under a point of the map.
    under: (point) => (on && point.x < x() ? layer : sites),
    others: () => (on ? [layer] : []),
  };
};
