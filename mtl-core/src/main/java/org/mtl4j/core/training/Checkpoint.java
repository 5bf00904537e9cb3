package org.mtl4j.core.training;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

/**
 * A state on disk, with which a run goes on: a folder with {@code checkpoint.json} (what, where,
 * how far) and {@code tensors.bin} (the numbers, one tensor after the other, in pieces of rows).
 * Equal runs write equal bytes.
 */
public final class Checkpoint implements TrainedState {
  private static final int FORMAT = 1;
  private static final int PIECE_BYTES = 8 << 20;
  private static final String INDEX = "checkpoint.json";
  private static final String NUMBERS = "tensors.bin";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * What {@code checkpoint.json} holds.
   *
   * @param format version of the format
   * @param byteOrder of the numbers
   * @param progress how far the run had come
   * @param tensors the tensors in the order of their bytes
   * @param bytes size of {@code tensors.bin}
   * @param crc32c of {@code tensors.bin}
   */
  record Index(
      int format,
      String byteOrder,
      Progress progress,
      List<StateTensor> tensors,
      long bytes,
      long crc32c) {}

  private final Path folder;
  private final Index index;

  private Checkpoint(Path folder, Index index) {
    this.folder = folder;
    this.index = index;
  }

  /** Writes a state into a folder that exists and is empty, and forces it to disk. */
  static void write(Path folder, TrainedState state, Progress progress) throws IOException {
    CRC32C crc = new CRC32C();
    long bytes;
    try (FileChannel file =
        FileChannel.open(
            folder.resolve(NUMBERS), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      state.readAll(
          (tensor, piece) -> {
            crc.update(piece.duplicate());
            while (piece.hasRemaining()) {
              file.write(piece);
            }
          });
      file.force(true);
      bytes = file.size();
    }
    Index index =
        new Index(
            FORMAT,
            ByteOrder.nativeOrder().toString(),
            progress,
            state.tensors(),
            bytes,
            crc.getValue());
    Files.write(folder.resolve(INDEX), JSON.writeValueAsBytes(index));
  }

  /**
   * Opens a checkpoint and checks that it is whole.
   *
   * @throws MtlException CHECKPOINT_INVALID if it is not
   */
  public static Checkpoint open(Path folder) {
    try {
      Index index = JSON.readValue(Files.readAllBytes(folder.resolve(INDEX)), Index.class);
      if (index == null || index.progress() == null || index.tensors() == null) {
        throw new MtlException(invalid(folder, "its " + INDEX + " lacks what it must say"));
      }
      Checkpoint checkpoint = new Checkpoint(folder, index);
      checkpoint.check();
      return checkpoint;
    } catch (IOException e) {
      throw new MtlException(invalid(folder, "it cannot be read: " + e.getMessage()), e);
    }
  }

  private void check() throws IOException {
    if (index.format() != FORMAT || !ByteOrder.nativeOrder().toString().equals(index.byteOrder())) {
      throw new MtlException(
          invalid(
              folder,
              "expected format %d in %s, found format %d in %s"
                  .formatted(FORMAT, ByteOrder.nativeOrder(), index.format(), index.byteOrder())));
    }
    CRC32C crc = new CRC32C();
    long bytes = 0;
    try (FileChannel file = numbers()) {
      ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
      while (file.read(piece.clear()) > 0) {
        bytes += piece.flip().remaining();
        crc.update(piece);
      }
    }
    if (bytes != index.bytes() || crc.getValue() != index.crc32c()) {
      throw new MtlException(
          invalid(
              folder,
              "expected %d bytes with the check sum %d in %s, found %d with %d"
                  .formatted(index.bytes(), index.crc32c(), NUMBERS, bytes, crc.getValue())));
    }
  }

  private static Problem invalid(Path folder, String why) {
    return new Problem(
        ErrorCode.CHECKPOINT_INVALID,
        folder.toString(),
        "The checkpoint is damaged or of another version: " + why + ".",
        "Delete the folder to go on from the checkpoint before it.");
  }

  /** How far the run had come. */
  public Progress progress() {
    return index.progress();
  }

  @Override
  public List<StateTensor> tensors() {
    return index.tensors();
  }

  @Override
  public void read(StateTensor tensor, Pieces pieces) throws IOException {
    long position = offset(tensor);
    long left = tensor.bytes();
    long step = tensor.byRows() ? Math.min(left, wholeRows(tensor)) : left;
    ByteBuffer piece = ByteBuffer.allocate(Math.toIntExact(step)).order(ByteOrder.nativeOrder());
    try (FileChannel file = numbers()) {
      while (left > 0) {
        int size = Math.toIntExact(Math.min(step, left));
        piece.clear().limit(size);
        while (piece.hasRemaining() && file.read(piece, position + piece.position()) >= 0) {
          // A channel may give less than was asked for.
        }
        pieces.accept(piece.flip());
        position += size;
        left -= size;
      }
    }
  }

  /** Bytes of as many rows as fit into a piece, at least one. */
  private static long wholeRows(StateTensor table) {
    long row = table.bytes() / table.shape().get(0);
    return Math.max(1, PIECE_BYTES / row) * row;
  }

  private long offset(StateTensor wanted) {
    long offset = 0;
    for (StateTensor tensor : index.tensors()) {
      if (tensor.equals(wanted)) {
        return offset;
      }
      offset += tensor.bytes();
    }
    List<String> names = new ArrayList<>();
    index.tensors().forEach(tensor -> names.add(tensor.name()));
    throw new IllegalArgumentException("no tensor " + wanted + " among " + names);
  }

  private FileChannel numbers() throws IOException {
    return FileChannel.open(folder.resolve(NUMBERS), StandardOpenOption.READ);
  }
}
