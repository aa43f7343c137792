// Tokenises the same text with npm's @huggingface/tokenizers: node huggingface.mjs MODULES DIRECTORY TEXT[.gz] [seconds]
// MODULES is a folder with node_modules, DIRECTORY holds tokenizer.json and tokenizer_config.json.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { createRequire } from 'node:module';
import path from 'node:path';

const [modules, directory, textPath, secondsText] = process.argv.slice(2);
const seconds = Number(secondsText ?? 3);
const require = createRequire(path.resolve(modules, 'package.json'));
const { Tokenizer } = require('@huggingface/tokenizers');
const version = JSON.parse(readFileSync(path.resolve(modules, 'node_modules/@huggingface/tokenizers/package.json'))).version;

const raw = readFileSync(textPath);
const lines = (textPath.endsWith('.gz') ? gunzipSync(raw) : raw).toString('utf8').replace(/\n$/, '').split(/\r?\n/);
const characters = lines.reduce((sum, line) => sum + line.length, 0);
const bytes = lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0);

const json = name => JSON.parse(readFileSync(path.join(directory, name), 'utf8'));
const tokenizer = new Tokenizer(json('tokenizer.json'), json('tokenizer_config.json'));

// FNV-1a over the ids, as TokenizerBench prints it: equal numbers mean equal pieces.
let hash = 0x811c9dc5, pieces = 0;
for (const line of lines) { // the first pass warms up too
  for (const id of tokenizer.encode(line, { add_special_tokens: false }).ids) {
    hash = Math.imul(hash ^ id, 0x01000193) >>> 0;
    pieces++;
  }
}
const times = [];
const processorBefore = process.cpuUsage();
for (const start = performance.now(); performance.now() - start < seconds * 1000 || times.length < 3;) {
  const one = performance.now();
  for (const line of lines) tokenizer.encode(line, { add_special_tokens: false });
  times.push((performance.now() - one) / 1000);
}
const used = process.cpuUsage(processorBefore);
const processor = (used.user + used.system) / 1e6 / times.length;
times.sort((a, b) => a - b);
const median = times[times.length >> 1];
console.log(`@huggingface/tokenizers ${version}, Node ${process.versions.node}, Unicode ${process.versions.unicode}`);
console.log(`encode, 1 thread: ${pieces} pieces, hash ${hash.toString(16).padStart(8, '0')}; ${times.length} passes; median ${(median * 1e3).toFixed(1)} ms = ${(bytes / median / 1e6).toFixed(1)} MB/s, ${(characters / median / 1e6).toFixed(1)} M characters/s, ${(lines.length / median).toFixed(0)} texts/s; best ${(bytes / times[0] / 1e6).toFixed(1)} MB/s; per processor second ${(bytes / processor / 1e6).toFixed(1)} MB`);
