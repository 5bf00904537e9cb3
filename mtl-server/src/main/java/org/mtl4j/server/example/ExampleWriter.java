package org.mtl4j.server.example;

import com.google.protobuf.ByteString;
import java.util.HashSet;
import java.util.Set;
import org.mtl4j.protocol.tensorflow.Example;
import org.mtl4j.protocol.tensorflow.Feature;
import org.mtl4j.protocol.tensorflow.Features;
import org.mtl4j.server.request.RequestException;

/** Writes one tf.Example, feature by feature, each with values of one kind. */
public final class ExampleWriter {
  private final Features.Builder features = Features.newBuilder();
  private final Set<String> names = new HashSet<>();
  private String name = "";
  private Feature.Builder feature = Feature.newBuilder();

  /**
   * Begins a feature: the values that follow are its own. To TensorFlow one without values is as if
   * it lacked.
   *
   * @throws RequestException INVALID_ARGUMENT if the example has it already
   */
  public void start(String feature) {
    end();
    if (!names.add(feature)) {
      throw RequestException.invalid("Feature: " + feature + " is there twice");
    }
    name = feature;
  }

  private void end() {
    if (!names.isEmpty()) {
      features.putFeature(name, feature.build());
      feature = Feature.newBuilder();
    }
  }

  /**
   * Adds a whole number.
   *
   * @throws RequestException INVALID_ARGUMENT if the feature has values of another kind
   */
  public void addInteger(long value) {
    expect(Feature.KindCase.INT64_LIST);
    feature.getInt64ListBuilder().addValue(value);
  }

  /**
   * Adds a floating-point number.
   *
   * @throws RequestException INVALID_ARGUMENT if the feature has values of another kind
   */
  public void addFloat(float value) {
    expect(Feature.KindCase.FLOAT_LIST);
    feature.getFloatListBuilder().addValue(value);
  }

  /**
   * Adds a string.
   *
   * @throws RequestException INVALID_ARGUMENT if the feature has values of another kind
   */
  public void addBytes(byte[] value) {
    expect(Feature.KindCase.BYTES_LIST);
    feature.getBytesListBuilder().addValue(ByteString.copyFrom(value));
  }

  private void expect(Feature.KindCase kind) {
    Feature.KindCase found = feature.getKindCase();
    if (found != kind && found != Feature.KindCase.KIND_NOT_SET) {
      throw RequestException.invalid(
          "Unexpected element type in feature: %s expecting type: %s"
              .formatted(name, label(found)));
    }
  }

  private static String label(Feature.KindCase kind) {
    return switch (kind) {
      case BYTES_LIST -> "bytes";
      case FLOAT_LIST -> "float";
      case INT64_LIST -> "int64";
      case KIND_NOT_SET -> "UNKNOWN";
    };
  }

  /** The example, serialised; nothing is to be added afterwards. */
  public byte[] bytes() {
    end();
    return Example.newBuilder().setFeatures(features).build().toByteArray();
  }
}
