package org.mtl4j.experiment.run;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.mtl4j.core.config.ConfigNode;

/**
 * A key in which two experiments differ.
 *
 * @param path the key's path
 * @param before its value in the one, as YAML in one line; empty if it is not there
 * @param now its value in the other
 */
public record ConfigDifference(String path, String before, String now) {
  private static final String NOTHING = "nothing";

  /** All keys in which two trees differ, in their order. */
  public static List<ConfigDifference> between(ConfigNode before, ConfigNode now) {
    List<ConfigDifference> differences = new ArrayList<>();
    collect(before, now, differences);
    return differences;
  }

  private static void collect(
      ConfigNode before, ConfigNode now, List<ConfigDifference> differences) {
    if (before instanceof ConfigNode.Mapping was && now instanceof ConfigNode.Mapping is) {
      Set<String> keys = new LinkedHashSet<>(was.entries().keySet());
      if (was.equals(is) && !List.copyOf(keys).equals(List.copyOf(is.entries().keySet()))) {
        // The order of features is that of the model's inputs.
        differences.add(
            new ConfigDifference(is.path(), keys.toString(), is.entries().keySet().toString()));
      }
      keys.addAll(is.entries().keySet());
      for (String key : keys) {
        ConfigNode left = was.entries().get(key);
        ConfigNode right = is.entries().get(key);
        if (left != null && right != null) {
          collect(left, right, differences);
        } else {
          String path = (left == null ? right : left).path();
          differences.add(new ConfigDifference(path, spell(left), spell(right)));
        }
      }
    } else if (!before.equals(now)) {
      differences.add(new ConfigDifference(now.path(), spell(before), spell(now)));
    }
  }

  private static String spell(ConfigNode node) {
    if (node instanceof ConfigNode.Scalar scalar) {
      return scalar.text();
    }
    if (node instanceof ConfigNode.Sequence sequence) {
      return sequence.items().stream()
          .map(ConfigDifference::spell)
          .collect(Collectors.joining(", ", "[", "]"));
    }
    return node instanceof ConfigNode.Mapping mapping
        ? mapping.entries().entrySet().stream()
            .map(ConfigDifference::spell)
            .collect(Collectors.joining(", ", "{", "}"))
        : NOTHING;
  }

  private static String spell(Map.Entry<String, ConfigNode> entry) {
    return entry.getKey() + ": " + spell(entry.getValue());
  }

  /** How to go on. */
  public String remedy() {
    String instead = "or start a new run with --output.";
    return before.equals(NOTHING) || before.startsWith("{") || before.startsWith("[")
        ? "Give the run's own experiment.yaml, " + instead
        : "Go on with --set \"%s=%s\", %s".formatted(path, before, instead);
  }
}
