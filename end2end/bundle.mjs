// Checks the island bundle: node end2end/bundle.mjs FOLDER BYTES
//
// All files together, each with brotli at quality 11, must fit, and the wasm must be valid
// without features that only the newest browsers have.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

const [folder, budget] = process.argv.slice(2);
let total = 0;
for (const name of readdirSync(folder).sort()) {
  const bytes = readFileSync(join(folder, name));
  const small = brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  }).length;
  total += small;
  console.log(`${name}: ${bytes.length} bytes, ${small} with brotli`);
  if (name.endsWith('.wasm') && !WebAssembly.validate(bytes)) {
    console.error(`${name} is not valid WebAssembly for V8 ${process.versions.v8}`);
    process.exitCode = 1;
  }
}
console.log(`island bundle: ${total} of ${budget} bytes with brotli`);
if (total > Number(budget)) {
  console.error('The island bundle is over its budget.');
  process.exitCode = 1;
}
