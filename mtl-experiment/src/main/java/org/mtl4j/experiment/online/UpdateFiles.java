package org.mtl4j.experiment.online;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.experiment.drift.RowProfile;
import org.mtl4j.experiment.run.RunFiles;

/**
 * The files of an update, which lie as those of a run do: checkpoints, transforms, history, export.
 *
 * @param run where they lie
 */
record UpdateFiles(RunFiles run) {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
          .enable(DeserializationFeature.READ_ENUMS_USING_TO_STRING)
          .build();

  Path folder() {
    return run.folder();
  }

  /** Copies of the rows that it takes, of files that grow. */
  Path rows() {
    return folder().resolve("rows");
  }

  Path intakeFile() {
    return folder().resolve("update.json");
  }

  private Path decisionFile() {
    return folder().resolve("decision.json");
  }

  /** When each token was seen last. */
  Path seen() {
    return folder().resolve("seen.bin");
  }

  /** Whether it was begun: dropping it takes away what it takes first. */
  boolean isThere() {
    return Files.exists(intakeFile()) || Files.exists(decisionFile());
  }

  Intake intake() {
    return read(intakeFile(), Intake.class);
  }

  void write(Intake intake) {
    run.write(intakeFile(), json(intake));
  }

  /** Empty while it is not done. */
  Optional<Decision> decision() {
    return Files.exists(decisionFile())
        ? Optional.of(read(decisionFile(), Decision.class))
        : Optional.empty();
  }

  /** With this it is done. */
  void write(Decision decision) {
    run.write(decisionFile(), json(decision));
  }

  void write(RowProfile profile) {
    run.write(run.profile(), json(profile));
  }

  /** What rows are expected to look like; empty for a run of an earlier release. */
  static Optional<RowProfile> profile(RunFiles files) {
    return Files.exists(files.profile())
        ? Optional.of(read(files.profile(), RowProfile.class))
        : Optional.empty();
  }

  private static <T> T read(Path file, Class<T> type) {
    try {
      return JSON.readValue(file.toFile(), type);
    } catch (IOException e) {
      throw new MtlException(
          new Problem(
              ErrorCode.DATA_FORMAT,
              file.toString(),
              "Expected what an update wrote, found something else: " + e.getMessage() + ".",
              "Put the file back as it was, or delete the folder of the update if it has no"
                  + " decision.json."),
          e);
    }
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a value of our own does not become JSON", e);
    }
  }
}
