// The review page: a list of changes, one of them open, and what was decided.
"use strict";

(() => {
  const { h, icon, compare, differences, source } = Previews;
  const { KINDS } = List;
  const $ = (id) => document.getElementById(id);
  const MANY = 100;

  const state = {
    changes: [],
    list: { rows: [], shown: [] },
    open: new Set(),
    show: "pending",
    filter: "",
    found: new Set(),
    selected: null,
    detail: null,
    decisions: [],
    first: undefined, // the latest decision when the page was opened
    last: null,
    busy: false,
    view: { phone: innerWidth < 600, dark: false, text: false, source: false, side: "new" },
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
    // What others decide while this page is open is theirs to take back. (The ids are in the order of their time.)
    if (state.first === undefined) state.first = answer.lastDecision || "";
    state.last = answer.lastDecision <= state.first ? answer.lastDecision : null;
    state.project = answer.project;
    $("project").textContent = answer.project;
    arrange();
  }

  // ---- The list

  function arrange() {
    state.list = List.arrange(state.changes, state);
    if (!current()) state.selected = null;
    paintList();
    paintCounts();
  }

  const paintList = () => List.paint($("list"), state.list, { ...state, acceptAll, toggle, choose: (key) => { select(key); closeList($("review")); } });

  // Another filter may have another change stand for an entry, or leave out what is open: what is decided is always in the list.
  function follow() {
    const row = current() || visible()[0];
    if (!row || row.key !== state.selected || row.change.id !== state.detail?.id) select(row ? row.key : null);
    else announce(); // it stands elsewhere now, among others
  }

  // Lists the members of an entry, or does so no more.
  function toggle(key) {
    if (!state.open.delete(key)) state.open.add(key);
    else if (current()?.entry === key) state.selected = key;
    arrange();
    follow();
    document.querySelector(".together")?.replaceWith(together());
  }

  const tally = (status) => state.changes.filter((each) => each.status === status).length;

  function paintCounts() {
    const decided = tally("accepted") + tally("rejected");
    const total = state.changes.length;
    const waiting = state.changes.filter((each) => each.status === "pending");
    const needed = List.entries(waiting).length;
    const left = needed < waiting.length ? `, ${List.several(needed, "decision")} for ${List.several(waiting.length, "change")}` : "";
    $("count").textContent = total ? `${decided} of ${total} decided${left}` : "";
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
    const row = open().length ? current() : null;
    const index = visible().indexOf(current());
    const statuses = row ? row.changes.map((each) => each.status) : [];
    able("previous", index > 0);
    able("next", index >= 0 && index < visible().length - 1);
    able("accept", row && statuses.some((each) => each !== "accepted") && !state.busy);
    able("reject", row && statuses.includes("pending") && !state.busy);
    for (const [id, word] of [["accept", "Accept"], ["reject", "Reject"]]) $(id).firstChild.textContent = row && row.changes.length > 1 ? `${word} ${row.changes.length}` : word;
    able("undo", undoable() && !state.busy);
    const waiting = pending().length;
    able("accept-all", waiting > 0 && !state.busy);
    $("accept-all").title = `Accept ${waiting && state.filter.trim() ? whole(waiting) : "everything that the list shows"} (Shift+A)`;
    $("accept-all").firstChild.textContent = waiting ? `Accept all ${waiting}` : "Accept all";
  }

  // What a filter finds is a word of a message, and what is accepted is all of the message.
  const whole = (count) => `${List.several(count)}, with everything that changed in ${count === 1 ? "it" : "them"}`;

  // A button that can do nothing for a while keeps the focus: a reader who presses Enter again stands where they stood.
  const able = (id, can) => $(id).setAttribute("aria-disabled", String(!can));
  const isAble = (id) => $(id).getAttribute("aria-disabled") !== "true";

  const visible = () => state.list.rows.filter(List.isChosen);
  const current = () => visible().find((each) => each.key === state.selected) || null;
  // What a decision on many is about: what the list shows, under its filter, and in one part of it if one is given.
  const pending = (section) => (section === undefined ? state.list.shown : state.list.rows.find((each) => each.kind === "section" && each.name === section).changes).filter((each) => each.status === "pending");
  const undoable = () => state.decisions[state.decisions.length - 1] || state.last;

  function step(by) {
    const all = visible();
    const next = all[Math.min(all.length - 1, Math.max(0, all.indexOf(current()) + by))];
    if (next) select(next.key);
  }

  // ---- The open change

  async function refresh() {
    await load();
    if (state.detail && current()?.change.revision !== state.detail.revision) await select(state.selected);
  }

  async function select(key) {
    if (state.selected !== key) Comments.close($("bar"));
    state.selected = key;
    const row = current();
    List.reveal($("list"), state.list, key);
    paintList();
    paintBar();
    if (!row) return paintEmpty();
    try {
      const detail = await request(`api/changes/${row.change.id}`);
      if (state.selected !== key) return;
      paintChange(detail);
      announce();
    } catch (error) {
      if (state.selected === key) paintProblem(error.message);
    }
  }

  // Opens a change by its id, wherever the list has it: decided or not, behind the filter, within an entry.
  function openChange(id) {
    const change = state.changes.find((each) => each.id === id);
    if (!change) return;
    if (!state.list.shown.includes(change)) {
      Object.assign(state, { show: change.status, filter: "", found: new Set() });
      $("filter").value = "";
      arrange();
    }
    const entry = visible().find((each) => each.changes.includes(change));
    if (entry.changes.length > 1 && !state.open.has(entry.key)) toggle(entry.key);
    select(entry.changes.length > 1 ? id : entry.key);
  }

  // Says which change is open, where the reader is not in the list, which says so itself.
  function announce() {
    const row = current();
    const place = row.entry ? `Message ${row.place} of ${row.of}` : `${row.number} of ${state.list.total}`;
    document.title = `${row.change.stepName}, ${List.titleOf(row)} (${place}) · Review · ${state.project}`;
    $("said").textContent = document.activeElement === $("list") ? "" : `${place}: ${List.said(row)}`;
  }

  const several = (count, one, many) => `${count} ${count === 1 ? one : many}`;

  // What is so when everything is decided.
  function done() {
    const [accepted, rejected] = [tally("accepted"), tally("rejected")];
    return [
      accepted ? `${several(accepted, "accepted snapshot is", "accepted snapshots are")} written; run the tests to see them pass.` : "",
      rejected ? `${several(rejected, "rejected change leaves its snapshot", "rejected changes leave their snapshots")} as before: the tests fail until the messages are mended.` : "",
    ].filter(Boolean).map((each) => h("p", {}, each));
  }

  function paintEmpty() {
    state.detail = null;
    const hidden = state.filter.trim() ? tally(state.show) : 0;
    const [title, ...said] = hidden ? ["Nothing matches the filter", h("p", {}, `Empty it to see ${hidden === 1 ? "the change" : `all ${hidden} changes`}.`)] : tally("pending")
      ? ["Choose a change", h("p", {}, "The list has what the last run of the tests found different.")]
      : state.changes.length ? ["All reviewed", ...done()] : ["Nothing to review", h("p", {}, "Run pytest with --novu-review, and come back to what it found different.")];
    $("review").replaceChildren(h("section.blank", {}, h("h2", {}, title), said));
    document.title = `${title} · Review · ${state.project}`;
    $("said").textContent = title;
    paintBar();
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
        h("p.path", { title: detail.workflow || null }, About.workflow(detail)),
        h("h2", {}, icon(detail.channel), h("span", { dir: "auto", title: detail.step }, detail.stepName), h("span.unseen", {}, ", "), h(`span.kind.kind-${detail.kind}`, {}, KINDS[detail.kind])),
        About.facts(detail),
        detail.status !== "pending" ? h("p.decided", {}, detail.status === "accepted" ? "Accepted: the snapshot is written." : "Rejected: the snapshot stays as it was.") : null),
      h("div.head-view", {},
        isEmail && !view.source ? segments("Width", "phone", [[false, "Desktop"], [true, "Phone"]]) : null,
        !view.source ? segments("Colours", "dark", [[false, "Light"], [true, "Dark"]]) : null,
        isEmail && !view.source ? segments("Emails as", "text", [[false, "HTML"], [true, "Plain text"]]) : null,
        segments("View", "source", [[false, "Rendered"], [true, "Source"]])));
    const parts = [head, Comments.note(detail, comment), together()];
    if (detail.stale) parts.push(h("p.warning", { role: "alert" }, "A file of this snapshot was changed since the tests ran, so it cannot be accepted. Run the tests again."));
    if (detail.differences.length && !["new", "gone"].includes(detail.kind)) {
      parts.push(h("section.words", { "aria-label": "What changed" }, h("h3", {}, "What changed"), differences(detail)));
    }
    parts.push(Grid.section(detail.grid, { current: detail.id, open: openChange }));
    if (view.source) parts.push(source(detail, "h3"));
    else parts.push(sides(detail), Pictures.show(detail.pictures));
    const held = $("review").contains(document.activeElement) ? document.activeElement.textContent : null;
    $("review").replaceChildren(h("div.sheet-of-change", {}, parts));
    // Who pressed a button of the change goes on at it, or at the next change.
    if (held !== null) ([...$("review").querySelectorAll("button")].find((each) => each.textContent === held) || $("review")).focus();
    $("review").scrollTop = kept;
    paintBar();
  }

  // What is decided together with the change on the screen.
  function together() {
    const row = current();
    if (!row) return null;
    const key = row.entry || row.key;
    const all = visible().find((each) => each.key === key).changes;
    if (all.length === 1) return null;
    const places = List.workflows(all);
    const where = places.length > 1 ? `, in ${List.several(places.length, "workflow")}` : "";
    return h("section.together", { "aria-label": "Equal changes" },
      h("p", {}, row.entry
        ? `One of ${List.several(all.length)} with the same change${where}. A decision is about this one alone.`
        : `The same change in ${List.several(all.length)}${where}: this is one of them, and a decision is about all.`),
      h("button", { type: "button", "aria-expanded": String(state.open.has(key)), "aria-keyshortcuts": "o", onclick: () => { toggle(key); if (state.open.has(key)) openList(); } },
        state.open.has(key) ? "Hide them in the list" : "List them"));
  }

  function sides(detail) {
    const made = compare(detail, { phone: state.view.phone, dark: state.view.dark, text: state.view.text });
    const none = { old: { new: "There was nothing here before." }, new: { gone: "This is no longer sent, or done, in this case; or the case is no longer tested. Accepting takes it off the list of what is expected." } };
    const column = (side, name, element) =>
      h(`section.side-${side}`, { "aria-label": name },
        h("h3", {}, name),
        element ? h(`div.surface${state.view.dark ? ".is-dark" : ""}`, {}, element) : h("p.nothing", {}, none[side][detail.kind] || "Nothing."));
    const both = h("div.sides", { "data-side": state.view.side },
      h("div.segments.only-narrow", { role: "group", "aria-label": "Version" },
        [["old", "Before"], ["new", "After"]].map(([value, word]) => h("button", { type: "button", "aria-pressed": String(state.view.side === value), onclick: () => { state.view.side = value; paintChange(state.detail); } }, word))),
      column("old", "Before", made.old),
      column("new", "After", made.new));
    both.ready = made.ready;
    made.ready.then(() => both.setAttribute("data-ready", ""));
    return both;
  }

  // ---- Deciding

  async function decide(action, changes, whatNext, why, called = (count) => `${count} changes`) {
    if (state.busy || !changes.length) return;
    state.busy = true;
    paintBar();
    const order = visible().map((each) => each.key);
    const at = order.indexOf(state.selected);
    if (changes.length > MANY) toast(`${action === "accept" ? "Accepting" : "Rejecting"} ${changes.length.toLocaleString("en")} changes…`, false, 60000);
    try {
      const answer = await request("api/decisions", { action, changes: changes.map(({ id, revision }) => ({ id, revision })), why });
      state.decisions.push(answer.decision);
      const refused = Object.values(answer.refused);
      const word = action === "accept" ? "Accepted" : "Rejected";
      toast(`${word} ${answer.changes.length === 1 ? List.called(changes.find((each) => each.id === answer.changes[0])) : called(answer.changes.length)}.${refused.length ? ` ${refused.length} left out: ${refused[0]}` : ""}`);
    } catch (error) {
      toast(error.message, true);
    }
    state.busy = false;
    await load().catch((error) => toast(error.message, true));
    const left = visible().map((each) => each.key);
    const next = order.slice(Math.max(0, at)).find((key) => left.includes(key)) || left[left.length - 1] || null;
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
      for (const each of state.changes) if (back.changes.includes(each.id)) Comments.keep(topic(each), back.why);
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
      await select(visible().find((each) => each.changes.some(({ id }) => id === back.changes[0]))?.key || null);
    } else await select(state.selected);
  }

  // A decision is about what is on the screen, also when the list has been loaded again since, and what is equal to it.
  function open() {
    const row = current();
    if (!row || !state.detail || row.change.id !== state.detail.id) return [];
    return [state.detail, ...row.changes.filter((each) => each.id !== state.detail.id)];
  }
  // What the list covers is seen first, and decided then.
  const accept = () => isCovered() ? closeList($("review")) : decide("accept", open(), true);
  // What a comment is about: equal changes share it.
  const topic = (change) => change.same || change.id;
  function reject() {
    const changes = open();
    if (!changes.some((each) => each.status === "pending") || state.busy) return;
    closeList($("review")); // what is under the list takes no words
    const title = changes.length > 1 ? `Why are these ${changes.length} rejected?` : `Why is ${state.detail.stepName} rejected?`;
    Comments.ask($("bar"), { about: topic(state.detail), title, act: (why) => decide("reject", changes, true, why) });
  }
  function comment() {
    const change = state.detail;
    Comments.ask($("bar"), { about: change.id, title: `Why is ${change.stepName} rejected?`, text: change.why, word: "Save", act: (why) => decide("reject", [change], false, why) });
  }
  const acceptAll = (changes) => decide("accept", changes, true, undefined, state.filter.trim() ? whole : undefined);
  const acceptShown = () => acceptAll(pending());
  const acceptWorkflow = () => current() && acceptAll(pending(current().section));

  let toastTimer = 0;
  function toast(message, bad, time) {
    const box = $("toast");
    box.textContent = message;
    box.className = `toast is-shown${bad ? " is-bad" : ""}`;
    clearTimeout(toastTimer);
    toastTimer = setTimeout(() => { box.className = "toast"; box.textContent = ""; }, time || (bad ? 8000 : 3500));
  }

  // ---- Keys, and the list on a narrow screen

  const isCovered = () => document.body.classList.contains("shows-list") && getComputedStyle($("side")).position === "fixed";

  function openList() {
    document.body.classList.add("shows-list");
    for (const id of ["review", "bar"]) $(id).inert = isCovered();
    $("open-list").setAttribute("aria-expanded", "true");
    List.reveal($("list"), state.list, state.selected);
    paintList();
    $("list").focus();
  }

  // On a narrow screen the list is over the page: who closes it goes on at `next`.
  function closeList(next = $("open-list")) {
    if (!document.body.classList.contains("shows-list")) return;
    document.body.classList.remove("shows-list");
    for (const id of ["review", "bar"]) $(id).inert = false;
    $("open-list").setAttribute("aria-expanded", "false");
    next.focus();
  }

  function toFilter() {
    openList();
    $("filter").focus();
    $("filter").select();
  }

  // Goes on from the filter: to the change, where the list is over it, or else to the list beside it.
  const leaveFilter = () => isCovered() ? closeList($("review")) : $("list").focus();

  async function toFound() {
    if (!visible().length) { // what is found by its words may not be here yet
      clearTimeout(searching);
      await search(state.filter);
    }
    if (visible().length) leaveFilter();
  }

  const toggleCurrent = () => { const row = current(); if (row && (row.entry || row.changes.length > 1)) toggle(row.entry || row.key); };
  const KEYS = { o: toggleCurrent, j: () => step(1), k: () => step(-1), a: accept, r: reject, u: undo, A: acceptShown, W: acceptWorkflow, "/": toFilter, "?": Keys.show };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || Keys.areShown()) return;
    const inFilter = event.target === $("filter") && !event.isComposing;
    if (inFilter && event.key === "Enter") return toFound();
    if (inFilter && event.key === "Escape") {
      event.preventDefault();
      if (!event.target.value) return leaveFilter();
      event.target.value = ""; // not every browser does so
      return event.target.dispatchEvent(new Event("input"));
    }
    if (event.key === "Escape") closeList();
    if (event.target.matches("input, textarea")) return;
    const inList = event.target === $("list");
    if (inList && ["ArrowDown", "ArrowUp", "Home", "End"].includes(event.key)) {
      event.preventDefault();
      step({ ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity }[event.key]);
      return;
    }
    const row = current();
    if (inList && row && ((event.key === "ArrowRight" && row.open === false) || (event.key === "ArrowLeft" && (row.open || row.entry)))) {
      event.preventDefault();
      return toggleCurrent();
    }
    if (inList && event.key === "Enter") return closeList($("review"));
    if (KEYS[event.key] && (Keys.areOn() || event.key === "?")) {
      event.preventDefault();
      KEYS[event.key]();
    }
  });

  $("list").addEventListener("scroll", () => requestAnimationFrame(() => { if (!List.isPainted($("list"))) paintList(); }), { passive: true });
  new ResizeObserver(() => paintList()).observe($("list"));
  // The names are here; the words of the messages are looked up, once the reader has stopped writing.
  let searching = 0;
  $("filter").addEventListener("input", (event) => {
    const wanted = event.target.value;
    Object.assign(state, { filter: wanted, found: new Set() });
    arrange();
    clearTimeout(searching);
    const isSearched = wanted.trim().length > 1;
    if (isSearched) searching = setTimeout(() => search(wanted), 150);
    if (visible().length || !isSearched) follow();
  });

  async function search(wanted) {
    const { found } = await request(`api/search?words=${encodeURIComponent([...wanted].slice(0, 200).join(""))}`).catch(() => ({ found: [] }));
    if (state.filter !== wanted) return;
    state.found = new Set(found);
    arrange();
    follow();
  }

  for (const button of document.querySelectorAll("[data-show]")) {
    button.addEventListener("click", () => {
      state.show = button.dataset.show;
      arrange();
      select(state.selected || visible()[0]?.key || null);
    });
  }
  for (const [id, act] of Object.entries({ previous: () => step(-1), next: () => step(1), accept, reject, undo, "accept-all": acceptShown, "open-list": openList, "close-list": () => closeList(), "show-keys": Keys.show })) {
    $(id).addEventListener("click", () => { if (isAble(id)) act(); });
  }
  // Another reviewer, or another run of the tests, may have changed what there is.
  document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh().catch(() => {}); });

  load().then(() => select(visible()[0]?.key || null)).catch((error) => paintProblem(error.message));
})();
