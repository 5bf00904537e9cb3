package org.mtl4j.core.metric;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * What rows that differ in their weights alone have in common: predictions, labels, groups, and the
 * orders that metrics ask for, each made once, when it is first asked for. Safe from any thread.
 *
 * <p>Orders are made under a lock, so that parallel replicates wait for one sort and do not each do
 * their own.
 */
class EvaluationTable {
  private final Numbers predictions;
  private final int width;
  private final Numbers labels;
  private final Optional<Ints> groups;
  private final Optional<RowItems> items;
  private final int size;
  private final EvaluationTable[] classes;
  private ArrayRanking ranking;
  private ArrayRanking labelRanking;
  private BitSet rankedPositives;
  private int[] endsOfTies;
  private double[] differentScores;
  private ArrayGroupedRanking groupedRanking;
  private GroupIndex groupIndex;
  private OptionalInt firstNotProbability;

  EvaluationTable(Numbers predictions, int width, Numbers labels, Optional<Ints> groups, int size) {
    this(predictions, width, labels, groups, Optional.empty(), size);
  }

  /** As above, with items. */
  EvaluationTable(
      Numbers predictions,
      int width,
      Numbers labels,
      Optional<Ints> groups,
      Optional<RowItems> items,
      int size) {
    if (predictions.size() != (long) size * width
        || (labels.size() != size && labels.size() != (long) size * width)
        || groups.map(g -> g.size() != size).orElse(false)) {
      throw new IllegalArgumentException(
          "expected %d weights to go with as many groups and labels, or %d times as many labels, and %d"
                  .formatted(size, width, width)
              + " times as many predictions");
    }
    this.predictions = predictions;
    this.width = width;
    this.labels = labels;
    this.groups = groups;
    this.items = items;
    this.size = size;
    this.classes = new EvaluationTable[width];
  }

  /** The same rows with items; orders are made anew. */
  EvaluationTable with(RowItems those) {
    return new EvaluationTable(predictions, width, labels, groups, Optional.of(those), size);
  }

  Numbers predictions() {
    return predictions;
  }

  int width() {
    return width;
  }

  Numbers labels() {
    return labels;
  }

  Optional<Ints> groups() {
    return groups;
  }

  Optional<RowItems> items() {
    return items;
  }

  int size() {
    return size;
  }

  /** Number of what a bootstrap draws: groups, or rows where there are none. */
  int unitCount() {
    return groups.isPresent() ? groupIndex().count() : size;
  }

  /** The unit of a row. */
  IntUnaryOperator units() {
    if (groups.isEmpty()) {
      return IntUnaryOperator.identity();
    }
    int[] groupOfRow = groupIndex().ofRow();
    return row -> groupOfRow[row];
  }

  synchronized Ranking ranking() {
    return arrayRanking();
  }

  private ArrayRanking arrayRanking() {
    checkOnePrediction();
    if (ranking == null) {
      ranking = ArrayRanking.of(predictions);
    }
    return ranking;
  }

  /** There is nothing to rank rows by that have several predictions. */
  void checkOnePrediction() {
    if (width != 1) {
      throw new IllegalStateException(
          "expected one prediction a row to rank by, found %d".formatted(width));
    }
  }

  /** Per position of the ranking whether its row is a positive. */
  synchronized BitSet rankedPositives() {
    if (rankedPositives == null) {
      rankedPositives = arrayRanking().positives(labels);
    }
    return rankedPositives;
  }

  /** Per different score the position of the ranking after its last row. */
  synchronized int[] endsOfTies() {
    if (endsOfTies == null) {
      int[] ends = new int[differentScores().length];
      for (int tie = 0, start = 0; tie < ends.length; tie++) {
        start = ranking().endOfTie(start);
        ends[tie] = start;
      }
      endsOfTies = ends;
    }
    return endsOfTies;
  }

  /** The different scores, the highest first. */
  synchronized double[] differentScores() {
    if (differentScores == null) {
      Ranking order = ranking();
      double[] scores = new double[size];
      int count = 0;
      for (int start = 0; start < size; start = order.endOfTie(start)) {
        scores[count++] = predictions.get(order.row(start));
      }
      differentScores = Arrays.copyOf(scores, count);
    }
    return differentScores;
  }

  synchronized Ranking labelRanking() {
    checkOneLabel();
    if (labelRanking == null) {
      labelRanking = ArrayRanking.of(labels);
    }
    return labelRanking;
  }

  /** There is nothing to rank rows by that have several labels. */
  void checkOneLabel() {
    if (labels.size() != size) {
      throw new IllegalStateException("expected one label a row to rank by, found sets");
    }
  }

  synchronized OptionalInt firstNotProbability() {
    if (firstNotProbability == null) {
      firstNotProbability =
          IntStream.range(0, predictions.size())
              .filter(i -> !(predictions.get(i) >= 0 && predictions.get(i) <= 1))
              .findFirst();
    }
    return firstNotProbability;
  }

  synchronized GroupedRanking groupedRanking() {
    if (groupedRanking == null) {
      groupedRanking = new ArrayGroupedRanking(ranking(), groupIndex());
    }
    return groupedRanking;
  }

  synchronized GroupIndex groupIndex() {
    if (groupIndex == null) {
      groupIndex = GroupIndex.of(existingGroups());
    }
    return groupIndex;
  }

  /** The groups that there must be. */
  Ints existingGroups() {
    return groups.orElseThrow(() -> new IllegalStateException("expected groups, found none"));
  }

  synchronized EvaluationTable ofClass(int c) {
    if (classes[c] == null) {
      Numbers ofClass = labels.size() == size ? labels : new StridedNumbers(labels, c, width);
      classes[c] =
          new EvaluationTable(new StridedNumbers(predictions, c, width), 1, ofClass, groups, size);
    }
    return classes[c];
  }
}
