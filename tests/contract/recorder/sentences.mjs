// Writes what tells the package's sentences again, and none of them: for each sentence of eight words or more (in a
// string, a comment or the README) the start of a hash of its first eight words.
//   node sentences.mjs

import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const WORDS = 8;
const HERE = path.dirname(fileURLToPath(import.meta.url));
const PACKAGE = path.join(HERE, 'node_modules', '@novu', 'framework');
const TEXTS = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g;
const ENDS = /[.!?:;](?:\s|$|["'`)])|\n\s*\n|\$\{|\}/;

const hashes = new Set();

function add(text) {
  for (const sentence of text.replaceAll(/\\[nrt]/g, ' ').replaceAll(/^\s*\*/gm, ' ').split(ENDS)) {
    const words = sentence.toLowerCase().match(/[a-z0-9]+/g) ?? [];
    const isProse = (sentence.trim().match(/\s+/g) ?? []).length >= WORDS - 1; // code has few blanks
    if (words.length < WORDS || !isProse) continue;
    hashes.add(createHash('md5').update(words.slice(0, WORDS).join(' ')).digest('hex').slice(0, 12));
  }
}

for (const file of await readdir(PACKAGE, { recursive: true })) {
  if (!/\.(?:[cm]?[jt]s|md)$/.test(file)) continue;
  const text = await readFile(path.join(PACKAGE, file), 'utf8');
  for (const part of file.endsWith('.md') ? [text] : text.match(TEXTS) ?? []) add(part);
}
const { version } = JSON.parse(await readFile(path.join(PACKAGE, 'package.json'), 'utf8'));
const lines = [`@novu/framework ${version}`, ...[...hashes].sort()];
await writeFile(path.join(HERE, '..', 'sentences.txt'), `${lines.join('\n')}\n`);
console.log(`${hashes.size} sentences`);
