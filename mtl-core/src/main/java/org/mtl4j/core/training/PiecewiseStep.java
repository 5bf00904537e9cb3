package org.mtl4j.core.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.mtl4j.core.batch.Batch;
import org.mtl4j.core.head.TaskLoss;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.types.family.TFloating;

/**
 * A step whose batch is computed in pieces, with the result of the whole: first the numerators and
 * denominators of all losses, piece by piece, added up and divided once; then the gradients, piece
 * by piece, with those losses and denominators fed, so that whatever depends on a loss sees that of
 * the whole batch; then the updates, once, from the sums. Activations are those of a piece at a
 * time. It costs a forward pass more.
 */
final class PiecewiseStep {
  private final TrainingGraph graph;
  private final Accumulation accumulation;
  private final int rows;
  private final Supplier<BatchFeeds> feeds;

  /**
   * A way to take steps.
   *
   * @param rows of a piece
   * @param feeds makes what runs are fed
   */
  PiecewiseStep(
      TrainingGraph graph, Accumulation accumulation, int rows, Supplier<BatchFeeds> feeds) {
    this.graph = graph;
    this.accumulation = accumulation;
    this.rows = rows;
    this.feeds = feeds;
  }

  /**
   * Some of a batch's rows.
   *
   * @param number of the piece, from 0
   * @param from its first row
   * @param size its number of rows
   */
  record Piece(int number, int from, int size) {}

  /**
   * The losses of a whole batch.
   *
   * @param means per loss
   * @param denominators per loss
   * @param regularizers as the graph adds them
   */
  record Totals(double[] means, double[] denominators, double[] regularizers) {}

  private List<Piece> pieces(Batch batch) {
    List<Piece> pieces = new ArrayList<>();
    for (int from = 0, end; from < batch.size(); from = end) {
      end = batch.wholeQueries(from, Math.min(batch.size(), from + rows));
      pieces.add(new Piece(pieces.size(), from, end - from));
    }
    return pieces;
  }

  /** Takes the step. */
  StepLosses take(Batch batch, Pace pace) {
    Totals totals = totals(batch, pace);
    StepLosses taken = update(batch, pace, totals);
    if (graph.ends().step().isPresent()) {
      try (BatchFeeds fed = feeds.get()) {
        fed.whole(batch, pace, totals(batch, pace));
        fed.runner().addTarget(graph.ends().step().get()).run().close();
      }
    }
    return taken;
  }

  private Totals totals(Batch batch, Pace pace) {
    List<TaskLoss> losses = graph.losses().tasks();
    List<Operand<TFloating>> wanted = new ArrayList<>();
    losses.forEach(loss -> wanted.add(loss.numerator()));
    losses.forEach(loss -> wanted.add(loss.denominator()));
    wanted.addAll(graph.losses().regularizers());
    double[] sums = new double[wanted.size()];
    for (Piece piece : pieces(batch)) {
      try (BatchFeeds fed = feeds.get()) {
        fed.piece(batch, pace, piece);
        try (Result result = fetch(fed.runner(), wanted).run()) {
          for (int i = 0; i < sums.length; i++) {
            sums[i] += Tensors.scalar(result.get(i));
          }
        }
      }
    }
    int count = losses.size();
    double[] means = new double[count];
    double[] denominators = new double[count];
    for (int i = 0; i < count; i++) {
      denominators[i] = sums[count + i];
      means[i] = denominators[i] == 0 ? 0 : sums[i] / denominators[i];
    }
    double[] regularizers = new double[sums.length - 2 * count];
    System.arraycopy(sums, 2 * count, regularizers, 0, regularizers.length);
    return new Totals(means, denominators, regularizers);
  }

  private StepLosses update(Batch batch, Pace pace, Totals totals) {
    try (Gradients gradients = new Gradients()) {
      for (Piece piece : pieces(batch)) {
        try (BatchFeeds fed = feeds.get()) {
          fed.piece(batch, pace, piece);
          fed.losses(totals);
          gradients.add(fed.runner());
        }
      }
      try (BatchFeeds fed = feeds.get()) {
        fed.whole(batch, pace, totals);
        Session.Runner runner = gradients.feed(fed.runner());
        runner.addTarget(graph.update(pace.epoch())).fetch(graph.loss());
        graph.taskWeights().ifPresent(weights -> runner.fetch(weights.tensor()));
        try (Result result = runner.run()) {
          return losses(result, totals);
        }
      }
    }
  }

  private StepLosses losses(Result result, Totals totals) {
    Map<String, Double> tasks = new LinkedHashMap<>();
    List<TaskLoss> losses = graph.losses().tasks();
    for (int i = 0; i < losses.size(); i++) {
      tasks.merge(losses.get(i).task(), totals.means()[i], Double::sum);
    }
    Map<String, Double> weights =
        graph.taskWeights().map(of -> of.read(Tensors.doubles(result.get(1)))).orElse(Map.of());
    return new StepLosses(Tensors.scalar(result.get(0)), tasks, weights);
  }

  private static Session.Runner fetch(Session.Runner runner, List<Operand<TFloating>> wanted) {
    wanted.forEach(runner::fetch);
    return runner;
  }

  /** The gradients' sums so far; they stay where TensorFlow has them. */
  private final class Gradients implements AutoCloseable {
    private Result sums;

    void add(Session.Runner runner) {
      if (accumulation.sums().isEmpty()) {
        return;
      }
      boolean first = sums == null;
      Session.Runner run = first ? runner : feed(runner);
      Result next = fetch(run, first ? accumulation.first() : accumulation.added()).run();
      close();
      sums = next;
    }

    Session.Runner feed(Session.Runner runner) {
      for (int i = 0; i < accumulation.sums().size(); i++) {
        runner.feed(accumulation.sums().get(i), sums.get(i));
      }
      return runner;
    }

    @Override
    public void close() {
      if (sums != null) {
        sums.close();
      }
    }
  }
}
