package org.mtl4j.core.feature;

import java.util.List;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.schema.DatetimeFeature;

/**
 * A time's way to ids, one for each part: 0 for a missing time, else 1 and the part.
 *
 * @param spec what the user declared, with an embedding
 */
public record FittedTimeIds(DatetimeFeature spec) implements FittedIds {
  /**
   * Checks that there is an embedding.
   *
   * @throws IllegalArgumentException if there is none
   */
  public FittedTimeIds {
    if (spec.layout().dim().isEmpty()) {
      throw new IllegalArgumentException(spec.name() + ": expected a dim, found none");
    }
  }

  @Override
  public List<RawInput> inputs() {
    return List.of(TimeIds.input(spec));
  }

  @Override
  public List<TableSpec> tables() {
    int dim = spec.layout().dim().orElseThrow();
    return spec.layout().parts().stream()
        .map(part -> new TableSpec(TimeIds.table(spec, part), part.size() + 1, dim))
        .toList();
  }

  @Override
  public List<int[]> encode(RawBatch rows) {
    return TimeIds.encode(spec, rows);
  }
}
