// Says Streamlit's own words in the language of the app, wherever they appear. Never data: what is
// written in a text of the app's own, in a field or in a table stays.
((/** @type {{ [text: string]: string }} */ words) => {
  if (window.hgBorrowed) return;
  window.hgBorrowed = true;
  const names = ["aria-label", "placeholder", "title", "aria-valuetext"];
  const own = "[data-testid=stMarkdownContainer], .stHtml, .stTable, [data-testid=stJson], option, textarea, script, style";
  const whole = new Map(Object.entries(words));
  const parts = Object.entries(words).filter(([text]) => text.includes("{x}")).map(([text, to]) => /** @type {[RegExp, string]} */ ([
    new RegExp("^" + text.split("{x}").map((part) => part.replace(/[.*+?^$()|[\]\\]/g, "\\$&")).join("(.*)") + "$", "s"), to]));

  /** @param {string} text @returns {string} */
  function translated(text) {
    const known = whole.get(text);
    if (known !== undefined) return known;
    for (const [pattern, to] of parts) {
      const match = text.match(pattern);
      if (!match) continue;
      let n = 1;  // what stands between may be Streamlit's own, too
      return to.replace(/\{x\}/g, () => translated(match[n++]));
    }
    return text;
  }

  /** @param {string} text */
  function say(text) {
    const bare = text.trim(), to = bare && translated(bare);
    return to === bare ? text : text.replace(bare, () => to);
  }

  /** @param {Node} one */
  function node(one) {
    const element = one.parentElement;
    if (!element || (element.closest(own) && !element.closest("[data-testid=stFileUploader] button"))) return;
    const to = say(one.nodeValue ?? "");
    if (to !== one.nodeValue) one.nodeValue = to;
  }

  /** @param {Element} element @param {string} name */
  function attribute(element, name) {
    const text = element.getAttribute(name), to = text && say(text);
    if (to && to !== text) element.setAttribute(name, to);
  }

  /** @param {Node} root */
  function all(root) {
    if (root.nodeType === Node.TEXT_NODE) return node(root);
    if (root.nodeType !== Node.ELEMENT_NODE) return undefined;
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let one = /** @type {Node | null} */ (root); one; one = walker.nextNode()) {
      if (one instanceof Element) for (const name of names) attribute(one, name);
      else node(one);
    }
    return undefined;
  }

  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "characterData") node(change.target);
      else if (change.type === "attributes") attribute(/** @type {Element} */ (change.target), change.attributeName ?? "");
      else change.addedNodes.forEach(all);
    }
  }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: names });
  all(document.body);
})
