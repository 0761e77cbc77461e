// Behaviour of every page, found by data attributes; nothing here is needed to get work done.

const byId = id => document.getElementById(id);
const one = (selector, root = document) => root.querySelector(selector);
const every = (selector, root = document) => root.querySelectorAll(selector);
const words = name => byId("toasts").dataset[`say${name}`] ?? "";
const on = (name, handle, early = false) => document.addEventListener(name, handle, early);
const said = number => number.toLocaleString("vi");
const halt = e => e.preventDefault();
const changed = (node, kind = "input") => node.dispatchEvent(new Event(kind, { bubbles: true }));
const make = (tag, className, text = "") => {
  const node = document.createElement(tag);
  node.className = className;
  node.textContent = text;
  return node;
};

Object.assign(htmx.config, {
  // the content policy forbids it anyway
  allowEval: false,
  // pages of signed-in people stay out of the browser's storage
  historyCacheSize: 0,
  historyRestoreAsHxRequest: false,
  includeIndicatorStyles: false,
  timeout: 30000,
  responseHandling: [
    { code: "204", swap: false },
    { code: "[23]..|409|422", swap: true },
    { code: "[45]..", swap: false, error: true },
  ],
});

// Toasts: one polite live region; errors stay until closed.
function toast({ message, kind = "success", undo_url: undo }) {
  const shown = [...every(".toast--error > span:first-child")];
  if (!message || shown.some(node => node.textContent === message)) return;
  const node = make("div", `toast toast--${kind}`);
  node.append(make("span", "", message));
  if (undo) node.append(undoButton(undo, node));
  byId("toasts").append(node);
  arm(node, undo ? 12000 : 6000);
}
function undoButton(url, node) {
  const button = make("button", "button button--small", words("Undo"));
  button.onclick = () => {
    node.remove();
    htmx.ajax("POST", url, { swap: "none" });
  };
  return button;
}
function arm(node, delay) {
  const close = make("button", "button button--quiet button--small", "×");
  close.ariaLabel = words("Close");
  close.onclick = () => node.remove();
  node.append(close);
  if (node.classList.contains("toast--error")) return;
  const leave = () => (node.matches(":hover, :focus-within") ? setTimeout(leave, 2000) : node.remove());
  setTimeout(leave, delay);
}
on("toast", e => toast(e.detail));

// Requests: busy targets, errors in words, focus where the person was or must look.
const isSilent = node => node.matches?.("[data-suggest], .save-state");
const complain = name => e => {
  if (!isSilent(e.detail.elt)) toast({ message: words(name), kind: "error" });
};
on("htmx:sendError", complain("Offline"));
on("htmx:timeout", complain("Slow"));
on("htmx:responseError", e => {
  if (!e.detail.xhr.getResponseHeader("HX-Trigger")) complain("Failed")(e);
});
on("htmx:beforeRequest", e => e.detail.target?.setAttribute("aria-busy", "true"));
on("htmx:afterRequest", e => e.detail.target?.removeAttribute("aria-busy"));

let lostFocus = false;
on("htmx:beforeSwap", e => {
  lostFocus = e.detail.target.contains(document.activeElement);
});
on("htmx:afterSettle", e => {
  refresh(e.detail.elt);
  if (problem(e.detail.elt) || !lostFocus || document.activeElement !== document.body) return;
  e.detail.elt.tabIndex = -1;
  e.detail.elt.focus({ preventScroll: true });
});
function problem(root) {
  const node = one("[data-focus]", root) ?? one("[aria-invalid=true]", root);
  node?.focus();
  return Boolean(node);
}

// Nothing typed is lost: the line "Đã lưu 14:05", another try when the line is back, a word before leaving.
// form -> changes since the page was loaded or last saved
const edits = new Map();
// form -> the changes that the running save carries
const sent = new WeakMap();
const stateOf = form => one(".save-state", form);
const save = node => node?.isConnected && htmx.trigger(node, "save");
function tell(node, state, name) {
  if (!node) return;
  node.dataset.state = state;
  node.textContent = words(name);
}
on("input", e => {
  const form = e.target.form;
  if (!form?.matches("[data-guard], :has(.save-state)")) return;
  edits.set(form, (edits.get(form) ?? 0) + 1);
  tell(stateOf(form), "unsaved", "Unsaved");
});
on("submit", e =>
  queueMicrotask(() => {
    if (e.defaultPrevented) return;
    edits.delete(e.target);
    // the answer to a conflict stands inside its draft
    edits.delete(e.target.parentElement.closest("form"));
  }),
);
on("htmx:beforeRequest", ({ detail: { elt } }) => {
  if (!elt.matches(".save-state")) return;
  sent.set(elt.closest("form"), edits.get(elt.closest("form")));
  tell(elt, "saving", "Saving");
});
on("htmx:afterSettle", ({ detail: { elt, xhr } }) => {
  const form = elt.matches(".save-state") && xhr.status < 400 && elt.closest("form");
  if (!form) return;
  if (edits.get(form) === sent.get(form)) edits.delete(form);
  // typed while the save was under way
  else save(elt);
});
on("htmx:beforeOnLoad", ({ detail: { elt, xhr, requestConfig } }) => {
  const isSubmit = requestConfig.verb !== "get" && !elt.matches(".save-state");
  if (isSubmit && xhr.status < 400) edits.delete(elt.closest("form"));
});
on("htmx:afterRequest", ({ detail: { elt, xhr, successful } }) => {
  if (!elt.matches(".save-state") || successful || xhr.status === 409) return;
  tell(elt, "failed", "Kept");
  setTimeout(save, 15000, elt);
});
addEventListener("online", () => edits.forEach((_, form) => save(stateOf(form))));
addEventListener("beforeunload", e => {
  if ([...edits.keys()].some(form => form.isConnected)) halt(e);
});

// Files: what was chosen, dropping, progress.
function listFiles(box, files) {
  one("[data-files-chosen]", box).replaceChildren(
    ...[...files].map(file => make("li", "", `${file.name} (${said(Math.ceil(file.size / 1024))} KB)`)),
  );
}
on("change", e => {
  const box = e.target.closest("[data-files]");
  if (box && e.target.files) listFiles(box, e.target.files);
  if (e.target.matches("select[data-submit]")) e.target.form.requestSubmit();
});
for (const kind of ["dragover", "dragleave", "drop"]) {
  on(kind, e => {
    const box = e.target.closest?.("[data-files]");
    if (!box) return;
    halt(e);
    box.classList.toggle("is-over", kind === "dragover");
    if (kind !== "drop") return;
    const input = one("input[type=file]", box);
    input.files = e.dataTransfer.files;
    changed(input, "change");
  });
}
on("htmx:xhr:progress", e => {
  const bar = one("[data-files] progress", e.detail.elt);
  if (!bar || !e.detail.lengthComputable) return;
  bar.hidden = false;
  bar.value = (100 * e.detail.loaded) / e.detail.total;
});
on("htmx:afterRequest", e => {
  for (const bar of every("[data-files] progress", e.detail.elt)) bar.hidden = true;
});

// Fields that suggest while one types: the search box, names of authors, "@" in comments. Arrows walk through.
const listOf = input => byId(input.getAttribute("aria-controls"));
const fieldOf = list => one(`[aria-controls="${list.id}"]`);
const options = input => [...every("[role=option]", listOf(input))];
const mention = node => /(?:^|[^\p{L}\d_@.])@([\p{L}\d._-]+)$/u.exec(node.value.slice(0, node.selectionStart))?.[1];
function suggest(input, chosen) {
  const all = options(input);
  if (input.role === "combobox") input.ariaExpanded = String(all.length > 0);
  all.forEach((option, index) => {
    option.id ||= `${listOf(input).id}-${index}`;
    option.ariaSelected = String(option === chosen);
  });
  input.setAttribute("aria-activedescendant", chosen?.id ?? "");
  chosen?.scrollIntoView({ block: "nearest" });
}
function shut(but) {
  for (const input of every("[data-suggest]")) {
    if (input === but || !options(input).length) continue;
    listOf(input).replaceChildren();
    suggest(input);
  }
}
function walk(e) {
  const all = options(e.target);
  const at = all.findIndex(option => option.ariaSelected === "true");
  if (e.key === "Escape") shut();
  else if (e.key === "Enter" && at >= 0) all[at].click();
  else if (e.key === "ArrowDown") suggest(e.target, all[(at + 1) % all.length]);
  else if (e.key === "ArrowUp") suggest(e.target, all.at(at < 0 ? -1 : at - 1));
  else return e.key === "Tab" && shut();
  if (e.key !== "Enter" || at >= 0) halt(e);
}
on("htmx:configRequest", e => {
  const { elt, parameters } = e.detail;
  // what asks by itself rests while nobody looks
  if (document.hidden && elt.dataset.live) halt(e);
  if (!elt.dataset.suggest) return;
  parameters.q = elt.dataset.suggest === "mention" ? mention(elt) : elt.value.trim();
  if (parameters.q) return;
  shut();
  halt(e);
});
function choose(option) {
  const input = fieldOf(option.parentElement);
  shut();
  input.focus();
  if (input.dataset.suggest === "mention") {
    const at = input.selectionStart;
    input.setRangeText(`${option.dataset.username} `, at - mention(input).length, at, "end");
  } else takePerson(input, option.dataset);
}
function takePerson(input, { id, name, username, workplace }) {
  input.value = name;
  input.closest("[data-row]").querySelector("[data-workplace]").value = workplace;
  tie(input, id, `@${username}`);
  changed(input.parentElement);
}
function tie(input, id = "", hint = "") {
  one("[data-id]", input.parentElement).value = id;
  one(".hint", input.parentElement).textContent = hint;
}
on("click", e => {
  const option = e.target.closest("[role=option][data-id]");
  if (option) choose(option);
});
on("input", e => {
  if (e.target.dataset.suggest === "name") tie(e.target);
});
on("keydown", e => {
  if (e.target.matches("[data-suggest]") && options(e.target).length) return walk(e);
  if (e.key === "Escape") closeMenus();
  const isTyping = e.target.matches("input, textarea, select, [contenteditable]");
  if (e.key !== "/" || isTyping || e.ctrlKey || e.altKey || e.metaKey) return;
  halt(e);
  // the page of results has its own box
  one("#search, #q")?.focus();
});

// Earlier searches, kept in this browser alone until somebody signs out or in.
const past = () => JSON.parse(localStorage.past ?? "[]");
on("focusin", ({ target: box }) => {
  if (box.id !== "search" || box.value || !past().length) return;
  const links = past().map(q => [q, `${box.form.action}?q=${encodeURIComponent(q)}`]);
  listOf(box).replaceChildren(
    ...[...links, [words("Forget"), "#0"]].map(([text, href]) => Object.assign(make("a", "", text), { role: "option", href })),
  );
  refresh(listOf(box));
});
on("submit", ({ target: { q } }) => {
  if (q?.id !== "search" || !q.value) return;
  localStorage.past = JSON.stringify([...new Set([q.value, ...past()])].slice(0, 6));
});
if (one("[name=password]")) localStorage.clear();

// Menus close by themselves.
function closeMenus(except) {
  for (const menu of every("details[data-menu][open]")) {
    if (menu.contains(except)) continue;
    if (menu.contains(document.activeElement)) one("summary", menu).focus();
    menu.open = false;
  }
}
on("click", e => {
  closeMenus(e.target);
  if (e.target.hash === "#0") localStorage.clear();
  else if (e.target.closest("[role=option]")) return;
  shut(e.target);
  if (e.target.closest("[data-print]")) print();
});

// Official acts are confirmed: data-confirm, -text, -go on a form or a button.
function confirmDialog({ confirm, confirmText, confirmGo }, go) {
  const dialog = make("dialog", "");
  const row = make("div", "row");
  const yes = make("button", "button button--primary", confirmGo || "OK");
  const no = make("button", "button", words("Cancel"));
  dialog.ariaLabel = confirm;
  no.onclick = () => dialog.close();
  yes.onclick = () => {
    dialog.close();
    go();
  };
  dialog.onclose = () => dialog.remove();
  row.append(no, yes);
  dialog.append(make("h2", "", confirm), make("p", "pre", confirmText ?? ""), row);
  document.body.append(dialog);
  dialog.showModal();
}
const ask = (selector, again) => e => {
  const node = e.target.closest(selector);
  if (!node || node.dataset.confirmed) return delete node?.dataset.confirmed;
  halt(e);
  e.stopImmediatePropagation();
  confirmDialog(node.dataset, () => {
    node.dataset.confirmed = "1";
    again(node, e.submitter);
  });
};
on("submit", ask("form[data-confirm]", (form, by) => form.requestSubmit(by)), true);
on("click", ask("button[data-confirm], a[data-confirm]", node => node.click()), true);

// Rows that can be added and removed.
function renumber(row, name, index) {
  const pattern = new RegExp(`\\b${name}-\\d+`, "g");
  for (const node of every("*", row)) {
    for (const attribute of "name id for value aria-describedby aria-controls".split(" ")) {
      const value = node.getAttribute(attribute);
      if (value && (attribute !== "value" || node.name === "remove_row")) {
        node.setAttribute(attribute, value.replace(pattern, `${name}-${index}`));
      }
    }
  }
}
function blank(row) {
  for (const node of every(".error, .wide, summary *", row)) node.remove();
  for (const input of every("input, textarea, select", row)) {
    if (input.type === "checkbox" || input.type === "radio") input.checked = false;
    else if (input.options) input.selectedIndex = 0;
    else input.value = "";
    input.removeAttribute("aria-invalid");
    if (input.dataset.suggest) tie(input);
  }
}
function addRow(box) {
  const rows = every("[data-row]", box);
  const row = rows[rows.length - 1].cloneNode(true);
  renumber(row, box.dataset.rows, rows.length);
  blank(row);
  row.open = true;
  rows[rows.length - 1].after(row);
  htmx.process(row);
  one("input:not([type=hidden]), select, textarea", row)?.focus();
}
function removeRow(box, row) {
  if (every("[data-row]", box).length === 1) blank(row);
  else row.remove();
  every("[data-row]", box).forEach((each, index) => renumber(each, box.dataset.rows, index));
  one("[data-row-add]", box).focus();
}
on("click", e => {
  const button = e.target.closest("[data-row-add], [data-row-remove]");
  if (!button) return;
  halt(e);
  const box = button.closest("[data-rows]");
  if (button.matches("[data-row-add]")) addRow(box);
  else removeRow(box, button.closest("[data-row]"));
  changed(box);
  refresh(box.parentElement);
});

// Live figures: characters left, sum of shares.
function count(counter) {
  const left = counter.dataset.max - byId(counter.dataset.counter).value.length;
  counter.hidden = left > counter.dataset.max / 2;
  counter.classList.toggle("counter--over", left < 0);
  counter.textContent = words(left < 0 ? "Over" : "Left").replace("{n}", said(Math.abs(left)));
}
function sum(box) {
  const shares = [...every("[data-share]", box)];
  const total = shares.reduce((all, input) => all + (parseFloat(input.value.replace(",", ".")) || 0), 0);
  one("[data-share-sum]", box).textContent = `${said(total)} %`;
  one("[data-share-total]", box).classList.toggle("error", Math.abs(total - 100) > 0.001);
}
function refresh(root) {
  every("[data-counter]", root).forEach(count);
  every("[data-rows]:has([data-share-sum])", root).forEach(sum);
  const input = root.role === "listbox" && fieldOf(root);
  if (!input) return;
  // whoever typed the whole name needs no list over the text
  if (input.dataset.suggest === "mention" && options(input).some((one) => one.dataset.username === mention(input))) return shut();
  suggest(input);
  byId("said").textContent = words("Found").replace("{n}", options(input).length);
}
on("input", e => refresh(e.target.closest(".field, [data-rows]")?.parentElement ?? e.target));

every(".toast").forEach(node => arm(node, 8000));
refresh(document);
problem(document);
