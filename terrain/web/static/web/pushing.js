// Being told on this phone or computer: asked of the browser once somebody says so, and kept true from then on.

import { visit } from "./vendor/turbo.js";

const WORKER = "/worker.js"
const KEPT = "device" // in this browser: which device it is, and with which key its push service knows Terrain

function kept() {
  try { return JSON.parse(localStorage.getItem(KEPT)) } catch { return null }
}

function keep(device) {
  try { device ? localStorage.setItem(KEPT, JSON.stringify(device)) : localStorage.removeItem(KEPT) } catch { /* Found again in the settings. */ }
}

// Why this browser cannot: the value of the sentence that says so; "" where it can.
function hindrance() {
  if (navigator.standalone === false) return "home" // Safari on a phone, not on the home screen
  if (!isSecureContext) return "insecure"
  if (!("serviceWorker" in navigator && "PushManager" in window && "Notification" in window)) return "never"
  return Notification.permission === "denied" ? "refused" : ""
}

const bytes = key => Uint8Array.from(atob(key.replace(/-/g, "+").replace(/_/g, "/")), each => each.charCodeAt(0))
const isOf = (subscription, key) => !subscription.options?.applicationServerKey || String(new Uint8Array(subscription.options.applicationServerKey)) === String(bytes(key))

async function subscribed(key) {
  await navigator.serviceWorker.register(WORKER)
  const { pushManager } = await navigator.serviceWorker.ready
  const before = await pushManager.getSubscription()
  if (before && isOf(before, key)) return before
  await before?.unsubscribe()
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) })
}

async function unsubscribe() {
  keep(null)
  const registration = await navigator.serviceWorker?.getRegistration()
  await (await registration?.pushManager.getSubscription())?.unsubscribe()
}

async function tell(subscription, uid = "") {
  const body = new FormData(document.getElementById("gesture"))
  const { endpoint, keys } = subscription.toJSON()
  for (const [name, value] of Object.entries({ endpoint, ...keys, uid })) body.set(name, value)
  return fetch("/push/devices", { method: "POST", body })
}

// Where this browser was a device once, its server learns what its push service gives now, once for each tab. A device
// that was forgotten, from here or from elsewhere, is not made again.
async function check() {
  const device = kept()
  if (!device || hindrance() || Notification.permission !== "granted" || sessionStorage.getItem(KEPT) || !document.getElementById("gesture")) return
  sessionStorage.setItem(KEPT, "1")
  const answer = await tell(await subscribed(device.key), device.uid)
  if (answer.status === 404) return unsubscribe()
  const said = answer.ok && !answer.redirected && await answer.json()
  if (said && said.key !== device.key) await tell(await subscribed(said.key), device.uid)
  if (said) keep(said)
  const { active } = await navigator.serviceWorker.ready
  active?.postMessage("words")
}

// In the settings: the button, or why there is none.
function show() {
  const panel = document.querySelector("[data-push-key]")
  if (!panel || panel.dataset.told) return
  say(panel, hindrance())
}

function say(panel, why) {
  panel.querySelector("[data-ask]").hidden = !!why && why !== "failed"
  for (const each of panel.querySelectorAll("[data-why]")) each.hidden = each.dataset.why !== why
}

document.addEventListener("click", async ({ target }) => {
  const button = target.closest?.("button[value=tell-here]")
  if (!button) return
  const panel = button.closest("[data-push-key]")
  button.setAttribute("aria-busy", "true")
  try {
    if (await Notification.requestPermission() !== "granted") return say(panel, hindrance())
    const answer = await tell(await subscribed(panel.dataset.pushKey))
    if (!answer.ok || answer.redirected) throw new Error(`${answer.status}`)
    keep(await answer.json())
    sessionStorage.setItem(KEPT, "1")
    visit("/settings#devices", { action: "replace" })
  } catch {
    say(panel, "failed")
  } finally {
    button.removeAttribute("aria-busy")
  }
})

// Forgotten here, or signed out: what this browser still shows goes too.
document.addEventListener("submit", async ({ submitter, target }) => {
  const address = submitter?.getAttribute("formaction") ?? target.getAttribute("action")
  const isLeaving = address === "/leave"
  if (!isLeaving && !submitter?.hasAttribute("data-forgets")) return
  const registration = await navigator.serviceWorker?.getRegistration()
  if (isLeaving) for (const each of await registration?.getNotifications() ?? []) each.close()
  else if (kept()?.uid === submitter.dataset.forgets) await unsubscribe()
}, true)

document.addEventListener("turbo:load", () => {
  show()
  check().catch(() => sessionStorage.removeItem(KEPT))
})
