package org.mtl4j.experiment.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.schema.FeatureGroup;
import org.mtl4j.core.task.Columns;
import org.mtl4j.data.split.Split;
import org.mtl4j.data.split.SplitRule;
import org.mtl4j.data.union.ScopedIds;

/**
 * Rows on both sides of a split: equal in every column (a warning from .01 of the validation and
 * test rows on, an error from .1), or with the same user, or else item, at the same point in time
 * (a warning from .01 on). The id is found in the first training rows ({@link GroupIds}), and so is
 * the time: the first column whose values there all look like one ({@link TimeColumns}).
 */
final class SplitOverlap implements LintCheck {
  private static final double MANY = 0.1;
  private static final double SOME = 0.01;
  private static final long LEAST = 10;

  private final String name;
  private final LintSubject subject;
  private final Overlap rows;
  private Optional<Moments> moments = Optional.empty();
  private boolean begun;

  SplitOverlap(String name, LintSubject subject) {
    this.name = name;
    this.subject = subject;
    this.rows = new Overlap(compared(subject));
  }

  /** The source's columns, without the one that says what a row is for. */
  private static int[] compared(LintSubject subject) {
    Columns columns = subject.columns();
    return IntStream.range(0, columns.size())
        .filter(c -> !subject.data().derived().containsKey(columns.names().get(c)))
        .filter(
            c ->
                !(subject.data().split() instanceof SplitRule.Column split
                    && split.column().equals(columns.names().get(c))))
        .toArray();
  }

  /** What makes rows those of one id at one time. */
  private static int[] compared(ScopedIds ids, int time) {
    return IntStream.concat(ids.domain().stream(), IntStream.of(ids.column(), time)).toArray();
  }

  /** The same id at the same time. */
  private record Moments(CategoricalFeature id, int idColumn, int time, Overlap overlap) {}

  @Override
  public void observe(Split split, RawBatch block) {
    if (!begun && split == Split.TRAIN) {
      moments = moments(block);
      begun = true;
    }
    for (int row = 0; row < block.rowCount(); row++) {
      rows.observe(split, block, row);
      if (moments.isPresent() && isThere(moments.get(), block, row)) {
        moments.get().overlap().observe(split, block, row);
      }
    }
  }

  private static boolean isThere(Moments moments, RawBatch rows, int row) {
    return rows.text(moments.idColumn(), row) != null && rows.text(moments.time(), row) != null;
  }

  private Optional<Moments> moments(RawBatch first) {
    GroupIds groups = new GroupIds(subject.features(), subject.columns());
    Optional<CategoricalFeature> id =
        Stream.of(FeatureGroup.USER, FeatureGroup.ITEM)
            .flatMap(group -> groups.of(group, first).stream())
            .findFirst();
    return id.flatMap(
        feature ->
            TimeColumns.first(first)
                .map(
                    time -> {
                      ScopedIds ids = subject.ids(feature);
                      return new Moments(
                          feature, ids.column(), time, new Overlap(compared(ids, time)));
                    }));
  }

  @Override
  public List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    if (rows.share() >= SOME && rows.shared() >= LEAST) {
      findings.add(
          new Finding(
              name,
              rows.share() >= MANY ? Severity.ERROR : Severity.WARNING,
              "data.split",
              rows.words("are equal to a training row in every column") + ".",
              "Set data.drop_duplicates, or split by a group or by time, so that no row is learnt"
                  + " from and measured with."));
    }
    moments
        .filter(m -> m.overlap().share() >= SOME && m.overlap().shared() >= LEAST)
        .map(this::finding)
        .ifPresent(findings::add);
    return findings;
  }

  private Finding finding(Moments found) {
    String time = subject.columns().names().get(found.time());
    return new Finding(
        name,
        Severity.WARNING,
        "data.split",
        found
                .overlap()
                .words(
                    "have the \"%s\" and \"%s\" of a training row"
                        .formatted(found.id().column(), time))
            + ".",
        "What was shown together is split apart: split by time, or by group with the column of the"
            + " page, the session or the user.");
  }
}
