// Runs models over batches: { modules, models: [{ path, feeds: [{ input: { dims, data } }] }] } → a list of outputs for each.
// With "optimized" a model is also written as the runtime optimised it.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const job = JSON.parse(readFileSync(process.argv[2]));
const ort = createRequire(`${job.modules}/`)('onnxruntime-node');
const results = [];
for (const { path, feeds, optimized } of job.models) {
  const options = { intraOpNumThreads: 1, graphOptimizationLevel: 'all', logSeverityLevel: 3 };
  if (optimized) options.optimizedModelFilePath = optimized;
  const session = await ort.InferenceSession.create(path, options);
  const batches = [];
  for (const feed of feeds) {
    const inputs = {};
    for (const [name, { dims, data }] of Object.entries(feed)) inputs[name] = new ort.Tensor('int64', BigInt64Array.from(data, BigInt), dims);
    const outputs = await session.run(inputs);
    batches.push(Object.fromEntries(Object.entries(outputs).map(([name, t]) => [name, { dims: t.dims, type: t.type, data: Array.from(t.data) }])));
  }
  results.push({ inputNames: session.inputNames, outputNames: session.outputNames, batches });
}
console.log(JSON.stringify(results));
