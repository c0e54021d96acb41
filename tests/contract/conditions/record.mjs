// Asks json-logic-js and writes its answers into answers.json: a list of [condition, answer].
//
//   node record.mjs
//
// Left out are the operators that Novu replaces (`==`, `<` and their kind) or adds. A number that JSON does not have is
// told as {"number": "NaN"}, and a condition that cannot be read as {"error": true}.
import { writeFileSync } from 'node:fs';
import jsonLogic from 'json-logic-js';

const DATA = { a: { b: [{ n: 1 }, { n: 0 }, { n: 3 }] }, text: 'novu', none: null, empty: '', zero: 0, '': 'nameless', 7: 'seven' };

const VALUES = [null, true, false, 0, 1, -2.5, '', 'a', '3', ' 4 x', '1e3', '.5', '0x10', 'Infinity', [], [2], [1, 'b'], ['a', null]];
const ONE = ['!', '!!', '/', '%', 'in', '+', '-', '*', 'cat', 'min', 'max', 'merge', 'log', 'missing', 'if', 'and', 'or'];
const TWO = ['+', '-', '*', '/', '%', 'cat', 'min', 'max', 'merge', 'in', 'if', '?:', 'and', 'or'];

const items = { var: 'a.b' };
const n = { var: 'n' };
const itself = { var: '' };
const sum = { '+': [{ var: 'current' }, { var: 'accumulator' }] };
const CONDITIONS = [
  ...ONE.flatMap((name) => [{ [name]: [] }, ...VALUES.flatMap((one) => [{ [name]: [one] }, { [name]: one }])]),
  ...TWO.flatMap((name) => VALUES.flatMap((one, row) =>
    VALUES.filter((_, column) => (row * 5 + column * 3) % 4 === 0).map((other) => ({ [name]: [one, other] })))),
  ...['!', '!!', '/', '%', '-', 'log', 'var', '+', '*', 'cat', 'min', 'max', 'merge', 'and', 'or'].map((name) => ({ [name]: [3, '4', 5] })),
  // what decides what is read
  ...[[], [1], [0], [1, 2], [0, 2], [0, 2, 3], [1, 2, 3], [0, 2, 1, 4], [0, 2, 0, 4], [0, 2, 0, 4, 5], [0, 2, 1, 4, 5], [1, 2, 1, 4, 5, 6]]
    .map((values) => ({ if: values })),
  { if: [true, 'read', { nothing: 1 }] }, { if: [false, { nothing: 1 }, 'read'] }, { '?:': [1, 2, 3] },
  { and: [1, 0, { nothing: 1 }] }, { or: [0, 1, { nothing: 1 }] }, { and: [{ nothing: 1 }] }, { and: [1, { var: 'text' }] },
  // lists
  ...['filter', 'map', 'all', 'none', 'some'].flatMap((name) => [
    { [name]: [items, n] }, { [name]: [items, { '!': n }] }, { [name]: [items, { '+': [n, 1] }] }, { [name]: [items, false] },
    { [name]: [[1, 2, 3], { '%': [itself, 2] }] }, { [name]: [[], true] }, { [name]: ['text', true] },
    { [name]: [[1, 0]] }, { [name]: [{ var: 'nothing' }, true] }, { [name]: items },
  ]),
  { reduce: [[1, 2, 3], sum, 10] }, { reduce: [[1, 2, 3], sum] }, { reduce: [[], sum, { var: 'text' }] }, { reduce: ['text', sum, 4] },
  { reduce: [[1, 2]] }, { reduce: [[3, 4], { var: 'current' }, 0] }, { reduce: [[3, 4], { var: 'accumulator' }, 7] }, { reduce: ['x', sum] },
  // looking into the data
  ...['a.b.1.n', 'a.b.3.n', 'a.b.2', 'a.b.length', 'text.length', 'text.1', 'a.length', 'a.b.x', 'none', 'none.x', 'empty', 'zero', 'nothing',
    '', null, 7, 'a.b.01', 'a.b.-1', 'a..b', '.', 'zero.x', [], ['a.b.0.n'], ['a.b.9', 'other'], ['none', 'other'], ['', 'other'], [null, 'other'],
    [['a', 'b']], { cat: ['te', 'xt'] }].map((path) => ({ var: path })),
  ...[[], ['text'], ['nothing', 'text', 'none', 'empty', 'zero'], [['nothing', 'text']], [['nothing'], 'none'], ['a.b.0.n', 'a.b.9'],
    { merge: [['nothing'], 'text'] }].map((paths) => ({ missing: paths })),
  ...[[0, ['nothing']], [1, ['nothing', 'text']], [2, ['nothing', 'text']], [1, ['nothing', 'none'], 7], [2, ['text', 'zero', 'none']], [3, ['text', 'zero', 'none']]]
    .map((values) => ({ missing_some: values })),
  // texts
  ...[['jsonlogic', 4], ['jsonlogic', -5], ['jsonlogic', 1, 3], ['jsonlogic', 4, -2], ['jsonlogic', -5, 2], ['jsonlogic', 0, -4], ['jsonlogic', 9],
    ['jsonlogic', -20, 3], ['jsonlogic', 2, 0, 1], ['jsonlogic', 2, -20], [1234, 1, 2], [true, 1], ['jsonlogic']].map((values) => ({ substr: values })),
  // what is no operator
  { nothing: [1] }, { '': [1] }, {}, { a: 1, b: 2 }, [{ '+': [1, 2] }, [{ var: 'text' }]], 'text', 7, null, { '+': [{ nothing: 1 }] },
];

const told = (_, value) =>
  value === undefined ? null : typeof value === 'number' && !Number.isFinite(value) ? { number: String(value) } : value;
const answer = (condition) => {
  try {
    return jsonLogic.apply(condition, DATA) ?? null;
  } catch {
    return { error: true };
  }
};

console.log = () => {}; // of the operator "log"
const lines = CONDITIONS.map((condition) => JSON.stringify([condition, answer(condition)], told));
writeFileSync('answers.json', `{"data":${JSON.stringify(DATA)},\n"answers":[\n${[...new Set(lines)].join(',\n')}\n]}\n`);
