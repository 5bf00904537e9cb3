package org.mtl4j.serving.ranking;

import java.util.List;
import java.util.Optional;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.core.task.Columns;

/**
 * Whose value a model reads where a user and the candidates may both have a column: the user's,
 * unless nothing but features of the group item reads it, so that a user's would be a mistake.
 */
public final class ColumnSides {
  /** A feature group, as a manifest spells it. */
  private static final String ITEM = "item";

  private final ModelManifest manifest;

  /** For the features of a model. */
  public ColumnSides(ModelManifest manifest) {
    this.manifest = manifest;
  }

  /** Whether a column is read of the user. */
  public boolean isUsers(String column, Columns user, Columns items) {
    return user.contains(column) && (!items.contains(column) || !isOfItems(column));
  }

  private boolean isOfItems(String column) {
    List<Optional<String>> groups =
        manifest.inputs().stream()
            .filter(input -> input.column().equals(column))
            .map(ModelManifest.Input::group)
            .toList();
    return !groups.isEmpty() && groups.stream().allMatch(Optional.of(ITEM)::equals);
  }
}
