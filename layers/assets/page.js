// The map as a page: takes a small message that says what to show, reports what was clicked.
// Alone (as a file or embed) it shows the state it was made with and filters by itself.
"use strict";

hg.page = function (map, columns, look, state, texts) {
  const units = map.hgUnits;
  const { host } = hg;
  const embedded = Boolean(host) || window.parent !== window;
  const sites = new SitesLayer(columns, look, units);
  const labels = new Labels(units, map.hgContext, map.hgWays, sites);
  const ring = L.circle([0, 0], { radius: 1, color: hg.accent, weight: 1.5, dashArray: "5 4",
    fillColor: hg.accent, fillOpacity: 0.08, interactive: false });
  map.createPane("place").style.zIndex = "460";  // above the sites
  const pin = L.circleMarker([0, 0], { pane: "place", radius: 7, color: hg.base.paper, weight: 2.5,
    fillColor: hg.accent, fillOpacity: 1, interactive: false });
  const label = hg.part("hg-label");
  const banner = hg.part("hg-banner");
  const legendBox = hg.part("hg-legend");
  /** @type {Tell} */
  const tell = (message) => host ? host.hear(message)
    : embedded && window.parent.postMessage({ hg: message }, location.origin);
  // What the app answers; it names the question, so that no older answer undoes a choice made here.
  /** @type {Tell} */
  const ask = (message) => {
    if (!host) asked = Date.now();
    tell({ ...message, turn: asked });
  };
  // What is not there any more was shut by a publication: the app has newer ones.
  /** @param {string} url */
  const get = (url) => fetch(url).then((answer) => {
    if (answer.status === 404) tell({ gone: true });
    return answer.ok ? answer.json() : Promise.reject(answer.status);
  });
  const index = new Map(columns.id.map((id, i) => [id, i]));
  const visits = hg.visits(map, columns, index, sites);
  /** @type {Record<string, Promise<Letters>>} */
  const days = host ? host.days : {};
  /** @type {Record<string, Record<string, string[]>>} */
  const abouts = {};
  const time = hg.time(map, look, texts, days, get, () => apply(), ask);
  const swipe = hg.swipe(map, columns, look, sites, texts);
  let latest = 0, asked = 0, lastTurn = 0, whole = "", large = false, beside = false, drawing = false;
  /** @type {string | undefined} */
  let lastUnit;
  /** @type {L.LatLng | null} */
  let middle = null;
  /** @type {Looked} */
  let shown = state;
  /** @type {{ from?: string | false, zoom: number, centre: L.LatLng } | null} */
  let whence = null;

  // A row of the legend is about “statuses” or about “kinds”; pressed twice it means all again. Shown
  // at once; the counts that hang on it follow from the app. A site has its own page around this one.
  const legend = hg.legend(look, texts, (about, keys) => {
    if (host) return tell({ [about]: keys });
    const all = about === "statuses" && state.every || null, some = all ? all.filter((key) => keys.includes(key)) : keys;
    if (!some.length) return undefined;
    state[about] = String(state[about]) === String(some) ? all : some;
    apply();
    return ask({ [about]: state[about] === all ? [] : some });  // what is so now: a click may be lost
  });

  /** @param {string} url */
  function day(url) {
    if (!days[url]) {
      days[url] = get(url);
      days[url].catch(() => delete days[url]);
    }
    return days[url];
  }

  /** @param {SitesLayer} layer @param {number} i */
  function key(layer, i) {
    const [axis, status] = layer.status[i];
    return axis === "stage" ? "stage-" + status : status;
  }

  /** @param {SitesLayer} layer @param {number} i */
  function describe(layer, i) {
    const [axis, status] = layer.status[i];
    const shared = columns.shared[i], aside = layer.aside(i) ? [texts.aside] : [];
    const spread = shared ? [texts.spread.replace("{n}", String(shared[1] - 1))] : aside;
    return [columns.name[i], texts.kinds[look.kinds[columns.kind[i]]], texts.statuses[axis][status], ...spread];
  }

  // What is said of units is of the day that the app was asked about.
  /** @param {string} unit */
  function describeUnit(unit) {
    const ring = sites.rings.of(unit), onMap = ring ? [texts.onMap.replace("{n}", String(ring.n))] : [];
    const { about: words } = state, known = typeof words === "string" ? abouts[words] : words;
    const about = (shown.day === state.day && known?.[unit]) || [];
    return [units.nameOf(unit), ...about, ...onMap];
  }

  // What is said of units lies in a file, fetched once; until it is there nothing is said. One that
  // failed is asked for again with the next message, not at each move of the mouse.
  function fetchAbout() {
    const { about } = state;
    if (typeof about !== "string" || abouts[about]) return;
    abouts[about] = {};
    get(about).then((words) => { abouts[about] = words; }).catch(() => delete abouts[about]);
  }

  // Which sites a layer shows, by the status that they have on it.
  /** @type {(at: Looked) => (layer: SitesLayer) => (i: number) => boolean} */
  const keeps = (at) => function (layer) {
    const kinds = state.kinds && new Set(state.kinds.map((k) => look.kinds.indexOf(k)));
    const statuses = state.statuses && new Set(state.statuses);
    const unit = at.unit && look.units[at.vintage].indexOf(at.unit);
    const of = columns[at.vintage];
    return (i) => (!kinds || kinds.has(columns.kind[i])) && (!statuses || statuses.has(key(layer, i)))
      && (!at.unit || of[i] === unit);
  };

  // While a place is asked for (“pick”), every click is one, and the last one is marked.
  function markPlace() {
    const at = state.pick && state.pick.at;
    document.body.dataset.place = at ? at.join(" ") : "";
    if (at) pin.setLatLng(at).addTo(map);
    else pin.remove();
  }

  // Where a site is that has a position.
  /** @param {number} i @returns {Degrees} */
  const placeOf = (i) => [Number(columns.lat[i]) / 1e5, Number(columns.lon[i]) / 1e5];

  function mark() {
    const i = state.site ? index.get(state.site) : undefined;
    document.body.dataset.selected = state.site || "";
    if (i === undefined || !sites.placed(i)) return ring.remove();
    ring.setLatLng(placeOf(i));
    return ring.setRadius(columns.accuracy[i] || 1).addTo(map);
  }

  function apply() {
    const turn = ++latest, at = time.at(state);
    // Folded once: whoever opens the legend keeps it so.
    if (state.folded && !legendBox.dataset.begun) Object.assign(legendBox.dataset, { begun: "yes", open: "no" });
    banner.textContent = state.banner;
    banner.hidden = !state.banner;
    return Promise.all([day(at.day), at.before && day(at.before.day)]).then(([letters, earlier]) => {
      if (turn !== latest) return;  // a later message overtook this one
      shown = at;
      sites.setDay(letters[at.axis], at.axis);
      const { shades } = state;
      units.show(at.vintage, at.unit, shades && ((code) => hg.fill(look.shades[shades[code] || "no-sites"])), state.notes);
      offer(Boolean(state.draw));
      nearby();
      visits.show(state.visits);
      enlarge();
      compare(Boolean(at.before));
      goToUnit();
      sites.chosen = state.site ? index.get(state.site) ?? null : null;
      sites.rings.allowed = Boolean(state.about || state.rings) && !at.unit && !state.pick && !state.visits;
      sites.select(keeps(at)(sites));
      if (!host) hear(sites.visible.length);
      swipe.show(at, earlier && earlier[at.axis], keeps(at));
      legend.show(at.legend, at);
      fetchAbout();
      mark();
      markPlace();
      say("");
    }).catch(() => say(texts.noDay));
  }

  // The app says which theme it has; alone the page follows the reader's system. Paper is light.
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  /** @type {() => Theme} */
  const chosen = () => (hg.printing ? "light" : state.theme || (system.matches ? "dark" : "light"));

  function paint() {
    if (hg.theme === chosen()) return;
    hg.paint(chosen());
    Object.assign(look, look[hg.theme]);
    ring.setStyle({ color: hg.accent, fillColor: hg.accent });
    pin.setStyle({ color: hg.base.paper, fillColor: hg.accent });
    map.fire("theme");
    if (latest) apply().then(settle);
  }

  // What is drawn while a page is printed becomes part of its drawing, wiping included, which wipes
  // all below. A canvas that was looked into is a picture again.
  function settle() {
    if (!hg.printing) return;
    document.querySelectorAll("canvas").forEach((one) => hg.pen(one).getImageData(0, 0, 1, 1));
  }

  // How many are shown, for who does not see it; a site has its own sentence.
  /** @param {number} n */
  function hear(n) {
    const count = texts.onMap.replace("{n}", n.toLocaleString(document.documentElement.lang));
    const box = hg.part("hg-heard");
    if (box.textContent !== count) box.textContent = count;
  }

  /** @param {string} text */
  function say(text) {
    const box = hg.part("hg-message");
    box.textContent = text;
    box.hidden = !text;
  }

  /** @param {L.LeafletMouseEvent} event */
  function hover(event) {
    const layer = swipe.under(event.containerPoint), i = layer.at(event.layerPoint);
    const unit = i === null ? unitAt(event) : null;
    map.getContainer().style.cursor = state.pick || draw.busy() ? "crosshair" : i === null && unit === null ? "" : "pointer";
    units.point(unit);
    // Of the chosen unit all is said beside the map.
    label.hidden = i === null && (unit === null || unit === shown.unit);
    if (label.hidden) return;
    const lines = i === null ? describeUnit(unit ?? "") : describe(layer, i);
    label.replaceChildren(...lines.map((line) => hg.text("div", line)));
    const at = i === null ? event.containerPoint : map.layerPointToContainerPoint(sites.point(i));
    label.style.left = Math.min(at.x + 14, map.getSize().x - label.offsetWidth - 4) + "px";
    label.style.top = Math.max(4, at.y - label.offsetHeight - 10) + "px";
  }

  // Rings answer, and units where the app has said something “about” them, unless else is asked for.
  /** @param {L.LeafletMouseEvent} event */
  function unitAt(event) {
    if (state.pick || draw.busy()) return null;
    return swipe.under(event.containerPoint).ringAt(event.layerPoint)?.unit ?? (state.about ? units.at(event.latlng) : null);
  }

  // Shown at once; what else hangs on it follows from the app. Chosen twice is left again.
  /** @param {string | null} unit */
  function chooseUnit(unit) {
    state.unit = unit === state.unit ? null : unit;
    state.site = null;
    time.took(state);
    apply();
    ask({ unit: state.unit });
  }

  function view() {
    const c = map.getCenter();
    return [map.getZoom(), c.lat.toFixed(5), c.lng.toFixed(5)].join("/");
  }

  // A place in the address may be anything; what lies far from here is no place.
  /** @param {string | null | undefined} text */
  function goTo(text) {
    const [zoom, lat, lng] = (text || "").split("/").map(Number);
    const here = [zoom, lat, lng].every(Number.isFinite) && units.bounds.pad(2).contains([lat, lng]);
    if (here) map.setView([lat, lng], zoom);
    return here;
  }

  sites.on("drawn", (/** @type {any} */ event) => {
    Object.assign(document.body.dataset, { drawn: event.n, ms: event.ms.toFixed(1), view: view(),
      vintage: shown.vintage, day: shown.day, rings: sites.rings.list.length, ready: "yes" });
    legend.gathered(sites.rings.list.length > 0);
    tell({ drawn: event.n });
  });
  map.on("mousemove", hover);
  map.on("mouseout", () => { label.hidden = true; units.point(null); });
  map.on("click", (event) => {
    if (draw.took(event)) return;
    if (state.pick) {
      const { lng, lat } = event.latlng.wrap();
      state.pick = { at: [lat, lng] };
      markPlace();
      return ask({ place: [lng, lat] });
    }
    const i = swipe.under(event.containerPoint).at(event.layerPoint), unit = i === null ? unitAt(event) : null;
    if (unit !== null && !state.about) return show(units.boundsOf(unit));
    if (unit !== null) {
      chooseUnit(unit);
      return hover(event);
    }
    state.site = i === null ? null : columns.id[i];
    mark();
    hover(event);
    ask({ site: state.site });
  });
  // Esc leaves what was chosen last: the site, then the unit.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || !state.about || draw.busy()) return;
    if (state.site) {
      state.site = null;
      mark();
      ask({ site: null });
    } else if (state.unit) chooseUnit(state.unit);
  });
  map.on("moveend", () => { document.body.dataset.view = view(); tell({ view: view() }); });
  map.on("resize", grow);
  // Leaflet pans by whole pixels; what others do with the new size comes after this.
  map.on("resize", stay);
  // Whatever opens over the map, the site that it is about stays in sight.
  map.on("resize", () => {
    if (!state.unit || !whence || !unmoved()) return;
    show(units.boundsOf(state.unit));
    Object.assign(whence, { zoom: map.getZoom(), centre: map.getCenter() });
  });
  map.on("resize", () => state.site && map.hasLayer(ring) && map.panInside(ring.getLatLng(), { padding: [40, 40], animate: false }));

  system.addEventListener("change", paint);
  for (const name of ["beforeprint", "afterprint"]) {
    window.addEventListener(name, () => { hg.printing = name === "beforeprint"; paint(); });
  }
  /** @param {{ goTo?: string, theme?: Theme, state?: Partial<State> }} message */
  function take(message) {
    if (message.goTo) goTo(message.goTo);
    if (message.theme) {
      state.theme = message.theme;
      paint();
    }
    if (!message.state || overtaken(message.state)) return;
    const found = message.state.find;
    Object.assign(state, message.state);
    time.took(state);
    if (found && found.turn !== lastTurn) focus(found);
    apply();
  }
  // Whether a message was made before the last choice: its own answer is on its way, or – after a
  // while – will not come.
  /** @type {(said: Partial<State>) => boolean} */
  const overtaken = ({ turn = 0 }) => turn < asked && Date.now() - asked < 10_000;
  window.addEventListener("message", (event) => {
    if (event.source !== window.parent || event.origin !== location.origin || !event.data.hg) return;
    take(event.data.hg);
  });

  // “find” has a site and a turn, so that finding the same site twice moves there twice.
  /** @param {{ site: string, turn: number }} found */
  function focus(found) {
    lastTurn = found.turn;
    const i = index.get(found.site);
    if (i === undefined || !sites.placed(i)) return;
    map.setView(placeOf(i), Math.max(map.getZoom(), 12));
  }

  // A unit newly chosen comes into sight, and who leaves it without having moved is back where it
  // was chosen; a place that the address asked for goes before it.
  function goToUnit() {
    const chosen = state.unit ? state.vintage + " " + state.unit : "";
    const bounds = chosen && chosen !== lastUnit && units.boundsOf(state.unit ?? "");
    if (bounds && !(placed && lastUnit === undefined)) {
      const from = lastUnit ? whence?.from : lastUnit === "" && view();
      show(bounds);
      whence = { from, zoom: map.getZoom(), centre: map.getCenter() };
    } else if (!chosen && lastUnit && unmoved() && !goTo(whence?.from || "")) fit();
    lastUnit = chosen;
  }

  // For a room: larger letters, and all of the province between the words and the legend.
  function enlarge() {
    if (large === Boolean(state.large)) return;
    large = !large;
    document.body.classList.toggle("hg-large", large);
    grow();
    fit();
  }

  // The buttons for drawing are further ones in the corner.
  /** @param {boolean} wanted */
  function offer(wanted) {
    const was = view() === whole && wanted !== drawing;
    drawing = wanted;
    draw.show(wanted, state.area);
    if (was) fit();
  }

  // So does the one that asks what lies near.
  function nearby() {
    const was = view() === whole;
    if (near.show(state.near) && was) fit();
  }

  // Two days beside each other have their names at the head of the map.
  /** @param {boolean} wanted */
  function compare(wanted) {
    if (beside === wanted) return;
    const was = view() === whole;
    beside = wanted;
    if (was) fit();
  }

  // Names and numbers of 20 px on a screen of 1920: the smallest has 11 where it is not large.
  function grow() {
    hg.growth = large ? Math.max(1, window.innerWidth / 1920 * 20 / 11) : 1;
  }

  // Whether the map is where the unit's choice has brought it; another size may shift it a little.
  function unmoved() {
    return whence && whence.zoom === map.getZoom() && map.project(map.getCenter()).distanceTo(map.project(whence.centre)) < 4;
  }

  // All of an area, beside what lies over the map: the legend, for a room also words at the left.
  // Says how far down it may lie.
  /** @param {L.LatLngBounds | undefined} bounds */
  function show(bounds, animate = true) {
    if (!bounds) return 0;
    const box = hg.part("hg-legend");
    const over = getComputedStyle(box).position === "absolute";
    const { x, y } = map.getSize();
    // On a phone the foot has a button and a scale; where the map is low, buttons stand at its side.
    const [left, right, bottom] = !over ? [12, y < 360 ? 52 : 12, y < 240 ? 12 : 56] : large ? [0.33 * x, 0.25 * x, 12] : [box.offsetWidth + 24, 12, 12];
    map.fitBounds(bounds, { paddingTopLeft: [left, beside ? 64 : 12], paddingBottomRight: [right, bottom], maxZoom: 13, ...(animate ? {} : { animate }) });
    return y - bottom;
  }

  // The buttons stand over a corner: what would lie under them moves down, as far as there is room.
  /** @param {number} foot */
  function clear(foot) {
    const { scale, x, y } = hg.lens(map), rim = 14;  // of symbols at the edge
    const { offsetWidth, offsetHeight } = /** @type {HTMLElement} */ (map.getContainer().querySelector(".leaflet-top.leaflet-right"));
    const { x: right, y: top } = map.containerPointToLayerPoint([map.getSize().x - offsetWidth - rim, 0]);
    let under = Infinity, lowest = -Infinity;
    for (const line of units.outline) {
      for (let k = 0; k < line.length; k += 2) {
        const down = line[k + 1] * scale - y - top;
        lowest = Math.max(lowest, down);
        if (line[k] * scale - x > right) under = Math.min(under, down);
      }
    }
    const lack = Math.ceil(offsetHeight + rim - under);
    if (lack > 0 && lowest + lack <= foot) map.panBy([0, -lack], { animate: false });
  }

  function fit() {
    clear(show(units.bounds, false));  // what still moves cannot be measured
    whole = view();
  }

  // Whatever takes room from the map – the banner, the slider, the window: if all of it was in
  // sight, it is again; else what was in the middle stays there to the digit, for the address tells.
  function resized() {
    const { clientWidth, clientHeight } = map.getContainer(), size = map.getSize();
    if (!clientHeight) return;
    const was = view() === whole;
    if (size.x !== clientWidth || size.y !== clientHeight) {
      middle = map.getCenter();
      map.invalidateSize({ animate: false });
      stay();
    }
    if (was) fit();
  }

  function stay() {
    if (middle) map.setView(middle, map.getZoom(), { reset: true });
    middle = null;
  }
  new ResizeObserver(resized).observe(map.getContainer());
  map.getContainer().setAttribute("role", "main");
  map.getContainer().setAttribute("aria-label", texts.map);
  L.control.zoom({ position: "topright", zoomInTitle: texts.zoomIn, zoomOutTitle: texts.zoomOut }).addTo(map);
  L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);
  const home = new L.Control({ position: "topright" });
  home.onAdd = () => {
    const button = hg.part("hg-home");
    L.DomEvent.disableClickPropagation(button).on(button, "click", fit);
    return button;
  };
  home.addTo(map);
  const locator = new L.Control({ position: "bottomright" });
  locator.onAdd = () => hg.part("hg-locator");
  locator.addTo(map);
  const draw = hg.draw(map, texts, (area) => {
    state.area = area;
    ask({ area: area });
  });
  const near = hg.near(map, () => Array.from(sites.visible, (i) => ({ i, name: columns.name[i], at: placeOf(i) })), (i) => {
    state.site = columns.id[i];
    mark();
    ask({ site: state.site });
  }, texts.around);
  // Without a mouse the nearest symbol is meant; a corner or a place is where the cross is.
  hg.keys(map, (at, reach) => {
    const i = state.pick || draw.busy() ? null : sites.at(at, reach);
    return i === null ? null : sites.point(i);
  }, draw.busy);
  Object.assign(look, look[hg.theme]);
  const placed = goTo(location.hash.replace("#map=", ""));
  if (!placed) fit();
  map.hgLabels = labels;
  labels.also = swipe.others;
  map.addLayer(sites);
  map.addLayer(labels);
  // Inside the app the first message says what to show; elsewhere nobody will.
  if (host) host.begin({ columns, look, texts, state, take, describe: (i) => describe(sites, i) });
  else if (embedded) setTimeout(() => latest || apply(), 1500);
  else apply();
  tell({ ready: true });
};
