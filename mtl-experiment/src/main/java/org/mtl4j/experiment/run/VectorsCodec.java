package org.mtl4j.experiment.run;

import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.ArrayList;
import java.util.List;
import org.mtl4j.core.schema.PretrainedVectors;
import org.mtl4j.data.codec.Codec;
import org.mtl4j.data.codec.Codecs;
import org.mtl4j.data.codec.ValueInput;
import org.mtl4j.data.codec.ValueOutput;

/** Vectors one by one: all of them do not fit into the heap twice. */
final class VectorsCodec implements Codec<PretrainedVectors> {
  private final Codec<Integer> count;
  private final Codec<float[]> vector;

  VectorsCodec(Codecs codecs) {
    this.count = codecs.of(Integer.class);
    this.vector = codecs.of(float[].class);
  }

  @Override
  public void write(PretrainedVectors value, ValueOutput out) throws IOException {
    count.write(value.size(), out);
    for (int i = 0; i < value.size(); i++) {
      vector.write(value.vector(i), out);
    }
  }

  @Override
  public PretrainedVectors read(ValueInput in) throws IOException {
    int size = count.read(in);
    List<float[]> vectors = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      vectors.add(vector.read(in));
    }
    try {
      return new PretrainedVectors(vectors);
    } catch (IllegalArgumentException e) {
      throw new StreamCorruptedException(e.getMessage());
    }
  }
}
