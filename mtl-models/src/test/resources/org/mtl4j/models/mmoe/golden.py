"""Makes the golden values of the MMoE: python golden.py

PyTorch 2.13 computes two tasks' losses in float64 over x [5, 4] with 3 experts of 4 and 3 units and
towers of 2 units, and their derivatives by every variable. Variable k, in the order of names from 1,
starts at numbers(1000 k), x at numbers(500). It writes golden.csv beside itself; the build reads
the file and never runs this script.
"""

import csv
import math
import pathlib

import torch
from torch.nn import functional as F

torch.set_default_dtype(torch.float64)


def numbers(first, count):
    """Numbers between -1 and 1 that Java can make too."""
    return [math.sin(1.7 * (first + i)) for i in range(count)]


experts, first, second, tower, tasks = 3, 4, 3, 2, ["click", "purchase"]
shapes = {
    "mmoe/experts/dense_1/kernel": (experts, 4, first),
    "mmoe/experts/dense_1/bias": (experts, first),
    "mmoe/experts/dense_2/kernel": (experts, first, second),
    "mmoe/experts/dense_2/bias": (experts, second),
}
for task in tasks:
    shapes[f"mmoe/gate_{task}/kernel"] = (4, experts)
    shapes[f"mmoe/gate_{task}/bias"] = (experts,)
    shapes[f"tower_{task}/dense_1/kernel"] = (second, tower)
    shapes[f"tower_{task}/dense_1/bias"] = (tower,)
    shapes[f"head_{task}/logit/kernel"] = (tower, 1)
    shapes[f"head_{task}/logit/bias"] = (1,)
values = {
    name: torch.tensor(numbers(1000 * (k + 1), math.prod(shapes[name])))
    .reshape(shapes[name])
    .requires_grad_()
    for k, name in enumerate(sorted(shapes))
}
x = torch.tensor(numbers(500, 20)).reshape(5, 4)
outputs = []
for e in range(experts):
    kernels, biases = values["mmoe/experts/dense_1/kernel"], values["mmoe/experts/dense_1/bias"]
    hidden = F.relu(F.linear(x, kernels[e].T, biases[e]))
    kernels, biases = values["mmoe/experts/dense_2/kernel"], values["mmoe/experts/dense_2/bias"]
    outputs.append(F.relu(F.linear(hidden, kernels[e].T, biases[e])))


def linear(scope, x):
    return F.linear(x, values[scope + "/kernel"].T, values[scope + "/bias"])


rows = []
for t, task in enumerate(tasks):
    gate = torch.softmax(linear(f"mmoe/gate_{task}", x), 1)
    mixed = torch.einsum("be,ebu->bu", gate, torch.stack(outputs))
    hidden = F.relu(linear(f"tower_{task}/dense_1", mixed))
    logit = linear(f"head_{task}/logit", hidden)[:, 0]
    labels = torch.tensor([0.0, 1, 1, 0, 1]) if t == 0 else torch.tensor([1.0, 1, 0, 0, 1])
    loss = F.binary_cross_entropy_with_logits(logit, labels)
    variables = [values[name] for name in sorted(shapes)]
    grads = torch.autograd.grad(loss, variables, retain_graph=True, allow_unused=True)
    rows.append([task, "loss", repr(loss.item())])
    for name, grad in zip(sorted(shapes), grads):
        if grad is not None:
            rows.append([task, name, *map(repr, grad.flatten().tolist())])

with open(pathlib.Path(__file__).parent / "golden.csv", "w", newline="") as file:
    csv.writer(file, lineterminator="\n").writerows(rows)
