// A sign put on a message, or taken back, changes the living part alone: the page does not move.

import { refresh } from "./living.js";

document.addEventListener("submit", async event => {
  const button = event.submitter
  if (event.target.id !== "gesture" || button?.name !== "emoji") return
  event.preventDefault()
  event.stopPropagation()
  button.closest("details")?.removeAttribute("open")
  const body = new FormData(event.target, button)
  try {
    const answer = await fetch(button.formAction, { method: "POST", body, headers: { Part: "live" } })
    if (answer.ok) return refresh()
  } catch {
    // The plain way says what is wrong.
  }
  event.target.action = button.formAction
  event.target.submit()
}, true)

// One menu at a time, and none once one looks elsewhere.
document.addEventListener("click", event => {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false
})
document.addEventListener("keydown", event => {
  const menu = event.key === "Escape" && event.target.closest?.("details.menu[open]")
  if (!menu) return
  menu.open = false
  menu.querySelector("summary").focus()
})
