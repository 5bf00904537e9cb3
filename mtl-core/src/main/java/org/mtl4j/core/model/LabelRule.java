package org.mtl4j.core.model;

import java.util.List;

/** Where the label of an output comes from. */
public sealed interface LabelRule {
  /**
   * A task's own label on the task's rows.
   *
   * @param task the task's name
   */
  record OfTask(String task) implements LabelRule {}

  /**
   * Whether a row went through every stage of a funnel, over all rows: 0 as soon as a stage's label
   * is 0, 1 when all are 1, without a say when a stage's label is missing before that, or the row
   * is younger than the label window of any stage. The weight is the first stage's.
   *
   * @param stages the stages' task names, in order, at least two
   */
  record ThroughStages(List<String> stages) implements LabelRule {
    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if there are fewer than two stages
     */
    public ThroughStages {
      stages = List.copyOf(stages);
      if (stages.size() < 2) {
        throw new IllegalArgumentException("expected at least two stages, found " + stages);
      }
    }
  }
}
