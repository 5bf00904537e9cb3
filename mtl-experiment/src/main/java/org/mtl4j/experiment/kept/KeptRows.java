package org.mtl4j.experiment.kept;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.model.Predictions;

/**
 * Kept rows in a file that was found whole.
 *
 * @param file the file
 * @param outputs what rows have predictions of, in their order
 * @param rows number of rows
 * @param digests per output a hash of the rows that have a say in it, and of their labels, weights
 *     and groups
 */
public record KeptRows(
    Path file, List<KeptOutput> outputs, long rows, Map<String, String> digests) {
  private static final int PIECE_BYTES = 1 << 20;

  /** Copies the containers. */
  public KeptRows {
    outputs = List.copyOf(outputs);
    digests = Map.copyOf(digests);
  }

  /**
   * Opens a file and checks every byte of it.
   *
   * @throws MtlException FILE_MISSING if it is not there, DATA_FORMAT if it is damaged or of
   *     another version
   */
  public static KeptRows open(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      long body = channel.size() - Long.BYTES;
      if (body < KeptFormat.MAGIC.length + KeptFormat.TAIL_BYTES) {
        throw damaged(file, "it ends too early", null);
      }
      long expected = read(channel, body, Long.BYTES).getLong();
      if (sum(channel, body) != expected) {
        throw damaged(file, "its check sum is not that of its bytes", null);
      }
      KeptFormat.Header header = header(file, channel);
      int length = read(channel, body - Integer.BYTES, Integer.BYTES).getInt();
      byte[] json = bytes(channel, body - Integer.BYTES - length, length);
      KeptFormat.Trailer trailer = KeptFormat.parse(json, KeptFormat.Trailer.class);
      return new KeptRows(file, header.outputs(), trailer.rows(), trailer.digests());
    } catch (NoSuchFileException e) {
      throw new MtlException(
          new Problem(
              ErrorCode.FILE_MISSING,
              file.toString(),
              "Expected the predictions of a run's test rows, found no such file.",
              "The run keeps none (evaluation.keep_predictions: false), has no test split, or is"
                  + " of an earlier release; train it again."),
          e);
    } catch (IOException | BufferUnderflowException e) {
      throw damaged(file, e.toString(), e);
    }
  }

  private static KeptFormat.Header header(Path file, FileChannel channel) throws IOException {
    int magic = KeptFormat.MAGIC.length;
    ByteBuffer start = read(channel, 0, magic + Integer.BYTES);
    byte[] found = new byte[magic];
    start.get(found);
    if (!Arrays.equals(found, KeptFormat.MAGIC)) {
      throw damaged(file, "it is no file of kept rows", null);
    }
    byte[] json = bytes(channel, magic + Integer.BYTES, start.getInt());
    KeptFormat.Header header = KeptFormat.parse(json, KeptFormat.Header.class);
    if (header.format() != KeptFormat.VERSION) {
      throw damaged(
          file,
          "expected format %d, found %d".formatted(KeptFormat.VERSION, header.format()),
          null);
    }
    return header;
  }

  /**
   * Reads all rows, block by block, in their order.
   *
   * @throws MtlException DATA_FORMAT if the file has changed since it was opened
   */
  public void forEach(Consumer<KeptBlock> consumer) {
    try (FileChannel channel = FileChannel.open(file)) {
      KeptFormat.Header header = header(file, channel);
      long lengthAt = KeptFormat.MAGIC.length;
      long at = lengthAt + Integer.BYTES + read(channel, lengthAt, Integer.BYTES).getInt();
      for (int n = size(channel, at); n > 0; n = size(channel, at)) {
        int bytes = header.blockBytes(n);
        consumer.accept(block(header, n, read(channel, at + Integer.BYTES, bytes)));
        at += Integer.BYTES + bytes;
      }
    } catch (IOException | BufferUnderflowException e) {
      throw damaged(file, e.toString(), e);
    }
  }

  private static int size(FileChannel channel, long at) throws IOException {
    return read(channel, at, Integer.BYTES).getInt();
  }

  private static KeptBlock block(KeptFormat.Header header, int n, ByteBuffer bytes) {
    long[] records = new long[n];
    Arrays.setAll(records, r -> bytes.getLong());
    Optional<int[]> groups = header.grouped() ? Optional.of(new int[n]) : Optional.empty();
    groups.ifPresent(all -> Arrays.setAll(all, r -> bytes.getInt()));
    Map<String, LabelColumn> labels = new LinkedHashMap<>();
    Map<String, float[]> predictions = new LinkedHashMap<>();
    for (KeptOutput output : header.outputs()) {
      boolean[] mask = new boolean[n];
      for (int r = 0; r < n; r++) {
        mask[r] = bytes.get() != 0;
      }
      float[] values = floats(bytes, n * output.labelWidth());
      float[] weights = floats(bytes, n);
      labels.put(output.name(), new LabelColumn(values, mask, weights, output.labelClasses()));
      predictions.put(output.name(), floats(bytes, n * output.predictions()));
    }
    return new KeptBlock(records, new Predictions(n, predictions), labels, groups);
  }

  private static float[] floats(ByteBuffer bytes, int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = bytes.getFloat();
    }
    return values;
  }

  private static ByteBuffer read(FileChannel channel, long at, int length) throws IOException {
    return ByteBuffer.wrap(bytes(channel, at, length)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] bytes(FileChannel channel, long at, int length) throws IOException {
    if (at < 0 || length < 0 || at + length > channel.size()) {
      throw new IOException("a length in it is wrong");
    }
    byte[] bytes = new byte[length];
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    int count = 0;
    while (buffer.hasRemaining() && count >= 0) {
      count = channel.read(buffer, at + buffer.position());
    }
    return bytes;
  }

  private static long sum(FileChannel channel, long length) throws IOException {
    CRC32C crc = new CRC32C();
    for (long at = 0; at < length; at += PIECE_BYTES) {
      crc.update(read(channel, at, (int) Math.min(PIECE_BYTES, length - at)));
    }
    return crc.getValue();
  }

  private static MtlException damaged(Path file, String why, Exception cause) {
    return new MtlException(
        new Problem(
            ErrorCode.DATA_FORMAT,
            file.toString(),
            "The kept predictions are damaged or of another version: " + why + ".",
            "mtl train EXPERIMENT.yaml --output RUN --resume writes them anew."),
        cause);
  }
}
