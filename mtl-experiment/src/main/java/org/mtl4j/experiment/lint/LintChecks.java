package org.mtl4j.experiment.lint;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Nearest;
import org.mtl4j.core.error.Problem;

/** All checks: the one list of them. Their names are what {@code lint.allow} takes. */
public enum LintChecks {
  /** A label, or a column that decides it, as a feature. */
  LABEL_AS_FEATURE,
  /** A number that was measured with the event that a label is about, or after it. */
  MEASURED_AFTER_LABEL,
  /** A later stage of a funnel without the earlier one. */
  FUNNEL_ORDER,
  /** Equal rows, or the same id at the same time, on both sides of a split. */
  SPLIT_OVERLAP,
  /** The weight of a row as a feature. */
  WEIGHT_AS_FEATURE,
  /** A categorical feature with about one row a value. */
  UNIQUE_IDS,
  /** A point in time as a number. */
  TIME_AS_NUMBER,
  /** A task with few positives. */
  FEW_POSITIVES,
  /** An attribute of a user or an item that differs from row to row. */
  CONTRADICTORY_ATTRIBUTES,
  /** Ids of rows without an entry in a lookup. */
  ORPHAN_IDS,
  /** A feature that is distributed otherwise in the test than in training. */
  DRIFT,
  /** Values that hashing cannot tell apart. */
  HASH_COLLISIONS,
  /** Columns by which items are measured and that say nothing of items. */
  ITEM_COLUMNS;

  /** The checks of an experiment, without those of the given names. */
  static List<LintCheck> of(LintSubject subject, Set<String> allowed) {
    return Arrays.stream(values())
        .filter(check -> !allowed.contains(check.name()))
        .map(check -> check.make(subject))
        .toList();
  }

  private LintCheck make(LintSubject subject) {
    return switch (this) {
      case LABEL_AS_FEATURE -> new LabelAsFeature(name(), subject);
      case MEASURED_AFTER_LABEL -> new MeasuredAfterLabel(name(), subject);
      case FUNNEL_ORDER -> new FunnelOrder(name(), subject);
      case SPLIT_OVERLAP -> new SplitOverlap(name(), subject);
      case WEIGHT_AS_FEATURE -> new WeightAsFeature(name(), subject);
      case UNIQUE_IDS -> new UniqueIds(name(), subject);
      case TIME_AS_NUMBER -> new TimeAsNumber(name(), subject);
      case FEW_POSITIVES -> new FewPositives(name(), subject);
      case CONTRADICTORY_ATTRIBUTES -> new ContradictoryAttributes(name(), subject);
      case ORPHAN_IDS -> new OrphanIds(name(), subject);
      case DRIFT -> new Drift(name(), subject);
      case HASH_COLLISIONS -> new HashCollisions(name(), subject);
      case ITEM_COLUMNS -> new ItemColumns(name(), subject);
    };
  }

  /**
   * What is wrong with a name that {@code lint.allow} lists.
   *
   * @param where the key's place
   * @return nothing for the name of a check
   */
  public static Optional<Problem> problem(String where, String name) {
    List<String> names = Arrays.stream(values()).map(Enum::name).toList();
    return names.contains(name)
        ? Optional.empty()
        : Optional.of(
            new Problem(
                ErrorCode.UNKNOWN_NAME,
                where,
                "There is no check \"" + name + "\".",
                Nearest.hint(name, names)));
  }
}
