package org.mtl4j.core.metric;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;

/**
 * What the units of weighted rows, groups or single rows, add up to: made once, when it is first
 * asked for, so that a resample is a pass over units and not over rows. Safe from any thread.
 */
class UnitSums {
  private final EvaluationTable table;
  private final Numbers weights;
  private final UnitSums[] classes;
  private final Map<Object, double[]> sums = new HashMap<>();
  private final Map<Object, double[]> groupValues = new HashMap<>();
  private int[] rankedUnits;
  private double[] rankedWeights;

  UnitSums(EvaluationTable table, Numbers weights) {
    this.table = table;
    this.weights = weights;
    this.classes = new UnitSums[table.width()];
  }

  EvaluationTable table() {
    return table;
  }

  /**
   * Of the same rows with items.
   *
   * @throws IllegalArgumentException if they are not as many
   */
  UnitSums with(RowItems items) {
    if (items.size() != table.size()) {
      throw new IllegalArgumentException(
          "expected the items of %d rows, found %d".formatted(table.size(), items.size()));
    }
    return new UnitSums(table.with(items), weights);
  }

  /**
   * Of the same rows with other weights.
   *
   * @throws IllegalArgumentException if they are not as many
   */
  final UnitSums with(Numbers others) {
    if (others.size() != table.size()) {
      throw new IllegalArgumentException(
          "expected %d weights, found %d".formatted(table.size(), others.size()));
    }
    return weighted(others);
  }

  UnitSums weighted(Numbers others) {
    return new UnitSums(table, others);
  }

  /**
   * These rows, of which units were drawn so often.
   *
   * @throws IllegalArgumentException if they are not as many
   */
  final Resample draw(int... counts) {
    if (counts.length != table.unitCount()) {
      throw new IllegalArgumentException(
          "expected a count for each of %d %s, found %d"
              .formatted(
                  table.unitCount(),
                  table.groups().isPresent() ? "groups" : "rows",
                  counts.length));
    }
    return drawn(counts);
  }

  Resample drawn(int... counts) {
    return new Resample(this, counts);
  }

  /** These rows where those of each group are read one after the other. */
  UnitSums inGroups() {
    return this;
  }

  /** These rows where they are read by falling score. */
  UnitSums inScores() {
    return this;
  }

  RowSpace space() {
    return new HeapSpace(table.size());
  }

  Numbers weights() {
    return weights;
  }

  /** The example weight of a row. */
  double weight(int row) {
    return weights.get(row);
  }

  /** Some rows [m], as rows of their own. */
  EvaluationRows select(int[] rows) {
    int width = table.width();
    int labelWidth = table.labels().size() > table.size() ? width : 1;
    EvaluationRows selected =
        new EvaluationRows(
            table.predictions().select(rows, width),
            width,
            table.labels().select(rows, labelWidth),
            weights.select(rows, 1),
            table.groups().map(of -> Arrays.stream(rows).map(of::get).toArray()));
    return table.items().map(items -> selected.withItems(items.select(rows))).orElse(selected);
  }

  /** Goes through the different scores of all rows, none of them drawn. */
  void visit(ScoreVisitor visitor) {
    Ranking ranking = table.ranking();
    BitSet isPositive = table.rankedPositives();
    for (int start = 0, end; start < ranking.size(); start = end) {
      end = ranking.endOfTie(start);
      double positives = 0;
      double negatives = 0;
      for (int i = start; i < end; i++) {
        if (isPositive.get(i)) {
          positives += weights.get(ranking.row(i));
        } else {
          negatives += weights.get(ranking.row(i));
        }
      }
      visitor.visit(table.predictions().get(ranking.row(start)), positives, negatives);
    }
  }

  /** The sum over all rows, none of them drawn, of example weight times value. */
  double total(IntToDoubleFunction valueOfRow) {
    double sum = 0;
    for (int row = 0; row < table.size(); row++) {
      double weight = weights.get(row);
      if (weight > 0) {
        sum += weight * valueOfRow.applyAsDouble(row);
      }
    }
    return sum;
  }

  /** The sum over units of how often each was drawn times what it adds up to. */
  double drawnTotal(int[] drawn, Object what, IntToDoubleFunction valueOfRow) {
    double[] ofUnits = of(what, valueOfRow);
    return new FourSums(drawn).add(ofUnits, ofUnits.length).total();
  }

  /** Per unit the sum over its rows of example weight times value. */
  synchronized double[] of(Object what, IntToDoubleFunction valueOfRow) {
    double[] known = sums.get(what);
    if (known == null) {
      known = sum(valueOfRow);
      sums.put(what, known);
    }
    return known;
  }

  private double[] sum(IntToDoubleFunction valueOfRow) {
    double[] ofUnits = new double[table.unitCount()];
    IntUnaryOperator unit = table.units();
    for (int row = 0; row < table.size(); row++) {
      double weight = weights.get(row);
      if (weight > 0) {
        ofUnits[unit.applyAsInt(row)] += weight * valueOfRow.applyAsDouble(row);
      }
    }
    return ofUnits;
  }

  /** Values of the groups of rows that were not drawn, {@code width} of each. */
  synchronized double[] ofGroups(
      Object what, int width, Function<EvaluationRows, IntToDoubleFunction> values) {
    double[] known = groupValues.get(what);
    if (known == null) {
      IntToDoubleFunction valueAt = values.apply(new EvaluationRows(this));
      known = new double[table.unitCount() * width];
      for (int i = 0; i < known.length; i++) {
        known[i] = valueAt.applyAsDouble(i);
      }
      groupValues.put(what, known);
    }
    return known;
  }

  /**
   * Per position of the ranking the unit of its row: itself for a positive, its complement for
   * another row.
   */
  synchronized int[] rankedUnits() {
    if (rankedUnits == null) {
      Ranking ranking = table.ranking();
      IntUnaryOperator unit = table.units();
      BitSet isPositive = table.rankedPositives();
      int[] ranked = new int[ranking.size()];
      for (int position = 0; position < ranked.length; position++) {
        int ofRow = unit.applyAsInt(ranking.row(position));
        ranked[position] = isPositive.get(position) ? ofRow : ~ofRow;
      }
      rankedUnits = ranked;
    }
    return rankedUnits;
  }

  /** Per position of the ranking the example weight of its row. */
  synchronized double[] rankedWeights() {
    if (rankedWeights == null) {
      Ranking ranking = table.ranking();
      double[] ranked = new double[ranking.size()];
      for (int position = 0; position < ranked.length; position++) {
        ranked[position] = weights.get(ranking.row(position));
      }
      rankedWeights = ranked;
    }
    return rankedWeights;
  }

  /** Those of one class, whose rows weigh the same. */
  synchronized UnitSums ofClass(int c) {
    if (classes[c] == null) {
      classes[c] = new UnitSums(table.ofClass(c), weights);
    }
    return classes[c];
  }
}
