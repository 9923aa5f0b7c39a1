// A polygon or a circle drawn by hand: one finished area at a time, told as a text.
"use strict";

hg.draw = function (map, texts, done) {
  const line = { color: hg.accent, weight: 2.5, fillColor: hg.accent, fillOpacity: 0.12, interactive: false };
  const drawn = L.featureGroup().addTo(map);
  const hint = document.body.appendChild(hg.text("div", ""));
  hint.id = "hg-hint";
  hint.setAttribute("role", "status");
  hint.hidden = true;
  /** @type {Drawing | null} */
  let mode = null;
  /** @type {L.LatLng[]} */
  let corners = [];
  /** @type {string | null} */
  let last = null;

  /** @type {Record<Drawing | "clear", string>} */
  const icons = { polygon: "M8 2l6 5-3 7H4L2 6z", circle: "M8 2a6 6 0 1 0 .01 0z", clear: "M3 3l10 10M13 3L3 13" };
  const bar = L.DomUtil.create("div", "leaflet-bar");
  bar.id = "hg-draw";
  bar.hidden = true;
  const buttons = /** @type {Record<Drawing | "clear", HTMLButtonElement>} */ ({});
  for (const name of /** @type {(Drawing | "clear")[]} */ (Object.keys(icons))) {
    const button = (buttons[name] = L.DomUtil.create("button", "", bar));
    button.type = "button";
    button.title = texts[name];
    button.setAttribute("aria-label", texts[name]);
    button.innerHTML = `<svg viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.8"><path d="${icons[name]}"/></svg>`;
    button.addEventListener("click", () => (name === "clear" ? clear() : mode === name ? finish() : start(name)));
  }
  L.DomEvent.disableClickPropagation(bar);
  const control = new L.Control({ position: "topright" });
  control.onAdd = () => bar;
  control.addTo(map);

  /** @type {(at: L.LatLng) => [string, string]} */
  const degrees = (at) => [at.lat.toFixed(5), at.lng.toFixed(5)];
  /** @type {(kind: string, points: L.LatLngExpression[], radius: number) => L.Layer} */
  const shape = (kind, points, radius) =>
    kind === "circle" ? L.circle(points[0], { ...line, radius: radius }) : L.polygon(points, line);

  /** @param {string} text */
  function say(text) {
    hint.textContent = text;
    hint.hidden = !text;
  }

  /** @param {Drawing} kind */
  function start(kind) {
    mode = kind;
    corners = [];
    drawn.clearLayers();
    map.doubleClickZoom.disable();
    say(kind === "circle" ? texts.circleHint : texts.polygonHint);
    press();
    map.getContainer().focus({ preventScroll: true });
  }

  function stop() {
    mode = null;
    say("");
    press();
    setTimeout(() => map.doubleClickZoom.enable());  // not by the click that ends
  }

  function press() {
    for (const [name, button] of Object.entries(buttons)) button.setAttribute("aria-pressed", String(name === mode));
  }

  function cancel() {
    stop();
    paint(last);
  }

  function clear() {
    if (mode) return cancel();
    paint(null);
    return done(null);
  }

  /** @param {string} area */
  function end(area) {
    stop();
    paint(area);
    done(area);
  }

  // A polygon of less than three corners is none: drawing goes on.
  function finish() {
    if (mode !== "polygon" || corners.length < 3) return;
    end("polygon:" + corners.flatMap(degrees).join(";"));
  }

  /** @param {L.LatLng} a @param {L.LatLng} b */
  function near(a, b) {
    return map.latLngToContainerPoint(a).distanceTo(map.latLngToContainerPoint(b)) < 8;
  }

  /** @param {L.LeafletMouseEvent} event */
  function took(event) {
    if (!mode) return false;
    const at = event.latlng.wrap();
    if (mode === "circle" && corners.length) {
      const radius = Math.round(map.distance(corners[0], at));
      if (radius >= 10) end("circle:" + [...degrees(corners[0]), radius].join(";"));
      return true;
    }
    if (corners.length > 2 && near(at, corners[0])) finish();
    else if (!corners.length || !near(at, corners[corners.length - 1])) corners.push(at);
    if (mode) preview(at);
    return true;
  }

  /** @param {L.LatLng} at */
  function preview(at) {
    drawn.clearLayers();
    if (!mode || !corners.length) return;
    corners.forEach((corner) => L.circleMarker(corner, { ...line, radius: 4, fillOpacity: 1 }).addTo(drawn));
    const radius = map.distance(corners[0], at);
    if (mode === "circle") say(texts.radius.replace("{km}", (radius / 1000).toLocaleString("vi", { maximumFractionDigits: 1 })));
    shape(mode, mode === "circle" ? corners : [...corners, at], radius).addTo(drawn);
  }

  // An area as it is told: “circle:lat;lon;metres” or “polygon:lat;lon;lat;lon…”.
  /** @param {string | null} area */
  function paint(area) {
    last = area;
    document.body.dataset.area = area || "";
    buttons.clear.hidden = !area;
    drawn.clearLayers();
    if (!area) return;
    const [kind, rest] = area.split(":");
    const numbers = rest.split(";").map(Number);
    /** @type {Degrees[]} */
    const points = [];
    for (let i = 0; i + 1 < numbers.length; i += 2) points.push([numbers[i], numbers[i + 1]]);
    shape(kind, points, numbers[2]).addTo(drawn);
  }

  paint(null);
  map.on("mousemove", (event) => mode && preview(event.latlng));
  map.on("dblclick", () => finish());
  document.addEventListener("keydown", (event) => {
    if (!mode) return;
    if (event.key === "Escape") cancel();
    if (event.key === "Enter" && !(event.target instanceof HTMLButtonElement)) finish();
  });

  return {
    busy: () => mode !== null,
    took: took,
    show: function (offered, area) {
      bar.hidden = !offered;
      if (!mode && (area || null) !== last) paint(area || null);
    },
  };
};
