// A recording has to come out the same every time, so time stands still and chance is seeded.
// Imported before the package, since what it bundles may keep its own reference to Math.random.

export const NOW = Date.UTC(2026, 0, 1);

const RealDate = Date;

globalThis.Date = class Date extends RealDate {
  constructor(...args) {
    super(...(args.length ? args : [NOW]));
  }
  static now() {
    return NOW;
  }
};

let state = 1;

/** Start the sequence of random numbers that belongs to `text` and `attempt`. */
export function seed(text, attempt) {
  state = 2166136261 ^ Math.imul(attempt + 1, 2654435761);
  for (let i = 0; i < text.length; i++) state = Math.imul(state ^ text.charCodeAt(i), 16777619);
}

Math.random = () => {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};
