package org.mtl4j.models.home;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.mtl4j.core.task.FittedTask;

/**
 * Tasks by group.
 *
 * @param tasks all of them, in their order
 * @param members each group's, in theirs
 */
record Groups(List<FittedTask> tasks, Map<String, List<FittedTask>> members) {
  /** The group of all tasks where none is declared. */
  static final String ONLY = "all";

  /** Groups' names are part of names in the graph. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9_]+");

  /** What can be said of declared groups before the tasks are known. */
  static void check(Map<String, List<String>> declared) {
    Set<String> found = new HashSet<>();
    declared.forEach(
        (group, names) -> {
          if (!NAME.matcher(group).matches()) {
            throw new IllegalArgumentException(
                "groups: expected names of small letters, digits and underscores, found \"%s\""
                    .formatted(group));
          }
          if (names.isEmpty()) {
            throw new IllegalArgumentException(
                "groups: expected at least one task in \"%s\", found none".formatted(group));
          }
          for (String name : names) {
            if (!found.add(name)) {
              throw new IllegalArgumentException(
                  "groups: expected each task once, found \"%s\" again".formatted(name));
            }
          }
        });
  }

  /**
   * The tasks of declared groups; of none, all in one.
   *
   * @throws IllegalArgumentException if a group has what is no task, or a task has no group
   */
  static Groups of(Map<String, List<String>> declared, List<FittedTask> tasks) {
    if (declared.isEmpty()) {
      return new Groups(tasks, Map.of(ONLY, tasks));
    }
    List<String> known = tasks.stream().map(FittedTask::name).toList();
    List<String> without = new ArrayList<>(known);
    Map<String, List<FittedTask>> members = new LinkedHashMap<>();
    declared.forEach(
        (group, names) -> {
          for (String name : names) {
            if (!known.contains(name)) {
              throw new IllegalArgumentException(
                  "groups: expected tasks, found \"%s\"; the tasks are %s".formatted(name, known));
            }
          }
          without.removeAll(names);
          members.put(group, tasks.stream().filter(task -> names.contains(task.name())).toList());
        });
    if (!without.isEmpty()) {
      throw new IllegalArgumentException(
          "groups: expected every task in a group, found %s in none".formatted(without));
    }
    return new Groups(tasks, members);
  }

  /** What several tasks move: all of the meta level that reaches other groups, and experts. */
  Set<String> shared() {
    Set<String> shared = new TreeSet<>();
    for (String part : List.of("meta/experts", "meta/gate", "meta/self_gate", "task/experts")) {
      shared.add("home/" + part);
    }
    members.forEach(
        (group, tasks) -> {
          Level.Owner owner = Level.Owner.group(group);
          shared.add("home/meta/" + owner.part("experts"));
          if (tasks.size() > 1) {
            shared.add("home/meta/" + owner.part("gate"));
            shared.add("home/meta/" + owner.part("self_gate"));
            shared.add("home/task/" + owner.part("experts"));
          }
        });
    return shared;
  }
}
