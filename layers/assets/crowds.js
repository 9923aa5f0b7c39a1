// Where symbols or rings would cover each other: how many do, and where they can stand instead.
// Pure. Not here: what is then drawn (sites.js, rings.js).
"use strict";

// Whether more than so large a share of places has another one nearer than so many pixels.
hg.crowded = function ({ x, y }, near, share) {
  const n = x.length, heads = new Int32Array(1 << 16).fill(-1), next = new Int32Array(n);
  /** @type {(x: number, y: number) => number} */
  const slot = (x, y) => (Math.imul(x, 73856093) ^ Math.imul(y, 19349663)) & 0xffff;
  /** @type {(at: number) => number} */
  const cell = (at) => Math.floor(at / near);
  for (let i = 0; i < n; i++) {
    const home = slot(cell(x[i]), cell(y[i]));
    next[i] = heads[home];
    heads[home] = i;
  }
  /** @type {(i: number, head: number) => boolean} */
  const beside = (i, head) => {
    for (let k = head; k >= 0; k = next[k]) {
      if (k !== i && (x[k] - x[i]) ** 2 + (y[k] - y[i]) ** 2 < near * near) return true;
    }
    return false;
  };
  let close = 0;
  for (let i = 0; i < n && close <= share * n; i++) {
    for (let k = 0; k < 9; k++) {
      if (beside(i, heads[slot(cell(x[i]) + (k % 3) - 1, cell(y[i]) + Math.floor(k / 3) - 1)])) { close++; break; }
    }
  }
  return close > share * n;
};

// A step through so many places that comes by each once and leaves no two neighbours near each other.
hg.stride = function (n) {
  /** @type {(a: number, b: number) => number} */
  const common = (a, b) => (b ? common(b, a % b) : a);
  let step = Math.round(0.618 * n) || 1;
  while (common(step, n) > 1) step++;
  return step;
};

// Pushes circles apart until none touches another – or, by a smaller share of their radii, until one
// may cover so much of the other; says whether that has come about.
hg.apart = function (circles, share = 1, gap = 4, turns = 300) {
  for (let turn = 0; turn < turns; turn++) {
    let touching = false;
    for (let i = 1; i < circles.length; i++) {
      for (let k = 0; k < i; k++) {
        const a = circles[i], b = circles[k], dx = a.x - b.x, dy = a.y - b.y, away = Math.hypot(dx, dy) || 0.01;
        const lack = share * (a.radius + b.radius) + gap - away;
        if (lack <= 0) continue;
        touching = true;
        const push = (lack / 2 + 0.2) / away;
        a.x += dx * push;
        a.y += dy * push;
        b.x -= dx * push;
        b.y -= dy * push;
      }
    }
    if (!touching) return true;
  }
  return false;
};

// How far symbols step aside so that of none half is covered, by their number; none goes far.
hg.asides = function (places, radii) {
  /** @type {Map<number, Spot>} */
  const asides = new Map();
  const share = 0.75, radius = Math.max(...radii, 0);
  /** @type {(i: number) => boolean} */
  const crowded = (i) => places.some((at, k) => k !== i && Math.hypot(at[0] - places[i][0], at[1] - places[i][1]) < 4 * radius);
  const circles = places.map(([x, y], i) => ({ i, x, y, radius: radii[i] })).filter(({ i }) => crowded(i));
  hg.apart(circles, share, 0, 80);
  for (const { i, x, y } of circles) {
    const dx = x - places[i][0], dy = y - places[i][1], away = Math.hypot(dx, dy), most = 2.5 * radii[i];
    const part = away > most ? most / away : 1;
    if (away > 0.5) asides.set(i, [part * dx, part * dy]);
  }
  return asides;
};
