"""What Python's transformers makes of model folders.

The job: {"models": [{"folder", "batches": [{input: {"dims", "data"}}]}]} for outputs of a folder's own class,
{"texts": {"folder", "texts": [[text, pair or null]], "maxLength"}} for tokens and labels,
{"save": {"folder", "vocabulary", "batches"}} for folders that transformers itself writes.
"""
import json
import os
import sys

os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_VERBOSITY="warning", HF_HUB_DISABLE_PROGRESS_BARS="1")
import torch
import transformers


def tensors(batch):
    return {name: torch.tensor(t["data"]).reshape(t["dims"]) for name, t in batch.items()}


def run(model, batches):
    """Outputs by name for each batch."""
    results = []
    for batch in batches:
        with torch.no_grad():
            output = model.eval()(**tensors(batch))
        results.append({name: value.flatten().tolist() for name, value in output.items() if isinstance(value, torch.Tensor)})
    return results


def load(job):
    """A folder's model as its config.json names it, what was said of its weights, and its outputs."""
    config = transformers.AutoConfig.from_pretrained(job["folder"])
    name = config.architectures[0]
    model, report = getattr(transformers, name).from_pretrained(job["folder"], output_loading_info=True)
    return {
        "class": type(model).__name__,
        "report": {key: [str(entry) for entry in entries] for key, entries in report.items()},
        "parameters": {name: list(p.shape) for name, p in model.named_parameters()},
        "labels": [model.config.id2label[i] for i in range(model.config.num_labels)],
        "problem": model.config.problem_type,
        "outputs": run(model, job["batches"]),
    }


def label(job):
    """Tokens of texts, their labels by the classes that a user takes, and by a pipeline."""
    folder, texts = job["folder"], [text if pair is None else (text, pair) for text, pair in job["texts"]]
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    model = transformers.AutoModelForSequenceClassification.from_pretrained(folder).eval()
    encoded = [tokenizer(*([t] if isinstance(t, str) else t), truncation=True) for t in texts]
    pipeline = transformers.pipeline("text-classification", model=model, tokenizer=tokenizer, device="cpu")
    inputs = [t if isinstance(t, str) else {"text": t[0], "text_pair": t[1]} for t in texts]
    return {
        "tokenizer": type(tokenizer).__name__,
        "ids": [e["input_ids"] for e in encoded],
        "types": [e["token_type_ids"] for e in encoded],
        "maxLength": tokenizer.model_max_length,
        "labels": [{p["label"]: p["score"] for p in pipeline(t, top_k=None, truncation=True)} for t in inputs],
    }


def save(job):
    """Models with random weights, written whole, in shards and as a pickle."""
    torch.manual_seed(3)
    config = transformers.BertConfig(
        vocab_size=job["vocabulary"], hidden_size=32, num_hidden_layers=3, num_attention_heads=4, intermediate_size=48,
        max_position_embeddings=40, initializer_range=0.3, num_labels=3, id2label={0: "bad", 1: "good", 2: "so"})
    model = transformers.BertForSequenceClassification(config)
    whole, shards, pickle = (os.path.join(job["folder"], name) for name in ("whole", "shards", "pickle"))
    model.save_pretrained(whole)
    model.save_pretrained(shards, max_shard_size="20KB")
    config.save_pretrained(pickle)
    torch.save(model.state_dict(), os.path.join(pickle, "pytorch_model.bin"))
    return {"folders": [whole, shards, pickle], "outputs": run(model, job["batches"])}


job = json.load(open(sys.argv[1]))
json.dump({
    "version": transformers.__version__,
    "models": [load(model) for model in job.get("models", [])],
    "texts": label(job["texts"]) if "texts" in job else None,
    "saved": save(job["save"]) if "save" in job else None,
}, sys.stdout)
