"""The PKD student's training step in Python: the peer of `decant-bench training`.

Same shapes, same losses, same optimiser (the released BertAdam: a loop over parameters, each clipped by itself, no bias correction).
usage: peer.py LAYERS HIDDEN PAD_TO < lengths      PAD_TO 0 pads every batch to its own longest text
"""
import math
import os
import resource
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

BATCH, VOCABULARY, WARM_UP = 32, 30522, 5


class Layer(nn.Module):
    def __init__(self, hidden):
        super().__init__()
        self.heads = hidden // 64
        self.query, self.key, self.value, self.output = (nn.Linear(hidden, hidden) for _ in range(4))
        self.inner, self.outer = nn.Linear(hidden, 4 * hidden), nn.Linear(4 * hidden, hidden)
        self.norm1, self.norm2 = nn.LayerNorm(hidden, eps=1e-12), nn.LayerNorm(hidden, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x, mask):
        b, t, h = x.shape
        q, k, v = (f(x).view(b, t, self.heads, -1).transpose(1, 2) for f in (self.query, self.key, self.value))
        scores = q @ k.transpose(-1, -2) / math.sqrt(h // self.heads) + mask
        context = (self.drop(scores.softmax(-1)) @ v).transpose(1, 2).reshape(b, t, h)
        x = self.norm1(self.drop(self.output(context)) + x)
        return self.norm2(self.drop(self.outer(F.gelu(self.inner(x)))) + x)


class Student(nn.Module):
    def __init__(self, layers, hidden):
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, hidden, padding_idx=0)
        self.positions, self.types = nn.Embedding(512, hidden), nn.Embedding(2, hidden)
        self.norm, self.drop = nn.LayerNorm(hidden, eps=1e-12), nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer(hidden) for _ in range(layers))
        self.pooler, self.classifier = nn.Linear(hidden, hidden), nn.Linear(hidden, 2)

    def forward(self, ids, mask):
        x = self.words(ids) + self.positions(torch.arange(ids.shape[1])) + self.types(torch.zeros_like(ids))
        x = self.drop(self.norm(x))
        additive = (1 - mask)[:, None, None, :] * -10000.0
        states = []
        for layer in self.layers:
            x = layer(x, additive)
            states.append(x[:, 0])
        return self.classifier(self.drop(torch.tanh(self.pooler(x[:, 0])))), torch.stack(states[:-1], 1)


class BertAdam:
    def __init__(self, model):
        self.slots = [(p, torch.zeros_like(p), torch.zeros_like(p), 0.0 if n.endswith("bias") or "norm" in n else 0.01)
                      for n, p in model.named_parameters()]

    @torch.no_grad()
    def step(self, rate):
        for p, m, v, decay in self.slots:
            nn.utils.clip_grad_norm_(p, 1.0)
            m.mul_(0.9).add_(p.grad, alpha=0.1)
            v.mul_(0.999).addcmul_(p.grad, p.grad, value=0.001)
            update = m / (v.sqrt() + 1e-6)
            if decay:
                update += decay * p
            p.add_(update, alpha=-rate)


def step(model, optimizer, length, teacher):
    ids = torch.randint(1, VOCABULARY, (BATCH, length))
    labels = torch.randint(0, 2, (BATCH,))
    logits, states = model(ids, torch.ones(BATCH, length))
    soft = F.kl_div(F.log_softmax(logits / 10, -1), F.softmax(teacher[0] / 10, -1), reduction="batchmean") * 100
    patience = F.mse_loss(F.normalize(states, dim=-1), F.normalize(teacher[1], dim=-1))
    loss = 0.5 * F.cross_entropy(logits, labels) + 0.5 * soft + 100 * patience
    loss.item()
    for p in model.parameters():
        p.grad = None
    loss.backward()
    optimizer.step(5e-5)


def main():
    layers, hidden, pad_to = (int(a) for a in sys.argv[1:4])
    lengths = [max(int(line), pad_to) for line in sys.stdin]
    torch.set_num_threads(os.cpu_count())  # Debian's build starts with one
    torch.manual_seed(1)
    model = Student(layers, hidden).train()
    optimizer = BertAdam(model)
    teacher = (torch.randn(BATCH, 2), torch.randn(BATCH, layers - 1, hidden))
    for length in lengths[:1] * WARM_UP:
        step(model, optimizer, length, teacher)
    start = time.perf_counter()
    for length in lengths:
        step(model, optimizer, length, teacher)
    seconds = time.perf_counter() - start
    padding = f"padded to {pad_to}" if pad_to else "padded to the longest"
    print(f"python {layers}x{hidden} threads {torch.get_num_threads()}, {padding}: {len(lengths) * BATCH / seconds:.1f} samples/s, "
          f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:.0f} MB")


main()
