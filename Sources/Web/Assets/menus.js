// data-menu: closes an open menu when something else is clicked or Escape is pressed.
// data-shortcut: puts the cursor into the field when its key is pressed outside of fields.
// data-strip: a menu that is wider than a phone shows the entry of this page.
export function startMenus() {
  const close = (except) => {
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      if (menu !== except) menu.open = false;
    }
  };
  document.addEventListener("click", (event) => close(event.target.closest("details[data-menu]")));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const open = document.querySelector("details[data-menu][open]");
      close();
      open?.querySelector("summary").focus();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const fields = [...document.querySelectorAll(`[data-shortcut="${CSS.escape(event.key)}"]`)];
    const field = fields.find((one) => one.offsetParent !== null);
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.select?.();
  });
  for (const strip of document.querySelectorAll("[data-strip]")) {
    const here = strip.querySelector("[aria-current]");
    if (here) strip.scrollLeft = here.offsetLeft - strip.offsetLeft - (strip.clientWidth - here.offsetWidth) / 2;
  }
}
