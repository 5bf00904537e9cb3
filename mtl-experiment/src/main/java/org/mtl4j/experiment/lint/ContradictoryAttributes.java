package org.mtl4j.experiment.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.schema.FeatureGroup;
import org.mtl4j.core.schema.SequenceFeature;
import org.mtl4j.data.split.Split;

/**
 * An attribute of a user or an item that has different values in rows of the same id, of more than
 * .01 of the ids that come more than once. The id of a group is found in the first training rows
 * ({@link GroupIds}); a missing value contradicts nothing, and a history, which grows from row to
 * row, is no attribute.
 */
final class ContradictoryAttributes implements LintCheck {
  private final String name;
  private final LintSubject subject;
  private List<GroupAttributes> groups = List.of();
  private boolean begun;

  ContradictoryAttributes(String name, LintSubject subject) {
    this.name = name;
    this.subject = subject;
  }

  @Override
  public void observe(Split split, RawBatch rows) {
    if (split == Split.TRAIN) {
      if (!begun) {
        groups = groups(rows);
        begun = true;
      }
      groups.forEach(group -> group.observe(rows));
    }
  }

  private List<GroupAttributes> groups(RawBatch first) {
    GroupIds ids = new GroupIds(subject.features(), subject.columns());
    List<GroupAttributes> found = new ArrayList<>();
    for (FeatureGroup group : List.of(FeatureGroup.USER, FeatureGroup.ITEM)) {
      ids.of(group, first)
          .map(
              id ->
                  new GroupAttributes(
                      id,
                      subject.features().stream()
                          .filter(f -> f.group().equals(Optional.of(group)))
                          .filter(f -> !f.columns().equals(id.columns()))
                          .filter(f -> !(f instanceof SequenceFeature))
                          .toList(),
                      subject))
          .ifPresent(found::add);
    }
    return found;
  }

  @Override
  public List<Finding> findings() {
    return groups.stream().flatMap(group -> group.findings(name).stream()).toList();
  }
}
