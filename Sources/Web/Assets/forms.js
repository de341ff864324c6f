import { refresh } from "./live.js";

// data-busy: what a button says while its form is under way, so that nobody sends it twice.
// data-submit: sends the form when a choice is made.
// data-search: shows what is found while typing.
// data-add: adds another field like the last one.
// data-select: is selected as a whole when it is entered, to be copied.
// data-time-zone: is given the browser's time zone.
export function startForms(root) {
  for (const form of root.querySelectorAll("form")) form.addEventListener("submit", showBusy);
  for (const field of root.querySelectorAll("[data-submit]")) {
    field.addEventListener("change", () => field.form.requestSubmit());
  }
  for (const field of root.querySelectorAll("[data-search]")) field.addEventListener("input", searchSoon);
  for (const button of root.querySelectorAll("[data-add]")) button.addEventListener("click", addField);
  for (const field of root.querySelectorAll("[data-select]")) field.addEventListener("focus", () => field.select());
  for (const field of root.querySelectorAll("[data-time-zone]")) {
    field.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
  }
  // A page that comes back from the browser's memory is not busy any more.
  addEventListener("pageshow", () => {
    for (const button of document.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
  });
}

function showBusy(event) {
  const button = event.submitter;
  if (!button) return;
  if (button.hasAttribute("aria-busy")) {
    event.preventDefault();
    return;
  }
  if (!button.dataset.busy) return;
  button.setAttribute("aria-busy", "true");
  (button.querySelector("[data-label]") ?? button).textContent = button.dataset.busy;
}

let timer;
function searchSoon(event) {
  const form = event.target.form;
  clearTimeout(timer);
  timer = setTimeout(async () => {
    const address = new URL(form.action);
    for (const [name, value] of new FormData(form)) if (value) address.searchParams.set(name, value);
    history.replaceState(null, "", address);
    await refresh(false);
  }, 180);
}

function addField(event) {
  event.preventDefault();
  const list = document.getElementById(event.currentTarget.dataset.add);
  const copy = list.lastElementChild.cloneNode(true);
  const input = copy.querySelector("input");
  input.value = "";
  input.removeAttribute("aria-invalid");
  copy.querySelector(".problem")?.remove();
  list.append(copy);
  input.focus();
}
