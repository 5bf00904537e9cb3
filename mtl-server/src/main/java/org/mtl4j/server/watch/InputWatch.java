package org.mtl4j.server.watch;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.core.manifest.TrainingProfile;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.serving.tensor.TensorValue;

/**
 * What a version's requests and answers look like beside the rows that it was trained on: values
 * that are missing, of no vocabulary, or of no number that training has seen the like of, and how
 * far their spread has moved. It watches the raw values of {@code serving_default}; inputs and
 * outputs of other names are left alone. Safe from any number of threads.
 */
public final class InputWatch {
  private final Map<String, ValueWatch> inputs = new LinkedHashMap<>();
  private final Map<String, ValueWatch> outputs = new LinkedHashMap<>();
  private final WatchRules rules;
  private final InstantSource clock;

  /**
   * A watch over a version.
   *
   * @param version its folder, which has the vocabularies
   * @param manifest the version's
   * @param clock by which the window moves
   * @throws MtlException EXPORT_INVALID if a vocabulary cannot be read
   */
  public InputWatch(Path version, ModelManifest manifest, WatchRules rules, InstantSource clock) {
    this.rules = rules;
    this.clock = clock;
    Optional<TrainingProfile> training = manifest.training();
    Map<String, KnownTexts> vocabularies = new LinkedHashMap<>();
    for (ModelManifest.Input input : manifest.inputs()) {
      training
          .map(profile -> profile.inputs().get(input.name()))
          .ifPresent(
              seen ->
                  inputs.put(
                      input.name(),
                      watch(bins(version, input.kind(), seen, vocabularies), seen.bins())));
    }
    training
        .map(TrainingProfile::outputs)
        .orElse(Map.of())
        .forEach((name, bins) -> outputs.put(name, watch(bins(bins), bins)));
  }

  private ValueWatch watch(ValueBins values, TrainingProfile.Bins seen) {
    return new ValueWatch(values, seen.counts(), rules.window());
  }

  private static ValueBins bins(
      Path version,
      ModelManifest.Kind kind,
      TrainingProfile.Input seen,
      Map<String, KnownTexts> vocabularies) {
    if (kind == ModelManifest.Kind.NUMERIC) {
      return new NumberBins(seen.bins(), seen.range());
    }
    if (seen.texts().isEmpty()) {
      return new ListBins();
    }
    TrainingProfile.Texts texts = seen.texts().get();
    return new TextBins(
        seen.bins(),
        texts
            .vocabulary()
            .map(file -> vocabularies.computeIfAbsent(file.name(), name -> known(version, file))),
        texts.missing());
  }

  private static KnownTexts known(Path version, TrainingProfile.Vocabulary vocabulary) {
    Path file = version.resolve("assets").resolve(vocabulary.name());
    try {
      return KnownTexts.read(file, vocabulary.escaped());
    } catch (IOException e) {
      throw new MtlException(
          new Problem(
              ErrorCode.EXPORT_INVALID,
              file.toString(),
              "The vocabulary by which requests are watched cannot be read: " + e + ".",
              "Copy the export again, or serve it without the input watch."),
          e);
    }
  }

  /** Of one column, or of several: a bin for missing values comes before either. */
  private static ValueBins bins(TrainingProfile.Bins output) {
    int columns = output.counts().size() - 1;
    return output.edges().isEmpty() && columns > 1
        ? new LargestBins(columns)
        : new NumberBins(output, Optional.empty());
  }

  /** Whether there is anything to watch: earlier exports say nothing of their training rows. */
  public boolean isEmpty() {
    return inputs.isEmpty() && outputs.isEmpty();
  }

  /**
   * Counts the values of a request, and looks whether it is to be refused.
   *
   * @param values of {@code serving_default} by the inputs' names
   * @throws RequestException INVALID_ARGUMENT if a number is out of range and the rules say so; it
   *     names input and row
   */
  public void inputs(Map<String, TensorValue> values) {
    int most = rules.refuse() ? Integer.MAX_VALUE : rules.rows();
    SortedMap<String, Integer> refused = new TreeMap<>();
    long now = clock.millis();
    inputs.forEach(
        (name, watch) -> {
          TensorValue value = values.get(name);
          if (value != null) {
            OptionalInt row = watch.count(value, most, now);
            row.ifPresent(first -> refused.put(name, first));
          }
        });
    if (rules.refuse() && !refused.isEmpty()) {
      String name = refused.firstKey();
      throw RequestException.invalid(
          "Input \"%s\": row %d (from 0) is a number outside of those that the model was trained on"
              .formatted(name, refused.get(name)));
    }
  }

  /** Counts the values of an answer, by the outputs' names. */
  public void outputs(Map<String, TensorValue> values) {
    long now = clock.millis();
    outputs.forEach(
        (name, watch) -> {
          TensorValue value = values.get(name);
          if (value != null) {
            watch.count(value, rules.rows(), now);
          }
        });
  }

  /** What was seen so far: the inputs in the manifest's order, then the outputs. */
  public List<Watched> watched() {
    long now = clock.millis();
    List<Watched> watched = new ArrayList<>();
    add(inputs, Watched.Side.INPUT, now, watched);
    add(outputs, Watched.Side.OUTPUT, now, watched);
    return List.copyOf(watched);
  }

  private static void add(
      Map<String, ValueWatch> watches, Watched.Side side, long now, List<Watched> to) {
    watches.forEach(
        (name, watch) -> to.add(new Watched(name, side, watch.total(), watch.recent(now))));
  }
}
