package org.mtl4j.experiment.run;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.file.FolderLock;
import org.mtl4j.core.file.Folders;
import org.mtl4j.core.file.Unfinished;

/**
 * The files of a run, by the names that are a contract. A file is written aside and renamed, so
 * that none is ever half there.
 *
 * @param folder the run's folder
 */
public record RunFiles(Path folder) {
  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final ObjectMapper INDENTED =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** The experiment with every default filled in. */
  public Path experiment() {
    return folder.resolve("experiment.yaml");
  }

  /** What was learnt of the training rows; see {@link RunTransforms}. */
  public Path transforms() {
    return folder.resolve("transforms.bin");
  }

  /** What was taken over from another run, if the experiment begins from one. */
  public Path transfer() {
    return folder.resolve("transfer.json");
  }

  /** Seeds, hashes, versions. */
  public Path provenance() {
    return folder.resolve("provenance.json");
  }

  /** A line an epoch. */
  public Path history() {
    return folder.resolve("history.jsonl");
  }

  /** How long the steps took; what differs from one equal run to the next. */
  public Path timing() {
    return folder.resolve("timing.jsonl");
  }

  /** The folder of event files for TensorBoard. */
  public Path tensorboard() {
    return folder.resolve("tensorboard");
  }

  /** Metrics of the kept state, per split. */
  public Path metrics() {
    return folder.resolve("metrics.json");
  }

  /** The 95 % intervals of the metrics, in the same shape. */
  public Path intervals() {
    return folder.resolve("intervals.json");
  }

  /** Metrics slice by slice, if the experiment asks for them. */
  public Path slices() {
    return folder.resolve("slices.json");
  }

  /** How alike groups are treated, if the experiment asks for it. */
  public Path fairness() {
    return folder.resolve("fairness.json");
  }

  /** What was predicted for the test rows, if that is kept. */
  public Path testPredictions() {
    return predictions().resolve("test.bin");
  }

  /** What was predicted for the validation rows, if that is kept. */
  public Path validationPredictions() {
    return predictions().resolve("validation.bin");
  }

  /** The folder of kept predictions. */
  Path predictions() {
    return folder.resolve("predictions");
  }

  /** What the page shows, for other formats. */
  public Path reportData() {
    return folder.resolve("report.json");
  }

  /** The states that none dominates; there only if states are chosen by that. */
  public Path front() {
    return folder.resolve("front.json");
  }

  /** How predictions are calibrated; there only if a task asks for it. */
  public Path calibration() {
    return folder.resolve("calibration.json");
  }

  /** A page to look at. It is written last: with it and metrics, a run is finished. */
  public Path report() {
    return folder.resolve("report.html");
  }

  /** The encoded rows while the run goes on; deleted when it ends. */
  public Path cache() {
    return folder.resolve("encoded-rows");
  }

  /** What the training rows look like, beside which later rows are looked at. */
  public Path profile() {
    return folder.resolve("profile.json");
  }

  /** The updates by later rows, a folder each. */
  public Path updates() {
    return folder.resolve("updates");
  }

  /** What {@code mtl diagnose} found. */
  public Path diagnosis() {
    return folder.resolve("diagnosis");
  }

  /** Checkpoints. */
  public Path checkpoints() {
    return folder.resolve("checkpoints");
  }

  /** A fitted baseline, with a manifest as an export has it; in place of exports. */
  public Path model() {
    return folder.resolve("model");
  }

  /** Exports: folders named by version. */
  public Path exports() {
    return folder.resolve("export");
  }

  /** The export of a version. */
  public Path export(int version) {
    return exports().resolve(Integer.toString(version));
  }

  /** The highest version among the exports. */
  public OptionalInt latestExport() {
    return versions(exports());
  }

  /** The highest version among the folders of a base folder. */
  public static OptionalInt versions(Path base) {
    if (!Files.isDirectory(base)) {
      return OptionalInt.empty();
    }
    try (Stream<Path> entries = Files.list(base)) {
      return entries
          .map(path -> path.getFileName().toString())
          .filter(name -> name.matches("\\d{1,9}"))
          .flatMapToInt(name -> IntStream.of(Integer.parseInt(name)))
          .max();
    } catch (IOException e) {
      throw failure(base, e);
    }
  }

  /**
   * Whether the folder is not there, or has nothing in it. A lock, encoded rows or an unfinished
   * file of a process that was killed before it had begun are nothing.
   */
  public boolean isEmpty() {
    return holdsNothingBut(Set.of());
  }

  /** Whether there is nothing in the folder but these, and what is nothing. */
  boolean holdsNothingBut(Set<Path> known) {
    if (!Files.exists(folder)) {
      return true;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.allMatch(
          path ->
              path.endsWith(FolderLock.FILE)
                  || Unfinished.isName(path)
                  || path.equals(cache())
                  || known.contains(path));
    } catch (IOException e) {
      throw failure(folder, e);
    }
  }

  /** Writes a text file, in place of the one that is there. */
  public void write(Path file, String text) {
    Unfinished unfinished = new Unfinished(file);
    try {
      Folders.make(folder);
      Files.writeString(unfinished.path(), text, StandardCharsets.UTF_8);
      unfinished.finish();
    } catch (IOException e) {
      unfinished.drop();
      throw failure(file, e);
    }
  }

  /** The same of a value as indented JSON. */
  public void writeJson(Path file, Object value) {
    write(file, json(INDENTED, value) + "\n");
  }

  /**
   * Writes a text file that a finished run has. If that changes it, the run is not finished any
   * more, before the file is another: what says that it is belongs to all of them as they were.
   */
  void change(Path file, String text) {
    if (!holds(file, text)) {
      unfinish();
      write(file, text);
    }
  }

  /** As {@link #change}, of a value as indented JSON. */
  void changeJson(Path file, Object value) {
    change(file, json(INDENTED, value) + "\n");
  }

  /** As {@link #change}, of values as lines of JSON. */
  void changeJsonLines(Path file, List<?> values) {
    change(file, values.stream().map(value -> json(JSON, value) + "\n").collect(joining()));
  }

  /** As {@link #change}, of a file that is whole under its unfinished name. */
  void change(Unfinished unfinished) {
    Path file = unfinished.target();
    try {
      if (Files.exists(file) && Files.mismatch(file, unfinished.path()) < 0) {
        unfinished.drop();
      } else {
        unfinish();
        unfinished.finish();
      }
    } catch (IOException e) {
      unfinished.drop();
      throw failure(file, e);
    }
  }

  /** Takes a file of a finished run away, if it is there. */
  void remove(Path file) {
    if (Files.exists(file)) {
      unfinish();
      try {
        Folders.deleteFile(file);
      } catch (IOException e) {
        throw failure(file, e);
      }
    }
  }

  /** Takes away what says that the run is finished, for good. */
  void unfinish() {
    try {
      Folders.deleteFile(report());
    } catch (IOException e) {
      throw failure(report(), e);
    }
  }

  private static boolean holds(Path file, String text) {
    try {
      return Files.exists(file)
          && Arrays.equals(Files.readAllBytes(file), text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  /** The lines of a file. */
  public List<String> readLines(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  private static String json(ObjectMapper mapper, Object value) {
    try {
      return mapper.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a value of our own does not become JSON", e);
    }
  }

  /** What is thrown where a file cannot be read or written. */
  public static MtlException failure(Path file, IOException e) {
    return new MtlException(
        new Problem(
            ErrorCode.IO,
            file.toString(),
            "The file or folder cannot be read or written: " + e + ".",
            "Check that it is there, that there is room and that you may write to it."),
        e);
  }
}
