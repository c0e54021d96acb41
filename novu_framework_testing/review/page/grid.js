// The grid of a matrix: what each of its cases says, the first axis down, the others across, equal results once.
"use strict";

const Grid = (() => {
  const { h } = Previews;
  const KINDS = { changed: "Changed", new: "New", gone: "Gone", moved: "Moved", same: "Unchanged", message: "" };
  const STATUS = { accepted: "Accepted", rejected: "Rejected" };

  const distinct = (values) => [...new Set(values)];
  const language = (code) => {
    try {
      return new Intl.DisplayNames(["en"], { type: "language" }).of(code.replaceAll("_", "-"));
    } catch {
      return code;
    }
  };
  const word = (axis, value) => (axis === "locale" ? language(value) : value.replaceAll("_", " "));

  const AXES = { locale: "Locale", timezone: "Time zone", data: "Data" };

  // The axes with several values: the first goes down, the others across. The case that comes first is the usual one. Where fewer than half of
  // the combinations were run, each case is a row.
  function layout(cells) {
    const axes = Object.keys(cells[0].axes).filter((axis) => distinct(cells.map((each) => each.axes[axis])).length > 1);
    const named = (cell, among) => among.filter((axis) => cell.axes[axis] !== cells[0].axes[axis]).map((axis) => word(axis, cell.axes[axis])).join(", ") || (among.length ? word(among.at(-1), cells[0].axes[among.at(-1)]) : "Message");
    const size = axes.reduce((product, axis) => product * distinct(cells.map((each) => each.axes[axis])).length, 1);
    if (2 * cells.length < size) {
      return { heading: "Case", nameOf: (cell) => named(cell, axes), columns: new Map([["", "Message"]]), rows: cells.map((cell) => ({ name: named(cell, axes), cells: new Map([["", cell]]) })) };
    }
    const [down = Object.keys(cells[0].axes)[0], ...across] = axes;
    const key = (cell) => JSON.stringify(across.map((axis) => cell.axes[axis]));
    return {
      heading: AXES[down] || down,
      nameOf: (cell, other) => axes.filter((axis) => cell.axes[axis] !== other.axes[axis]).map((axis) => word(axis, cell.axes[axis])).join(", "),
      columns: new Map(cells.map((each) => [key(each), named(each, across)])),
      rows: distinct(cells.map((each) => each.axes[down])).map((value) => ({
        name: word(down, value),
        code: word(down, value) === value ? null : value,
        cells: new Map(cells.filter((each) => each.axes[down] === value).map((each) => [key(each), each])),
      })),
    };
  }

  function content(cell, cells, nameOf) {
    if (cell.equal !== null) return h("span.grid-equal", {}, `Same as ${nameOf(cells.find((each) => each.label === cell.equal), cell)}`);
    if (cell.kind === "gone" || cell.title === undefined) return h("span.grid-equal", {}, "Nothing any more");
    return [
      h("span.grid-title", { dir: "auto" }, cell.title || "(no words)"),
      cell.body ? h("span.grid-body", { dir: "auto" }, cell.body) : null,
    ];
  }

  function about(cell, mixed) {
    const words = STATUS[cell.status] || (mixed ? KINDS[cell.kind] : "");
    const found = cell.findings || [];
    const wrong = distinct(found.map((each) => each.wrong));
    return [
      words ? h(`span.kind.kind-${cell.kind}`, {}, words) : null,
      found.length ? h("span.grid-wrong", { title: wrong.join("\n") }, wrong[0], wrong.length > 1 ? ` And ${wrong.length - 1} more.` : "") : null,
    ];
  }

  // A table of the cells. `current` is the link of the open one; `open(link)` is called for another, or `href(link)` is where it is.
  function table(cells, { current, open, href }) {
    const { heading, nameOf, columns, rows } = layout(cells);
    const mixed = distinct(cells.map((each) => each.kind)).length > 1;
    const inside = (cell) => [content(cell, cells, nameOf), about(cell, mixed)];
    const cellOf = (cell, column) => {
      if (!cell) return h("td.grid-none", { role: "cell" }, h("span", { "aria-hidden": "true" }, "–"), h("span.unseen", {}, "not run"));
      const element = cell.link === null || cell.link === undefined
        ? h("div.grid-cell", {}, inside(cell))
        : href
          ? h("a.grid-cell", { href: href(cell.link) }, inside(cell))
          : h("button.grid-cell", { type: "button", "aria-current": cell.link === current ? "true" : null, onclick: () => open(cell.link) }, inside(cell));
      return h("td", { role: "cell", "data-column": column }, element);
    };
    return h("div.grid-scroll", { tabindex: "0", role: "group", "aria-label": "The cases" },
      h("table.grid", { role: "table" },
        h("thead", { role: "rowgroup" }, h("tr", { role: "row" },
          h("th", { scope: "col", role: "columnheader" }, heading),
          [...columns.values()].map((column) => h("th", { scope: "col", role: "columnheader" }, column)))),
        h("tbody", { role: "rowgroup" }, rows.map((row) => h("tr", { role: "row" },
          h("th", { scope: "row", role: "rowheader" }, row.name, row.code ? h("code", {}, row.code) : null),
          [...columns].map(([key, column]) => cellOf(row.cells.get(key), columns.size > 1 ? column : "")))))));
  }

  let isOpen = innerWidth > 860;

  // The table below a line that says how many cases say different things; open as `options.opens` says, or as the reader left the last one.
  function section(cells, options) {
    if (!cells || cells.length < 2) return null;
    const different = cells.filter((each) => each.equal === null).length;
    const wrong = cells.filter((each) => each.findings && each.findings.length).length;
    const sum = `${cells.length} cases, ${different === 1 ? "all the same" : `${different} different`}${wrong ? `, something is wrong in ${wrong}` : ""}`;
    const opens = options.opens === undefined ? isOpen : options.opens;
    const details = h("details.matrix", { open: opens, ontoggle: () => { isOpen = details.open; draw(); } },
      h("summary", {}, h("strong", {}, options.title || "In each case"), " ", h("span.grid-sum", {}, sum)));
    const draw = () => { if (details.open && details.children.length === 1) details.append(table(cells, options)); };
    draw();
    return details;
  }

  return { section };
})();
