package org.mtl4j.experiment.kept;

import java.util.List;
import org.mtl4j.core.model.OutputSpec;

/**
 * An output in a file of kept rows.
 *
 * @param name the output's name
 * @param predictions numbers that a row has of it: one a class, otherwise 1
 * @param labelClasses number of classes of a label that is a set of them; 0 for one number
 * @param classes the classes in the order of the predictions; empty where there are none
 */
public record KeptOutput(String name, int predictions, int labelClasses, List<String> classes) {
  /** Copies the list. */
  public KeptOutput {
    classes = List.copyOf(classes);
  }

  /** What a model's output is there. */
  public static KeptOutput of(OutputSpec output) {
    return new KeptOutput(
        output.name(), output.width(), output.labelShape().classes(), output.encoding().names());
  }

  /** Numbers that a row's label has. */
  int labelWidth() {
    return Math.max(1, labelClasses);
  }
}
