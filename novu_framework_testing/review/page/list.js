// The list of the review: equal changes as one entry, and only the rows in sight in the page.
"use strict";

const List = (() => {
  const { h, icon } = Previews;
  const HEIGHT = { section: 40, test: 28, entry: 58, member: 44 };
  const KINDS = { changed: "Changed", new: "New", gone: "Gone", moved: "Moved" };
  const NOTHING = { pending: "Nothing left to review.", accepted: "Nothing accepted yet.", rejected: "Nothing rejected." };
  const SHARED = "In several workflows";
  const NONE = "No workflow";
  const BESIDE = 600; // so much of the list is there above and below what is in sight
  let painted = { top: 0, height: 0 };

  const several = (count, word = "message") => `${count} ${word}${count === 1 ? "" : "s"}`;
  const workflows = (changes) => [...new Set(changes.map((each) => each.workflow || NONE))];

  function grouped(items, keyOf) {
    const groups = new Map();
    for (const item of items) {
      const key = keyOf(item);
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(item);
    }
    return groups;
  }

  // The entries of some changes: {key, changes, change}. What is equal is one, and is shown by its first.
  function entries(changes) {
    return [...grouped(changes, (each) => each.same || each.id).values()].map((equal) => ({
      key: equal.length > 1 ? `same-${equal[0].same}` : equal[0].id,
      change: equal[0],
      changes: equal,
    }));
  }

  const matches = (wanted) => (each) => `${each.workflow} ${each.step} ${each.stepName} ${each.test} ${each.title} ${each.channelWord} ${About.words(each)}`.toLowerCase().includes(wanted);

  // The rows of the list, each with its place. `open` has the keys of the entries whose members are listed.
  function arrange(changes, { show, filter, found: said, open }) {
    const wanted = filter.trim().toLowerCase();
    const shown = changes.filter((each) => each.status === show).filter((each) => matches(wanted)(each) || said.has(each.id));
    const found = entries(shown);
    const sections = grouped(found, ({ changes: equal }) => (workflows(equal).length > 1 ? SHARED : equal[0].workflow || NONE));
    const first = (name) => (name === SHARED ? 0 : 1);
    const order = [...sections].sort(([a], [b]) => first(a) - first(b) || a.localeCompare(b, undefined, { numeric: true }));
    const rows = [];
    let height = 0;
    let position = 0;
    const add = (row) => {
      rows.push({ ...row, top: height, height: HEIGHT[row.kind] });
      height += HEIGHT[row.kind];
    };
    order.forEach(([name, inside], at) => {
      add({ kind: "section", name, changes: inside.flatMap((each) => each.changes), place: at + 1, of: order.length });
      let place = 0;
      const entry = (each) => add({ kind: "entry", ...each, section: name, number: position += 1, place: place += 1, of: inside.length });
      for (const equal of inside.filter((each) => each.changes.length > 1)) {
        entry({ ...equal, open: open.has(equal.key) });
        if (!open.has(equal.key)) continue;
        equal.changes.forEach((change, index) =>
          add({ kind: "member", key: change.id, change, changes: [change], section: name, place: index + 1, of: equal.changes.length, entry: equal.key }));
      }
      const single = inside.filter((each) => each.changes.length === 1);
      for (const [test, each] of grouped(single, ({ change }) => change.test)) {
        add({ kind: "test", name: test, title: About.test(each[0].change) });
        each.forEach(entry);
      }
    });
    return { rows, height, total: position, shown, entries: found.length };
  }

  const isChosen = (row) => row.kind === "entry" || row.kind === "member";

  const titleOf = ({ kind, section, name = section, changes }) => (name === SHARED && kind !== "member" ? name : About.workflow(changes[0]));

  // Where a row stands in a tree of workflows, entries and members.
  const level = (row) => ({ role: "treeitem", "aria-level": { section: 1, entry: 2, member: 3 }[row.kind], "aria-posinset": row.place, "aria-setsize": row.of });

  function sectionRow(row, { acceptAll }) {
    const { changes } = row;
    const waiting = changes.filter((each) => each.status === "pending");
    return h("div.row.row-workflow", { ...level(row), "aria-expanded": "true" }, h("span.name", { title: titleOf(row), dir: "auto" }, titleOf(row)), waiting.length
      ? h("span.tally.acts", { title: "Accept what is shown of this part of the list (Shift+W)", onclick: () => acceptAll(waiting) }, `Accept ${waiting.length}`)
      : h("span.tally", {}, String(changes.length)));
  }

  function about({ kind, change, changes, section }) {
    if (kind === "member") return [section === SHARED ? About.workflow(change) : "", change.stepName, About.recipient(change), change.title].filter(Boolean).join(" · ");
    return change.gist || change.title || change.channelWord;
  }

  // In how many messages a change is, and of which workflow.
  const scope = (row) => `${row.changes.length > 1 ? `the same change in ${several(row.changes.length)} ` : ""}in ${titleOf(row).replace(SHARED, "several workflows")}`;

  // One message, as the list names it.
  const called = (change) => `${change.stepName}${change.workflow ? ` in ${About.workflow(change)}` : ""}`;

  // An entry in words, to be read aloud.
  const said = (row) => `${stepsOf(row)} ${scope(row)}. ${KINDS[row.change.kind]}, ${about(row)}`;

  function stepsOf({ changes }) {
    const names = [...new Set(changes.map((each) => each.stepName))];
    return names.slice(0, 2).join(", ") + (names.length > 2 ? ", …" : "");
  }

  // The name of a row for a screen reader is its content: what only looks explain is there in words that nobody sees.
  function entryRow(row, { selected, choose, toggle }) {
    const { kind, change, changes, key } = row;
    const chosen = key === selected;
    const many = changes.length > 1;
    const isMember = kind === "member";
    return h(`div.row.row-change${isMember ? ".row-member" : ""}${chosen ? ".is-selected" : ""}`, {
      id: `row-${key}`, ...level(row), "aria-selected": String(chosen), "aria-expanded": many ? String(row.open) : null, onclick: () => choose(key),
    },
      icon(change.channel),
      h("span.row-text", {},
        h("span.row-line", {},
          h("span.name", { dir: "auto" }, many ? h("span.times", { "aria-hidden": "true", title: several(changes.length) }, `${changes.length} ×`) : null, isMember ? About.test(change) : stepsOf(row)),
          h("span.unseen", {}, `${scope(row)},`),
          isMember ? null : h(`span.kind.kind-${change.kind}`, {}, KINDS[change.kind])),
        h("span.about", { dir: "auto", title: about(row) }, about(row))),
      many ? h("span.opener", { "aria-hidden": "true", title: row.open ? "Hide the messages" : "List the messages", onclick: (event) => { event.stopPropagation(); toggle(key); } }, row.open ? "▾" : "▸") : null);
  }

  // Whether what is in sight is there already: rows that are taken away under the pointer would miss its click.
  const isPainted = (list) => Math.abs(list.scrollTop - painted.top) < BESIDE - 200 && list.clientHeight === painted.height;

  function paint(list, arranged, acts) {
    painted = { top: list.scrollTop, height: list.clientHeight };
    const from = list.scrollTop - BESIDE;
    const to = list.scrollTop + list.clientHeight + BESIDE;
    const sheet = h("div.sheet", { role: "presentation" });
    sheet.style.height = `${arranged.height}px`;
    for (const row of arranged.rows) {
      // The chosen one is there also out of sight: it is what the list says has the focus.
      if ((row.top + row.height < from || row.top > to) && row.key !== acts.selected) continue;
      const element = row.kind === "section"
        ? sectionRow(row, acts)
        : row.kind === "test"
          ? h("div.row.row-test", { role: "presentation", title: row.name, dir: "auto" }, row.title)
          : entryRow(row, acts);
      element.style.transform = `translateY(${row.top}px)`;
      element.style.height = `${row.height}px`;
      sheet.append(element);
    }
    if (!arranged.rows.length) sheet.append(h("p.empty", {}, acts.filter ? "Nothing matches the filter." : NOTHING[acts.show]));
    list.replaceChildren(sheet);
    list.setAttribute("role", arranged.rows.length ? "tree" : "group");
    const active = arranged.rows.some((each) => isChosen(each) && each.key === acts.selected);
    if (active) list.setAttribute("aria-activedescendant", `row-${acts.selected}`);
    else list.removeAttribute("aria-activedescendant");
  }

  // Scrolls until a row, with what it stands under, is in sight.
  function reveal(list, arranged, key) {
    const row = arranged.rows.find((each) => isChosen(each) && each.key === key);
    if (!row) return;
    const top = Math.max(0, row.top - HEIGHT.section - HEIGHT.test);
    if (top < list.scrollTop) list.scrollTop = top;
    else if (row.top + row.height > list.scrollTop + list.clientHeight) list.scrollTop = row.top + row.height - list.clientHeight;
  }

  return { KINDS, arrange, called, entries, isChosen, isPainted, paint, reveal, said, several, titleOf, workflows };
})();
