// On every page: small comforts by attribute (README, section 11). Nothing here is needed for a page to work.

const each = (selector, run) => document.querySelectorAll(selector).forEach(run);
const make = (tag, className, text) => Object.assign(document.createElement(tag), { className, textContent: text });
const wide = matchMedia("(min-width: 60rem)");

// "/" goes to the search box; Escape closes a menu.
document.addEventListener("keydown", (e) => {
  if (e.key === "/" && !e.ctrlKey && !e.metaKey && !e.altKey && !e.target.closest("input, textarea, select, dialog, .player, [contenteditable]")) {
    const box = document.querySelector("[data-search]");
    if (box) {
      e.preventDefault();
      box.focus();
      box.select();
    }
  }
  const menu = e.key === "Escape" && document.querySelector("details[data-menu][open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
const closeMenus = (inside) => each("details[data-menu][open]", (menu) => { if (!menu.contains(inside)) menu.open = false; });
document.addEventListener("click", (e) => closeMenus(e.target));
document.addEventListener("focusin", (e) => closeMenus(e.target));

// Filters stand open where there is room.
const openWide = () => wide.matches && each("details[data-wide-open]", (d) => { d.open = true; });
wide.addEventListener("change", openWide);
openWide();

// Filters send themselves: the page is fetched as always and its results are put in place, the focus stays where it is.
let latest = 0;
async function refine(form) {
  const mine = ++latest;
  const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  const url = `${form.getAttribute("action") || location.pathname}?${query}`;
  const results = document.getElementById("results");
  results.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url);
    if (!answer.ok) throw answer;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const panel = ".facets form";
    if (!page.getElementById("results") || !page.querySelector(panel)) throw page;
    if (mine !== latest) return;
    const at = document.activeElement;
    const key = form.contains(at) && at.name && [at.name, at.value];
    for (const selector of ["#found", "#results", ".facets summary", panel]) {
      const from = page.querySelector(selector), to = document.querySelector(selector);
      if (from && to) to.innerHTML = from.innerHTML;
    }
    if (key) [...document.querySelectorAll(`${panel} [name]`)].find((f) => f.name === key[0] && (f.type === "text" || f.value === key[1]))?.focus();
    history.replaceState(null, "", url);
    results.removeAttribute("aria-busy");
  } catch {
    if (mine === latest) location.assign(url);
  }
}
let rest;
document.addEventListener("change", (e) => {
  const form = e.target.closest("form[data-auto]");
  if (!form) return;
  clearTimeout(rest);
  if (document.getElementById("results")) rest = setTimeout(refine, 200, form);
  else form.requestSubmit();
});

// A form that shows what it would do: it is kept as its button "act=preview" does, and the place named is put in from the answer.
let newest = 0, pause;
async function show(form) {
  const mine = ++newest, place = document.querySelector(form.dataset.live), body = new URLSearchParams(new FormData(form));
  body.set("act", "preview");
  place.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.getAttribute("action"), { method: "POST", body });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.querySelector(form.dataset.live);
    if (now && mine === newest) place.innerHTML = now.innerHTML;
  } catch { /* the network is away; the button does the same */ }
  if (mine === newest) place.removeAttribute("aria-busy");
}
document.addEventListener("input", (e) => {
  const form = e.target.closest("form[data-live]");
  if (!form || e.target.closest("[data-quiet]")) return;
  clearTimeout(pause);
  pause = setTimeout(show, 700, form);
});

// Ask before; and send a form once. (Sets, not properties: a field may be called anything.)
const agreed = new WeakSet(), sent = new WeakSet();
document.addEventListener("submit", (e) => {
  const form = e.target, by = e.submitter;
  const asks = by?.dataset.confirm ? by : form;
  if (asks.dataset.confirm && !agreed.has(form) && window.HTMLDialogElement) {
    e.preventDefault();
    const box = make("dialog", "");
    const text = make("p", "", asks.dataset.confirm);
    const acts = make("p", "acts");
    const yes = make("button", by?.classList.contains("danger") ? "btn danger" : "btn", asks.dataset.yes);
    const no = make("button", "btn second", asks.dataset.no);
    text.id = "ask";
    box.setAttribute("aria-labelledby", "ask");
    acts.append(yes, no);
    box.append(text, acts);
    document.body.append(box);
    no.onclick = () => box.close();
    yes.onclick = () => {
      agreed.add(form);
      box.close();
      form.requestSubmit(by);
    };
    box.onclose = () => {
      box.remove();
      by?.focus();
    };
    box.showModal();
    no.focus();
    return;
  }
  agreed.delete(form);
  if (!/^post$/i.test(form.getAttribute("method")) && !("once" in form.dataset)) return;
  if (sent.has(form)) e.preventDefault();
  sent.add(form);
  setTimeout(() => sent.delete(form), 5000);
});

// What was looked for before: kept by this browser alone, forgotten with the sign-out.
const searches = "searches", before = () => { try { return JSON.parse(localStorage.getItem(searches)) || []; } catch { return []; } };
const keep = (list) => { try { list.length ? localStorage.setItem(searches, JSON.stringify(list.slice(0, 8))) : localStorage.removeItem(searches); } catch { /* private window */ } };
// That one has signed out, from there to the next page of this window.
const left = (now) => {
  try {
    const was = sessionStorage.left;
    if (now) sessionStorage.left = 1;
    else delete sessionStorage.left;
    return was;
  } catch { /* private window */ }
};
document.addEventListener("submit", ({ target }) => {
  const to = target.getAttribute("action");
  const asked = to === "/search" && target.querySelector("[name=q]").value.trim();
  if (asked) keep([asked, ...before().filter((s) => s !== asked)]);
  if (to === "/sign-out") keep([]);
  if (to === "/sign-out" || to === "/me/sessions/end") left(true);
  if (to === "/sign-out" && window.caches) caches.delete("paper"); // whoever sits here next does not read it
});
// After the sign-out, on whatever page it leads to: this browser shows no more notices of who sat here.
if (left(false)) {
  navigator.serviceWorker?.getRegistration().then((worker) => worker?.pushManager?.getSubscription()).then((s) => s?.unsubscribe()).catch(() => { /* no network: the server has forgotten it already */ });
}
each("[data-recent-list]", (box) => {
  const list = before();
  box.hidden = !list.length;
  box.querySelector("ul").append(...list.map((s) => {
    const item = make("li", ""), link = make("a", "", s);
    link.href = `/search?q=${encodeURIComponent(s)}`;
    item.append(link);
    return item;
  }));
  box.querySelector("button").onclick = () => {
    keep([]);
    box.hidden = true;
  };
});

// Opened by a notice on this device: it has been read, and stands in no letter of the day.
const [, notice] = /^#notice=(\d+)$/.exec(location.hash) || [], csrf = document.querySelector("form[action='/sign-out'] [name=csrf]");
if (notice && csrf) {
  history.replaceState(null, "", location.pathname + location.search);
  fetch(`/notices/${notice}/open`, { method: "POST", body: new URLSearchParams({ csrf: csrf.value }), redirect: "manual" }).catch(() => { /* it stays unread */ });
}

// Copy and print.
each("[data-copy]", (button) => {
  const said = make("span", "small muted");
  said.setAttribute("role", "status");
  button.after(" ", said);
  button.onclick = async () => {
    const what = button.dataset.copy;
    const from = /^(\/|http)/.test(what) ? null : document.querySelector(what);
    try {
      await navigator.clipboard.writeText(from ? from.value ?? from.textContent.trim() : new URL(what, location).href);
      said.textContent = button.dataset.tCopied;
      setTimeout(() => { said.textContent = ""; }, 4000);
    } catch {
      if (from) getSelection().selectAllChildren(from);
    }
  };
});
each("[data-print]", (button) => {
  button.hidden = false;
  button.onclick = () => print();
});

document.querySelector("[data-focus]")?.focus();
each(".nav [aria-current], .tabs [aria-current]", (a) => {
  const row = a.closest("ul");
  row.scrollLeft = a.offsetLeft - (row.clientWidth - a.offsetWidth) / 2;
});

// Steps on the way to a provider and back go on by themselves; without this script one presses the button.
document.querySelector("form[data-send-now]")?.requestSubmit();
const go = document.querySelector("a[data-go-now]");
if (go) location.replace(go.href);

// A board on a wall: what it shows is fetched anew, and stays as it is while the network is away.
const wall = document.querySelector("[data-anew]");
if (wall) {
  const anew = async () => {
    try {
      const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html"), now = page.getElementById(wall.id);
      if (now?.dataset.anew) wall.replaceChildren(...now.childNodes);
    } catch { /* later */ }
    setTimeout(anew, Number(wall.dataset.anew));
  };
  setTimeout(anew, Number(wall.dataset.anew));
}

// Long work: its part of the page is fetched again until it is over, then the page as a whole.
const work = document.querySelector("[data-again]");
if (work) {
  const again = async () => {
    try {
      const answer = await fetch(location.href);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const now = page.getElementById(work.id);
      if (!now) return location.reload();
      for (const part of ["progress", ".num"]) {
        const from = now.querySelectorAll(part), to = work.querySelectorAll(part);
        if (from.length !== to.length) continue;
        to.forEach((old, i) => (part === "progress" ? (old.value = from[i].value) : (old.textContent = from[i].textContent)));
      }
    } catch { /* the network is away; later */ }
    setTimeout(again, Number(work.dataset.again));
  };
  setTimeout(again, Number(work.dataset.again));
}
