package org.mtl4j.experiment.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.core.schema.FeatureGroup;
import org.mtl4j.core.schema.FeatureSpec;
import org.mtl4j.eval.importance.ColumnSet;

/**
 * What is permuted of a model's inputs: each raw column, with every feature that reads it, and the
 * columns of each group of features together.
 */
final class ImportanceSets {
  private final Map<String, Set<String>> columns = new LinkedHashMap<>();
  private final Map<String, List<String>> features = new LinkedHashMap<>();

  /**
   * The sets of an export.
   *
   * @param specs the features of its experiment
   */
  ImportanceSets(ModelManifest manifest, List<FeatureSpec> specs) {
    for (ModelManifest.Input input : manifest.inputs()) {
      columns.put(input.column(), Set.of(input.column()));
    }
    Set<String> read = Set.copyOf(columns.keySet());
    for (FeatureGroup group : FeatureGroup.values()) {
      Set<String> of = new LinkedHashSet<>();
      specs.stream()
          .filter(spec -> spec.group().filter(group::equals).isPresent())
          .forEach(spec -> of.addAll(spec.columns()));
      of.retainAll(read); // Not those that the export has a value for.
      if (of.size() > 1) {
        columns.put("group: " + group.key(), of);
      }
    }
    columns.forEach(
        (name, of) ->
            features.put(
                name,
                specs.stream()
                    .filter(spec -> spec.columns().stream().anyMatch(of::contains))
                    .map(FeatureSpec::name)
                    .toList()));
  }

  List<ColumnSet> sets() {
    List<ColumnSet> sets = new ArrayList<>();
    columns.forEach((name, of) -> sets.add(new ColumnSet(name, List.copyOf(of))));
    return sets;
  }

  /** Per set the features that read one of its columns. */
  Map<String, List<String>> features() {
    return features;
  }
}
