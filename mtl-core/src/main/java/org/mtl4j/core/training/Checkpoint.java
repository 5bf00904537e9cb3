package org.mtl4j.core.training;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
  private static final int PIECE_BYTES = 8 << 20;
  private static final String NUMBERS = "tensors.bin";

  private final Path folder;
  private final CheckpointIndex index;

  private Checkpoint(Path folder, CheckpointIndex index) {
    this.folder = folder;
    this.index = index;
  }

  /** Writes a state into a folder that exists and is empty. */
  static void write(Path folder, TrainedState state, Progress progress, String origin)
      throws IOException {
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
      bytes = file.size();
    }
    String order = ByteOrder.nativeOrder().toString();
    CheckpointIndex.of(
            origin,
            progress,
            new CheckpointIndex.Numbers(order, state.tensors(), bytes, crc.getValue()))
        .write(folder);
  }

  /**
   * Opens a checkpoint and checks that it is whole: every byte of both files counts.
   *
   * @throws MtlException CHECKPOINT_INVALID if it is not
   */
  public static Checkpoint open(Path folder) {
    CheckpointIndex index = CheckpointIndex.read(folder);
    Checkpoint checkpoint = new Checkpoint(folder, index);
    Path file = folder.resolve(NUMBERS);
    try {
      long size = Files.size(file);
      if (size != index.numbers().bytes()) {
        throw invalid(
            file, "expected %d bytes, found %d".formatted(index.numbers().bytes(), size), null);
      }
      long sum = checkpoint.sum();
      if (sum != index.numbers().crc32c()) {
        throw invalid(
            file,
            "expected the check sum %d, found %d".formatted(index.numbers().crc32c(), sum),
            null);
      }
      return checkpoint;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private long sum() throws IOException {
    CRC32C crc = new CRC32C();
    try (FileChannel file = numbers()) {
      ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
      while (file.read(piece.clear()) > 0) {
        crc.update(piece.flip());
      }
    }
    return crc.getValue();
  }

  static MtlException unreadable(Path file, IOException e) {
    return e instanceof NoSuchFileException
        ? invalid(file, "expected this file, found none", e)
        : invalid(file, "it cannot be read: " + e, e);
  }

  static MtlException otherFormat(Path file, int expected, int found) {
    return new MtlException(
        new Problem(
            ErrorCode.CHECKPOINT_INVALID,
            file.toString(),
            "The checkpoint was written by another release: expected format %d, found %d."
                .formatted(expected, found),
            "Go on by --resume with the release that wrote it, or start a new run with --output."));
  }

  static MtlException invalid(Path file, String why, IOException cause) {
    return new MtlException(
        new Problem(
            ErrorCode.CHECKPOINT_INVALID,
            file.toString(),
            "The checkpoint is damaged or of another version: " + why + ".",
            "Go on from the checkpoint before it by --resume, or start a new run."),
        cause);
  }

  /** What the run was made of, as its store was told. */
  public String origin() {
    return index.origin();
  }

  /** How far the run had come. */
  public Progress progress() {
    return index.progress();
  }

  @Override
  public List<StateTensor> tensors() {
    return index.numbers().tensors();
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
        while (piece.hasRemaining()) { // A channel may give less than was asked for.
          if (file.read(piece, position + piece.position()) < 0) {
            throw new EOFException(folder.resolve(NUMBERS) + " ended while it was read");
          }
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
    for (StateTensor tensor : index.numbers().tensors()) {
      if (tensor.equals(wanted)) {
        return offset;
      }
      offset += tensor.bytes();
    }
    List<String> names = new ArrayList<>();
    index.numbers().tensors().forEach(tensor -> names.add(tensor.name()));
    throw new IllegalArgumentException("no tensor " + wanted + " among " + names);
  }

  private FileChannel numbers() throws IOException {
    return FileChannel.open(folder.resolve(NUMBERS), StandardOpenOption.READ);
  }
}
