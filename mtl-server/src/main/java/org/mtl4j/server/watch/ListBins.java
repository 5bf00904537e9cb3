package org.mtl4j.server.watch;

import java.util.List;
import java.util.Optional;
import org.mtl4j.serving.tensor.TensorType;
import org.mtl4j.serving.tensor.TensorValue;

/** Texts of several values: empty ones, and others. */
final class ListBins implements ValueBins {
  @Override
  public Optional<Rows> rows(TensorValue tensor) {
    List<byte[]> texts = tensor.strings();
    return tensor.type() == TensorType.STRING && texts.size() == ValueBins.size(tensor)
        ? Optional.of(row -> texts.get(row).length == 0 ? MISSING : 1)
        : Optional.empty();
  }
}
