"""Writes the fixtures of TorchFixtureTests with PyTorch itself. Every tensor holds 0, 1, 2, … of its own type.

Made with PyTorch 1.13 (Debian's python3-torch):  python3 make.py
"""
import os
import torch

HERE = os.path.dirname(os.path.abspath(__file__))


def count(*shape, dtype=torch.float32):
    size = 1
    for n in shape:
        size *= n
    return torch.arange(size).to(dtype).reshape(shape)


def save(value, name, **options):
    torch.save(value, os.path.join(HERE, name), **options)


# A module's state dict carries version numbers (BUILD) and Parameters detached to tensors.
module = torch.nn.Sequential(torch.nn.Linear(3, 2), torch.nn.LayerNorm(2))
with torch.no_grad():
    for parameter in module.parameters():
        parameter.copy_(count(*parameter.shape))
state = module.state_dict()
for protocol in (2, 3, 4, 5):
    save(state, f"state_dict_{protocol}.bin", pickle_protocol=protocol)
    save(state, f"state_dict_{protocol}_legacy.bin", pickle_protocol=protocol, _use_new_zipfile_serialization=False)

types = {
    str(t).removeprefix("torch."): count(2, 2, dtype=t)
    for t in (torch.float64, torch.float32, torch.float16, torch.bfloat16, torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8)
}
types["bool"] = torch.tensor([[False, True], [True, False]])
save(types, "types.bin")
save(types, "types_legacy.bin", _use_new_zipfile_serialization=False)

base = count(4, 6)
save({
    "scalar": torch.tensor(7.0),
    "empty": torch.empty(0, 3),
    "transposed": base.t(),
    "column": base[:, 2],
    "block": base[1:3, 1:4],
    "every_other": base[::2, ::3],
    "expanded": base[:1].expand(3, 6),
    "parameter": torch.nn.Parameter(base[3]),
    "same_again": base[3],
}, "views.bin")

# What a training script leaves behind: weights beside plain values and the optimiser's own tensors.
optimiser = torch.optim.AdamW(module.parameters(), lr=1e-3)
module(torch.ones(1, 3)).sum().backward()
before = {k: v.clone() for k, v in module.state_dict().items()}
optimiser.step()
save({
    "epoch": 3, "best": -0.5, "name": "run ä", "done": True, "nothing": None, "big": 1 << 80,
    "args": {"layers": [1, 2], "pair": (1, "x")}, "size": torch.Size([2, 3]),
    "optimizer": optimiser.state_dict(), "model_state_dict": before,
}, "training.bin")

# Whole objects, which must be refused by name.
save(module, "module.bin")
save({"w": count(2), "dtype": torch.float16}, "dtype.bin")
save({"w": count(2), "set": {1, 2}}, "set.bin")
