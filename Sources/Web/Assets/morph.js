// Makes one element like another with as few changes as possible. Children with an id are recognised by it, so that what did
// not change is not touched; in a list with data-arrivals, new ones are marked as arrived for a while.
export function morph(old, next, showsArrivals = true) {
  copyAttributes(old, next);
  const known = new Map();
  for (const child of old.children) if (child.id) known.set(child.id, child);
  const marks = showsArrivals && old.hasAttribute("data-arrivals");
  let place = old.firstChild;
  for (const wanted of [...next.childNodes]) {
    let match = wanted.id ? known.get(wanted.id) : null;
    if (!match && !wanted.id && isAlike(place, wanted)) match = place;
    if (!match) {
      const added = document.importNode(wanted, true);
      if (marks && wanted.id) added.classList.add("arrived");
      old.insertBefore(added, place);
      continue;
    }
    if (match !== place) old.insertBefore(match, place);
    else place = place.nextSibling;
    if (match.nodeType === Node.TEXT_NODE) {
      if (match.data !== wanted.data) match.data = wanted.data;
    } else if (match.nodeType === Node.ELEMENT_NODE && !match.isEqualNode(wanted)) {
      morph(match, wanted, showsArrivals);
    }
  }
  while (place) {
    const gone = place;
    place = place.nextSibling;
    gone.remove();
  }
}

function isAlike(node, wanted) {
  return node && !node.id && node.nodeType === wanted.nodeType && node.nodeName === wanted.nodeName;
}

// What a person opened or typed stays.
const kept = new Set(["open", "value", "checked"]);

function copyAttributes(old, next) {
  const arrived = old.classList.contains("arrived");
  for (const { name, value } of next.attributes) {
    if (!kept.has(name) && old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  for (const { name } of [...old.attributes]) {
    if (!next.hasAttribute(name) && !kept.has(name)) old.removeAttribute(name);
  }
  if (arrived) old.classList.add("arrived");
  if (old.localName === "progress" && next.hasAttribute("value")) old.value = next.value;
}
