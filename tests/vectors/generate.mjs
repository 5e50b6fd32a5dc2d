// Writes the JSON files of this folder (README.md). Run: npm ci && npm run generate
import { readFileSync, writeFileSync } from 'node:fs';
import * as ethereum from './ethereum.mjs';
import * as bitcoin from './bitcoin.mjs';
import * as hashes from './hashes.mjs';
import * as keys from './keys.mjs';
import * as bls from './bls.mjs';

const files = { ...hashes, ...ethereum, ...bitcoin, ...keys, ...bls };
const made = JSON.parse(readFileSync(new URL('package.json', import.meta.url))).dependencies;

for (const [what, generate] of Object.entries(files)) {
  const name = what.replace(/[A-Z]/g, (letter) => '-' + letter.toLowerCase());
  // One case per line: a changed case is a changed line.
  const cases = generate().map((c) => '    ' + JSON.stringify(c, (_, v) => (typeof v === 'bigint' ? v.toString() : v)));
  const source = JSON.stringify(made);
  writeFileSync(new URL(`${name}.json`, import.meta.url), `{\n  "source": ${source},\n  "cases": [\n${cases.join(',\n')}\n  ]\n}\n`);
  console.log(`${name}.json: ${cases.length} cases`);
}
