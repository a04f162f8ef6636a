// Reading without a network: registers the worker, and tells it what a first visit loaded.
const root = new URL("../", document.currentScript.src);

async function readOffline() {
  const scope = root.pathname;
  const first = !navigator.serviceWorker.controller;
  await navigator.serviceWorker.register(new URL("sw.js", root), { scope });
  if (!first) return;
  const { active } = await navigator.serviceWorker.ready;
  const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
  active.postMessage({ keep: [location.href.split("#")[0], ...loaded] });
}

if ("serviceWorker" in navigator && location.protocol.startsWith("http") && isSecureContext) {
  addEventListener("load", readOffline);
}
