package org.mtl4j.experiment.run;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mtl4j.core.config.Problems;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Nearest;
import org.mtl4j.core.error.Problem;
import org.mtl4j.experiment.config.FeatureConfig;
import org.mtl4j.experiment.config.LintConfig;
import org.mtl4j.experiment.config.SequenceConfig;
import org.mtl4j.experiment.lint.LintChecks;

/** Whether what an experiment file names can have that name, and is there. */
final class NameChecks {
  /** What TensorFlow takes as the name of a scope, and every system as that of a file. */
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9_.-]*";

  private NameChecks() {}

  /** Adds what is wrong with names of features, tables, queries, times and checks. */
  static void check(ExperimentDraft draft, Problems problems) {
    checkNames(draft, problems);
    checkQueries(draft, problems);
    checkWindows(draft, problems);
    checkAllowed(draft, problems);
    checkSimilar(draft, problems);
  }

  /** Who is like whom is known of single values with a vocabulary. */
  private static void checkSimilar(ExperimentDraft draft, Problems problems) {
    Map<String, FeatureConfig> features = draft.features().orElse(Map.of());
    Set<String> named = draft.initFrom().map(from -> from.similar().keySet()).orElse(Set.of());
    for (String name : features.isEmpty() ? Set.<String>of() : named) {
      boolean fits =
          features.get(name) instanceof FeatureConfig.Categorical categorical
              && categorical.hashBuckets().isEmpty();
      if (!fits) {
        problems.add(
            new Problem(
                ErrorCode.CONFIG_VALUE,
                draft.where("training.init_from.similar." + name),
                "Expected the name of a categorical feature with a vocabulary, found \"%s\"."
                    .formatted(name),
                Nearest.hint(name, features.keySet())));
      }
    }
  }

  /** Features and tables name operations, signature inputs and files. */
  private static void checkNames(ExperimentDraft draft, Problems problems) {
    draft
        .features()
        .orElse(Map.of())
        .forEach(
            (name, feature) -> {
              checkName(name, draft.where("features." + name), problems);
              feature
                  .sharedTable()
                  .ifPresent(
                      t -> checkName(t, draft.where("features." + name + ".table"), problems));
            });
  }

  /** A history is asked by a feature with one value, as wide as its own values. */
  private static void checkQueries(ExperimentDraft draft, Problems problems) {
    Map<String, FeatureConfig> features = draft.features().orElse(Map.of());
    features.forEach(
        (name, feature) -> {
          if (feature instanceof SequenceConfig sequence && sequence.query().isPresent()) {
            String query = sequence.query().get();
            boolean fits =
                features.get(query) instanceof FeatureConfig.Categorical categorical
                    && categorical.dim() == sequence.dim();
            if (!fits) {
              problems.add(
                  new Problem(
                      ErrorCode.CONFIG_VALUE,
                      draft.where("features." + name + ".query"),
                      "Expected the name of a categorical feature of dim %d, found \"%s\"."
                          .formatted(sequence.dim(), query),
                      Nearest.hint(query, features.keySet())));
            }
          }
        });
  }

  private static void checkWindows(ExperimentDraft draft, Problems problems) {
    draft
        .tasks()
        .orElse(Map.of())
        .forEach(
            (name, task) -> {
              if (task.labelWindow().isPresent() && !draft.hasTime()) {
                problems.add(
                    new Problem(
                        ErrorCode.CONFIG_VALUE,
                        draft.where("tasks." + name + ".label_window"),
                        "Expected data.time beside it, which says how old rows are; found none.",
                        "Name the column: data: {time: {column: NAME}}."));
              }
            });
  }

  private static void checkAllowed(ExperimentDraft draft, Problems problems) {
    List<String> allowed = draft.lint().map(LintConfig::allow).orElse(List.of());
    for (String name : allowed) {
      LintChecks.problem(draft.where("lint.allow"), name).ifPresent(problems::add);
    }
  }

  private static void checkName(String name, String where, Problems problems) {
    if (!name.matches(NAME)) {
      problems.add(
          new Problem(
              ErrorCode.CONFIG_VALUE,
              where,
              "Expected a name of the letters a to z, digits, _, - and ., not beginning with a sign,"
                  + " found \"%s\".".formatted(name),
              "Give it such a name; a feature reads its column by the key column."));
    }
  }
}
