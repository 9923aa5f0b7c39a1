// The thin shell around the map page: passes messages in and reports out, nothing else.
export default function ({ data, parentElement, setTriggerValue }) {
  const message = parentElement.querySelector("p");
  let frame = parentElement.querySelector("iframe");

  function place() {
    // Where the reader is looking lives behind "#": no rerun, and a copied link keeps it.
    return location.hash.startsWith("#map=") ? location.hash : "";
  }

  function send(content) {
    if (frame.dataset.ready) frame.contentWindow.postMessage({ hg: content }, location.origin);
  }

  function theme() {
    return getComputedStyle(frame).colorScheme;
  }

  if (!frame) {
    frame = document.createElement("iframe");
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
      const { ready, view, failed, site, statuses, kinds, place, area } = event.data.hg || {};
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
      if (site !== undefined) frame.hgTell({ site: site });
      if (statuses) frame.hgTell({ statuses: statuses });
      if (kinds) frame.hgTell({ kinds: kinds });
      if (area !== undefined) frame.hgTell({ area: area });
      if (place) frame.hgTell({ place: place });
    };
    window.addEventListener("message", frame.hgListener);
  }

  function fail() {
    message.textContent = frame.hgFailed;
    message.hidden = false;
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
    window.removeEventListener("message", frame.hgListener);
    frame.remove();
  };
}
