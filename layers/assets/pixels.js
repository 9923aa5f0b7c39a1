// Very many symbols at once: written as pixels, for stamps take many times as long.
// Not here: what a symbol looks like, and where each stands (sites.js).
"use strict";

// The pixels of a symbol, and from where to where each of its rows has any.
hg.sprite = function (canvas) {
  const { width, height } = canvas, colours = new Int32Array(hg.pen(canvas).getImageData(0, 0, width, height).data.buffer);
  const from = new Int32Array(height), to = new Int32Array(height);
  for (let row = 0; row < height; row++) {
    const cells = Array.from(colours.subarray(row * width, (row + 1) * width), Boolean);
    from[row] = Math.max(0, cells.indexOf(true));
    to[row] = cells.lastIndexOf(true) + 1;
  }
  const rows = Array.from(to.keys()).filter((row) => to[row]);
  const box = [Math.min(...rows.map((row) => from[row])), rows[0], Math.max(...to) - 1, rows[rows.length - 1]];
  return { width, colours, box, from, to };
};

// A colour seen through another one that lies above it and covers it in part; both as in a canvas.
hg.beneath = function (above, below) {
  const a = 255 * (above >>> 24), b = (255 - (above >>> 24)) * (below >>> 24), all = a + b, half = all >> 1;
  const red = ((above & 255) * a + (below & 255) * b + half) / all | 0;
  const green = ((above >> 8 & 255) * a + (below >> 8 & 255) * b + half) / all | 0;
  const blue = ((above >> 16 & 255) * a + (below >> 16 & 255) * b + half) / all | 0;
  return ((all + 127) / 255 | 0) << 24 | blue << 16 | green << 8 | red;
};

// Pixels of a canvas with a rim around them, so that nothing is cut that only reaches in. What lies
// above is written first; where all is covered nothing more is written.
class Sheet {
  constructor() {
    this.rim = this.wide = this.across = 0;
    this.image = new ImageData(1, 1);
    this.pixels = new Int32Array(1);
    this.open = new Uint8Array(1);  // by blocks of 4 × 4, how many pixels are not covered wholly
  }

  /** @param {HTMLCanvasElement} canvas @param {number} rim */
  begin({ width, height }, rim) {
    const wide = width + 2 * rim, high = height + 2 * rim;
    if (this.image.width === wide && this.image.height === high) this.pixels.fill(0);
    else {
      this.image = new ImageData(wide, high);
      this.pixels = new Int32Array(this.image.data.buffer);
      this.across = (wide >> 2) + 1;
      this.open = new Uint8Array(this.across * ((high >> 2) + 1));
    }
    this.open.fill(16);
    Object.assign(this, { rim, wide });
  }

  // Whether something shows of what is written from a place of the sheet on.
  /** @param {number} left @param {number} top @param {number} right @param {number} bottom */
  _shows(left, top, right, bottom) {
    const { open, across } = this, x0 = left >> 2, x1 = right >> 2, y1 = bottom >> 2;
    for (let y = top >> 2; y <= y1; y++) {
      for (let at = y * across + x0; at <= y * across + x1; at++) if (open[at]) return true;
    }
    return false;
  }

  // A symbol with its upper left corner at a place of the canvas, which lies within its rim.
  /** @param {Sprite} sprite @param {number} x @param {number} y */
  write({ width, colours, box, from, to }, x, y) {
    const { pixels, open, across, wide } = this, left = x + this.rim, top = y + this.rim;
    if (!this._shows(left + box[0], top + box[1], left + box[2], top + box[3])) return;
    for (let row = box[1]; row <= box[3]; row++) {
      const line = (top + row) * wide + left, blocks = (top + row >> 2) * across;
      for (let k = from[row]; k < to[row]; k++) {
        const there = pixels[line + k], colour = colours[row * width + k];
        if (there >> 24 === -1 || colour === 0) continue;
        const seen = there === 0 ? colour : hg.beneath(there, colour);
        pixels[line + k] = seen;
        if (seen >> 24 === -1) open[blocks + (left + k >> 2)]--;
      }
    }
  }

  // Takes the place of all that the canvas had.
  /** @param {CanvasRenderingContext2D} context */
  end(context) {
    context.putImageData(this.image, -this.rim, -this.rim);
  }
}
