package org.mtl4j.experiment.kept;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The bytes of a file of kept rows, numbers little-endian:
 *
 * <pre>8 bytes "MTL4JROW", int32 length of the header, the header in JSON
 * blocks: int32 n, int64 record [n], int32 group [n] if grouped, then per output
 *         int8 has a say [n], float32 label [n * labels], weight [n], prediction [n * predictions]
 * int32 0, the trailer in JSON, int32 its length, int64 CRC-32C of all bytes before</pre>
 */
final class KeptFormat {
  static final int VERSION = 1;
  static final byte[] MAGIC = "MTL4JROW".getBytes(StandardCharsets.US_ASCII);

  /** Behind the trailer: its length and the check sum. */
  static final int TAIL_BYTES = Integer.BYTES + Long.BYTES;

  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private KeptFormat() {}

  /**
   * What stands first.
   *
   * @param format version of the format
   * @param grouped whether rows have groups
   * @param outputs the outputs in their order
   */
  record Header(int format, boolean grouped, List<KeptOutput> outputs) {
    Header {
      outputs = outputs == null ? List.of() : List.copyOf(outputs);
    }

    /** Bytes that a block of n rows takes, its n aside. */
    int blockBytes(int n) {
      long row = (long) Long.BYTES + (grouped ? Integer.BYTES : 0);
      for (KeptOutput output : outputs) {
        row += 1 + (long) Float.BYTES * (output.labelWidth() + 1 + output.predictions());
      }
      return Math.toIntExact(n * row);
    }
  }

  /**
   * What is known at the end.
   *
   * @param rows number of rows
   * @param digests per output a hash of the rows that have a say in it
   */
  record Trailer(long rows, Map<String, String> digests) {
    Trailer {
      digests =
          digests == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(digests));
    }
  }

  static ByteBuffer allocate(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  static byte[] json(Object value) {
    try {
      return JSON.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of our own does not become JSON", e);
    }
  }

  static <T> T parse(byte[] json, Class<T> type) throws IOException {
    return JSON.readValue(json, type);
  }
}
