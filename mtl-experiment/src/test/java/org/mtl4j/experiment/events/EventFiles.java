package org.mtl4j.experiment.events;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads event files after the descriptions of TFRecord, protobuf and TensorFlow's {@code
 * event.proto}, with none of the code that writes them: every checksum is computed bit by bit.
 */
public final class EventFiles {
  /** CRC-32C's polynomial, the least bit first (RFC 3720). */
  private static final int POLYNOMIAL = 0x82f63b78;

  private EventFiles() {}

  /**
   * An event.
   *
   * @param wallTime seconds since 1970
   * @param step 0 where it is left out
   * @param version of the file; empty where the event is none of it
   * @param start whether it begins a session
   * @param scalars by tag
   */
  public record Event(
      double wallTime, long step, String version, boolean start, Map<String, Float> scalars) {}

  /** The events of a folder's files, in the order of their names. */
  public static List<Event> ofFolder(Path folder) throws IOException {
    List<Event> events = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        events.addAll(of(Files.readAllBytes(file)));
      }
    }
    return events;
  }

  /** The scalars of a folder's files: step, tag, value; each once. */
  public static Map<Long, Map<String, Float>> scalars(Path folder) throws IOException {
    Map<Long, Map<String, Float>> scalars = new LinkedHashMap<>();
    for (Event event : ofFolder(folder)) {
      event
          .scalars()
          .forEach(
              (tag, value) -> {
                var values = scalars.computeIfAbsent(event.step(), s -> new LinkedHashMap<>());
                if (values.put(tag, value) != null) {
                  throw new AssertionError(tag + " is there twice at step " + event.step());
                }
              });
    }
    return scalars;
  }

  /** The events in a file's bytes, to the last of them. */
  public static List<Event> of(byte[] file) {
    List<Event> events = new ArrayList<>();
    ByteBuffer bytes = little(file);
    while (bytes.hasRemaining()) {
      byte[] length = new byte[8];
      bytes.get(length);
      check(bytes.getInt(), length);
      byte[] event = new byte[(int) little(length).getLong()];
      bytes.get(event);
      check(bytes.getInt(), event);
      events.add(event(little(event)));
    }
    return events;
  }

  private static Event event(ByteBuffer bytes) {
    double wallTime = 0;
    long step = 0;
    String version = "";
    boolean start = false;
    Map<String, Float> scalars = new LinkedHashMap<>();
    while (bytes.hasRemaining()) {
      long key = varint(bytes);
      if (key == ((1 << 3) | 1)) {
        wallTime = bytes.getDouble();
      } else if (key == 2 << 3) {
        step = varint(bytes);
      } else if (key == ((3 << 3) | 2)) {
        version = text(bytes);
      } else if (key == ((5 << 3) | 2)) {
        summary(message(bytes), scalars);
      } else if (key == ((7 << 3) | 2)) {
        ByteBuffer log = message(bytes);
        start = varint(log) == 1 << 3 && varint(log) == 1;
      } else {
        throw new AssertionError("no field of an event: " + key);
      }
    }
    return new Event(wallTime, step, version, start, scalars);
  }

  private static void summary(ByteBuffer bytes, Map<String, Float> scalars) {
    while (bytes.hasRemaining()) {
      expect((1 << 3) | 2, varint(bytes));
      ByteBuffer value = message(bytes);
      expect((1 << 3) | 2, varint(value));
      String tag = text(value);
      expect((2 << 3) | 5, varint(value));
      scalars.put(tag, value.getFloat());
      if (value.hasRemaining()) {
        throw new AssertionError("more than a tag and a value");
      }
    }
  }

  private static void expect(long key, long found) {
    if (key != found) {
      throw new AssertionError("expected the field " + key + ", found " + found);
    }
  }

  private static long varint(ByteBuffer bytes) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = bytes.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  private static ByteBuffer message(ByteBuffer bytes) {
    byte[] message = new byte[(int) varint(bytes)];
    bytes.get(message);
    return little(message);
  }

  private static String text(ByteBuffer bytes) {
    return StandardCharsets.UTF_8.decode(message(bytes)).toString();
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void check(int found, byte[] data) {
    int crc = ~0;
    for (byte b : data) {
      crc ^= b & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ POLYNOMIAL;
      }
    }
    crc = ~crc;
    int masked = ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
    if (masked != found) {
      throw new AssertionError("expected the checksum " + masked + ", found " + found);
    }
  }
}
