// All sites on one canvas: a symbol is drawn once a kind and status, then stamped.
"use strict";

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

  return {
    half: half,
    of: function (kind, status, uncertain, key) {
      if (!cache[key]) cache[key] = draw(look.kinds[kind], hg.symbol(look, look.kinds[kind], status), uncertain);
      return cache[key];
    },
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
    this.sized = false;
    /** @type {Stamp[] | null} */
    this._symbols = null;
    /** @type {Map<number, Spot>} */
    this._asides = new Map();
    /** @type {unknown[]} */
    this._known = [];
    const unit = 1e-5;
    /** @type {(L.Point | null)[]} */
    this.world = columns.lat.map((lat, i) =>
      lat === null ? null : L.CRS.EPSG3857.latLngToPoint(L.latLng(lat * unit, Number(columns.lon[i]) * unit), 0));
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
    this.sized = axis === "entry";
    this._symbols = null;
  }

  // Which sites to draw: those for which keep(i) holds. What does not count lies below; the
  // rest is mixed, so that no status hides another one.
  /** @param {(i: number) => boolean} keep */
  select(keep) {
    /** @type {number[]} */
    const below = [];
    /** @type {number[]} */
    const above = [];
    for (let i = 0; i < this.n; i++) {
      if (!this.world[i] || !keep(i)) continue;
      (this.status[i][1] === "not-applicable" || this.status[i][1].startsWith("idle") ? below : above).push(i);
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

  // Where a site is; asked only of those that have a position.
  /** @param {number} i @param {Lens} lens @returns {Spot} */
  _home(i, lens) {
    const at = /** @type {L.Point} */ (this.world[i]);
    return [at.x * lens.scale - lens.x, at.y * lens.scale - lens.y];
  }

  // Sites that share a position stand in a spiral around it, so that each can be clicked; others step
  // aside for each other.
  /** @param {number} i @param {SiteLens} lens @returns {Spot} */
  _place(i, lens) {
    const [x, y] = this._pixel(i, lens), [dx, dy] = this._asides.get(i) ?? [0, 0];
    return [x + dx, y + dy];
  }

  /** @param {number} i @param {SiteLens} lens @returns {Spot} */
  _pixel(i, lens) {
    const [x, y] = this._home(i, lens);
    const shared = this.columns.shared[i];
    if (!shared) return [x, y];
    const step = Math.min(lens.radius * 1.9, lens.room / Math.sqrt(shared[1]));
    const away = step * Math.sqrt(shared[0] + 0.5), turn = shared[0] * 2.39996;
    return [x + away * Math.cos(turn), y + away * Math.sin(turn)];
  }

  /** @param {L.Point} layerPoint */
  ringAt(layerPoint) {
    return this.rings.at(layerPoint, this._lens());
  }

  /** @param {number} i */
  point(i) {
    return L.point(this._place(i, this._lens()));
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
    const list = Array.from(this.visible);
    const asides = hg.asides(list.map((i) => this._pixel(i, lens)), list.map((i) => this.grown(i, lens.radius) + 1));
    asides.forEach((by, v) => this._asides.set(list[v], by));
  }

  // The site whose symbol lies at a place, or nearest to it within so many pixels more.
  /** @param {L.Point} layerPoint @returns {number | null} */
  at(layerPoint, near = 0) {
    const radius = this.radius();
    let found = null, best = 1;
    for (let v = this._drawn.length - 1; v >= 0; v--) {
      const [x, y] = this._drawn[v], reach = this.grown(this.single[v], radius) + 4 + near;
      const d = ((x - layerPoint.x) ** 2 + (y - layerPoint.y) ** 2) / (reach * reach);
      if (d < best) { best = d; found = this.single[v]; }
    }
    return found;
  }

  /** @type {Spot[]} */
  _drawn = [];

  _later = hg.later;

  /** @returns {[CanvasRenderingContext2D, (at: Spot) => boolean]} */
  _prepared() {
    const [context, [left, top, right, bottom]] = hg.prepared(this._map, this._canvas);
    return [context, ([x, y]) => x > left - 20 && y > top - 20 && x < right + 20 && y < bottom + 20];
  }

  // What each symbol covers with its white rim, in pixels of the map's layers.
  /** @param {(box: Box, i?: number) => void} tell */
  eachBox(tell) {
    const radius = this.radius();
    this._drawn.forEach(([x, y], v) => {
      const half = this.grown(this.single[v], radius) + 2;
      tell([x - half, y - half, x + half, y + half], this.single[v]);
    });
    this.rings.eachBox(this._lens(), tell);
  }

  _draw() {
    if (!this.letters) return;
    const started = performance.now(), lens = this._lens();
    const [context, inside] = this._prepared();
    if (!this._symbols || this._symbols[0].half !== lens.radius + 4) {
      this._symbols = [0, 1, 2].map((size) => hg.symbols(this.look, hg.sized(lens.radius, size)));
    }
    // What is not gathered in rings, and what is chosen, stands as a symbol.
    /** @type {(i: number) => boolean} */
    const alone = (i) => this.columns[this.rings.units.shown().vintage][i] < 0 || i === this.chosen;
    const gathered = this.rings.gather(this, lens);
    this._stepAside(lens, gathered);
    this.single = gathered ? this.visible.filter(alone) : this.visible;
    this._drawn = Array.from(this.single, (i) => this._place(i, lens));
    this._legs(context, inside, lens);
    this.rings.draw(context, lens);
    this._stamps(context, inside);
    this.fire("drawn", { n: this.visible.length, ms: performance.now() - started });
  }

  /** @param {CanvasRenderingContext2D} context @param {(at: Spot) => boolean} inside */
  _stamps(context, inside) {
    const { kind, uncertain, size } = this.columns, taken = new Map();
    const symbols = /** @type {Stamp[]} */ (this._symbols);
    this._drawn.forEach((at, v) => {
      if (!inside(at)) return;
      const i = this.single[v];
      const key = (kind[i] * 128 + this.letters.charCodeAt(i)) * 2 + uncertain[i];
      // The same symbol within the same two pixels would change nothing one can see.
      const cell = (at[0] >> 1) * 65536 + (at[1] >> 1);
      if (taken.get(cell) === key) return;
      taken.set(cell, key);
      const { half, of } = symbols[this.sized ? size[i] : 0];
      context.drawImage(of(kind[i], this.status[i], uncertain[i], key), at[0] - half, at[1] - half, 2 * half, 2 * half);
    });
  }

  // A thin line leads from a symbol that stands aside to where it really is.
  /** @param {CanvasRenderingContext2D} context @param {(at: Spot) => boolean} inside @param {Lens} lens */
  _legs(context, inside, lens) {
    context.strokeStyle = hg.base.quiet;
    context.lineWidth = 0.8;
    context.beginPath();
    this.single.forEach((i, v) => {
      const shared = this.columns.shared[i];
      if (shared ? shared[1] > 60 : !this.aside(i)) return;
      const home = this._home(i, lens);
      if (!inside(home)) return;
      context.moveTo(...home);
      context.lineTo(...this._drawn[v]);
    });
    context.stroke();
  }
}
