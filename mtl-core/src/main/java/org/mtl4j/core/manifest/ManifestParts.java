package org.mtl4j.core.manifest;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mtl4j.core.feature.FeaturePipeline;
import org.mtl4j.core.feature.FittedFeature;
import org.mtl4j.core.feature.FittedList;
import org.mtl4j.core.feature.RawInput;
import org.mtl4j.core.feature.RawType;
import org.mtl4j.core.model.Calibrator;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.schema.FeatureGroup;
import org.mtl4j.core.schema.ListFeature;
import org.mtl4j.core.schema.ListRule;
import org.mtl4j.core.schema.SequenceFeature;
import org.mtl4j.core.schema.TextFeature;
import org.mtl4j.core.schema.WeightRule;

/** What a manifest says of features and outputs, whatever computes the one from the other. */
public final class ManifestParts {
  private ManifestParts() {}

  /** The raw inputs that serving takes, in the order of the features. */
  public static List<ModelManifest.Input> inputs(FeaturePipeline pipeline) {
    return pipeline.features().stream()
        .filter(feature -> !pipeline.served().containsKey(feature.name()))
        .flatMap(feature -> feature.inputs().stream().map(input -> input(feature, input)))
        .toList();
  }

  /** What training reads and serving does not, in the order of the features. */
  public static List<ModelManifest.Served> served(FeaturePipeline pipeline) {
    return pipeline.servedInputs().entrySet().stream()
        .map(
            input ->
                new ModelManifest.Served(
                    input.getKey().name(), input.getKey().column(), input.getValue()))
        .toList();
  }

  private static ModelManifest.Input input(FittedFeature feature, RawInput input) {
    return new ModelManifest.Input(
        input.name(),
        input.column(),
        kind(feature, input.type()),
        feature.spec().group().map(FeatureGroup::key),
        separator(feature),
        weightSeparator(feature),
        time(input.type()));
  }

  private static Optional<ModelManifest.Time> time(RawType type) {
    return type instanceof RawType.Times times
        ? Optional.of(new ModelManifest.Time(times.rule().unit(), times.rule().zone().getId()))
        : Optional.empty();
  }

  private static ModelManifest.Kind kind(FittedFeature feature, RawType type) {
    if (type instanceof RawType.Numbers) {
      return ModelManifest.Kind.NUMERIC;
    }
    if (type instanceof RawType.Times) {
      return ModelManifest.Kind.TIME;
    }
    if (feature instanceof FittedList list) {
      return kind(list.spec());
    }
    return ModelManifest.Kind.CATEGORICAL;
  }

  private static ModelManifest.Kind kind(ListFeature feature) {
    if (feature instanceof SequenceFeature) {
      return ModelManifest.Kind.SEQUENCE;
    }
    return feature instanceof TextFeature
        ? ModelManifest.Kind.TEXT
        : ModelManifest.Kind.MULTI_CATEGORICAL;
  }

  private static Optional<String> separator(FittedFeature feature) {
    return feature instanceof FittedList list && list.spec().list() instanceof ListRule rule
        ? Optional.of(rule.separator())
        : Optional.empty();
  }

  private static Optional<String> weightSeparator(FittedFeature feature) {
    return feature instanceof FittedList list
        ? list.spec().weight().map(WeightRule::separator)
        : Optional.empty();
  }

  /**
   * An output.
   *
   * @param calibrator what is made of its predictions last; null: nothing
   */
  public static ModelManifest.Output output(OutputSpec output, Calibrator calibrator) {
    return new ModelManifest.Output(
        output.name(),
        output.type().getClass().getSimpleName().toLowerCase(Locale.ROOT),
        output.meaning(),
        output.encoding().names(),
        Optional.ofNullable(calibrator).map(ModelManifest.Calibration::of));
  }
}
