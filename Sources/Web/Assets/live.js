import { morph } from "./morph.js";

// data-live-address on the body: where the page hears that something changed. It then fetches itself again and takes over
// the parts marked data-live; all else stays as it is: scrolling, the cursor, opened parts.
let running = false;
let again = false;
let later;

// With showsArrivals, what is new in a list is shown as having arrived; after a search it has not.
export async function refresh(showsArrivals = true) {
  if (running) {
    again = true;
    return;
  }
  running = true;
  try {
    do {
      again = false;
      await fetchPage(showsArrivals);
    } while (again);
  } finally {
    running = false;
  }
}

async function fetchPage(showsArrivals) {
  const wanted = location.href;
  let answer;
  try {
    answer = await fetch(wanted, { credentials: "same-origin", headers: { Accept: "text/html" } });
  } catch {
    refreshLater();
    return;
  }
  if (answer.status >= 500) {
    refreshLater();
    return;
  }
  // Signed out, or what the page shows is gone: the whole page says so.
  if (answer.redirected || !answer.ok) {
    location.reload();
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (location.href !== wanted) {
    again = true;
    return;
  }
  // The person chose another language meanwhile.
  if (page.documentElement.lang !== document.documentElement.lang) {
    location.reload();
    return;
  }
  document.title = page.title;
  for (const part of document.querySelectorAll("[data-live]")) {
    const next = page.getElementById(part.id);
    // What the page no longer has is perhaps no longer for this person to read.
    if (next) morph(part, next, showsArrivals);
    else part.replaceChildren();
  }
}

function refreshLater() {
  clearTimeout(later);
  later = setTimeout(refresh, 3000);
}

// A browser keeps few connections to one place, so only a page that is looked at holds one. When it is looked at again it
// comes back with the mark of what it heard last, and is told at once whether it missed something.
export function startLive() {
  if (!document.body.dataset.liveAddress) return;
  const address = new URL(document.body.dataset.liveAddress, location.href);
  let source;
  let reopening;
  const close = () => {
    clearTimeout(reopening);
    source?.close();
    source = undefined;
  };
  const listen = () => {
    close();
    if (document.visibilityState === "hidden") return;
    source = new EventSource(address);
    source.addEventListener("changed", (event) => {
      address.searchParams.set("since", event.lastEventId);
      refresh();
    });
    // Signing out ends the stream too; then another page is on its way already.
    source.addEventListener("ended", () => { close(); setTimeout(() => location.reload(), 400); });
    source.addEventListener("error", (event) => {
      // The browser comes back by itself unless the answer was an error; then the page looks after itself.
      if (event.target.readyState !== EventSource.CLOSED) return;
      refresh();
      reopening = setTimeout(listen, 5000);
    });
  };
  listen();
  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", close);
  addEventListener("pageshow", (event) => { if (event.persisted) { listen(); refresh(); } });
}
