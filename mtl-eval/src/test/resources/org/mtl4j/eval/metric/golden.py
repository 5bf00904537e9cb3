"""Makes the golden values of MTL4J's metrics with scikit-learn (1.9): python golden.py

It writes, beside itself, the rows (binary.csv, multiclass.csv, multilabel.csv, regression.csv) and the figures
(figures.csv). The build reads the files and never runs this script.
"""

import csv
import pathlib

import numpy as np
from sklearn import metrics

FOLDER = pathlib.Path(__file__).parent
N = 200
CLASSES = 3
SETS = 5
random = np.random.default_rng(20)


def write(name, header, rows):
    with open(FOLDER / name, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def ndcg(labels, scores, groups, k):
    values = [
        metrics.ndcg_score([labels[groups == g]], [scores[groups == g]], k=k)
        for g in np.unique(groups)
        if labels[groups == g].sum() > 0
    ]
    return np.mean(values)


def binary(weights, groups):
    labels = (random.random(N) < 0.3).astype(int)
    # Two decimals make ties; the first rows are certain, rightly and wrongly.
    scores = np.round(np.clip(random.normal(0.35 + 0.2 * labels, 0.2), 0.01, 0.99), 2)
    scores[:4] = [0.0, 1.0, 0.0, 1.0]
    labels[:4] = [0, 1, 1, 0]
    write("binary.csv", ["prediction", "label", "weight", "group"],
          zip(scores.tolist(), labels.tolist(), weights.tolist(), groups.tolist()))
    yield "binary", "auc", metrics.roc_auc_score(labels, scores, sample_weight=weights)
    yield "binary", "log_loss", metrics.log_loss(labels, scores, sample_weight=weights)
    yield "binary", "accuracy", metrics.accuracy_score(labels, scores > 0.5, sample_weight=weights)
    for k in (1, 5, 10):
        yield "binary", f"ndcg@{k}", ndcg(labels, scores, groups, k)
    yield "binary", "pr_auc", metrics.average_precision_score(labels, scores, sample_weight=weights)
    yield "binary", "f1", metrics.f1_score(labels, scores > 0.5, sample_weight=weights)
    precision, recall, cuts = metrics.precision_recall_curve(labels, scores, sample_weight=weights)
    f1 = 2 * precision * recall / (precision + recall)
    yield "binary", "best_f1", f1.max()
    yield "binary", "best_threshold", cuts[f1.argmax()]
    false_rate, true_rate, _ = metrics.roc_curve(labels, scores, sample_weight=weights)
    yield "binary", "ks", (true_rate - false_rate).max()
    yield "binary", "brier", metrics.brier_score_loss(labels, scores, sample_weight=weights)
    rate = np.average(labels, weights=weights)
    yield "binary", "normalised_entropy", metrics.log_loss(
        labels, scores, sample_weight=weights) / metrics.log_loss(
        labels, np.full(N, rate), sample_weight=weights)
    yield "binary", "pcoc", np.average(scores, weights=weights) / rate
    bins = np.digitize(scores, np.arange(1, 15) / 15, right=True)
    yield "binary", "ece", sum(
        weights[bins == b].sum() / weights.sum() * abs(
            np.average(scores[bins == b] - labels[bins == b], weights=weights[bins == b]))
        for b in np.unique(bins))
    mixed = [g for g in np.unique(groups) if len(np.unique(labels[groups == g])) == 2]
    yield "binary", "gauc", np.average(
        [metrics.roc_auc_score(labels[groups == g], scores[groups == g],
                               sample_weight=weights[groups == g]) for g in mixed],
        weights=[weights[groups == g].sum() for g in mixed])


def multiclass(weights):
    scores = random.dirichlet(np.ones(CLASSES), N)
    labels = np.array([random.choice(CLASSES, p=p) for p in scores])
    write("multiclass.csv", ["prediction"] * CLASSES + ["label", "weight"],
          np.column_stack([scores, labels, weights]).tolist())
    yield "multiclass", "log_loss", metrics.log_loss(labels, scores, sample_weight=weights)
    yield "multiclass", "accuracy", metrics.accuracy_score(
        labels, scores.argmax(axis=1), sample_weight=weights)
    for average in ("micro", "macro"):
        yield "multiclass", f"{average}_f1", metrics.f1_score(
            labels, scores.argmax(axis=1), average=average, sample_weight=weights)
    yield "multiclass", "top_accuracy@2", metrics.top_k_accuracy_score(
        labels, scores, k=2, sample_weight=weights)


def multilabel(weights):
    # Of the last two classes no row has the first and every row the second; neither has an AUC.
    random = np.random.default_rng(21)
    labels = (random.random((N, SETS)) < [0.5, 0.2, 0.05, 0.0, 1.0]).astype(int)
    scores = np.round(np.clip(random.normal(0.3 + 0.3 * labels, 0.2), 0.01, 0.99), 2)
    scores[:, 3] = np.minimum(scores[:, 3], 0.5)
    write("multilabel.csv", ["prediction"] * SETS + ["label"] * SETS + ["weight"],
          np.column_stack([scores, labels, weights]).tolist())
    yield "multilabel", "macro_auc", metrics.roc_auc_score(
        labels[:, :3], scores[:, :3], average="macro", sample_weight=weights)
    yield "multilabel", "log_loss", np.mean([
        metrics.log_loss(labels[:, c], scores[:, c], sample_weight=weights, labels=[0, 1])
        for c in range(SETS)])
    for average in ("micro", "macro"):
        yield "multilabel", f"{average}_f1", metrics.f1_score(
            labels, scores > 0.5, average=average, sample_weight=weights, zero_division=np.nan)
    yield "multilabel", "accuracy", metrics.accuracy_score(
        labels, scores > 0.5, sample_weight=weights)


def regression(weights):
    labels = random.normal(3.5, 1.1, N)
    scores = labels + random.normal(0.1, 0.7, N)
    write("regression.csv", ["prediction", "label", "weight"],
          np.column_stack([scores, labels, weights]).tolist())
    yield "regression", "rmse", metrics.root_mean_squared_error(
        labels, scores, sample_weight=weights)
    yield "regression", "mae", metrics.mean_absolute_error(labels, scores, sample_weight=weights)
    yield "regression", "mape", metrics.mean_absolute_percentage_error(
        labels, scores, sample_weight=weights)
    yield "regression", "r2", metrics.r2_score(labels, scores, sample_weight=weights)
    for q in (0.5, 0.9):
        yield "regression", f"quantile_loss@{q}", metrics.mean_pinball_loss(
            labels, scores, sample_weight=weights, alpha=q)
    # No ties here: a row's rank is the weight below it and half of its own.
    ranks = [[weights[v < x].sum() + w / 2 for x, w in zip(v, weights)] for v in (labels, scores)]
    covariance = np.cov(ranks, aweights=weights)
    yield "regression", "spearman", covariance[0, 1] / np.sqrt(
        covariance[0, 0] * covariance[1, 1])
    pairs = np.outer(weights, weights) * (labels[:, None] > labels)
    yield "regression", "xauc", (pairs * (scores[:, None] > scores)).sum() / pairs.sum()


weights = random.uniform(0.5, 2.0, N)
groups = np.arange(N) % 17
figures = [*binary(weights, groups), *multiclass(weights), *regression(weights),
           *multilabel(weights)]
write("figures.csv", ["rows", "metric", "value"],
      [(rows, metric, repr(float(value))) for rows, metric, value in figures])
