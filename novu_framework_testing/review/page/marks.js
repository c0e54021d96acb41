// Finds what differs between two trees of elements, word by word, and marks it in both.
"use strict";

const Marks = (() => {
  // A price, a time, a number to call is one word. What is seen as one sign, such as a family in emoji, is one: half of it cannot be marked.
  // Japanese, Chinese, Thai and Korean letters follow a number without being part of it.
  const AT_NUMBERS = "々〆〇ぁ-ゖゝ-ゟァ-ヺー-ヿㇰ-ㇿｦ-ﾟ\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}\\u0e01-\\u0e3a\\u0e40-\\u0e4e\\u0e81-\\u0ebd\\u0ec0-\\u0ece\\u1000-\\u103f\\u1050-\\u108f\\u1780-\\u17d3가-힣";
  const OF_A_WORD = `(?![${AT_NUMBERS}])[\\p{L}\\p{N}\\p{M}_]`;
  const WORDS = new RegExp(
    [
      String.raw`\s+`,
      String.raw`https?:\/\/[^\s<>"'?#]*[^\s<>"'?#.,;:!)]`,
      String.raw`(?<![\p{L}\p{N}_.+\-])[\p{L}\p{N}_.+\-]+@[\p{L}\p{N}_\-]+(?:\.[\p{L}\p{N}_\-]+)+`,
      String.raw`(?:(?<![\p{L}\p{N}_])[\-+$€£¥])?\p{Nd}+(?:(?:[.,:\/٫٬\-]|[ \u00a0\u202f](?=\p{Nd}))\p{Nd}+){1,6}(?!${OF_A_WORD})`,
      String.raw`(?<![\p{L}\p{N}_])[\-+$€£¥]\p{Nd}+(?!${OF_A_WORD})`,
      `(?:${OF_A_WORD})+`,
      `[${AT_NUMBERS}]+`,
      String.raw`[^\p{L}\p{N}_\s](?:[\p{M}\p{Emoji_Modifier}]|\u200d\S)*`,
    ].join("|"),
    "gu",
  );
  const SILENT = new Set(["STYLE", "SCRIPT", "TITLE", "TEMPLATE", "NOSCRIPT"]);
  const TOO_MANY = 1500;

  // Which items of two lists are not in the other one, by Myers' method: [Set of indices, Set of indices].
  function different(a, b) {
    let start = 0;
    while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
    let endA = a.length;
    let endB = b.length;
    while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
      endA -= 1;
      endB -= 1;
    }
    const gone = new Set();
    const come = new Set();
    for (const [x, y] of edits(a.slice(start, endA), b.slice(start, endB))) {
      if (x !== null) gone.add(start + x);
      if (y !== null) come.add(start + y);
    }
    return [gone, come];
  }

  function edits(a, b) {
    const all = () => [...a.map((_, x) => [x, null]), ...b.map((_, y) => [null, y])];
    if (!a.length || !b.length) return all();
    const most = Math.min(a.length + b.length, TOO_MANY);
    const reach = new Map([[1, 0]]);
    const trace = [];
    for (let d = 0; d <= most; d += 1) {
      trace.push(new Map(reach));
      for (let k = -d; k <= d; k += 2) {
        const down = k === -d || (k !== d && reach.get(k - 1) < reach.get(k + 1));
        let x = down ? reach.get(k + 1) : reach.get(k - 1) + 1;
        while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1;
        reach.set(k, x);
        if (x >= a.length && x - k >= b.length) return backwards(trace, a.length, b.length);
      }
    }
    return all();
  }

  function backwards(trace, x, y) {
    const found = [];
    for (let d = trace.length - 1; d > 0; d -= 1) {
      const reach = trace[d];
      const k = x - y;
      const down = k === -d || (k !== d && reach.get(k - 1) < reach.get(k + 1));
      const fromX = reach.get(down ? k + 1 : k - 1);
      const fromY = fromX - (down ? k + 1 : k - 1);
      found.push(down ? [null, fromY] : [fromX, null]);
      x = fromX;
      y = fromY;
    }
    return found;
  }

  const INLINE = new Set("A ABBR B BDI BDO BIG CITE CODE DEL EM FONT I INS MARK Q S SMALL SPAN STRONG SUB SUP TIME U WBR".split(" "));
  const STYLED = new Set("B STRONG I EM U S DEL MARK CODE".split(" "));
  const ALONE = new Set("IMG HR INPUT SELECT TEXTAREA VIDEO".split(" "));
  const UNSEEN = new Set("class style tabindex title id target rel role lang dir".split(" "));
  const ALIKE = 0.3;
  const TOO_MANY_PAIRS = 2500;

  // A line across, as mail builders draw it: an empty paragraph with a border.
  const isLine = (node) => node.tagName === "HR" || (node.tagName === "P" && !node.textContent.trim() && /border/.test(node.getAttribute("style") || ""));

  // What stands for a picture that is not loaded: another address, size or frame is another picture.
  const isPicture = (node) => node.dataset !== undefined && node.dataset.image !== undefined && ALONE.has(node.tagName);

  // What a tree is read as, in order: [{element, text, words, inner}], a text or an image each.
  function blocks(root) {
    const found = [];
    const open = new Map();
    const walk = (node, holder) => {
      if (node.nodeType === 3) {
        for (const match of node.data.matchAll(WORDS)) {
          if (!match[0].trim()) continue;
          if (!open.has(holder) || open.get(holder) !== found[found.length - 1]) {
            open.set(holder, { element: holder, words: [], inner: [] });
            found.push(open.get(holder));
          }
          open.get(holder).words.push({ key: match[0], node, start: match.index, end: match.index + match[0].length });
        }
      } else if (node.nodeType === 1 && !SILENT.has(node.tagName)) {
        if (node.dataset && node.dataset.unmarked !== undefined) return;
        if (ALONE.has(node.tagName) || isLine(node) || isPicture(node)) {
          const drawn = isLine(node) ? look(node) : isPicture(node) ? `${node.dataset.image} ${node.getAttribute("aria-label")} ${look(node)}` : "";
          const key = [...["src", "alt", "value", "placeholder"].map((name) => node.getAttribute(name) || ""), drawn].join(" ");
          found.push({ element: node, alone: `<${node.tagName} ${key}`, words: [], inner: [] });
          return;
        }
        const inner = INLINE.has(node.tagName) ? holder : node;
        node.childNodes.forEach((each) => walk(each, inner));
        const last = found[found.length - 1];
        if (inner === holder && last && last.element === holder) last.inner.push(node);
      }
    };
    [...root.childNodes].forEach((each) => walk(each, root));
    for (const each of found) each.text = each.alone || each.words.map((word) => word.key).join(" ");
    return found;
  }

  // What an element looks like by itself, however it is written.
  function look(element) {
    const style = element.style ? [...element.style].map((name) => `${name}:${element.style.getPropertyValue(name)}`).sort().join(";") : "";
    // The page's own drawings look as their classes say, and keep there what is not seen; an email's may have other names.
    const isOurs = element.ownerDocument === document;
    const said = [...element.attributes]
      .filter((each) => !UNSEEN.has(each.name) && !/^(?:aria-|on)/.test(each.name) && (isOurs || each.name === "data-leads-to" || !each.name.startsWith("data-")))
      .map((each) => `${each.name}=${each.value}`)
      .sort();
    return `${STYLED.has(element.tagName) ? element.tagName : ""} ${isOurs ? element.className : ""} ${style} ${said.join(" ")}`.trim();
  }

  function likeness(one, other) {
    if (Boolean(one.alone) !== Boolean(other.alone)) return 0;
    const left = new Set(one.words.map((word) => word.key));
    const right = new Set(other.words.map((word) => word.key));
    const both = [...left].filter((key) => right.has(key)).length;
    return both / (left.size + right.size - both || 1);
  }

  // Which of the blocks that differ became which: [[old or null, new or null]].
  function partners(gone, come) {
    if (gone.length === come.length) return gone.map((each, index) => [each, come[index]]);
    const left = [...gone];
    const found = [];
    const canWeigh = come.length * gone.length < TOO_MANY_PAIRS;
    for (const each of come) {
      const weighed = canWeigh ? left.map((one) => [likeness(one, each), one]) : [];
      const [weight, best] = weighed.reduce((most, one) => (one[0] > most[0] ? one : most), [0, null]);
      const partner = weight >= ALIKE ? best : null;
      if (partner) left.splice(left.indexOf(partner), 1);
      found.push([partner, each]);
    }
    return [...found, ...left.map((each) => [each, null])];
  }

  // Which blocks differ: the longest run of equal ones stays, then those before and after it, as the sentences have it.
  function differentBlocks(left, right) {
    if (Math.max(left.length, right.length) > TOO_MANY) return different(...[left, right].map((side) => side.map((each) => each.text)));
    const [a, b] = keysOf([left, right]);
    const [gone, come] = longestRuns(a, b);
    // Place by place where as many are the same so, as where two prices were exchanged.
    const here = a.length === b.length ? [...a.keys()].filter((at) => a[at] !== b[at]) : null;
    const areValues = here && here.every((at) => !/\p{L}/u.test(left[at].text + right[at].text));
    return here && (areValues || here.length <= gone.size) ? [new Set(here), new Set(here)] : [gone, come];
  }

  function longestRuns(a, b) {
    const places = new Map();
    b.forEach((text, y) => places.set(text, [...(places.get(text) || []), y]));
    const gone = new Set(a.keys());
    const come = new Set(b.keys());
    const todo = [[0, a.length, 0, b.length]];
    while (todo.length) {
      const [fromA, toA, fromB, toB] = todo.pop();
      let best = [fromA, fromB, 0];
      let runs = new Map();
      for (let x = fromA; x < toA; x += 1) {
        const next = new Map();
        for (const y of places.get(a[x]) || []) {
          if (y < fromB || y >= toB) continue;
          const size = (runs.get(y - 1) || 0) + 1;
          next.set(y, size);
          if (size > best[2]) best = [x - size + 1, y - size + 1, size];
        }
        runs = next;
      }
      const [x, y, size] = best;
      if (!size) continue;
      for (let step = 0; step < size; step += 1) { gone.delete(x + step); come.delete(y + step); }
      todo.push([fromA, x, fromB, y], [x + size, toA, y + size, toB]);
    }
    return [gone, come];
  }

  const LABEL = 40;

  // What the columns of a table are called; nothing where its first row does not say that in few words.
  function headsOf(table) {
    const heads = [...(table.rows[0]?.cells || [])].map((each) => each.textContent.trim());
    return heads.length > 1 && new Set(heads).size === heads.length && heads.every((each) => each.length <= LABEL) ? heads : [];
  }

  // The head of the column that a block stands in, of the tables whose heads are known; empty for what is in none, or is one itself.
  function headOf(block, known) {
    const cell = block.element.closest("td, th");
    const row = cell?.closest("tr");
    const table = row?.closest("table");
    const heads = known.get(table);
    return heads && row !== table.rows[0] && row.cells.length === heads.length ? heads[cell.cellIndex] : "";
  }

  // The heads of the tables that blocks stand in.
  function tablesOf(side) {
    const tables = new Set(side.map((each) => each.element.closest("table")).filter(Boolean));
    return [...tables].map((table) => [table, headsOf(table)]).filter(([, heads]) => heads.length);
  }

  // The first row is one of heads where another version has all of them, or has only some of them: not where it is a row as others are, which came, went or moved.
  const areSameHeads = (one, other) => one.every((head) => other.includes(head)) || other.every((head) => one.includes(head));

  // What blocks are known by: their words, and their column where both versions have the table. So a new column is not taken for the one beside it.
  function keysOf(sides) {
    const tables = sides.map(tablesOf);
    return sides.map((side, at) => {
      const known = new Map(tables[at].filter(([, heads]) => tables[1 - at].some(([, others]) => areSameHeads(heads, others))));
      return side.map((each) => [each.text, headOf(each, known)].filter(Boolean).join("\n"));
    });
  }

  function pairs(left, right) {
    const [gone, come] = differentBlocks(left, right);
    const found = [];
    let x = 0;
    let y = 0;
    while (x < left.length || y < right.length) {
      const olds = [];
      const news = [];
      while (gone.has(x)) olds.push(left[x++]);
      while (come.has(y)) news.push(right[y++]);
      found.push(...partners(olds, news));
      if (x < left.length && y < right.length) found.push([left[x++], right[y++]]);
      else if (x < left.length || y < right.length) break;
    }
    return found;
  }

  function wrap(words, chosen, kind) {
    // From the end, so that a text node that is split still has its beginning where it was.
    const spans = [];
    words.forEach((word, index) => {
      if (chosen && !chosen.has(index)) return;
      const last = spans[spans.length - 1];
      if (last && last.node === word.node && !word.node.data.slice(last.end, word.start).trim()) last.end = word.end;
      else spans.push({ node: word.node, start: word.start, end: word.end });
    });
    for (const span of spans.reverse()) {
      const text = span.node.splitText(span.start);
      text.splitText(span.end - span.start);
      const made = span.node.ownerDocument.createElement(kind === "old" ? "del" : "ins");
      made.setAttribute("data-mark", kind);
      text.replaceWith(made);
      made.append(text);
    }
  }

  const outline = (element, kind) => element.setAttribute("data-mark", kind);

  // Outlines what looks different around the same words: the elements from them outwards, and those inside them.
  function outlines(found, oldRoot, newRoot) {
    const met = new Set();
    for (const [old, now] of found) {
      if (!old || !now) continue;
      let one = old.element;
      let other = now.element;
      while (one !== oldRoot && other !== newRoot && one.tagName === other.tagName && !met.has(one)) {
        met.add(one);
        if (look(one) !== look(other)) { outline(one, "old"); outline(other, "new"); }
        one = one.parentElement;
        other = other.parentElement;
      }
      const [lost, fresh] = different(old.inner.map(look), now.inner.map(look));
      lost.forEach((index) => { if (look(old.inner[index])) outline(old.inner[index], "old"); });
      fresh.forEach((index) => { if (look(now.inner[index])) outline(now.inner[index], "new"); });
    }
  }

  // Marks words with <del> and <ins>, and elements that look different around the same words with data-mark.
  function mark(oldRoot, newRoot) {
    const found = pairs(blocks(oldRoot), blocks(newRoot));
    outlines(found, oldRoot, newRoot);
    for (const [old, now] of found) {
      if (old && now && !old.alone && !now.alone) {
        const [gone, come] = different(old.words.map((each) => each.key), now.words.map((each) => each.key));
        wrap(old.words, gone, "old");
        wrap(now.words, come, "new");
      } else if (!old || !now || old.alone !== now.alone) {
        for (const [each, kind] of [[old, "old"], [now, "new"]]) {
          if (each?.alone) outline(each.element, kind);
          else if (each) wrap(each.words, null, kind);
        }
      }
    }
  }

  // Rows of a unified difference of two texts: {kind: "same" | "old" | "new", text, number}.
  function rows(oldText, newText) {
    const a = oldText === null ? [] : oldText.split("\n");
    const b = newText === null ? [] : newText.split("\n");
    const [gone, come] = different(a, b);
    const found = [];
    let x = 0;
    let y = 0;
    while (x < a.length || y < b.length) {
      if (x < a.length && gone.has(x)) found.push({ kind: "old", text: a[x], number: (x += 1) });
      else if (y < b.length && come.has(y)) found.push({ kind: "new", text: b[y], number: (y += 1) });
      else {
        found.push({ kind: "same", text: b[y], number: y + 1 });
        x += 1;
        y += 1;
      }
    }
    return found;
  }

  return { mark, rows, different };
})();
