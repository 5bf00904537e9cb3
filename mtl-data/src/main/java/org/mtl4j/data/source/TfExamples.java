package org.mtl4j.data.source;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Excerpt;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.tensorflow.proto.Example;
import org.tensorflow.proto.Feature;

/**
 * Reads records as tf.Examples, and their features as values of a table.
 *
 * @param separator joins the values of a list
 * @param missing texts that stand for a missing value
 */
record TfExamples(String separator, List<String> missing) {
  private static final String OR_SKIP = ", or set data.source.on_bad_row: skip.";

  /**
   * A value.
   *
   * @param kind what the feature is a list of
   * @param text as the table holds it
   * @param several whether the feature has more values than one
   */
  record Value(TfKind kind, String text, boolean several) {}

  /**
   * The features of a record by name.
   *
   * @param place where it stands
   * @throws MtlException of code DATA_FORMAT if it is no tf.Example
   */
  Map<String, Feature> features(byte[] data, String place) {
    Example example;
    try {
      example = Example.parseFrom(data);
    } catch (InvalidProtocolBufferException e) {
      throw new MtlException(noExample(place, "bytes that are none"), e);
    }
    if (!example.getUnknownFields().asMap().isEmpty()) {
      throw new MtlException(
          noExample(place, "a message of another kind, a tf.SequenceExample perhaps"));
    }
    return example.getFeatures().getFeatureMap();
  }

  private static Problem noExample(String place, String found) {
    return new Problem(
        ErrorCode.DATA_FORMAT,
        place,
        "Expected a tf.Example, found " + found + ".",
        "Write every row as a tf.train.Example" + OR_SKIP);
  }

  /**
   * The value of a feature, empty if it is missing: by itself where it is one, joined where there
   * are several.
   *
   * @param list whether the feature has several values in other rows
   * @throws MtlException of code DATA_FORMAT for bytes that are no text, or a value of a list that
   *     holds the separator
   */
  Optional<Value> value(String name, Feature feature, boolean list, String place) {
    return TfKind.of(feature)
        .flatMap(
            kind -> {
              List<String> texts = texts(kind, name, feature, place);
              boolean several = texts.size() > 1;
              if (several || list) {
                texts.forEach(text -> checkSeparator(name, text, place));
              }
              String joined = String.join(separator, texts);
              boolean missed = joined.trim().isEmpty() || missing.contains(joined.trim());
              return missed ? Optional.empty() : Optional.of(new Value(kind, joined, several));
            });
  }

  private static List<String> texts(TfKind kind, String name, Feature feature, String place) {
    return switch (kind) {
      case INT64 -> feature.getInt64List().getValueList().stream().map(String::valueOf).toList();
      case FLOAT -> feature.getFloatList().getValueList().stream().map(TfExamples::spell).toList();
      case BYTES ->
          feature.getBytesList().getValueList().stream()
              .map(bytes -> utf8(name, bytes, place))
              .toList();
    };
  }

  /** By its digits, and not by those of the double next to it: 0.1. NaN is the empty text. */
  private static String spell(float number) {
    return Float.isNaN(number) ? "" : RawBatch.spell(Double.parseDouble(Float.toString(number)));
  }

  private static String utf8(String name, ByteString bytes, String place) {
    if (!bytes.isValidUtf8()) {
      throw fault(
          place,
          String.format(
              Locale.ROOT,
              "Expected text in UTF-8 in the feature \"%s\", found %,d bytes that are none.",
              Excerpt.of(name),
              bytes.size()),
          "Name the features to read and their types, without this one, in data.source.columns"
              + OR_SKIP);
    }
    return bytes.toStringUtf8();
  }

  private void checkSeparator(String name, String text, String place) {
    if (text.contains(separator)) {
      throw fault(
          place,
          "Expected values without \"%s\", which joins them, in the feature \"%s\", found \"%s\"."
              .formatted(separator, Excerpt.of(name), Excerpt.of(text)),
          "Set data.source.separator, and the feature's separator too, to a character that no value"
              + " holds.");
    }
  }

  private static MtlException fault(String place, String what, String remedy) {
    return new MtlException(new Problem(ErrorCode.DATA_FORMAT, place, what, remedy));
  }
}
