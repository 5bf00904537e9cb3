package org.mtl4j.core.metric;

import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;

/**
 * The rows of one output's sample space, n of them, with what was predicted. A row's predictions
 * are probabilities (one for each class of a multiclass or multilabel output) or values in the
 * label's unit; none is NaN. Its label is 0 or 1, a class index, a value in its unit, or of a
 * multilabel output a 1 for each class that its set has, else a 0.
 *
 * <p>The orders that metrics by rank need are made once, when they are first asked for, and are
 * shared: by all metrics, and by all {@link #withWeights} and {@link #resampled} of these rows, so
 * that a bootstrap replicate costs a pass and no sort. Immutable: safe from any thread.
 */
public final class EvaluationRows {
  private final EvaluationTable table;
  private final UnitSums units;
  private final Optional<Resample> resample;

  /**
   * Rows from arrays, which are not copied: they must not change any more.
   *
   * @param predictions [n * width], row by row
   * @param width predictions per row
   * @param labels [n], or of a multilabel output [n * width], row by row
   * @param weights [n]: example weights, not negative
   * @param groups [n]: the group of each row (a user, say), any number, the same for the same
   *     group; empty when the experiment names none
   * @throws IllegalArgumentException if their lengths do not go together, a prediction or label is
   *     NaN, or a weight is below 0
   */
  public EvaluationRows(
      double[] predictions, int width, double[] labels, double[] weights, Optional<int[]> groups) {
    this(Numbers.of(predictions), width, Numbers.of(labels), Numbers.of(weights), groups);
  }

  /**
   * Rows from columns of any kind, as above.
   *
   * @throws IllegalArgumentException as above
   */
  public EvaluationRows(
      Numbers predictions, int width, Numbers labels, Numbers weights, Optional<int[]> groups) {
    this(
        RowChecks.checked(
            new UnitSums(
                new EvaluationTable(
                    predictions, width, labels, groups.map(Ints::of), weights.size()),
                weights)));
  }

  /** Rows that were not drawn. */
  EvaluationRows(UnitSums units) {
    this(units, Optional.empty());
  }

  private EvaluationRows(UnitSums units, Optional<Resample> resample) {
    this.table = units.table();
    this.units = units;
    this.resample = resample;
  }

  /** Number of rows; resampling changes what they count and not how many there are. */
  public int size() {
    return table.size();
  }

  /** Predictions per row. */
  public int width() {
    return table.width();
  }

  /** Whether labels are sets of several classes. */
  public boolean hasSets() {
    return table.labels().size() > table.size();
  }

  /** All predictions, row by row: [n * width]. */
  public Numbers predictions() {
    return table.predictions();
  }

  /** All labels: [n], or of a multilabel output [n * width], row by row. */
  public Numbers labels() {
    return table.labels();
  }

  /**
   * The index of the first prediction that is not in [0, 1], as those of foreign systems may be;
   * empty if all are.
   */
  public OptionalInt firstNotProbability() {
    return table.firstNotProbability();
  }

  /** What a row counts: its example weight, as often as it was drawn in a resample. */
  public double weight(int row) {
    return resample.isEmpty() ? units.weight(row) : resample.get().weight(row);
  }

  /** What all rows weigh together. */
  public double totalWeight() {
    return weightedSum(EvaluationRows.class, row -> 1);
  }

  /**
   * The sum over all rows of weight times a value that a row's prediction and label alone decide, a
   * loss say. For resamples values are computed once and added up within units, of which 8 bytes
   * each are kept: a resample costs a pass over units.
   *
   * @param what names the value, among all values of these rows, by its {@code equals}
   * @param valueOfRow the value of a row that weighs something, finite
   */
  public double weightedSum(Object what, IntToDoubleFunction valueOfRow) {
    return resample.isPresent() ? resample.get().sum(what, valueOfRow) : units.total(valueOfRow);
  }

  /**
   * Values of groups that do not depend on how often groups were drawn: for resamples computed
   * once, of all groups, and kept.
   *
   * @param what names the values, among all values of groups of these rows, by its {@code equals}
   * @param width how many values a group has
   * @param values of these rows, none of which was drawn: the i-th value of group g by the number
   *     {@code g * width + i}
   * @return the values, by the same numbers
   */
  public IntToDoubleFunction groupValues(
      Object what, int width, Function<EvaluationRows, IntToDoubleFunction> values) {
    if (resample.isEmpty()) {
      return values.apply(this);
    }
    double[] found = units.ofGroups(what, width, values);
    return i -> found[i];
  }

  /** The group of each row, as it was given: [n]; empty where there are none. */
  public Optional<Ints> groups() {
    return table.groups();
  }

  /** The items of the rows; empty where there are none. */
  public Optional<RowItems> items() {
    return table.items();
  }

  /** What these rows hold of what metrics may need. */
  public Set<RowPart> parts() {
    Set<RowPart> parts = EnumSet.noneOf(RowPart.class);
    groups().ifPresent(groups -> parts.add(RowPart.GROUPS));
    items().ifPresent(items -> parts.addAll(items.parts()));
    return parts;
  }

  /**
   * How often a group of {@link #groupedRanking} was drawn: 1 but in a resample. A figure that is a
   * mean over groups counts each of them so often.
   */
  public int groupCount(int group) {
    return resample.isEmpty() ? 1 : resample.get().count(group);
  }

  /**
   * Number of what a bootstrap draws: groups, as the rows of one user are not independent of each
   * other; rows where there are no groups.
   */
  public int unitCount() {
    return table.unitCount();
  }

  /** The unit of a row, by its number in {@link #resampled}: its group's, or the row's own. */
  public IntUnaryOperator units() {
    return table.units();
  }

  /**
   * These rows with items.
   *
   * @throws IllegalArgumentException if they are not as many
   */
  public EvaluationRows withItems(RowItems items) {
    return of(units.with(items));
  }

  /** Other sums over the same rows, drawn as often as these. */
  private EvaluationRows of(UnitSums others) {
    return others == units
        ? this
        : new EvaluationRows(others, resample.map(drawn -> others.draw(drawn.counts())));
  }

  /**
   * These rows with other example weights. Orders are shared.
   *
   * @param weights [n], not copied, not negative
   * @throws IllegalArgumentException if they are not as many
   */
  public EvaluationRows withWeights(double... weights) {
    return of(units.with(Numbers.of(weights)));
  }

  /**
   * These rows as if each unit stood there so often: a group with all its rows, as so many groups,
   * or a row where there are no groups. Orders are shared.
   *
   * @param counts [{@link #unitCount}], in the order of {@link #groupedRanking}'s groups or of the
   *     rows, not copied, not negative; they take the place of earlier ones
   * @throws IllegalArgumentException if they are not as many
   */
  public EvaluationRows resampled(int... counts) {
    return new EvaluationRows(units, Optional.of(units.draw(counts)));
  }

  /**
   * Some of these rows as rows of their own, as of a file with nothing else: orders are not shared.
   *
   * @param rows [m] positions among these rows, in the order wanted
   * @throws IllegalStateException if these are resampled
   */
  public EvaluationRows select(int... rows) {
    if (resample.isPresent()) {
      throw new IllegalStateException("expected rows as they came, found a resample of them");
    }
    return units.select(rows);
  }

  /**
   * The predictions and labels of one class, as an output of its own: of a multilabel output a yes
   * or no. Orders are shared between all that ask for it.
   */
  public EvaluationRows ofClass(int c) {
    return new EvaluationRows(units.ofClass(c), resample.map(drawn -> drawn.ofClass(c)));
  }

  /**
   * All rows by falling score.
   *
   * @throws IllegalStateException if there are several predictions a row
   */
  public Ranking ranking() {
    return table.ranking();
  }

  /**
   * All rows by falling label, for figures that compare the two orders.
   *
   * @throws IllegalStateException if labels are sets
   */
  public Ranking labelRanking() {
    return table.labelRanking();
  }

  /**
   * The rows of each group by falling score.
   *
   * @throws IllegalStateException if there are no groups, or several predictions a row
   */
  public GroupedRanking groupedRanking() {
    return table.groupedRanking();
  }

  /**
   * Goes through the different scores of a binary output once, the highest first: all that most
   * metrics by rank need. Scores of rows that weigh nothing may be left out.
   *
   * @throws IllegalStateException if there are several predictions a row
   */
  public void byFallingScore(ScoreVisitor visitor) {
    if (resample.isPresent()) {
      resample.get().visit(visitor);
    } else {
      units.visit(visitor);
    }
  }

  /**
   * These rows, for whoever goes through {@link #groupedRanking}: of rows in files others, in that
   * very order, so that they are read one after the other.
   */
  public EvaluationRows inGroups() {
    return of(units.inGroups());
  }

  /** These rows, for whoever goes through {@link #ranking}, as above. */
  public EvaluationRows inScores() {
    return of(units.inScores());
  }

  /** Where these rows are. */
  public RowSpace space() {
    return units.space();
  }
}
