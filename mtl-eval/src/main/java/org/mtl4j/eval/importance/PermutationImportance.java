package org.mtl4j.eval.importance;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.model.Predictions;
import org.mtl4j.core.model.Predictor;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.eval.evaluator.Evaluator;
import org.mtl4j.eval.evaluator.PredictionCollector;

/**
 * Permutation importance: how much worse a figure becomes when the values of a column change their
 * rows, so that they are as frequent as they were and say nothing of the row. Breiman, "Random
 * forests", 2001; Fisher, Rudin and Dominici, "All models are wrong, but many are useful", 2019.
 *
 * <p>A value is permuted as the source gives it, a list of values as a whole, and every feature
 * that reads its column changes with it. Values are permuted among the rows that have a say in an
 * output: those that a model of that output is asked about. Outputs whose rows are the same share
 * their permutations.
 */
public final class PermutationImportance {
  private static final int BLOCK = 4096;

  private final Predictor predictor;
  private final int repeats;
  private final Seed seed;

  /**
   * Of a predictor.
   *
   * @param repeats permutations of each set of columns, at least 1
   * @param seed of the permutations
   * @throws IllegalArgumentException if there are no repeats
   */
  public PermutationImportance(Predictor predictor, int repeats, Seed seed) {
    if (repeats < 1) {
      throw new IllegalArgumentException("expected at least one permutation, found " + repeats);
    }
    this.predictor = predictor;
    this.repeats = repeats;
    this.seed = seed;
  }

  /** Rows on which some outputs have a say, and the figures that are taken there. */
  private record Space(LabelledRows rows, List<Figure> figures) {}

  /** A figure of an output. */
  private record Figure(OutputSpec output, Metric metric) {}

  /**
   * The importance of each set of columns for each figure that the rows define, figure by figure;
   * outputs on the same rows stand together.
   *
   * @param measured per output its figures
   * @param sets what is permuted
   * @param begun hears of each set once, before it is permuted
   * @throws IllegalArgumentException if rows lack a column of a set
   */
  public List<Importance> of(
      LabelledRows rows,
      Map<OutputSpec, List<Metric>> measured,
      List<ColumnSet> sets,
      Consumer<ColumnSet> begun) {
    List<Space> spaces = spaces(rows, measured);
    List<Map<ColumnSet, List<Map<Figure, Double>>>> permuted = new ArrayList<>();
    spaces.forEach(space -> permuted.add(new LinkedHashMap<>()));
    for (ColumnSet set : sets) {
      begun.accept(set);
      for (int i = 0; i < spaces.size(); i++) {
        permuted.get(i).put(set, permuted(spaces.get(i), set));
      }
    }
    List<Importance> found = new ArrayList<>();
    for (int i = 0; i < spaces.size(); i++) {
      found.addAll(importances(spaces.get(i), permuted.get(i)));
    }
    return found;
  }

  private List<Importance> importances(
      Space space, Map<ColumnSet, List<Map<Figure, Double>>> permuted) {
    List<Importance> found = new ArrayList<>();
    figures(space, space.rows().rows())
        .forEach(
            (figure, value) ->
                permuted.forEach(
                    (set, figures) ->
                        importance(space, figure, value, set, figures).ifPresent(found::add)));
    return found;
  }

  /** Empty if no permutation has the figure: a rank correlation, say, of equal predictions. */
  private static Optional<Importance> importance(
      Space space, Figure figure, double whole, ColumnSet set, List<Map<Figure, Double>> permuted) {
    boolean higher = figure.metric().higherIsBetter();
    List<Double> drops =
        permuted.stream()
            .map(figures -> figures.get(figure))
            .filter(Objects::nonNull)
            .map(value -> higher ? whole - value : value - whole)
            .toList();
    Importance.Of of = new Importance.Of(figure.output().name(), figure.metric().key(), set.name());
    int rows = space.rows().rows().rowCount();
    return drops.isEmpty() ? Optional.empty() : Optional.of(new Importance(of, rows, whole, drops));
  }

  /** Outputs by the rows that have a say in them; those without any are left out. */
  private static List<Space> spaces(LabelledRows rows, Map<OutputSpec, List<Metric>> measured) {
    Map<BitSet, List<Figure>> figures = new LinkedHashMap<>();
    measured.forEach(
        (output, metrics) -> {
          boolean[] mask = rows.labels().get(output.name()).mask();
          BitSet say = new BitSet();
          IntStream.range(0, mask.length).filter(row -> mask[row]).forEach(say::set);
          if (!say.isEmpty() && !metrics.isEmpty()) {
            List<Figure> ofRows = figures.computeIfAbsent(say, rowsThatSay -> new ArrayList<>());
            metrics.forEach(metric -> ofRows.add(new Figure(output, metric)));
          }
        });
    List<Space> spaces = new ArrayList<>();
    figures.forEach(
        (say, ofRows) -> spaces.add(new Space(rows.select(say.stream().toArray()), ofRows)));
    return spaces;
  }

  private List<Map<Figure, Double>> permuted(Space space, ColumnSet set) {
    List<Map<Figure, Double>> figures = new ArrayList<>();
    for (int repeat = 0; repeat < repeats; repeat++) {
      Seed own = seed.child("permutation/" + set.name() + "/" + repeat);
      figures.add(figures(space, permuted(space.rows().rows(), set, own)));
    }
    return figures;
  }

  /** The rows with the set's values in other rows, those of one row together. */
  private static RawBatch permuted(RawBatch rows, ColumnSet set, Seed seed) {
    RawBatch moved = rows.select(permutation(rows.rowCount(), seed.random()));
    Map<Integer, Object> values = new LinkedHashMap<>();
    for (String name : set.columns()) {
      int column = rows.columns().indexOf(name);
      values.put(column, moved.values(column));
    }
    return rows.withValues(values);
  }

  /** Each order is as likely as another: Durstenfeld's shuffle, 1964. */
  private static int[] permutation(int n, SplittableRandom random) {
    int[] order = IntStream.range(0, n).toArray();
    for (int i = n - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[other];
      order[other] = kept;
    }
    return order;
  }

  /** The figures that are defined when the predictor sees these rows. */
  private Map<Figure, Double> figures(Space space, RawBatch seen) {
    List<OutputSpec> outputs = space.figures().stream().map(Figure::output).distinct().toList();
    PredictionCollector collector = new Evaluator(List.of()).collector(outputs);
    collector.add(predict(seen, outputs), space.rows().labels(), space.rows().groups());
    Map<String, EvaluationRows> rows = collector.rows();
    Map<Figure, Double> figures = new LinkedHashMap<>();
    for (Figure figure : space.figures()) {
      OptionalDouble value = figure.metric().compute(rows.get(figure.output().name()));
      value.ifPresent(defined -> figures.put(figure, defined));
    }
    return figures;
  }

  private Predictions predict(RawBatch rows, List<OutputSpec> outputs) {
    int n = rows.rowCount();
    Map<String, float[]> values = new LinkedHashMap<>();
    outputs.forEach(output -> values.put(output.name(), new float[n * output.width()]));
    for (int from = 0; from < n; from += BLOCK) {
      int[] block = IntStream.range(from, Math.min(n, from + BLOCK)).toArray();
      Predictions predicted = predictor.predict(rows.select(block));
      for (OutputSpec output : outputs) {
        float[] found = predicted.values().get(output.name());
        System.arraycopy(found, 0, values.get(output.name()), from * output.width(), found.length);
      }
    }
    return new Predictions(n, values);
  }
}
