// The ground beneath the units: sea, borders of neighbours, and the edge of the study area. Its
// names are placed with all others (labels.js). Nothing here can be clicked.
"use strict";

// Where a place lies on the whole world's picture at zoom 0, in pixels.
hg.world = (lat, lon) => L.CRS.EPSG3857.latLngToPoint(L.latLng(lat, lon), 0);

// A line of steps as a flat list of such places: x, y, x, y, …
hg.worldLine = function (steps) {
  return Float64Array.from(hg.ring(steps).flatMap(([lat, lon]) => {
    const at = hg.world(lat, lon);
    return [at.x, at.y];
  }));
};

// What runs around rings that share borders: their edges that are in one ring only, as lines.
hg.outline = function (rings) {
  /** @type {(ring: Line, i: number) => number[]} */
  const key = (ring, i) => [ring[i], ring[i + 1], ring[i + 2], ring[i + 3]];
  /** @type {(edge: number[]) => string} */
  const name = ([a, b, c, d]) => (a < c || (a === c && b < d) ? [a, b, c, d] : [c, d, a, b]).join();
  /** @type {number[][]} */
  const lines = [];
  const times = new Map();
  /** @type {(tell: (ring: Line, i: number, edge: string) => void) => void} */
  const each = (tell) => rings.forEach((ring) => { for (let i = 0; i + 3 < ring.length; i += 2) tell(ring, i, name(key(ring, i))); });
  each((ring, i, edge) => times.set(edge, (times.get(edge) || 0) + 1));
  /** @type {{ ring: Line, i: number } | null} */
  let last = null;
  each((ring, i, edge) => {
    if (times.get(edge) > 1) return;
    if (!last || last.ring !== ring || last.i !== i - 2) lines.push([ring[i], ring[i + 1]]);
    lines[lines.length - 1].push(ring[i + 2], ring[i + 3]);
    last = { ring, i };
  });
  return lines.map((line) => Float64Array.from(line));
};

// How places become pixels of the map's layers at this moment.
hg.lens = function (map) {
  const origin = map.getPixelOrigin();
  return { scale: L.CRS.EPSG3857.scale(map.getZoom()) / 256, x: origin.x, y: origin.y };
};

// A canvas in a pane of its own, above or below the others; the mouse does not see it.
hg.canvas = function (map, name, level) {
  const pane = map.createPane(name);
  pane.style.zIndex = String(level);
  pane.style.pointerEvents = "none";
  return L.DomUtil.create("canvas", "hg-" + name, pane);
};

// As a layer's method: has it drawn once, at the next turn of the screen; paper waits for none.
hg.later = function () {
  if (hg.printing) return this._draw();
  if (!this._frame) this._frame = requestAnimationFrame(() => { this._frame = null; this._draw(); });
};

// A canvas a little larger than the view, so that a short pan shows no empty edge. Gives what
// to draw with, in pixels of the map's layers, and what part of them it covers.
hg.prepared = function (map, canvas) {
  const size = map.getSize(), ratio = window.devicePixelRatio || 1;
  const margin = size.multiplyBy(0.3).round();
  const width = size.x + 2 * margin.x, height = size.y + 2 * margin.y;
  if (canvas.width !== Math.floor(width * ratio) || canvas.height !== Math.floor(height * ratio)) {
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    canvas.style.width = width + "px";
    canvas.style.height = height + "px";
  }
  const corner = map.containerPointToLayerPoint(margin.multiplyBy(-1));
  L.DomUtil.setPosition(canvas, corner);
  const context = hg.pen(canvas);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  context.translate(-corner.x, -corner.y);
  return [context, [corner.x, corner.y, corner.x + width, corner.y + height]];
};

// Adds lines of world places to what is drawn next.
hg.path = function (context, lens, lines) {
  context.beginPath();
  for (const line of lines) {
    for (let i = 0; i < line.length; i += 2) {
      context[i ? "lineTo" : "moveTo"](line[i] * lens.scale - lens.x, line[i + 1] * lens.scale - lens.y);
    }
  }
};

class Ground extends L.Layer {
  /** @type {HTMLCanvasElement} */
  _canvas;

  /** @param {Around} around @param {Line[]} outline */
  constructor(around, outline) {
    super();
    this.sea = around.sea.map(hg.worldLine);
    this.lines = around.lines.map(hg.worldLine);
    this.outline = outline;
    const [south, west, north, east] = around.frame;
    this.frame = [hg.world(north, west), hg.world(south, east)];
  }

  /** @param {L.Map} map */
  onAdd(map) {
    this._map = map;
    this._canvas = hg.canvas(map, "ground", 250);
    map.on("moveend zoom resize theme", this._later, this);
    this._later();
    return this;
  }

  _later = hg.later;

  _draw() {
    const map = this._map, lens = hg.lens(map), [context, covered] = hg.prepared(map, this._canvas);
    context.lineJoin = "round";
    hg.path(context, lens, this.sea);
    context.fillStyle = hg.base.sea;
    context.fill();
    hg.path(context, lens, this.lines);
    context.strokeStyle = hg.base.coast;
    context.lineWidth = 1;
    context.stroke();
    this._fade(context, lens, covered);
    // The units lie above and hide the inner half: what is left runs around the whole area.
    hg.path(context, lens, this.outline);
    for (const [colour, width] of /** @type {[string, number][]} */ ([[hg.base.glow, 13], [hg.base.edge, 3.6]])) {
      context.strokeStyle = colour;
      context.lineWidth = width;
      context.stroke();
    }
  }

  // What is known ends somewhere; it fades out there, rather than along a line that is none.
  /** @param {CanvasRenderingContext2D} context @param {Lens} lens @param {Box} covered */
  _fade(context, lens, [left, top, right, bottom]) {
    const [x0, y0, x1, y1] = this.frame.flatMap((at) => [at.x * lens.scale - lens.x, at.y * lens.scale - lens.y]);
    const wide = 0.08 * (x1 - x0);
    context.globalCompositeOperation = "destination-out";
    for (const [edge, inner, upright] of [[x0, x0 + wide, 1], [x1, x1 - wide, 1], [y0, y0 + wide, 0], [y1, y1 - wide, 0]]) {
      const from = Math.max(Math.min(edge, inner), upright ? left : top);
      const to = Math.min(Math.max(edge, inner), upright ? right : bottom);
      if (from >= to) continue;
      const shade = upright ? context.createLinearGradient(edge, 0, inner, 0) : context.createLinearGradient(0, edge, 0, inner);
      shade.addColorStop(0, "black");
      shade.addColorStop(1, "rgba(0, 0, 0, 0)");
      context.fillStyle = shade;
      if (upright) context.fillRect(from, top, to - from, bottom - top);
      else context.fillRect(left, from, right - left, to - from);
    }
    context.globalCompositeOperation = "source-over";
  }
}

hg.context = function (map, around, ways) {
  map.hgContext = around;
  map.hgWays = new Ways(ways).addTo(map).ways;
  map.addLayer(new Ground(around, map.hgUnits.outline));
  const credit = new L.Control({ position: "bottomright" });
  credit.onAdd = () => hg.text("div", around.credit, "hg-credit");
  credit.addTo(map);
};
