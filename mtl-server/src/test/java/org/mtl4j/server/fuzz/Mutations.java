package org.mtl4j.server.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Bytes that were a body, changed in a few places at random. */
public final class Mutations {
  private static final int MOST = 16_384;

  private final Random random;
  private final Damage damage;

  /** Mutations. */
  public Mutations(Random random, Damage damage) {
    this.random = random;
    this.damage = damage;
  }

  /** Pieces of JSON that readers stumble over. */
  static List<byte[]> ofText() {
    List<String> texts =
        List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            "null",
            "true",
            "false",
            "NaN",
            "-NaN",
            "Infinity",
            "-Infinity",
            "1e999",
            "-1e999",
            "1e-999",
            "-0",
            "0",
            "1.",
            ".5",
            "+1",
            "01",
            "1e",
            "18446744073709551615",
            "18446744073709551616",
            "-9223372036854775808",
            "9223372036854775808",
            "9".repeat(300),
            "9".repeat(2000),
            "1e" + "9".repeat(30),
            "0." + "1".repeat(900),
            "\"\"",
            "\"\\ud800\"",
            "\"\\u0000\"",
            "\"\\x\"",
            "\"a\nb\"",
            "{\"b64\":\"aGVsbG8=\"}",
            "{\"b64\":\"*\"}",
            "{\"b64\":5}",
            "{\"b64\":\"\",\"c\":1}",
            "{\"b64\":",
            "\"b64\"",
            "\"instances\":",
            "\"inputs\":",
            "\"examples\":",
            "\"context\":",
            "\"signature_name\":",
            "\"x\":",
            "[[",
            "]]",
            "[]",
            "{}",
            "[[],[]]",
            "[".repeat(70),
            "]".repeat(70),
            "{\"a\":".repeat(70),
            "[".repeat(5000),
            "//",
            "/*",
            "#",
            "'",
            "\uFEFF",
            " ".repeat(100));
    return texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
  }

  /** Pieces of messages: tags, lengths and numbers at their ends. */
  static List<byte[]> ofMessages() {
    return List.of(
        new byte[] {0},
        new byte[] {-1},
        new byte[] {-1, -1, -1, -1, 7},
        new byte[] {-1, -1, -1, -1, 15},
        new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, 1},
        new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1},
        new byte[] {-128, -128, -128, -128, 16},
        // A dimension of 2^31, and of -1.
        new byte[] {18, 6, 8, -128, -128, -128, -128, 8},
        new byte[] {18, 11, 8, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1},
        // Another type; no rank; an empty field of each kind.
        new byte[] {8, 1},
        new byte[] {8, 7},
        new byte[] {8, 10},
        new byte[] {24, 1},
        new byte[] {10, 0},
        new byte[] {18, 0},
        new byte[] {26, 0},
        new byte[] {34, 0},
        new byte[] {34, 3, 2, 0, 1},
        // The beginning and the end of a group, which nobody has used for long.
        new byte[] {11},
        new byte[] {12});
  }

  /** A changed copy. */
  public byte[] of(byte[] seed) {
    byte[] bytes = seed;
    // Mostly few changes: a body that is damaged all over is refused at its first byte.
    do {
      bytes = random.nextInt(3) > 0 ? damage.structure().apply(random, bytes) : change(bytes);
    } while (bytes.length <= MOST && random.nextBoolean());
    return bytes.length <= MOST ? bytes : part(bytes, 0, MOST);
  }

  private byte[] change(byte[] bytes) {
    int from = random.nextInt(bytes.length + 1);
    int to = from + random.nextInt(Math.min(bytes.length - from, 40) + 1);
    return switch (random.nextInt(8)) {
      case 0 -> part(bytes, 0, from);
      case 1 -> joined(part(bytes, 0, from), part(bytes, to, bytes.length));
      case 2 -> joined(part(bytes, 0, to), part(bytes, from, bytes.length));
      case 3 -> swapped(bytes, from, to);
      case 4 -> flipped(bytes);
      case 5 -> joined(part(bytes, 0, from), noise(), part(bytes, from, bytes.length));
      case 6 -> joined(part(bytes, 0, from), piece(), part(bytes, from, bytes.length));
      default -> joined(part(bytes, 0, from), piece(), part(bytes, to, bytes.length));
    };
  }

  private byte[] piece() {
    return damage.pieces().get(random.nextInt(damage.pieces().size()));
  }

  private byte[] noise() {
    byte[] noise = new byte[1 + random.nextInt(8)];
    random.nextBytes(noise);
    return noise;
  }

  private byte[] flipped(byte[] bytes) {
    byte[] copy = bytes.clone();
    if (copy.length > 0) {
      copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return copy;
  }

  /** The two parts behind a place, the other way round. */
  private static byte[] swapped(byte[] bytes, int from, int to) {
    int end = Math.min(bytes.length, to + (to - from));
    return joined(
        part(bytes, 0, from),
        part(bytes, to, end),
        part(bytes, from, to),
        part(bytes, end, bytes.length));
  }

  private static byte[] part(byte[] bytes, int from, int to) {
    return Arrays.copyOfRange(bytes, from, to);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }
}
