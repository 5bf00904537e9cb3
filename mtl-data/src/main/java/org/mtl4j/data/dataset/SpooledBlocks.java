package org.mtl4j.data.dataset;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.file.Folders;
import org.mtl4j.data.memory.HeapShare;

/**
 * What one pass read, in a file of its own for the next one: rows are then parsed once, although
 * they are learnt from first and encoded by what was learnt. Texts of few different values stand
 * there as numbers, so that each is looked up once, too. The file takes a quarter of the room on
 * its disk at most; where that is too little, or it cannot be written, the source is read again.
 *
 * <p>Not for use by several passes at a time.
 */
public final class SpooledBlocks implements AutoCloseable {
  private static final int PART_OF_DISK = 4;
  private static final int BLOCK = 4096;

  /** Beside it what is learnt takes half of the heap, and what remembers rows some quarters. */
  private static final double DICTIONARIES_SHARE = 1.0 / 16;

  private final Path path;
  private final double share;
  private final int partOfDisk;
  private final Map<Integer, Recorded> parts = new HashMap<>();
  private Optional<BlockFile> file = Optional.empty();
  private long limit;
  private boolean gaveUp;

  /** A part of which all blocks are there. */
  private record Recorded(List<Long> blocks, List<ColumnCoder> coders) {}

  /**
   * Blocks in a file that is not there yet.
   *
   * @param share of the heap, for dictionaries
   * @param partOfDisk of the room that is left there, one such part for the file
   */
  SpooledBlocks(Path path, double share, int partOfDisk) {
    this.path = path;
    this.share = share;
    this.partOfDisk = partOfDisk;
  }

  /** Blocks in a file that is not there yet. */
  public static SpooledBlocks in(Path file) {
    return new SpooledBlocks(file, DICTIONARIES_SHARE, PART_OF_DISK);
  }

  /**
   * A pass over a part's source: out of the file if an earlier one came to its end, otherwise
   * through the source and into the file.
   *
   * @param part its number
   * @param blockSize rows a block at most
   */
  RawCursor open(int part, BatchSource source, int blockSize) {
    if (parts.containsKey(part)) {
      return new Replay(parts.get(part), source);
    }
    return isOpen() ? new Recording(part, source, blockSize) : source.open();
  }

  private boolean isOpen() {
    if (file.isEmpty() && !gaveUp) {
      try {
        Folders.make(path.toAbsolutePath().getParent());
        limit = Files.getFileStore(path.toAbsolutePath().getParent()).getUsableSpace() / partOfDisk;
        file = Optional.of(new BlockFile(path));
      } catch (IOException e) {
        gaveUp = true;
      }
    }
    return file.isPresent();
  }

  /** Forgets what was read: the next pass goes through the source. */
  public void forget() {
    parts.clear();
    close();
  }

  /** The file's room is given back. What was kept of it is read from the source. */
  private void giveUp() {
    gaveUp = true;
    forget();
  }

  @Override
  public void close() {
    try {
      if (file.isPresent()) {
        file.get().close();
      }
    } catch (IOException e) {
      // It has no name any more, or goes with its folder.
    }
    file = Optional.empty();
  }

  private MtlException failure(IOException e) {
    return new MtlException(
        new Problem(
            ErrorCode.IO,
            path.toString(),
            "The rows that were kept there cannot be read again: " + e + ".",
            "Check the disk, and run again."),
        e);
  }

  /**
   * Passes blocks on, their texts by number, and keeps them. That takes about half as long as
   * parsing does, and so goes on beside it.
   */
  private final class Recording implements RawCursor {
    private final int part;
    private final RawCursor rows;
    private final List<ColumnCoder> coders;
    private final List<Long> blocks = new ArrayList<>();

    Recording(int part, BatchSource source, int blockSize) {
      this.part = part;
      this.rows = new ReadAhead(source.open(), blockSize);
      HeapShare heap = HeapShare.of(share);
      this.coders =
          Stream.generate(() -> new ColumnCoder(heap)).limit(source.columns().size()).toList();
    }

    @Override
    public Optional<RawBatch> next(int maxRows) {
      Optional<RawBatch> block = rows.next(maxRows).map(this::kept);
      if (block.isEmpty() && file.isPresent()) {
        parts.put(part, new Recorded(blocks, coders));
      }
      return block;
    }

    private RawBatch kept(RawBatch block) {
      Map<Integer, Object> coded = new HashMap<>();
      for (int c = 0; c < coders.size(); c++) {
        Object values = coders.get(c).code(block.values(c), block.rowCount());
        if (values != block.values(c)) {
          coded.put(c, values);
        }
      }
      RawBatch kept = block.withValues(coded);
      try {
        if (file.isPresent()) {
          blocks.add(file.get().bytes());
          file.get().write(kept);
          if (file.get().bytes() > limit) {
            giveUp();
          }
        }
      } catch (ClosedByInterruptException e) {
        forget(); // The pass was ended before its end, and the file with it.
      } catch (IOException | ArithmeticException e) {
        giveUp(); // The disk is full, or a column's texts do not go into one array.
      }
      return kept;
    }

    @Override
    public void close() {
      rows.close();
    }
  }

  /** Blocks out of the file. */
  private final class Replay implements RawCursor {
    private final Recorded recorded;
    private final BatchSource source;
    private int next;

    Replay(Recorded recorded, BatchSource source) {
      this.recorded = recorded;
      this.source = source;
    }

    @Override
    public Optional<RawBatch> next(int maxRows) {
      if (next == recorded.blocks().size()) {
        return Optional.empty();
      }
      try {
        BlockFile.Block block =
            file.orElseThrow().read(recorded.blocks().get(next++), recorded.coders());
        long[] records = block.records();
        IntFunction<String> place = row -> place(records[row]);
        return Optional.of(RawBatch.ofRecords(source.columns(), records, block.values(), place));
      } catch (IOException e) {
        forget(); // An interrupt closes the file: the next pass must not look there.
        throw failure(e);
      }
    }

    /** Only an error asks where a row came from: the source says so once more. */
    private String place(long record) {
      try (RawCursor rows = source.open()) {
        for (var block = rows.next(BLOCK); block.isPresent(); block = rows.next(BLOCK)) {
          for (int row = 0; row < block.get().rowCount(); row++) {
            if (block.get().record(row) == record) {
              return block.get().place(row);
            }
          }
        }
      }
      return "record " + (record + 1);
    }

    @Override
    public void close() {}
  }
}
