// While one types a name after @, a topic after # or an emoji after :, those that there are are offered: by arrows and Enter, by a
// pointer, by a finger. What is offered comes from the server, which knows who may read what is written here.

const NAMED = /(?:^|[^\p{L}\p{M}\p{N}\-_@#&/.:])(@[\p{L}\p{M}'’.\-]*(?: [\p{L}\p{M}'’.\-]*){0,3}|#[\p{L}\p{M}\p{N}\-_]*|:\p{L}[\p{L}\p{M}]+)$/u
const CALM = 120 // ms
let count = 0

export class Suggestions {
  #typed = ""
  #timer = 0
  #given = "" // what was typed when one pressed Escape: nothing is offered for it, nor for what it begins

  // `before()` gives what is typed before the caret, `put(typed, chosen)` writes what was chosen in its place.
  constructor(field, before, put) {
    this.field = field
    this.before = before
    this.put = put
    this.list = Object.assign(document.createElement("ul"), { id: `suggestions-${count += 1}`, role: "listbox", hidden: true, className: "suggestions card" })
    this.list.addEventListener("pointerdown", event => event.preventDefault())
    this.list.addEventListener("click", event => this.#choose(event.target.closest("[role=option]")))
    field.addEventListener("focusout", () => this.close())
    field.writing.setAttribute("aria-autocomplete", "list")
    field.writing.setAttribute("aria-controls", this.list.id)
    field.append(this.list)
  }

  look() {
    clearTimeout(this.#timer)
    const typed = NAMED.exec(this.before())?.[1] ?? ""
    if (typed.length < 2 || (this.#given && typed.startsWith(this.#given))) return this.close()
    this.#given = ""
    this.#timer = setTimeout(() => this.#ask(typed), CALM)
  }

  // What one asks for by a button, without having typed anything of it.
  offerEmoji() { this.#ask("", "/suggestions/emojis") }

  async #ask(typed, where = this.#address(typed)) {
    this.#typed = typed
    const answer = await fetch(where).catch(() => null)
    const html = answer?.ok ? await answer.text() : ""
    if (this.#typed !== typed || (typed && NAMED.exec(this.before())?.[1] !== typed)) return
    this.list.innerHTML = html
    this.list.hidden = !this.list.querySelector("[role=option]")
    if (this.list.hidden) return this.close()
    this.#select(this.list.firstElementChild)
    this.#place()
  }

  #address(typed) {
    const { people, topics } = this.field.dataset
    const space = this.field.form?.elements.space?.value
    if (typed.startsWith(":")) return `/suggestions/emojis?q=${encodeURIComponent(typed.slice(1))}`
    const where = typed.startsWith("#") ? topics : people.includes("{space}") ? (space ? people.replace("{space}", space) : "/suggestions/people") : people
    return `${where}${where.includes("?") ? "&" : "?"}q=${encodeURIComponent(typed.slice(1))}`
  }

  // Under the words, within the page.
  #place() {
    const caret = getSelection().getRangeAt(0).getBoundingClientRect()
    const around = this.field.getBoundingClientRect()
    const left = Math.min(caret.left, innerWidth - this.list.offsetWidth - 12) - around.left
    this.list.style.insetInlineStart = "auto"
    this.list.style.left = `${Math.max(left, 4 - around.left)}px`
    this.list.style.top = `${(caret.bottom || around.bottom) - around.top + 4}px`
  }

  #select(option) {
    for (const each of this.list.children) each.ariaSelected = String(each === option)
    this.field.writing.setAttribute("aria-activedescendant", option.id)
    option.scrollIntoView({ block: "nearest" })
  }

  #choose(option) {
    if (!option) return
    const typed = this.#typed
    this.close()
    this.put(typed, { words: option.dataset.words, address: option.dataset.address })
  }

  pressed(event) {
    if (this.list.hidden) return false
    const chosen = this.list.querySelector("[aria-selected=true]")
    const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key]
    if (step) this.#select(chosen[step] ?? this.list[event.key === "ArrowDown" ? "firstElementChild" : "lastElementChild"])
    else if (event.key === "Enter" || event.key === "Tab") this.#choose(chosen)
    else if (event.key === "Escape") { this.#given = this.#typed; this.close() }
    else return false
    event.preventDefault()
    event.stopPropagation()
    return true
  }

  close() {
    clearTimeout(this.#timer)
    this.#typed = ""
    this.list.hidden = true
    this.field.writing.removeAttribute("aria-activedescendant")
  }
}
