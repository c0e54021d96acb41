// Asks every case in cases/*.json again and writes the answers beside the questions.
'use strict';

const { readdirSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { answerControls, answerTemplate } = require('./answers.cjs');

const folder = join(__dirname, 'cases');

(async () => {
  let count = 0;
  for (const name of readdirSync(folder).filter((name) => name.endsWith('.json')).sort()) {
    const file = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    const cases = [];
    for (const { template, controls } of file.cases) {
      const question = controls === undefined ? { template } : { controls };
      const answer = await (controls === undefined ? answerTemplate : answerControls)({ ...question, data: file.data });
      cases.push({ ...question, ...answer });
    }
    // One case a line, so that a changed answer is a changed line.
    const lines = cases.map((each) => `    ${JSON.stringify(each)}`).join(',\n');
    const head = JSON.stringify({ about: file.about, data: file.data }, null, 2).slice(0, -2);
    writeFileSync(join(folder, name), `${head},\n  "cases": [\n${lines}\n  ]\n}\n`);
    count += cases.length;
  }
  console.log(`${count} cases recorded`);
})();
