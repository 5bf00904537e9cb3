package org.mtl4j.experiment.events;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mtl4j.core.file.TfRecord;
import org.mtl4j.core.file.Unfinished;

/**
 * The event files of a run: one for each process that trained it, named by the step that it went on
 * from, so that the order of names is that of steps.
 *
 * @param path the folder
 */
record EventFolder(Path path) {
  private static final String PREFIX = "events.out.tfevents.";
  private static final Pattern NAME = Pattern.compile(Pattern.quote(PREFIX) + "\\d+\\.mtl4j");

  /** The file of a process that goes on from a step. */
  Path file(long from) {
    return path.resolve(String.format(Locale.ROOT, "%s%012d.mtl4j", PREFIX, from));
  }

  /**
   * Cuts what is there to the events of steps up to one: those of later ones come again. A record
   * that a killed process left half written goes with them.
   */
  void cutBehind(long step) throws IOException {
    if (!Files.isDirectory(path)) {
      return;
    }
    Unfinished.clear(path);
    for (Path file : files()) {
      byte[] bytes = Files.readAllBytes(file);
      int end = end(step, bytes);
      if (end == 0) {
        Files.delete(file);
      } else if (end < bytes.length) {
        Unfinished cut = new Unfinished(file);
        Files.write(cut.path(), Arrays.copyOf(bytes, end));
        cut.finish();
      }
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> entries = Files.list(path)) {
      return entries.filter(f -> NAME.matcher(f.getFileName().toString()).matches()).toList();
    }
  }

  /** Where the last whole record up to a step ends. Steps never fall within a file. */
  private static int end(long step, byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int end = 0;
    while (bytes.remaining() > TfRecord.HEADER_BYTES) {
      long length = bytes.getLong();
      bytes.getInt();
      if (length < 0 || length > bytes.remaining() - Integer.BYTES) {
        return end;
      }
      byte[] event = new byte[(int) length];
      bytes.get(event);
      if (bytes.getInt() != TfRecord.checksum(event, event.length)
          || EventRecord.step(event) > step) {
        return end;
      }
      end = bytes.position();
    }
    return end;
  }
}
