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

// A menu asks for what it offers when it is opened for the first time; the way back and the title stay on the page.
document.addEventListener("toggle", async ({ target: menu }) => {
  if (!menu.open || !menu.dataset?.from || menu.dataset.filled) return
  menu.dataset.filled = "1"
  try {
    const answer = await fetch(menu.dataset.from, { headers: { Part: "live" } })
    const offered = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("offered")
    if (offered) menu.querySelector(":scope > div").replaceChildren(...offered.children)
  } catch {
    delete menu.dataset.filled // The link inside leads to the page that offers the same.
  }
}, true)

// The address of a thing, to take along.
document.addEventListener("click", async event => {
  const link = event.target.closest?.("a[data-copy]")
  if (!link || !navigator.clipboard) return
  event.preventDefault()
  await navigator.clipboard.writeText(link.dataset.copy || link.href)
  link.lastChild.textContent = link.dataset.done
})

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
