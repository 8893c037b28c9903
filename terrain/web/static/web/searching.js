// Answers while one types: the page of search asks for its living part again, with what is in the box now.

const CALM = 150 // ms
let timer = 0
let asked = ""

document.addEventListener("input", ({ target }) => {
  if (!target.matches?.("[data-answers]")) return
  clearTimeout(timer)
  timer = setTimeout(() => ask(target.form), CALM)
})
document.addEventListener("submit", ({ target }) => { if (target.id === "search") { clearTimeout(timer); asked = "" } })

async function ask(form) {
  const words = new URLSearchParams(new FormData(form))
  const address = asked = `${new URL(form.action).pathname}?${words}`
  const answer = await fetch(address, { headers: { Part: "live" } }).catch(() => null)
  if (!answer?.ok || answer.redirected) return
  const html = await answer.text()
  if (asked !== address || !form.isConnected) return
  const found = new DOMParser().parseFromString(html, "text/html").getElementById("live")
  if (!found) return
  document.getElementById("live").replaceWith(document.adoptNode(found))
  history.replaceState(history.state, "", address)
  watch()
}

// What is looked for in vain is counted once it has stayed so for a while: by a small request of its own.
const LONG_ENOUGH = 3000 // ms
let vain = 0

function watch() {
  clearTimeout(vain)
  const said = document.querySelector("#live [data-missing]")
  if (said) vain = setTimeout(() => tell(said), LONG_ENOUGH)
}

function tell(said) {
  const words = document.querySelector("[data-answers]")?.value
  if (!said.isConnected || !words || document.visibilityState !== "visible") return
  const body = new FormData(document.getElementById("gesture"))
  body.set("q", words)
  fetch(said.dataset.missing, { method: "POST", body }).catch(() => {})
}

document.addEventListener("turbo:load", watch)
