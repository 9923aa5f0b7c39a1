// Keeps the chief pages of this edition, and whatever was read of it, for when there is no network.
"use strict";

const NAME = "hg-{version}";
const CORE = {core};

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(CORE)).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => {
  event.waitUntil(caches.keys()
    .then((names) => Promise.all(names.filter((name) => name.startsWith("hg-") && name !== NAME).map((name) => caches.delete(name))))
    .then(() => self.clients.claim()));
});
self.addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  const fresh = fetch(request).then((answer) => {
    const copy = answer.clone();
    if (answer.ok && answer.status === 200) caches.open(NAME).then((cache) => cache.put(request, copy));
    return answer;
  });
  // The network first, so that a new edition is seen at once; without it what is kept.
  event.respondWith(fresh.catch(() => caches.match(request, { ignoreSearch: true })
    .then((kept) => kept ?? (request.mode === "navigate" ? caches.match("404.html") : Response.error()))));
});
