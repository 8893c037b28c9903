// While the name of a new space is typed, the spaces of a similar name are shown below.

let timer = 0
let asked = ""

document.addEventListener("input", event => {
  const address = event.target.dataset?.alike
  if (!address) return
  clearTimeout(timer)
  timer = setTimeout(() => ask(address, event.target.value), 180)
})

async function ask(address, name) {
  asked = name
  const answer = await fetch(`${address}?name=${encodeURIComponent(name)}`).catch(() => null)
  if (!answer?.ok || asked !== name) return
  const html = await answer.text()
  const place = document.getElementById("alike")
  if (place) place.innerHTML = html
}
