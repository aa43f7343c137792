// Decant and ONNX Runtime on the same model, in turns: compare.mjs ONNX ROUNDS SECONDS THREADS -- DECANT-BENCH [arguments]
// ONNX Runtime gets ready-made word pieces, padded to the longest text of the batch; Decant's time includes its tokenizer.
import { spawn } from 'node:child_process';
import { readFileSync, mkdtempSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [file, rounds, seconds, threads, , command, ...args] = process.argv.slice(2);
const ort = createRequire(import.meta.url)('onnxruntime-node'); // found through NODE_PATH
const folder = mkdtempSync(join(tmpdir(), 'decant-bench-'));
const inputs = join(folder, 'inputs.json');

const decant = spawn(command, [...args, inputs], { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, OMP_NUM_THREADS: threads } });
const lines = createInterface({ input: decant.stdout })[Symbol.asyncIterator]();
const answer = async () => JSON.parse((await lines.next()).value);
const { machine, cases } = await answer();
console.log(`${machine}; ${threads} thread${threads === '1' ? '' : 's'}`);

const session = await ort.InferenceSession.create(file, { intraOpNumThreads: +threads, interOpNumThreads: 1, graphOptimizationLevel: 'all' });
const batches = JSON.parse(readFileSync(inputs));
rmSync(folder, { recursive: true });

function feeds(batch) {
  const length = Math.max(...batch.map((text) => text.ids.length)), shape = [batch.length, length];
  const make = (value) => {
    const data = new BigInt64Array(batch.length * length);
    batch.forEach((text, row) => text.ids.forEach((_, i) => { data[row * length + i] = BigInt(value(text, i)); }));
    return new ort.Tensor('int64', data, shape);
  };
  return { input_ids: make((text, i) => text.ids[i]), attention_mask: make(() => 1), token_type_ids: make((text, i) => text.types[i]) };
}

function softmax(logits, outputs) {
  const scores = [];
  for (let row = 0; row < logits.length; row += outputs) {
    const e = Array.from(logits.slice(row, row + outputs), (x) => Math.exp(x - logits[row])), sum = e.reduce((a, b) => a + b);
    scores.push(...e.map((x) => x / sum));
  }
  return scores;
}

async function measure(ready) {
  const first = (await session.run(ready[0])).logits, times = [];
  let texts = 0;
  const end = performance.now() + 1000 * seconds;
  while (performance.now() < end)
    for (const batch of ready) {
      const start = performance.now();
      await session.run(batch);
      times.push(performance.now() - start);
      texts += batch.input_ids.dims[0];
    }
  times.sort((a, b) => a - b);
  return { p50: times[times.length >> 1], rate: 1000 * texts / times.reduce((a, b) => a + b), scores: softmax(first.data, first.dims[1]) };
}

const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];
for (const name of cases) {
  const ready = batches[name].map(feeds), ours = [], theirs = [];
  for (let round = -1; round < rounds; round++) {
    decant.stdin.write(`${name} ${round < 0 ? 0.2 : seconds}\n`);
    const a = await answer(), b = await measure(ready);
    const difference = Math.max(...a.scores.map((score, i) => Math.abs(score - b.scores[i])));
    if (!(difference < 1e-4)) throw new Error(`${name}: the two differ by ${difference}; they do not run the same model.`);
    if (round >= 0) { ours.push(a); theirs.push(b); } // the first one warms up
  }
  const of = (runs, key) => median(runs.map((run) => run[key])).toFixed(key === 'p50' ? 2 : 0);
  const ratio = (of) => median(ours.map((run, i) => of(run, theirs[i]))).toFixed(2);
  console.log(`${name}: Decant ${of(ours, 'p50')} ms, ${of(ours, 'rate')} texts/s; ONNX Runtime ${of(theirs, 'p50')} ms, ${of(theirs, 'rate')} texts/s; `
    + `ratio of p50 ${ratio((a, b) => b.p50 / a.p50)}, of texts/s ${ratio((a, b) => a.rate / b.rate)}`);
}
decant.stdin.end();
