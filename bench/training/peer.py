"""The PKD student's training step in Python: the peer of `decant-bench training`.

Same shapes, same losses, same optimiser (the released BertAdam: a loop over parameters, each clipped by itself, no bias correction).
usage: peer.py LAYERS HIDDEN PAD_TO < lengths      PAD_TO 0 pads every batch to its own longest text
"""
import resource
import sys
import time

import torch
from torch.nn import functional as F

from bert import VOCABULARY, Bert, BertAdam, use_all_cores

BATCH, WARM_UP = 32, 5


class Student(Bert):
    def __init__(self, layers, hidden):
        super().__init__(layers, hidden, hidden // 64, 4 * hidden)

    def forward(self, ids, mask):
        x, additive = self.embed(ids, mask)
        states = []
        for layer in self.layers:
            x = layer(x, additive)[0]
            states.append(x[:, 0])
        return self.classifier(self.drop(torch.tanh(self.pooler(x[:, 0])))), torch.stack(states[:-1], 1)


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
    use_all_cores()
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
