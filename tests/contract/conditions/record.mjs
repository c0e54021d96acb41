// Asks json-logic-js and writes its answers into answers.json: a list of [condition, answer].
//
//   node record.mjs
//   node record.mjs <query-parser.service.ts of Novu, as JavaScript and in this folder>
//
// The second asks the operators that Novu replaces (`==`, `<` and their kind) or adds, at noon UTC of 2026-01-31, and
// writes novu.json. A number that JSON does not have is told as {"number": "NaN"}, and a condition that cannot be read as
// {"error": true}.
import { writeFileSync } from 'node:fs';
import jsonLogic from 'json-logic-js';

const DATA = { a: { b: [{ n: 1 }, { n: 0 }, { n: 3 }] }, text: 'novu', none: null, empty: '', zero: 0, '': 'nameless', 7: 'seven' };

const VALUES = [null, true, false, 0, 1, -2.5, '', 'a', '3', ' 4 x', '1e3', '.5', '0x10', 'Infinity', [], [2], [1, 'b'], ['a', null]];
const ONE = ['!', '!!', '/', '%', 'in', '+', '-', '*', 'cat', 'min', 'max', 'merge', 'log', 'missing', 'if', 'and', 'or'];
const TWO = ['===', '!==', '+', '-', '*', '/', '%', 'cat', 'min', 'max', 'merge', 'in', 'if', '?:', 'and', 'or'];

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
    ['jsonlogic', -20, 3], ['jsonlogic', 2, 0, 1], ['jsonlogic', 2, -20], [1234, 1, 2], [true, 1], ['jsonlogic'],
    [null, 1], [{ a: 1, b: 2 }, 1, 3]].map((values) => ({ substr: values })),
  { cat: [{ a: 1, b: 2 }, [null, { a: 1, b: 2 }], null] }, { '!': [{ '/': [0, 0] }] }, { '!!': [{ '/': [0, 0] }] }, { if: [{ '%': [1, 0] }, 1, 2] },
  // what is no operator
  { nothing: [1] }, { '': [1] }, {}, { a: 1, b: 2 }, [{ '+': [1, 2] }, [{ var: 'text' }]], 'text', 7, null, { '+': [{ nothing: 1 }] },
];

// --- Novu's own ---

const NOON = Date.parse('2026-01-31T12:00:00Z');
const before = (milliseconds) => new Date(NOON - milliseconds).toISOString();
const COMPARED = [null, true, false, 'true', 'false', 0, 1, 5, '5', '', ' 5 ', 'a', 'A', '2026-01-01', '2026-01-31T12:00:00Z', [], [5], [1, 2]];
const MINUTE = 60_000, HOUR = 60 * MINUTE, DAY = 24 * HOUR;
const LONG = { minutes: [MINUTE, MINUTE], hours: [HOUR, HOUR], days: [DAY, DAY], weeks: [7 * DAY, DAY] };
const TIMES = ['moreThanXAgo', 'lessThanXAgo', 'withinLast', 'notWithinLast', 'exactlyXAgo'];
const NOVUS = [
  ...['==', '=', '!=', '<', '>', '<=', '>='].flatMap((name, shift) => COMPARED.flatMap((one, row) =>
    COMPARED.filter((_, column) => (row * 5 + column + shift) % 3 === 0).map((other) => ({ [name]: [one, other] })))),
  { '==': [5, 5, 6] }, { '<': [1, 2, 0] }, { '>': [2, 1, 5] }, { '>=': [2, 1, 5] }, { '==': ['2026-01-01', '2026-01-01T00:00:00Z'] },
  { '==': ['2026-01-31', '2026-01-30'] }, { '!=': ['2026-01-31', '2026-01-30'] }, { '==': ['a', 'a'] }, { '==': [[1], [1]] },
  ...[[1, 5, 9], [1, 1, 1], [5, 1, 9], [1, 10, 9], [1, 'x', 9], [1, 5, 'x'], [1, 5, 9, 0], ['2026-01-01', '2026-01-02', '2026-01-03']]
    .map((values) => ({ '<=': values })),
  ...['between', 'notBetween'].flatMap((name) => [0, 1, 5, 9, 10, 1.5, '5', null, true].map((value) => ({ [name]: [value, [1, 9]] }))
    .concat([[1], [], [1, 9, 10], ['1', 9], [1, '9'], [null, 9], 5, null, { 0: 1, 1: 9 }].map((limits) => ({ [name]: [5, limits] })))),
  ...['startsWith', 'endsWith', 'contains', 'doesNotContain', 'doesNotBeginWith', 'doesNotEndWith'].flatMap((name) =>
    [['novu', 'no'], ['novu', 'vu'], ['novu', 'ov'], ['novu', ''], ['novu', 'NO'], ['novu', null], [null, 'no'], [7, '7'], ['7', 7], ['x']]
      .map((values) => ({ [name]: values }))),
  ...['null', 'notNull'].flatMap((name) => [null, 0, '', false, [], 'x'].map((value) => ({ [name]: [value] }))),
  ...[['a', ['a', 'b']], ['c', ['a', 'b']], [1, ['1']], [1, [1]], ['a', 'ab'], ['c', 'ab'], [null, [null]], ['c', null], ['c', []], ['c']]
    .map((values) => ({ notIn: values })),
  ...TIMES.flatMap((name) => [
    ...Object.entries(LONG).flatMap(([unit, [one, tolerance]]) => [
      ...[2 * one, 2 * one + 1, 2 * one - 1, 0, -1].map((ago) => ({ [name]: [before(ago), { amount: 2, unit }] })),
      ...[one + tolerance, one + tolerance + 1, one - tolerance, one - tolerance - 1].map((ago) => ({ [name]: [before(ago), { amount: 1, unit }] })),
    ]),
    ...[[1, 'months'], [2, 'months'], [12, 'months'], [13, 'months'], [1, 'years'], [3, 'years']].flatMap(([amount, unit]) =>
      ['2025-12-31T12:00:00.000Z', '2025-12-31T11:59:59.999Z', '2025-12-01T12:00:00Z', '2025-11-30T12:00:00Z', '2025-12-29T12:00:00Z',
        '2025-01-31T12:00:00.000Z', '2025-01-31T11:59:59.999Z', '2025-01-30T12:00:00Z', '2025-01-24T12:00:00Z', '2025-01-24T11:59:59Z',
        '2024-12-31T12:00:00.000Z', '2024-12-31T11:59:59.999Z', '2023-01-31T12:00:00.000Z', '2023-01-31T11:59:59.999Z', '2023-02-07T12:00:00.001Z']
        .map((date) => ({ [name]: [date, { amount, unit }] }))),
    ...[null, NOON - HOUR, NOON - 3 * DAY, true, 'soon', '', [], ['2026-01-31'], {}].map((value) => ({ [name]: [value, { amount: 1, unit: 'days' }] })),
    ...[null, 5, 'days', {}, [1], { amount: 1 }, { unit: 'days' }, { amount: 0, unit: 'days' }, { amount: -1, unit: 'days' }, { amount: '1', unit: 'days' },
      { amount: 1, unit: 'day' }, { amount: 1, unit: 'eons' }, { amount: 1, unit: null }].map((ago) => ({ [name]: [before(HOUR), ago] })),
    { [name]: [before(HOUR)] }, { [name]: [before(HOUR), { amount: 1, unit: 'days' }, 'more'] },
  ]),
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
const write = (file, conditions) => {
  const lines = conditions.map((condition) => JSON.stringify([condition, answer(condition)], told));
  writeFileSync(file, `{"data":${JSON.stringify(DATA)},\n"answers":[\n${[...new Set(lines)].join(',\n')}\n]}\n`);
};
if (process.argv[2]) {
  const RealDate = Date;
  globalThis.Date = class extends RealDate {
    constructor(...given) {
      super(...(given.length ? given : [NOON]));
    }
  };
  await import(`./${process.argv[2]}`);
  write('novu.json', NOVUS);
} else write('answers.json', CONDITIONS);
