package org.mtl4j.experiment.kept;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.file.Folders;
import org.mtl4j.core.file.Unfinished;

/** Writes rows with their predictions, block by block, under a name that nothing reads. */
public final class KeptWriter implements AutoCloseable {
  private final Unfinished unfinished;
  private final List<KeptOutput> outputs;
  private final Map<String, RowDigest> digests = new LinkedHashMap<>();
  private final CRC32C crc = new CRC32C();
  private FileChannel file;
  private KeptFormat.Header header;
  private long rows;

  /**
   * Begins a file.
   *
   * @param target the name that it will have; the folder is made if need be
   * @param outputs what rows have predictions of, in this order
   */
  public KeptWriter(Path target, List<KeptOutput> outputs) {
    this.unfinished = new Unfinished(target);
    this.outputs = List.copyOf(outputs);
    outputs.forEach(output -> digests.put(output.name(), new RowDigest()));
  }

  /**
   * Adds rows behind those that are there.
   *
   * @throws MtlException of code IO if they cannot be written
   * @throws IllegalArgumentException if rows have groups in some blocks only, or predictions are
   *     not as many as the outputs say
   */
  public void add(KeptBlock block) {
    try {
      begin(block.groups().isPresent());
      ByteBuffer bytes = bytes(block);
      write(bytes);
      rows += block.records().length;
      for (KeptOutput output : outputs) {
        LabelColumn labels = block.labels().get(output.name());
        digests.get(output.name()).add(block.records(), labels, block.groups());
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private void begin(boolean grouped) throws IOException {
    if (header == null) {
      header = new KeptFormat.Header(KeptFormat.VERSION, grouped, outputs);
      Folders.make(unfinished.target().toAbsolutePath().getParent());
      file =
          FileChannel.open(
              unfinished.path(),
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE);
      byte[] json = KeptFormat.json(header);
      ByteBuffer bytes = KeptFormat.allocate(KeptFormat.MAGIC.length + Integer.BYTES + json.length);
      write(bytes.put(KeptFormat.MAGIC).putInt(json.length).put(json).flip());
    }
    if (header.grouped() != grouped) {
      throw new IllegalArgumentException(
          "expected groups with every block or with none, found them with some");
    }
  }

  private ByteBuffer bytes(KeptBlock block) {
    int n = block.records().length;
    ByteBuffer bytes = KeptFormat.allocate(Integer.BYTES + header.blockBytes(n)).putInt(n);
    for (long record : block.records()) {
      bytes.putLong(record);
    }
    for (int group : block.groups().orElse(new int[0])) {
      bytes.putInt(group);
    }
    for (KeptOutput output : outputs) {
      float[] predictions = block.predictions().values().get(output.name());
      put(bytes, n, output, block.labels().get(output.name()), predictions);
    }
    return bytes.flip();
  }

  private static void put(
      ByteBuffer bytes, int n, KeptOutput output, LabelColumn labels, float[] predictions) {
    if (predictions.length != n * output.predictions()
        || labels.labels().length != n * output.labelWidth()) {
      throw new IllegalArgumentException(
          "expected %d predictions and %d labels a row of %s, found %d and %d for %d rows"
              .formatted(
                  output.predictions(),
                  output.labelWidth(),
                  output.name(),
                  predictions.length,
                  labels.labels().length,
                  n));
    }
    for (boolean say : labels.mask()) {
      bytes.put((byte) (say ? 1 : 0));
    }
    put(bytes, labels.labels());
    put(bytes, labels.weights());
    put(bytes, predictions);
  }

  private static void put(ByteBuffer bytes, float[] values) {
    for (float value : values) {
      bytes.putFloat(value);
    }
  }

  private void write(ByteBuffer bytes) throws IOException {
    crc.update(bytes.duplicate());
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
  }

  /**
   * Writes what is known at the end.
   *
   * @return the whole file, for the caller to give it its name
   * @throws MtlException of code IO if it cannot be written
   * @throws IllegalStateException if no row was added
   */
  public Unfinished finish() {
    if (header == null) {
      throw new IllegalStateException("expected rows to keep, found none");
    }
    Map<String, String> hashes = new LinkedHashMap<>();
    digests.forEach((output, digest) -> hashes.put(output, digest.hex()));
    byte[] json = KeptFormat.json(new KeptFormat.Trailer(rows, hashes));
    ByteBuffer bytes = KeptFormat.allocate(2 * Integer.BYTES + json.length);
    try {
      write(bytes.putInt(0).put(json).putInt(json.length).flip());
      ByteBuffer sum = KeptFormat.allocate(Long.BYTES).putLong(crc.getValue());
      write(sum.flip());
      file.close();
      return unfinished;
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private MtlException failure(IOException e) {
    return new MtlException(
        new Problem(
            ErrorCode.IO,
            unfinished.target().toString(),
            "The predictions cannot be written: " + e + ".",
            "Check that there is room and that you may write to it."),
        e);
  }

  /** Closes the file; one that was not finished is deleted. */
  @Override
  public void close() {
    if (file == null) {
      return;
    }
    boolean whole = !file.isOpen();
    try {
      file.close();
    } catch (IOException e) {
      // It is deleted anyway.
    }
    if (!whole) {
      unfinished.drop();
    }
  }
}
