// One key searches, goes to what is unread, answers, or lists the others. Each is changed or turned off in the settings,
// and kept in this browser. None does anything while one types, or with Ctrl, Alt or ⌘ (WCAG 2.1.4).

import { visit } from "./vendor/turbo.js";

const LETTERS = { search: "/", next: "n", reply: "r", list: "?" }
const TYPING = "input, textarea, select, [contenteditable], rich-text, dialog[open], [role=tree], [role=listbox], [role=menu]"

function chosen() {
  try {
    return { ...LETTERS, ...JSON.parse(localStorage.getItem("keys") ?? "{}") }
  } catch {
    return { ...LETTERS }
  }
}

function choose(keys) {
  try { localStorage.setItem("keys", JSON.stringify(keys)) } catch { /* A browser that keeps nothing has the usual keys. */ }
  show()
}

const does = {
  search() {
    const box = document.querySelector("#search input[type=search]") ?? document.querySelector(".rail .search input")
    if (!box?.checkVisibility()) return visit("/search")
    box.focus()
    box.select()
  },
  next() {
    const unread = [...document.querySelectorAll("#unread, .talk.new h3 a")]
    const after = unread.find(each => document.activeElement.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING)
    const next = after ?? unread[0]
    if (!next) return location.pathname === "/" ? undefined : visit("/")
    if (!next.matches("a")) next.tabIndex = -1
    next.focus({ preventScroll: true })
    next.scrollIntoView({ block: "center" })
  },
  reply() { document.querySelector("#write :is(textarea, .writing):not([hidden])")?.focus() },
  list() { document.getElementById("keys")?.showModal?.() },
}

document.addEventListener("keydown", event => {
  if (event.defaultPrevented || event.isComposing || event.repeat) return
  const isCommand = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k"
  if (isCommand && !event.target.closest?.("rich-text")) {
    event.preventDefault()
    return does.search()
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.(TYPING)) return
  const [name] = Object.entries(chosen()).find(([, letter]) => letter && letter === event.key) ?? []
  if (!name) return
  event.preventDefault()
  does[name]()
})

// What is chosen is shown wherever keys are listed.
function show() {
  const keys = chosen()
  const form = document.getElementById("own-keys")
  for (const row of document.querySelectorAll("#keys [data-key]")) row.querySelector("kbd").textContent = keys[row.dataset.key] || form?.dataset.off || "–"
  if (!form) return
  form.hidden = false
  for (const field of form.querySelectorAll("input")) field.value = keys[field.name]
}

document.addEventListener("input", ({ target }) => {
  if (target.form?.id !== "own-keys") return
  const keys = chosen()
  const letter = target.value.trim()
  for (const name in keys) if (letter && keys[name] === letter) keys[name] = "" // One letter does one thing.
  keys[target.name] = letter
  choose(keys)
})
document.addEventListener("focusin", ({ target }) => { if (target.form?.id === "own-keys") target.select?.() })
document.addEventListener("click", ({ target }) => {
  if (target.closest?.("#own-keys [value=off]")) choose(Object.fromEntries(Object.keys(LETTERS).map(name => [name, ""])))
})
document.addEventListener("reset", event => {
  if (event.target.id !== "own-keys") return
  event.preventDefault()
  choose(LETTERS)
})
document.addEventListener("submit", event => { if (event.target.id === "own-keys") { event.preventDefault(); event.stopPropagation() } }, true)
document.addEventListener("turbo:load", show)
