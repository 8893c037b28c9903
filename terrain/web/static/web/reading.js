// How far somebody has read, told by a small request of its own once a message has stayed before their eyes.

const LONG_ENOUGH = 1200 // ms
let seen = 0
let told = 0
let timer = 0
let page = ""

const watcher = new IntersectionObserver(entries => {
  for (const { isIntersecting, target } of entries) if (isIntersecting) seen = Math.max(seen, Number(target.dataset.number))
  if (seen > told && !timer) timer = setTimeout(tell, LONG_ENOUGH)
}, { rootMargin: "0px 0px -15% 0px" })

function watch() {
  const part = document.querySelector("#live[data-reading]")
  watcher.disconnect()
  clearTimeout(timer)
  timer = 0
  if (!part) return
  if (page !== part.dataset.reading) { seen = 0; told = 0; page = part.dataset.reading }
  told = Math.max(told, Number(part.dataset.read))
  for (const message of part.querySelectorAll("[data-number]")) if (Number(message.dataset.number) > told) watcher.observe(message)
}

async function tell() {
  timer = 0
  if (document.visibilityState !== "visible" || seen <= told) return
  const form = document.getElementById("gesture")
  const body = new FormData(form)
  body.set("number", seen)
  body.set("quietly", "1")
  const number = seen
  try {
    const answer = await fetch(page, { method: "POST", body, keepalive: true })
    if (answer.ok) told = Math.max(told, number)
  } catch {
    // Told with the next one.
  }
}

document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible" && seen > told && !timer) timer = setTimeout(tell, LONG_ENOUGH) })
document.addEventListener("terrain:changed", watch)
document.addEventListener("turbo:load", watch)
