package org.mtl4j.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What folders hold, for comparisons of whole folders. */
public final class Folders {
  private Folders() {}

  /** Per file below the folder, by its relative path, its bytes as Latin-1 text. */
  public static Map<String, String> content(Path folder) throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> entries = Files.walk(folder)) {
      for (Path file : entries.filter(Files::isRegularFile).toList()) {
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        content.put(folder.relativize(file).toString(), bytes);
      }
    }
    return content;
  }

  /**
   * What equal runs have alike: the content of a run's folder but for the times of its training,
   * TensorBoard's events, which have times too, and the lock, which holds the number of a process.
   */
  public static Map<String, String> ofRun(Path run) throws IOException {
    Map<String, String> content = content(run);
    content.keySet().removeAll(List.of("timing.jsonl", ".lock"));
    content.keySet().removeIf(name -> name.startsWith("tensorboard"));
    return content;
  }

  /** The names in a folder, sorted. */
  public static List<String> names(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
