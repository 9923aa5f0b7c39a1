// The page's scripts where they calculate: rings of steps, outlines, room for names, crowds.
// Run by test_scripts.py with node's own runner; nothing here needs a browser.
"use strict";
const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const { test } = require("node:test");
const vm = require("node:vm");

globalThis.window = globalThis;
globalThis.L = { Layer: class {} };
for (const name of ["units", "context", "lines", "crowds", "pixels", "rings", "labels"]) {
  const file = path.join(__dirname, "..", "..", "layers", "assets", name + ".js");
  vm.runInThisContext(fs.readFileSync(file, "utf8"), { filename: file });
}
const hg = globalThis.hg;

test("a ring is read from its first vertex and the steps after it", () => {
  assert.deepEqual(hg.ring([10500000, 970000, 100, -200, -50, 0]), [[9.7, 105], [9.698, 105.001], [9.698, 105.0005]]);
});

test("an outline leaves out what two units share, whichever way each runs along it", () => {
  const left = [0, 0, 1, 0, 1, 1, 0, 1, 0, 0], right = [1, 0, 2, 0, 2, 1, 1, 1, 1, 0];
  const edges = hg.outline([left, right]).map((line) => line.length / 2 - 1);
  assert.equal(edges.reduce((a, b) => a + b), 6);
});

test("a place in a hole is not inside", () => {
  const outer = [0, 0, 9, 0, 9, 9, 0, 9, 0, 0], hole = [3, 3, 6, 3, 6, 6, 3, 6, 3, 3];
  assert.equal(hg.inside([outer, hole], 1, 1), true);
  assert.equal(hg.inside([outer, hole], 4, 4), false);
  assert.equal(hg.inside([outer, hole], 10, 4), false);
});

test("a name stands along a straight line, in its middle and the right way up", () => {
  const [[x, y, angle]] = hg.along([400, 100, 0, 100], 120);
  assert.ok(Math.abs(x - 200) < 24);
  assert.equal(y, 100);
  assert.ok(Math.abs(Math.cos(angle) - 1) < 1e-9);
});

test("a name finds no place along a line that is too short or too crooked", () => {
  assert.deepEqual(hg.along([0, 0, 50, 0], 120), []);
  const crooked = Array.from({ length: 40 }, (_, i) => [i * 10, i % 2 ? 60 : 0]).flat();
  assert.deepEqual(hg.along(crooked, 120), []);
});

test("what is taken is not free, nor what lies outside", () => {
  const room = new Room([0, 0, 90, 90]);
  assert.equal(room.free([30, 30, 40, 40], 1), true);
  room.take([33, 33, 36, 36]);
  assert.equal(room.free([30, 30, 40, 40], 1), false);
  assert.equal(room.free([60, 60, 70, 70], 1), true);
  assert.equal(room.free([80, 80, 120, 120], 1), false);
});

test("places are crowded when more than a share of them has another one near", () => {
  const few = { x: [0, 5, 300, 600], y: [0, 5, 300, 0] };
  assert.equal(hg.crowded(few, 20, 0.5), false);
  assert.equal(hg.crowded(few, 20, 0.49), true);
  assert.equal(hg.crowded({ x: [], y: [] }, 20, 0.3), false);
});

test("a stride comes by every place once and leaves no part of them out for long", () => {
  for (const n of [1, 2, 401, 1000, 3000]) {
    const step = hg.stride(n), seen = Array.from({ length: n }, (_, k) => k * step % n);
    assert.equal(new Set(seen).size, n);
    if (n > 400) for (let k = 0; k + 20 < n; k += 20) assert.ok(new Set(seen.slice(k, k + 20).map((i) => Math.floor(4 * i / n))).size === 4);
  }
});

test("a colour beneath another shows as much as that lets through", () => {
  /** @type {(colour: number) => string} */
  const hex = (colour) => (colour >>> 0).toString(16);
  assert.equal(hex(hg.beneath(0xff102030 | 0, 0xffffffff | 0)), "ff102030");
  assert.equal(hex(hg.beneath(0x80ffffff | 0, 0xff000000 | 0)), "ff808080");
  assert.equal(hex(hg.beneath(0x80ffffff | 0, 0x80ffffff | 0)), "c0ffffff");
});

test("circles that touch are pushed apart, and none is lost", () => {
  const circles = Array.from({ length: 12 }, (_, i) => ({ x: 100 + i, y: 100 - i % 3, radius: 15 }));
  assert.equal(hg.apart(circles), true);
  for (const [i, a] of circles.entries()) {
    for (const b of circles.slice(i + 1)) assert.ok(Math.hypot(a.x - b.x, a.y - b.y) >= a.radius + b.radius);
  }
});

test("of symbols that would cover each other none is half covered, none goes far, and others stay", () => {
  const places = [[100, 100], [104, 101], [98, 103], [103, 97], [300, 300]], radii = [10, 10, 12, 10, 10];
  const asides = hg.asides(places, radii);
  const drawn = places.map(([x, y], i) => [x + (asides.get(i)?.[0] ?? 0), y + (asides.get(i)?.[1] ?? 0)]);
  for (let i = 0; i < 4; i++) {
    for (let k = 0; k < i; k++) assert.ok(Math.hypot(drawn[i][0] - drawn[k][0], drawn[i][1] - drawn[k][1]) > radii[i]);
    assert.ok(Math.hypot(...asides.get(i)) <= 2.5 * radii[i] + 1e-9);
  }
  assert.equal(asides.has(4), false);
});
