// What is pasted from elsewhere, as HTML that the editor understands: what one sees stays, what its program added goes.
//
// Word processors say bold by a style, and the page's own rules (its CSP) rightly ignore styles that come with a text:
// here they become tags before anything is shown. Lists that Word writes as paragraphs become lists; a table becomes a
// line for each of its rows, a bar between cells; images stay behind, for files come by their own door.

const GONE = [
  "head, title, meta, link, base, style, script, noscript, template, iframe, object, embed, svg, math, canvas, audio, video",
  "img, picture, map, input, button, select, textarea, label[hidden], xml, sdfield[type=PAGE], [hidden]",
  "del[cite], del[datetime], [class~=MsoCommentReference], [class~=MsoCommentText], a[class~=msocomanchor], div[class~=msocomtxt]",
].join(", ")
const HIDDEN = /mso-hide:\s*all|display:\s*none|visibility:\s*hidden|mso-element:\s*(comment|footnote-separator|header|footer)|font-size:\s*0|opacity:\s*0(;|$)/
const NUMBERED = /^\(?(\d{1,3}|[a-z]|[ivxl]{1,5})[.)]/i
const KEEP_OWN_LOOK = "h1, h2, h3, h4, h5, h6, th, b, strong, table, ul, ol"
const REDIRECTS = { "www.google.com/url": ["q", "url"], "safelinks.protection.outlook.com/": ["url"] }

export function cleaned(html) {
  const unstyled = html.replace(/<style\b[^]*?<\/style\s*>/gi, "").replace(/<[a-z][^>]*>/gi, inert)
  const page = new DOMParser().parseFromString(unstyled, "text/html")
  for (const each of page.querySelectorAll(GONE)) each.remove()
  for (const each of comments(page)) each.remove()
  for (const each of page.querySelectorAll("[data-style]")) if (HIDDEN.test(style(each))) each.remove()
  for (const each of page.querySelectorAll("[data-style*=mso-spacerun]")) each.replaceWith(" ")
  for (const each of page.querySelectorAll("[data-style]")) tagged(page, each)
  for (const each of page.querySelectorAll("a")) link(each)
  for (const each of [...page.querySelectorAll("table")].reverse()) rows(page, each)
  lists(page)
  for (const each of page.querySelectorAll("li > p, li > div")) {
    if (said(each.previousSibling) && !each.previousElementSibling?.matches("ul, ol")) each.before(page.createElement("br"))
    unwrap(each)
  }
  for (const each of page.querySelectorAll("strike")) renamed(page, each, "s")
  for (const each of page.querySelectorAll("*")) if (each.localName.includes(":") || each.matches("font, ins, center, article, section, main, header, footer, nav")) unwrap(each)
  for (const each of page.querySelectorAll("p, div, h1, h2, h3, h4, h5, h6, li")) if (!each.textContent.replace(/[\s\u00a0\u200b\ufeff]/g, "")) each.remove()
  return page
}

function inert(tag) { return tag.replace(/\s(style|on\w+)(?=\s*=)/gi, " data-$1") }

function comments(page) {
  const found = []
  const walker = page.createTreeWalker(page, NodeFilter.SHOW_COMMENT | NodeFilter.SHOW_PROCESSING_INSTRUCTION)
  while (walker.nextNode()) found.push(walker.currentNode)
  return found
}

function style(element) { return (element.dataset.style ?? "").toLowerCase() }

function said(node) { return node?.textContent.trim() }

function renamed(page, element, name) {
  const now = page.createElement(name)
  now.append(...element.childNodes)
  element.replaceWith(now)
}

function unwrap(element) { element.replaceWith(...element.childNodes) }

function tagged(page, element) {
  const look = style(element)
  const tags = [
    /(?<![\w-])font-weight:\s*(bold|[6-9]00)/.test(look) && "strong",
    /(?<![\w-])font-style:\s*(italic|oblique)/.test(look) && "em",
    /text-decoration[^;]*line-through/.test(look) && "s",
    /text-decoration[^;]*underline/.test(look) && !element.closest("a") && !element.querySelector("a") && "u",
  ]
  if (element.matches("b, strong") && /(?<![\w-])font-weight:\s*(normal|[1-5]00)/.test(look)) unwrap(element)
  else if (element.matches("i, em") && /(?<![\w-])font-style:\s*normal/.test(look)) unwrap(element)
  else if (!element.matches(KEEP_OWN_LOOK) && element.textContent.trim()) {
    for (const tag of tags.filter(Boolean)) {
      const inside = page.createElement(tag)
      inside.append(...element.childNodes)
      element.append(inside)
    }
  }
}

// A link leads where it says, and nowhere within the document that it came from.
function link(element) {
  const href = element.getAttribute("href") ?? ""
  if (!/^(https?|mailto|tel):/i.test(href.trim())) return unwrap(element)
  for (const [host, names] of Object.entries(REDIRECTS)) {
    if (!new RegExp(`^https?://([\\w-]+\\.)?${host.replace(/[./]/g, "\\$&")}`, "i").test(href)) continue
    const to = names.map(name => new URL(href).searchParams.get(name)).find(Boolean)
    if (/^https?:/i.test(to ?? "")) element.setAttribute("href", to)
  }
}

// A table that only lays a page out is what is in it; one of text, a line for each row.
function rows(page, table) {
  const own = [...table.rows]
  if (own.every(row => row.cells.length < 2)) {
    const blocks = own.flatMap(row => [...row.cells]).map(cell => { const block = page.createElement("div"); block.append(...cell.childNodes); return block })
    return table.replaceWith(...blocks)
  }
  table.replaceWith(...own.map(row => {
    const line = page.createElement("p")
    for (const cell of row.cells) {
      if (line.hasChildNodes()) line.append(" | ")
      for (const block of cell.querySelectorAll("p, div, li, h1, h2, h3, h4, h5, h6")) { if (block.previousElementSibling) block.before(" "); block.after(" ") }
      for (const block of cell.querySelectorAll("p, div, li, ul, ol, h1, h2, h3, h4, h5, h6, br")) unwrap(block)
      const words = page.createElement(cell.localName === "th" ? "strong" : "span")
      words.append(...cell.childNodes)
      trim(words)
      line.append(words)
    }
    return line
  }))
}

function trim(element) {
  while (element.firstChild?.nodeType === 3 && !element.firstChild.data.trim()) element.firstChild.remove()
  while (element.lastChild?.nodeType === 3 && !element.lastChild.data.trim()) element.lastChild.remove()
  if (element.firstChild?.nodeType === 3) element.firstChild.data = element.firstChild.data.trimStart()
  if (element.lastChild?.nodeType === 3) element.lastChild.data = element.lastChild.data.trimEnd()
}

// Word's lists: paragraphs with a level, and a mark that is not to be read.
function lists(page) {
  let open = [] // the lists that the last item is in, the outermost first
  let last = null
  for (const each of [...page.querySelectorAll("p, h1, h2, h3, h4, h5, h6, div")]) {
    const item = asItem(each)
    if (!item) continue
    if (!last || following(last) !== each) open = []
    open.length = Math.min(open.length, item.level)
    if (open.length === item.level && open.at(-1)?.localName !== item.tag) open.length -= 1
    while (open.length < item.level) {
      const list = page.createElement(item.tag)
      if (item.start > 1) list.setAttribute("start", item.start)
      const around = open.at(-1)
      if (around) (around.lastElementChild ?? around.appendChild(page.createElement("li"))).append(list)
      else each.before(list)
      open.push(list)
    }
    const inside = page.createElement("li")
    inside.append(...each.childNodes)
    open.at(-1).append(inside)
    each.remove()
    last = open[0]
  }
}

function following(element) {
  let next = element.nextSibling
  while (next && next.nodeType !== 1 && !next.textContent.trim()) next = next.nextSibling
  return next
}

function asItem(element) {
  const level = Number(/mso-list:[^;]*level(\d)/.exec(style(element))?.[1] ?? 0)
  const mark = [...element.querySelectorAll("[data-style]")].find(each => /mso-list:\s*ignore/.test(style(each)))
  if (level || mark) {
    const said = mark?.textContent.trim() ?? ""
    mark?.remove()
    const number = NUMBERED.exec(said)
    return { level: level || 1, tag: number ? "ol" : "ul", start: Number(number?.[1]) || 1 }
  }
  if (!/MsoListParagraph/.test(element.className)) return null
  const found = /^\s*(?:([·•▪◦‣§oØü–-])|(\(?(?:\d{1,3}|[a-z])[.)]))[\s\u00a0]+/i.exec(element.textContent)
  if (!found) return null
  withoutFirst(element, found[0].length)
  return { level: 1, tag: found[1] ? "ul" : "ol", start: Number.parseInt(found[2]) || 1 }
}

function withoutFirst(element, length) {
  const walker = element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  while (length && walker.nextNode()) {
    const text = walker.currentNode
    const gone = Math.min(length, text.data.length)
    text.data = text.data.slice(gone)
    length -= gone
  }
}
