package org.mtl4j.data.source;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.error.KeyNames;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.task.Columns;

/**
 * A source whose keys stand elsewhere than under {@code data.source}, one of a union or the table
 * of a lookup: what it says of its keys names them where they are.
 */
public final class PlacedSource implements BatchSource {
  private static final String USUAL = "data.source";

  private final BatchSource source;
  private final String usual;
  private final String place;

  private PlacedSource(BatchSource source, String usual, String place) {
    this.source = source;
    this.usual = usual;
    this.place = place;
  }

  /**
   * A source at its place.
   *
   * @param place the path of its keys; empty if it was not typed
   * @param open makes it
   * @throws MtlException as {@code open} does, at that place
   */
  public static BatchSource at(String place, Supplier<BatchSource> open) {
    return place.isEmpty() || place.equals(USUAL) ? open.get() : at(USUAL, place, open);
  }

  /**
   * A source whose files were named by another key than {@code data.source.path}.
   *
   * @param key the key that names them
   * @param open makes it
   * @throws MtlException as {@code open} does, of that key
   */
  public static BatchSource ofFiles(String key, Supplier<BatchSource> open) {
    return at(USUAL + ".path", key, open);
  }

  private static BatchSource at(String usual, String place, Supplier<BatchSource> open) {
    return new PlacedSource(placed(usual, place, open), usual, place);
  }

  private static <T> T placed(String usual, String place, Supplier<T> part) {
    try {
      return part.get();
    } catch (MtlException e) {
      throw e.moved(usual, place);
    }
  }

  private <T> T placed(Supplier<T> part) {
    return placed(usual, place, part);
  }

  @Override
  public Columns columns() {
    return placed(source::columns);
  }

  @Override
  public Set<String> missing(String column) {
    return source.missing(column);
  }

  @Override
  public RawCursor open() {
    RawCursor rows = placed(source::open);
    return new RawCursor() {
      @Override
      public Optional<RawBatch> next(int maxRows) {
        return placed(() -> rows.next(maxRows));
      }

      @Override
      public void close() {
        rows.close();
      }
    };
  }

  @Override
  public String fingerprint() {
    return placed(source::fingerprint);
  }

  @Override
  public boolean hasQuickFingerprint() {
    return source.hasQuickFingerprint();
  }

  @Override
  public List<String> warnings() {
    return source.warnings().stream().map(w -> KeyNames.moved(w, usual, place)).toList();
  }
}
