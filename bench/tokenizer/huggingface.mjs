// Tokenises a text with Hugging Face's tokenizers from npm: node huggingface.mjs MODULES DIRECTORY TEXT[.gz] [seconds]
// MODULES is a folder with node_modules, DIRECTORY holds tokenizer.json and tokenizer_config.json.
//   @huggingface/tokenizers  pure JavaScript, one text a call
//   tokenizers               the Rust library with its Node binding, whole batches; it works out offsets as well
import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { createRequire } from 'node:module';
import path from 'node:path';

const [modules, directory, textPath, secondsText] = process.argv.slice(2);
const seconds = Number(secondsText ?? 3);
const require = createRequire(path.resolve(modules, 'package.json'));
const json = file => JSON.parse(readFileSync(file, 'utf8'));

const raw = readFileSync(textPath);
const lines = (textPath.endsWith('.gz') ? gunzipSync(raw) : raw).toString('utf8').replace(/\n$/, '').split(/\r?\n/);
const characters = lines.reduce((sum, line) => sum + line.length, 0);
const bytes = lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0);

/** FNV-1a over the ids, as TokenizerBench prints it: equal numbers mean equal pieces. */
function hashOf(rows) {
  let hash = 0x811c9dc5, pieces = 0;
  for (const ids of rows) {
    for (const id of ids) hash = Math.imul(hash ^ id, 0x01000193) >>> 0;
    pieces += ids.length;
  }
  return `${pieces} pieces, hash ${hash.toString(16).padStart(8, '0')}`;
}

/** Prints the median and best of several passes after the one that made the hash, and the mean over processor time. */
async function measure(name, hash, pass) {
  const times = [];
  const before = process.cpuUsage();
  for (const start = performance.now(); performance.now() - start < seconds * 1000 || times.length < 3;) {
    const one = performance.now();
    await pass();
    times.push((performance.now() - one) / 1000);
  }
  const used = process.cpuUsage(before);
  const processor = (used.user + used.system) / 1e6 / times.length;
  times.sort((a, b) => a - b);
  const median = times[times.length >> 1];
  console.log(`${name}: ${hash}; ${times.length} passes; median ${(median * 1e3).toFixed(1)} ms = ${(bytes / median / 1e6).toFixed(1)} MB/s, ${(characters / median / 1e6).toFixed(1)} M characters/s, ${(lines.length / median).toFixed(0)} texts/s; best ${(bytes / times[0] / 1e6).toFixed(1)} MB/s; per processor second ${(bytes / processor / 1e6).toFixed(1)} MB`);
}

const version = name => json(path.resolve(modules, 'node_modules', name, 'package.json')).version;
console.log(`Node ${process.versions.node}, Unicode ${process.versions.unicode}`);

const { Tokenizer } = require('@huggingface/tokenizers');
const js = new Tokenizer(json(path.join(directory, 'tokenizer.json')), json(path.join(directory, 'tokenizer_config.json')));
const plain = { add_special_tokens: false };
await measure(`@huggingface/tokenizers ${version('@huggingface/tokenizers')}, encode, 1 thread`,
  hashOf(lines.map(line => js.encode(line, plain).ids)), () => { for (const line of lines) js.encode(line, plain); });

if (existsSync(path.resolve(modules, 'node_modules/tokenizers'))) {
  const rust = require('tokenizers').Tokenizer.fromFile(path.join(directory, 'tokenizer.json'));
  const batch = () => rust.encodeBatch(lines, { addSpecialTokens: false });
  const hash = hashOf((await batch()).map(encoding => encoding.getIds()));
  await measure(`tokenizers ${version('tokenizers')} (Rust), encodeBatch, all threads`, hash, batch);
}
