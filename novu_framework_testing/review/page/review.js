// The review page: a list of changes, one of them open, and what was decided.
"use strict";

(() => {
  const { h, icon, compare, differences, source } = Previews;
  const $ = (id) => document.getElementById(id);
  const GROUP = 40;
  const TEST = 28;
  const ROW = 58;
  const KINDS = { changed: "Changed", new: "New", gone: "Gone", moved: "Moved" };

  const state = {
    changes: [],
    rows: [],
    show: "pending",
    filter: "",
    selected: null,
    detail: null,
    decisions: [],
    last: null,
    busy: false,
    view: { phone: innerWidth < 600, dark: false, source: false, side: "new" },
  };

  // ---- Talking to the server. Addresses are relative, so the token stays in the page's own.

  async function request(path, body) {
    const options = body === undefined ? {} : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
    let response;
    try {
      response = await fetch(path, options);
    } catch {
      throw new Error("The review is not running any more. Start `novu-framework review` again.");
    }
    const answer = await response.json().catch(() => ({}));
    if (!response.ok) throw new Error(typeof answer.detail === "string" ? answer.detail : `Not done (${response.status}).`);
    return answer;
  }

  async function load() {
    const answer = await request("api/changes");
    state.changes = answer.changes;
    state.last = answer.lastDecision;
    document.title = `Review · ${answer.project}`;
    $("project").textContent = answer.project;
    arrange();
  }

  // ---- The list: only the rows in sight are in the page.

  function arrange() {
    const wanted = state.filter.toLowerCase();
    const shown = state.changes.filter((each) => each.status === state.show && (!wanted || `${each.workflow} ${each.step} ${each.test} ${each.title} ${each.channelWord}`.toLowerCase().includes(wanted)));
    const groups = new Map();
    for (const change of shown) {
      const tests = groups.get(change.workflow) || groups.set(change.workflow, new Map()).get(change.workflow);
      (tests.get(change.test) || tests.set(change.test, []).get(change.test)).push(change);
    }
    state.rows = [];
    let top = 0;
    const add = (row, height) => {
      state.rows.push({ ...row, top, height });
      top += height;
    };
    let position = 0;
    for (const [workflow, tests] of [...groups].sort((a, b) => String(a[0]).localeCompare(String(b[0])))) {
      const count = [...tests.values()].reduce((sum, each) => sum + each.length, 0);
      add({ kind: "workflow", workflow, name: workflow || "No workflow", count }, GROUP);
      for (const [test, changes] of tests) {
        add({ kind: "test", name: test }, TEST);
        for (const change of changes) add({ kind: "change", change, position: (position += 1) }, ROW);
      }
    }
    state.height = top;
    state.total = position;
    if (!shown.some((each) => each.id === state.selected)) state.selected = null;
    paintList();
    paintCounts();
  }

  function paintList() {
    const list = $("list");
    const from = list.scrollTop - 200;
    const to = list.scrollTop + list.clientHeight + 200;
    const sheet = h("div.sheet", { role: "presentation" });
    sheet.style.height = `${state.height}px`;
    for (const row of state.rows) {
      if (row.top + row.height < from || row.top > to) continue;
      const element = row.kind === "workflow"
        ? workflowRow(row)
        : row.kind === "test"
          ? h("div.row.row-test", { role: "presentation", title: row.name }, shortTest(row.name))
          : changeRow(row);
      element.style.transform = `translateY(${row.top}px)`;
      element.style.height = `${row.height}px`;
      sheet.append(element);
    }
    if (!state.rows.length) sheet.append(h("p.empty", {}, state.filter ? "Nothing matches the filter." : { pending: "Nothing left to review.", accepted: "Nothing accepted yet.", rejected: "Nothing rejected." }[state.show]));
    list.replaceChildren(sheet);
    list.setAttribute("aria-activedescendant", state.selected ? `row-${state.selected}` : "");
  }

  const shortTest = (name) => name.split("::").slice(1).join(" › ") || name;

  function workflowRow({ name, workflow, count }) {
    const waiting = pending(workflow);
    return h("div.row.row-workflow", { role: "presentation" }, h("span.name", {}, name), waiting.length
      ? h("button.tally", { type: "button", tabindex: "-1", title: "Accept what is shown of this workflow (Shift+W)", onclick: () => acceptAll(waiting) }, `Accept ${waiting.length}`)
      : h("span.tally", {}, String(count)));
  }

  function changeRow({ change, position }) {
    return h(`div.row.row-change${change.id === state.selected ? ".is-selected" : ""}`, {
      id: `row-${change.id}`, role: "option", "aria-selected": String(change.id === state.selected), "aria-posinset": position, "aria-setsize": state.total,
      onclick: () => { select(change.id); closeList(); },
    },
      icon(change.channel),
      h("span.row-text", {}, h("span.name", {}, change.step), h("span.about", {}, change.title || change.channelWord)),
      h(`span.kind.kind-${change.kind}`, {}, KINDS[change.kind]));
  }

  function paintCounts() {
    const tally = (status) => state.changes.filter((each) => each.status === status).length;
    const decided = tally("accepted") + tally("rejected");
    const total = state.changes.length;
    $("count").textContent = total ? `${decided} of ${total} decided` : "";
    const progress = $("progress");
    progress.setAttribute("aria-valuemax", String(total));
    progress.setAttribute("aria-valuenow", String(decided));
    progress.firstElementChild.style.width = total ? `${(decided / total) * 100}%` : "0";
    for (const button of document.querySelectorAll("[data-show]")) {
      button.setAttribute("aria-pressed", String(button.dataset.show === state.show));
      button.dataset.count = String(tally(button.dataset.show));
    }
    paintBar();
  }

  function paintBar() {
    const change = open()[0] && current();
    const index = visible().findIndex((each) => each.id === state.selected);
    $("previous").disabled = index <= 0;
    $("next").disabled = index < 0 || index >= visible().length - 1;
    $("accept").disabled = !change || change.status === "accepted" || state.busy;
    $("reject").disabled = !change || change.status !== "pending" || state.busy;
    $("undo").disabled = !undoable() || state.busy;
    const waiting = pending().length;
    $("accept-all").disabled = waiting === 0 || state.busy;
    $("accept-all").firstChild.textContent = `Accept all ${waiting}`;
  }

  const visible = () => state.rows.filter((row) => row.kind === "change").map((row) => row.change);
  // What a decision on many is about: what the list shows, under its filter, and of one workflow if one is given.
  const pending = (workflow) => visible().filter((each) => each.status === "pending" && (workflow === undefined || each.workflow === workflow));
  const current = () => state.changes.find((each) => each.id === state.selected) || null;
  const undoable = () => state.decisions[state.decisions.length - 1] || state.last;

  function reveal(id) {
    const row = state.rows.find((each) => each.kind === "change" && each.change.id === id);
    const list = $("list");
    if (!row) return;
    if (row.top - GROUP - TEST < list.scrollTop) list.scrollTop = Math.max(0, row.top - GROUP - TEST);
    else if (row.top + row.height > list.scrollTop + list.clientHeight) list.scrollTop = row.top + row.height - list.clientHeight;
  }

  function step(by) {
    const all = visible();
    const index = all.findIndex((each) => each.id === state.selected);
    const next = all[Math.min(all.length - 1, Math.max(0, index + by))];
    if (next) select(next.id);
  }

  // ---- The open change

  async function refresh() {
    await load();
    if (state.detail && current()?.revision !== state.detail.revision) await select(state.selected);
  }

  async function select(id) {
    state.selected = id;
    reveal(id);
    paintList();
    paintBar();
    if (!id) return paintEmpty();
    try {
      const detail = await request(`api/changes/${id}`);
      if (state.selected === id) paintChange(detail);
    } catch (error) {
      if (state.selected === id) paintProblem(error.message);
    }
  }

  function paintEmpty() {
    state.detail = null;
    const pending = state.changes.some((each) => each.status === "pending");
    const done = state.changes.length > 0 && !pending;
    $("review").replaceChildren(h("section.blank", {},
      h("h2", {}, pending ? "Choose a change" : done ? "All reviewed" : "Nothing to review"),
      h("p", {}, pending ? "The list has what the last run of the tests found different." : done ? "Accepted snapshots are written; run the tests to see them pass." : "Run pytest with --novu-review, and come back to what it found different.")));
  }

  function paintProblem(message) {
    state.detail = null;
    $("review").replaceChildren(h("section.blank", {}, h("h2", {}, "This change cannot be shown"), h("p", {}, message)));
  }

  function segments(label, name, choices) {
    return h("div.segments", { role: "group", "aria-label": label }, choices.map(([value, word]) =>
      h("button", { type: "button", "aria-pressed": String(state.view[name] === value), onclick: () => { state.view[name] = value; paintChange(state.detail); } }, word)));
  }

  function paintChange(detail) {
    const kept = state.detail && state.detail.id === detail.id ? $("review").scrollTop : 0;
    state.detail = detail;
    const view = state.view;
    const isEmail = [detail.old, detail.new].some((side) => side && side.outputs && typeof side.outputs.body === "string" && side.channel === "email");
    const head = h("header.head", {},
      h("div.head-title", {},
        h("p.path", {}, detail.workflow || "No workflow", h("span", { "aria-hidden": "true" }, " › "), h("span.path-test", { title: detail.test }, shortTest(detail.test))),
        h("h2", {}, icon(detail.channel), detail.step, h(`span.kind.kind-${detail.kind}`, {}, KINDS[detail.kind])),
        detail.status !== "pending" ? h("p.decided", {}, detail.status === "accepted" ? "Accepted: the snapshot is written." : "Rejected: the snapshot stays as it was.") : null),
      h("div.head-view", {},
        isEmail && !view.source ? segments("Width", "phone", [[false, "Desktop"], [true, "Phone"]]) : null,
        !view.source ? segments("Colours", "dark", [[false, "Light"], [true, "Dark"]]) : null,
        segments("View", "source", [[false, "Rendered"], [true, "Source"]])));
    const parts = [head];
    if (detail.stale) parts.push(h("p.warning", { role: "alert" }, "A file of this snapshot was changed since the tests ran, so it cannot be accepted. Run the tests again."));
    if (detail.differences.length && detail.kind !== "new") {
      parts.push(h("section.words", { "aria-label": "What changed" }, h("h3", {}, "What changed"), differences(detail)));
    }
    if (view.source) parts.push(source(detail));
    else parts.push(sides(detail), Pictures.show(detail.pictures));
    $("review").replaceChildren(h("div.sheet-of-change", {}, parts));
    $("review").scrollTop = kept;
    paintBar();
  }

  function sides(detail) {
    const made = compare(detail, { phone: state.view.phone, dark: state.view.dark });
    const none = { old: { new: "There was nothing here before." }, new: { gone: "The tests do not see this step any more. Accepting removes its snapshot." } };
    const column = (side, name, element) =>
      h(`section.side-${side}`, { "aria-label": name },
        h("h3", {}, name),
        element ? h(`div.surface${state.view.dark ? ".is-dark" : ""}`, {}, element) : h("p.nothing", {}, none[side][detail.kind] || "Nothing."));
    const both = h("div.sides", { "data-side": state.view.side },
      h("div.segments.only-narrow", { role: "group", "aria-label": "Version" },
        [["old", "Before"], ["new", "After"]].map(([value, word]) => h("button", { type: "button", "aria-pressed": String(state.view.side === value), onclick: () => { state.view.side = value; paintChange(state.detail); } }, word))),
      detail.kind === "moved"
        ? h("p.note", {}, `The same content, now at another place: ${detail.stem}.`)
        : null,
      column("old", "Before", made.old),
      column("new", "After", made.new));
    both.ready = made.ready;
    made.ready.then(() => both.setAttribute("data-ready", ""));
    return both;
  }

  // ---- Deciding

  async function decide(action, changes, whatNext) {
    if (state.busy || !changes.length) return;
    state.busy = true;
    paintBar();
    const order = visible().map((each) => each.id);
    const at = order.indexOf(state.selected);
    try {
      const answer = await request("api/decisions", { action, changes: changes.map(({ id, revision }) => ({ id, revision })) });
      state.decisions.push(answer.decision);
      const refused = Object.values(answer.refused);
      const word = action === "accept" ? "Accepted" : "Rejected";
      toast(`${word} ${answer.changes.length === 1 ? changes.find((each) => each.id === answer.changes[0]).step : `${answer.changes.length} changes`}.${refused.length ? ` ${refused.length} left out: ${refused[0]}` : ""}`);
    } catch (error) {
      toast(error.message, true);
    }
    state.busy = false;
    await load().catch((error) => toast(error.message, true));
    const left = visible().map((each) => each.id);
    const next = order.slice(at).find((id) => left.includes(id)) || left[left.length - 1] || null;
    await select(state.selected && left.includes(state.selected) && !whatNext ? state.selected : next);
  }

  async function undo() {
    const decision = undoable();
    if (!decision || state.busy) return;
    state.busy = true;
    paintBar();
    let back = null;
    try {
      back = await request(`api/decisions/${decision}/undo`, {});
      toast(`Taken back: ${back.changes.length === 1 ? "one change waits" : `${back.changes.length} changes wait`} again.`);
    } catch (error) {
      toast(error.message, true);
    }
    state.decisions.pop();
    state.busy = false;
    await load().catch((error) => toast(error.message, true));
    if (back && state.changes.some((each) => each.id === back.changes[0])) {
      state.show = state.changes.find((each) => each.id === back.changes[0]).status;
      arrange();
      await select(back.changes[0]);
    } else await select(state.selected);
  }

  // A decision on one is about what is on the screen, also when the list has been loaded again since.
  const open = () => (state.detail && state.detail.id === state.selected ? [state.detail] : []);
  const accept = () => decide("accept", open(), true);
  const reject = () => decide("reject", open(), true);
  const acceptAll = (changes) => decide("accept", changes, true);
  const acceptShown = () => acceptAll(pending());
  const acceptWorkflow = () => current() && acceptAll(pending(current().workflow));

  let toastTimer = 0;
  function toast(message, bad) {
    const box = $("toast");
    box.textContent = message;
    box.className = `toast is-shown${bad ? " is-bad" : ""}`;
    clearTimeout(toastTimer);
    toastTimer = setTimeout(() => { box.className = "toast"; }, bad ? 8000 : 3500);
  }

  // ---- Keys, and the list on a narrow screen

  function openList() {
    document.body.classList.add("shows-list");
    $("open-list").setAttribute("aria-expanded", "true");
    paintList();
    $("list").focus();
  }

  function closeList() {
    document.body.classList.remove("shows-list");
    $("open-list").setAttribute("aria-expanded", "false");
  }

  const KEYS = { j: () => step(1), k: () => step(-1), a: accept, r: reject, u: undo, A: acceptShown, W: acceptWorkflow };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") closeList();
    if (event.target.matches("input, textarea")) return;
    const inList = event.target === $("list");
    if (inList && ["ArrowDown", "ArrowUp", "Home", "End"].includes(event.key)) {
      event.preventDefault();
      step({ ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity }[event.key]);
      return;
    }
    if (inList && event.key === "Enter") return closeList();
    if (KEYS[event.key]) {
      event.preventDefault();
      KEYS[event.key]();
    }
  });

  $("list").addEventListener("scroll", () => requestAnimationFrame(paintList), { passive: true });
  new ResizeObserver(() => paintList()).observe($("list"));
  $("filter").addEventListener("input", (event) => { state.filter = event.target.value; arrange(); });
  for (const button of document.querySelectorAll("[data-show]")) {
    button.addEventListener("click", () => {
      state.show = button.dataset.show;
      arrange();
      select(visible().length ? (state.selected || visible()[0].id) : null);
    });
  }
  for (const [id, act] of Object.entries({ previous: () => step(-1), next: () => step(1), accept, reject, undo, "accept-all": acceptShown, "open-list": openList, "close-list": closeList })) {
    $(id).addEventListener("click", act);
  }
  // Another reviewer, or another run of the tests, may have changed what there is.
  document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh().catch(() => {}); });

  load().then(() => select(visible().length ? visible()[0].id : null)).catch((error) => paintProblem(error.message));
})();
