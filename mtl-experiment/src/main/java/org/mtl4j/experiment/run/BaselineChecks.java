package org.mtl4j.experiment.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.mtl4j.core.config.ConfigNode;
import org.mtl4j.core.config.Problems;
import org.mtl4j.core.config.Registry.Resolved;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.model.Baseline;
import org.mtl4j.core.model.Model;
import org.mtl4j.core.task.Task;
import org.mtl4j.experiment.config.TaskConfig;

/**
 * What an experiment may not ask of a baseline, and what it says to no effect. Keys of training
 * that are of steps are no error: the point of a baseline is that an experiment's model is swapped
 * and all else stays.
 */
final class BaselineChecks {
  private static final String THREADS = "threads";

  private BaselineChecks() {}

  /** Adds what would change what is learnt and that a baseline does not do. */
  static void check(
      Resolved<Model> model, Optional<List<Task>> tasks, ExperimentDraft draft, Problems problems) {
    if (!(model.value() instanceof Baseline baseline)) {
      return;
    }
    try {
      tasks.ifPresent(baseline::checkTasks);
    } catch (IllegalArgumentException e) {
      problems.add(ErrorCode.CONFIG_VALUE, draft.where("tasks"), e.getMessage() + ".");
    }
    String name = model.choice().type();
    checkLabels(name, tasks.orElse(List.of()), draft, problems);
    refusals(name, draft)
        .forEach(
            (key, why) ->
                problems.add(
                    new Problem(
                        ErrorCode.CONFIG_VALUE,
                        draft.where(key),
                        "Expected no such key: " + why + ".",
                        "Leave it out: --set " + key + "=null.")));
  }

  private static void checkLabels(
      String name, List<Task> tasks, ExperimentDraft draft, Problems problems) {
    for (Task task : tasks) {
      if (task.type().isUnsupervised()) {
        problems.add(
            ErrorCode.CONFIG_VALUE,
            draft.where("tasks." + task.name() + ".type"),
            "expected a task with a label, as %s learn from nothing else, found none."
                .formatted(name));
      }
    }
  }

  /** By key what is typed and may not be, and why. */
  private static Map<String, String> refusals(String name, ExperimentDraft draft) {
    Map<String, String> refusals = new LinkedHashMap<>();
    Map<String, TaskConfig> tasks = draft.tasks().orElse(Map.of());
    tasks.forEach(
        (task, config) -> {
          if (config.calibration().isPresent()) {
            refusals.put(
                "tasks." + task + ".calibration",
                name + " predict frequencies and are not calibrated afterwards");
          }
        });
    if (draft.sampling().isPresent()) {
      refusals.put(
          "training.sampling",
          name + " are fitted to each row once; example_weight says what a row counts");
    }
    if (draft.initFrom().isPresent()) {
      refusals.put(
          "training.init_from", name + " are fitted to all rows at once, and begin from nothing");
    }
    return refusals;
  }

  /** The keys of training that were typed and that only steps have, as a sentence. */
  static Optional<String> idle(ConfigNode.Mapping root, String name) {
    return root.find("training")
        .filter(ConfigNode.Mapping.class::isInstance)
        .map(training -> new TreeSet<>(((ConfigNode.Mapping) training).entries().keySet()))
        .map(
            keys -> {
              keys.remove(THREADS);
              return keys;
            })
        .filter(keys -> !keys.isEmpty())
        .map(
            keys ->
                "training.{%s} are of models that are trained step by step; %s have no use for them"
                    .formatted(String.join(", ", keys), name));
  }
}
