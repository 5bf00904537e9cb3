package org.mtl4j.core.feature;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.schema.PretrainedFeature;
import org.mtl4j.core.schema.PretrainedVectors;
import org.mtl4j.core.schema.Vocabulary;

/**
 * An id's way to its vector: a categorical value whose vocabulary and embeddings a file has. The
 * rows of missing and unknown ids are zeros.
 *
 * @param spec what the user declared
 * @param values how an id of the file becomes one of the table
 * @param vectors of the vocabulary's tokens in their order
 */
public record FittedPretrained(
    PretrainedFeature spec, FittedCategorical values, PretrainedVectors vectors)
    implements FittedIds {
  /**
   * Checks that each token has a vector.
   *
   * @throws IllegalArgumentException if there are more or fewer, or of another width
   */
  public FittedPretrained {
    if (values.tableSize() != vectors.size() + Vocabulary.FIRST_TOKEN
        || values.spec().dim() != vectors.dim()) {
      throw new IllegalArgumentException(
          "%s: expected %s, found %d ids of width %d"
              .formatted(
                  spec.name(),
                  vectors,
                  values.tableSize() - Vocabulary.FIRST_TOKEN,
                  values.spec().dim()));
    }
  }

  /**
   * A feature and what its file has.
   *
   * @param missing texts that are missing besides the empty one
   */
  public static FittedPretrained of(
      PretrainedFeature spec,
      Vocabulary vocabulary,
      PretrainedVectors vectors,
      Set<String> missing) {
    CategoricalFeature value =
        new CategoricalFeature(
            spec.name(),
            spec.column(),
            spec.group(),
            spec.name(),
            vectors.dim(),
            new CategoricalFeature.Learnt(1));
    return new FittedPretrained(
        spec, new FittedCategorical(value, Optional.of(vocabulary), missing), vectors);
  }

  @Override
  public List<RawInput> inputs() {
    return values.inputs();
  }

  @Override
  public List<TableSpec> tables() {
    TableSpec.Pretrained rows = new TableSpec.Pretrained(vectors, spec.trainable());
    return List.of(
        new TableSpec(spec.name(), values.tableSize(), vectors.dim(), Optional.of(rows)));
  }

  @Override
  public List<int[]> encode(RawBatch rows) {
    return values.encode(rows);
  }
}
