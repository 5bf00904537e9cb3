package org.mtl4j.experiment.run;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.training.TransferReport;

/**
 * What a run began from, and what it took over: {@code transfer.json}. A run goes on by it without
 * the other one.
 *
 * @param source which state of which run
 * @param kept the features whose transforms are the source's
 * @param report what was taken over, and what was not
 */
record Transferred(SourceRun.Identity source, List<String> kept, TransferReport report) {
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /** Copies the list. */
  Transferred {
    kept = List.copyOf(kept);
  }

  /**
   * Reads a run's file.
   *
   * @throws MtlException DATA_FORMAT if it is not there, or damaged
   */
  static Transferred read(RunFiles files) {
    try {
      return JSON.readValue(files.transfer().toFile(), Transferred.class);
    } catch (IOException e) {
      throw new MtlException(
          new Problem(
              ErrorCode.DATA_FORMAT,
              files.transfer().toString(),
              "Expected what this run began from, found no such file, or another one.",
              "Put the file back, or start a new run with --output."),
          e);
    }
  }

  /** What provenance says of it. */
  Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("init_from", source.run());
    facts.put("init_from_step", Long.toString(source.step()));
    facts.put("init_from_checkpoint_sha256", source.checkpoint());
    return facts;
  }
}
