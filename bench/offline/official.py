"""Training beside the teacher as the released code of Marginal Utility Diminishes does it: the peer of `decant-bench offline`.

Written from the published description. Every batch is padded to 64 and read by the teacher; teacher and student hand out the hidden
states and the attention scores of all layers; 1l_10t_0.1h is then cut out of them: layer 8, the ten tokens to which [CLS] of layer 12
attends most ([SEP] last), a tenth of the batch's values by magnitude. Its teacher has its dropout on; here it is off, which is faster.
usage: official.py TEACHER_WIDTH STUDENT_LAYERS STUDENT_WIDTH < lengths      one batch a line
"""
import pathlib
import resource
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "training"))
from bert import VOCABULARY, Bert, BertAdam, use_all_cores  # noqa: E402

TEACHER_LAYERS, TEACHER_LAYER, LENGTH, TOKENS, KEPT, WARM_UP, SEPARATOR = 12, 8, 64, 10, 0.1, 1, 102


class Model(Bert):
    def __init__(self, layers, hidden):
        super().__init__(layers, hidden, 12 if hidden % 12 == 0 else 6, 1200 if hidden == 312 else 4 * hidden)

    def forward(self, ids, mask):
        x, additive = self.embed(ids, mask)
        states, attention = [x], []
        for layer in self.layers:
            x, scores = layer(x, additive)
            states.append(x)
            attention.append(scores)
        return self.classifier(torch.relu(torch.tanh(self.pooler(x[:, 0])))), states, attention


class Student(Model):
    def __init__(self, layers, hidden, teacher_hidden):
        super().__init__(layers, hidden)
        self.fit = nn.Linear(hidden, teacher_hidden) if hidden != teacher_hidden else nn.Identity()


def batch(lengths):
    mask = (torch.arange(LENGTH) < lengths[:, None]).float()
    ids = torch.randint(1000, VOCABULARY, mask.shape) * mask.long()
    ids[torch.arange(len(lengths)), lengths - 1] = SEPARATOR
    return ids, mask


def cut(state, attention, ids):
    """What is compared of a teacher's layer: the tokens' places, and their values with all but the largest set to 0."""
    score = attention[:, :, 0].mean(1).masked_fill(ids == SEPARATOR, -1e4)
    places = score.topk(TOKENS, 1).indices[:, :, None]
    values = state.gather(1, places.expand(-1, -1, state.shape[2]))
    size = values.abs()
    least = size.flatten().topk(int(KEPT * size.numel())).values[-1]
    return places, values * (size >= least)


def step(student, teacher, optimizer, lengths):
    ids, mask = batch(lengths)
    logits, states, _ = student(ids, mask)
    with torch.no_grad():
        teacher_logits, teacher_states, attention = teacher(ids, mask)
        places, values = cut(teacher_states[TEACHER_LAYER], attention[-1], ids)
    fitted = student.fit(states[-1])
    hidden = F.mse_loss(fitted.gather(1, places.expand(-1, -1, fitted.shape[2])), values)
    soft = -(teacher_logits.softmax(-1) * logits.log_softmax(-1)).mean()
    loss = hidden + soft
    loss.item()
    for p in student.parameters():
        p.grad = None
    loss.backward()
    optimizer.step(5e-5)


def main():
    teacher_width, layers, width = (int(a) for a in sys.argv[1:4])
    batches = [torch.tensor([int(word) for word in line.split()]) for line in sys.stdin]
    use_all_cores()
    torch.manual_seed(1)
    teacher, student = Model(TEACHER_LAYERS, teacher_width).eval(), Student(layers, width, teacher_width).train()
    optimizer = BertAdam(student)
    for lengths in batches[:1] * WARM_UP:
        step(student, teacher, optimizer, lengths)
    start, processor = time.perf_counter(), time.process_time()
    for lengths in batches:
        step(student, teacher, optimizer, lengths)
    processor, seconds = time.process_time() - processor, time.perf_counter() - start
    samples = sum(len(lengths) for lengths in batches)
    print(f"official style, padded to {LENGTH}: {samples / processor:.1f} samples per processor second, {samples / seconds:.1f} samples/s, "
          f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6:.0f} MB "
          f"(teacher {TEACHER_LAYERS} x {teacher_width}, student {layers} x {width}, {torch.get_num_threads()} threads)")


main()
