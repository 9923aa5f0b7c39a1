// All names on the map, placed in one pass: none over a symbol, none over another name. What has
// no free place at this zoom is left out. Not here: what lies beneath (context.js, units.js).
"use strict";

// Which parts of the canvas are taken, in cells of a few pixels: by something that no name may
// cover, or by a line that names outside the study area keep away from.
class Room {
  /** @param {Box} covered */
  constructor([left, top, right, bottom]) {
    this.cell = 3;
    this.left = left;
    this.top = top;
    this.columns = Math.ceil((right - left) / this.cell);
    this.rows = Math.ceil((bottom - top) / this.cell);
    this.cells = new Uint8Array(this.columns * this.rows);
  }

  /** @param {Box} box */
  _range([left, top, right, bottom]) {
    return [Math.floor((left - this.left) / this.cell), Math.floor((top - this.top) / this.cell),
      Math.floor((right - this.left) / this.cell), Math.floor((bottom - this.top) / this.cell)];
  }

  /** @param {Box} box */
  take([left, top, right, bottom]) {
    const x0 = Math.max(0, Math.floor((left - this.left) / this.cell)), x1 = Math.min(Math.floor((right - this.left) / this.cell), this.columns - 1);
    const y0 = Math.max(0, Math.floor((top - this.top) / this.cell)), y1 = Math.min(Math.floor((bottom - this.top) / this.cell), this.rows - 1);
    for (let y = y0; y <= y1; y++) {
      for (let i = y * this.columns + x0; i <= y * this.columns + x1; i++) this.cells[i] = 1;
    }
  }

  // A line of world places, seen through a lens.
  /** @param {Line} places @param {Lens} lens */
  line(places, lens) {
    const last = [this.columns - 1, this.rows - 1];
    /** @type {(i: number) => number} */
    const x = (i) => Math.floor((places[i] * lens.scale - lens.x - this.left) / this.cell);
    /** @type {(i: number) => number} */
    const y = (i) => Math.floor((places[i + 1] * lens.scale - lens.y - this.top) / this.cell);
    for (let i = 2, x0 = x(0), y0 = y(0); i < places.length; i += 2) {
      const x1 = x(i), y1 = y(i), many = Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0), 1);
      const aside = Math.max(x0, x1) < 0 || Math.max(y0, y1) < 0 || Math.min(x0, x1) > last[0] || Math.min(y0, y1) > last[1];
      for (let k = 0; k <= many && !aside; k++) {
        const column = x0 + Math.round((x1 - x0) * k / many), row = y0 + Math.round((y1 - y0) * k / many);
        if (column >= 0 && row >= 0 && column <= last[0] && row <= last[1]) this.cells[row * this.columns + column] |= 2;
      }
      x0 = x1;
      y0 = y1;
    }
  }

  /** @param {number} x @param {number} y */
  open(x, y) {
    return !(this.cells[Math.floor((y - this.top) / this.cell) * this.columns + Math.floor((x - this.left) / this.cell)] & 1);
  }

  // Whether a box lies on the canvas and touches nothing that is taken; 1: things, 3: lines too.
  /** @param {Box} box @param {number} against */
  free(box, against) {
    const [x0, y0, x1, y1] = this._range(box);
    if (x0 < 0 || y0 < 0 || x1 >= this.columns || y1 >= this.rows) return false;
    for (let y = y0; y <= y1; y++) {
      for (let i = y * this.columns + x0; i <= y * this.columns + x1; i++) {
        if (this.cells[i] & against) return false;
      }
    }
    return true;
  }
}

// Whether a place lies inside rings, all of them flat lists.
hg.inside = function (rings, x, y) {
  let odd = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
      if ((ring[i + 1] > y) !== (ring[j + 1] > y)
        && x < (ring[j] - ring[i]) * (y - ring[i + 1]) / (ring[j + 1] - ring[i + 1]) + ring[i]) odd = !odd;
    }
  }
  return odd;
};

hg.bold = (font) => font.replace(/^\d+/, "700");

class Labels extends L.Layer {
  /** @type {HTMLCanvasElement} */
  _canvas;
  /** @type {CanvasRenderingContext2D} */
  _context;
  /** @type {Lens} */
  _lens;
  /** @type {Box} */
  _view;
  /** @type {Room} */
  _room;

  /** @param {Units} units @param {Around} around @param {Way<Line>[]} ways @param {SitesLayer} sites */
  constructor(units, around, ways, sites) {
    super();
    this.units = units;
    this.sites = sites;
    this.lines = [...around.lines.map(hg.worldLine), ...units.outline];
    this.neighbours = around.neighbours.map((one) => ({ name: one.name, anchors: hg.worldLine(one.anchors) }));
    this.towns = around.towns.map(([name, rank, lat, lon]) => ({ name, rank, at: hg.world(lat / 1e5, lon / 1e5) }));
    this.ways = ways.filter((way) => way.name);
    /** @type {Placed[]} */
    this.placed = [];
    /** @type {() => SitesLayer[]} */
    this.also = () => [];  // other layers of sites whose symbols no name may cover
    this.avoids = true;  // a test turns this off to see itself fail
    /** @type {Map<string, { wide: number, up: number, down: number }>} */
    this._sizes = new Map();
    this._family = "";
  }

  /** @param {L.Map} map */
  onAdd(map) {
    this._map = map;
    this._canvas = hg.canvas(map, "names", 420);  // above the units, below the sites
    this.sites.on("drawn", this.draw, this);
    new ResizeObserver(() => this.sites.letters && this.draw()).observe(hg.part("hg-legend"));
    document.fonts.addEventListener("loadingdone", () => { this._sizes.clear(); if (this.sites.letters) this.draw(); });
    return this;
  }

  draw() {
    const started = performance.now(), map = this._map;
    const [context, covered] = hg.prepared(map, this._canvas);
    this._context = context;
    this._lens = hg.lens(map);
    this._family = getComputedStyle(map.getContainer()).fontFamily;
    const corner = map.containerPointToLayerPoint([0, 0]), size = map.getSize();
    this._view = [corner.x + 4, corner.y + 4, corner.x + size.x - 4, corner.y + size.y - 4];
    this._room = this._taken(covered);
    this.placed = [];
    const { vintage, list } = this.units.shown();
    list.forEach((unit) => this._unit(unit, list.length < 10));
    this._towns();
    this.ways.forEach((way) => this._way(way));
    if (map.getZoom() >= 13) this._siteNames();
    if (vintage === "2025") this._neighbours();  // their names are of that day
    this.placed.forEach((label) => this._write(label));
    Object.assign(document.body.dataset, { labels: this.placed.length, labelsMs: (performance.now() - started).toFixed(1) });
  }

  // Everything that names keep away from: symbols, numbered pins, what lies over the map.
  /** @param {Box} covered */
  _taken(covered) {
    const room = new Room(covered), map = this._map, lens = this._lens;
    for (const line of this.lines) room.line(line, lens);
    if (!this.avoids) return room;
    for (const layer of [this.sites, ...this.also()]) layer.eachBox((box) => room.take(box));
    const frame = map.getContainer().getBoundingClientRect();
    for (const over of document.querySelectorAll("#hg-legend, .leaflet-control, .hg-pin, #hg-swipe > *")) {
      const box = over.getBoundingClientRect(), at = map.containerPointToLayerPoint([box.x - frame.x, box.y - frame.y]);
      if (box.width) room.take([at.x - 2, at.y - 2, at.x + box.width + 2, at.y + box.height + 2]);
    }
    return room;
  }

  // How wide a text is, and how far it reaches above and below its middle: Ầ higher than a.
  /** @param {string} text @param {string} font */
  _measure(text, font) {
    const key = font + "|" + text, known = this._sizes.get(key);
    if (known) return known;
    this._context.font = font;
    this._context.textBaseline = "middle";
    const { width, actualBoundingBoxAscent, actualBoundingBoxDescent } = this._context.measureText(text);
    const size = { wide: width, up: actualBoundingBoxAscent, down: actualBoundingBoxDescent };
    this._sizes.set(key, size);
    return size;
  }

  // A label not yet placed: lines of text, and how far they reach with their halo.
  /** @param {string} kind @param {string[]} lines @param {Lettering} look @returns {Label} */
  _label(kind, lines, look) {
    const letters = hg.growth * look.size, font = `${look.weight} ${letters}px ${this._family}`, spacing = look.spacing || 0;
    /** @type {(k: number) => boolean} */
    const noted = (k) => Boolean(look.note) && k === lines.length - 1;
    const sizes = lines.map((text, k) => this._measure(text, noted(k) ? hg.bold(font) : font));
    const high = letters * 1.22, halo = 2;
    const widths = sizes.map((size, k) => size.wide + spacing * lines[k].length);
    const up = sizes[0].up + high * (lines.length - 1) / 2 + halo;
    const down = sizes[lines.length - 1].down + high * (lines.length - 1) / 2 + halo;
    return { kind, lines, widths, font, spacing, colour: look.colour, note: look.note, high, up, down,
      width: Math.max(...widths) + 2 * halo + 2, height: up + down };
  }

  /** @type {(label: Label, x: number, y: number) => Box} */
  _box = (label, x, y) => [x - label.width / 2, y - label.up, x + label.width / 2, y + label.down];

  /** @param {Label} label @param {number} x @param {number} y */
  _put(label, x, y) {
    const placed = { ...label, x, y, box: this._box(label, x, y) };
    if (this.avoids) this._room.take(placed.box);
    this.placed.push(placed);
    return placed;
  }

  // Whether a label may stand here: whole, either in sight or out of it, and over nothing.
  /** @param {Label} label @param {Spot} at @param {number} against */
  _fits(label, [x, y], against) {
    const box = this._box(label, x, y), view = this._view, edge = 4;  // what lies there is seen, and would be cut
    const out = box[2] < view[0] - edge || box[3] < view[1] - edge || box[0] > view[2] + edge || box[1] > view[3] + edge;
    return (out || this._seen(box)) && this._room.free(box, against);
  }

  /** @param {Box} box */
  _seen([left, top, right, bottom]) {
    const view = this._view;
    return left >= view[0] && top >= view[1] && right <= view[2] && bottom <= view[3];
  }

  // A long name may also stand on two lines.
  /** @param {string} text */
  _folded(text) {
    const gaps = [...text.matchAll(/ /g)].map((match) => match.index).filter((i) => text[i - 1] !== ".");
    if (!gaps.length || text.length < 9) return null;
    const middle = gaps.reduce((a, b) => (Math.abs(b - text.length / 2) < Math.abs(a - text.length / 2) ? b : a));
    return [text.slice(0, middle), text.slice(middle + 1)];
  }

  /** @param {Unit} unit @param {boolean} large */
  _unit(unit, large) {
    const growth = Math.max(-1, Math.min(3, this._map.getZoom() - 10));
    const [size, weight] = hg.lettering[large ? "district" : "unit"];
    const look = { size: size + growth, weight, colour: hg.base["unit-name"], note: unit.note };
    const note = unit.note ? [unit.note] : [];
    // The few words matter more than the name where there is no room for both.
    const forms = [[unit.short, ...note], [...(this._folded(unit.short) || []), ...note], note]
      .filter((lines, k) => lines.length > (k === 1 ? note.length : 0)).map((lines) => this._label("unit", lines, look));
    return this._place(unit, forms, 10, [1]) || this._place(unit, forms, 20, [1, 0.8, 0.6]);
  }

  // Look for a place as many steps apart; “parts” says how much of a name must lie in its unit.
  /** @param {Unit} unit @param {Label[]} forms @param {number} many @param {number[]} parts */
  _place(unit, forms, many, parts) {
    const [west, north, east, south] = unit.extent.map((at) => at * this._lens.scale), least = parts[parts.length - 1];
    if (forms.every((label) => label.width * least > east - west || label.height * least > south - north)) return false;
    const places = this._places(unit, many), known = forms.map(() => /** @type {boolean[]} */ ([]));
    /** @type {(k: number, i: number) => boolean} */
    const fits = (k, i) => (known[k][i] ??= this._fits(forms[k], places[i], 1));
    return parts.some((part) => forms.some((label, k) => {
      if (label.width * part > east - west) return false;
      const at = places.find((place, i) => fits(k, i) && this._within(unit, label, ...place, part));
      return Boolean(at && this._put(label, ...at));
    }));
  }

  // A name stands in the middle of its unit, or below its ring.
  /** @param {Unit} unit @returns {Spot} */
  _home(unit) {
    const lens = this._lens, ring = this.sites.rings.of(unit.code);
    if (ring) return [ring.x - lens.x, ring.y - lens.y + ring.radius + 12 * hg.growth];
    return [unit.at.x * lens.scale - lens.x, unit.at.y * lens.scale - lens.y];
  }

  // Where a unit's name may stand, best first: in sight, then near the middle of the unit.
  /** @param {Unit} unit @param {number} many @returns {Spot[]} */
  _places(unit, many) {
    const lens = this._lens, [west, north, east, south] = unit.extent, view = this._view, room = this._room;
    const left = Math.max(west * lens.scale - lens.x, room.left), top = Math.max(north * lens.scale - lens.y, room.top);
    const right = Math.min(east * lens.scale - lens.x, room.left + room.columns * room.cell);
    const bottom = Math.min(south * lens.scale - lens.y, room.top + room.rows * room.cell);
    if (left >= right || top >= bottom) return [];
    const home = this._home(unit), places = [home];
    const across = Math.max(6, (right - left) / many), down = Math.max(5, (bottom - top) / many);
    for (let y = top + down / 2; y < bottom; y += down) {
      for (let x = left + across / 2; x < right; x += across) if (room.open(x, y)) places.push([x, y]);
    }
    /** @type {(at: Spot) => number} */
    const away = ([x, y]) => (x < view[0] || y < view[1] || x > view[2] || y > view[3] ? 1e9 : 0)
      + (x - home[0]) ** 2 + 2 * (y - home[1]) ** 2;
    return places.map((at) => ({ at, far: away(at) })).sort((a, b) => a.far - b.far).map(({ at }) => at);
  }

  // Whether so much of a label's width lies inside its unit.
  /** @param {Unit} unit @param {Label} label @param {number} x @param {number} y @param {number} part */
  _within(unit, label, x, y, part) {
    const lens = this._lens, dx = label.width / 2 * part, dy = label.height / 2 * part;
    return [[0, 0], [-dx, -dy], [dx, -dy], [-dx, dy], [dx, dy], [-dx, 0], [dx, 0]].every(([a, b]) =>
      hg.inside(unit.lines, (x + a + lens.x) / lens.scale, (y + b + lens.y) / lens.scale));
  }

  // A town is a dot with its name beside it; what is named already is not named again.
  _towns() {
    const zoom = this._map.getZoom(), lens = this._lens;
    const names = new Set(this.placed.map((label) => label.lines.join(" ").replace(/^(P\.|H\.|TX|TP) /, "")));
    for (const town of this.towns) {
      if (zoom < [8, 9.5, 10.25][town.rank] || names.has(town.name)) continue;
      const x = town.at.x * lens.scale - lens.x, y = town.at.y * lens.scale - lens.y;
      const dot = [3.2, 2.5, 2][town.rank], room = dot + 1;
      /** @type {Box} */
      const dotBox = [x - room, y - room, x + room, y + room];
      if (!this._room.free(dotBox, 1)) continue;
      const [size, weight] = hg.lettering[["city", "town", "place"][town.rank]];
      const label = this._label("town", [town.name], { size, weight, colour: hg.base["town-name"] });
      label.dot = [x, y, dot, town.rank];
      const right = label.width / 2 + dot + 1, high = label.height / 2 + dot;
      const sides = [[right, 0], [-right, 0], [0, -high], [0, high]].map(([a, b]) => /** @type {Spot} */ ([x + a, y + b]));
      const at = [3, 1].map((against) => sides.find((side) => this._fits(label, side, against))).find(Boolean);
      if (!at) continue;
      this._put(label, ...at).dotBox = dotBox;
      if (this.avoids) this._room.take(dotBox);
    }
  }

  // Along the first of its lines that is straight enough somewhere in sight.
  /** @param {Way<Line>} way */
  _way(way) {
    const { from, ink } = hg.ways[way.class], lens = this._lens;
    if (this._map.getZoom() < from) return;
    const [size, weight] = hg.lettering.way;
    const label = this._label("way", [way.name], { size, weight, colour: hg.base[ink] });
    for (const line of way.lines) {
      const pixels = line.map((at, i) => at * lens.scale - (i % 2 ? lens.y : lens.x));
      for (const [x, y, angle] of hg.along(pixels, label.width + 8)) {
        const turned = this._turned(label, angle);
        if (this._fits(turned, [x, y], 1)) return this._put(turned, x, y);
      }
    }
  }

  // A label written at an angle takes the room of the box around it.
  /** @param {Label} label @param {number} angle @returns {Label} */
  _turned(label, angle) {
    const sin = Math.abs(Math.sin(angle)), cos = Math.abs(Math.cos(angle));
    const high = label.width * sin + label.height * cos;
    return { ...label, angle, width: label.width * cos + label.height * sin, height: high, up: high / 2, down: high / 2 };
  }

  // Near by, sites are named where there is room beside them.
  _siteNames() {
    const [size, weight] = hg.lettering.site;
    this.sites.eachBox((box, i) => {
      if (i === undefined || !this._seen(box)) return;
      const name = this.sites.columns.name[i], short = name.length > 44 ? name.slice(0, 43).trimEnd() + "…" : name;
      const label = this._label("site", this._folded(short) || [short], { size, weight, colour: hg.base["unit-name"] });
      const [x, y] = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2], half = (box[2] - box[0]) / 2;
      const right = half + label.width / 2 + 3, down = half + label.height / 2 + 1;
      const at = [[right, 0], [-right, 0], [0, down], [0, -down]].map(([a, b]) => /** @type {Spot} */ ([x + a, y + b]))
        .find((side) => this._fits(label, side, 1));
      if (at) this._put(label, ...at);
    });
  }

  // Spaced capitals in the middle of what is seen of a neighbour; again far away from there.
  _neighbours() {
    const lens = this._lens, [size, weight] = hg.lettering.beyond;
    for (const { name, anchors } of this.neighbours) {
      const capitals = name.toLocaleUpperCase("vi");
      const forms = [[capitals], this._folded(capitals) ?? []].filter((lines) => lines.length)
        .map((lines) => this._label("neighbour", lines, { size, weight, spacing: 2, colour: hg.base["far-name"] }));
      /** @type {Spot[]} */
      const seen = [];
      for (let i = 0; i < anchors.length; i += 2) {
        /** @type {Spot} */
        const at = [anchors[i] * lens.scale - lens.x, anchors[i + 1] * lens.scale - lens.y];
        if (this._seen([...at, ...at])) seen.push(at);
      }
      const first = this._neighbour(forms, seen);
      if (first) this._neighbour(forms, seen.filter(([x, y]) => Math.hypot(x - first.x, y - first.y) > 640));
    }
  }

  /** @param {Label[]} forms @param {Spot[]} places */
  _neighbour(forms, places) {
    /** @type {(k: 0 | 1) => number} */
    const mean = (k) => places.reduce((sum, at) => sum + at[k], 0) / places.length, x = mean(0), y = mean(1);
    places.sort((a, b) => (a[0] - x) ** 2 + (a[1] - y) ** 2 - (b[0] - x) ** 2 - (b[1] - y) ** 2);
    for (const form of forms) {
      const at = places.find((place) => this._seen(this._box(form, ...place)) && this._fits(form, place, 3));
      if (at) return this._put(form, ...at);
    }
    return null;
  }

  /** @param {Placed} label */
  _write(label) {
    const context = this._context;
    if (label.dot) this._dot(...label.dot);
    context.font = label.font;
    context.textBaseline = "middle";
    context.lineJoin = "round";
    if (label.angle !== undefined) return this._writeAlong(label);
    label.lines.forEach((text, k) => {
      const noted = label.note && k === label.lines.length - 1;
      const y = label.y + (k - (label.lines.length - 1) / 2) * label.high;
      if (noted) context.font = hg.bold(label.font);
      this._letters(text, label, label.x - label.widths[k] / 2 + label.spacing / 2, y, noted ? hg.base.ink : label.colour);
    });
  }

  /** @param {Placed} label */
  _writeAlong(label) {
    const context = this._context;
    context.save();
    context.translate(label.x, label.y);
    context.rotate(label.angle ?? 0);
    this._letters(label.lines[0], label, -label.widths[0] / 2, 0, label.colour);
    context.restore();
  }

  /** @param {string} text @param {Label} label @param {number} x @param {number} y @param {string} colour */
  _letters(text, label, x, y, colour) {
    const context = this._context, pieces = label.spacing ? [...text] : [text];
    context.strokeStyle = hg.base.halo;
    context.lineWidth = 3;
    context.fillStyle = colour;
    for (const draw of /** @type {const} */ (["strokeText", "fillText"])) {
      let at = x;
      for (const piece of pieces) {
        context[draw](piece, at, y);
        at += label.spacing && this._measure(piece, label.font).wide + label.spacing;
      }
    }
  }

  /** @param {number} x @param {number} y @param {number} radius @param {number} rank */
  _dot(x, y, radius, rank) {
    const context = this._context;
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fillStyle = rank ? hg.base.paper : hg.base["town-name"];
    context.strokeStyle = hg.base["town-name"];
    context.lineWidth = 1.2;
    context.fill();
    context.stroke();
  }

  // Where everything stands, in pixels of the map's layers: for who wants to check.
  boxes() {
    /** @type {Box[]} */
    const symbols = [];
    for (const layer of [this.sites, ...this.also()]) layer.eachBox((box) => symbols.push(box));
    return { symbols, labels: this.placed.map(({ kind, lines, box, dotBox }) => ({ kind, text: lines.join(" "), box, dotBox })) };
  }
}
