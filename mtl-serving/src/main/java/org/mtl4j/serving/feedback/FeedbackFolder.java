package org.mtl4j.serving.feedback;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mtl4j.core.file.Folders;
import org.mtl4j.core.file.Unfinished;

/** The files of a log as they stand in a folder, {@code feedback-00000001.jsonl} and so on. */
final class FeedbackFolder {
  private static final Pattern NAME = Pattern.compile("feedback-(\\d{8})\\.jsonl");
  private static final int LONGEST_END = 1 << 16;

  private FeedbackFolder() {}

  /** Takes lines one by one. */
  @FunctionalInterface
  interface Lines {
    /** Takes one. */
    void take(String text, FeedbackLines.Line line) throws IOException;
  }

  /** The file of a number. */
  static Path file(Path folder, int number) {
    return folder.resolve("feedback-%08d.jsonl".formatted(number));
  }

  /** The numbers of the files that there are, ascending. */
  static List<Integer> numbers(Path folder) throws IOException {
    List<Integer> numbers = new ArrayList<>();
    for (Path file : Folders.list(folder)) {
      Matcher name = NAME.matcher(file.getFileName().toString());
      if (name.matches()) {
        numbers.add(Integer.parseInt(name.group(1)));
      }
    }
    return numbers.stream().sorted().toList();
  }

  /** Reads the whole lines of a file; an end that is torn is left out. */
  static void read(Path file, Lines lines) throws IOException {
    long whole = wholeBytes(file);
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      long at = 0;
      for (int number = 1; at < whole; number++) {
        String text = reader.readLine();
        if (text == null) {
          break; // It was cut off meanwhile.
        }
        at += text.getBytes(StandardCharsets.UTF_8).length + 1;
        lines.take(text, FeedbackLines.read(text, "%s, line %d".formatted(file, number)));
      }
    }
  }

  /** Cuts off what a process that died left behind the last line break. */
  static void cutTornEnd(Path file) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    long whole = wholeBytes(file);
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      if (open.length() > whole) {
        open.setLength(whole);
        open.getFD().sync();
      }
    }
  }

  /** How many bytes there are up to the last line break. */
  private static long wholeBytes(Path file) throws IOException {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
      return breakBefore(open, open.length());
    }
  }

  /** How many bytes there are up to the last line break among the first ones; 0 if it has none. */
  private static long breakBefore(RandomAccessFile open, long first) throws IOException {
    byte[] end = new byte[LONGEST_END];
    for (long to = first; to > 0; ) {
      int length = (int) Math.min(to, end.length);
      open.seek(to - length);
      open.readFully(end, 0, length);
      for (int i = length - 1; i >= 0; i--) {
        if (end[i] == '\n') {
          return to - length + i + 1;
        }
      }
      to -= length;
    }
    return 0;
  }

  /** Removes files whose last line was written before a time, up to a number that stays. */
  static void removeBefore(Path folder, Instant time, int staying) throws IOException {
    for (int number : numbers(folder)) {
      Path file = file(folder, number);
      if (number < staying && lastLogged(file).filter(last -> !last.isBefore(time)).isEmpty()) {
        Files.delete(file);
      }
    }
  }

  /** When the last line of a file was written; empty if there is none. */
  static Optional<Instant> lastLogged(Path file) throws IOException {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
      long end = breakBefore(open, open.length());
      if (end == 0) {
        return Optional.empty();
      }
      long start = breakBefore(open, end - 1);
      byte[] line = new byte[Math.toIntExact(end - 1 - start)];
      open.seek(start);
      open.readFully(line);
      String text = new String(line, StandardCharsets.UTF_8);
      return Optional.of(FeedbackLines.read(text, file + ", last line").logged());
    }
  }

  /**
   * Removes what a user saw and what came of it from all files but those from a number on.
   *
   * @return how many lines
   */
  static int forget(Path folder, String user, int staying) throws IOException {
    List<Path> files = new ArrayList<>();
    for (int number : numbers(folder)) {
      if (number < staying) {
        files.add(file(folder, number));
      }
    }
    Set<String> requests = new HashSet<>();
    for (Path file : files) {
      read(
          file,
          (text, line) -> {
            if (isOf(line.event(), user)) {
              requests.add(line.event().requestId());
            }
          });
    }
    int removed = 0;
    for (Path file : files) {
      removed += without(file, requests);
    }
    return removed;
  }

  private static boolean isOf(FeedbackEvent event, String user) {
    return event instanceof FeedbackEvent.Impression impression
        && impression.viewer().user().filter(user::equals).isPresent();
  }

  /** Writes a file without some requests' lines, in one step; one that has none stays as it is. */
  private static int without(Path file, Set<String> requests) throws IOException {
    Unfinished unfinished = new Unfinished(file);
    int[] removed = new int[1];
    try {
      try (BufferedWriter writer =
          Files.newBufferedWriter(unfinished.path(), StandardCharsets.UTF_8)) {
        read(
            file,
            (text, line) -> {
              if (requests.contains(line.event().requestId())) {
                removed[0]++;
              } else {
                writer.write(text);
                writer.write('\n');
              }
            });
      }
      if (removed[0] > 0) {
        unfinished.finish();
      }
      return removed[0];
    } finally {
      unfinished.drop();
    }
  }
}
