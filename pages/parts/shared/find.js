// The box that finds: asks while one types, lists the answer, reports what is chosen.
// What matches, and in which order, is the server's.
const PAUSE_MS = 120;

/** @param {Component<Hits>} component */
export default function ({ data, parentElement, setTriggerValue }) {
  const root = /** @type {FindBox} */ (parentElement.querySelector(".find"));
  root.hgBox ??= box(root);
  root.hgBox.tell(data, setTriggerValue);
  return () => root.hgBox?.leave();
}

/** @param {HTMLElement} root */
function box(root) {
  const input = /** @type {HTMLInputElement} */ (root.querySelector("input"));
  const [list, hits, status] = [".list", "[role=listbox]", "p"].map((what) => /** @type {HTMLElement} */ (root.querySelector(what)));
  /** @type {(name: string, value: unknown) => void} */
  let report = () => {};
  /** @type {HTMLElement[]} */
  let options = [];
  /** @type {string | null} */
  let answered = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let active = -1, entered = false;

  /** @param {Hits} data @param {(name: string, value: unknown) => void} setTriggerValue */
  function tell(data, setTriggerValue) {
    report = setTriggerValue;
    input.placeholder = data.hint;
    for (const part of [input, hits]) part.setAttribute("aria-label", data.label);
    if (data.asked === null) {
      if (document.activeElement !== /** @type {ShadowRoot} */ (root.getRootNode()).host) input.value = "";
      return;
    }
    answered = data.asked;
    root.classList.toggle("waiting", waiting());
    fill(data);
    if (entered && !waiting()) choose(options[0]);
  }

  const waiting = () => answered !== input.value;

  function ask() {
    clearTimeout(timer);
    timer = setTimeout(() => report("asked", input.value), PAUSE_MS);
    root.classList.add("waiting");
  }

  /** @param {Hits} data */
  function fill({ groups, nothing, asked }) {
    hits.replaceChildren(...groups.map(group));
    options = [...hits.querySelectorAll("[role=option]")].map((one) => /** @type {HTMLElement} */ (one));
    options.forEach((option, i) => { option.id = "hit" + i; });
    status.textContent = options.length ? "" : nothing;
    mark(asked?.trim() && options.length ? 0 : -1);
  }

  /** @param {HitGroup} data @param {number} n */
  function group({ title, more, entries }, n) {
    const part = made("div", { role: "group", "aria-labelledby": "group" + n });
    const head = made("span", { id: "group" + n }, title);
    if (more) head.append(made("small", {}, more));
    part.append(head, ...entries.map(({ key, label, note }) => {
      const option = made("div", { role: "option", "aria-selected": "false" }, label);
      option.dataset.key = key;
      if (note) option.append(made("small", {}, note));
      return option;
    }));
    return part;
  }

  /** @param {string} tag @param {Record<string, string>} attributes */
  function made(tag, attributes, text = "") {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.textContent = text;
    return element;
  }

  /** @param {number} i */
  function mark(i) {
    if (options[active]) options[active].setAttribute("aria-selected", "false");
    active = i;
    if (!options[i]) return input.removeAttribute("aria-activedescendant");
    options[i].setAttribute("aria-selected", "true");
    input.setAttribute("aria-activedescendant", options[i].id);
    return options[i].scrollIntoView({ block: "nearest" });
  }

  /** @param {boolean} shown */
  function open(shown) {
    list.hidden = !shown;
    input.setAttribute("aria-expanded", String(shown));
    if (!shown) { mark(-1); entered = false; }
    if (shown && waiting()) ask();
  }

  /** @param {HTMLElement | null | undefined} option */
  function choose(option) {
    entered = false;
    if (!option) return;
    clearTimeout(timer);
    input.value = option.firstChild?.textContent ?? "";
    answered = null;
    open(false);
    input.blur();
    report("chosen", option.dataset.key);
  }

  /** @param {number} to */
  function move(to) {
    if (list.hidden) return open(true);
    return options.length ? mark((to + options.length) % options.length) : undefined;
  }

  /** @type {Record<string, () => unknown>} */
  const keys = {
    ArrowDown: () => move(active + 1),
    ArrowUp: () => move(active < 0 ? options.length - 1 : active - 1),
    Home: () => list.hidden || move(0),
    End: () => list.hidden || move(options.length - 1),
    Enter: () => (waiting() && input.value.trim() ? entered = true : choose(options[active])),
    Escape: () => (list.hidden ? input.value = "" : open(false)),
  };
  // Streamlit takes single letters for orders wherever it does not see a field.
  for (const name of ["keydown", "keypress", "keyup"]) root.addEventListener(name, (event) => event.stopPropagation());
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || !keys[event.key]) return;
    if (!list.hidden || event.key !== "Home" && event.key !== "End") event.preventDefault();
    keys[event.key]();
  });
  input.addEventListener("input", () => { entered = false; open(true); ask(); });
  input.addEventListener("focus", () => { input.value = ""; answered = null; open(true); });
  input.addEventListener("click", () => list.hidden && open(true));
  input.addEventListener("blur", () => open(false));
  list.addEventListener("pointerdown", (event) => event.preventDefault());  // the field stays the one typed in
  /** @type {(event: Event) => HTMLElement | null} */
  const optionOf = ({ target }) => (target instanceof Element ? target.closest("[role=option]") : null);
  hits.addEventListener("pointermove", (event) => {
    const option = optionOf(event), i = option ? options.indexOf(option) : -1;
    if (i >= 0 && i !== active) mark(i);
  });
  hits.addEventListener("click", (event) => choose(optionOf(event)));

  return { tell, leave: () => clearTimeout(timer) };
}
