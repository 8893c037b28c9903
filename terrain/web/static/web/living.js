// Pages stay true while they are open: one stream tells that something changed, the page then asks for its living part
// again, and only what differs is touched. What is being typed is outside that part.

import { morphChildren } from "./vendor/turbo.js";

const CALM = 250 // ms between two questions for the same page
const LATE = 35_000 // ms without a sign of life, the stream speaks every 20 s
const RECENT = 10_000 // ms that a page may be older than the moment it is shown: Turbo asks while one still points at a link
let stream = null
let heard = 0
let behind = true // something may have changed that this page has not asked for
let recent = []
let asking = null
let again = false
let waiting = 0

const part = () => document.getElementById("live")
const spaces = () => document.querySelector("[data-spaces]")?.dataset.spaces.split(" ") ?? []

function concerns({ conversation, space }) {
  const [what, id] = part()?.dataset.live.split(":") ?? []
  if (what === "conversation") return id === String(conversation)
  if (what === "space") return id === String(space) || !!document.getElementById(`c${conversation}`)
  if (space === null) return what === "feed" || what === "direct" || what === "for-you"
  return what === "feed" && (spaces().includes(String(space)) || !!document.getElementById(`c${conversation}`))
}

export function refresh(wait = 0) {
  if (!part() || waiting) return
  waiting = setTimeout(() => { waiting = 0; ask() }, wait)
}

async function ask() {
  if (asking) { again = true; return }
  const before = part()
  if (!before) return
  // What changes before the stream listens is not told.
  behind = stream?.readyState !== EventSource.OPEN
  asking = fetch(before.dataset.src || location.href, { headers: { Part: "live" }, cache: "no-store" })
  try {
    const answer = await asking
    if (answer.status >= 500) behind = true
    count(answer)
    const html = answer.ok && !answer.redirected ? await answer.text() : null
    const now = html && new DOMParser().parseFromString(html, "text/html").getElementById("live")
    // Somebody may have gone on to another page meanwhile.
    if (now && before.isConnected) become(before, now)
  } catch {
    behind = true // Away from the network: asked again at the next sign of life.
  } finally {
    setTimeout(() => { asking = null; if (again) { again = false; ask() } }, CALM)
  }
}

function become(before, now) {
  const focused = document.activeElement?.closest("#live [name], #live a")
  const open = new Set([...before.querySelectorAll("details[open]")].map(named))
  for (const { name, value } of now.attributes) before.setAttribute(name, value)
  morphChildren(before, now)
  for (const each of before.querySelectorAll("details")) each.open = open.has(named(each))
  if (focused?.isConnected) focused.focus({ preventScroll: true })
  document.dispatchEvent(new CustomEvent("terrain:changed"))
}

// Two menus of one message are told apart by their classes.
function named(details) { return `${details.closest("[id]")?.id} ${details.className}` }

function listen() {
  const address = document.querySelector("meta[name=live]")?.content
  if (!address) return close()
  if (stream && stream.url === address && stream.readyState !== EventSource.CLOSED) return
  close()
  stream = new EventSource(address, { withCredentials: true })
  heard = Date.now()
  stream.addEventListener("hello", alive)
  stream.addEventListener("changed", event => { alive(); changed(JSON.parse(event.data)) })
  stream.addEventListener("catch-up", () => { alive(); refresh(Math.random() * 3000) })
  stream.addEventListener("beat", alive)
  stream.addEventListener("error", lost)
}

function alive() {
  heard = Date.now()
  show(false)
  if (behind) refresh()
}

function lost() {
  heard = -1
  behind = true
  show(!navigator.onLine)
}

function changed(what) {
  recent = [...recent.filter(each => Date.now() - each.at < RECENT), { ...what, at: Date.now() }]
  if (concerns(what)) refresh(Math.random() * CALM)
  else if (what.space === null) setTimeout(askCount, Math.random() * CALM)
}

// How much waits for oneself is said with every living part; a page that has none to ask for asks for that of another.
function askCount() {
  const place = document.querySelector("[data-news]")?.closest("a")
  if (place) fetch(place.href, { headers: { Part: "live" }, cache: "no-store" }).then(count, () => {})
}

function count(answer) {
  const waits = answer.headers.get("News")
  if (waits === null) return
  for (const each of document.querySelectorAll("[data-news]")) { each.textContent = Number(waits).toLocaleString(document.documentElement.lang); each.hidden = waits === "0" }
}

function show(offline) {
  const sign = document.getElementById("offline")
  if (sign) sign.hidden = !offline
}

function close() {
  stream?.close()
  stream = null
}

// A laptop that was closed, a phone that slept, a network that went: ask at once for what was missed.
function wake() {
  if (document.visibilityState !== "visible") return
  if (heard < 0 || Date.now() - heard > LATE) beginAgain()
  else if (behind) refresh()
}

function beginAgain() {
  close()
  listen()
  behind = true
  refresh()
}

// Hours said as "2 min ago" grow old: a visible page is drawn anew each minute it is looked at.
setInterval(() => { wake(); if (document.visibilityState === "visible" && !document.getElementById("live")?.contains(document.activeElement)) refresh() }, 60_000)
document.addEventListener("visibilitychange", wake)
addEventListener("online", wake)
addEventListener("offline", lost)
addEventListener("pageshow", event => { if (event.persisted) beginAgain() })
addEventListener("pagehide", close)
document.addEventListener("turbo:visit", ({ detail }) => { if (detail.action === "restore") behind = true })
document.addEventListener("turbo:load", () => {
  listen()
  if (recent.some(concerns) || (behind && stream?.readyState === EventSource.OPEN)) refresh()
})
