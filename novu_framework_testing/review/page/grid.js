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

  // The axes with several values; the first is down. The case that comes first is the usual one.
  function layout(cells) {
    const axes = Object.keys(cells[0].axes).filter((axis) => distinct(cells.map((each) => each.axes[axis])).length > 1);
    const [down = Object.keys(cells[0].axes)[0], ...across] = axes;
    const usual = cells[0].axes;
    const key = (cell) => JSON.stringify(across.map((axis) => cell.axes[axis]));
    const named = (cell) => across.filter((axis) => cell.axes[axis] !== usual[axis]).map((axis) => word(axis, cell.axes[axis])).join(", ") || (across.length ? word(across.at(-1), usual[across.at(-1)]) : "Message");
    const columns = new Map(cells.map((each) => [key(each), named(each)]));
    const rows = new Map(distinct(cells.map((each) => each.axes[down])).map((value) => [value, new Map()]));
    for (const cell of cells) rows.get(cell.axes[down]).set(key(cell), cell);
    return { down, across, columns, rows };
  }

  function content(cell, cells) {
    if (cell.equal !== null) {
      const first = cells.find((each) => each.label === cell.equal);
      const names = Object.keys(cell.axes).filter((axis) => cell.axes[axis] !== first.axes[axis]).map((axis) => word(axis, first.axes[axis]));
      return h("span.grid-equal", {}, `Same as ${names.join(", ")}`);
    }
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
    const { down, across, columns, rows } = layout(cells);
    const mixed = distinct(cells.map((each) => each.kind)).length > 1;
    const name = { locale: "Locale", timezone: "Time zone", data: "Data" };
    const inside = (cell) => [content(cell, cells), about(cell, mixed)];
    const cellOf = (cell, column) => {
      if (!cell) return h("td.grid-none", { role: "cell" }, h("span", { "aria-hidden": "true" }, "–"), h("span.unseen", {}, "not run"));
      const element = cell.link === null || cell.link === undefined
        ? h("div.grid-cell", {}, inside(cell))
        : href
          ? h("a.grid-cell", { href: href(cell.link) }, inside(cell))
          : h("button.grid-cell", { type: "button", "aria-current": cell.link === current ? "true" : null, onclick: () => open(cell.link) }, inside(cell));
      return h("td", { role: "cell", "data-column": column }, element);
    };
    return h("div.grid-scroll", { tabindex: "0", role: "region", "aria-label": "The cases of the matrix" },
      h("table.grid", { role: "table" },
        h("thead", { role: "rowgroup" }, h("tr", { role: "row" },
          h("th", { scope: "col", role: "columnheader" }, name[down] || down),
          [...columns.values()].map((column) => h("th", { scope: "col", role: "columnheader" }, column)))),
        h("tbody", { role: "rowgroup" }, [...rows].map(([value, row]) => h("tr", { role: "row" },
          h("th", { scope: "row", role: "rowheader" }, word(down, value), word(down, value) === value ? null : h("code", {}, value)),
          [...columns].map(([key, column]) => cellOf(row.get(key), across.length ? column : "")))))));
  }

  let isOpen = innerWidth > 860;

  // The table below a line that says how many cases say different things; open or not as the reader left the last one.
  function section(cells, options) {
    if (!cells || cells.length < 2) return null;
    const different = cells.filter((each) => each.equal === null).length;
    const wrong = cells.filter((each) => each.findings && each.findings.length).length;
    const sum = `${cells.length} cases, ${different === 1 ? "all the same" : `${different} different`}${wrong ? `, something is wrong in ${wrong}` : ""}`;
    return h("details.matrix", { open: isOpen, ontoggle: (event) => { isOpen = event.target.open; } },
      h("summary", {}, h("strong", {}, options.title || "In each case"), " ", h("span.grid-sum", {}, sum)),
      table(cells, options));
  }

  return { section };
})();
