// Administrative units beneath the sites: outlines of both vintages, one shown at a time.
"use strict";
var hg = window.hg || {};
window.hg = hg;

hg.text = function (tag, text, className) {
  const element = document.createElement(tag);
  element.textContent = text;
  if (className) element.className = className;
  return element;
};

// A ring is one list of integers: the first vertex, then steps, in units of 1e-5 degree.
hg.ring = function (steps) {
  const points = [];
  let x = 0, y = 0;
  for (let i = 0; i < steps.length; i += 2) {
    x += steps[i];
    y += steps[i + 1];
    points.push([y / 1e5, x / 1e5]);
  }
  return points;
};

// The fill of a shade; the hatching is defined once a page.
hg.fill = function (shade) {
  if (!shade.hatched) return shade.fill;
  if (!document.getElementById("hg-hatch")) {
    document.body.insertAdjacentHTML("beforeend", `<svg width="0" height="0" style="position:absolute"
      aria-hidden="true"><pattern id="hg-hatch" width="7" height="7" patternUnits="userSpaceOnUse"
      patternTransform="rotate(45)"><rect width="7" height="7" fill="#ffffff"/>
      <rect width="1.6" height="7" fill="#9aa5b1"/></pattern></svg>`);
  }
  return "url(#hg-hatch)";
};

hg.units = function (map, vintages) {
  const pane = map.createPane("names");
  pane.style.zIndex = 420;
  pane.style.pointerEvents = "none";
  const style = { color: "#8795a1", weight: 1, fillColor: "#ffffff", fillOpacity: 1 };
  const groups = {}, labels = {};
  for (const [vintage, units] of Object.entries(vintages)) {
    const group = (groups[vintage] = L.featureGroup());
    for (const unit of units) {
      const outline = L.polygon(unit.rings.map(hg.ring), style);
      outline.unit = unit.code;
      outline.addTo(group);
      const words = hg.text("span", unit.name);
      labels[unit.code] = words.appendChild(hg.text("b", "", "hg-note"));
      L.tooltip(unit.label, { permanent: true, direction: "center", pane: "names",
        className: "hg-unit", content: words }).addTo(group);
    }
  }
  let shown = null;
  map.hgUnits = {
    bounds: Object.values(groups)[0].getBounds(),
    // “shades” has a fill for each unit; without it, what is not selected steps back. “notes”
    // has a few words to stand below a unit's name.
    show: function (vintage, selected, shades, notes) {
      for (const [code, label] of Object.entries(labels)) label.textContent = (notes && notes[code]) || "";
      if (shown && shown !== groups[vintage]) shown.remove();
      shown = groups[vintage].addTo(map);
      shown.eachLayer(function (layer) {
        if (!layer.unit) return;
        const on = layer.unit === selected;
        const plain = selected && !on ? "#eef1f4" : style.fillColor;
        layer.setStyle({ color: on ? hg.accent : style.color, weight: on ? 3 : style.weight,
          fillColor: shades ? shades(layer.unit) : plain });
        if (on) layer.bringToFront();
      });
    },
  };
};
