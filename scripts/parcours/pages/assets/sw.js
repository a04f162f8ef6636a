/* Reading without a network: the agenda and the pages already visited. The network always comes
   first, so nothing is shown stale while it answers; feeds are never kept. */
const SCOPE = new URL(self.registration.scope);
const NAMES = `parcours ${SCOPE.pathname}`;
const CACHE = `${NAMES} 1`; // raised when what is kept changes its form
const PATIENCE = 3000; // milliseconds until what is kept is shown instead
const LIMIT = 200; // entries; the oldest go first
const SMALL = 30; // files of an index that is kept whole
const KEPT = /^(text\/html|text\/css|text\/javascript|application\/javascript|application\/json|image\/|font\/)/;

function isReadable(url) {
  const { origin, pathname } = new URL(url);
  return origin === SCOPE.origin
    && pathname.startsWith(SCOPE.pathname)
    && !pathname.startsWith(SCOPE.pathname + FEEDS);
}

async function keep(request, response) {
  const type = response.headers.get("content-type") ?? "";
  if (response.status !== 200 || response.redirected || !KEPT.test(type)) return;
  const cache = await caches.open(CACHE);
  await cache.delete(request); // so that the order is that of the last visits
  await cache.put(request, response);
  const all = await cache.keys();
  await Promise.all(all.slice(0, Math.max(0, all.length - LIMIT)).map((one) => cache.delete(one)));
}

async function answer(request, fresh) {
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  const first = await Promise.race([fresh.catch(() => undefined), late]);
  // Filters are in the query: the page is the same file.
  const ignoreSearch = request.mode === "navigate";
  const kept = first ?? (await caches.match(request, { cacheName: CACHE, ignoreSearch }));
  if (kept || request.mode !== "navigate") return kept ?? fresh;
  // A page that was never read here: one of the site's own says so, at its own address.
  const lost = new URL(OFFLINE, SCOPE).href;
  return fresh.catch(() => (request.url === lost ? Response.error() : Response.redirect(lost)));
}

self.addEventListener("install", (event) => {
  self.skipWaiting();
  const wanted = new URL(OFFLINE, SCOPE).href;
  event.waitUntil(fetch(wanted).then((response) => keep(new Request(wanted), response)));
});

self.addEventListener("activate", (event) => event.waitUntil((async () => {
  const old = (await caches.keys()).filter((name) => name.startsWith(`${NAMES} `) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
})()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const plays = ["audio", "video", "track"].includes(request.destination);
  // A script that asks what is so now is not answered by what was.
  const asksNow = request.cache === "no-cache" && !request.destination;
  if (request.method !== "GET" || plays || asksNow || !isReadable(request.url)) return;
  const fresh = fetch(request);
  event.waitUntil(fresh.then((response) => keep(request, response.clone()), () => undefined));
  event.respondWith(answer(request, fresh));
});

async function keepAll(urls) {
  await Promise.allSettled(urls.filter(isReadable).map(async (url) => keep(url, await fetch(url))));
}

/* The search: of a small index all, of a large one the titles, and what a reader asked for. */
async function keepSearch() {
  if (!SEARCH) return;
  const url = (name) => new URL(SEARCH + name, SCOPE).href;
  await keepAll(["worker.js", "index.json", "titles.json"].map(url));
  const answer = await caches.match(url("index.json"), { cacheName: CACHE });
  const { version, terms, texts } = (await answer.json()).config.parcours;
  if (terms.length + texts.length > SMALL) return;
  const parts = Object.entries({ terms, texts }).flatMap(([name, all]) => all.map((_, n) => `${name}-${n}`));
  await keepAll([...parts, "facets"].map((part) => url(`${part}.json?v=${version}`)));
}

// A first visit comes before this worker: its page says what it loaded.
self.addEventListener("message", (event) => {
  const urls = [...event.data.keep, ...AGENDA.map((part) => new URL(part, SCOPE).href)];
  event.waitUntil(Promise.allSettled([keepAll(urls), keepSearch()]));
});
