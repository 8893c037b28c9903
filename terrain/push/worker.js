// Shows what Terrain pushes to this browser, leads to it, and sends what is answered in a notification.
// It keeps no page and sees no request of one: what it holds are words that could not be sent yet.

const UNSENT = "unsent" // a cache of ours, with an answer for each key
const LONG = 30 * 24 * 3600 * 1000 // ms that words are held for
const ALL = "for-you" // the tag of what says how much waits: it stands for all others

self.addEventListener("install", () => self.skipWaiting())
self.addEventListener("activate", event => event.waitUntil(self.clients.claim()))

self.addEventListener("push", event => event.waitUntil(pushed(event.data).finally(bringWords)))
self.addEventListener("message", event => event.waitUntil(bringWords()))

async function pushed(data) {
  const said = data.json()
  const now = Date.now()
  // A phone that was off may be told late, in quiet hours: then nothing rings.
  const silent = !!said.quiet && said.quiet[0] <= now && now < said.quiet[1]
  if (said.tag === ALL) for (const each of await self.registration.getNotifications()) if (!each.data?.unsent) each.close()
  await show(said, { silent, renotify: !silent })
}

function show(said, more = {}) {
  const { title, body, tag, language, icon, badge, answer } = said
  const actions = answer && !said.unsent ? [{ action: "answer", type: "text", title: answer.says, placeholder: answer.asks }] : []
  return self.registration.showNotification(title, { body, tag, lang: language, dir: "auto", icon, badge, actions, data: said, ...more })
}

self.addEventListener("notificationclick", event => {
  const { notification, action, reply } = event
  notification.close()
  event.waitUntil(clicked(notification.data, action, reply?.trim()))
})

function clicked(said, action, reply) {
  if (said.unsent) return resume(said)
  if (action !== "answer") return open(said.url, said.page)
  // Where the system has no field in its notifications, the answer is written in the conversation.
  return reply ? answer(said, reply) : open(said.answer.url)
}

async function answer(said, words) {
  const unsent = { key: crypto.randomUUID(), at: Date.now(), words, said }
  await hold(unsent)
  try {
    const refused = await send(unsent)
    if (refused) await lost(unsent, refused.says, refused.url)
  } catch {
    await lost(unsent, said.answer.lost)
  }
}

// The words come back in a notification of their own.
const lost = ({ key, words, said }, title, url = null) =>
  show({ ...said, title, body: words, tag: `unsent-${key}`, url, unsent: key }, { requireInteraction: true })

async function resume(said) {
  const unsent = said.url ? null : await held(said.unsent)
  if (!unsent) return open(said.url ?? said.answer.url)
  try {
    const kept = await send(unsent, true)
    return open(kept?.url ?? said.page)
  } catch {
    await show(said, { requireInteraction: true })
    return open(said.answer.url)
  }
}

// Publishes an answer, or has it kept as a draft. Gives nothing where it is published, else why not and where it is
// kept; throws where it reached nobody who may keep it.
async function send({ key, words, said }, keep = false) {
  const token = await fetch("/push/token", { redirect: "manual", cache: "no-store" })
  if (!token.ok) throw new Error("nobody is signed in")
  const body = new URLSearchParams({ to: said.answer.to, key, words, ...(keep && { keep: "1" }) })
  const headers = { "X-CSRFToken": await token.text() }
  const answer = await fetch("/push/answers", { method: "POST", body, headers, redirect: "manual" })
  if (!answer.ok && answer.status !== 422) throw new Error(`${answer.status}`)
  await (await caches.open(UNSENT)).delete(`/unsent/${key}`)
  return answer.status === 204 ? null : answer.json()
}

const hold = async unsent => (await caches.open(UNSENT)).put(`/unsent/${unsent.key}`, new Response(JSON.stringify(unsent)))
const held = async key => (await (await caches.open(UNSENT)).match(`/unsent/${key}`))?.json()

// What could not be sent becomes a draft as soon as it can, whether or not its notification is still there. The server
// knows it by its key: kept and published at the same moment it is published, once.
async function bringWords() {
  const cache = await caches.open(UNSENT)
  for (const request of await cache.keys()) {
    const unsent = await (await cache.match(request))?.json()
    if (unsent && Date.now() - unsent.at > LONG) await cache.delete(request)
    else if (unsent) await send(unsent, true).catch(() => {})
  }
}

// Where the conversation is open it is looked at there; a page in which somebody may be writing is left alone.
async function open(path, page = null) {
  const to = new URL(path, self.location.origin)
  if (to.origin !== self.location.origin) return
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true })
  const here = page && windows.find(each => new URL(each.url).pathname === page)
  if (!here) return self.clients.openWindow(to.href)
  await here.focus()
  return here.navigate(to.href).catch(() => {})
}

// A browser that changes its subscription says so at once, where it can; else the page does (pushing.js).
self.addEventListener("pushsubscriptionchange", event => event.waitUntil(changed(event)))

async function changed({ oldSubscription: before, newSubscription }) {
  if (!before) return
  const now = newSubscription ?? await self.registration.pushManager.subscribe(before.options)
  const { endpoint, keys } = now.toJSON()
  const token = await fetch("/push/token", { redirect: "manual", cache: "no-store" })
  if (!token.ok) return
  const headers = { "X-CSRFToken": await token.text() }
  await fetch("/push/devices", { method: "POST", headers, body: new URLSearchParams({ endpoint, ...keys, before: before.endpoint }) })
}
