// <rich-text>: a text area that learns bold, lists, quotes and links once somebody starts to write.
//
// The page has a plain <textarea> inside, which works alone; this module is only asked for when somebody enters it.
// Then the text area steps aside (disabled, so it is not sent) and the element itself is sent with the form, under its
// own name, as clean HTML: p, h2 to h4, ul, ol, li, blockquote, pre > code, strong, em, u, s, code, a, br, nothing else.
// Words and icons are the page's: the toolbar is in the template, already in the person's language.

import {
  $createCodeNode, $createHeadingNode, $createParagraphNode, $createQuoteNode, $createTextNode, $generateNodesFromDOM,
  $getNearestNodeOfType, $getRoot, $getSelection, $insertGeneratedNodes, $insertList, $insertNodes, $isCodeNode, $isElementNode,
  $isHeadingNode, $isLineBreakNode, $isLinkNode, $isListItemNode, $isListNode, $isQuoteNode, $isRangeSelection,
  $isTextNode, $removeList, $setBlocksType, $toggleLink, AutoLinkNode, BOLD_ITALIC_STAR, BOLD_STAR, CODE, CodeNode,
  COMMAND_PRIORITY_HIGH, FORMAT_TEXT_COMMAND, HEADING, HeadingNode, INLINE_CODE, ITALIC_STAR, KEY_DOWN_COMMAND, LINK,
  LinkNode, ListItemNode, ListNode, ORDERED_LIST, PASTE_COMMAND, QUOTE, QuoteNode, STRIKETHROUGH, UNORDERED_LIST,
  autoLinkEmailMatcher, autoLinkUrlMatcher, createEditor, createEmptyHistoryState, registerAutoLink, registerHistory,
  registerList, registerMarkdownShortcuts, registerRichText,
} from "./vendor/lexical.js";
import { cleaned } from "./pasting.js";
import { Suggestions } from "./suggesting.js";

const INLINE = { code: "code", strikethrough: "s", underline: "u", italic: "em", bold: "strong" } // innermost first
const SHORTCUTS = [
  HEADING, QUOTE, UNORDERED_LIST, ORDERED_LIST, CODE, INLINE_CODE, BOLD_ITALIC_STAR, BOLD_STAR, ITALIC_STAR,
  STRIKETHROUGH, LINK,
]
const BLOCKS = { heading: () => $createHeadingNode("h3"), quote: $createQuoteNode, "code-block": $createCodeNode }
const LISTS = { bullets: "bullet", numbers: "number" }
const AUTOMATIC_LINKS = {
  matchers: [autoLinkUrlMatcher, autoLinkEmailMatcher], separatorRegex: /[\s.,;:!?()«»"“”’]/, changeHandlers: [], excludeParents: [],
}
const required = Object.assign(document.createElement("textarea"), { required: true })

export class RichText extends HTMLElement {
  static formAssociated = true

  #internals = this.attachInternals()
  #forget = []
  #html = ""
  #text = ""

  get form() { return this.#internals.form }
  get name() { return this.getAttribute("name") }
  get text() { return this.#text }
  get value() { return this.#html }
  set value(html) { this.#write(() => $fill(this.editor, html)) }

  connectedCallback() {
    this.querySelector(":scope > .writing")?.remove() // a copy of the page that Turbo kept
    this.plain = this.querySelector("textarea")
    this.bar = this.querySelector("[role=toolbar]")
    this.address = this.querySelector(".address")
    const hadFocus = this.plain === document.activeElement
    this.#buildWriting()
    if (hadFocus) this.writing.focus() // before its text, so that one goes on at its end
    this.#buildEditor()
    this.#bindBar()
    this.#listen(document, "turbo:before-cache", () => this.#keep())
    this.plain.disabled = this.plain.hidden = true
    if (this.bar) this.bar.hidden = false
    if (hadFocus) this.focus()
    if (this.dataset.people) this.suggestions = new Suggestions(this, () => this.#wordsBefore(), (typed, chosen) => this.#put(typed, chosen))
    this.dispatchEvent(new Event("rich-text:ready", { bubbles: true }))
  }

  disconnectedCallback() {
    this.#keep()
    this.suggestions?.close()
    for (const forget of this.#forget.splice(0)) forget()
    this.editor.setRootElement(null)
    this.writing.remove()
    this.plain.disabled = this.plain.hidden = false
    if (this.bar) this.bar.hidden = true
  }

  focus() {
    this.writing.focus() // Lexical's own focus comes a frame later: too late for a telephone's keyboard
    this.editor.focus()
  }

  reportValidity() { return this.#internals.reportValidity() }
  checkValidity() { return this.#internals.checkValidity() }
  formResetCallback() { this.value = asHtml(this.plain.defaultValue) }
  formDisabledCallback(disabled) { this.editor?.setEditable(!disabled) }
  formStateRestoreCallback(html) { if (this.editor) this.value = html }

  #keep() {
    this.setAttribute("value", this.#html)
    this.plain.value = this.#text
  }

  #buildWriting() {
    const label = [...this.plain.labels].map(each => each.textContent.trim()).join(" ")
    this.writing = document.createElement("div")
    this.writing.className = "writing prose"
    this.writing.contentEditable = "true"
    this.writing.role = "textbox"
    this.writing.ariaMultiLine = "true"
    this.writing.ariaRequired = String(this.plain.required)
    this.writing.ariaLabel = this.plain.ariaLabel || label || this.plain.placeholder
    this.writing.ariaPlaceholder = this.plain.placeholder
    this.writing.spellcheck = true
    this.writing.dir = "auto"
    const described = this.plain.getAttribute("aria-describedby")
    if (described) this.writing.setAttribute("aria-describedby", described)
    this.plain.after(this.writing)
    for (const each of this.plain.labels) this.#listen(each, "click", () => this.focus())
    // The page hears one input event, from the element, once the value is up to date.
    this.#listen(this.writing, "input", event => event.stopPropagation())
  }

  #buildEditor() {
    this.editor = createEditor({
      namespace: "terrain",
      nodes: [HeadingNode, QuoteNode, ListNode, ListItemNode, LinkNode, AutoLinkNode, CodeNode],
      theme: { text: { strikethrough: "struck", underline: "underlined", underlineStrikethrough: "struck underlined" }, code: "block" },
      onError: error => reportError(error),
    })
    this.editor.setRootElement(this.writing)
    this.#forget.push(
      registerRichText(this.editor),
      registerHistory(this.editor, createEmptyHistoryState(), 600),
      registerList(this.editor),
      registerMarkdownShortcuts(this.editor, SHORTCUTS),
      registerAutoLink(this.editor, AUTOMATIC_LINKS),
      this.editor.registerNodeTransform(HeadingNode, $threeLevels),
      this.editor.registerCommand(FORMAT_TEXT_COMMAND, format => !(format in INLINE), COMMAND_PRIORITY_HIGH),
      this.editor.registerCommand(KEY_DOWN_COMMAND, event => this.#pressed(event), COMMAND_PRIORITY_HIGH),
      this.editor.registerCommand(PASTE_COMMAND, event => $paste(this.editor, event), COMMAND_PRIORITY_HIGH),
      this.editor.registerUpdateListener(() => this.#changed()),
    )
    const kept = this.getAttribute("value")
    this.value = kept ?? asHtml(this.plain.value)
    if (kept === null) this.#write(() => $goOn(this.plain.value))
  }

  // Text that the page puts in draws nobody away from another field.
  #write(change) {
    this.editor.update(change, { discrete: true, tag: this.writing === document.activeElement ? undefined : "skip-dom-selection" })
  }

  #changed() {
    const before = this.#html
    this.editor.read(() => {
      this.#text = $getRoot().getTextContent()
      this.#html = this.#text.trim() ? $write($getRoot()) : ""
      this.#showWhereWeAre()
    })
    this.toggleAttribute("empty", !this.#html && $childless(this.writing))
    this.#internals.setFormValue(this.#html, this.#html)
    if (this.plain.required && !this.#html) {
      this.#internals.setValidity({ valueMissing: true }, required.validationMessage, this.writing)
    } else {
      this.#internals.setValidity({})
    }
    if (before === this.#html) return
    this.dispatchEvent(new Event("input", { bubbles: true }))
    this.suggestions?.look()
  }

  #pressed(event) {
    const command = event.ctrlKey || event.metaKey
    if (this.suggestions?.pressed(event)) return true
    if (command && event.key === "Enter") {
      event.preventDefault()
      this.form?.requestSubmit([...this.form.elements].find(each => each.type === "submit"))
      return true
    }
    const selection = $getSelection()
    // Without anything selected Ctrl K stays what it is in the rest of the page.
    if (command && event.key === "k" && this.address && $isRangeSelection(selection) && !selection.isCollapsed()) {
      event.preventDefault()
      event.stopPropagation()
      this.#askAddress()
      return true
    }
    return false
  }

  // What is typed before the caret, in its own piece of text; nothing within a link or code.
  #wordsBefore() {
    return this.editor.read(() => {
      const selection = $getSelection()
      const node = $isRangeSelection(selection) && selection.isCollapsed() && selection.anchor.getNode()
      if (!$isTextNode(node) || node.hasFormat("code") || node.getParents().some(each => $isLinkNode(each) || $isCodeNode(each))) return ""
      return node.getTextContent().slice(0, selection.anchor.offset)
    })
  }

  // What was chosen takes the place of what was typed for it: a link where it has an address, words else.
  #put(typed, { words, address }) {
    this.editor.update(() => {
      const selection = $getSelection()
      const node = selection.anchor.getNode()
      const end = selection.anchor.offset
      if (typed) selection.setTextNodeRange(node, end - typed.length, node, end)
      const named = address ? new LinkNode(address).append($createTextNode(words)) : $createTextNode(words)
      const space = $createTextNode(" ")
      $insertNodes([named, space])
      space.select(1, 1)
    })
    this.editor.focus()
  }

  // The toolbar: each button's value is what it does; arrows go from one to the next, Tab leaves.

  #bindBar() {
    if (!this.bar) return
    this.#listen(this.bar, "mousedown", event => event.target.closest("button") && event.preventDefault())
    this.#listen(this.bar, "click", event => this.#gesture(event.target.closest("button")?.value))
    this.#listen(this.bar, "keydown", event => this.#alongBar(event))
    this.#buttons.forEach((button, index) => button.tabIndex = index ? -1 : 0)
    const field = this.address?.querySelector("input")
    if (field) this.#listen(field, "keydown", event => this.#inAddress(event))
  }

  get #buttons() { return [...this.bar.querySelectorAll("button")].filter(each => !this.address?.contains(each)) }

  #alongBar(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    const at = this.#buttons.indexOf(event.target)
    if (!step || at < 0) return
    event.preventDefault()
    const next = this.#buttons.at((at + step) % this.#buttons.length)
    for (const button of this.#buttons) button.tabIndex = button === next ? 0 : -1
    next.focus()
  }

  #gesture(what) {
    if (what in INLINE) this.editor.dispatchCommand(FORMAT_TEXT_COMMAND, what)
    else if (what in LISTS) this.editor.update(() => this.#is(what) ? $removeList() : $insertList(LISTS[what]))
    else if (what in BLOCKS) this.editor.update(() => $setBlocksType($getSelection(), this.#is(what) ? $createParagraphNode : BLOCKS[what]))
    else if (what === "link") return this.address.hidden ? this.#askAddress() : this.#closeAddress()
    else if (what === "emoji") return this.#offerEmoji()
    else if (what === "set-link") return this.#setLink()
    else if (what === "unlink") return this.#setLink(null)
    else return
    this.editor.focus()
  }

  #offerEmoji() {
    this.editor.focus()
    this.suggestions?.offerEmoji()
  }

  #is(what) { return this.bar.querySelector(`[value="${what}"]`)?.ariaPressed === "true" }

  #showWhereWeAre() {
    const selection = $getSelection()
    if (!this.bar || !$isRangeSelection(selection)) return
    const around = [selection.anchor.getNode(), ...selection.anchor.getNode().getParents()]
    const list = around.find($isListNode)
    const here = {
      heading: around.some($isHeadingNode), quote: around.some($isQuoteNode), "code-block": around.some($isCodeNode),
      bullets: list?.getListType() === "bullet", numbers: list?.getListType() === "number",
      link: around.some($isLinkNode),
    }
    for (const format in INLINE) here[format] = selection.hasFormat(format)
    for (const button of this.#buttons) if (button.value in here) button.ariaPressed = String(here[button.value])
  }

  #askAddress() {
    const field = this.address.querySelector("input")
    field.value = this.editor.read(() => $linkHere()?.getURL() ?? "")
    this.address.hidden = false
    field.focus()
    field.select()
  }

  #closeAddress() {
    this.address.hidden = true
    this.editor.focus()
  }

  #inAddress(event) {
    if (event.key === "Enter") this.#setLink()
    else if (event.key === "Escape") this.#closeAddress()
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  #setLink(url = asAddress(this.address.querySelector("input").value)) {
    this.editor.update(() => {
      const selection = $getSelection()
      if (url && $isRangeSelection(selection) && selection.isCollapsed() && !$linkHere()) {
        const words = $createTextNode(url)
        $insertNodes([words])
        words.select(0)
      }
      $toggleLink(url)
    })
    this.#closeAddress()
  }

  #listen(target, type, listener) {
    target.addEventListener(type, listener)
    this.#forget.push(() => target.removeEventListener(type, listener))
  }
}

// What was there before, or is pasted, comes in.

function $fill(editor, html) {
  const root = $getRoot().clear()
  const nodes = $generateNodesFromDOM(editor, new DOMParser().parseFromString(html, "text/html"))
  let open = null
  for (const node of nodes) {
    if ($isElementNode(node) && !node.isInline()) {
      root.append(node)
      open = null
    } else if (open || node.getTextContent().trim()) {
      open ??= root.append($createParagraphNode()).getLastChild()
      open.append(node)
    }
  }
  if (root.isEmpty()) root.append($createParagraphNode())
  root.selectEnd()
}

// HTML has no space at its end; a sentence that somebody is in the middle of has.
function $goOn(text) {
  const [end] = text.match(/\s*$/)
  const last = $getRoot().getLastDescendant()
  if (end.includes("\n") && last) $getRoot().append($createParagraphNode())
  else if (end && $isTextNode(last)) last.setTextContent(last.getTextContent() + end)
  $getRoot().selectEnd()
}

function asHtml(text) {
  if (!text) return ""
  const lines = text.replace(/[&<>]/g, sign => `&#${sign.charCodeAt()};`).split(/\r?\n[ \t]*\r?\n/)
  return lines.map(each => `<p>${each.replace(/\r?\n/g, "<br>")}</p>`).join("")
}

function $paste(editor, event) {
  const { clipboardData: pasted } = event
  const selection = $getSelection()
  if (!pasted || !$isRangeSelection(selection) || pasted.types.includes("application/x-lexical-editor")) return false
  const text = pasted.getData("text/plain")
  const html = pasted.getData("text/html")
  if (selection.anchor.getNode().getTopLevelElement()?.getType() === "code") selection.insertRawText(text)
  else if (/^\s*https?:\/\/\S+\s*$/.test(text) && !selection.isCollapsed()) $toggleLink(text.trim())
  else if (html) $insertGeneratedNodes(editor, $generateNodesFromDOM(editor, cleaned(html)), selection)
  else return false
  event.preventDefault()
  return true
}

function $threeLevels(heading) {
  const tag = { h1: "h2", h5: "h4", h6: "h4" }[heading.getTag()]
  if (tag) heading.replace($createHeadingNode(tag), true)
}

function $linkHere() {
  const selection = $getSelection()
  return $isRangeSelection(selection) ? $getNearestNodeOfType(selection.anchor.getNode(), LinkNode) : null
}

function asAddress(text) {
  const written = text.trim()
  if (/^(https?|mailto|tel):/i.test(written) || /^\/(people|topics)\/[^/]+$/.test(written)) return written
  if (/^[^\s@/]+@[^\s@/]+$/.test(written)) return `mailto:${written}`
  return /^[a-z][\w+.-]*:(?!\d)/i.test(written) || !written ? null : `https://${written}`
}

// What is written goes out.

function $write(node) {
  if ($isLineBreakNode(node)) return "<br>"
  if ($isTextNode(node)) return $writeText(node)
  if (!$isElementNode(node)) return escaped(node.getTextContent())
  if ($isListNode(node)) return $writeList(node)
  const inside = node.getChildren().map($write).join("")
  if ($isCodeNode(node)) return `<pre><code>${escaped(node.getTextContent())}</code></pre>`
  if ($isLinkNode(node)) {
    const url = node.isUnlinked?.() ? null : asAddress(node.getURL())
    return url ? `<a href="${escaped(url)}">${inside}</a>` : inside
  }
  if ($isHeadingNode(node)) return `<${node.getTag()}>${inside}</${node.getTag()}>`
  if ($isQuoteNode(node)) return `<blockquote>${/^<(p|ul|ol|h\d)/.test(inside) ? inside : `<p>${inside}</p>`}</blockquote>`
  if (node.getType() === "paragraph") return inside ? `<p>${inside}</p>` : ""
  return inside
}

function $writeText(node) {
  let html = escaped(node.getTextContent())
  for (const [format, tag] of Object.entries(INLINE)) if (node.hasFormat(format)) html = `<${tag}>${html}</${tag}>`
  return html
}

function $writeList(list) {
  const tag = list.getTag()
  const start = tag === "ol" && list.getStart() > 1 ? ` start="${list.getStart()}"` : ""
  let items = ""
  for (const item of list.getChildren()) {
    const inside = item.getChildren().map($write).join("")
    // Lexical keeps a list within a list in an item of its own; in HTML it belongs to the item before.
    const nested = $isListItemNode(item) && $isListNode(item.getFirstChild()) && items
    items = nested ? `${items.slice(0, -"</li>".length)}${inside}</li>` : `${items}<li>${inside}</li>`
  }
  return `<${tag}${start}>${items}</${tag}>`
}

function $childless(writing) { return writing.childElementCount <= 1 && writing.firstElementChild?.localName === "p" }

function escaped(text) { return text.replace(/[&<>"]/g, sign => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]) }

customElements.define("rich-text", RichText)
