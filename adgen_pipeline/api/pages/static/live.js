// Keeps a page true while ads are being made: the server draws the page, this puts what is new in place.
// Without this script every page still reads, on reload.

const GALLERY_EVERY = 4000; // milliseconds

const page = document.body.dataset;
let drawing = false;
let again = false;

/** Fetch this page anew and replace the parts that differ. Changes that arrive meanwhile are drawn afterwards. */
async function draw() {
  if (drawing) {
    again = true;
    return;
  }
  drawing = true;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (answer.redirected) location.assign(answer.url); // signed out meanwhile
    if (answer.ok) show(new DOMParser().parseFromString(await answer.text(), "text/html"));
  } catch {
    // The server is away: the events' own reconnection, or the next look, draws the page again.
  } finally {
    drawing = false;
  }
  if (again) {
    again = false;
    await draw();
  }
}

function show(fresh) {
  morph(document.querySelector("main"), fresh.querySelector("main"));
  document.title = fresh.title;
  page.live = fresh.body.dataset.live ?? "";
}

/** Make `now` like `next` with as few changes as there are: what plays, is focused or stands open goes on. */
function morph(now, next) {
  if (now.isEqualNode(next)) return;
  const parts = [...now.childNodes];
  const wanted = [...next.childNodes];
  if (now.nodeType !== Node.ELEMENT_NODE || now.nodeName !== next.nodeName) now.replaceWith(next.cloneNode(true));
  else {
    takeAttributes(now, next);
    if (parts.length === wanted.length) parts.forEach((part, n) => morph(part, wanted[n]));
    else now.replaceChildren(...next.cloneNode(true).childNodes);
  }
}

function takeAttributes(now, next) {
  for (const { name, value } of next.attributes) {
    if (now.getAttribute(name) !== value) now.setAttribute(name, value);
  }
  for (const { name } of [...now.attributes]) {
    if (!next.hasAttribute(name) && name !== "open") now.removeAttribute(name);
  }
}

/** The job's events; the browser reconnects by itself and says what it heard last. */
function listen(url) {
  const events = new EventSource(url);
  events.addEventListener("job", draw);
  events.addEventListener("call", draw);
  events.addEventListener("end", () => {
    events.close();
    draw();
  });
}

/** A gallery looks again while something is being made and somebody is looking. */
function watch() {
  setInterval(() => {
    if (page.live && document.visibilityState === "visible") draw();
  }, GALLERY_EVERY);
}

if (page.events) listen(page.events);
else if (page.live !== undefined) watch();
