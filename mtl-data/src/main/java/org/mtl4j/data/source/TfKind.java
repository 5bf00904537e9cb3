package org.mtl4j.data.source;

import java.util.Locale;
import java.util.Optional;
import org.tensorflow.proto.Feature;

/** What a feature of a tf.Example is a list of. */
public enum TfKind {
  /** Whole numbers of 64 bits. */
  INT64,
  /** Numbers of 32 bits. */
  FLOAT,
  /** Texts in UTF-8. */
  BYTES;

  /** The kind of a feature; empty for one without values, which is missing. */
  static Optional<TfKind> of(Feature feature) {
    return switch (feature.getKindCase()) {
      case INT64_LIST -> some(INT64, feature.getInt64List().getValueCount());
      case FLOAT_LIST -> some(FLOAT, feature.getFloatList().getValueCount());
      case BYTES_LIST -> some(BYTES, feature.getBytesList().getValueCount());
      case KIND_NOT_SET -> Optional.empty();
    };
  }

  private static Optional<TfKind> some(TfKind kind, int values) {
    return values == 0 ? Optional.empty() : Optional.of(kind);
  }

  /** As an experiment file spells it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
