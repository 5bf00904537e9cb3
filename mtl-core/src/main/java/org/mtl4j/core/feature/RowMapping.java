package org.mtl4j.core.feature;

import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.mtl4j.core.schema.Vocabulary;

/**
 * Which row of a table becomes which row of another: vocabularies differ, and so the row of a token
 * is another one in each. It costs four bytes a row of the table that rows are taken from, or
 * nothing where the ids of both stand for the same.
 */
public final class RowMapping {
  /** The target of a row that has none. */
  public static final int NONE = -1;

  private final int sourceRows;
  private final int targetRows;
  private final int copied;
  private final IntUnaryOperator targets;

  private RowMapping(int sourceRows, int targetRows, int copied, IntUnaryOperator targets) {
    this.sourceRows = sourceRows;
    this.targetRows = targetRows;
    this.copied = copied;
    this.targets = targets;
  }

  /** Every row becomes the row of the same id. */
  public static RowMapping same(int rows) {
    return new RowMapping(rows, rows, rows, IntUnaryOperator.identity());
  }

  /**
   * A token's row becomes that of the same token; those of a missing value and of one that is out
   * of vocabulary become those of the same meaning.
   */
  public static RowMapping byToken(Vocabulary source, Vocabulary target) {
    int[] targets = new int[source.size()];
    targets[Vocabulary.MISSING] = Vocabulary.MISSING;
    targets[Vocabulary.OUT_OF_VOCABULARY] = Vocabulary.OUT_OF_VOCABULARY;
    for (int id = Vocabulary.FIRST_TOKEN; id < targets.length; id++) {
      int found = target.id(source.tokens().get(id - Vocabulary.FIRST_TOKEN));
      targets[id] = found == Vocabulary.OUT_OF_VOCABULARY ? NONE : found;
    }
    return of(targets, target.size());
  }

  /**
   * Rows as somebody says.
   *
   * @param targets per row of the source that of the target, or {@link #NONE}; copied
   * @param targetRows number of rows of the target
   * @throws IllegalArgumentException if the target lacks a row, or two rows become one
   */
  public static RowMapping of(int[] targets, int targetRows) {
    int[] own = targets.clone();
    boolean[] taken = new boolean[targetRows];
    int copied = 0;
    for (int target : own) {
      if (target == NONE) {
        continue;
      }
      if (target < 0 || target >= targetRows || taken[target]) {
        throw new IllegalArgumentException(
            "targets: expected rows from 0 to %d, each once, found %d%s"
                .formatted(
                    targetRows - 1,
                    target,
                    target >= 0 && target < targetRows ? " a second time" : ""));
      }
      taken[target] = true;
      copied++;
    }
    return new RowMapping(own.length, targetRows, copied, row -> own[row]);
  }

  /** Rows of the table that rows are taken from. */
  public int sourceRows() {
    return sourceRows;
  }

  /** Rows of the table that takes them. */
  public int targetRows() {
    return targetRows;
  }

  /** Number of rows that have a target. */
  public int copied() {
    return copied;
  }

  /** The row that a row becomes, or {@link #NONE}. */
  public int target(int row) {
    return targets.applyAsInt(row);
  }

  /** Per row of the target whether a row becomes it. */
  public boolean[] taken() {
    boolean[] taken = new boolean[targetRows];
    IntStream.range(0, sourceRows)
        .map(this::target)
        .filter(row -> row != NONE)
        .forEach(row -> taken[row] = true);
    return taken;
  }
}
