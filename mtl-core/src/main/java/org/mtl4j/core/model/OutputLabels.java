package org.mtl4j.core.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.batch.LabelColumn;

/** The labels of a model's outputs out of those of the tasks. */
public final class OutputLabels {
  private OutputLabels() {}

  /**
   * A label column per output, in the outputs' order.
   *
   * @param outputs the model's outputs
   * @param tasks per task its labels
   */
  public static Map<String, LabelColumn> of(
      List<OutputSpec> outputs, Map<String, LabelColumn> tasks) {
    Map<String, LabelColumn> labels = new LinkedHashMap<>();
    for (OutputSpec output : outputs) {
      if (output.label() instanceof LabelRule.OfTask rule) {
        labels.put(output.name(), tasks.get(rule.task()));
      } else if (output.label() instanceof LabelRule.ThroughStages rule) {
        labels.put(output.name(), through(rule.stages().stream().map(tasks::get).toList()));
      }
    }
    return labels;
  }

  private static LabelColumn through(List<LabelColumn> stages) {
    int n = stages.get(0).size();
    float[] labels = new float[n];
    boolean[] mask = new boolean[n];
    for (int r = 0; r < n; r++) {
      int stage = 0;
      while (stage < stages.size()
          && stages.get(stage).mask()[r]
          && stages.get(stage).labels()[r] == 1) {
        stage++;
      }
      boolean all = stage == stages.size();
      labels[r] = all ? 1 : 0;
      // Of rows too young for a later stage those that got there have no label. The others are all
      // 0, and would be too many.
      mask[r] = (all || stages.get(stage).mask()[r]) && !isYoung(stages, r);
    }
    return new LabelColumn(labels, mask, stages.get(0).weights());
  }

  private static boolean isYoung(List<LabelColumn> stages, int row) {
    for (LabelColumn stage : stages) {
      if (stage.isYoung(row)) {
        return true;
      }
    }
    return false;
  }
}
