package org.mtl4j.data.dataset;

import com.google.common.base.Suppliers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.data.split.Split;
import org.mtl4j.data.split.SplitAssigner;
import org.mtl4j.data.split.SplitInput;
import org.mtl4j.data.split.SplitRule;
import org.mtl4j.data.union.IdScope;

/**
 * One source and what its rows are for.
 *
 * @param source rows after their rules
 * @param assigner says what each is for
 * @param rule what the assigner was made of: with equal sources, equal rules split equally
 * @param kept which of its training rows are kept: those that every one of them keeps
 * @param negatives what draws rows behind them; empty: none are
 */
record SplitPart(
    BatchSource source,
    Supplier<SplitAssigner> assigner,
    String rule,
    List<RowFilter> kept,
    Optional<NegativeRows> negatives) {
  SplitPart {
    kept = List.copyOf(kept);
  }

  SplitPart(BatchSource source, Supplier<SplitAssigner> assigner, String rule) {
    this(source, assigner, rule, List.of(), Optional.empty());
  }

  /** A rule may have to read all rows once: not before the first one is asked for. */
  static SplitPart of(BatchSource source, SplitRule.ByRow rule, Seed seed, IdScope scope) {
    SplitInput input = new SplitInput(source, seed.child("split"), scope);
    return new SplitPart(
        source,
        Suppliers.memoize(() -> rule.assigner(input)),
        rule + ", seed " + input.seed().value() + ", " + scope);
  }

  /** The same rule over the same rows, with columns more. */
  SplitPart with(BatchSource extended) {
    return new SplitPart(extended, assigner, rule, kept, negatives);
  }

  /** The same without training rows that a rule leaves out. */
  SplitPart keeping(RowFilter rows) {
    List<RowFilter> all = new ArrayList<>(kept);
    all.add(rows);
    return new SplitPart(source, assigner, rule + ", " + rows, all, negatives);
  }

  /** The same with rows drawn behind each row. */
  SplitPart with(NegativeRows drawn) {
    return new SplitPart(source, assigner, rule + ", " + drawn, kept, Optional.of(drawn));
  }

  /** Has the rules read what they have to, before a pass does: not two at a time. */
  void bind() {
    Objects.requireNonNull(assigner.get());
    negatives.ifPresent(NegativeRows::bind);
  }

  /** The rows of a block that are for a split. */
  RawBatch select(RawBatch block, Split split) {
    return select(block, splits(block), split);
  }

  /** The rows of a block that are for a split, {@code splits} saying what each is for. */
  RawBatch select(RawBatch block, Split[] splits, Split split) {
    int[] rows = new int[block.rowCount()];
    List<boolean[]> wanted =
        split == Split.TRAIN ? kept.stream().map(k -> k.of(block)).toList() : List.of();
    int count = 0;
    for (int row = 0; row < rows.length; row++) {
      if (splits[row] == split && isKept(row, wanted)) {
        rows[count++] = row;
      }
    }
    RawBatch selected = block.select(Arrays.copyOf(rows, count));
    return count == 0 ? selected : negatives.map(n -> n.behind(selected)).orElse(selected);
  }

  private static boolean isKept(int row, List<boolean[]> wanted) {
    for (boolean[] rows : wanted) {
      if (!rows[row]) {
        return false;
      }
    }
    return true;
  }

  /** How many rows to read for a block of so many at most. */
  int readable(int maxRows) {
    return Math.max(1, maxRows / negatives.map(NegativeRows::factor).orElse(1));
  }

  /** What each row of a block is for. */
  Split[] splits(RawBatch block) {
    Split[] splits = new Split[block.rowCount()];
    SplitAssigner assigned = assigner.get();
    for (int row = 0; row < splits.length; row++) {
      splits[row] = assigned.of(block, row);
    }
    return splits;
  }
}
