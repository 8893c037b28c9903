// What is being written is kept by the server as one writes, and found again on any device, whatever happens to this one.
// A form that is kept holds a note, [data-keep], whose value is where to send it.

const SOON = 2000 // ms after a change
const LATEST = 3500 // ms after the first change that is not kept, however long one goes on writing
const AGAIN = 3000 // ms before asking again where there was no answer
const MOST_ON_LEAVING = 60_000 // bytes that a browser still sends for a page that is gone
const forms = new Map() // a form, and since when it holds something that is not kept
const ready = new WeakSet() // editors that have taken over what the page gave them
const sent = new WeakSet() // forms that are on their way to be published

const note = form => form?.querySelector("[data-keep]")

function changed(form) {
  const state = forms.get(form) ?? {}
  state.since ??= Date.now()
  clearTimeout(state.timer)
  state.timer = setTimeout(() => keep(form), Math.max(0, Math.min(SOON, state.since + LATEST - Date.now())))
  forms.set(form, state)
}

function fields(form) {
  const body = new URLSearchParams()
  for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value)
  body.append("place", new URL(form.action).pathname)
  const written = [...form.elements].filter(each => each.matches("rich-text, textarea, input[type=text], input:not([type])"))
  if (!written.some(each => !each.disabled && each.value?.trim())) body.append("blank", "1")
  return body.toString()
}

async function keep(form) {
  const state = forms.get(form)
  const address = note(form)?.dataset.keep
  if (!address || state?.since === undefined) return
  clearTimeout(state.timer)
  state.since = undefined
  const body = fields(form)
  const asked = { method: "POST", body, keepalive: body.length < MOST_ON_LEAVING, headers: { "Content-Type": "application/x-www-form-urlencoded" } }
  try {
    const answer = await fetch(address, asked)
    const said = await answer.text()
    if (!form.isConnected) forms.delete(form)
    else if (answer.status === 410) writeAnew(form, said)
    else if (answer.ok || answer.status === 422) say(form, said)
    else later(form, state)
  } catch {
    later(form, state)
  }
}

// What this form wrote was published elsewhere meanwhile: what is in it now is another message. Where the form itself
// has just published it there is nothing to keep, and its page goes.
function writeAnew(form, key) {
  if (sent.has(form)) return forms.delete(form)
  form.elements.key.value = key
  changed(form)
}

function later(form, state) {
  state.since ??= Date.now()
  clearTimeout(state.timer)
  state.timer = setTimeout(() => keep(form), AGAIN)
}

// Somebody may stand on a button of the note: only the words change where it is there already.
function say(form, html) {
  const before = note(form)
  const now = new DOMParser().parseFromString(html, "text/html").querySelector("[data-keep]")
  if (!now) return
  const [here, there] = [before, now].map(each => each.querySelector("button"))
  if (here && there && here.formAction === there.formAction) before.querySelector("span").replaceWith(now.querySelector("span"))
  else before.replaceWith(document.adoptNode(now))
}

function keepAll() { for (const form of forms.keys()) keep(form) }

document.addEventListener("turbo:submit-start", ({ detail }) => sent.add(detail.formSubmission.formElement))
document.addEventListener("turbo:submit-end", ({ detail }) => { if (!detail.success) sent.delete(detail.formSubmission.formElement) })

document.addEventListener("rich-text:ready", event => ready.add(event.target))
document.addEventListener("input", ({ target }) => {
  if (target.localName === "rich-text" && !ready.has(target)) return
  const form = target.form ?? target.closest?.("form")
  if (note(form)) changed(form)
})
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") keepAll() })
addEventListener("pagehide", keepAll)
addEventListener("online", keepAll)
for (const leaving of ["turbo:visit", "turbo:submit-start"]) document.addEventListener(leaving, keepAll)

// What is discarded is not kept once more on the way out.
document.addEventListener("submit", ({ submitter }) => {
  const form = submitter?.closest("[data-keep]")?.closest("form")
  if (!form || !forms.has(form)) return
  clearTimeout(forms.get(form).timer)
  forms.delete(form)
}, true)
