package org.mtl4j.data.catalogue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.data.memory.HeapShare;
import org.mtl4j.data.source.DataFiles;

/**
 * The lines of a large file by what stands before their first comma. In memory are the keys, with
 * the place of each line, and the lines that were asked for last.
 */
final class KeyedLines implements AutoCloseable {
  private static final double SHARE = 0.5;
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int KEPT = 256;

  private final Path file;
  private final FileChannel channel;
  private final Map<String, Long> offsets = new HashMap<>();
  private final Map<String, String> kept =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > KEPT;
        }
      };

  private KeyedLines(Path file) throws IOException {
    this.file = file;
    this.channel = FileChannel.open(file);
  }

  /** Reads a file once, for its keys. */
  static KeyedLines of(Path file) {
    try {
      KeyedLines lines = new KeyedLines(file);
      try {
        lines.index();
        return lines;
      } catch (IOException | RuntimeException e) {
        lines.channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw DataFiles.failure(file, e);
    }
  }

  private void index() throws IOException {
    HeapShare heap = HeapShare.of(SHARE);
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    StringBuilder key = new StringBuilder();
    boolean inKey = true;
    long offset = 0;
    long start = 0;
    for (int count = channel.read(buffer, 0); count > 0; count = channel.read(buffer, offset)) {
      for (int i = 0; i < count; i++) {
        char c = (char) buffer.get(i); // Keys are ASCII.
        if (c == '\n') {
          inKey = true;
          key.setLength(0);
          start = offset + i + 1;
        } else if (inKey && c == ',') {
          inKey = false;
          put(key.toString(), start, heap);
        } else if (inKey) {
          key.append(c);
        }
      }
      offset += count;
      buffer.clear();
    }
  }

  private void put(String key, long start, HeapShare heap) {
    if (!heap.takeText(key)) {
      throw heap.refusal(
          file.toString(),
          String.format(Locale.ROOT, "the keys of %,d rows to join so far take", offsets.size()),
          "Read fewer files at a time.");
    }
    offsets.putIfAbsent(key, start);
  }

  /** The line of a key, whole; empty if there is none. */
  Optional<String> get(String key) {
    Long offset = offsets.get(key);
    return offset == null
        ? Optional.empty()
        : Optional.of(kept.computeIfAbsent(key, k -> read(offset)));
  }

  private String read(long offset) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    try {
      long position = offset;
      for (int count = channel.read(buffer, position);
          count > 0;
          count = channel.read(buffer, position)) {
        for (int i = 0; i < count; i++) {
          if (buffer.get(i) == '\n') {
            line.write(buffer.array(), 0, i);
            return line.toString(StandardCharsets.UTF_8).stripTrailing();
          }
        }
        line.write(buffer.array(), 0, count);
        position += count;
        buffer.clear();
      }
      return line.toString(StandardCharsets.UTF_8).stripTrailing();
    } catch (IOException e) {
      throw DataFiles.failure(file, e);
    }
  }

  Path file() {
    return file;
  }

  /** Where the line of a key stands, for messages. */
  String place(String key) {
    return file + ", row " + key;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw DataFiles.failure(file, e);
    }
  }
}
