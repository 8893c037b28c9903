// Words of a message that somebody selects can be quoted: a small button stands by them, and begins a reply under them.

const SHORTEST = 2
let button = null

function selected() {
  const selection = getSelection()
  if (!selection.rangeCount || selection.isCollapsed || !document.querySelector("form#write")) return null
  const range = selection.getRangeAt(0)
  const around = range.commonAncestorContainer
  const message = (around.nodeType === 1 ? around : around.parentElement)?.closest(".message .prose")?.closest(".message")
  const words = selection.toString().trim()
  return message && words.length >= SHORTEST ? { range, message, words } : null
}

function place() {
  const found = selected()
  if (!found) return button?.setAttribute("hidden", "")
  button ??= make()
  if (!button.isConnected) document.body.append(button)
  button.hidden = false
  const { top, bottom, left, width } = found.range.getBoundingClientRect()
  const above = top - button.offsetHeight - 8
  button.style.top = `${above > 64 ? above : Math.min(bottom + 8, innerHeight - button.offsetHeight - 8)}px`
  button.style.left = `${Math.min(Math.max(left + width / 2 - button.offsetWidth / 2, 8), innerWidth - button.offsetWidth - 8)}px`
}

function make() {
  const made = document.querySelector("template#quoting").content.firstElementChild.cloneNode(true)
  made.addEventListener("pointerdown", event => event.preventDefault()) // The selection stays.
  made.addEventListener("click", () => {
    const found = selected()
    if (!found) return
    const asked = new URLSearchParams({ reply_to: found.message.dataset.id, passage: found.words })
    getSelection().removeAllRanges()
    Turbo.visit(`${location.pathname}?${asked}#write`)
  })
  return made
}

let waiting = 0
document.addEventListener("selectionchange", () => {
  cancelAnimationFrame(waiting)
  waiting = requestAnimationFrame(place)
})
document.addEventListener("scroll", () => { if (button && !button.hidden) place() }, { passive: true })
document.addEventListener("turbo:before-cache", () => { button?.remove(); button = null })
