"use strict";
// npm runs this before `npm start`, the doctor and the sandbox, also on a Node that cannot read their code.
const { existsSync } = require("node:fs");
const { join } = require("node:path");
const { engines } = require("../package.json");

const numbers = (text) => text.match(/\d+/g).map(Number);
const [major, minor] = numbers(process.version);
const [neededMajor, neededMinor] = numbers(engines.node);
const compiled = process.argv[2];

if (major < neededMajor || (major === neededMajor && minor < neededMinor)) {
  fail(`This is Node ${process.version}: avatar-bot needs Node ${neededMajor}.${neededMinor} or newer.`);
}
if (compiled !== undefined && !existsSync(join(__dirname, "..", compiled))) {
  fail("dist/ is missing. Run `npm run build`.");
}

function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
