// Reading without a network: registers the worker, and tells it what a first visit loaded.

async function readOffline() {
  const scope = site.pathname;
  const first = !navigator.serviceWorker.controller;
  await navigator.serviceWorker.register(new URL("sw.js", site), { scope });
  if (!first) return;
  const { active } = await navigator.serviceWorker.ready;
  const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
  active.postMessage({ keep: [location.href.split("#")[0], ...loaded] });
}

/* The page that stands for one that was never read: what can be read, the latest visit first. */
async function listKept(list) {
  const entries = [];
  const ending = document.title.slice(document.querySelector("h1").textContent.length);
  for (const name of (await caches.keys()).filter((one) => one.startsWith("parcours "))) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const response = await cache.match(request);
      const page = response.headers.get("content-type")?.startsWith("text/html");
      if (page && request.url.startsWith(site.href) && !request.url.startsWith(location.href.split("#")[0])) {
        const { title } = new DOMParser().parseFromString(await response.text(), "text/html");
        entries.unshift([request.url, title.replace(ending, "")]);
      }
    }
  }
  if (!entries.length) return;
  list.replaceChildren(...entries.map(([url, title]) => {
    const link = Object.assign(document.createElement("a"), { href: url, textContent: title || url });
    const item = Object.assign(document.createElement("li"), { className: "pc-line" });
    item.append(link);
    return item;
  }));
}

for (const list of document.querySelectorAll(".pc-offline__kept")) {
  if ("caches" in window) listKept(list);
}

if ("serviceWorker" in navigator && location.protocol.startsWith("http") && isSecureContext) {
  addEventListener("load", readOffline);
}
