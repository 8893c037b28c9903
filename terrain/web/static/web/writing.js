// The editor is asked for when somebody starts to write, and not before.

const FIELD = "rich-text > textarea"
let editor = null

const fetchEditor = () => editor ??= import("./editor.js").catch(() => { editor = null })

document.addEventListener("focusin", event => { if (event.target.matches(FIELD)) fetchEditor() })
document.addEventListener("turbo:load", () => {
  if (document.activeElement?.matches(FIELD) || document.querySelector("rich-text[value]")) fetchEditor()
})

// In a bare text area Ctrl Enter publishes, as it does in the editor.
document.addEventListener("keydown", event => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.matches(FIELD)) event.target.form.requestSubmit()
})

// The same message is not sent twice by two quick presses; the server would take it once in any case.
document.addEventListener("turbo:submit-start", ({ detail }) => detail.formSubmission.submitter?.setAttribute("aria-busy", "true"))
document.addEventListener("turbo:submit-end", ({ detail }) => detail.formSubmission.submitter?.removeAttribute("aria-busy"))
