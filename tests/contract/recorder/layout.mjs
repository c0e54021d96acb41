// JSON that a person reads and that differs line by line: what fits on a line is on one.

const WIDTH = 110;

export function layOut(value, indent = 0) {
  const flat = inline(value);
  if (value === null || typeof value !== 'object' || indent * 2 + flat.length <= WIDTH) return flat;
  const inner = '  '.repeat(indent + 1);
  const lines = Array.isArray(value)
    ? value.map((item) => inner + layOut(item, indent + 1))
    : Object.entries(value).map(([key, item]) => `${inner}${JSON.stringify(key)}: ${layOut(item, indent + 1)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${lines.join(',\n')}\n${'  '.repeat(indent)}${close}`;
}

function inline(value) {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  const pairs = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${inline(item)}`);
  return pairs.length ? `{ ${pairs.join(', ')} }` : '{}';
}
