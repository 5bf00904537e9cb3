"""Makes the golden values of MTL4J's mathematics: python golden.py

PyTorch 2.13 and Keras 3.15 compute them in float64 from numbers that a formula gives, so that the
tests need no inputs of their own. It writes, beside itself, optimizers.csv (the weights after each
of 12 steps), heads.csv and rankings.csv (losses and their derivatives by the scores). The build reads
the files and never runs this script.
"""

import csv
import math
import os
import pathlib

os.environ["KERAS_BACKEND"] = "torch"
import keras
import numpy as np
import torch
from torch.nn import functional as F

keras.backend.set_floatx("float64")
torch.set_default_dtype(torch.float64)
FOLDER = pathlib.Path(__file__).parent
STEPS = 12
DENSE, WIDTH = 6, 3


def write(name, rows):
    with open(FOLDER / name, "w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def numbers(first, count):
    """Numbers between -1 and 1 that Java can make too."""
    return [math.sin(1.7 * (first + i)) for i in range(count)]


# Optimisers: a variable of DENSE elements, or a row of WIDTH, starts at numbers(0); the gradients of
# step t are numbers(10 t), and every fourth step has gradients of 0.
def gradient(step, size):
    return np.zeros(size) if step % 4 == 0 else np.array(numbers(10 * step, size))


def torch_run(make, sparse=False):
    size = WIDTH if sparse else DENSE
    w = torch.tensor([numbers(0, size)], requires_grad=True)
    optimizer = make([w])
    states = []
    for step in range(1, STEPS + 1):
        g = torch.tensor(np.array([gradient(step, size)]))
        w.grad = torch.sparse_coo_tensor([[0]], g, w.shape) if sparse else g
        optimizer.step()
        states.append(w.detach().numpy()[0].copy())
    return states


def keras_run(optimizer, start=None):
    w = keras.Variable(np.array(start or numbers(0, DENSE)), dtype="float64")
    optimizer.build([w])
    states = []
    for step in range(1, STEPS + 1):
        optimizer.apply([torch.tensor(gradient(step, DENSE))], [w])
        states.append(w.value.detach().numpy().copy())
    return states


def optimizers():
    runs = {
        # PyTorch's dense Adam adds epsilon elsewhere; Keras and SparseAdam do as the paper says at
        # the end of its section 2, and so do we.
        "adam_dense": keras_run(
            keras.optimizers.Adam(0.03, beta_1=0.8, beta_2=0.95, epsilon=1e-2)
        ),
        "adamw_dense": keras_run(
            keras.optimizers.AdamW(
                0.03, weight_decay=0.2, beta_1=0.8, beta_2=0.95, epsilon=1e-2
            )
        ),
        # From 0 on, where the paper's weights begin too; Keras's l2 is twice the paper's.
        "ftrl_dense": keras_run(
            keras.optimizers.Ftrl(
                0.3,
                initial_accumulator_value=0.1,
                l1_regularization_strength=0.4,
                l2_regularization_strength=0.15,
            ),
            [0.0] * DENSE,
        ),
        "adam_rows": torch_run(
            lambda p: torch.optim.SparseAdam(p, lr=0.03, betas=(0.8, 0.95), eps=1e-2), True
        ),
        "adagrad_dense": torch_run(
            lambda p: torch.optim.Adagrad(p, lr=0.3, initial_accumulator_value=0.1, eps=1e-2)
        ),
        "adagrad_rows": torch_run(
            lambda p: torch.optim.Adagrad(p, lr=0.3, initial_accumulator_value=0.1, eps=1e-2), True
        ),
        "sgd_dense": torch_run(lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.7)),
    }
    write(
        "optimizers.csv",
        [
            [name, step + 1, *map(repr, map(float, state))]
            for name, run in runs.items()
            for step, state in enumerate(run)
        ],
    )


# Heads: 6 rows of scores 4 * numbers(100); weights 1.1 + numbers(200).
ROWS = 6


def heads():
    rows = []

    def add(name, width, losses):
        x = torch.tensor(4 * np.array(numbers(100, ROWS * width)))
        x = x.reshape(ROWS, width).requires_grad_()
        weights = torch.tensor(1.1 + np.array(numbers(200, ROWS)))
        loss = (losses(x) * weights).sum() / weights.sum()
        loss.backward()
        rows.append([name, repr(loss.item()), *map(repr, x.grad.flatten().tolist())])

    binary = torch.tensor([0.0, 1, 1, 0, 1, 0])
    classes = torch.tensor([0, 2, 1, 1, 0, 2])
    values = torch.tensor(3 + 2 * np.array(numbers(300, ROWS)))
    scaled = (values - 2.5) / 1.7
    bce = F.binary_cross_entropy_with_logits
    add("binary", 1, lambda x: bce(x[:, 0], binary, reduction="none"))
    # A funnel's product: the cross-entropy of the product of three probabilities.
    add(
        "product",
        3,
        lambda x: F.binary_cross_entropy(torch.sigmoid(x).prod(1), binary, reduction="none"),
    )
    sets = torch.tensor(
        [[0.0, 0, 0], [1, 0, 1], [1, 1, 1], [0, 1, 0], [1, 0, 0], [0, 1, 1]]
    )
    add("multilabel", 3, lambda x: bce(x, sets, reduction="none").mean(1))
    add("multiclass", 3, lambda x: F.cross_entropy(x, classes, reduction="none"))
    add("mse", 1, lambda x: F.mse_loss(x[:, 0], scaled, reduction="none"))
    add("huber", 1, lambda x: F.huber_loss(x[:, 0], scaled, delta=1.0, reduction="none"))
    add("mae", 1, lambda x: F.l1_loss(x[:, 0], scaled, reduction="none"))
    # Probabilities, not logits, as the papers write these.
    p = lambda x: torch.where(binary == 1, torch.sigmoid(x[:, 0]), torch.sigmoid(-x[:, 0]))
    add("focal", 1, lambda x: -((1 - p(x)) ** 1.5) * torch.log(p(x)))
    signs = 2 * binary - 1
    add("hinge", 1, lambda x: torch.clamp(1 - signs * x[:, 0], min=0))
    error = lambda x: scaled - x[:, 0]
    add("quantile", 1, lambda x: torch.maximum(0.8 * error(x), (0.8 - 1) * error(x)))
    counts = torch.clamp(2 * torch.tensor(np.array(numbers(300, ROWS))), min=0) / 2.5
    nll = torch.nn.PoissonNLLLoss(log_input=True, full=False, reduction="none")
    saturated = torch.where(counts > 0, counts - counts * torch.log(counts), 0.0)
    add("poisson", 1, lambda x: nll(x[:, 0], counts) - saturated)

    def ziln(x):
        sigma = F.softplus(x[:, 2]) + 0.01
        amount = torch.where(counts > 0, counts, 1.0)
        size = -torch.distributions.LogNormal(x[:, 1], sigma).log_prob(amount)
        size = size - torch.log(amount) - 0.5 * math.log(2 * math.pi) - math.log(0.01)
        whether = bce(x[:, 0], (counts > 0).double(), reduction="none")
        return whether + torch.where(counts > 0, size, 0.0)

    add("ziln", 3, ziln)
    write("heads.csv", rows)


# Losses over the rows of a query: 12 rows in four queries, scores 4 * numbers(100); weights 1.1 +
# numbers(200), but that of row 3 is 0. The last query has one row.
QUERIES = torch.tensor([0, 0, 1, 0, 1, 1, 2, 1, 0, 2, 3, 1])
CLICKS = torch.tensor([1.0, 0, 0, 1, 1, 0, 0, 1, 0, 0, 1, 0])


def rankings():
    rows = []

    def add(name, terms):
        x = torch.tensor(4 * np.array(numbers(100, 12)), requires_grad=True)
        weights = torch.tensor(1.1 + np.array(numbers(200, 12)))
        weights[3] = 0
        losses, counts = [], []
        for query in range(4):
            known = (QUERIES == query) & (weights > 0)
            terms(x[known], CLICKS[known], weights[known], losses, counts)
        loss = torch.stack(losses).sum() / torch.stack(counts).sum()
        loss.backward()
        rows.append([name, repr(loss.item()), *map(repr, x.grad.tolist())])

    def bpr(x, y, w, losses, counts):
        better, worse = x[y == 1], x[y == 0]
        each = -F.logsigmoid(better[:, None] - worse[None, :]) * w[y == 1][:, None]
        losses.append(each.sum())
        counts.append(w[y == 1].sum() * len(worse))

    def listwise(x, y, w, losses, counts):
        if y.sum() > 0:
            target = w * y / y.sum()
            losses.append(F.cross_entropy(x[None], target[None], reduction="sum"))
            counts.append(target.sum())

    add("bpr", bpr)
    add("listwise", listwise)
    write("rankings.csv", rows)


optimizers()
heads()
rankings()
