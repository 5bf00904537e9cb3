package org.mtl4j.core.manifest;

import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mtl4j.core.feature.EncodedPart;
import org.mtl4j.core.feature.RawInput;
import org.mtl4j.core.feature.RawType;
import org.mtl4j.core.lookup.LookupSpec;
import org.mtl4j.core.model.CalibrationMethod;
import org.mtl4j.core.model.Calibrator;
import org.mtl4j.core.schema.TimeRule;

/**
 * What an export says of itself: {@code mtl4j.json} beside {@code saved_model.pb}. Serving knows a
 * model by this and by its signatures alone.
 *
 * @param format version of this description
 * @param name the experiment's name
 * @param mtl4j version of MTL4J that wrote it
 * @param inputs the raw inputs, in the order of the features
 * @param served what training read and serving does not, in the order of the features
 * @param outputs the outputs, in order
 * @param explanation between which tensors predictions can be explained
 * @param lookups columns that rows got by an id, in the order asked; where their tables are is not
 *     said
 * @param provenance where the numbers come from: seed, fingerprints, step
 * @param certificate the proof that the export computes what the trainer computed
 * @param files per file of the export, by its path in it, what it holds; all but this one
 * @param encoded which columns of {@code serving_encoded} are made of which raw inputs
 * @param training what it was trained on, if that was looked at
 */
public record ModelManifest(
    int format,
    String name,
    String mtl4j,
    List<Input> inputs,
    List<Served> served,
    List<Output> outputs,
    Explanation explanation,
    List<LookupSpec> lookups,
    Map<String, String> provenance,
    Certificate certificate,
    Map<String, FileSum> files,
    List<EncodedPart> encoded,
    Optional<TrainingProfile> training) {
  /** The version of the description that this code reads and writes. */
  public static final int FORMAT = 2;

  /** The file's name. */
  public static final String FILE = "mtl4j.json";

  /** Types of outputs that are from 0 to 1. */
  private static final Set<String> PROBABILITIES =
      Set.of("binary", "multiclass", "ordinal", "multilabel");

  private static final double MOST_BETWEEN_PROBABILITIES = 1e-6 + 1e-5;

  /** Copies the containers. */
  public ModelManifest {
    inputs = List.copyOf(inputs);
    served = served == null ? List.of() : List.copyOf(served); // Written before there were any.
    outputs = List.copyOf(outputs);
    explanation = explanation == null ? Explanation.NONE : explanation; // As above.
    lookups = lookups == null ? List.of() : List.copyOf(lookups); // Written by an earlier release.
    provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
    files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    encoded = encoded == null ? List.of() : List.copyOf(encoded); // Written by an earlier release.
    training = training == null ? Optional.empty() : training; // As above.
  }

  /** What does not say how its rows are encoded. */
  public ModelManifest(
      int format,
      String name,
      String mtl4j,
      List<Input> inputs,
      List<Served> served,
      List<Output> outputs,
      Explanation explanation,
      List<LookupSpec> lookups,
      Map<String, String> provenance,
      Certificate certificate,
      Map<String, FileSum> files) {
    this(
        format,
        name,
        mtl4j,
        inputs,
        served,
        outputs,
        explanation,
        lookups,
        provenance,
        certificate,
        files,
        List.of(),
        Optional.empty());
  }

  /**
   * Whether its certificate is one: of at least one row, with a difference within 1e-6 + 1e-5 |b|.
   * How large the numbers b of a regression, a reconstruction or a clustering were is not kept; of
   * these any finite difference will do, as nothing is exported with another one.
   */
  public boolean isCertified() {
    boolean shares = outputs.stream().allMatch(output -> PROBABILITIES.contains(output.type()));
    double most = shares ? MOST_BETWEEN_PROBABILITIES : Double.MAX_VALUE;
    double difference = certificate == null ? Double.NaN : certificate.largestDifference();
    return certificate != null && certificate.rows() > 0 && difference >= 0 && difference <= most;
  }

  /** The same of an export that has other files. */
  public ModelManifest withFiles(Map<String, FileSum> others) {
    return new ModelManifest(
        format,
        name,
        mtl4j,
        inputs,
        served,
        outputs,
        explanation,
        lookups,
        provenance,
        certificate,
        others,
        encoded,
        training);
  }

  /**
   * A raw input.
   *
   * @param name key in {@code serving_default}
   * @param column the source's column
   * @param kind {@code numeric}: float32 [B], NaN is missing; {@code time}: int64 [B], units since
   *     1970; {@code categorical}: string [B], empty is missing; {@code multi_categorical} and
   *     {@code sequence}: string [B] of values joined by a separator; {@code text}: string [B]
   * @param group user, item or context, if the experiment says
   * @param separator between the values of such an input; else empty
   * @param weightSeparator between a value of such an input and its weight; empty: none has one
   * @param time how a column's values are the times of such an input; else empty
   */
  public record Input(
      String name,
      String column,
      Kind kind,
      Optional<String> group,
      Optional<String> separator,
      Optional<String> weightSeparator,
      Optional<Time> time) {
    /** An input whose values have no weights, and which is no time. */
    public Input(
        String name, String column, Kind kind, Optional<String> group, Optional<String> separator) {
      this(name, column, kind, group, separator, Optional.empty(), Optional.empty());
    }

    /** What is fed. */
    public RawInput raw() {
      RawType type =
          switch (kind) {
            case NUMERIC -> new RawType.Numbers();
            case TIME -> new RawType.Times(time.orElseThrow().rule());
            case CATEGORICAL, MULTI_CATEGORICAL, SEQUENCE, TEXT -> new RawType.Texts();
          };
      return new RawInput(name, column, type);
    }
  }

  /**
   * How a column's values are times.
   *
   * @param unit what they count since 1970
   * @param zone whose clock texts without an offset were read from
   */
  public record Time(TimeRule.Unit unit, String zone) {
    TimeRule rule() {
      return new TimeRule(unit, ZoneId.of(zone));
    }
  }

  /**
   * What was known in training only.
   *
   * @param name the feature
   * @param column the source's column, which requests need not have
   * @param value what the model takes for it in every row, as text; empty is missing
   */
  public record Served(String name, String column, String value) {}

  /** What a raw input is fed as. */
  public enum Kind {
    /** float32 [B], NaN is missing. */
    NUMERIC,
    /** string [B], empty is missing. */
    CATEGORICAL,
    /** int64 [B], units since 1970 in UTC; -9223372036854775808 is missing. */
    TIME,
    /** string [B], values joined by a separator; empty is a list without values. */
    MULTI_CATEGORICAL,
    /** string [B], values joined by a separator, the oldest first; empty is no history. */
    SEQUENCE,
    /** string [B], a text in words; empty is no text. */
    TEXT
  }

  /**
   * An output.
   *
   * @param name key in the signatures
   * @param type binary, multiclass, ordinal, multilabel, regression, reconstruction or clustering
   * @param meaning what the number means
   * @param classes the classes of a multiclass or multilabel output in the order of its columns,
   *     and what the columns are of one without a label; else empty
   * @param calibration what was made of the model's own numbers, inside the graph; empty: nothing
   */
  public record Output(
      String name,
      String type,
      String meaning,
      List<String> classes,
      Optional<Calibration> calibration) {
    /** Copies the list. */
    public Output {
      classes = List.copyOf(classes);
      if (calibration == null) {
        calibration = Optional.empty(); // Written by an earlier release.
      }
    }

    /** An output that is not calibrated. */
    public Output(String name, String type, String meaning, List<String> classes) {
      this(name, type, meaning, classes, Optional.empty());
    }
  }

  /**
   * How log odds were calibrated: by a line for each class or for all, or by the points of a curve.
   *
   * @param method platt, isotonic or temperature
   * @param slopes of platt and temperature; else empty
   * @param intercepts as many
   * @param scores the points of isotonic, in the model's log odds; else empty
   * @param logits as many: the calibrated log odds there
   */
  public record Calibration(
      String method,
      List<Double> slopes,
      List<Double> intercepts,
      List<Double> scores,
      List<Double> logits) {
    /** Copies the lists. */
    public Calibration {
      slopes = List.copyOf(slopes);
      intercepts = List.copyOf(intercepts);
      scores = List.copyOf(scores);
      logits = List.copyOf(logits);
    }

    /** What a manifest says of a calibrator. */
    public static Calibration of(Calibrator calibrator) {
      String method = calibrator.method().key();
      if (calibrator instanceof Calibrator.Linear linear) {
        return new Calibration(method, linear.slopes(), linear.intercepts(), List.of(), List.of());
      }
      Calibrator.Curve curve = (Calibrator.Curve) calibrator;
      return new Calibration(method, List.of(), List.of(), curve.scores(), curve.logits());
    }

    /** The calibrator that it says this of. */
    public Calibrator calibrator() {
      return slopes.isEmpty()
          ? new Calibrator.Curve(scores, logits)
          : new Calibrator.Linear(
              CalibrationMethod.valueOf(method.toUpperCase(Locale.ROOT)), slopes, intercepts);
    }
  }

  /**
   * The replay of a batch through the trainer's inference graph, the reloaded export and its
   * encoded signature.
   *
   * @param rows rows of the batch
   * @param largestDifference largest |a - b| between any two of the three, over all outputs
   */
  public record Certificate(int rows, double largestDifference) {}

  /**
   * What a file held when it was written.
   *
   * @param bytes its size
   * @param sha256 SHA-256 of its bytes, in hexadecimal
   */
  public record FileSum(long bytes, String sha256) {}
}
