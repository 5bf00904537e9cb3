package org.mtl4j.experiment.explain;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.serving.model.Attribution;

/**
 * What a row's features add to the scores of a run's outputs.
 *
 * @param run its folder
 * @param row the row's number, from 0
 * @param place where it came from, say {@code "log.csv, line 7"}
 * @param values per feature what the row has in its columns, as text
 * @param outputs output by output
 * @param warnings what looked odd, a sentence each
 */
public record RowExplanation(
    String run,
    long row,
    String place,
    Map<String, String> values,
    List<Explained> outputs,
    List<String> warnings) {
  /** Copies the containers. */
  public RowExplanation {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    outputs = List.copyOf(outputs);
    warnings = List.copyOf(warnings);
  }

  /**
   * One output.
   *
   * @param className which class of a multiclass or multilabel output
   * @param attribution what the features add
   */
  public record Explained(Optional<String> className, Attribution attribution) {
    /** The output's name, and its class. */
    public String name() {
      return attribution.of().output() + className.map(of -> " = " + of).orElse("");
    }
  }
}
