// Accuracy and time of a folder's ONNX files in ONNX Runtime, through @huggingface/transformers, sentence by sentence.
//   node bench/export/onnxruntime.mjs NODE_MODULES FOLDER DEV_TSV
import { readFileSync, existsSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [modules, folder, data] = process.argv.slice(2).map(path => resolve(path));
const { AutoTokenizer, AutoModelForSequenceClassification, env } =
  await import(pathToFileURL(`${modules}/@huggingface/transformers/dist/transformers.node.mjs`));
env.allowRemoteModels = false;
env.localModelPath = dirname(folder);
const rows = readFileSync(data, 'utf8').trimEnd().split('\n').slice(1).map(line => line.split('\t'));
const tokenizer = await AutoTokenizer.from_pretrained(basename(folder));
const inputs = rows.map(([text]) => tokenizer(text));

for (const [dtype, file] of [['fp32', 'model.onnx'], ['fp16', 'model_fp16.onnx'], ['q8', 'model_quantized.onnx']]) {
  if (!existsSync(`${folder}/onnx/${file}`)) continue;
  const model = await AutoModelForSequenceClassification.from_pretrained(basename(folder), { dtype, session_options: { intraOpNumThreads: 1 } });
  for (const input of inputs.slice(0, 50)) await model(input);
  let right = 0;
  const start = performance.now();
  for (let i = 0; i < rows.length; i++) {
    const logits = (await model(inputs[i])).logits.data;
    if (model.config.id2label[logits.indexOf(Math.max(...logits))] === rows[i][1]) right++;
  }
  const ms = (performance.now() - start) / rows.length;
  console.log(`${file.padEnd(20)} ${(statSync(`${folder}/onnx/${file}`).size / 1e6).toFixed(1).padStart(6)} MB  accuracy ${(100 * right / rows.length).toFixed(1)}  ${ms.toFixed(2)} ms a sentence`);
}
