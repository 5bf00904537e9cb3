package org.mtl4j.models.trees;

import org.mtl4j.core.model.FittingRows;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.core.task.FittedTask;

/**
 * What a task's trees are grown on.
 *
 * @param encoder what made the rows columns of numbers
 * @param examples the task's rows as columns
 * @param seed the task's own
 */
record Fitting(ColumnEncoder encoder, Examples examples, Seed seed) {
  static Fitting of(FittedTask task, FittingRows rows) {
    Target target = Target.of(task);
    TaskRows own = TaskRows.of(task, rows.data());
    Seed seed = rows.seed().child(task.name());
    ColumnEncoder.Fitted fitted =
        ColumnEncoder.fit(RowShape.of(rows.pipeline()), own, target, seed);
    return new Fitting(fitted.encoder(), new Examples(fitted.columns(), own, target), seed);
  }
}
