// What makes the pages pleasanter. Each part looks for the attribute it is named after; without scripts all pages work.
import { startLive } from "./live.js";
import { startMenus } from "./menus.js";
import { startForms } from "./forms.js";

startMenus();
startForms(document);
startLive();
