package org.mtl4j.eval.metric;

import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.task.TaskType;

/** What figures of binary outputs share. */
interface BinaryMetric extends Metric {
  @Override
  default boolean appliesTo(TaskType type) {
    return type instanceof TaskType.Binary;
  }
}
