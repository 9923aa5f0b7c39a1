// The next visits on the map: numbered venues, how far each reaches, and which sites they take.
"use strict";

hg.visits = function (map, columns, index, sites) {
  const reach = map.createPane("reach");
  reach.style.zIndex = "405";  // above the units, below their names and the sites
  reach.style.pointerEvents = "none";
  const pins = map.createPane("pins");
  pins.style.zIndex = "470";
  pins.style.pointerEvents = "none";
  const canvas = L.canvas({ pane: "reach" });
  const group = L.layerGroup();
  const halos = L.layerGroup();
  /** @type {string[]} */
  let covered = [];

  function shade() {
    halos.clearLayers();
    for (const id of covered) {
      const i = index.get(id);
      if (i !== undefined && sites.placed(i)) halos.addLayer(halo(i));
    }
  }
  map.on("zoomend", shade);

  /** @param {L.LatLngExpression} at @param {number} radius */
  function circle(at, radius) {
    return L.circle(at, { renderer: canvas, radius: radius, color: hg.accent, weight: 1.5,
      fillColor: hg.accent, fillOpacity: 0.07, interactive: false });
  }

  // Where the symbol is drawn: sites of one place are drawn side by side.
  /** @param {number} i */
  function halo(i) {
    return L.circleMarker(map.layerPointToLatLng(sites.point(i)), { renderer: canvas, radius: 12,
      stroke: false, fillColor: hg.accent, fillOpacity: 0.35, interactive: false });
  }

  /** @param {L.LatLngExpression} at @param {number} number */
  function pin(at, number) {
    const badge = hg.text("span", String(number), "hg-pin");
    return L.marker(at, { pane: "pins", interactive: false, keyboard: false,
      icon: L.divIcon({ className: "", html: badge, iconSize: [26, 26], iconAnchor: [13, 13] }) });
  }

  return {
    show: function (told) {
      group.clearLayers().remove();
      covered = told ? told.covered : [];
      shade();
      document.body.dataset.visits = told ? String(told.picks.length) : "";
      document.body.dataset.covered = told ? String(told.covered.length) : "";
      if (!told) return;
      const { radius } = told;
      if (radius) told.picks.forEach(([lat, lon, , round]) => round && group.addLayer(circle([lat, lon], radius)));
      group.addLayer(halos);
      told.picks.forEach(([lat, lon, number]) => group.addLayer(pin([lat, lon], number)));
      group.addTo(map);
    },
  };
};
