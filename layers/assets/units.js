// Administrative units beneath the sites: outlines of both vintages, one shown at a time.
// Their names are placed with all others (labels.js).
"use strict";
var hg = window.hg || {};
window.hg = hg;

hg.text = function (tag, text, className) {
  const element = document.createElement(tag);
  element.textContent = text;
  if (className) element.className = className;
  return element;
};

// The colours of a theme, by what they are for: for what is drawn, and for the style sheet.
hg.paint = function (theme) {
  hg.theme = theme;
  hg.base = hg.tones[theme];
  hg.accent = hg.base.accent;
  const root = document.documentElement;
  root.style.colorScheme = root.dataset.theme = theme;
  for (const [name, colour] of Object.entries(hg.base)) root.style.setProperty("--hg-" + name, colour);
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
      patternTransform="rotate(45)"><rect width="7" height="7" style="fill:var(--hg-paper)"/>
      <rect width="1.6" height="7" style="fill:var(--hg-hatch)"/></pattern></svg>`);
  }
  return "url(#hg-hatch)";
};

hg.units = function (map, vintages) {
  const style = { get color() { return hg.base.border; }, weight: 1, get fillColor() { return hg.base.area; }, fillOpacity: 1 };
  const groups = {}, named = {};
  for (const [vintage, units] of Object.entries(vintages)) {
    const group = (groups[vintage] = L.featureGroup());
    named[vintage] = units.map((unit) => {
      const outline = L.polygon(unit.rings.map(hg.ring), style);
      Object.assign(outline, { unit: unit.code, name: unit.name }).addTo(group);
      const lines = unit.rings.map(hg.worldLine), box = outline.getBounds();
      const from = hg.world(box.getNorth(), box.getWest()), to = hg.world(box.getSouth(), box.getEast());
      return { code: unit.code, short: unit.short, at: hg.world(...unit.label), lines, extent: [from.x, from.y, to.x, to.y] };
    });
  }
  let shown = null, now = { vintage: null, list: [] };
  map.hgUnits = {
    bounds: Object.values(groups)[0].getBounds(),
    outline: hg.outline(Object.values(named)[0].flatMap((unit) => unit.lines)),
    boundsOf: (code) => shown.getLayers().find((layer) => layer.unit === code)?.getBounds(),
    // The vintage on the map and its units with what is to be written of each; the selected first.
    shown: () => now,
    // “shades” has a fill for each unit; without it, what is not selected steps back. “notes”
    // has a few words to stand below a unit's name.
    show: function (vintage, selected, shades, notes) {
      const list = named[vintage].map((unit) => ({ ...unit, note: (notes && notes[unit.code]) || "" }));
      now = { vintage, list: list.sort((a, b) => (b.code === selected) - (a.code === selected)) };
      if (shown && shown !== groups[vintage]) shown.remove();
      shown = groups[vintage].addTo(map);
      shown.eachLayer(function (layer) {
        const on = layer.unit === selected;
        const plain = selected && !on ? hg.base.aside : style.fillColor;
        layer.setStyle({ color: on ? hg.accent : style.color, weight: on ? 3 : style.weight,
          fillColor: shades ? shades(layer.unit) : plain });
        if (on) layer.bringToFront();
      });
    },
  };
};
