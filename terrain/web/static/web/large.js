// A picture opens large over its page: arrows go to the next, Escape or a press goes back. Without this, it is a link.

let dialog = null
let among = []
let at = 0

document.addEventListener("click", event => {
  const link = event.target.closest?.("a[data-large]")
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return
  event.preventDefault()
  event.stopPropagation()
  among = [...link.parentElement.querySelectorAll(":scope > a[data-large]")]
  at = among.indexOf(link)
  open()
}, true)

function open() {
  dialog?.remove()
  dialog = document.createElement("dialog")
  dialog.className = "large"
  const picture = document.createElement("img")
  dialog.append(picture, button("shut", "✕", () => dialog.close()), button("before", "‹", () => go(-1)), button("after", "›", () => go(1)))
  dialog.addEventListener("click", ({ target }) => { if (target === dialog || target === picture) dialog.close() })
  dialog.addEventListener("close", () => { dialog?.remove(); dialog = null; among[at]?.focus({ preventScroll: true }) })
  dialog.addEventListener("keydown", ({ key }) => { if (key === "ArrowRight") go(1); if (key === "ArrowLeft") go(-1) })
  document.body.append(dialog)
  show()
  dialog.showModal()
}

function button(name, sign, act) {
  const made = document.createElement("button")
  made.type = "button"
  made.className = name
  made.textContent = sign
  made.ariaLabel = document.querySelector("main [data-large-says]")?.dataset[name] ?? sign
  made.addEventListener("click", act)
  return made
}

function go(step) {
  at = Math.min(Math.max(at + step, 0), among.length - 1)
  show()
}

function show() {
  const picture = dialog.querySelector("img")
  picture.src = among[at].href
  picture.alt = among[at].querySelector("img").alt
  dialog.ariaLabel = picture.alt
  dialog.querySelector(".before").hidden = at === 0
  dialog.querySelector(".after").hidden = at === among.length - 1
}

document.addEventListener("turbo:before-cache", () => dialog?.remove())
