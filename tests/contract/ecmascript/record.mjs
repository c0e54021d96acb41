// Asks Node for JavaScript's answers and writes them into answers.json: for each rule a list of [input..., answer].
//
//   node record.mjs
//
// The inputs are the edges of each rule and, by a fixed seed, random ones. Doubles are told by their bits (16
// hexadecimal digits), and JSON values by a text, so that nothing is lost on the way.
import { writeFileSync } from 'node:fs';

let state = 20_260_101;
const random = () => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 2 ** 32;
};
const below = (count) => Math.floor(random() * count);
const pick = (options) => options[below(options.length)];
const many = (count, make) => Array.from({ length: count }, (_, index) => make(index));

const view = new DataView(new ArrayBuffer(8));
const bitsOf = (number) => {
  view.setFloat64(0, number);
  return view.getBigUint64(0).toString(16).padStart(16, '0');
};
const randomDouble = () => {
  view.setUint32(0, below(2 ** 32));
  view.setUint32(4, below(2 ** 32));
  return view.getFloat64(0);
};
const digits = (count) => many(count, () => below(10)).join('');

const doubles = [
  0, -0, 1, -1, 0.5, 1 / 3, NaN, Infinity, -Infinity, Number.MAX_VALUE, Number.MIN_VALUE, Number.EPSILON,
  2 ** -1022, 2 ** -1074 * 3, 2 ** 53 - 1, 2 ** 53, 2 ** 53 + 2, -(2 ** 53) - 2, 123456789012345680000, 1e21, 1e-6, 1e-7,
  ...many(45, (index) => 10 ** (index - 22)),
  ...many(45, (index) => 1.25 * 10 ** (index - 22)),
  ...many(60, (index) => 2 ** (index * 36 - 1074)),
  ...many(80, randomDouble),
  ...many(80, () => (random() - 0.5) * 10 ** below(25)),
  ...many(40, () => Math.round((random() - 0.5) * 10 ** below(8)) / 100),
];
const integers = [
  '9007199254740991', '9007199254740992', '9007199254740993', '-9007199254740993', '9223372036854775807',
  '18446744073709551616', '1' + '0'.repeat(20), '1' + '0'.repeat(21), '9'.repeat(308), '9'.repeat(309), '-' + '9'.repeat(400),
  ...many(60, () => pick(['', '-']) + (1 + below(9)) + digits(below(40))),
];

const blanks = ['\t', '\n', '\v', '\f', '\r', ' ', '\x1c', '\x1f', '\x85', '\xa0', '\u1680', '\u180e', '\u2000', '\u200a',
  '\u200b', '\u2028', '\u2029', '\u202f', '\u205f', '\u2060', '\u3000', '\ufeff'];
const blank = () => many(below(3), () => pick(blanks)).join('');
const numberPieces = ['0', '1', '9', '12', '007', '.', '-', '+', 'e', 'E', 'e5', 'e-3', '.5', '5.', '0x', '0X1f', '0b101', '0B2',
  '0o17', '0o8', 'Infinity', 'infinity', 'NaN', '_', 'n', ' ', '\u0661', '\uff11', ','];
const numbersWritten = [
  '', ' ', '0', '-0', '+0', '1.', '.1', '.', '-', '+', '1e', '1e5', '1E+5', '1e-400', '1e400', '-1e400', '0x', '0x10', '-0x10',
  '0XfF', '0b', '0b11', '0b12', '0o17', '0o8', '017', '1_000', '1n', 'Infinity', '-Infinity', '+Infinity', 'infinity', 'inf',
  'nan', 'NaN', '1 2', '1\u00a0', '\ufeff1', '\x851', '\x1c1', '\u180e1', '\u0661', '1,5', '0x1.8', '1e5.5', '--1', '+-1',
  '9007199254740993', '0x20000000000001', '0x' + 'f'.repeat(300), '1'.repeat(400), '0.' + '0'.repeat(400) + '1',
  ...many(150, () => many(1 + below(4), () => pick(numberPieces)).join('')),
  ...many(100, () => blank() + pick(['', '-', '+']) + digits(below(20)) + pick(['', '.' + digits(below(20))]) + blank()),
];

const characters = [...blanks, 'a', 'Z', '0', '"', '\\', '/', '\b', '\x00', '\x7f', 'é', '\u2028', '中', '\u{1f600}', '\u{10ffff}',
  '\ud83d', '\ude00', '\ud800', '\udfff', '\uffff', '\ue000'];
const text = () => many(below(8), () => pick(characters)).join('');
const key = () => pick([
  text, () => String(below(30)), () => '0' + below(5), () => '-' + below(3), () => '1.5', () => pick(['a', 'b', '', ':', '/', '9x']),
  () => pick(['4294967294', '4294967295', '4294967296', '9'.repeat(30)]),
])();
const numberText = () => pick(['0', '-0', '1.0', '1e3', '0.1', '1e21', '1e-7', '1e400', '12345678901234567890', '2.50', String(below(100))]);
const quoted = (value) => JSON.stringify(value);
function jsonText(depth) {
  const kind = depth > 0 ? below(7) : below(5);
  if (kind < 2) return numberText();
  if (kind < 4) return quoted(text());
  if (kind === 4) return pick(['null', 'true', 'false']);
  if (kind === 5) return `[${many(below(4), () => jsonText(depth - 1)).join(',')}]`;
  return `{${[...new Set(many(below(6), key))].map((name) => `${quoted(name)}:${jsonText(depth - 1)}`).join(',')}}`;
}
const jsonTexts = ['[]', '{}', '[[],{}]', '{"a":{},"b":[]}', ...many(300, () => jsonText(4))];

const strings = many(250, text);

function deeplyEqual(left, right) {
  if (left === null || right === null || typeof left !== 'object' || typeof right !== 'object') {
    return left === right || (left !== left && right !== right);
  }
  const names = Object.keys(left);
  return Array.isArray(left) === Array.isArray(right) && names.length === Object.keys(right).length
    && names.every((name) => Object.hasOwn(right, name) && deeplyEqual(left[name], right[name]));
}
const values = ['1', '1.0', 'true', 'false', '0', '-0', '""', 'null', '[]', '{}', '[1]', '[true]', '[[1]]', '{"a":1}', '{"a":1.0}',
  '{"a":true}', '{"b":1}', '{"a":1,"b":2}', '{"b":2,"a":1}', '"a"', '9007199254740992', '9007199254740993', '1e400', '2e400',
  '["a",{"x":[0]}]', '["a",{"x":[false]}]'];
const pairs = values.flatMap((left) => values.map((right) => [left, right]));

const answers = {
  numberText: doubles.map((number) => [bitsOf(number), String(number)]),
  integerText: integers.map((digits) => [digits, String(Number(BigInt(digits)))]),
  isInteger: doubles.map((number) => [bitsOf(number), Number.isInteger(number)]),
  textToNumber: numbersWritten.map((written) => [written, bitsOf(Number(written))]),
  toJson: jsonTexts.flatMap((written) => ['', '  ', '\t'].map((indent) => [written, indent, JSON.stringify(JSON.parse(written), null, indent)])),
  orderedKeys: many(200, () => [...new Set(many(below(12), key))]).map((names) => [names, Object.keys(Object.fromEntries(names.map((name) => [name, 1])))]),
  trim: [...strings, ...blanks.map((character) => `${character}a${character}`)].map((string) => [string, string.trim()]),
  length: strings.map((string) => [string, string.length]),
  units: strings.map((string) => [string, Array.from({ length: string.length }, (_, index) => string.charCodeAt(index))]),
  less: strings.map((string) => [string, text()]).map(([left, right]) => [left, right, left < right]),
  equal: pairs.map(([left, right]) => [left, right, deeplyEqual(JSON.parse(left), JSON.parse(right))]),
};

const lines = Object.entries(answers).map(([rule, list]) => `"${rule}": [\n${list.map((entry) => JSON.stringify(entry)).join(',\n')}\n]`);
writeFileSync(new URL('answers.json', import.meta.url), `{\n${lines.join(',\n')}\n}\n`);
