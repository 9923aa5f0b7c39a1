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
  const cache = [];

  function path(context, outline, size) {
    context.beginPath();
    outline.forEach(([x, y], i) => context[i ? "lineTo" : "moveTo"](x * size, y * size));
  }

  function draw(kind, symbol, uncertain) {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 2 * half * ratio;
    const context = canvas.getContext("2d");
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

hg.SitesLayer = L.Layer.extend({
  initialize: function (columns, look, units) {
    this.columns = columns;
    this.look = look;
    this.rings = new hg.Rings(units, columns, look);
    this.n = columns.id.length;
    this.visible = this.single = new Uint32Array(0);
    this.chosen = null;
    const unit = 1e-5;
    this.world = columns.lat.map((lat, i) =>
      lat === null ? null : L.CRS.EPSG3857.latLngToPoint(L.latLng(lat * unit, columns.lon[i] * unit), 0));
  },

  onAdd: function (map) {
    this._map = map;
    this._canvas = hg.canvas(map, "sites", 450);
    this.rings.family = getComputedStyle(map.getContainer()).fontFamily;
    map.on("moveend zoom resize", this._later, this);
    this._later();
  },

  // The statuses of a day: one letter a site; capital letters are stages of pilot models.
  setDay: function (letters, axis) {
    const order = this.look.order, pairs = {};
    order[axis].forEach((status, k) => { pairs[String.fromCharCode(97 + k)] = [axis, status]; });
    order.stage.forEach((status, k) => { pairs[String.fromCharCode(65 + k)] = ["stage", status]; });
    this.letters = letters;
    this.status = Array.from(letters, (letter) => pairs[letter]);
    this.sized = axis === "entry";
    this._symbols = null;
  },

  // Which sites to draw: those for which keep(i) holds. What does not count lies below; the
  // rest is mixed, so that no status hides another one.
  select: function (keep) {
    const below = [], above = [];
    for (let i = 0; i < this.n; i++) {
      if (!this.world[i] || !keep(i)) continue;
      (this.status[i][1] === "not-applicable" || this.status[i][1].startsWith("idle") ? below : above).push(i);
    }
    this.visible = Uint32Array.from(below.concat(above));
    this._later();
  },

  radius: function () {
    const base = this.n <= 200 ? 10 : this.n <= 1000 ? 8 : this.n <= 5000 ? 5 : 3.5;
    const nearer = this._map.getZoom() - 10;  // far away, as on a phone, they would cover each other
    return base + (nearer < 0 ? Math.max(-3, Math.round(3 * nearer)) * base / 10 : Math.min(4, Math.floor(nearer)));
  },

  // Where it says what there is, a larger place has a larger symbol.
  grown: function (i, radius) {
    return hg.sized(radius, this.sized ? this.columns.size[i] : 0);
  },

  // How positions become pixels of the map's layers at this moment.
  _lens: function () {
    return { ...hg.lens(this._map), radius: this.radius(), room: this._map.getZoom() < 13 ? 120 : Infinity };
  },

  // Sites that share a position stand in a spiral around it, so that each can be clicked.
  _pixel: function (i, lens) {
    const x = this.world[i].x * lens.scale - lens.x, y = this.world[i].y * lens.scale - lens.y;
    const shared = this.columns.shared[i];
    if (!shared) return [x, y];
    const step = Math.min(lens.radius * 1.9, lens.room / Math.sqrt(shared[1]));
    const away = step * Math.sqrt(shared[0] + 0.5), turn = shared[0] * 2.39996;
    return [x + away * Math.cos(turn), y + away * Math.sin(turn)];
  },

  ringAt: function (layerPoint) {
    return this.rings.at(layerPoint, this._lens());
  },

  point: function (i) {
    return L.point(this._pixel(i, this._lens()));
  },

  at: function (layerPoint) {
    const radius = this.radius();
    let found = null, best = 1;
    for (let v = this._drawn.length - 1; v >= 0; v--) {
      const [x, y] = this._drawn[v], reach = this.grown(this.single[v], radius) + 4;
      const d = ((x - layerPoint.x) ** 2 + (y - layerPoint.y) ** 2) / (reach * reach);
      if (d < best) { best = d; found = this.single[v]; }
    }
    return found;
  },

  _drawn: [],

  _later: hg.later,

  _prepared: function () {
    const [context, [left, top, right, bottom]] = hg.prepared(this._map, this._canvas);
    return [context, ([x, y]) => x > left - 20 && y > top - 20 && x < right + 20 && y < bottom + 20];
  },

  // What each symbol covers with its white rim, in pixels of the map's layers.
  eachBox: function (tell) {
    const radius = this.radius();
    this._drawn.forEach(([x, y], v) => {
      const half = this.grown(this.single[v], radius) + 2;
      tell([x - half, y - half, x + half, y + half], this.single[v]);
    });
    this.rings.eachBox(this._lens(), tell);
  },

  _draw: function () {
    if (!this.status) return;
    const started = performance.now(), lens = this._lens();
    const [context, inside] = this._prepared();
    if (!this._symbols || this._symbols[0].half !== lens.radius + 4) {
      this._symbols = [0, 1, 2].map((size) => hg.symbols(this.look, hg.sized(lens.radius, size)));
    }
    // What is not gathered in rings, and what is chosen, stands as a symbol.
    const alone = (i) => this.columns[this.rings.units.shown().vintage][i] < 0 || i === this.chosen;
    this.single = this.rings.gather(this, lens) ? this.visible.filter(alone) : this.visible;
    this._drawn = Array.from(this.single, (i) => this._pixel(i, lens));
    this._legs(context, inside, lens);
    this.rings.draw(context, lens);
    this._stamps(context, inside);
    this.fire("drawn", { n: this.visible.length, ms: performance.now() - started });
  },

  _stamps: function (context, inside) {
    const { kind, uncertain, size } = this.columns, taken = new Map();
    this._drawn.forEach((at, v) => {
      if (!inside(at)) return;
      const i = this.single[v];
      const key = (kind[i] * 128 + this.letters.charCodeAt(i)) * 2 + uncertain[i];
      // The same symbol within the same two pixels would change nothing one can see.
      const cell = (at[0] >> 1) * 65536 + (at[1] >> 1);
      if (taken.get(cell) === key) return;
      taken.set(cell, key);
      const { half, of } = this._symbols[this.sized ? size[i] : 0];
      context.drawImage(of(kind[i], this.status[i], uncertain[i], key), at[0] - half, at[1] - half, 2 * half, 2 * half);
    });
  },

  // A thin line leads from a spread symbol to where it really is.
  _legs: function (context, inside, lens) {
    context.strokeStyle = hg.base.quiet;
    context.lineWidth = 0.8;
    context.beginPath();
    this.single.forEach((i, v) => {
      const shared = this.columns.shared[i];
      if (!shared || shared[1] > 60) return;
      const home = [this.world[i].x * lens.scale - lens.x, this.world[i].y * lens.scale - lens.y];
      if (!inside(home)) return;
      context.moveTo(...home);
      context.lineTo(...this._drawn[v]);
    });
    context.stroke();
  },
});
