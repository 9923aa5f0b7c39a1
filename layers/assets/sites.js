// All sites on one canvas: a symbol is drawn once a kind and status, then stamped where there are few
// of them, and written as pixels (pixels.js) where there are many.
"use strict";

// Of more symbols than this none steps aside, and each is written as pixels.
const MANY = 400;

// How a status is drawn; an entry of the inventory is drawn by its kind.
hg.symbol = (look, kind, [axis, status]) => (axis === "entry" ? look.entries[kind] : look.symbols[axis])[status];

// A radius as it is for a place of a size: 0, 1 or 2.
hg.sized = (radius, size) => Math.round(radius * (1 + 0.25 * size));

hg.symbols = function (look, radius) {
  // One small canvas for each kind, status and certainty; made when first needed.
  const ratio = window.devicePixelRatio || 1;
  const half = radius + 4;
  /** @type {HTMLCanvasElement[]} */
  const cache = [];
  /** @type {Sprite[]} */
  const sprites = [];

  /** @param {CanvasRenderingContext2D} context @param {Spot[]} outline @param {number} size */
  function path(context, outline, size) {
    context.beginPath();
    outline.forEach(([x, y], i) => context[i ? "lineTo" : "moveTo"](x * size, y * size));
  }

  /** @param {string} kind @param {Sign} symbol @param {number} uncertain */
  function draw(kind, symbol, uncertain) {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 2 * half * ratio;
    const context = hg.pen(canvas);
    context.scale(ratio, ratio);
    context.translate(half, half);
    context.lineJoin = context.lineCap = "round";
    path(context, look.shapes[kind], radius);
    context.closePath();
    context.strokeStyle = hg.base.paper;
    context.lineWidth = 4;
    context.stroke();
    context.fillStyle = symbol.fill;
    context.fill();
    context.strokeStyle = symbol.edge;
    context.lineWidth = 1.4;
    context.lineCap = "butt";
    context.setLineDash(uncertain && radius > 5 ? [2.4, 2] : []);
    context.stroke();
    if (radius > 5) {
      context.setLineDash([]);
      context.lineCap = "round";
      context.strokeStyle = symbol.ink;
      context.lineWidth = radius / 5;
      context.translate(0, (look.lowered[kind] || 0) * radius);
      for (const stroke of look.marks[symbol.mark]) {
        path(context, stroke, radius * look.markSize);
        context.stroke();
      }
    }
    return canvas;
  }

  /** @type {Stamp["of"]} */
  function made(kind, status, uncertain, key) {
    return (cache[key] ??= draw(look.kinds[kind], hg.symbol(look, look.kinds[kind], status), uncertain));
  }

  return {
    half: half,
    of: made,
    sprite: (kind, status, uncertain, key) => (sprites[key] ??= hg.sprite(made(kind, status, uncertain, key))),
  };
};

class SitesLayer extends L.Layer {
  /** @type {HTMLCanvasElement} */
  _canvas;

  /** @param {Columns} columns @param {Look} look @param {Units} units */
  constructor(columns, look, units) {
    super();
    this.columns = columns;
    this.look = look;
    this.rings = new Rings(units, columns, look);
    this.n = columns.id.length;
    this.visible = this.single = new Uint32Array(0);
    /** @type {number | null} */
    this.chosen = null;
    this.letters = "";
    /** @type {Status[]} */
    this.status = [];
    /** @type {boolean[]} */
    this._low = [];
    this.sized = false;
    /** @type {Stamp[] | null} */
    this._symbols = null;
    /** @type {Map<number, Spot>} */
    this._asides = new Map();
    /** @type {unknown[]} */
    this._known = [];
    /** @type {Sheet | null} */
    this._sheet = null;
    // Where each site is in the world, NaN for want of a position.
    this.x = new Float64Array(this.n).fill(NaN);
    this.y = new Float64Array(this.n).fill(NaN);
    columns.lat.forEach((lat, i) => {
      if (lat === null) return;
      const at = hg.world(lat / 1e5, Number(columns.lon[i]) / 1e5);
      this.x[i] = at.x;
      this.y[i] = at.y;
    });
  }

  /** @param {L.Map} map */
  onAdd(map) {
    this._map = map;
    this._canvas = hg.canvas(map, "sites", 450);
    this.rings.family = getComputedStyle(map.getContainer()).fontFamily;
    map.on("moveend zoom resize", this._later, this);
    this._later();
    return this;
  }

  // The statuses of a day: one letter a site; capital letters are stages of pilot models.
  /** @param {string} letters @param {string} axis */
  setDay(letters, axis) {
    const order = this.look.order;
    /** @type {Record<string, Status>} */
    const pairs = {};
    order[axis].forEach((status, k) => { pairs[String.fromCharCode(97 + k)] = [axis, status]; });
    order.stage.forEach((status, k) => { pairs[String.fromCharCode(65 + k)] = ["stage", status]; });
    this.letters = letters;
    this.status = Array.from(letters, (letter) => pairs[letter]);
    this._low = [];
    for (const [letter, [, status]] of Object.entries(pairs)) {
      this._low[letter.charCodeAt(0)] = status === "not-applicable" || status.startsWith("idle");
    }
    this.sized = axis === "entry";
    this._symbols = null;
  }

  // Whether a site has a position.
  /** @param {number} i */
  placed(i) {
    return !Number.isNaN(this.x[i]);
  }

  // Which sites to draw: those for which keep(i) holds. What does not count lies below; the
  // rest is mixed, so that no status hides another one: of many none in the order of the register,
  // which goes by kind.
  /** @param {(i: number) => boolean} keep */
  select(keep) {
    /** @type {number[]} */
    const below = [];
    /** @type {number[]} */
    const above = [];
    const step = this.n > MANY ? hg.stride(this.n) : 1;
    for (let k = 0, i = 0; k < this.n; k++, i = (i + step) % this.n) {
      if (!this.placed(i) || !keep(i)) continue;
      (this._low[this.letters.charCodeAt(i)] ? below : above).push(i);
    }
    this.visible = Uint32Array.from(below.concat(above));
    this._later();
  }

  radius() {
    const base = this.n <= 200 ? 10 : this.n <= 1000 ? 8 : this.n <= 5000 ? 5 : 3.5;
    const nearer = this._map.getZoom() - 10;  // far away, as on a phone, they would cover each other
    return hg.growth * (base + (nearer < 0 ? Math.max(-3, Math.round(3 * nearer)) * base / 10 : Math.min(4, Math.floor(nearer))));
  }

  // Where it says what there is, a larger place has a larger symbol.
  /** @param {number} i @param {number} radius @returns {number} */
  grown(i, radius) {
    return hg.sized(radius, this.sized ? this.columns.size[i] : 0);
  }

  // How positions become pixels of the map's layers at this moment.
  /** @returns {SiteLens} */
  _lens() {
    return { ...hg.lens(this._map), radius: this.radius(), room: this._map.getZoom() < 13 ? 120 : Infinity };
  }

  // Where symbols stand in pixels of the map's layers. Sites that share a position stand in a spiral
  // around it, so that each can be clicked; others step “aside” for each other.
  /** @param {ArrayLike<number>} list @param {SiteLens} lens @returns {Spots} */
  spots(list, lens, aside = true) {
    const n = list.length, spots = { x: new Float64Array(n), y: new Float64Array(n) }, { shared } = this.columns;
    for (let v = 0; v < n; v++) {
      const i = list[v], by = aside && this._asides.size ? this._asides.get(i) : undefined;
      let x = this.x[i] * lens.scale - lens.x, y = this.y[i] * lens.scale - lens.y;
      const together = shared[i];
      if (together) {
        const step = Math.min(lens.radius * 1.9, lens.room / Math.sqrt(together[1]));
        const away = step * Math.sqrt(together[0] + 0.5), turn = together[0] * 2.39996;
        x += away * Math.cos(turn);
        y += away * Math.sin(turn);
      }
      spots.x[v] = by ? x + by[0] : x;
      spots.y[v] = by ? y + by[1] : y;
    }
    return spots;
  }

  /** @param {L.Point} layerPoint */
  ringAt(layerPoint) {
    return this.rings.at(layerPoint, this._lens());
  }

  /** @param {number} i */
  point(i) {
    const { x, y } = this.spots([i], this._lens());
    return L.point(x[0], y[0]);
  }

  // Whether a symbol stands so far from its place that one must be told.
  /** @param {number} i */
  aside(i) {
    return Math.hypot(...this._asides.get(i) ?? [0, 0]) > 0.5 * this.radius();
  }

  // Where symbols stand aside, once a zoom and choice; rings do that for those that they gather.
  /** @param {SiteLens} lens @param {boolean} gathered */
  _stepAside(lens, gathered) {
    const known = [lens.scale, lens.radius, this.visible, this.sized, gathered];
    if (known.every((one, k) => one === this._known[k])) return;
    this._known = known;
    this._asides = new Map();
    if (gathered) return;
    if (this.visible.length > MANY) return;  // they would dance for no gain
    const list = Array.from(this.visible), { x, y } = this.spots(list, lens, false);
    const asides = hg.asides(list.map((_, v) => [x[v], y[v]]), list.map((i) => this.grown(i, lens.radius) + 1));
    asides.forEach((by, v) => this._asides.set(list[v], by));
  }

  // The site whose symbol lies at a place, or nearest to it within so many pixels more.
  /** @param {L.Point} layerPoint @returns {number | null} */
  at(layerPoint, near = 0) {
    const radius = this.radius(), { list, x, y } = this.drawn, most = this._reach() + near;
    let found = null, best = 1;
    for (let v = list.length - 1; v >= 0; v--) {
      if (Math.abs(x[v] - layerPoint.x) > most || Math.abs(y[v] - layerPoint.y) > most) continue;
      const reach = this.grown(list[v], radius) + 4 + near;
      const d = ((x[v] - layerPoint.x) ** 2 + (y[v] - layerPoint.y) ** 2) / (reach * reach);
      if (d < best) { best = d; found = list[v]; }
    }
    return found;
  }

  // What stands as a symbol on the canvas, the lowest first; of those “hidden” nothing is to be seen.
  /** @type {Spots & { list: Uint32Array, hidden: Uint8Array }} */
  drawn = { list: new Uint32Array(0), x: new Float64Array(0), y: new Float64Array(0), hidden: new Uint8Array(0) };

  _later = hg.later;

  // What each symbol covers with its white rim, in pixels of the map's layers.
  /** @param {(box: Box, i?: number) => void} tell */
  eachBox(tell) {
    const radius = this.radius(), { list, x, y, hidden } = this.drawn;
    for (let v = 0; v < list.length; v++) {
      if (hidden[v]) continue;
      const half = this.grown(list[v], radius) + 2;
      tell([x[v] - half, y[v] - half, x[v] + half, y[v] + half], list[v]);
    }
    this.rings.eachBox(this._lens(), tell);
  }

  _draw() {
    if (!this.letters) return;
    const started = performance.now(), lens = this._lens();
    const [context, covered] = hg.prepared(this._map, this._canvas);
    if (!this._symbols || this._symbols[0].half !== lens.radius + 4) {
      this._symbols = [0, 1, 2].map((size) => hg.symbols(this.look, hg.sized(lens.radius, size)));
    }
    // What is not gathered in rings, and what is chosen, stands as a symbol.
    /** @type {(i: number) => boolean} */
    const alone = (i) => this.columns[this.rings.units.shown().vintage][i] < 0 || i === this.chosen;
    const gathered = this.rings.gather(this, lens);
    this._stepAside(lens, gathered);
    this.single = gathered ? this.visible.filter(alone) : this.visible;
    this._keep(this.spots(this.single, lens), covered);
    if (this.drawn.list.length > MANY) {
      this._write(context, covered);  // takes the place of what is there
      context.globalCompositeOperation = "destination-over";
      this._legs(context, lens);
      context.globalCompositeOperation = "source-over";
      this.rings.draw(context, lens);
    } else {
      this._legs(context, lens);
      this.rings.draw(context, lens);
      this._stamp(context);
    }
    this.fire("drawn", { n: this.visible.length, ms: performance.now() - started });
  }

  // What of all single symbols reaches into the canvas. Of many, one below another of the same shape
  // and within two pixels of it shows nothing.
  /** @param {Spots} spots @param {Box} covered */
  _keep({ x, y }, [left, top, right, bottom]) {
    const { single } = this, rim = this._reach(), list = new Uint32Array(single.length);
    let n = 0;
    for (let v = 0; v < single.length; v++) {
      if (!(x[v] > left - rim && y[v] > top - rim && x[v] < right + rim && y[v] < bottom + rim)) continue;
      list[n] = single[v];
      x[n] = x[v];
      y[n++] = y[v];
    }
    this.drawn = { list: list.subarray(0, n), x: x.subarray(0, n), y: y.subarray(0, n), hidden: new Uint8Array(n) };
    if (n > MANY) this._hide(left - rim, top - rim, right + rim, bottom + rim);
  }

  /** @param {number} left @param {number} top @param {number} right @param {number} bottom */
  _hide(left, top, right, bottom) {
    const { list, x, y, hidden } = this.drawn, { kind, size } = this.columns;
    const wide = Math.ceil((right - left) / 2) + 1, taken = new Uint8Array(wide * (Math.ceil((bottom - top) / 2) + 1));
    for (let v = list.length - 1; v >= 0; v--) {
      const cell = ((y[v] - top) >> 1) * wide + ((x[v] - left) >> 1), shape = 1 + 3 * kind[list[v]] + (this.sized ? size[list[v]] : 0);
      hidden[v] = Number(taken[cell] === shape);
      taken[cell] = shape;
    }
  }

  // How far the largest symbol reaches.
  _reach() {
    return hg.sized(this.radius(), 2) + 4;
  }

  /** @param {number} i @returns {[kind: number, status: Status, uncertain: number, key: number]} */
  _sign(i) {
    const { kind, uncertain } = this.columns;
    return [kind[i], this.status[i], uncertain[i], (kind[i] * 128 + this.letters.charCodeAt(i)) * 2 + uncertain[i]];
  }

  /** @param {CanvasRenderingContext2D} context */
  _stamp(context) {
    const { list, x, y } = this.drawn, symbols = /** @type {Stamp[]} */ (this._symbols);
    list.forEach((i, v) => {
      const { half, of } = symbols[this.sized ? this.columns.size[i] : 0];
      context.drawImage(of(...this._sign(i)), x[v] - half, y[v] - half, 2 * half, 2 * half);
    });
  }

  // The same by whole pixels, in place of all that the canvas had.
  /** @param {CanvasRenderingContext2D} context @param {Box} covered */
  _write(context, [left, top]) {
    const { list, x, y, hidden } = this.drawn, ratio = window.devicePixelRatio || 1, symbols = /** @type {Stamp[]} */ (this._symbols);
    const sheet = (this._sheet ??= new Sheet());
    sheet.begin(this._canvas, Math.ceil(2 * this._reach() * ratio) + 1);
    for (let v = list.length - 1; v >= 0; v--) {
      if (hidden[v]) continue;
      const i = list[v], { half, sprite } = symbols[this.sized ? this.columns.size[i] : 0];
      sheet.write(sprite(...this._sign(i)), Math.round((x[v] - left - half) * ratio), Math.round((y[v] - top - half) * ratio));
    }
    sheet.end(context);
  }

  // A thin line leads from a symbol that stands aside to where it really is.
  /** @param {CanvasRenderingContext2D} context @param {Lens} lens */
  _legs(context, lens) {
    const { list, x, y } = this.drawn, { shared } = this.columns;
    context.strokeStyle = hg.base.quiet;
    context.lineWidth = 0.8;
    context.beginPath();
    for (let v = 0; v < list.length; v++) {
      const i = list[v], together = shared[i];
      if (together ? together[1] > 60 : !this._asides.size || !this.aside(i)) continue;
      context.moveTo(this.x[i] * lens.scale - lens.x, this.y[i] * lens.scale - lens.y);
      context.lineTo(x[v], y[v]);
    }
    context.stroke();
  }
}
