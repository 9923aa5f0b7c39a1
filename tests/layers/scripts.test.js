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
for (const name of ["units", "context", "lines", "crowds", "rings", "labels"]) {
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

test("crowding is the share of places with another one near", () => {
  assert.equal(hg.crowding([[0, 0], [100, 0], [0, 100]], 20), 0);
  assert.equal(hg.crowding([[0, 0], [5, 5], [300, 300], [600, 0]], 20), 0.5);
  assert.equal(hg.crowding([], 20), 0);
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
  assert.equal(hg.asides(Array.from({ length: hg.asidesOf + 1 }, () => [0, 0]), []).size, 0);
});
