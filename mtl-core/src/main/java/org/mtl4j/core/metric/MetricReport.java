package org.mtl4j.core.metric;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Nearest;
import org.mtl4j.core.error.Problem;

/**
 * The figures of one evaluation. Its keys are {@code output/metric}, say {@code click/auc}.
 *
 * @param outputs what was measured of each output, in the model's order
 */
public record MetricReport(Map<String, OutputMetrics> outputs) {
  /** Copies the map, keeping its order. */
  public MetricReport {
    outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
  }

  /**
   * What was measured of one output.
   *
   * @param rowCount number of rows that had a say
   * @param values per metric, in the order bound; empty where the metric is not defined
   * @param warnings one sentence for each metric that is not defined, saying why, and for each that
   *     leaves something out
   */
  public record OutputMetrics(
      int rowCount, Map<String, OptionalDouble> values, List<String> warnings) {
    /** Copies the containers, keeping their order. */
    public OutputMetrics {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
      warnings = List.copyOf(warnings);
    }

    /** The same with more warnings. */
    public OutputMetrics warned(List<String> more) {
      List<String> all = new ArrayList<>(warnings);
      all.addAll(more);
      return new OutputMetrics(rowCount, values, all);
    }
  }

  /** The key of an output's metric. */
  public static String key(String output, String metric) {
    return output + "/" + metric;
  }

  /** All keys, output by output. */
  public List<String> keys() {
    return outputs.entrySet().stream()
        .flatMap(o -> o.getValue().values().keySet().stream().map(m -> key(o.getKey(), m)))
        .toList();
  }

  /**
   * The figure under a key such as {@code click/auc}; empty where it is not defined.
   *
   * @throws MtlException (UNKNOWN_NAME) with the nearest key if nothing was measured under it
   */
  public OptionalDouble get(String key) {
    int slash = key.indexOf('/');
    OutputMetrics output = slash < 0 ? null : outputs.get(key.substring(0, slash));
    OptionalDouble value = output == null ? null : output.values().get(key.substring(slash + 1));
    if (value == null) {
      throw unknown(key, keys());
    }
    return value;
  }

  /** Why figures are not defined, or what they leave out, one sentence each, output by output. */
  public List<String> warnings() {
    return outputs.values().stream().flatMap(output -> output.warnings().stream()).toList();
  }

  /** The error that says that there is no such key, with the nearest of those known. */
  public static MtlException unknown(String key, List<String> known) {
    return new MtlException(
        new Problem(
            ErrorCode.UNKNOWN_NAME,
            "",
            "Expected a metric as output/metric, found \"" + key + "\".",
            Nearest.hint(key, known)));
  }
}
