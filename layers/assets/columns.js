// The columns of very many sites come as a file of their own, packed (layers/packed.py).
"use strict";

hg.unpacked = function (buffer) {
  const bytes = new Uint8Array(buffer), line = bytes.indexOf(10), decoder = new TextDecoder();
  const { rows, columns } = JSON.parse(decoder.decode(bytes.subarray(0, line)));
  let at = line + 1;
  /** @type {Record<string, Int32Array>} */
  const numbers = {};
  for (const [name, width] of columns) {
    const steps = new Uint32Array(rows), cells = (numbers[name] = new Int32Array(rows));
    for (let k = 0; k < width; k++) for (let i = 0; i < rows; i++) steps[i] |= bytes[at++] << (8 * k);
    for (let i = 0, cell = 0; i < rows; i++) cells[i] = cell += (steps[i] >>> 1) ^ -(steps[i] & 1);
  }
  const texts = JSON.parse(decoder.decode(bytes.subarray(at)));
  /** @type {(name: string) => string[]} */
  const whole = (name) => {
    /** @type {string[]} */
    const last = [], { kind, [name]: kept } = numbers;
    return texts[name].map((/** @type {string} */ ending, /** @type {number} */ i) =>
      (last[kind[i]] = (last[kind[i]] ?? "").slice(0, kept[i]) + ending));
  };
  const { placed, which, many, lat, lon } = numbers;
  /** @type {(cells: Int32Array) => (number | null)[]} */
  const known = (cells) => Array.from(cells, (cell, i) => (placed[i] ? cell : null));
  return /** @type {Columns} */ (/** @type {unknown} */ ({ ...numbers, id: whole("id"), name: whole("name"), lat: known(lat), lon: known(lon),
    shared: Array.from(many, (n, i) => (n ? [which[i], n] : null)) }));
};

// The map begins when they are there; until then its units are.
hg.fetched = function (map, file, look, state, texts) {
  map.hgUnits.show(state.vintage, null, null);
  map.fitBounds(map.hgUnits.bounds, { animate: false });
  fetch(file).then((answer) => (answer.ok ? answer.arrayBuffer() : Promise.reject(answer.status)))
    .then((buffer) => hg.page(map, hg.unpacked(buffer), look, state, texts), (status) => {
      if (status === 404) window.parent.postMessage({ hg: { gone: true } }, location.origin);
      Object.assign(hg.part("hg-message"), { textContent: texts.noSites, hidden: false });
    });
};
