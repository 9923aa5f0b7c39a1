// Administrative units beneath the sites: outlines of both vintages, one shown at a time.
// Their names are placed with all others (labels.js).
"use strict";
window.hg ??= /** @type {Hg} */ ({});

// How much larger all that is drawn on the map is than on a desk: more than 1 only in a room.
hg.growth = 1;

hg.text = function (tag, text, className) {
  const element = document.createElement(tag);
  element.textContent = text;
  if (className) element.className = className;
  return element;
};

// What the page was made with, and what one draws on a canvas with: they are there.
hg.part = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
hg.pen = (canvas) => /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));

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
  /** @type {Degrees[]} */
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
  /** @type {Record<string, L.FeatureGroup>} */
  const groups = {};
  /** @type {Record<string, Omit<Unit, "note">[]>} */
  const named = {};
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
  /** @type {L.FeatureGroup} */
  let shown;
  /** @type {{ vintage: Vintage, list: Unit[] }} */
  let now = { vintage: "2025", list: [] };
  /** @type {string | null} */
  let chosen = null;
  /** @type {string | null} */
  let pointed = null;

  // The one that is chosen has the strongest edge, and the one pointed at shows its own.
  /** @param {UnitLayer} layer */
  function edge(layer) {
    const weight = layer.unit === chosen ? 3 : layer.unit === pointed ? 2 : style.weight;
    layer.setStyle({ color: weight === style.weight ? style.color : hg.accent, weight });
    if (weight !== style.weight) layer.bringToFront();
  }

  /** @type {(code: string) => UnitLayer | undefined} */
  const find = (code) => /** @type {UnitLayer[]} */ (shown.getLayers()).find((layer) => layer.unit === code);
  map.hgUnits = {
    bounds: Object.values(groups)[0].getBounds(),
    outline: hg.outline(Object.values(named)[0].flatMap((unit) => unit.lines)),
    boundsOf: (code) => find(code)?.getBounds(),
    nameOf: (code) => find(code)?.name ?? "",
    // The unit in which a place lies, if any.
    at: ({ lat, lng }) => {
      const { x, y } = hg.world(lat, lng);
      return now.list.find((unit) => hg.inside(unit.lines, x, y))?.code ?? null;
    },
    point: function (code) {
      if (code === pointed) return;
      const before = pointed;
      pointed = code;
      for (const one of [before, pointed, chosen]) {
        const layer = one && find(one);
        if (layer) edge(layer);
      }
    },
    // The vintage on the map and its units with what is to be written of each; the selected first.
    shown: () => now,
    // “shades” has a fill for each unit; without it, what is not selected steps back. “notes”
    // has a few words to stand below a unit's name.
    show: function (vintage, selected, shades, notes) {
      const list = named[vintage].map((unit) => ({ ...unit, note: (notes && notes[unit.code]) || "" }));
      now = { vintage, list: list.sort((a, b) => Number(b.code === selected) - Number(a.code === selected)) };
      if (shown && shown !== groups[vintage]) shown.remove();
      shown = groups[vintage].addTo(map);
      chosen = selected || null;
      for (const layer of /** @type {UnitLayer[]} */ (shown.getLayers())) {
        const plain = chosen && layer.unit !== chosen ? hg.base.aside : style.fillColor;
        layer.setStyle({ fillColor: shades ? shades(layer.unit) : plain });
        edge(layer);
      }
      if (chosen) find(chosen)?.bringToFront();
    },
  };
};
