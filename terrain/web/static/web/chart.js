// The chart as a tree: arrows go through it, and a branch is asked for when it is opened for the first time.
// Without JavaScript, and on a narrow screen, each unit leads to a page of its own.

class OrgChart extends HTMLElement {
  connectedCallback() {
    const list = this.querySelector(":scope > ul")
    if (!list || list.role === "tree" || matchMedia("(max-width: 48rem)").matches) return
    list.role = "tree"
    list.ariaLabel = this.getAttribute("label")
    this.list = list
    this.dress(list, 1)
    this.items()[0]?.setAttribute("tabindex", "0")
    this.addEventListener("keydown", event => this.key(event))
    this.addEventListener("click", event => this.press(event))
  }

  dress(list, level) {
    for (const item of list.children) {
      item.role = "treeitem"
      item.ariaLevel = level
      item.tabIndex = -1
      if (item.dataset.branch) item.ariaExpanded = "false"
      for (const link of item.querySelectorAll("a")) link.tabIndex = -1
    }
  }

  // What is shown, from the top.
  items() {
    return [...this.list.querySelectorAll("li")].filter(item => !item.parentElement.closest("[aria-expanded=false]"))
  }

  go(item) {
    if (!item) return
    this.list.querySelector("[tabindex='0']")?.setAttribute("tabindex", "-1")
    item.tabIndex = 0
    item.focus()
  }

  async open(item) {
    if (!item.querySelector("ul")) {
      item.ariaBusy = "true"
      const list = await this.branch(item.dataset.branch)
      item.ariaBusy = "false"
      if (!list) return location.assign(item.dataset.branch)
      list.role = "group"
      this.dress(list, Number(item.ariaLevel) + 1)
      item.append(list)
    }
    item.ariaExpanded = "true"
  }

  async branch(address) {
    try {
      const answer = await fetch(address, { headers: { Part: "live" } })
      return answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("ul.branch") : null
    } catch {
      return null
    }
  }

  key(event) {
    const item = event.target.closest("[role=treeitem]")
    if (!item || event.ctrlKey || event.metaKey || event.altKey) return
    const shown = this.items()
    const at = shown.indexOf(item)
    const acts = {
      ArrowDown: () => this.go(shown[at + 1]),
      ArrowUp: () => this.go(shown[at - 1]),
      Home: () => this.go(shown[0]),
      End: () => this.go(shown.at(-1)),
      ArrowRight: () => this.right(item),
      ArrowLeft: () => this.left(item),
      Enter: () => location.assign(item.dataset.page ?? item.querySelector("a").href),
    }
    if (acts[event.key]) {
      event.preventDefault()
      acts[event.key]()
    } else if (event.key.length === 1 && event.key !== " ") {
      const after = [...shown.slice(at + 1), ...shown.slice(0, at + 1)]
      this.go(after.find(each => each.querySelector("a").innerText.toLowerCase().startsWith(event.key.toLowerCase())))
    }
  }

  right(item) {
    if (item.ariaExpanded === "false") return this.open(item)
    if (item.ariaExpanded) this.go(item.querySelector("li"))
  }

  left(item) {
    if (item.ariaExpanded === "true") item.ariaExpanded = "false"
    else this.go(item.parentElement.closest("[role=treeitem]"))
  }

  press(event) {
    const item = event.target.closest("[role=treeitem]")
    if (!item?.dataset.branch || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    this.go(item)
    if (item.ariaExpanded === "true") item.ariaExpanded = "false"
    else this.open(item)
  }
}

customElements.define("org-chart", OrgChart)
