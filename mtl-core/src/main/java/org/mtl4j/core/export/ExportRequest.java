package org.mtl4j.core.export;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.lookup.LookupSpec;
import org.mtl4j.core.manifest.TrainingProfile;
import org.mtl4j.core.model.Calibrator;
import org.mtl4j.core.model.Predictions;
import org.mtl4j.core.training.TrainedState;
import org.mtl4j.core.training.TrainerSpec;

/**
 * What to export.
 *
 * @param origin what the manifest says of where it comes from
 * @param spec what the trained graph was made of
 * @param state the numbers: of a session, or of a checkpoint
 * @param calibrators by output, what is made of its predictions last
 * @param replay rows and what the trainer's inference pass predicts for them, calibrated
 */
public record ExportRequest(
    Origin origin,
    TrainerSpec spec,
    TrainedState state,
    Map<String, Calibrator> calibrators,
    Replay replay) {
  /** Copies the map. */
  public ExportRequest {
    calibrators = Map.copyOf(calibrators);
  }

  /** Without calibrators. */
  public ExportRequest(Origin origin, TrainerSpec spec, TrainedState state, Replay replay) {
    this(origin, spec, state, Map.of(), replay);
  }

  /**
   * Where a model comes from.
   *
   * @param name the experiment's name
   * @param provenance of the numbers
   * @param lookups of its rows
   * @param training what its rows looked like, if that is known
   */
  public record Origin(
      String name,
      Map<String, String> provenance,
      List<LookupSpec> lookups,
      Optional<TrainingProfile> training) {
    /** Copies the containers. */
    public Origin {
      provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
      lookups = List.copyOf(lookups);
    }

    /** A model whose rows nobody looked at. */
    public Origin(String name, Map<String, String> provenance, List<LookupSpec> lookups) {
      this(name, provenance, lookups, Optional.empty());
    }

    /** A model whose rows come without lookups. */
    public static Origin of(String name, Map<String, String> provenance) {
      return new Origin(name, provenance, List.of());
    }
  }

  /**
   * The batch of the certificate.
   *
   * @param rows raw rows, at least one
   * @param expected predictions of the trainer's inference pass for them
   * @param warmUpRows how many of them at most the warm-up file may have; 0: no such file
   */
  public record Replay(RawBatch rows, Predictions expected, int warmUpRows) {
    /** As many rows as the warm-up file has by default. */
    public static final int WARM_UP_ROWS = 128;

    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Replay {
      if (warmUpRows < 0) {
        throw new IllegalArgumentException("warmUpRows: expected at least 0, found " + warmUpRows);
      }
    }

    /** With a warm-up file of {@value #WARM_UP_ROWS} rows. */
    public Replay(RawBatch rows, Predictions expected) {
      this(rows, expected, WARM_UP_ROWS);
    }
  }
}
