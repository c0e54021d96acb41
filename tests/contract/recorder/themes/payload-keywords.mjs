// Every JSON Schema keyword over a payload: what is refused, with which words, what is filled in and what is dropped.

import { discover, execute, health, preview } from '../requests.mjs';

const string = { type: 'string' };
const closed = (properties, rest = {}) => ({ type: 'object', properties, additionalProperties: false, ...rest });

// name: [schema of the payload's `v`, values to try]; undefined leaves `v` out.
const KEYWORDS = {
  string: [string, ['text', '', 5, null, ['a'], undefined]],
  number: [{ type: 'number' }, [1, 1.5, -0.25, 1e21, '1', null, true]],
  integer: [{ type: 'integer' }, [3, 3.5, '3', 1e300]],
  boolean: [{ type: 'boolean' }, [true, false, 'true', 0]],
  null: [{ type: 'null' }, [null, 0, '']],
  'several-types': [{ type: ['string', 'number'] }, ['a', 1, true, null]],
  nullable: [{ type: 'string', nullable: true }, ['a', null, 1]],
  enum: [{ type: 'string', enum: ['red', 'green', 'blue'] }, ['red', 'pink', 5]],
  'enum-mixed': [{ enum: [1, 'one', null, { a: [1] }] }, [1, 'one', null, { a: [1] }, { a: [2] }]],
  const: [{ const: 'fixed' }, ['fixed', 'other', null]],
  'length': [{ type: 'string', minLength: 2, maxLength: 4 }, ['a', 'ab', 'abcd', 'abcde', '👍', '👍👍']],
  pattern: [{ type: 'string', pattern: '^[A-Z]{2}-\\d+$' }, ['AB-12', 'ab-12', 'AB-12x']],
  range: [{ type: 'number', minimum: 1, maximum: 10 }, [1, 0.5, 10, 10.5]],
  'exclusive-range': [{ type: 'number', exclusiveMinimum: 1, exclusiveMaximum: 10 }, [1, 1.01, 10]],
  'multiple-of': [{ type: 'number', multipleOf: 0.5 }, [1.5, 1.3, 0]],
  items: [{ type: 'array', items: string, minItems: 1, maxItems: 3 }, [['a'], [], ['a', 'b', 'c', 'd'], ['a', 2], 'a', {}]],
  'unique-items': [{ type: 'array', uniqueItems: true }, [[1, 2], [1, 1], [{ a: 1 }, { a: 1 }], [1, '1']]],
  contains: [{ type: 'array', contains: { type: 'number' } }, [['a', 1], ['a']]],
  tuple: [{ type: 'array', items: [string, { type: 'number' }], minItems: 2, additionalItems: false }, [['a', 1], ['a', 'b'], ['a', 1, 2], ['a']]],
  nested: [closed({ a: closed({ b: closed({ c: string }, { required: ['c'] }) }) }), [{ a: { b: { c: 'deep' } } }, { a: { b: {} } }, { a: { b: { c: 1 } } }, { a: { x: 1, b: { c: 'd', y: 2 } } }]],
  required: [closed({ a: string, b: string, c: string }, { required: ['a', 'b'] }), [{ a: '1', b: '2' }, { a: '1' }, {}, { a: '1', b: '2', c: 3 }]],
  'additional-dropped': [closed({ a: string }), [{ a: '1' }, { a: '1', z: 1, y: { x: 2 } }, { z: 1 }]],
  'additional-schema': [{ type: 'object', additionalProperties: { type: 'number' } }, [{ a: 1 }, { a: 1, b: 'x' }]],
  'additional-kept': [{ type: 'object', properties: { a: string }, additionalProperties: true }, [{ a: '1', z: [1] }]],
  'additional-unsaid': [{ type: 'object', properties: { a: string } }, [{ a: '1', z: [1] }]],
  'pattern-properties': [{ type: 'object', patternProperties: { '^x-': string }, additionalProperties: false }, [{ 'x-a': 'b' }, { 'x-a': 1 }, { y: 1, 'x-b': 'c' }]],
  'property-names': [{ type: 'object', propertyNames: { pattern: '^[a-z]+$' } }, [{ ok: 1 }, { 'Not Ok': 1 }]],
  'property-count': [{ type: 'object', minProperties: 1, maxProperties: 2 }, [{}, { a: 1 }, { a: 1, b: 2, c: 3 }]],
  dependencies: [{ type: 'object', properties: { card: string, cvc: string }, dependentRequired: { card: ['cvc'] } }, [{ card: '1', cvc: '2' }, { card: '1' }, {}]],
  'any-of': [{ anyOf: [{ type: 'string' }, { type: 'number', minimum: 5 }] }, ['a', 7, 3, null]],
  'one-of': [{ oneOf: [{ type: 'number', minimum: 5 }, { type: 'number', maximum: 7 }] }, [3, 6, 9, 'x']],
  'one-of-objects': [{ oneOf: [closed({ kind: { const: 'card' }, number: string }, { required: ['kind', 'number'] }), closed({ kind: { const: 'iban' }, iban: string }, { required: ['kind', 'iban'] })] }, [{ kind: 'card', number: '1' }, { kind: 'iban', iban: 'DE' }, { kind: 'card', iban: 'DE' }, { kind: 'cash' }, {}]],
  'all-of': [{ allOf: [{ type: 'object', properties: { a: string }, required: ['a'] }, { type: 'object', properties: { b: string }, required: ['b'] }] }, [{ a: '1', b: '2' }, { a: '1' }, { b: '2' }]],
  not: [{ not: { type: 'string' } }, [1, 'a']],
  'if-then-else': [{ type: 'object', properties: { country: string, zip: string }, if: { properties: { country: { const: 'US' } } }, then: { properties: { zip: { pattern: '^\\d{5}$' } } }, else: { properties: { zip: { maxLength: 3 } } } }, [{ country: 'US', zip: '12345' }, { country: 'US', zip: 'x' }, { country: 'DE', zip: '12345' }, { country: 'DE', zip: '1' }]],
  'defaults': [closed({ a: { type: 'string', default: 'A' }, n: { type: 'number', default: 7 }, l: { type: 'array', items: string, default: ['x'] }, o: closed({ p: { type: 'boolean', default: true } }, { default: {} }), z: { type: 'string', nullable: true, default: null } }), [{}, { a: 'given' }, { o: {} }, { l: [] }, { a: null }]],
  'default-of-wrong-type': [closed({ a: { type: 'string', default: 5 } }), [{}, { a: 'x' }]],
  'default-in-any-of': [{ anyOf: [{ type: 'object', properties: { a: { type: 'string', default: 'A' } } }, { type: 'string' }] }, [{}, 'x']],
  'default-in-items': [{ type: 'array', items: closed({ q: { type: 'integer', default: 1 }, sku: string }, { required: ['sku'] }) }, [[{ sku: 'a' }], [{ sku: 'a', q: 2, extra: 1 }, {}]]],
  refs: [{ $ref: '#/definitions/node' }, [{ name: 'root', children: [{ name: 'leaf', children: [] }] }, { name: 'root', children: [{ children: [] }] }, { name: 1 }]],
};

const FORMATS = {
  email: ['ann@acme.test', 'ann', 'ann@', 'ünï@acme.test'],
  uri: ['https://acme.test/a?b=c#d', 'acme.test', 'mailto:ann@acme.test', '/path'],
  url: ['https://acme.test', 'acme', 'ftp://acme.test/file'],
  'date-time': ['2026-01-01T10:00:00Z', '2026-01-01T10:00:00.123+02:00', '2026-01-01', '2026-02-30T10:00:00Z', '2026-01-01 10:00:00Z'],
  date: ['2026-02-28', '2026-02-30', '2024-02-29', '26-1-1'],
  time: ['10:00:00Z', '10:00:00', '25:00:00Z'],
  uuid: ['f81d4fae-7dec-11d0-a765-00a0c91e6bf6', 'f81d4fae'],
  ipv4: ['127.0.0.1', '256.0.0.1'],
  ipv6: ['::1', '1::2::3'],
  hostname: ['acme.test', '-acme', 'a'.repeat(64)],
  duration: ['P3D', 'PT1H30M', '3 days'],
  'uri-reference': ['/a/b', 'http://[', '#x'],
  regex: ['^a+$', '['],
  'json-pointer': ['/a/0', 'a'],
  unknown: ['anything'],
};

const DEFINITIONS = {
  refs: { definitions: { node: { type: 'object', properties: { name: string, children: { type: 'array', items: { $ref: '#/definitions/node' } } }, required: ['name'] } } },
};

const described = [];
const exchanges = [discover(), health()];

const echo = { stepId: 'echo', type: 'custom', outputSchema: { type: 'object', additionalProperties: true }, outputs: { v: { $: 'payload.v' } } };

for (const [keyword, [schema, values]] of Object.entries(KEYWORDS)) {
  const workflowId = `payload-${keyword}`;
  described.push({
    workflowId,
    payloadSchema: { type: 'object', properties: { v: schema }, required: ['v'], additionalProperties: false, ...DEFINITIONS[keyword] },
    steps: [echo],
  });
  for (const v of values) {
    const payload = v === undefined ? {} : { v };
    exchanges.push(execute(workflowId, 'echo', { payload }, `${keyword}: ${JSON.stringify(v)?.slice(0, 60) ?? 'absent'}`));
  }
  if (!['refs', 'not', 'pattern', 'default-in-any-of', 'dependencies', 'unique-items', 'if-then-else', 'property-count', 'property-names', 'pattern-properties', 'multiple-of', 'exclusive-range', 'one-of'].includes(keyword)) {
    exchanges.push(preview(workflowId, 'echo', { payload: undefined }, `${keyword}: previewed without a payload`));
  }
}

for (const [format, values] of Object.entries(FORMATS)) {
  const workflowId = `payload-format-${format}`;
  described.push({
    workflowId,
    payloadSchema: { type: 'object', properties: { v: { type: 'string', format } }, additionalProperties: false },
    steps: [echo],
  });
  for (const v of values) exchanges.push(execute(workflowId, 'echo', { payload: { v } }, `format ${format}: ${v.slice(0, 40)}`));
}

export default {
  name: 'payload-keywords',
  about: 'JSON Schema keywords and formats over a payload: refusals, defaults, dropped properties, made-up values.',
  described,
  exchanges,
};
