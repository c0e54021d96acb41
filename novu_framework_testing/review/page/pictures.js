// The pictures of an email, before and after: side by side with what differs outlined, and one over the other.
"use strict";

const Pictures = (() => {
  const { h } = Previews;
  const KINDS = { changed: "looks different", moved: "moved", added: "is new", removed: "is gone" };

  function outlined(picture, marks, side) {
    const boxes = marks.filter((mark) => mark[side]).map((mark) => {
      const [x, y, width, height] = mark[side];
      const box = h(`i.outline.outline-${mark[0]}`, { "aria-hidden": "true", title: KINDS[mark[0]] });
      const across = (value) => `${(100 * value) / picture.width}%`;
      const down = (value) => `${(100 * value) / picture.height}%`;
      Object.assign(box.style, { left: across(x), top: down(y), width: across(width), height: down(height) });
      return box;
    });
    return boxes;
  }

  function image(picture, words) {
    return h("img", { src: picture.url, width: picture.width, height: picture.height, alt: words });
  }

  function side(each, name, caption) {
    const picture = each[name];
    if (!picture) return h("figure.picture", {}, h("figcaption", {}, caption), h("p.nothing", {}, "No picture."));
    const marks = outlined(picture, each.marks, name === "old" ? 1 : 2);
    const count = marks.length === 1 ? "1 part is outlined" : `${marks.length} parts are outlined`;
    return h("figure.picture", {},
      h("figcaption", {}, caption),
      h("div.picture-frame", { tabindex: "0", role: "group", "aria-label": `${caption}, ${each.view}` },
        h("div.picture-sheet", {}, image(picture, `The email ${name === "old" ? "before" : "after"} (${each.view}); ${count}: ${each.summary}`), marks)));
  }

  function over(each) {
    const after = image(each.new, `The email after (${each.view}), over the one before`);
    const slider = h("input", { type: "range", min: "0", max: "100", value: "50", "aria-label": `How much of the picture after shows (${each.view})`,
      oninput: (event) => { after.style.opacity = event.target.value / 100; } });
    after.style.opacity = 0.5;
    return h("details.picture-over", {}, h("summary", {}, "One over the other"),
      h("label.picture-slider", {}, "Before", slider, "After"),
      h("div.picture-frame", { tabindex: "0", role: "group", "aria-label": `Both pictures, ${each.view}` },
        h("div.picture-sheet", {}, image(each.old, `The email before (${each.view})`), h("div.picture-top", {}, after))));
  }

  // Shows `pictures` of a change, or nothing where none differ; `level` is that of the heading.
  function show(pictures, level = 3) {
    if (!pictures || !pictures.length) return null;
    return h("section.pictures", { "aria-label": "Pictures" }, h(`h${level}`, {}, "Pictures"),
      pictures.map((each) => h("section.picture-view", { "aria-label": `Pictures, ${each.view}` },
        h(`h${level + 1}`, {}, each.view), h("p.picture-summary", {}, each.summary),
        h("div.picture-sides", {}, side(each, "old", "Before"), side(each, "new", "After")),
        each.old && each.new ? over(each) : null)));
  }

  return { show };
})();
