// Waters and roads between the units and the sites, from the file of an administrator, and where
// their names stand along them. Nothing here can be clicked.
"use strict";

// Of each class, in the order of drawing: strokes (colour, width in pixels at zoom 10.6, dashes),
// from which zoom on it is named and in which colour.
hg.ways = {
  river: { strokes: [["water", 4]], from: 9, ink: "water-name" },
  canal: { strokes: [["water", 1.6]], from: 11, ink: "water-name" },
  ferry: { strokes: [["ferry", 1.4, [4, 4]]], from: 12, ink: "water-name" },
  provincial: { strokes: [["road", 1.6]], from: 11, ink: "road-name" },
  national: { strokes: [["road", 2.8]], from: 9.5, ink: "road-name" },
  expressway: { strokes: [["motorway", 4], ["between", 2]], from: 9.5, ink: "road-name" },
};

class Ways extends L.Layer {
  /** @type {HTMLCanvasElement} */
  _canvas;

  /** @param {Way<Steps>[]} ways */
  constructor(ways) {
    super();
    this.ways = ways.map((way) => ({ ...way, lines: way.lines.map(hg.worldLine) }));
  }

  /** @param {L.Map} map */
  onAdd(map) {
    this._map = map;
    this._canvas = hg.canvas(map, "ways", 410);
    map.on("moveend zoom resize theme", this._later, this);
    this._later();
    return this;
  }

  _later = hg.later;

  _draw() {
    const map = this._map, lens = hg.lens(map), [context] = hg.prepared(map, this._canvas);
    const growth = Math.min(2.4, Math.max(0.6, 1 + 0.3 * (map.getZoom() - 10.6)));
    context.lineJoin = context.lineCap = "round";
    for (const way of this.ways) {
      const look = hg.ways[way.class];
      hg.path(context, lens, way.lines);
      if (way.area) {
        context.fillStyle = hg.base["water-area"];
        context.fill("evenodd");
        continue;
      }
      for (const [colour, width, dashes] of look.strokes) {
        context.strokeStyle = hg.base[colour];
        context.lineWidth = width * growth;
        context.setLineDash(dashes || []);
        context.stroke();
      }
    }
    context.setLineDash([]);
  }
}

// Where a text so wide may stand along a line of pixels: [x, y, angle], straight enough and the
// right way up, first those nearest the middle of the line.
hg.along = function (line, wide) {
  /** @type {(i: number) => Spot} */
  const at = (i) => [line[2 * i], line[2 * i + 1]];
  const far = [0], last = line.length / 2 - 1;
  for (let i = 1; i <= last; i++) far.push(far[i - 1] + Math.hypot(line[2 * i] - line[2 * i - 2], line[2 * i + 1] - line[2 * i - 1]));
  const whole = far[last];
  /** @type {(s: number) => Spot} */
  const point = (s) => {
    let i = 1;
    while (i < last && far[i] < s) i++;
    const part = (s - far[i - 1]) / (far[i] - far[i - 1] || 1), [x0, y0] = at(i - 1), [x1, y1] = at(i);
    return [x0 + part * (x1 - x0), y0 + part * (y1 - y0)];
  };
  /** @type {[number, [number, number, number]][]} */
  const places = [];
  for (let s = 0; s + wide <= whole; s += 24) {
    const [ax, ay] = point(s), [bx, by] = point(s + wide), [mx, my] = point(s + wide / 2);
    const chord = Math.hypot(bx - ax, by - ay);
    const aside = Math.abs((bx - ax) * (ay - my) - (ax - mx) * (by - ay)) / (chord || 1);
    if (chord < 0.96 * wide || aside > 3) continue;
    let angle = Math.atan2(by - ay, bx - ax);
    if (Math.abs(angle) > Math.PI / 2) angle += Math.PI;
    places.push([Math.abs(s + wide / 2 - whole / 2), [(ax + bx) / 2, (ay + by) / 2, angle]]);
  }
  return places.sort((a, b) => a[0] - b[0]).map(([, place]) => place);
};
