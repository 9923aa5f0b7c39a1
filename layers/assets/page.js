// The map as a page: takes a small message that says what to show, reports what was clicked.
// Alone (as a file or embed) it shows the state it was made with and filters by itself.
"use strict";

hg.page = function (map, columns, look, state, texts) {
  const units = map.hgUnits;
  const embedded = window.parent !== window;
  const sites = new hg.SitesLayer(columns, look);
  const labels = new hg.Labels(units, map.hgContext, map.hgWays, sites);
  const ring = L.circle([0, 0], { radius: 1, color: hg.accent, weight: 1.5, dashArray: "5 4",
    fillColor: hg.accent, fillOpacity: 0.08, interactive: false });
  map.createPane("place").style.zIndex = 460;  // above the sites
  const pin = L.circleMarker([0, 0], { pane: "place", radius: 7, color: hg.base.paper, weight: 2.5,
    fillColor: hg.accent, fillOpacity: 1, interactive: false });
  const label = document.getElementById("hg-label");
  const banner = document.getElementById("hg-banner");
  const tell = (message) => embedded && window.parent.postMessage({ hg: message }, location.origin);
  const index = new Map(columns.id.map((id, i) => [id, i]));
  const visits = hg.visits(map, columns, index, sites);
  const days = {};
  let latest = 0, lastTurn = 0, lastUnit;

  // A row of the legend is about “statuses” or about “kinds”; pressed twice it means all again.
  const legend = hg.legend(look, texts, (about, keys) => {
    if (embedded) return tell({ [about]: keys });
    const only = state[about] && String(state[about]) === String(keys);
    state[about] = only ? null : keys;
    return apply();
  });

  function day(url) {
    if (!days[url]) {
      days[url] = fetch(url).then((answer) => {
        if (!answer.ok) throw new Error(answer.status);
        return answer.json();
      });
      days[url].catch(() => delete days[url]);
    }
    return days[url];
  }

  function key(i) {
    const [axis, status] = sites.status[i];
    return axis === "stage" ? "stage-" + status : status;
  }

  function describe(i) {
    const [axis, status] = sites.status[i];
    return [columns.name[i], texts.kinds[look.kinds[columns.kind[i]]], texts.statuses[axis][status]];
  }

  function keeps() {
    const kinds = state.kinds && new Set(state.kinds.map((k) => look.kinds.indexOf(k)));
    const statuses = state.statuses && new Set(state.statuses);
    const unit = state.unit && look.units[state.vintage].indexOf(state.unit);
    const of = columns[state.vintage];
    return (i) => (!kinds || kinds.has(columns.kind[i])) && (!statuses || statuses.has(key(i)))
      && (!state.unit || of[i] === unit);
  }

  // While a place is asked for (“pick”), every click is one, and the last one is marked.
  function markPlace() {
    const at = state.pick && state.pick.at;
    document.body.dataset.place = at ? at.join(" ") : "";
    if (at) pin.setLatLng(at).addTo(map);
    else pin.remove();
  }

  function mark() {
    const i = state.site ? index.get(state.site) : undefined;
    document.body.dataset.selected = state.site || "";
    if (i === undefined || !sites.world[i]) return ring.remove();
    ring.setLatLng([columns.lat[i] / 1e5, columns.lon[i] / 1e5]);
    return ring.setRadius(columns.accuracy[i] || 1).addTo(map);
  }

  function apply() {
    const turn = ++latest;
    banner.textContent = state.banner;
    banner.hidden = !state.banner;
    return day(state.day).then((letters) => {
      if (turn !== latest) return;  // a later message overtook this one
      sites.setDay(letters[state.axis], state.axis);
      const shades = state.shades && ((code) => hg.fill(look.shades[state.shades[code] || "no-sites"]));
      units.show(state.vintage, state.unit, shades, state.notes);
      draw.show(state.draw, state.area);
      visits.show(state.visits);
      goToUnit();
      sites.select(keeps());
      legend.show(state.legend);
      mark();
      markPlace();
      say("");
    }).catch(() => say(texts.noDay));
  }

  // The app says which theme it has; alone the page follows the reader's system. Paper is light.
  const system = window.matchMedia("(prefers-color-scheme: dark)");
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
    document.querySelectorAll("canvas").forEach((one) => one.getContext("2d").getImageData(0, 0, 1, 1));
  }

  function say(text) {
    const box = document.getElementById("hg-message");
    box.textContent = text;
    box.hidden = !text;
  }

  function hover(event) {
    const i = sites.at(event.layerPoint);
    map.getContainer().style.cursor = state.pick || draw.busy() ? "crosshair" : i === null ? "" : "pointer";
    label.hidden = i === null;
    if (i === null) return;
    label.replaceChildren(...describe(i).map((line) => hg.text("div", line)));
    const at = map.layerPointToContainerPoint(sites.point(i));
    label.style.left = Math.min(at.x + 14, map.getSize().x - label.offsetWidth - 4) + "px";
    label.style.top = Math.max(4, at.y - label.offsetHeight - 10) + "px";
  }

  function view() {
    const c = map.getCenter();
    return [map.getZoom(), c.lat.toFixed(5), c.lng.toFixed(5)].join("/");
  }

  // A place in the address may be anything; what lies far from here is no place.
  function goTo(text) {
    const [zoom, lat, lng] = (text || "").split("/").map(Number);
    const here = [zoom, lat, lng].every(Number.isFinite) && units.bounds.pad(2).contains([lat, lng]);
    if (here) map.setView([lat, lng], zoom);
    return here;
  }

  sites.on("drawn", (event) => {
    Object.assign(document.body.dataset, { drawn: event.n, ms: event.ms.toFixed(1), view: view(),
      vintage: state.vintage, day: state.day, ready: "yes" });
    tell({ drawn: event.n });
  });
  map.on("mousemove", hover);
  map.on("mouseout", () => { label.hidden = true; });
  map.on("click", (event) => {
    if (draw.took(event)) return;
    if (state.pick) {
      const { lng, lat } = event.latlng.wrap();
      state.pick = { at: [lat, lng] };
      markPlace();
      return tell({ place: [lng, lat] });
    }
    const i = sites.at(event.layerPoint);
    state.site = i === null ? null : columns.id[i];
    mark();
    hover(event);
    tell({ site: state.site });
  });
  map.on("moveend", () => { document.body.dataset.view = view(); tell({ view: view() }); });
  // Whatever opens over the map, the site that it is about stays in sight.
  map.on("resize", () => state.site && map.hasLayer(ring) && map.panInside(ring.getLatLng(), { padding: [40, 40], animate: false }));

  system.addEventListener("change", paint);
  for (const [name, printing] of [["beforeprint", true], ["afterprint", false]]) {
    window.addEventListener(name, () => { hg.printing = printing; paint(); });
  }
  window.addEventListener("message", (event) => {
    if (event.source !== window.parent || event.origin !== location.origin || !event.data.hg) return;
    const message = event.data.hg;
    if (message.goTo) goTo(message.goTo);
    if (message.theme) {
      state.theme = message.theme;
      paint();
    }
    if (!message.state) return;
    const found = message.state.find;
    Object.assign(state, message.state);
    if (found && found.turn !== lastTurn) focus(found);
    apply();
  });

  // “find” has a site and a turn, so that finding the same site twice moves there twice.
  function focus(found) {
    lastTurn = found.turn;
    const i = index.get(found.site);
    if (i === undefined || !sites.world[i]) return;
    map.setView([columns.lat[i] / 1e5, columns.lon[i] / 1e5], Math.max(map.getZoom(), 12));
  }

  // A unit newly chosen comes into sight; a place that the address asked for goes before it.
  function goToUnit() {
    const chosen = state.unit ? state.vintage + " " + state.unit : "";
    const bounds = chosen && chosen !== lastUnit && units.boundsOf(state.unit);
    if (bounds && !(placed && lastUnit === undefined)) show(bounds);
    lastUnit = chosen;
  }

  // All of an area, beside the legend where that lies over the map.
  function show(bounds) {
    const box = document.getElementById("hg-legend");
    const over = getComputedStyle(box).position === "absolute" ? 290 : 12;
    map.fitBounds(bounds, { paddingTopLeft: [over, 12], paddingBottomRight: [12, 12], maxZoom: 13 });
  }

  const fit = () => show(units.bounds);
  map.getContainer().setAttribute("role", "main");
  L.control.zoom({ position: "topright", zoomInTitle: texts.zoomIn, zoomOutTitle: texts.zoomOut }).addTo(map);
  L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);
  const home = L.control({ position: "topright" });
  home.onAdd = () => {
    const button = document.getElementById("hg-home");
    L.DomEvent.disableClickPropagation(button).on(button, "click", fit);
    return button;
  };
  home.addTo(map);
  const locator = L.control({ position: "bottomright" });
  locator.onAdd = () => document.getElementById("hg-locator");
  locator.addTo(map);
  const draw = hg.draw(map, texts, (area) => {
    state.area = area;
    tell({ area: area });
  });
  Object.assign(look, look[hg.theme]);
  const placed = goTo(location.hash.replace("#map=", ""));
  if (!placed) fit();
  map.hgLabels = labels;
  map.addLayer(sites);
  map.addLayer(labels);
  // Inside the app the first message says what to show; elsewhere nobody will.
  if (embedded) setTimeout(() => latest || apply(), 1500);
  else apply();
  tell({ ready: true });
};
