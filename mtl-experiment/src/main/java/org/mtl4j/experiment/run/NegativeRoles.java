package org.mtl4j.experiment.run;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mtl4j.core.config.Choice;
import org.mtl4j.core.config.Problems;
import org.mtl4j.core.schema.FeatureGroup;
import org.mtl4j.core.schema.FeatureSpec;
import org.mtl4j.core.task.Expression;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.data.dataset.NegativePlan;
import org.mtl4j.data.dataset.Negatives;
import org.mtl4j.data.union.UnionConfig;
import org.mtl4j.experiment.config.DataConfig;
import org.mtl4j.experiment.config.LookupChoice;
import org.mtl4j.experiment.config.LookupConfig;

/** What of an experiment goes with an item that is drawn as a negative. */
final class NegativeRoles {
  private NegativeRoles() {}

  /** What drawn rows consist of. */
  static NegativePlan plan(Negatives rule, ExperimentPlan plan) {
    DataConfig data = plan.config().data();
    Set<String> labels = new LinkedHashSet<>();
    plan.tasks().forEach(task -> labels.addAll(task.label().columns()));
    Set<String> tasks = new LinkedHashSet<>(rule.tasks());
    if (tasks.isEmpty()) {
      plan.tasks().stream()
          .filter(task -> task.type() instanceof TaskType.Binary)
          .forEach(task -> tasks.add(task.name()));
    }
    Optional<String> domain = UnionConfig.of(data.source()).map(UnionConfig::column);
    NegativePlan.Roles roles = new NegativePlan.Roles(items(rule, plan), labels, domain);
    return new NegativePlan(rule, roles, tasks, data.columns());
  }

  /** The features that combine what is drawn with what is not. */
  static Set<String> combined(ExperimentPlan plan) {
    return plan.config().data().negatives().map(rule -> plan(rule, plan)).stream()
        .flatMap(
            drawn -> plan.features().stream().filter(feature -> drawn.combines(feature.columns())))
        .map(FeatureSpec::name)
        .collect(Collectors.toSet());
  }

  private static Set<String> items(Negatives rule, ExperimentPlan plan) {
    DataConfig data = plan.config().data();
    Set<String> items = new LinkedHashSet<>(rule.itemColumns());
    plan.features().stream()
        .filter(feature -> feature.group().equals(Optional.of(FeatureGroup.ITEM)))
        .forEach(feature -> items.addAll(feature.columns()));
    Set<String> own = new LinkedHashSet<>(items);
    own.add(rule.item());
    for (String column : own) {
      Optional.ofNullable(data.columns().get(column))
          .map(Expression::columns)
          .ifPresent(items::addAll);
    }
    addLookups(rule.item(), data.lookups(), items);
    return items;
  }

  /** What a lookup gives goes with its id; that may be what another gave before. */
  private static void addLookups(String item, Map<String, Choice> lookups, Set<String> items) {
    lookups.forEach(
        (name, entry) -> {
          LookupConfig config = LookupChoice.of(entry, new Problems()).orElseThrow().config();
          if (config.ids().equals(item)
              || items.contains(config.ids())
              || config.group().equals(Optional.of(FeatureGroup.ITEM))) {
            items.addAll(config.given(name));
          }
        });
  }
}
