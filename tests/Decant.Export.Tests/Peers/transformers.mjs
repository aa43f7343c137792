// Labels texts with a folder: { modules, folder, dtype, texts: [[text, pair or null]] } → labels with their probabilities for each.
import { readFileSync } from 'node:fs';
import { dirname, basename } from 'node:path';
import { pathToFileURL } from 'node:url';

const job = JSON.parse(readFileSync(process.argv[2]));
const entry = JSON.parse(readFileSync(`${job.modules}/@huggingface/transformers/package.json`)).exports.node.import.default;
const { AutoTokenizer, AutoModelForSequenceClassification, env } = await import(pathToFileURL(`${job.modules}/@huggingface/transformers/${entry}`));
env.allowRemoteModels = false;
env.localModelPath = dirname(job.folder);
const name = basename(job.folder);
const tokenizer = await AutoTokenizer.from_pretrained(name);
const model = await AutoModelForSequenceClassification.from_pretrained(name, { dtype: job.dtype });
const results = [];
for (const [text, pair] of job.texts) {
  const { logits } = await model(tokenizer(text, { text_pair: pair ?? undefined, truncation: true }));
  const exp = Array.from(logits.data, x => Math.exp(x - Math.max(...logits.data)));
  const sum = exp.reduce((a, b) => a + b);
  results.push(Object.fromEntries(exp.map((e, i) => [model.config.id2label[i], e / sum])));
}
console.log(JSON.stringify(results));
