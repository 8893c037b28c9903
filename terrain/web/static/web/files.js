// Files go as soon as they are chosen, dropped or pasted; the form then names them. Without this, the form carries them.

const FIELD = "fieldset.files"
const sending = new WeakMap() // form → how many files are on their way
const parsed = html => new DOMParser().parseFromString(html, "text/html")

const fieldOf = target => target.closest?.("form")?.querySelector(FIELD)
const brought = transfer => [...transfer?.files ?? []]

document.addEventListener("change", event => {
  const input = event.target
  if (input.type !== "file" || !input.closest(FIELD)) return
  const files = [...input.files]
  input.value = ""
  bring(input.closest(FIELD), files)
})

document.addEventListener("paste", event => {
  const field = fieldOf(event.target)
  const files = brought(event.clipboardData)
  // A word processor brings a picture of its text along: the text is meant.
  if (!field || !files.length || event.clipboardData.types.includes("text/plain")) return
  event.preventDefault()
  event.stopPropagation()
  bring(field, files)
}, true)

const carries = event => [...event.dataTransfer?.types ?? []].includes("Files")
document.addEventListener("dragover", event => {
  const field = carries(event) && fieldOf(event.target)
  for (const each of document.querySelectorAll(`${FIELD}.over`)) each.classList.toggle("over", each === field)
  if (!field) return
  field.classList.add("over")
  event.preventDefault()
}, true)
document.addEventListener("dragleave", event => { if (!event.relatedTarget) over(null) })
document.addEventListener("drop", event => {
  const field = carries(event) && fieldOf(event.target)
  over(null)
  if (!field) return
  event.preventDefault()
  event.stopPropagation()
  bring(field, brought(event.dataTransfer))
}, true)

function over(field) {
  for (const each of document.querySelectorAll(`${FIELD}.over`)) if (each !== field) each.classList.remove("over")
}

function bring(field, files) {
  for (const refused of field.querySelectorAll(".refused")) refused.remove()
  for (const file of files) send(field, file)
}

function send(field, file) {
  if (file.size > Number(field.dataset.largest)) return refuse(field, say(field, "large", file.name))
  const line = field.querySelector("template").content.firstElementChild.cloneNode(true)
  line.querySelector(".name").textContent = file.name
  field.querySelector(".file-list").append(line)
  const form = field.closest("form")
  const body = new FormData()
  body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value)
  body.append("file", file, file.name)
  const going = new XMLHttpRequest()
  going.open("POST", field.dataset.files)
  going.upload.addEventListener("progress", ({ loaded, total }) => line.querySelector("progress").value = 100 * loaded / total)
  going.addEventListener("loadend", () => {
    line.querySelector(".away").removeEventListener("click", stop)
    if (going.status === 200) line.replaceWith(ready(parsed(going.responseText).querySelector("li")))
    else {
      line.remove()
      if (going.status === 422) refuse(field, going.responseText)
      else if (!stopped) refuse(field, say(field, "lost", file.name))
    }
    count(form, -1)
    // Drafts, and whoever else follows what is written, hear of it.
    form.dispatchEvent(new Event("input", { bubbles: true }))
  })
  let stopped = false
  const stop = () => { stopped = true; going.abort() }
  line.querySelector(".away").addEventListener("click", stop)
  count(form, 1)
  going.send(body)
}

function ready(line) {
  line.querySelector(".away").hidden = false
  return line
}

function say(field, what, name) {
  return field.querySelector(`template[data-says=${what}]`).content.textContent.trim().replace("NAME", name)
}

function refuse(field, sentence) {
  const said = document.createElement("p")
  said.className = "refused"
  said.role = "alert"
  said.textContent = sentence
  field.querySelector(".ways").before(said)
}

// A message waits for its files.

function count(form, step) {
  const left = (sending.get(form)?.left ?? 0) + step
  const { submitter, waits } = sending.get(form) ?? {}
  sending.set(form, { left, submitter, waits })
  if (left || !waits) return
  sending.delete(form)
  submitter?.removeAttribute("aria-busy")
  if (!form.querySelector(`${FIELD} .refused`)) form.requestSubmit(submitter)
}

document.addEventListener("submit", event => {
  const on = sending.get(event.target)
  if (!on?.left) return
  event.preventDefault()
  event.stopImmediatePropagation()
  event.submitter?.setAttribute("aria-busy", "true")
  sending.set(event.target, { ...on, submitter: event.submitter, waits: true })
}, true)

document.addEventListener("click", event => {
  const line = event.target.closest?.(".away") && event.target.closest("li[data-file]")
  if (!line) return
  const form = line.closest("form")
  const body = new URLSearchParams({ _method: "DELETE", csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value })
  fetch(line.dataset.file, { method: "POST", body })
  line.remove()
  form.dispatchEvent(new Event("input", { bubbles: true }))
})

document.addEventListener("turbo:load", () => { for (const line of document.querySelectorAll("li[data-file]")) ready(line) })
document.addEventListener("turbo:render", () => { for (const line of document.querySelectorAll("li[data-file]")) ready(line) })
