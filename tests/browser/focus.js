// What one can press or fill in on a page, in its shadow roots and in the map's own page; and where
// the focus is, and whether that can be seen. For test_screens.py.
(() => {
  const pressed = "a[href], button, input, select, textarea, summary, [tabindex], [role=slider], [role=spinbutton]";
  const all = [], before = new Map();
  const around = (e) => [e, ...Array(4)].map((_, k) => { let one = e; while (one && k--) one = one.parentElement; return one; }).filter(Boolean);

  // A group of choices is one stop, in which arrow keys move.
  const stop = (e) => e.closest("[role=radiogroup], [data-testid=stButtonGroup]") || e;

  // What has a twin is left out: the buttons of a list, a number and a date do what keys do in their field.
  function into(root) {
    for (const e of root.querySelectorAll("*")) {
      if (e.shadowRoot) into(e.shadowRoot);
      if (e.tagName === "IFRAME") into(e.contentDocument);
      const box = e.getBoundingClientRect();
      if (!e.matches(pressed) || e.tagName === "IFRAME" || e.disabled || e.tabIndex < 0) continue;
      if (box.width < 2 || box.height < 2 || all.includes(stop(e))) continue;
      if (e.checkVisibility({ opacityProperty: true, visibilityProperty: true })) all.push(stop(e));
    }
  }

  function focused() {
    let e = document.activeElement;
    for (;;) {
      const inner = e.shadowRoot ? e.shadowRoot.activeElement : e.tagName === "IFRAME" ? e.contentDocument.activeElement : null;
      if (!inner || inner.tagName === "BODY") return e;
      e = inner;
    }
  }

  const numbers = (colour) => (colour.match(/[\d.]+/g) || []).map((n, k) => Number(n) * (colour.startsWith("color(") && k < 3 ? 255 : 1));
  const linear = (v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  const light = (colour) => { const [r, g, b] = numbers(colour).map((v) => linear(v / 255)); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const contrast = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
  const solid = (colour) => numbers(colour).length === 3 || numbers(colour)[3] > 0.5;
  function ground(one) {
    for (; one; one = one.parentElement || one.getRootNode().host) {
      const colour = getComputedStyle(one).backgroundColor;
      if (solid(colour)) return colour;
    }
    return "rgb(255, 255, 255)";
  }

  // Rings and frames that something has, of which those count that it has only with the focus.
  function rings(one) {
    const style = getComputedStyle(one), shadow = style.boxShadow === "none" ? [] : style.boxShadow.match(/rgba?\([^)]*\)/g) || [];
    if (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1) shadow.push(style.outlineColor);
    if (parseFloat(style.borderTopWidth) >= 1) shadow.push("border " + style.borderTopColor);
    return shadow;
  }
  // A table draws the frame of its cell itself.
  const seen = (e) => e.closest("canvas") || around(e).some((one) => rings(one).some((ring) => !(before.get(one) || []).includes(ring)
    && solid(ring) && contrast(ring, ground(one.parentElement || one)) >= 3));

  // A frame that fades in is there when it has.
  const settle = () => document.getAnimations().forEach((one) => one.effect.getComputedTiming().iterations < 9 && one.finish());

  into(document);
  for (const e of all.flatMap((one) => [one, ...one.querySelectorAll("*")])) for (const one of around(e)) before.set(one, rings(one));
  const name = (e) => `${e.tagName} ${(e.getAttribute("aria-label") || e.textContent || e.title || "").trim().slice(0, 60)}`;
  window.__walk = {
    total: all.length,
    names: (which) => which.map((i) => name(all[i])),
    here: () => { settle(); const e = focused(); return { at: all.indexOf(stop(e)), name: name(e), seen: seen(e), body: e.tagName === "BODY" }; },
  };
  document.activeElement.blur();
})();
