package org.mtl4j.core.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.mtl4j.core.error.MtlException;

/**
 * What {@code checkpoint.json} holds.
 *
 * @param format version of the format
 * @param crc32c of the file itself with a 0 in this place
 * @param origin what the run was made of; empty if nobody said
 * @param progress how far the run had come
 * @param numbers what {@code tensors.bin} holds
 */
record CheckpointIndex(int format, long crc32c, String origin, Progress progress, Numbers numbers) {
  static final String FILE = "checkpoint.json";
  private static final int FORMAT = 3;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * What {@code tensors.bin} holds.
   *
   * @param byteOrder of the numbers
   * @param tensors the tensors in the order of their bytes
   * @param bytes its size
   * @param crc32c its check sum
   */
  record Numbers(String byteOrder, List<StateTensor> tensors, long bytes, long crc32c) {
    Numbers {
      tensors = tensors == null ? List.of() : List.copyOf(tensors);
    }
  }

  /** An index with its own check sum. */
  static CheckpointIndex of(String origin, Progress progress, Numbers numbers) throws IOException {
    CheckpointIndex blank = new CheckpointIndex(FORMAT, 0, origin, progress, numbers);
    return new CheckpointIndex(FORMAT, blank.sum(), origin, progress, numbers);
  }

  void write(Path folder) throws IOException {
    Files.write(folder.resolve(FILE), JSON.writeValueAsBytes(this));
  }

  /**
   * Reads and checks the index of a checkpoint.
   *
   * @throws MtlException CHECKPOINT_INVALID if it is not there, or not to the byte what was written
   */
  static CheckpointIndex read(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      byte[] bytes = Files.readAllBytes(file);
      JsonNode tree = JSON.readTree(bytes);
      JsonNode format = tree.path("format");
      if (format.isInt() && format.intValue() != FORMAT) {
        throw Checkpoint.otherFormat(file, FORMAT, format.intValue());
      }
      if (!format.isInt()) {
        throw Checkpoint.invalid(file, "expected format " + FORMAT + ", found no format", null);
      }
      CheckpointIndex index = JSON.treeToValue(tree, CheckpointIndex.class);
      index.check(file, bytes);
      return index;
    } catch (JsonProcessingException e) {
      String why = "expected JSON as MTL4J writes it, found this: " + e.getOriginalMessage();
      throw Checkpoint.invalid(file, why, e);
    } catch (IOException e) {
      throw Checkpoint.unreadable(file, e);
    }
  }

  private void check(Path file, byte[] bytes) throws IOException {
    long sum = new CheckpointIndex(format, 0, origin, progress, numbers).sum();
    // A byte that changes no value, a blank say, is a change all the same.
    if (sum != crc32c || !Arrays.equals(bytes, JSON.writeValueAsBytes(this))) {
      throw Checkpoint.invalid(
          file, "expected the check sum %d, found %d".formatted(crc32c, sum), null);
    }
    String order = ByteOrder.nativeOrder().toString();
    if (!order.equals(numbers.byteOrder())) {
      throw Checkpoint.invalid(
          file, "expected numbers in %s, found %s".formatted(order, numbers.byteOrder()), null);
    }
  }

  private long sum() throws IOException {
    CRC32C crc = new CRC32C();
    crc.update(JSON.writeValueAsBytes(this));
    return crc.getValue();
  }
}
