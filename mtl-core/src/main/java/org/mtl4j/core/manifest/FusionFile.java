package org.mtl4j.core.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.metric.Fusion;

/**
 * A fusion as a file in JSON that serving reads, with what it was tuned by.
 *
 * @param format version of this description
 * @param kind weighted_sum, product or rank_sum
 * @param weights by output
 * @param tuning where the weights come from
 */
public record FusionFile(int format, String kind, Map<String, Double> weights, Tuning tuning) {
  /** The version that this code reads and writes. */
  public static final int FORMAT = 1;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /** Copies the map. */
  public FusionFile {
    weights = weights == null ? Map.of() : copy(weights);
  }

  /**
   * Where weights come from.
   *
   * @param run name of the run's experiment
   * @param export SHA-256 of the manifest of the export whose predictions were fused
   * @param metric what was to be best
   * @param constraints what had to hold
   * @param search the seed, and how many weights were tried
   * @param figures by split, then by {@code fused} or the output that rows are ranked by alone, by
   *     metric; not defined: null
   */
  public record Tuning(
      String run,
      String export,
      String metric,
      List<String> constraints,
      Search search,
      Map<String, Map<String, Map<String, Double>>> figures) {
    /** Copies the containers. */
    public Tuning {
      constraints = List.copyOf(constraints);
      figures = copy(figures);
    }
  }

  /**
   * How weights were looked for.
   *
   * @param seed of the random ones
   * @param trials how many were measured
   */
  public record Search(long seed, int trials) {}

  private static <V> Map<String, V> copy(Map<String, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  /** The file of a fusion. */
  public static FusionFile of(Fusion fusion, Tuning tuning) {
    return new FusionFile(FORMAT, fusion.kind().key(), fusion.weights(), tuning);
  }

  /**
   * As JSON.
   *
   * @throws IllegalStateException if it does not become JSON, which is a fault of ours
   */
  public String json() {
    try {
      return JSON.writeValueAsString(this) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a value of our own does not become JSON", e);
    }
  }

  /**
   * Reads a file.
   *
   * @throws MtlException FILE_MISSING if it is not there, DATA_FORMAT if it is no fusion, or of
   *     another version
   */
  public static FusionFile read(Path file) {
    try {
      FusionFile found =
          JSON.readValue(Files.readString(file, StandardCharsets.UTF_8), FusionFile.class);
      if (found == null) {
        throw invalid(file, "expected an object, found null", null);
      }
      if (found.format != FORMAT) {
        throw invalid(file, "expected format " + FORMAT + ", found " + found.format, null);
      }
      found.fusion(file);
      return found;
    } catch (JsonProcessingException e) {
      throw invalid(file, "expected JSON as mtl fuse writes it", e);
    } catch (IOException e) {
      throw new MtlException(
          new Problem(
              ErrorCode.FILE_MISSING,
              file.toString(),
              "Expected a file that mtl fuse wrote, found none that can be read.",
              "Make one with mtl fuse --run RUN --metric OUTPUT/METRIC --output FILE."),
          e);
    }
  }

  /** What it says. */
  public Fusion fusion() {
    return fusion(Path.of("fusion"));
  }

  private Fusion fusion(Path file) {
    Optional<Fusion.Kind> known =
        Arrays.stream(Fusion.Kind.values()).filter(k -> k.key().equals(kind)).findFirst();
    try {
      return new Fusion(
          known.orElseThrow(() -> invalid(file, "there is no kind \"" + kind + "\"", null)),
          weights);
    } catch (IllegalArgumentException e) {
      throw invalid(file, e.getMessage(), e);
    }
  }

  private static MtlException invalid(Path file, String why, Exception cause) {
    return new MtlException(
        new Problem(
            ErrorCode.DATA_FORMAT,
            file.toString(),
            "The file of a fusion is damaged, changed or of another version: " + why + ".",
            "Make it anew with mtl fuse."),
        cause);
  }
}
