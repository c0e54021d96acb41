// Makes texts whole whose pieces are kept once.
"use strict";

const Shared = {
  restore(value, pieces) {
    if (Array.isArray(value)) return value.map((each) => Shared.restore(each, pieces));
    if (value === null || typeof value !== "object") return value;
    if (Array.isArray(value.$)) return value.$.map((place) => pieces[place]).join("");
    if (value.$) value = value.$;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, Shared.restore(each, pieces)]));
  },
};
