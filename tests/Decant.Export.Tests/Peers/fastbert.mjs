// Early exit with the step files of a FastBERT, as docs/export.md describes it: for each speed the layer after which each row
// left, its logits and its uncertainty.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const job = JSON.parse(readFileSync(process.argv[2]));
const ort = createRequire(`${job.modules}/`)('onnxruntime-node');
const open = name => ort.InferenceSession.create(`${job.steps}/${name}.onnx`, { intraOpNumThreads: 1, logSeverityLevel: 3 });
const embeddings = await open('embeddings');
const layers = await Promise.all(Array.from({ length: job.layers }, (_, i) => open(`layer_${i + 1}`)));

const integers = (data, rows) => new ort.Tensor('int64', BigInt64Array.from(data, BigInt), [rows, job.tokens]);
const take = (tensor, kept) => {
  const width = tensor.data.length / tensor.dims[0];
  const data = new tensor.data.constructor(kept.length * width);
  kept.forEach((row, i) => data.set(tensor.data.subarray(row * width, (row + 1) * width), i * width));
  return new ort.Tensor(tensor.type, data, [kept.length, ...tensor.dims.slice(1)]);
};

const results = [];
for (const speed of job.speeds) {
  const logits = [], uncertainty = [], exitLayers = [];
  let rows = Array.from({ length: job.rows }, (_, i) => i);
  let mask = integers(job.attention_mask, job.rows);
  let hidden = (await embeddings.run({ input_ids: integers(job.input_ids, job.rows), token_type_ids: integers(job.token_type_ids, job.rows) })).next_hidden_states;
  for (let layer = 1; rows.length > 0; layer++) {
    const out = await layers[layer - 1].run({ hidden_states: hidden, attention_mask: mask });
    const staying = [];
    rows.forEach((row, i) => {
      if (layer < job.layers && !(speed > 0 && out.uncertainty.data[i] <= speed)) { staying.push(i); return; }
      [logits[row], uncertainty[row], exitLayers[row]] = [Array.from(take(out.logits, [i]).data), out.uncertainty.data[i], layer];
    });
    rows = staying.map(i => rows[i]);
    if (rows.length === 0) break;
    [hidden, mask] = [take(out.next_hidden_states, staying), take(mask, staying)];
  }
  results.push({ logits: logits.flat(), uncertainty, exitLayers });
}
console.log(JSON.stringify(results));
