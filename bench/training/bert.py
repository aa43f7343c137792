"""BERT and the released BertAdam in Python, for the peers of Decant's benchmarks; the machine's threads are set as Decant's are."""
import math
import os

import torch
from torch import nn
from torch.nn import functional as F

VOCABULARY = 30522


def use_all_cores():
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", os.cpu_count())))  # Debian's build starts with one


class Layer(nn.Module):
    def __init__(self, hidden, heads, inner):
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value, self.output = (nn.Linear(hidden, hidden) for _ in range(4))
        self.inner, self.outer = nn.Linear(hidden, inner), nn.Linear(inner, hidden)
        self.norm1, self.norm2 = nn.LayerNorm(hidden, eps=1e-12), nn.LayerNorm(hidden, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x, mask):
        b, t, h = x.shape
        q, k, v = (f(x).view(b, t, self.heads, -1).transpose(1, 2) for f in (self.query, self.key, self.value))
        scores = q @ k.transpose(-1, -2) / math.sqrt(h // self.heads) + mask
        context = (self.drop(scores.softmax(-1)) @ v).transpose(1, 2).reshape(b, t, h)
        x = self.norm1(self.drop(self.output(context)) + x)
        return self.norm2(self.drop(self.outer(F.gelu(self.inner(x)))) + x), scores


class Bert(nn.Module):
    def __init__(self, layers, hidden, heads, inner):
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, hidden, padding_idx=0)
        self.positions, self.types = nn.Embedding(512, hidden), nn.Embedding(2, hidden)
        self.norm, self.drop = nn.LayerNorm(hidden, eps=1e-12), nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer(hidden, heads, inner) for _ in range(layers))
        self.pooler, self.classifier = nn.Linear(hidden, hidden), nn.Linear(hidden, 2)

    def embed(self, ids, mask):
        """The embeddings, and the mask as it is added to attention scores."""
        x = self.words(ids) + self.positions(torch.arange(ids.shape[1])) + self.types(torch.zeros_like(ids))
        return self.drop(self.norm(x)), (1 - mask)[:, None, None, :] * -10000.0


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
