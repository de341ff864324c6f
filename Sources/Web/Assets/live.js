import { morph } from "./morph.js";

// data-live-address on the body: where the page hears that something changed. It then fetches itself again and takes over
// the parts marked data-live; all else stays as it is: scrolling, the cursor, opened parts.
let running = false;
let again = false;

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
    setTimeout(refresh, 3000);
    return;
  }
  if (answer.status >= 500) {
    setTimeout(refresh, 3000);
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
  document.title = page.title;
  for (const part of document.querySelectorAll("[data-live]")) {
    const next = page.getElementById(part.id);
    if (next) morph(part, next, showsArrivals);
  }
}

export function startLive() {
  const address = document.body.dataset.liveAddress;
  if (!address) return;
  let source;
  const listen = () => {
    source?.close();
    source = new EventSource(address);
    source.addEventListener("changed", () => refresh());
    // Signing out ends the stream too; then another page is on its way already.
    source.addEventListener("ended", () => { source.close(); setTimeout(() => location.reload(), 400); });
    source.addEventListener("error", () => {
      // The browser comes back by itself unless the answer was an error; then the page looks after itself.
      if (source.readyState === EventSource.CLOSED) setTimeout(async () => { await refresh(); listen(); }, 5000);
    });
  };
  listen();
  addEventListener("pagehide", () => source.close());
  addEventListener("pageshow", (event) => { if (event.persisted) { listen(); refresh(); } });
}
