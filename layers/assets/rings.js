// Where symbols would cover each other, a ring a unit: how many sites, and in which groups.
// Not here: single symbols (sites.js), what a click on a ring does (page.js).
"use strict";

// The number in a ring is as large as its ring has room for, and never too small to be read: rather
// the band is thinner, or the ring larger.
hg.ringLetters = {
  least: 11,
  most: 13,
  band: 3,
  // How far a number reaches from its middle, for letters of one pixel.
  reach: (n) => Math.hypot(0.28 * String(n).length, 0.34),
  within: (n) => hg.growth * (hg.ringLetters.least * hg.ringLetters.reach(n) + 0.8 + hg.ringLetters.band),
  fitted: ({ n, radius }) => {
    const { least, most, reach } = hg.ringLetters, needed = hg.growth * (least * reach(n) + 0.8);
    const wide = Math.min(Math.max(3.5 * hg.growth, radius * 0.3), radius - needed);
    const size = Math.min(hg.growth * most, Math.max(hg.growth * least, (radius - wide - 0.8 * hg.growth) / reach(n)));
    return { wide, size };
  },
};

class Rings {
  /** @param {Units} units @param {Columns} columns @param {Look} look */
  constructor(units, columns, look) {
    this.units = units;
    this.columns = columns;
    this.look = look;
    this.family = "";
    /** @type {Ring[]} */
    this.list = [];
    /** @type {unknown[]} */
    this._known = [];
    /** @type {unknown[]} */
    this._grouped = [];
    /** @type {Groups} */
    this._groups = new Map();
    /** @type {Record<string, CanvasPattern>} */
    this._hatches = {};
    this.allowed = false;  // whether the screen lets units answer
  }

  // Whether sites shown at these pixels are to be gathered, and if so their rings, placed once a
  // zoom and choice; what has no unit stays a symbol. Crowded is when of three symbols one is half
  // covered; a ring that gathers a site or two would say less than they do.
  /** @param {SitesLayer} sites @param {SiteLens} lens */
  gather(sites, lens) {
    const { vintage, list } = this.units.shown();
    const known = [lens.scale, sites.visible, sites.letters, vintage, this.allowed, hg.theme, hg.growth];
    if (known.every((one, k) => one === this._known[k])) return this.list.length > 0;
    this._known = known;
    const groups = this.allowed ? this._counted(sites, vintage) : new Map();
    const enough = sites.visible.length >= 3 * groups.size && groups.size > 0;
    const crowded = enough && hg.crowded(sites.spots(sites.visible, lens, false), 1.5 * lens.radius, 1 / 3);
    this.list = crowded ? this._placed(groups, list, lens) : [];
    return crowded;
  }

  // By unit, how many of its sites are drawn in which symbol; counted once a choice.
  /** @param {SitesLayer} sites @param {Vintage} vintage */
  _counted(sites, vintage) {
    const known = [sites.visible, sites.letters, vintage, hg.theme];
    if (!known.every((one, k) => one === this._grouped[k])) {
      this._grouped = known;
      this._groups = this._count(sites, vintage);
    }
    return this._groups;
  }

  /** @param {SitesLayer} sites @param {Vintage} vintage @returns {Groups} */
  _count(sites, vintage) {
    const groups = new Map(), codes = this.look.units[vintage], { kinds } = this.look, { kind, [vintage]: at } = this.columns;
    const counts = new Uint32Array(codes.length * kinds.length * 128), one = new Map();
    for (const i of sites.visible) {
      if (at[i] < 0) continue;
      const k = (at[i] * kinds.length + kind[i]) * 128 + sites.letters.charCodeAt(i);
      counts[k]++;
      if (counts[k] === 1) one.set(k, i);
    }
    for (const [k, i] of one) {
      const code = codes[at[i]], symbol = hg.symbol(this.look, kinds[kind[i]], sites.status[i]);
      if (!groups.has(code)) groups.set(code, new Map());
      const parts = groups.get(code), part = parts.get(symbol.fill) || { symbol, n: 0 };
      part.n += counts[k];
      parts.set(symbol.fill, part);
    }
    return groups;
  }

  // All colours in the order of the legend.
  _order() {
    const { order, kinds, symbols, entries } = this.look;
    const every = [...["outreach", "compliance", "stage"].flatMap((axis) => order[axis].map((status) => symbols[axis][status])),
      ...order.entry.flatMap((entry) => kinds.map((kind) => entries[kind][entry]))];
    return [...new Set(every.map((symbol) => symbol.fill))];
  }

  // As large as lets each stand apart from all others, near the middle of its unit.
  /** @param {Groups} groups @param {Unit[]} units @param {Lens} lens */
  _placed(groups, units, lens) {
    const order = this._order();
    const made = units.filter((unit) => groups.has(unit.code)).map((unit) => {
      const parts = [...(groups.get(unit.code)?.values() ?? [])].sort((a, b) => order.indexOf(a.symbol.fill) - order.indexOf(b.symbol.fill));
      const n = parts.reduce((sum, part) => sum + part.n, 0);
      const x = unit.at.x * lens.scale, y = unit.at.y * lens.scale;
      /** @type {Ring} */
      const ring = { unit: unit.code, parts, n, full: 12 + Math.min(9, 1.5 * Math.sqrt(n)), home: [x, y], x, y, radius: 0 };
      return ring;
    }).sort((a, b) => (a.unit < b.unit ? -1 : 1));
    /** @type {(ring: Ring) => number} */
    const away = (ring) => Math.hypot(ring.x - ring.home[0], ring.y - ring.home[1]);
    for (const size of [1.15, 1, 0.85, 0.75, 0.68]) {
      for (const ring of made) Object.assign(ring, { radius: Math.max(size * ring.full, hg.ringLetters.within(ring.n)), x: ring.home[0], y: ring.home[1] });
      if (hg.apart(made) && made.every((ring) => away(ring) < 0.8 * ring.radius)) break;
    }
    return made;
  }

  // The ring at a place of the map's layers, if any.
  /** @param {World} place @param {Lens} lens */
  at({ x, y }, lens) {
    return this.list.find((ring) => Math.hypot(ring.x - lens.x - x, ring.y - lens.y - y) <= ring.radius + 2) || null;
  }

  /** @param {string} code */
  of(code) {
    return this.list.find((ring) => ring.unit === code);
  }

  /** @param {Lens} lens @param {(box: Box) => void} tell */
  eachBox(lens, tell) {
    for (const ring of this.list) {
      const x = ring.x - lens.x, y = ring.y - lens.y, half = ring.radius + 2;
      tell([x - half, y - half, x + half, y + half]);
    }
  }

  /** @param {CanvasRenderingContext2D} context @param {Lens} lens */
  draw(context, lens) {
    for (const ring of this.list) this._leg(context, ring, lens);
    for (const ring of this.list) this._ring(context, ring, ring.x - lens.x, ring.y - lens.y);
  }

  // A ring that had to make way points to where it belongs.
  /** @param {CanvasRenderingContext2D} context @param {Ring} ring @param {Lens} lens */
  _leg(context, ring, lens) {
    const [x, y] = ring.home;
    if (Math.hypot(ring.x - x, ring.y - y) < ring.radius) return;
    context.strokeStyle = hg.base.quiet;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(ring.x - lens.x, ring.y - lens.y);
    context.lineTo(x - lens.x, y - lens.y);
    context.stroke();
  }

  /** @param {CanvasRenderingContext2D} context @param {Ring} ring @param {number} x @param {number} y */
  _ring(context, ring, x, y) {
    const { paper, quiet, ink } = hg.base, { wide, size } = hg.ringLetters.fitted(ring), middle = ring.radius - wide / 2;
    /** @type {(radius: number) => void} */
    const circle = (radius) => { context.beginPath(); context.arc(x, y, radius, 0, 2 * Math.PI); };
    circle(ring.radius + 2);
    context.fillStyle = paper;
    context.fill();
    let from = -Math.PI / 2;
    context.lineWidth = wide;
    context.lineCap = "butt";
    for (const { symbol, n } of ring.parts) {
      const to = from + 2 * Math.PI * n / ring.n;
      context.beginPath();
      context.arc(x, y, middle, from, to);
      context.strokeStyle = symbol.fill === paper ? this._hatch(context, symbol.ink) : symbol.fill;
      context.stroke();
      from = to;
    }
    this._cuts(context, ring, x, y, wide);
    context.strokeStyle = quiet;
    context.lineWidth = 0.8;
    for (const radius of [ring.radius, ring.radius - wide]) { circle(radius); context.stroke(); }
    context.fillStyle = ink;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.font = `700 ${size}px ${this.family}`;
    context.fillText(String(ring.n), x, y + 0.5);
    context.textAlign = "start";
  }

  // Neighbouring parts are told apart by more than their colours.
  /** @param {CanvasRenderingContext2D} context @param {Ring} ring @param {number} x @param {number} y @param {number} wide */
  _cuts(context, ring, x, y, wide) {
    if (ring.parts.length < 2) return;
    context.strokeStyle = hg.base.paper;
    context.lineWidth = 1.2;
    context.beginPath();
    let turn = -Math.PI / 2;
    for (const { n } of ring.parts) {
      context.moveTo(x + (ring.radius - wide) * Math.cos(turn), y + (ring.radius - wide) * Math.sin(turn));
      context.lineTo(x + ring.radius * Math.cos(turn), y + ring.radius * Math.sin(turn));
      turn += 2 * Math.PI * n / ring.n;
    }
    context.stroke();
  }

  // What is not known is quiet: hatched, as in the bars beside the map.
  /** @param {CanvasRenderingContext2D} context @param {string} ink */
  _hatch(context, ink) {
    const name = hg.theme + ink;
    if (!this._hatches[name]) {
      const tile = document.createElement("canvas"), pen = hg.pen(tile);
      tile.width = tile.height = 4;
      pen.fillStyle = hg.base.paper;
      pen.fillRect(0, 0, 4, 4);
      pen.strokeStyle = ink;
      pen.lineWidth = 0.9;
      for (const at of [-4, 0, 4]) { pen.moveTo(at - 1, 5); pen.lineTo(at + 5, -1); }
      pen.stroke();
      this._hatches[name] = /** @type {CanvasPattern} */ (context.createPattern(tile, "repeat"));
    }
    return this._hatches[name];
  }
}
