// Finds what differs between two trees of elements, word by word, and marks it in both.
"use strict";

const Marks = (() => {
  // What is seen as one sign, such as a family in emoji, is one: half of it cannot be marked.
  const WORDS = /\s+|[\p{L}\p{N}\p{M}_]+|[^\p{L}\p{N}_\s](?:[\p{M}\p{Emoji_Modifier}]|\u200d\S)*/gu;
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

  // The words and the elements of a tree, in order. An element counts by its tag and attributes.
  function tokens(root) {
    const found = [];
    const walk = (node) => {
      if (node.nodeType === 3) {
        for (const match of node.data.matchAll(WORDS)) {
          if (match[0].trim()) found.push({ key: match[0], node, start: match.index, end: match.index + match[0].length });
        }
      } else if (node.nodeType === 1 && !SILENT.has(node.tagName)) {
        if (node.dataset && node.dataset.unmarked !== undefined) return;
        const said = [...node.attributes]
          .filter((each) => !["class", "tabindex", "title", "id"].includes(each.name) && !each.name.startsWith("aria-"))
          .map((each) => `${each.name}=${each.value}`)
          .sort();
        found.push({ key: `<${node.tagName} ${said.join(" ")}`, element: node, said: said.length > 0 });
        node.childNodes.forEach(walk);
      }
    };
    [...root.childNodes].forEach(walk);
    return found;
  }

  function wrap(document, list, chosen, kind) {
    // From the end, so that a text node that is split still has its beginning where it was.
    const spans = [];
    list.forEach((token, index) => {
      if (!chosen.has(index)) return;
      if (token.element) {
        if (token.said) token.element.setAttribute("data-mark", kind);
        return;
      }
      const last = spans[spans.length - 1];
      if (last && last.node === token.node && !token.node.data.slice(last.end, token.start).trim()) last.end = token.end;
      else spans.push({ node: token.node, start: token.start, end: token.end });
    });
    for (const span of spans.reverse()) {
      const text = span.node.splitText(span.start);
      text.splitText(span.end - span.start);
      const mark = document.createElement(kind === "old" ? "del" : "ins");
      mark.setAttribute("data-mark", kind);
      text.replaceWith(mark);
      mark.append(text);
    }
  }

  // Marks words with <del> and <ins>, and elements whose attributes differ with data-mark.
  function mark(oldRoot, newRoot) {
    const left = tokens(oldRoot);
    const right = tokens(newRoot);
    const [gone, come] = different(left.map((each) => each.key), right.map((each) => each.key));
    wrap(oldRoot.ownerDocument, left, gone, "old");
    wrap(newRoot.ownerDocument, right, come, "new");
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
