// Talk at a place (questions, polls, chat): listens by server-sent events and puts in what is new, without touching what somebody is typing. Messages say how
// things are, so hearing one twice does no harm. When the line is lost the browser comes back by itself; when it cannot listen at all, the part is fetched anew
// every 20 s. Screen readers are told politely, at most every 8 s.

const box = document.querySelector("[data-hear]");
const find = (selector, inside = box) => inside.querySelector(selector);
const slot = (node, name) => find(`[data-s="${name}"]`, node);
const text = (node, name, words) => { for (const s of node.querySelectorAll(`[data-s="${name}"]`)) s.textContent = words; };
const shown = (node, name, yes) => { const s = slot(node, name); if (s) s.hidden = !yes; };

// ── what screen readers hear ──

let waiting = new Set(), quiet = 0;
function announce(words) {
  waiting.add(words);
  if (quiet) return;
  quiet = setTimeout(() => {
    find("[data-said]").textContent = [...waiting].join(". ");
    waiting = new Set();
    quiet = 0;
  }, find("[data-said]").textContent ? 8000 : 500);
}

// ── building ──

// The element of this id, made of the template where it is not there yet.
function element(kind, id, list, last) {
  let node = find(`[data-${kind}="${id}"]`);
  if (node || !list) return node;
  node = find(`template[data-new="${kind}"]`).content.firstElementChild.cloneNode(true);
  node.dataset[kind] = id;
  for (const form of node.querySelectorAll("form")) form.setAttribute("action", form.getAttribute("action").replace(/\/0\//, `/${id}/`));
  list[last ? "append" : "prepend"](node);
  return node;
}

// Pinned ones first, then by votes, then the older first; the focus stays where it is.
function sort(list) {
  const rank = (q) => [slot(q, "pinned").hidden ? 1 : 0, -Number(q.dataset.votes ?? slot(q, "votes").textContent.replace(/\D/g, ""))];
  const items = [...list.children], at = document.activeElement;
  const sorted = items.map((q) => [rank(q), q]).sort(([a, p], [b, q]) => a[0] - b[0] || a[1] - b[1] || (p.dataset.question.length - q.dataset.question.length) || (p.dataset.question < q.dataset.question ? -1 : 1));
  if (sorted.every(([, q], i) => q === items[i]) || list.contains(at)) return;
  list.append(...sorted.map(([, q]) => q));
}

const moderates = box && "moderates" in box.dataset;
const hear = {
  here({ n }) { find("[data-here]").textContent = n; },
  question(q) {
    const list = find("[data-questions]"), old = element("question", q.id);
    if (q.state === "merged" || (q.state === "hidden" && !moderates)) return void old?.remove();
    if (q.words === undefined) return;
    const node = element("question", q.id, list, true);
    text(node, "words", q.words);
    text(node, "about", ` – ${q.words}`);
    if (q.name) text(node, "name", q.name);
    for (const [name, yes] of [["pinned", q.pinned], ["answered", q.state === "answered"], ["hidden", q.state === "hidden"]]) shown(node, name, yes);
    find("form[action$='/vote'] button", node).disabled = q.state !== "open";
    hear.votes(q);
    if (!old) announce(box.dataset.tQuestion);
  },
  votes({ id, votes }) {
    const node = element("question", id);
    if (!node) return;
    node.dataset.votes = votes;
    text(node, "votes", votes);
    sort(node.parentNode);
  },
  poll(p) {
    const part = find("[data-polls]"), was = element("poll", p.id), node = element("poll", p.id, find("ul", part)), open = p.state === "open";
    part.hidden = false;
    text(node, "words", p.words);
    for (const name of ["draft", "open", "closed"]) {
      if (name !== "draft" && p.state === name && (!was || slot(node, name).hidden)) announce(`${open ? box.dataset.tPoll : box.dataset.tClosed}: ${p.words}`);
      shown(node, name, p.state === name);
    }
    shown(node, "vote", open);
    const list = slot(node, "options");
    p.options.forEach((words, n) => {
      let option = find(`[data-option="${n}"]`, list);
      if (!option) {
        option = find('template[data-new="option"]').content.firstElementChild.cloneNode(true);
        option.dataset.option = n;
        find("input", option).value = n;
        list.append(option);
      }
      find("input", option).type = p.many ? "checkbox" : "radio";
      find("input", option).disabled = !open;
      text(option, "words", words);
      find("progress", option).setAttribute("aria-label", words);
      shown(option, "bar", p.state !== "draft" && (p.shown || moderates));
    });
    shown(node, "voters", p.state !== "draft" && (p.shown || moderates));
  },
  counts({ id, voters, votes }) {
    const node = element("poll", id);
    if (!node) return;
    find("b", slot(node, "voters")).textContent = voters;
    for (const option of slot(node, "options").children) {
      const n = votes[option.dataset.option], percent = voters ? Math.round(100 * n / voters) : 0;
      find("progress", option).value = percent;
      text(option, "votes", `${n} · ${percent}%`);
    }
  },
  gone({ id }) { element("poll", id)?.remove(); },
  chat(c) {
    const list = find("[data-chats]"), old = element("chat", c.id);
    if (!list) return;
    if (c.state !== "shown" && !moderates) return void old?.remove();
    if (c.words === undefined) return;
    const node = element("chat", c.id, list, true);
    text(node, "words", c.words);
    text(node, "name", c.name);
    text(node, "at", new Date(c.at).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" }));
    for (const [name, yes] of [["waiting", c.state === "waiting"], ["hidden", c.state === "hidden"], ["reported", c.reports > 0]]) shown(node, name, yes);
    while (list.children.length > 100) list.firstElementChild.remove();
    if (!old) announce(box.dataset.tChat);
  },
  // The event began, ended, moved, was cancelled, has a recording: what shows that is fetched anew. A crowd comes within some seconds, not all at once.
  event() { setTimeout(fetchParts, Math.random() * Math.min(60000, 4 * find("[data-here]").textContent.replace(/\D/g, ""))); },
  // So much was missed, or the rules changed: everybody fetches the part, not all in the same second.
  anew() { setTimeout(fetchAnew, Math.random() * 8000); },
};

// ── fetching what is around the talk: the film, the state of the event, one's time, the agenda ──

// A film that runs stays until it ends by itself; what has the focus gives it to its like, or to what is new.
function replacePart(old, fresh) {
  const film = old.querySelector("video"), address = (part) => part.querySelector("[data-stream]")?.dataset.stream;
  if (old.dataset.now) old.dataset.now = fresh.dataset.now;
  if (old.innerHTML === fresh.innerHTML) return;
  if (film && address(old) === address(fresh)) return;
  if (old.querySelector("[data-presence]") && fresh.querySelector("[data-presence]")) return;
  const swap = () => {
    // Scripts of a page that was only read do not run.
    for (const script of fresh.querySelectorAll("script[src]")) script.replaceWith(Object.assign(document.createElement("script"), { src: script.src }));
    const held = old.contains(document.activeElement) ? document.activeElement.getAttribute("href") ?? document.activeElement.tagName : null;
    old.replaceWith(fresh);
    if (held === null) return;
    const like = [...fresh.querySelectorAll("a, button, video")].find((e) => e.getAttribute("href") === held || e.tagName === held) ?? fresh;
    if (like === fresh) fresh.tabIndex = -1;
    like.focus();
  };
  if (film && !film.paused && !film.ended) {
    const last = setTimeout(swap, 30000);
    film.addEventListener("ended", () => { clearTimeout(last); swap(); }, { once: true });
  } else swap();
}

async function fetchParts() {
  try {
    const answer = await fetch(location.pathname + location.search);
    if (!answer.ok) throw answer;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const was = document.querySelector("[data-now]")?.dataset.now, now = page.querySelector("[data-now]")?.dataset.now;
    for (const old of document.querySelectorAll("[data-part]")) {
      const fresh = page.querySelector(`[data-part="${old.dataset.part}"]`);
      if (fresh) replacePart(old, document.adoptNode(fresh));
    }
    document.dispatchEvent(new Event("parts"));
    if (now && now !== was) announce(now);
  } catch { /* the next time, or by the link */ }
}

// ── fetching the part ──

// What is typed, chosen or has the focus stays.
async function fetchAnew() {
  try {
    const answer = await fetch(location.pathname + location.search);
    if (!answer.ok) throw answer;
    const fresh = find("[data-hear]", new DOMParser().parseFromString(await answer.text(), "text/html"));
    const typed = [...box.querySelectorAll("input[type=text], textarea")].map((f) => [f.closest("form").getAttribute("action"), f.name, f.value, f === document.activeElement]);
    if (!fresh) throw answer;
    box.replaceChildren(...fresh.childNodes);
    for (const [action, name, value, focus] of typed) {
      const field = find(`form[action="${action}"] [name="${name}"]`);
      if (field && value) field.value = value;
      if (focus) field?.focus();
    }
  } catch { /* the next time */ }
}

// ── listening ──

function lost(yes) {
  const note = find("[data-lost]");
  note.textContent = box.dataset.tLost;
  note.hidden = !yes;
}

function listen() {
  const source = new EventSource(`${box.dataset.hear}/stream?after=${box.dataset.after}`);
  let worry = 0;
  for (const [what, run] of Object.entries(hear)) source.addEventListener(what, (e) => run(JSON.parse(e.data)));
  source.addEventListener("open", () => {
    clearTimeout(worry);
    lost(false);
    box.dataset.listens = "";
  });
  source.addEventListener("error", () => {
    clearTimeout(worry);
    if (source.readyState !== EventSource.CLOSED) worry = setTimeout(() => lost(true), 15000);
    else setInterval(fetchAnew, 20000);
  });
}

// ── forms: sent without leaving the page; if that fails, what was typed is still there ──

async function send(form, button) {
  const data = new FormData(form), body = {};
  if (button?.name) data.set(button.name, button.value);
  for (const key of data.keys()) if (key !== "csrf" && key !== "back") body[key] = key === "choice" ? data.getAll(key) : data.get(key);
  if ("yes" in body) body.yes = body.yes === "true";
  const answer = await fetch(`/api/v1${form.getAttribute("action")}`, {
    method: "POST", headers: { "Content-Type": "application/json", "X-CSRF-Token": box.dataset.csrf }, body: JSON.stringify(body),
  });
  if (answer.ok) return;
  const said = await answer.json().catch(() => ({}));
  throw new Error(said.errors?.[0]?.message || said.detail || box.dataset.tFailed);
}

function complain(form, words) {
  let note = find(".error", form);
  if (!note) form.append(note = Object.assign(document.createElement("p"), { className: "error", role: "alert" }));
  note.textContent = words;
  note.hidden = !words;
}

function done(form, button) {
  for (const field of form.querySelectorAll("input[type=text], textarea")) field.value = "";
  if (button?.name === "yes") {
    const yes = button.value === "true";
    button.value = String(!yes);
    button.setAttribute("aria-pressed", String(yes));
    button.firstChild.textContent = yes ? box.dataset.tVoted : box.dataset.tVote;
  }
  const voted = find('[data-s="voted"]', form);
  if (voted) voted.hidden = false;
  else announce(box.dataset.tSent);
}

if (box) {
  box.addEventListener("submit", async (e) => {
    const form = e.target, button = e.submitter;
    if (!("quietly" in form.dataset) || !window.EventSource) return;
    e.preventDefault();
    e.stopPropagation();
    if (form.hasAttribute("aria-busy")) return;
    form.setAttribute("aria-busy", "true");
    try {
      await send(form, button);
      complain(form, "");
      done(form, button);
    } catch (why) {
      complain(form, why instanceof TypeError ? box.dataset.tFailed : why.message);
    }
    form.removeAttribute("aria-busy");
  });
  if (window.EventSource) listen();
  else setInterval(fetchAnew, 20000);
}
