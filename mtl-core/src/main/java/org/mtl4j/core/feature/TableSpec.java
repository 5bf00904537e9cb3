package org.mtl4j.core.feature;

import java.util.Optional;
import org.mtl4j.core.schema.PretrainedVectors;

/**
 * A logical embedding table that features ask for.
 *
 * @param name its name
 * @param rows number of ids
 * @param dim width of a row
 * @param pretrained what the rows start from, if it is not drawn
 */
public record TableSpec(String name, int rows, int dim, Optional<Pretrained> pretrained) {
  /** A table whose first values are drawn. */
  public TableSpec(String name, int rows, int dim) {
    this(name, rows, dim, Optional.empty());
  }

  /**
   * First values from a file.
   *
   * @param vectors per token its row
   * @param trainable whether training changes them
   */
  public record Pretrained(PretrainedVectors vectors, boolean trainable) {}

  /** Name of the table in checkpoints and exports. */
  public String variableName() {
    return "embedding/" + name;
  }

  /** Among which tables it is stored. */
  StoreKind kind() {
    return new StoreKind(dim, pretrained.filter(p -> !p.trainable()).isPresent());
  }
}
