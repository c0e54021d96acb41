// Answers questions on stdin, one JSON object a line ({template, data} or {controls, data}), one answer a line.
'use strict';

const { createInterface } = require('node:readline');
const { answerControls, answerTemplate } = require('./answers.cjs');

(async () => {
  for await (const line of createInterface({ input: process.stdin })) {
    const question = JSON.parse(line);
    const answer = await ('controls' in question ? answerControls(question) : answerTemplate(question));
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
})();
