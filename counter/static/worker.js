/**
 * The desk's worker. It keeps one page, for the time in which the server is away, and nothing else: no answer of the
 * server and no desk is ever shown from here. SHELL {version, page, files} is put before this by the server.
 */

/* global SHELL */

const NAME = `jiaohao.counter.${SHELL.version}`;
const AWAY = [502, 504]; // said by a proxy in the server's place

self.addEventListener("install", (event) => {
  const wanted = [SHELL.page, ...SHELL.files].map((url) => new Request(url, { cache: "reload" }));
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(wanted)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOthers().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname } = new URL(request.url);
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(visit(request));
  else if (SHELL.files.includes(pathname)) event.respondWith(fetch(request).catch(() => kept(pathname)));
});

async function visit(request) {
  try {
    const answer = await fetch(request);
    return AWAY.includes(answer.status) ? await kept(SHELL.page) : answer;
  } catch (error) {
    return kept(SHELL.page);
  }
}

async function kept(url) {
  const cache = await caches.open(NAME);
  return (await cache.match(url)) || Response.error();
}

async function dropOthers() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith("jiaohao.counter.") && name !== NAME);
  await Promise.all(old.map((name) => caches.delete(name)));
}
