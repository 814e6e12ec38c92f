#!/usr/bin/env node
import { main } from '../dist/conformance/index.js';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 17)) {
  console.error(`sevenfold-verify needs Node 22.17 or later, this is ${process.versions.node}.`);
  process.exit(2);
}
process.exit(await main(process.argv.slice(2), (text) => console.log(text), (text) => console.error(text)));
