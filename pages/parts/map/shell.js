// The thin shell around the map page: passes messages in and reports out, nothing else.
// What the page asks the app, by what was chosen.
const ASKED = ["site", "unit", "statuses", "kinds", "area", "place", "day", "compare", "time"];

/** @param {Component<MapShell>} component */
export default function ({ data, parentElement, setTriggerValue }) {
  const message = /** @type {HTMLElement} */ (parentElement.querySelector("p"));
  const known = parentElement.querySelector("iframe");
  const frame = /** @type {MapFrame} */ (known ?? document.createElement("iframe"));

  function place() {
    // Where the reader is looking lives behind "#": no rerun, and a copied link keeps it.
    return location.hash.startsWith("#map=") ? location.hash : "";
  }

  /** @param {Record<string, unknown>} content */
  function send(content) {
    if (frame.dataset.ready) frame.contentWindow?.postMessage({ hg: content }, location.origin);
  }

  // With the colours of a reader's own Streamlit's choice is none: then the reader's system says.
  function theme() {
    const scheme = getComputedStyle(frame).colorScheme;
    if (scheme === "light" || scheme === "dark") return scheme;
    return window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  }

  if (!known) {
    frame.title = data.title;
    // Streamlit says nothing of another theme; but the ground of the frame then changes (shell.css).
    frame.addEventListener("transitionrun", () => send({ theme: theme() }));
    parentElement.appendChild(frame);
  }
  frame.hgState = data.state;
  frame.hgFailed = data.failed;
  frame.hgTell = (value) => setTriggerValue("event", value);

  if (!frame.hgListener) {
    frame.hgListener = (event) => {
      if (event.source !== frame.contentWindow || event.origin !== location.origin) return;
      const said = event.data.hg || {}, { ready, view, failed, gone, turn } = said;
      if (ready) {
        frame.dataset.ready = "yes";
        message.hidden = true;
        send({ theme: theme(), state: frame.hgState });
      }
      if (view) {
        frame.hgView = "#map=" + view;
        history.replaceState(history.state, "", frame.hgView);
      }
      if (failed) fail();
      if (gone) ask();
      for (const name of ASKED) if (said[name] !== undefined) frame.hgTell({ [name]: said[name], turn });
    };
    window.addEventListener("message", frame.hgListener);
  }

  function fail() {
    message.textContent = frame.hgFailed;
    message.hidden = false;
  }

  // What the page is made of may be shut, by a publication: the app has a newer one, asked once.
  function ask() {
    if (frame.dataset.asked === frame.dataset.page) return fail();
    frame.dataset.asked = frame.dataset.page;
    frame.hgTell({ gone: true });
  }

  if (frame.dataset.page !== data.page) {
    frame.dataset.page = data.page;
    delete frame.dataset.ready;
    frame.src = new URL(data.page, document.baseURI).href + (frame.hgView || place());
    setTimeout(() => { if (!frame.dataset.ready) fail(); }, 10000);
  } else {
    send({ state: data.state });
    // Streamlit rewrites the address without what stands behind "#": put it back.
    if (frame.hgView && location.hash !== frame.hgView) history.replaceState(history.state, "", frame.hgView);
  }
  return () => {
    if (frame.hgListener) window.removeEventListener("message", frame.hgListener);
    frame.remove();
  };
}
