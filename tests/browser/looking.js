// What a page looks like to somebody who measures it: what sticks out, what is too small to be hit.
({ width, isPhone }) => {
  const MAIN = ".button.main, .tabbar a, .choose, .composer .line, .offered button"
  const seen = each => each.checkVisibility({ visibilityProperty: true }) && each.getClientRects().length > 0
  const named = each => `${each.localName}${each.id && `#${each.id}`}${[...each.classList].map(name => `.${name}`).join("")} “${each.textContent.trim().slice(0, 30)}”`

  // A word in a sentence may be as small as its sentence is.
  const isInText = each => getComputedStyle(each).display === "inline" && each.parentElement.textContent.trim() !== each.textContent.trim()

  // A link may cover the card that it is in, a field may be chosen by its label.
  const reach = each => {
    const cover = getComputedStyle(each, "::after")
    if (cover.content !== "none" && cover.position === "absolute") return each.offsetParent.getBoundingClientRect()
    return (each.closest("label") ?? each).getBoundingClientRect()
  }
  const isSmall = (each, least) => {
    const { width, height } = reach(each)
    return Math.min(width, height) < least - 0.5
  }

  const targets = [...document.querySelectorAll("a[href], button, summary, input:not([type=hidden]), select, textarea, [contenteditable]")]
    .filter(each => seen(each) && !each.matches(".skip"))
  const sticksOut = [...document.body.querySelectorAll("*")].filter(each => seen(each) && each.getBoundingClientRect().right > width + 0.5 && !each.closest("svg, pre, .tools"))
  return {
    wide: document.documentElement.scrollWidth > width ? [`${document.documentElement.scrollWidth} pixels`, ...sticksOut.slice(0, 5).map(named)] : [],
    small: targets.filter(each => !isInText(each) && isSmall(each, 24)).map(named),
    hard: isPhone ? targets.filter(each => each.matches(MAIN) && isSmall(each, 44)).map(named) : [],
  }
}
